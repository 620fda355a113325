"""After a change: only the groups that it touches are assessed anew, and the totals that these belong to.

What a changed source touches are the groups of its counts, before and after,
and those of what its claims confirm, dispute or add up. A source whose claims
it supersedes counts as changed, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from repatria.assess.change import Change, load_touched, read_changed
from repatria.assess.database import connect, insert
from repatria.assess.engine import assess
from repatria.assess.keeping import read_problems, write_problems, write_statuses
from repatria.assess.materialise import Outcome
from repatria.assess.nearby import Nearby, read_nearby
from repatria.assess.problems import Problem, missing_claims, ordered, unsound_bounds
from repatria.assess.quads import total_lines
from repatria.assess.referents import read_referent
from repatria.assess.replacing import replace_quads
from repatria.assess.rewriting import rewrite_tables
from repatria.assess.tables import SUMMARIES, outgrown, parquet
from repatria.assess.totals import Only, Totals, assess_totals, no_collection
from repatria.store import Dataset

# Counts whose sums are looked at again: whatever is added up otherwise than before, and what rests on it.
_AGAIN = """
WITH RECURSIVE begun AS (
  SELECT count FROM was_summed UNION SELECT count FROM summed UNION SELECT iri FROM targets
), found AS (
  SELECT count FROM begun
  UNION
  SELECT s.total AS count FROM found f JOIN sums s ON s.part = f.count
)
SELECT count FROM found"""
_SUMMED = """
SELECT count FROM again UNION SELECT part FROM sums s SEMI JOIN again a ON a.count = s.total"""
# What totals are computed from: what is near now, and the same as it was.
_NEAR = {
    "groups": "SEMI JOIN scope USING (referent)",
    "voiced": "SEMI JOIN near_groups USING (gid)",
    "commitments": "SEMI JOIN (SELECT gid FROM near_groups SEMI JOIN heads USING (referent)) USING (gid)",
    "summed": f"SEMI JOIN ({_SUMMED}) USING (count)",
}


def reassess(
    before: Dataset, after: Dataset, old: Path, new: Path, changed: Collection[str]
) -> Outcome | None:
    """Assess what changed from one build to the next; the entities are the same.

    Returns None, and changes nothing, where another outlet publishes now than
    before, which tells narrators from speakers in all groups, or where the
    tables have far outgrown their parts. ``after`` still holds the assessments
    of ``before``; ``old`` and ``new`` are the folders of the builds,
    ``changed`` the IRIs of sources that are new, changed or gone.
    """
    # One thread: most of the time goes into planning many small queries.
    with no_collection(), connect(threads=1) as connection:
        change = Change(connection, before, after, old, new)
        if outgrown(connection, old) or not read_changed(change, changed):
            return None
        load_touched(change)
        touched = change.column("SELECT DISTINCT referent FROM counts UNION SELECT referent FROM was_groups")
        _load_parties(change, touched)
        assess(connection)
        rewrite_tables(change)
        near = _load_near(change, touched)
        were, totals = (_assess_totals(change, near, now=now) for now in (False, True))
        gone, fresh = were.unlike(totals), totals.unlike(were)
        replaced = replace_quads(change, total_lines(gone, change.names), total_lines(fresh, change.names))
        problems = _problems(change, near, totals)
        write_problems(connection, problems, new)
        statuses = write_statuses(connection, new, old)
        return Outcome(statuses, ordered(problems), _count(change, "assessments"), replaced)


def _load_parties(change: Change, touched: Iterable[str]) -> None:
    found = (read_referent(change.after, iri) for iri in touched)
    rows = [(item.iri, party) for item in found if item for party in sorted(item.parties)]
    insert(change.connection, "parties", ("referent", "party"), rows)


def _load_near(change: Change, touched: Iterable[str]) -> Nearby:
    """Make the tables ``near_…`` from which the totals of touched referents are computed, as they are now.

    ``was_…`` are the rows of touched groups as they were, ``again`` the counts that are added up again.
    """
    connection = change.connection
    for name in ("voiced", "commitments", "summed"):
        change.make(f"was_{name}", change.were(name))
    change.make("again", _AGAIN)
    _make_near(change, "summed")
    added = change.column("SELECT referent FROM near_summed UNION SELECT referent FROM was_summed")
    near = read_nearby(change.after, touched, added)
    for name, iris in (("heads", near.heads), ("scope", near.scope)):
        insert(connection, name, ("referent",), [(iri,) for iri in sorted(iris)])
    for name in ("groups", "voiced", "commitments"):
        _make_near(change, name)
    change.make("sums_now", "SELECT * FROM sums")
    return near


def _make_near(change: Change, name: str) -> None:
    place = parquet(change.new / name)
    if name in ("groups", "voiced"):
        place = change.near(name, "FROM scope", change.new)
    change.make(f"near_{name}", f"SELECT * FROM {place} {_NEAR[name]}")


def _assess_totals(change: Change, near: Nearby, *, now: bool) -> Totals:
    """Compute the totals of which touched groups are parts, as they are now or as they were."""
    for name in SUMMARIES:
        were = f" ANTI JOIN touched USING (key) UNION ALL BY NAME SELECT * FROM was_{name}"
        change.make(name, f"SELECT * FROM near_{name}{'' if now else were}")
    were = " ANTI JOIN changed USING (source) UNION ALL BY NAME SELECT * FROM old_sums"
    change.make("sums", f"SELECT * FROM sums_now{'' if now else were}")
    return assess_totals(change.connection, near.referents, Only(near.heads, "again"))


def _problems(change: Change, near: Nearby, totals: Totals) -> list[Problem]:
    """Return what could not be assessed: as before, but for that of what was looked at again."""
    connection = change.connection
    again = near.heads.union(change.column("SELECT source FROM changed UNION SELECT count FROM again"))
    kept = [problem for problem in read_problems(connection, change.old) if problem.owner not in again]
    return [
        *kept,
        *unsound_bounds(connection, "new_counts"),
        *missing_claims(connection, "new_missing"),
        *(problem for problem in totals.problems if problem.owner),
    ]


def _count(change: Change, table: str) -> int:
    found = change.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return found[0] if found else 0
