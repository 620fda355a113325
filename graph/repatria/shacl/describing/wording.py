"""Constraints, paths and targets in words. Terms stand between backticks, so that a page can set them off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import NamedNode

from repatria.shacl.components import sets, shapes, values
from repatria.shacl.components.custom import Custom
from repatria.shacl.components.sparql import Sparql
from repatria.shacl.data import Subject
from repatria.shacl.model import Component, Shape, Shapes, Targets
from repatria.shacl.naming import Names
from repatria.shacl.paths import Path, Predicate, path_text
from repatria.shacl.report import Term

_KINDS = {
    "IRI": "an IRI",
    "BlankNode": "a blank node",
    "Literal": "a literal",
    "BlankNodeOrIRI": "an IRI or a blank node",
    "BlankNodeOrLiteral": "a literal or a blank node",
    "IRIOrLiteral": "an IRI or a literal",
}
_LIMITS: dict[type[Component], str] = {
    values.MinExclusive: "more than",
    values.MinInclusive: "at least",
    values.MaxExclusive: "less than",
    values.MaxInclusive: "at most",
}
_PAIRS: dict[type[Component], str] = {
    sets.Equals: "the same values as",
    sets.Disjoint: "no value in common with",
    sets.LessThan: "values less than each of",
    sets.LessThanOrEquals: "values not more than any of",
}
_GROUPS: dict[type[Component], str] = {
    shapes.And: "all",
    shapes.Or: "at least one",
    shapes.Xone: "exactly one",
}


class Wording:
    """Words for the shapes of a model, with names for their IRIs."""

    def __init__(self, names: Names, model: Shapes) -> None:
        self._names = names
        self._model = model
        # What each value has to be or do, and what all values together: the first that has words is taken.
        self._of_value: tuple[Callable[[Component], str], ...] = (
            self._type, self._limit, self._text, self._member, self._reference,
        )  # fmt: skip
        self._of_all: tuple[Callable[[Component], str], ...] = (self._number, self._pair, self._qualified)

    def term(self, term: Term) -> str:
        """Return a term between backticks."""
        return self._code(self._names.term(term))

    def shape(self, node: Subject) -> str:
        """Return the name of a shape, or for one without a name what it asks, in brackets."""
        if isinstance(node, NamedNode):
            return self.term(node)
        return f"({'; '.join(self.whole(self._model.shapes[node]))})"

    def whole(self, shape: Shape) -> Iterator[str]:
        """Yield all that a shape asks, with what its property shapes ask."""
        start = f"{self.path(shape.path)}: " if shape.path else ""
        yield from (f"{start}{text}" for text in self.constraints(shape))
        for node in shape.properties:
            inner = self._model.shapes[node]
            yield from (f"{start}{text}" for text in self.whole(inner) if not inner.deactivated)

    def path(self, path: Path) -> str:
        """Return a property path."""
        return self._code(self._names.path(path_text(path)))

    def targets(self, targets: Targets) -> Iterator[str]:
        """Yield which nodes a shape is for."""
        yield from (f"every instance of {self.term(kind)}" for kind in targets.classes)
        yield from (f"everything that has {self.term(one)}" for one in targets.subjects_of)
        yield from (f"every value of {self.term(one)}" for one in targets.objects_of)
        yield from (f"the node {self.term(one)}" for one in targets.nodes)
        if targets.queries:
            yield "every node that a query finds"

    def constraints(self, shape: Shape) -> Iterator[str]:
        """Yield what a shape itself asks, a clause for each constraint that is no query."""
        parts = shape.components
        counts = {type(one): one.number for one in parts if isinstance(one, (sets.MinCount, sets.MaxCount))}
        least, most = counts.get(sets.MinCount), counts.get(sets.MaxCount)
        if least is not None and least == most:
            yield f"exactly {_number(least)}"
            parts = tuple(one for one in parts if type(one) not in counts)
        subject = "it" if shape.path is None else "each value"
        for one in parts:
            if text := _first(self._of_all, one):
                yield text
            elif text := _first(self._of_value, one):
                yield f"{subject} {text}"
            elif isinstance(one, sets.Closed):
                yield from self._closed(one)
            elif not isinstance(one, Sparql):
                yield f"it meets {self.term(one.iri)}{self._parameters(one)}"

    def _type(self, one: Component) -> str:
        if isinstance(one, values.Class):
            return f"is an instance of {self.term(one.kind)}"
        if isinstance(one, values.Datatype):
            return f"is a {self.term(one.datatype)}"
        return f"is {_KINDS[one.kind]}" if isinstance(one, values.NodeKind) else ""

    def _limit(self, one: Component) -> str:
        return f"is {_LIMITS[type(one)]} {self.term(one.limit)}" if isinstance(one, values.Range) else ""

    def _text(self, one: Component) -> str:
        if isinstance(one, values.MinLength):
            return f"has at least {one.length} characters"
        if isinstance(one, values.MaxLength):
            return f"has at most {one.length} characters"
        if isinstance(one, values.Pattern):
            flags = f" (flags {self._code(one.flags)})" if one.flags else ""
            return f"matches {self._code(one.pattern)}{flags}"
        if isinstance(one, values.LanguageIn):
            return f"has one of the languages {_listed(map(self._code, one.ranges), 'or')}"
        return ""

    def _member(self, one: Component) -> str:
        if isinstance(one, values.In):
            return f"is {_listed(map(self.term, one.allowed), 'or')}"
        return ""

    def _reference(self, one: Component) -> str:
        if isinstance(one, shapes.Node):
            return f"conforms to {self.shape(one.shape)}"
        if isinstance(one, shapes.Not):
            return f"does not conform to {self.shape(one.shape)}"
        if isinstance(one, shapes.OfSeveral):
            return f"conforms to {_GROUPS[type(one)]} of {_listed(map(self.shape, one.members), 'and')}"
        return ""

    def _number(self, one: Component) -> str:
        if isinstance(one, sets.MinCount):
            return f"at least {_number(one.number)}"
        if isinstance(one, sets.MaxCount):
            return f"at most {_number(one.number)}" if one.number else "no value"
        if isinstance(one, sets.UniqueLang):
            return "at most one value in each language"
        return f"the value {self.term(one.value)}" if isinstance(one, sets.HasValue) else ""

    def _pair(self, one: Component) -> str:
        return f"{_PAIRS[type(one)]} {self.term(one.other)}" if isinstance(one, sets.Pair) else ""

    def _qualified(self, one: Component) -> str:
        if not isinstance(one, shapes.Qualified):
            return ""
        start = "at least" if isinstance(one, shapes.QualifiedMinCount) else "at most"
        verb = "conforms" if one.number == 1 else "conform"
        only = " and to no shape beside it" if one.disjoint else ""
        return f"{start} {_number(one.number)} that {verb} to {self.shape(one.shape)}{only}"

    def _closed(self, one: sets.Closed) -> Iterator[str]:
        paths = (self._model.shapes[node].path for node in one.properties)
        own = (path.iri for path in paths if isinstance(path, Predicate))
        known = sorted(map(self.term, {*one.ignored, *own}))
        yield f"no properties but {_listed(known, 'and')}" if known else "no properties"

    def _parameters(self, one: Component) -> str:
        given = one.parameters if isinstance(one, Custom) else ()
        return f" with {', '.join(f'{name} {self.term(term)}' for name, term in given)}" if given else ""

    def _code(self, text: str) -> str:
        return f"`{text.replace('`', 'ˋ')}`"


def _first(rules: tuple[Callable[[Component], str], ...], one: Component) -> str:
    return next((text for rule in rules if (text := rule(one))), "")


def _number(number: int) -> str:
    return f"{number} value{'s' if number != 1 else ''}"


def _listed(items: Iterable[str], word: str) -> str:
    found = list(items)
    return f"{', '.join(found[:-1])} {word} {found[-1]}" if len(found) > 1 else "".join(found)
