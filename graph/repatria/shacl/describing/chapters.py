"""What is said of the shapes: a chapter for each shape with targets, and for those that others refer to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from textwrap import dedent

from pyoxigraph import NamedNode

from repatria.shacl.components.sparql import Sparql
from repatria.shacl.data import Subject
from repatria.shacl.describing.examples import Example, Examples
from repatria.shacl.describing.wording import Wording
from repatria.shacl.model import Shape, Shapes
from repatria.shacl.naming import Names, local_name
from repatria.shacl.rule_texts import RuleText, RuleTexts, declared_prefixes, english
from repatria.shacl.shapes_graph import ShapesGraph


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a property shape, a query, or what a shape asks of its nodes themselves.

    ``must`` are clauses with terms between backticks; ``path`` may be empty, so may
    ``title`` (where neither rule nor shape has a name), ``message`` and ``query`` (SPARQL).
    ``told_before``: that it stands in full in an earlier chapter.
    """

    title: str
    path: str
    severity: str
    must: tuple[str, ...]
    message: str
    text: RuleText
    query: str = ""
    deactivated: bool = False
    accept: Example | None = None
    reject: Example | None = None
    told_before: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A shape: its name, which nodes it is for (nothing: others refer to it), and its rules."""

    title: str
    text: RuleText
    targets: tuple[str, ...]
    rules: tuple[Rule, ...]
    deactivated: bool = False


def anchor(title: str) -> str:
    """Return what a rule or shape is called in an address: its local name."""
    return re.sub(r"[^\w-]+", "-", local_name(title.strip("<>"))).strip("-")


def chapters(
    model: Shapes,
    index: ShapesGraph,
    prefixes: Mapping[str, str],
    examples: Examples,
    chosen: Collection[Subject] | None = None,
) -> Iterator[Chapter]:
    """Yield the chapters of a shapes graph, first the shapes with targets, each part in the order of names.

    ``chosen`` are shapes, the only ones that are told of then (a property shape
    in the chapter of what holds it); None tells all.
    """
    teller = _Teller(model, index, prefixes, examples)
    told: set[str] = set()
    for shape in teller.shapes():
        chapter = teller.chapter(shape)
        if chosen is not None and shape.node not in chosen:
            names = {teller.title(node) for node in chosen if node in shape.properties}
            chapter = replace(chapter, rules=tuple(one for one in chapter.rules if one.title in names))
            if not chapter.rules:
                continue
        yield replace(chapter, rules=tuple(_once(rule, told) for rule in chapter.rules))


def _once(rule: Rule, told: set[str]) -> Rule:
    again = bool(rule.title) and rule.title in told
    told.add(rule.title)
    return replace(rule, told_before=again)


class _Teller:
    def __init__(
        self, model: Shapes, index: ShapesGraph, prefixes: Mapping[str, str], examples: Examples
    ) -> None:
        self._names = Names({**declared_prefixes(index), **prefixes})
        self._model = model
        self._texts = RuleTexts(index)
        self._wording = Wording(self._names, model)
        self._examples = examples

    def shapes(self) -> list[Shape]:
        """Return the shapes that get a chapter: with targets, or with a name and in no other's chapter."""
        held = {node for shape in self._model.shapes.values() for node in shape.properties}
        found = [
            shape
            for shape in self._model.shapes.values()
            if shape.targets or (isinstance(shape.node, NamedNode) and shape.node not in held)
        ]
        return sorted(found, key=lambda shape: (not shape.targets, self.title(shape.node), str(shape.node)))

    def title(self, node: Subject) -> str:
        """Return the name of a shape, empty if it has none."""
        return self._names.term(node) if isinstance(node, NamedNode) else ""

    def chapter(self, shape: Shape) -> Chapter:
        """Return what is told of a shape."""
        return Chapter(
            self.title(shape.node),
            self._texts.of(shape.node),
            tuple(self._wording.targets(shape.targets)),
            tuple(self._rules(shape)),
            shape.deactivated,
        )

    def _rules(self, shape: Shape) -> Iterator[Rule]:
        if any(self._wording.constraints(shape)):
            # Name and description stand at the head of the chapter.
            yield replace(self._rule(shape), text=RuleText())
        for node in shape.properties:
            inner = self._model.shapes[node]
            yield self._rule(inner)
            # What property shapes ask of the values of their values, and queries at these.
            yield from self._beyond(inner)
        yield from self._queries(shape)

    def _beyond(self, shape: Shape) -> Iterator[Rule]:
        yield from self._queries(shape)
        for node in shape.properties:
            inner = self._rule(self._model.shapes[node])
            yield replace(inner, path=f"{self._path(shape)}, then {inner.path}")
            yield from self._beyond(self._model.shapes[node])

    def _rule(self, shape: Shape) -> Rule:
        accept, reject = self._examples.get(anchor(self.title(shape.node)), (None, None))
        return Rule(
            self.title(shape.node),
            self._path(shape),
            self._severity(shape),
            tuple(self._wording.constraints(shape)),
            english(list(shape.messages)) if shape.messages else "",
            self._texts.of(shape.node),
            deactivated=shape.deactivated,
            accept=accept,
            reject=reject,
        )

    def _queries(self, shape: Shape) -> Iterator[Rule]:
        for one in shape.components:
            if isinstance(one, Sparql):
                title = self.title(one.node)
                accept, reject = self._examples.get(anchor(title), (None, None))
                messages = list(one.own_messages or shape.messages)
                yield Rule(
                    title,
                    self._path(shape),
                    self._severity(shape),
                    ("its query finds nothing",),
                    english(messages) if messages else "",
                    self._texts.of(one.node),
                    query=dedent(one.query.text).strip(),
                    accept=accept,
                    reject=reject,
                )

    def _path(self, shape: Shape) -> str:
        return self._wording.path(shape.path) if shape.path is not None else ""

    def _severity(self, shape: Shape) -> str:
        custom = shape.custom_severity
        return self._names.term(custom) if custom else shape.severity.value
