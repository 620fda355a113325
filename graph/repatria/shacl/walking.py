"""The nodes that a property path reaches (SHACL §2.3.1), on the terms as they were written."""

from __future__ import annotations

from collections.abc import Callable

from repatria.shacl.data import DataGraph
from repatria.shacl.paths import Choice, Inverse, Path, Predicate, Repeat
from repatria.shacl.report import Term

_Step = Callable[[DataGraph, Term, Path], list[Term]]


def walk(data: DataGraph, node: Term, path: Path) -> list[Term]:
    """Return the nodes that ``path`` reaches from ``node``, each once."""
    if not isinstance(path, Predicate) and (known := data.reached(node, path)) is not None:
        return known
    return list(dict.fromkeys(_forward(data, node, path)))


def walk_back(data: DataGraph, node: Term, path: Path) -> list[Term]:
    """Return the nodes from which ``path`` reaches ``node``, each once."""
    return list(dict.fromkeys(_backward(data, node, path)))


def _forward(data: DataGraph, node: Term, path: Path) -> list[Term]:
    if isinstance(path, Predicate):
        return data.objects(node, path.iri)
    if isinstance(path, Inverse):
        return _backward(data, node, path.path)
    if isinstance(path, Choice):
        return [found for one in path.paths for found in _forward(data, node, one)]
    if isinstance(path, Repeat):
        return _repeated(data, node, path, _forward)
    return _in_turn(data, node, path.paths, _forward)


def _backward(data: DataGraph, node: Term, path: Path) -> list[Term]:
    if isinstance(path, Predicate):
        return data.subjects(path.iri, node)
    if isinstance(path, Inverse):
        return _forward(data, node, path.path)
    if isinstance(path, Choice):
        return [found for one in path.paths for found in _backward(data, node, one)]
    if isinstance(path, Repeat):
        return _repeated(data, node, path, _backward)
    return _in_turn(data, node, path.paths[::-1], _backward)


def _in_turn(data: DataGraph, node: Term, paths: tuple[Path, ...], step: _Step) -> list[Term]:
    reached = [node]
    for path in paths:
        reached = list(dict.fromkeys(found for one in reached for found in step(data, one, path)))
    return reached


def _repeated(data: DataGraph, node: Term, path: Repeat, step: _Step) -> list[Term]:
    if path.sign == "?":
        return [node, *step(data, node, path.path)]
    found: dict[Term, None] = {} if path.sign == "+" else {node: None}
    waiting = [node]
    while waiting:
        for reached in step(data, waiting.pop(), path.path):
            if reached not in found:
                found[reached] = None
                waiting.append(reached)
    return list(found)
