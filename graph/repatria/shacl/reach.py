"""Which properties of the data a shape or a query can look at."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import NamedNode, Store

from repatria.shacl.components import sets
from repatria.shacl.components.custom import Custom
from repatria.shacl.components.values import Class
from repatria.shacl.model import Component, Shape, Shapes
from repatria.shacl.paths import predicates_of
from repatria.shacl.prebinding import with_path
from repatria.shacl.queries import Query, named
from repatria.shacl.sparql_text import Token, tokens
from repatria.shacl.vocabulary import SUB_CLASS_OF, TYPE

_STORE = Store()
_NO_PATH = "<urn:x-repatria:path>"


def reach(shape: Shape, model: Shapes) -> frozenset[NamedNode] | None:
    """Return the properties whose values decide which nodes a shape is about and whether they meet it.

    None where it may look at any property.
    """
    targets = shape.targets
    found = {*targets.subjects_of, *targets.objects_of}
    if targets.classes:
        found.update((TYPE, SUB_CLASS_OF))
    parts = [_of_query(target.query) for target in targets.queries]
    for one in model.below(shape):
        if one.path is not None:
            found.update(predicates_of(one.path))
        parts += map(_of_component, one.components)
    known = [part for part in parts if part is not None]
    return frozenset(found.union(*known)) if len(known) == len(parts) else None


def _of_component(component: Component) -> frozenset[NamedNode] | None:
    if isinstance(component, sets.Closed):
        return None
    if isinstance(component, sets.Pair):
        return frozenset((component.other,))
    if isinstance(component, Class):
        return frozenset((TYPE, SUB_CLASS_OF))
    if component.asked is None:
        return frozenset()
    found = _of_query(component.asked)
    if found is not None and isinstance(component, Custom):
        found |= {term for _, term in component.parameters if isinstance(term, NamedNode)}
    return found


def _of_query(query: Query) -> frozenset[NamedNode] | None:
    return None if query.uses_graphs else properties_of(query)


@lru_cache(maxsize=500)
def properties_of(query: Query) -> frozenset[NamedNode] | None:
    """Return what a query names, its properties among that, or None where it may look for any property.

    ``$PATH`` is left out.
    """
    text = with_path(query.text, _NO_PATH)
    if _has_open_property(query.prefixes, text):
        return None
    found = list(tokens(text))
    names = {token.text for token in found if token.kind in ("iri", "name")}
    nodes = {node for name in names if (node := named(query.prefixes, name)) is not None}
    return frozenset(nodes | {TYPE} if any(token.text == "a" for token in found) else nodes)


def _has_open_property(prefixes: str, query: str) -> bool:
    """Return whether a variable may stand for a property, or a path leaves one open (``!ex:p``).

    A literal cannot stand for a property.
    """
    found = list(tokens(query))
    if any(one.text == "!" and _opens_path(found, number) for number, one in enumerate(found)):
        return True
    places = [token for number, token in enumerate(found) if _is_inside(found, number)]
    for name in {token.text for token in places}:
        text = query
        for token in reversed(places):
            if token.text == name:
                text = f'{text[: token.end - len(token.text)]}"" {text[token.end :]}'
        if not _parses(prefixes + text):
            return True
    return False


def _opens_path(found: list[Token], number: int) -> bool:
    """Return whether "!" may stand before a property, not before an expression."""
    after = next((one for one in found[number + 1 :] if one.text != "("), None)
    return after is not None and (after.kind in ("iri", "name") or after.text in ("a", "^"))


def _is_inside(found: list[Token], number: int) -> bool:
    """Return whether a token is a variable of a pattern or expression, not of a SELECT, an AS or BOUND.

    A literal could stand for it there, unless it is a property.
    """
    before_it = [one.text.upper() for one in found[max(0, number - 2) : number]]
    if found[number].kind != "variable" or before_it[-1:] == ["AS"] or before_it == ["BOUND", "("]:
        return False
    depth = sum((one.text == "{") - (one.text == "}") for one in found[:number])
    before = (one.text.upper() for one in reversed(found[:number]))
    return depth > 0 and next(word for word in before if word in ("{", "}", "SELECT", "BY")) in "{}"


def _parses(text: str) -> bool:
    try:
        _STORE.query(text)
    except SyntaxError:
        return False
    return True
