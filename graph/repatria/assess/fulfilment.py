"""Commitments against what is said to have been delivered: not a contradiction, but a status of its own.

The graph is open: a commitment that is not shown met is not said to be broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import md5
from itertools import islice

import duckdb

from repatria.assess.referents import Referents
from repatria.assess.results import Interval
from repatria.assess.sums import MOST_PARTS, Group, interval
from repatria.assess.units import Selection, select
from repatria.assess.words import Heard, voiced

EVENTS = ("single-event", "series-total")
_COMMITTED = "SELECT gid, name, low, hi, tolerance, first_claims, counts FROM commitments ORDER BY gid, n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One committed amount, ``position`` of the group ``group``, and three selections of what was delivered.

    ``committed_by`` are the earliest claims of it, ``counts`` all counts.
    """

    group: Group
    position: str
    commitment: Interval
    tolerance: bool
    committed_by: tuple[str, ...]
    counts: tuple[str, ...]
    delivered: Selection
    by_deliverer: Selection
    by_recipient: Selection

    @property
    def key(self) -> str:
        """The last part of its IRI."""
        return md5(f"{self.group.value.gid} {self.position}".encode(), usedforsecurity=False).hexdigest()[:16]

    def status(self, selection: Selection) -> str:
        """Return exceeded, met or not-shown-met: what is delivered at least, against the commitment."""
        low = selection.total.low
        if self.commitment.high is not None and low > self.commitment.high:
            return "exceeded"
        return "met" if low >= self.commitment.low else "not-shown-met"

    @property
    def depends_on_tolerance(self) -> bool:
        """Whether an “around” is involved, in the commitment or in what is counted."""
        return self.tolerance or any(value.tolerance for value in self.delivered.chosen)

    @property
    def claims(self) -> tuple[str, ...]:
        """The earliest claims of the commitment and of what is counted."""
        counted = self.delivered.chosen[:MOST_PARTS]
        claims = dict.fromkeys([*self.committed_by, *(c for value in counted for c in value.claims)])
        return tuple(islice(claims, MOST_PARTS))

    @property
    def reason(self) -> str:
        """The outcome in words."""
        number = str(self.delivered.total) if self.delivered.chosen else "no number"
        status = _STATUS[self.status(self.delivered)]
        parts = [f"{status}: {number} in this graph against {self.commitment} agreed"]
        for who, selection in (("deliverer", self.by_deliverer), ("recipient", self.by_recipient)):
            told = (
                f"{selection.total}, {_STATUS[self.status(selection)]}" if selection.chosen else "no number"
            )
            parts.append(f"on the {who}'s word {told}")
        text = "; ".join(parts)
        return f"{text[:1].upper()}{text[1:]}."


Facts = dict[tuple[str, str, str], dict[str, list[Group]]]
_STATUS = {"exceeded": "exceeded", "met": "met", "not-shown-met": "not shown met"}


def fulfilments(
    connection: duckdb.DuckDBPyConnection, groups: list[Group], heads: list[Group], referents: Referents
) -> Iterator[Outcome]:
    """Yield the outcome of each committed amount in one direction among ``heads``."""
    by_gid = {group.value.gid: group for group in heads}
    committed = [row for row in connection.execute(_COMMITTED).fetchall() if row[0] in by_gid]
    if not committed:
        return
    gids = dict.fromkeys(row[0] for row in committed)
    scopes = {gid: _scope(by_gid[gid], referents) for gid in gids}
    facts = _facts(groups, set().union(*scopes.values()))
    ends = {party for gid in gids for party in (by_gid[gid].from_, by_gid[gid].to) if party}
    events = [group for here in facts.values() for items in here.values() for group in items]
    by_party = voiced(connection, events, ends)
    deliveries = {gid: _deliveries(by_gid[gid], scopes[gid], facts, by_party, referents) for gid in gids}
    for gid, name, low, hi, tolerance, claims, counts in committed:
        amount = interval(low, hi)
        yield Outcome(by_gid[gid], name, amount, tolerance, tuple(claims), tuple(counts), *deliveries[gid])


def _scope(group: Group, referents: Referents) -> set[str]:
    """Return the exchanges that count: those under the agreement, or the exchange committed to itself."""
    iri = group.value.referent
    item = referents.get(iri)
    if item is not None and item.kind == "Agreement":
        return referents.under(iri)
    return {iri, *referents.within(iri)}


def _facts(groups: Iterable[Group], scope: set[str]) -> Facts:
    """Return the events of the scope by measure and direction, and by referent."""
    found: Facts = {}
    for group in groups:
        fits = group.modality == "fact" and group.aggregation in EVENTS and group.value.referent in scope
        if fits and group.from_ and group.to:
            here = found.setdefault((group.measure, group.from_, group.to), {})
            here.setdefault(group.value.referent, []).append(group)
    return found


def _deliveries(
    commitment: Group,
    scope: set[str],
    facts: Facts,
    by_party: Heard,
    referents: Referents,
) -> tuple[Selection, Selection, Selection]:
    """Return what was delivered on anybody's word, on the deliverer's, and on the recipient's."""
    place = (commitment.measure, commitment.from_ or "", commitment.to or "")
    here = facts.get(place, {})
    found = (here.get(iri, ()) for iri in (scope if len(scope) < len(here) else here.keys() & scope))
    groups = [group for items in found for group in items if group.meets(commitment)]
    anybody = select((group.value for group in groups), referents)
    sides = []
    for party in place[1:]:
        heard = by_party.get(party, {})
        sides.append(select((heard[g.value.gid] for g in groups if g.value.gid in heard), referents))
    return anybody, sides[0], sides[1]
