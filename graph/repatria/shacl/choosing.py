"""Which shapes are meant by the names that a user gives them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from repatria.errors import UsageError
from repatria.shacl.data import Subject
from repatria.shacl.model import Shape, Shapes
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.vocabulary import RDFS, sh

_LABELS = (sh("name"), NamedNode(RDFS + "label"))
_SHOWN = 5


def find_shapes(
    names: Iterable[str], model: Shapes, index: ShapesGraph, prefixes: Mapping[str, str]
) -> list[Subject]:
    """Return the shapes with these names, each once.

    A name is an IRI, a CURIE by one of the ``prefixes``, the last part of an
    IRI, or a sh:name or rdfs:label. Raises UsageError RP201 (no shape has the
    name; the hint tells the nearest), RP202 (several have it) or RP219 (the
    shape selects no focus nodes, nor does one that has it as a property).
    """
    return list(dict.fromkeys(_find(name, model, index, prefixes) for name in names))


def _find(name: str, model: Shapes, index: ShapesGraph, prefixes: Mapping[str, str]) -> Subject:
    iri = _as_iri(name, prefixes)
    node = NamedNode(iri) if iri is not None else None
    found: list[Subject] = [node] if node in model.shapes and node is not None else []
    found = found or [one for one in model.shapes if name.casefold() in map(str.casefold, _names(one, index))]
    if not found:
        raise UsageError("RP201", f"there is no shape “{name}”", hint=_nearest(name, model, index))
    if len(found) > 1:
        listed = ", ".join(sorted(str(one) for one in found)[:_SHOWN])
        raise UsageError("RP202", f"“{name}” may be several shapes", hint=f"write one of {listed}")
    shape = model.shapes[found[0]]
    if shape.deactivated:
        raise UsageError("RP219", f"the shape {shape.node} is deactivated", hint="sh:deactivated says so")
    if not shape.targets and not any(model.shapes[one].targets for one in model.parents.get(found[0], ())):
        users = ", ".join(str(one.node) for one in _users(shape, model))
        hint = f"it is used by {users}" if users else "give it a target, such as sh:targetClass"
        raise UsageError("RP219", f"the shape {shape.node} selects no focus nodes of its own", hint=hint)
    return found[0]


def _as_iri(name: str, prefixes: Mapping[str, str]) -> str | None:
    bare = name[1:-1] if name.startswith("<") and name.endswith(">") else name
    prefix, colon, local = bare.partition(":")
    text = prefixes[prefix] + local if colon and prefix in prefixes else bare
    try:
        return NamedNode(text).value
    except ValueError:
        return None


def _names(node: Subject, index: ShapesGraph) -> Iterator[str]:
    if isinstance(node, NamedNode):
        yield node.value[max(node.value.rfind("#"), node.value.rfind("/")) + 1 :]
    for predicate in _LABELS:
        yield from (one.value for one in index.objects(node, predicate) if isinstance(one, Literal))


def _nearest(name: str, model: Shapes, index: ShapesGraph) -> str:
    local = name.rstrip(">")
    local = local[max(local.rfind(sign) for sign in "#/:") + 1 :]
    known = {text.casefold(): text for node in model.shapes for text in _names(node, index)}
    close = difflib.get_close_matches(local.casefold(), known, n=1)
    if close:
        return f"did you mean “{known[close[0]]}”?"
    return "write its IRI, its CURIE, the last part of its IRI, or its label"


def _users(shape: Shape, model: Shapes) -> list[Shape]:
    found = (one for one in model.targeted() if any(each.node == shape.node for each in model.below(one)))
    return [one for one in found if isinstance(one.node, NamedNode)][:_SHOWN]
