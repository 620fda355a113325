"""The quads of assessments that a change makes others: what no longer holds is removed, what is new added.

Of a group that stays, most of what it rests on stays, too, and so do most of
its comparisons. There may be thousands: only those that the change concerns
are looked at, since a quad takes longer to be read than to be made anew.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryTriples, RdfFormat, parse

from repatria.assess.change import Change
from repatria.assess.database import MOST_POSITIONS
from repatria.assess.quads import write_groups
from repatria.terms import PROV, iri, rep

# That of what is written of groups.
_FORMAT = RdfFormat.TRIG
_DERIVED, _MEMBER, _POSITION = iri(PROV + "wasDerivedFrom"), rep("member"), rep("position")
_OF_CLAIMS = (_DERIVED, _MEMBER)
_NODES = """CONSTRUCT {{ ?node ?predicate ?value }} WHERE {{
  GRAPH {graph} {{ VALUES ?node {{ {nodes} }} ?node ?predicate ?value {condition} }}
}}"""
_BUT_CLAIMS = f"FILTER(?predicate NOT IN ({_DERIVED}, {_MEMBER}))"
# So many nodes are asked for in one query.
_TOGETHER = 1000
# The claims and counts whose place in their groups may be another: those of changed sources, of claims that
# confirm one of these, and of what changed claims confirm.
_CONCERNED = """
WITH others AS (
  SELECT claim FROM part_rows SEMI JOIN changed USING (source) UNION SELECT claim FROM new_counts
  UNION SELECT claim FROM old_links UNION SELECT claim FROM new_links
)
SELECT claim FROM others UNION SELECT claim FROM links WHERE target IN (SELECT claim FROM others)
UNION SELECT count FROM part_rows SEMI JOIN changed USING (source) UNION SELECT count FROM new_counts
UNION SELECT count FROM counts
WHERE claim IN (SELECT target FROM new_links UNION SELECT target FROM old_links)"""


@dataclass(frozen=True, slots=True)
class _Stays:
    """The groups that were there before and still are, and what may be new in them.

    ``start`` is what the IRIs of groups start with, ``concerned`` are claims
    and counts, ``paired`` the groups with comparisons of each two positions
    before and now, ``positions`` those that hold something concerned.
    """

    start: str
    gids: frozenset[str]
    concerned: frozenset[str]
    paired: frozenset[str]
    positions: frozenset[str]

    def tells(self, quad: Quad) -> bool:
        """Say whether a quad must be looked at."""
        gid, inner = _place(quad.subject, self.start)
        if gid not in self.gids:
            return True
        if inner.startswith("comparison/"):
            return self.compares(gid, inner)
        if quad.predicate in _OF_CLAIMS and (not inner or inner.startswith("position/")):
            return isinstance(quad.object, NamedNode) and quad.object.value in self.concerned
        return True

    def compares(self, gid: str, inner: str) -> bool:
        """Say whether a comparison may be another one: of two positions that stay as they are, it is not."""
        names = inner.split("/")[1:]
        return gid not in self.paired or any(f"{gid}/position/{name}" in self.positions for name in names)


def replace_quads(
    change: Change, totals_before: Iterable[str], totals: Iterable[str]
) -> tuple[set[str], set[str]]:
    """Replace the quads of the touched groups, and of totals: their lines of N-Quads before, and now.

    Returns the triples that were removed and added, without their ends.
    """
    quads = _groups_now(change)
    stays = _stays(change, quads)
    were, end = frozenset(totals_before), f" {change.graph} ."
    told = frozenset(totals)
    before = {*_before(change, stays), *(line.removesuffix(end) for line in were - told)}
    now = {_triple(quad) for quad in quads if stays.tells(quad)}
    now.update(line.removesuffix(end) for line in told - were)
    steps = [
        f"{name} DATA {{ GRAPH {change.graph} {{ {' . '.join(sorted(lines))} }} }}"
        for name, lines in (("DELETE", before - now), ("INSERT", now - before))
        if lines
    ]
    if steps:
        change.after.store.update(" ;\n".join(steps))
    return before - now, now - before


def _groups_now(change: Change) -> list[Quad]:
    """Return what there is now of the touched groups."""
    with tempfile.TemporaryDirectory(prefix="repatria-") as folder:
        file = Path(folder) / "groups"
        write_groups(change.connection, change.names, file)
        return list(parse(path=str(file), format=_FORMAT))


def _stays(change: Change, quads: Iterable[Quad]) -> _Stays:
    start = change.names.entity("assessment", "")
    concerned = frozenset(change.column(_CONCERNED))
    positions: set[str] = set()
    numbers: Counter[str] = Counter()
    for quad in chain(quads, _of_claims(change, concerned)):
        gid, inner = _place(quad.subject, start)
        if (
            quad.predicate == _MEMBER
            and isinstance(quad.object, NamedNode)
            and quad.object.value in concerned
        ):
            positions.add(f"{gid}/{inner}")
        elif quad.predicate == _POSITION:
            numbers[gid] += 1
    gids = change.column("SELECT gid FROM was_groups SEMI JOIN assessments USING (gid)")
    paired = (
        gid
        for gid in gids
        if max(numbers[gid], len(_values(change, NamedNode(start + gid), _POSITION))) <= MOST_POSITIONS
    )
    return _Stays(start, frozenset(gids), concerned, frozenset(paired), frozenset(positions))


def _before(change: Change, stays: _Stays) -> Iterator[str]:
    """Yield what the store has of the touched groups."""
    partly: list[NamedNode] = []
    whole: list[NamedNode] = []
    for gid in change.column("SELECT gid FROM was_groups"):
        group = NamedNode(stays.start + gid)
        (partly if gid in stays.gids else whole).extend((group, *_values(change, group, _POSITION)))
        whole += _values(change, group, rep("cluster"))
        whole += _compared(change, group, stays)
    yield from _described(change, whole)
    yield from _described(change, partly, _BUT_CLAIMS)
    for quad in _of_claims(change, stays.concerned):
        # Claims that are concerned rest in other groups as well.
        if _place(quad.subject, stays.start)[0] in stays.gids:
            yield _triple(quad)


def _of_claims(change: Change, concerned: Iterable[str]) -> Iterator[Quad]:
    """Yield what the store says of groups and positions that rest on claims and counts."""
    start, graph = change.names.entity("assessment", ""), change.graph
    for node in map(NamedNode, concerned):
        for predicate in _OF_CLAIMS:
            for quad in change.after.store.quads_for_pattern(None, predicate, node, graph):
                inner = _place(quad.subject, start)[1]
                if not inner or inner.startswith("position/"):
                    yield quad


def _values(change: Change, group: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    found = change.after.store.quads_for_pattern(group, predicate, None, change.graph)
    return [quad.object for quad in found if isinstance(quad.object, NamedNode)]


def _compared(change: Change, group: NamedNode, stays: _Stays) -> Iterator[NamedNode]:
    """Yield the comparisons of a group that may be others now."""
    for quad in change.after.store.quads_for_pattern(None, rep("inAssessment"), group, change.graph):
        gid, inner = _place(quad.subject, stays.start)
        told = inner.startswith("comparison/") and (gid not in stays.gids or stays.compares(gid, inner))
        if told and isinstance(quad.subject, NamedNode):
            yield quad.subject


def _described(change: Change, nodes: Sequence[NamedNode], condition: str = "") -> Iterator[str]:
    """Yield what nodes are the subject of, without a condition all of it."""
    for number in range(0, len(nodes), _TOGETHER):
        some = " ".join(map(str, nodes[number : number + _TOGETHER]))
        query = _NODES.format(graph=change.graph, nodes=some, condition=condition)
        found = change.after.store.query(query)
        assert isinstance(found, QueryTriples)
        text = found.serialize(format=RdfFormat.N_TRIPLES)
        assert text is not None
        yield from (line.removesuffix(" .") for line in text.decode().split("\n") if line)


def _place(node: object, start: str) -> tuple[str, str]:
    """Return the key of a group, and what follows it in the IRI of a node."""
    assert isinstance(node, NamedNode)
    gid, _, inner = node.value.removeprefix(start).partition("/")
    return gid, inner


def _triple(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object}"
