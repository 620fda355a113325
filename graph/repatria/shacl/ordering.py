"""An order of results that does not depend on the labels of blank nodes, which change from run to run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from pyoxigraph import BlankNode

from repatria.shacl.report import Result, Term

ROUNDS = 2
"""How often what is said with a blank node is refined by what is said with those beside it."""


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return the results gravest first, then by focus node, path, value, component, shape and message.

    A blank node counts as what is said with it: the results it occurs in, twice
    refined. Those that this cannot tell apart play the same part in the report;
    the results of each stay together.
    """
    found = list(results)
    colours: dict[BlankNode, str] = {}
    for _ in range(ROUNDS):
        said: dict[BlankNode, list[bytes]] = defaultdict(list)
        for result in found:
            for node, role in roles(result, colours):
                said[node].append(role)
        colours = {node: colour(sorted(roles_)) for node, roles_ in said.items()}
    settled = (with_details_in_order(result, colours) for result in found)
    return _sorted(settled, colours)


def blank_labels(result: Result) -> str:
    """Return the labels of the blank nodes of a result."""
    return " ".join(node.value for node in blank_nodes(result))


def with_details(results: Iterable[Result]) -> Iterator[Result]:
    """Yield each result, followed by what its details are, and theirs."""
    for result in results:
        yield result
        yield from with_details(result.details)


def blank_nodes(result: Result) -> Iterator[BlankNode]:
    """Yield the blank nodes of a result and its details, those that occur twice also twice."""
    for one in with_details((result,)):
        yield from (node for node in _nodes(one) if isinstance(node, BlankNode))


def roles(result: Result, colours: Mapping[BlankNode, str]) -> Iterator[tuple[BlankNode, bytes]]:
    """Yield the blank nodes of a result and its details, each with what is said with it there."""
    for one in with_details((result,)):
        told = ""
        for role, node in enumerate(_nodes(one)):
            if isinstance(node, BlankNode):
                told = told or key(one, colours)
                yield node, sha256(f"{role}{told}".encode()).digest()


def colour(said: Iterable[bytes]) -> str:
    """Return what a blank node counts as, from all that is said with it, in order."""
    whole = sha256()
    for one in said:
        whole.update(one)
    return whole.hexdigest()


def with_details_in_order(result: Result, colours: Mapping[BlankNode, str]) -> Result:
    """Return a result with its details, and theirs, in order."""
    if not result.details:
        return result
    details = (with_details_in_order(detail, colours) for detail in result.details)
    return replace(result, details=_sorted(details, colours))


def _sorted(results: Iterable[Result], colours: Mapping[BlankNode, str]) -> tuple[Result, ...]:
    return tuple(sorted(results, key=lambda result: (key(result, colours), blank_labels(result))))


def _nodes(result: Result) -> tuple[Term | None, ...]:
    return (result.focus_node, result.value, result.source_shape, result.source_constraint)


def key(result: Result, colours: Mapping[BlankNode, str]) -> str:
    """Return what a result is sorted by, as text whose code points are compared."""

    def name(node: Term | None) -> str:
        # "~" sorts blank nodes behind IRIs and literals.
        return "~" + colours.get(node, "") if isinstance(node, BlankNode) else str(node or "")

    focus, value, shape, constraint = map(name, _nodes(result))
    parts = (
        str(2 - result.severity.rank),
        focus,
        result.path or "",
        str(result.rule or ""),
        value,
        str(result.component),
        shape,
        constraint,
        str(result.custom_severity or ""),
        "\n".join(str(text) for text in result.messages),
        *sorted(key(detail, colours) for detail in result.details),
    )
    # Where all is the same, results are told apart by their places.
    place = f"{result.place.location}" if result.place else ""
    return "\0".join((*parts, place))
