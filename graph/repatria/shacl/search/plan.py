"""The queries that find what may break one shape.

What a property is asked is looked for on all of its triples, not on those of
the focus nodes, where these are most of them: that needs no look-up for each
focus node, and what is found on other nodes is left out afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from repatria.shacl.components import sets, shapes
from repatria.shacl.data import Subject
from repatria.shacl.model import Component, OfEachValue, Shape
from repatria.shacl.paths import Choice, Inverse, Path, Predicate, path_text, predicates_of
from repatria.shacl.search.compiler import Compiler
from repatria.shacl.search.expressions import Expression, Pattern, conjunction
from repatria.shacl.search.focus import NotSearchable
from repatria.shacl.search.profile import Profile, proves
from repatria.shacl.vocabulary import XSD

# Of so small a part of the triples nothing is counted.
_SHARE = 0.002
# To find all that meets a constraint is quicker than to look for each value, where it goes through so many
# times as many triples at most; it is kept in memory meanwhile, about 100 bytes each.
_MORE, _MOST = 5, 500_000


@dataclass(frozen=True, slots=True)
class _Count:
    """What is wrong with the number of values that pass a test, such as ``> 1``."""

    test: str
    unlike: str


@dataclass
class Plan:
    """Collects what a shape asks of focus nodes that ``profile`` describes and the pattern ``focus`` binds.

    ``done`` are constraints that need no search; ``size`` is the number of triples in the store.
    """

    compiler: Compiler
    profile: Profile
    focus: str
    done: Collection[tuple[Subject, Subject | None]]
    size: int
    of_node: list[Expression] = field(default_factory=list)
    of_values: dict[Path, list[Expression]] = field(default_factory=lambda: defaultdict(list))
    counted: dict[Path, list[_Count]] = field(default_factory=lambda: defaultdict(list))
    others: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, shape: Shape) -> None:
        """Add what a shape asks of the focus nodes. Raises NotSearchable."""
        if shape.deactivated:
            return
        for component in shape.components:
            if (shape.node, component.source) in self.done:
                continue
            if shape.path is None:
                self._of_node(component)
            elif not (isinstance(shape.path, Predicate) and proves(self.profile, shape.path.iri, component)):
                self._of_path(shape, shape.path, component)
        for node in shape.properties:
            child = self.compiler.model.shapes[node]
            if shape.path is None:
                self.add(child)
            else:
                self._value_must(shape.path, self.compiler.conforms(child, "?value"))

    def queries(self) -> Iterator[tuple[str, bool]]:
        """Yield queries that select nodes, and whether these are all focus nodes."""
        yield from self.others
        for test in _unless(self.of_node, self.profile.number):
            yield f"SELECT ?this {{ {self.focus} {test} }}", True
        for path, expressions in self.of_values.items():
            for test in _unless(expressions, self._number(path)):
                yield self._select("DISTINCT ?this", path, "?value", test)
        for path, counts in self.counted.items():
            yield self._counts(path, counts)

    def _select(self, what: str, path: Path, value: str, test: str, end: str = "") -> tuple[str, bool]:
        """Return a query on the values of a path."""
        return self._among(what, path, f"?this {path_text(path)} {value} {test}", end)

    def _among(self, what: str, path: Path, pattern: str, end: str) -> tuple[str, bool]:
        """Return a query on what a pattern of a path matches."""
        alone = self._is_theirs(path)
        focus = "" if alone else self.focus
        return f"SELECT {what} {{ {focus} {pattern} }} {end}", not alone

    def _is_theirs(self, path: Path) -> bool:
        """Return whether to look at all triples of a path instead of those of each focus node."""
        # At an endpoint, to tell afterwards whose a node is takes a look-up.
        if not self.compiler.data.local or self.profile.number < _SHARE * self.size:
            return False
        if isinstance(path, Inverse) and isinstance(path.path, Predicate):
            return self.compiler.data.number_of(path.path.iri) <= 2 * self.profile.number
        if isinstance(path, Choice) and all(isinstance(one, Predicate) for one in path.paths):
            return sum(map(self.compiler.data.number_of, predicates_of(path))) <= self.profile.number
        if not isinstance(path, Predicate):
            return False
        most = 2 * self.profile.of(path.iri).values + self.profile.number // 2
        return self.compiler.data.number_of(path.iri) <= most

    def _number(self, path: Path) -> int:
        """Return about how many values a path has on the focus nodes, as far as that is known."""
        return self.profile.of(path.iri).values if isinstance(path, Predicate) else self.profile.number

    def _of_node(self, component: Component) -> None:
        if isinstance(component, sets.Closed):
            self._closed(component)
        else:
            self._node_must(self.compiler.holds(component, "?this"))

    def _of_path(self, shape: Shape, path: Path, component: Component) -> None:
        if isinstance(component, sets.LessThan | sets.LessThanOrEquals):
            test = f"; {component.other} ?other FILTER(!({_in_order(component)}))"
            self.others.append(self._select("DISTINCT ?this", path, "?value", test))
        elif isinstance(component, sets.Disjoint):
            self.others.append(self._select("DISTINCT ?this", path, "?v", f"; {component.other} ?v"))
        elif isinstance(component, sets.UniqueLang):
            same = "LANG(?v) != '' && LCASE(LANG(?v)) = LCASE(LANG(?w)) && !sameTerm(?v, ?w)"
            test = f"; {path_text(path)} ?w FILTER({same})"
            self.others.append(self._select("DISTINCT ?this", path, "?v", test))
        elif isinstance(component, sets.MaxCount) and component.number:
            self.counted[path].append(_Count("true", f"> {component.number}"))
        elif isinstance(component, sets.MinCount) and component.number > 1:
            self.counted[path].append(_Count("true", f"< {component.number}"))
        elif isinstance(component, shapes.Qualified):
            self._qualified(shape, path, component)
        elif isinstance(component, OfEachValue | shapes.Node):
            self._value_must(path, self.compiler.holds(component, "?value"))
        else:
            self._node_must(self.compiler.of_path(shape, component, "?this"))

    def _counts(self, path: Path, counts: list[_Count]) -> tuple[str, bool]:
        """Return a query for nodes with too few or too many values of a path that pass the tests."""
        tests = list(dict.fromkeys(one.test for one in counts))
        binds = " ".join(
            f"BIND(IF({test}, ?v, ?none) AS ?v{number})"
            for number, test in enumerate(tests)
            if test != "true"
        )
        wrong = " || ".join(
            f"COUNT(DISTINCT ?v{'' if one.test == 'true' else tests.index(one.test)}) {one.unlike}"
            for one in counts
        )
        end = f"GROUP BY ?this HAVING({wrong})"
        if all(one.unlike.startswith(">") for one in counts):
            return self._select("?this", path, "?v", binds, end)
        text = f"SELECT ?this {{ {self.focus} OPTIONAL {{ ?this {path_text(path)} ?v }} {binds} }} {end}"
        return text, True

    def _qualified(self, shape: Shape, path: Path, component: shapes.Qualified) -> None:
        inner = self.compiler.conforms(self.compiler.model.shapes[component.shape], "?v")
        most = isinstance(component, shapes.QualifiedMaxCount)
        if inner is None or component.disjoint or (most and not inner.exact):
            raise NotSearchable
        found = self.compiler.reaching("?this", path, "?v", inner)
        if found is not None and not _worthwhile(found, self._number(path)):
            found = None
        if found is not None and most:
            end = f"GROUP BY ?this HAVING(COUNT(DISTINCT ?v) > {component.number})"
            self.others.append(self._among("?this", path, found.text, end))
        elif found is not None and component.number == 1:
            self._node_must(self.compiler.of_path(shape, component, "?this"))
        else:
            # Where there is no value, ?v is unbound and counts for nothing.
            self.counted[path].append(_Count(inner.safe, f"{'>' if most else '<'} {component.number}"))

    def _closed(self, component: sets.Closed) -> None:
        paths = (self.compiler.model.shapes[node].path for node in component.properties)
        known = component.ignored.union(path.iri for path in paths if isinstance(path, Predicate))
        for predicate in self.profile.properties:
            if predicate not in known:
                self.others.append(self._select("DISTINCT ?this", Predicate(predicate), "[]", ""))

    def _node_must(self, expression: Expression | None) -> None:
        if expression is None:
            raise NotSearchable
        if expression.text != "true":
            self.of_node.append(expression)

    def _value_must(self, path: Path, expression: Expression | None) -> None:
        if expression is None:
            raise NotSearchable
        if expression.text != "true":
            self.of_values[path].append(expression)


def _worthwhile(pattern: Pattern, number: int) -> bool:
    """Return whether to find all that a pattern matches, instead of looking at each of ``number`` values."""
    return pattern.size <= min(_MOST, _MORE * number)


def _unless(expressions: Iterable[Expression], number: int) -> Iterator[str]:
    """Yield tests that together keep of ``number`` values those that do not meet all expressions."""
    parts = [part for one in expressions for part in one.parts or (one,)]
    others = []
    for part in parts:
        if part.pattern is not None and _worthwhile(part.pattern, number):
            yield f"MINUS {{ {part.pattern.text} }}"
        else:
            others.append(part)
    if others:
        # What is tested quickly comes first.
        met = conjunction(sorted(others, key=_is_slow))
        assert met is not None
        yield f"FILTER(!({met.safe}))"


def _in_order(component: sets.LessThan | sets.LessThanOrEquals) -> str:
    less = "COALESCE(?value < ?other, false)"
    if isinstance(component, sets.LessThan):
        return less
    # To Oxigraph every term equals itself, also one that has no order.
    ordered = ", ".join(f"<{XSD}{name}>" for name in ("integer", "decimal", "string", "date", "dateTime"))
    return f"{less} || COALESCE(?value <= ?other && DATATYPE(?value) IN ({ordered}), false)"


def _is_slow(expression: Expression | None) -> bool:
    return expression is not None and "EXISTS" in expression.text
