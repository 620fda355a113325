"""What would mend a result, where that is evident: the term that was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.shacl.data import Subject
from repatria.shacl.fitting import is_string_with_language, recognised, rewritten_for
from repatria.shacl.naming import local_name
from repatria.shacl.nearness import nearest
from repatria.shacl.paths import Node
from repatria.shacl.report import Report, Result, Term
from repatria.shacl.vocabulary import SH, TYPE, sh

_CHOICES = 5_000  # among more terms nothing is looked for
_SEARCHES = 300  # so often are the data searched for one report
_KEPT = 10_000


class Suggestions:
    """Suggestions for the results of a report, by its shapes and, as far as the report has them, its data."""

    def __init__(self, report: Report, shown: Callable[[Term], str] = str) -> None:
        self._shapes = report.shapes
        self._data = report.data
        self._shown = shown
        self._searches = 0
        self._of_value: dict[str, Callable[[Term, Subject], str]] = {
            "In": self._of_in,
            "Class": self._of_class,
            "Datatype": self._of_datatype,
            "NodeKind": self._of_node_kind,
        }
        self._of_result: dict[str, Callable[[Result, Subject], str]] = {
            "HasValue": self._of_has_value,
            "Closed": self._of_closed,
            "MinCount": self._of_min_count,
            "Node": self._of_node,
        }
        self._known = lru_cache(_KEPT)(lambda name, value, shape: self._of_value[name](value, shape))

    def of(self, result: Result) -> str:
        """Return a suggestion as a phrase, such as ``did you mean ex:announce?``, or an empty text."""
        name = result.component.value.removeprefix(SH).removesuffix("ConstraintComponent")
        shape, value = result.source_shape, result.value
        if self._shapes is None or not isinstance(shape, NamedNode | BlankNode):
            return ""
        if name in self._of_value:
            known = value is None or isinstance(value, BlankNode)
            return "" if known else self._known(name, value, shape)
        return self._of_result[name](result, shape) if name in self._of_result else ""

    def _of_in(self, value: Term, shape: Subject) -> str:
        allowed = [one for head in self._parameter(shape, "in") for one in self._items(head)]
        return self._meant(_nearest(value, allowed))

    def _of_class(self, value: Term, shape: Subject) -> str:
        kinds = self._parameter(shape, "class")
        kind = kinds[0] if len(kinds) == 1 else None
        if self._data is None or not isinstance(kind, NamedNode):
            return ""
        if isinstance(value, Literal):
            meant = _iri(value.value)
            is_node = meant is not None and self._data.is_instance(meant, kind)
            return f"write it as the IRI {self._shown(meant)}" if meant and is_node else ""
        types = [one for one in self._data.objects(value, TYPE) if isinstance(one, NamedNode)]
        if meant := next((one for one in types if _nearest(one, [kind])), None):
            return f"its class is {self._shown(meant)}: did you mean {self._shown(kind)}?"
        if types:
            return f"it is of the class {', '.join(sorted(map(self._shown, types)))}"
        return self._meant(self._search(value, lambda: self._instances(kind)))

    def _of_datatype(self, value: Term, shape: Subject) -> str:
        kinds = self._parameter(shape, "datatype")
        wanted = kinds[0] if len(kinds) == 1 else None
        if not isinstance(value, Literal) or not isinstance(wanted, NamedNode):
            return ""
        if is_string_with_language(value, wanted):
            return f"leave out the language: {self._shown(Literal(value.value))}"
        if (meant := rewritten_for(value, wanted)) is not None:
            return f"write {self._shown(meant)}"
        kind = recognised(value)
        return f"as it is written it would be {self._shown(kind)}" if kind else ""

    def _of_node_kind(self, value: Term, shape: Subject) -> str:
        wanted = self._parameter(shape, "nodeKind")
        if not isinstance(value, Literal) or not {sh("IRI"), sh("BlankNodeOrIRI")} & set(wanted):
            return ""
        meant = _iri(value.value)
        return f"write it as the IRI {self._shown(meant)}" if meant else ""

    def _of_has_value(self, result: Result, shape: Subject) -> str:
        """Suggest one of the nodes that have the value: what a node has to have makes it one of a kind."""
        wanted, path = self._parameter(shape, "hasValue"), _predicate(result)
        if self._data is None or len(wanted) != 1 or path is None or isinstance(wanted[0], Literal):
            return ""
        data, value = self._data, wanted[0]
        return self._meant(self._search(result.focus_node, lambda: data.subjects(path, value)))

    def _of_closed(self, result: Result, shape: Subject) -> str:
        path = _predicate(result)
        return self._meant(_nearest(path, self._properties(shape))) if path else ""

    def _of_min_count(self, result: Result, shape: Subject) -> str:
        """Suggest that a property with a name much like the missing one was meant to be that."""
        path = _predicate(result)
        if self._data is None or path is None or self._shapes is None:
            return ""
        holders = [holder for holder, predicate in self._shapes.uses(shape) if predicate == sh("property")]
        known = {one for holder in holders for one in self._properties(holder)}
        used = {one for one, _ in islice(self._data.properties(result.focus_node), _CHOICES)}
        found = _nearest(path, used - known - {path})
        return f"did you mean {self._shown(path)} where it has {self._shown(found)}?" if found else ""

    def _of_node(self, result: Result, shape: Subject) -> str:
        return next((text for detail in result.details if (text := self.of(detail))), "")

    def _properties(self, shape: Subject) -> list[NamedNode]:
        """Return the properties that a shape speaks of."""
        heads = self._parameter(shape, "ignoredProperties")
        ignored = [one for head in heads for one in self._items(head)]
        properties = (one for one in self._parameter(shape, "property") if not isinstance(one, Literal))
        paths = [path for one in properties for path in self._parameter(one, "path")]
        return [one for one in dict.fromkeys([*ignored, *paths]) if isinstance(one, NamedNode)]

    def _parameter(self, shape: Subject, name: str) -> list[Term]:
        return _terms(self._shapes.objects(shape, sh(name))) if self._shapes else []

    def _items(self, head: Term) -> list[Term]:
        return _terms(self._shapes.items(head) or []) if self._shapes else []

    def _instances(self, kind: NamedNode) -> Iterable[Term]:
        return self._data.instances(kind) if self._data else ()

    def _search(self, value: Term, choices: Callable[[], Iterable[Term]]) -> Term | None:
        """Return the nearest of some terms of the data; a few hundred times, then nothing more."""
        self._searches += 1
        if isinstance(value, BlankNode) or self._searches > _SEARCHES:
            return None
        found = list(islice(choices(), _CHOICES + 1))
        return _nearest(value, found) if len(found) <= _CHOICES else None

    def _meant(self, term: Term | None) -> str:
        return f"did you mean {self._shown(term)}?" if term is not None else ""


def _nearest(value: Term, choices: Iterable[Term]) -> Term | None:
    """Return the term whose local name or text is nearest to that of another."""
    others = (one for one in choices if one != value and not isinstance(one, BlankNode))
    return nearest(_name(value), others, _name)


def _name(term: Term) -> str:
    return local_name(term.value) if isinstance(term, NamedNode) else term.value


def _terms(nodes: Iterable[Node]) -> list[Term]:
    return [node for node in nodes if isinstance(node, NamedNode | BlankNode | Literal)]


def _iri(text: str) -> NamedNode | None:
    """Return the IRI that a text is, if it is one of the web or a URN."""
    if not text.startswith(("http://", "https://", "urn:")):
        return None
    try:
        return NamedNode(text)
    except ValueError:
        return None


def _predicate(result: Result) -> NamedNode | None:
    """Return the path of a result if it is one property."""
    path = result.path or ""
    one = path.startswith("<") and path.find(">") == len(path) - 1
    return NamedNode(path[1:-1]) if one else None
