"""What the formats for reading say alike: of the whole report, and of each result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import BlankNode

from repatria.shacl.naming import Names, harmless, on_one_line
from repatria.shacl.report import Place, Report, Result, Severity, Term
from repatria.shacl.rule_texts import REQUIREMENT, RuleText, RuleTexts, declared_prefixes
from repatria.shacl.spool import Labels, labelled
from repatria.shacl.suggesting import Suggestions


def headline(report: Report) -> str:
    """Return in one sentence whether the data conform, and how many results of each severity there are."""
    if report.conforms:
        return "Conforms: no results."
    counts = [(report.count(severity), severity.value) for severity in reversed(Severity)]
    named = ", ".join(f"{n} {word}{'s' if n != 1 and word != 'info' else ''}" for n, word in counts if n)
    return f"Does not conform: {named}." if named else "Not known whether it conforms: no results so far."


def notes(report: Report) -> Iterator[str]:
    """Yield what has to be said of the whole report beside that, a sentence each."""
    if report.unfinished:
        yield harmless(f"Unfinished, results may be missing: {' '.join(report.unfinished.split())}.")
    if number := len(report.by_pyshacl):
        yield f"{number} shape{'s' if number > 1 else ''} run by pyshacl."
    if report.counted:
        yield harmless(f"Counted as data: {'; '.join(' '.join(one.split()) for one in report.counted)}.")


class Telling:
    """Tells of the results of a report one by one."""

    def __init__(self, report: Report, prefixes: Mapping[str, str]) -> None:
        self.names = Names({**declared_prefixes(report.shapes), **prefixes})
        self._report = report
        self._texts = RuleTexts(report.shapes)
        self._suggestions = Suggestions(report, self.names.term)

    def results(self) -> Iterator[Told]:
        """Yield what is told of each result."""
        for result, labels in labelled(self._report.results):
            yield Told(result, self.names, labels, self._texts.of_result(result), self._suggestions.of)


@dataclass(frozen=True)
class Told:
    """A result in words. What is not there is empty."""

    result: Result
    names: Names
    labels: Labels
    rule_text: RuleText
    suggest: Callable[[Result], str]

    @property
    def place(self) -> Place | None:
        """Where in a file it is, if that is known."""
        return self.result.place

    @property
    def where(self) -> str:
        """The place as ``file:line:column``."""
        return on_one_line(str(self.place.location)) if self.place else ""

    @property
    def severity(self) -> str:
        """Such as ``violation``, or the CURIE of a severity that SHACL does not define."""
        custom = self.result.custom_severity
        return self.names.term(custom) if custom else self.result.severity.value

    @property
    def message(self) -> str:
        """The message in one line, or the component where there is none."""
        return self._said(self.result) or self.component

    @property
    def component(self) -> str:
        """The constraint component."""
        return self.names.term(self.result.component)

    @property
    def rule(self) -> str:
        """The rule, empty where no shape around has a name."""
        return self.names.term(self.result.rule) if self.result.rule else ""

    @property
    def rule_name(self) -> str:
        """What names the rule to a program: the rule or else the component, an IRI without brackets."""
        return (self.rule or self.component).strip("<>")

    @property
    def focus_node(self) -> str:
        """The focus node."""
        return self.node(self.result.focus_node)

    @property
    def path(self) -> str:
        """The path to the value."""
        return self.names.path(self.result.path) if self.result.path else ""

    @property
    def value(self) -> str:
        """The value at fault where it is not the focus node."""
        value = self.result.value
        return self.node(value) if value is not None and value != self.result.focus_node else ""

    @property
    def description(self) -> str:
        """What the shapes say of the rule, where that is more than the message."""
        text = harmless(self.rule_text.description or self.rule_text.name)
        return "" if text == self.message else text

    @cached_property
    def suggestion(self) -> str:
        """What would mend it, where that is evident."""
        return harmless(self.suggest(self.result))

    @property
    def details(self) -> tuple[str, ...]:
        """The results that explain this one, in short."""
        return tuple(" ".join(self._reason(detail)) for detail in self.result.details)

    def node(self, term: Term) -> str:
        """Return a term, a blank node under its label in the report."""
        return str(self.labels[term]) if isinstance(term, BlankNode) else self.names.term(term)

    def _reason(self, detail: Result) -> Iterator[str]:
        """Yield what a detail says in short: path, value, and what is wrong."""
        if detail.path:
            yield self.names.path(detail.path)
        if detail.value is not None and detail.value != detail.focus_node:
            yield self.node(detail.value)
        yield self._said(detail) or self.names.term(detail.component)

    def _said(self, result: Result) -> str:
        text = harmless(" ".join(result.message.split()))
        # What the engine says where the shapes say nothing has full IRIs, as it stands in RDF.
        return self.names.path(text) if text.startswith(REQUIREMENT) else text
