"""Colours of blank nodes: the same for those of which the same is said, whatever their labels.

Refinement by the colours of the neighbours (Weisfeiler and Leman) tells apart all nodes of a tree
that are different. Going once from the leaves up and once from the top down spares most of its rounds.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Quad

from repatria.diff.nodes import digest, nodes_of, render

# Beyond so many rounds nodes are left as they are.
_ROUNDS = 64

About = dict[str, list[Quad]]
Colours = dict[str, str]


def from_below(about: About) -> Colours:
    """Return a colour by what is below each node, from the leaves up; none for what leads to a circle.

    ``about``: node (label) → the quads it stands in. So the cells of a list, however long, are told
    apart in one go.
    """
    own = {node: [quad for quad in said if quad.subject == BlankNode(node)] for node, said in about.items()}
    needs = {
        node: {quad.object.value for quad in said if isinstance(quad.object, BlankNode)}
        for node, said in own.items()
    }
    return _in_turn(own, needs, dict.fromkeys(about, ""))


def refined(about: About, below: Colours) -> tuple[Colours, bool]:
    """Return a colour for each node, the same for those that look alike; and whether that is all.

    ``below`` are colours to begin with.
    """
    if len(set(below.values())) == len(below):
        return below, True
    own = {node: _leading_to(node, said) for node, said in about.items()}
    needs = {node: {getattr(quad.subject, "value", "") for quad in said} for node, said in own.items()}
    colours, known = _in_turn(own, needs, below), 0
    for _ in range(_ROUNDS):
        distinct = len(set(colours.values()))
        if distinct in (known, len(colours)):
            return colours, True
        known, before = distinct, colours
        colours = {node: _seen_from(node, said, before) for node, said in about.items()}
    return colours, False


def _leading_to(node: str, said: Iterable[Quad]) -> list[Quad]:
    here = BlankNode(node)
    return [quad for quad in said if quad.object == here and isinstance(quad.subject, BlankNode)]


def _in_turn(own: About, needs: dict[str, set[str]], start: Colours) -> Colours:
    """Colour each node by its own quads once all that it needs are coloured; leave what is on a circle."""
    users: dict[str, list[str]] = {}
    for node, others in needs.items():
        for other in others:
            users.setdefault(other, []).append(node)
    missing = {node: len(others) for node, others in needs.items()}
    ready = [node for node, number in missing.items() if not number]
    colours = dict(start)
    while ready:
        node = ready.pop()
        colours[node] = _over(
            own[node], start[node], {other: colours[other] for other in needs[node]} | {node: "this"}
        )
        for user in users.get(node, ()):
            missing[user] -= 1
            if not missing[user]:
                ready.append(user)
    return colours


def _over(own: Iterable[Quad], start: str, known: Colours) -> str:
    return digest([start, *sorted(render(quad, lambda other: known.get(other, "")) for quad in own)])


def _seen_from(node: str, said: Iterable[Quad], colours: dict[str, str]) -> str:
    """Return a colour by what links a node to each of its neighbours, and by theirs."""

    def name(other: str) -> str:
        return "this" if other == node else colours[other]

    links: dict[frozenset[str], list[str]] = {}
    for quad in said:
        links.setdefault(frozenset(nodes_of(quad)), []).append(render(quad, name))
    return digest([colours[node], *sorted("\n".join(sorted(link)) for link in links.values())])
