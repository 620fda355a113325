"""After a change: only the groups that it touches are assessed anew, and the totals that these belong to.

What a changed source touches are the groups of its counts, before and after,
and those of the claims that it confirms or disputes. A source whose claims it
supersedes counts as changed, too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from repatria.assess.database import connect, insert, run_sql
from repatria.assess.engine import assess
from repatria.assess.extraction import extract
from repatria.assess.materialise import Outcome, count_statuses
from repatria.assess.problems import missing_claims, unsound_bounds
from repatria.assess.quads import graph_of, total_lines, write_groups
from repatria.assess.tables import (
    PART,
    STATUS_ROWS,
    SUMMARIES,
    parquet,
    part_file,
    read_lines,
    read_table,
    write_counts,
    write_lines,
    write_table,
)
from repatria.assess.totals import Totals, assess_totals
from repatria.query.run import ask_all
from repatria.store import Dataset
from repatria.terms import Names, rep

_SUPERSEDED = """
SELECT DISTINCT ?source WHERE {{
  VALUES ?changed {{ {sources} }}
  ?claim rep:source ?changed ; rep:supersedes ?old . ?old rep:source ?source
}}"""


_OTHER_OUTLETS = """
SELECT publisher FROM (
    (SELECT publisher FROM publishers EXCEPT SELECT publisher FROM old_publishers)
    UNION ALL (SELECT publisher FROM old_publishers EXCEPT SELECT publisher FROM publishers)
) ANTI JOIN agents ON agent = publisher LIMIT 1"""


@dataclass(slots=True)
class _Change:
    """One build after another: stores, folders of their tables, and how many parts the counts have."""

    connection: duckdb.DuckDBPyConnection
    before: Dataset
    after: Dataset
    old: Path
    new: Path
    parts: int

    @property
    def names(self) -> Names:
        return Names(self.after.base)


def reassess(
    before: Dataset, after: Dataset, old: Path, new: Path, changed: Collection[str]
) -> Outcome | None:
    """Assess what changed from one build to the next; the entities are the same.

    Returns None, and changes nothing, where another outlet publishes now than
    before: that tells narrators from speakers in all groups. ``after`` still
    holds the assessments of ``before``; ``old`` and ``new`` are the folders of
    the builds, ``changed`` the IRIs of sources that are new, changed or gone.
    """
    parts = len(list((old / "counts").glob("*.parquet")))
    with connect() as connection:
        change = _Change(connection, before, after, old, new, parts)
        sources = {*changed, *_superseded(before, changed), *_superseded(after, changed)}
        insert(connection, "changed", ("source",), [(source,) for source in sorted(sources)])
        others = f"SELECT * FROM {parquet(old / 'publishers')} ANTI JOIN changed USING (source)"
        referents, _ = extract(connection, after, sources, others)
        read_table(connection, "publishers", old, "old_publishers")
        if connection.execute(_OTHER_OUTLETS).fetchone():
            return None
        _merge_inputs(change)
        run_sql(connection, "touched")
        written = _load_touched(change)
        assess(connection)
        _write_counts(change, written)
        read_table(connection, "groups", old, "old_groups")
        stale = connection.execute("SELECT gid FROM old_groups SEMI JOIN touched USING (key)").fetchall()
        _replace_groups(change, [row[0] for row in stale])
        computed = sum(count_statuses(connection, "assessments").values())
        _merge_summaries(change)
        totals = assess_totals(connection, referents)
        _replace_totals(change, totals)
        found = dict.fromkeys(
            [*unsound_bounds(connection, "all_counts"), *missing_claims(connection), *totals.problems]
        )
        return Outcome(count_statuses(connection, "groups"), list(found), computed)


def _superseded(dataset: Dataset, changed: Iterable[str]) -> list[str]:
    query = _SUPERSEDED.format(sources=" ".join(f"<{source}>" for source in sorted(changed)))
    return ask_all(dataset, query, lambda source: str(getattr(source, "value", "")))


def _merge_inputs(change: _Change) -> None:
    """Make the tables of links and sums whole again: those of unchanged sources as they were."""
    write_table(change.connection, "publishers", change.new)
    for name in ("links", "sums", "missing"):
        change.connection.execute(f"CREATE OR REPLACE TEMP TABLE new_{name} AS SELECT * FROM {name}")
        read_table(change.connection, name, change.old, f"old_{name}")
        change.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS"
            f" SELECT * FROM old_{name} ANTI JOIN changed USING (source)"
            f" UNION ALL BY NAME SELECT * FROM new_{name}"
        )
        write_table(change.connection, name, change.new)
    change.connection.execute("CREATE OR REPLACE TEMP TABLE new_counts AS SELECT * FROM counts")
    change.connection.execute(
        f"CREATE OR REPLACE TEMP VIEW old_counts AS SELECT * FROM {parquet(change.old / 'counts')}"
    )
    change.connection.execute(
        "CREATE OR REPLACE TEMP VIEW all_counts AS SELECT * FROM old_counts ANTI JOIN changed USING (source)"
        " UNION ALL BY NAME SELECT * FROM new_counts"
    )


def _load_touched(change: _Change) -> set[int]:
    """Make ``counts`` of all rows of the touched keys; return the parts that must be written anew."""
    connection = change.connection
    part = PART.format(parts=change.parts)
    found = connection.execute(
        f"SELECT DISTINCT {part} FROM (SELECT key FROM touched"
        " UNION ALL SELECT key FROM old_counts SEMI JOIN changed USING (source)"
        " UNION ALL SELECT key FROM new_counts)"
    )
    numbers = {row[0] for row in found.fetchall()}
    files = ", ".join(f"'{part_file(change.old / 'counts', number)}'" for number in sorted(numbers))
    kept = f"read_parquet([{files}])" if files else "(SELECT * FROM new_counts LIMIT 0)"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE part_rows AS SELECT * FROM {kept} ANTI JOIN changed USING (source)"
        " UNION ALL BY NAME SELECT * FROM new_counts"
    )
    rows = "SELECT * FROM part_rows SEMI JOIN touched USING (key)"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE counts AS {rows}")
    return numbers


def _write_counts(change: _Change, touched: set[int]) -> None:
    others = "SELECT * FROM part_rows ANTI JOIN touched USING (key)"
    rows = f"{others} UNION ALL BY NAME {STATUS_ROWS}"
    write_counts(change.connection, rows, change.new, change.parts, touched)
    for number in range(change.parts):
        if number not in touched:
            source = part_file(change.old / "counts", number)
            part_file(change.new / "counts", number).hardlink_to(source)


def _merge_summaries(change: _Change) -> None:
    for name in SUMMARIES:
        change.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM {parquet(change.old / name)}"
            " ANTI JOIN touched USING (key)"
            f" UNION ALL BY NAME SELECT * FROM {name} SEMI JOIN touched USING (key)"
        )
        write_table(change.connection, name, change.new)


def _replace_groups(change: _Change, stale: Iterable[str]) -> None:
    """Replace the quads of the touched groups."""
    store, graph = change.after.store, NamedNode(graph_of(change.names))
    for gid in stale:
        for node in list(_nodes(store, NamedNode(change.names.entity("assessment", gid)), graph)):
            for quad in list(store.quads_for_pattern(node, None, None, graph)):
                store.remove(quad)
    with tempfile.TemporaryDirectory(prefix="repatria-") as folder:
        file = Path(folder) / "assessments.nq"
        write_groups(change.connection, change.names, file)
        store.load(path=str(file), format=RdfFormat.N_QUADS)


def _nodes(store: Store, group: NamedNode, graph: NamedNode) -> Iterator[NamedNode]:
    """Yield a group, its positions, clusters and comparisons; not its sums, which belong to the totals."""
    yield group
    for name in ("position", "cluster"):
        for quad in list(store.quads_for_pattern(group, rep(name), None, graph)):
            if isinstance(quad.object, NamedNode):
                yield quad.object
    for quad in list(store.quads_for_pattern(None, rep("inAssessment"), group, graph)):
        if isinstance(quad.subject, NamedNode) and not quad.subject.value.startswith(f"{group.value}/sum/"):
            yield quad.subject


def _replace_totals(change: _Change, totals: Totals) -> None:
    """Replace the quads of sums and fulfilment that are not as they were."""
    before = frozenset(read_lines(change.old))
    lines = list(total_lines(totals, change.names))
    write_lines(change.new, lines)
    store = change.after.store
    for quad in parse("\n".join(sorted(before.difference(lines))), format=RdfFormat.N_QUADS):
        store.remove(quad)
    added = [line for line in lines if line not in before]
    store.load("\n".join(added), format=RdfFormat.N_QUADS)
