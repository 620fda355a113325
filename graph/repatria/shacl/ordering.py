"""An order of results that does not depend on the labels of blank nodes, which change from run to run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from pyoxigraph import BlankNode

from repatria.shacl.report import Result, Term

Key = tuple[int, str, str, str, str, str, str, str, str]


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return the results gravest first, then by focus node, path, value, component, shape and message.

    A blank node counts as what is said with it: the results it occurs in, twice
    refined. Those that this cannot tell apart play the same part in the report.
    """
    found = list(results)
    everything = list(with_details(found))
    colours: dict[BlankNode, str] = {}
    for _ in range(2):
        colours = _refined(everything, colours)
    return _sorted(found, colours)


def with_details(results: Iterable[Result]) -> Iterator[Result]:
    """Yield each result, followed by what its details are, and theirs."""
    for result in results:
        yield result
        yield from with_details(result.details)


def _sorted(results: Iterable[Result], colours: Mapping[BlankNode, str]) -> tuple[Result, ...]:
    found = (
        replace(result, details=_sorted(result.details, colours)) if len(result.details) > 1 else result
        for result in results
    )
    return tuple(sorted(found, key=lambda result: _key(result, colours)))


def blank_labels(results: Iterable[Result]) -> dict[BlankNode, BlankNode]:
    """Return new labels ``b1``, ``b2``, … for the blank nodes of ordered results."""
    labels: dict[BlankNode, BlankNode] = {}
    for result in with_details(results):
        for node in _nodes(result):
            if isinstance(node, BlankNode):
                labels.setdefault(node, BlankNode(f"b{len(labels) + 1}"))
    return labels


def _nodes(result: Result) -> tuple[Term | None, ...]:
    return (result.focus_node, result.value, result.source_shape, result.source_constraint)


def _refined(results: list[Result], colours: Mapping[BlankNode, str]) -> dict[BlankNode, str]:
    roles: dict[BlankNode, list[str]] = defaultdict(list)
    for result in results:
        key: Key | None = None
        for role, node in enumerate(_nodes(result)):
            if isinstance(node, BlankNode):
                key = key or _key(result, colours)
                roles[node].append(f"{role}{key}")
    return {node: sha256("\n".join(sorted(said)).encode()).hexdigest() for node, said in roles.items()}


def _key(result: Result, colours: Mapping[BlankNode, str]) -> Key:
    def name(node: Term | None) -> str:
        # "~" sorts blank nodes behind IRIs and literals.
        return "~" + colours.get(node, "") if isinstance(node, BlankNode) else str(node or "")

    focus, value, shape, constraint = map(name, _nodes(result))
    messages = "\n".join(str(text) for text in result.messages)
    custom = str(result.custom_severity or "")
    component = str(result.component)
    return (
        -result.severity.rank,
        focus,
        result.path or "",
        str(result.rule or ""),
        value,
        component,
        shape,
        constraint,
        custom + messages + "".join(sorted(str(_key(detail, colours)) for detail in result.details)),
    )
