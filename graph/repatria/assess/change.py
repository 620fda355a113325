"""What changes from one build to the next: the rows of changed sources, and all that they touch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from pyoxigraph import NamedNode

from repatria.assess.database import insert, run_sql
from repatria.assess.extraction import extract_claims
from repatria.assess.quads import graph_of
from repatria.assess.tables import INPUTS, count_parts, parquet, part_files, part_of, read_table
from repatria.query.run import ask_all
from repatria.store import Dataset
from repatria.terms import NS, PROV, RDF, SCHEMA, Names, iri, rep

_SUPERSEDED = """
SELECT DISTINCT ?source WHERE {{
  VALUES ?changed {{ {sources} }}
  ?claim rep:source ?changed ; rep:supersedes ?old . ?old rep:source ?source
}}"""
# How many sources each publisher has that did not change, and that it has now.
_OTHERS = """
CREATE OR REPLACE TEMP TABLE other_publishers AS
SELECT publisher, sources - coalesce(less, 0) AS sources
FROM old_publishers LEFT JOIN (SELECT publisher, count(*) AS less FROM gone_publishers GROUP BY publisher)
USING (publisher) WHERE sources > coalesce(less, 0)"""
PUBLISHERS = (
    "SELECT publisher, count(*) AS sources FROM publishers WHERE source IS NOT NULL GROUP BY publisher"
)
_PUBLISHERS_NOW = f"""
CREATE OR REPLACE TEMP TABLE publishers_now AS
SELECT publisher, sum(sources)::BIGINT AS sources
FROM (FROM other_publishers UNION ALL BY NAME {PUBLISHERS}) GROUP BY publisher"""
_OTHER_OUTLETS = """
SELECT publisher FROM (
    (SELECT publisher FROM publishers_now EXCEPT SELECT publisher FROM old_publishers)
    UNION ALL (SELECT publisher FROM old_publishers EXCEPT SELECT publisher FROM publishers_now)
) ANTI JOIN agents ON agent = publisher LIMIT 1"""
_TARGETS = """
CREATE OR REPLACE TEMP TABLE targets AS
SELECT target AS iri FROM new_links UNION SELECT target FROM old_links
UNION SELECT unnest([total, part]) FROM new_sums UNION SELECT unnest([total, part]) FROM old_sums"""
# What chooses the parts of a table that a change touches.
_COUNTS = """
SELECT key, NULL AS source FROM touched UNION SELECT key, source FROM gone
UNION SELECT key, source FROM new_counts"""
TOUCHED = {
    "counts": _COUNTS,
    **dict.fromkeys(("groups", "voiced"), "FROM touched_referents"),
    **dict.fromkeys(("commitments", "summed"), "FROM touched"),
    **dict.fromkeys(INPUTS, "FROM changed"),
}
_REFERENTS = """
SELECT DISTINCT referent FROM (SELECT key, referent FROM part_rows UNION SELECT key, referent FROM new_counts)
SEMI JOIN touched USING (key)"""


@dataclass(slots=True)
class Change:
    """One build after another: their stores, and the folders of their tables."""

    connection: duckdb.DuckDBPyConnection
    before: Dataset
    after: Dataset
    old: Path
    new: Path

    @property
    def names(self) -> Names:
        """Makes the IRIs of the data."""
        return Names(self.after.base)

    @property
    def graph(self) -> NamedNode:
        """The graph of the assessments."""
        return NamedNode(graph_of(self.names))

    def make(self, table: str, query: str) -> None:
        """Make a temporary table of the rows of an SQL query."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")

    def column(self, query: str) -> list[str]:
        """Return the first column of an SQL query."""
        return [row[0] for row in self.connection.execute(query).fetchall()]

    def parts(self, name: str, rows: str) -> set[int]:
        """Return the parts of a table, the same in both builds, that hold rows like those of an SQL query."""
        part = part_of(name, count_parts(self.old, name))
        found = self.connection.execute(f"SELECT DISTINCT {part} FROM ({rows})").fetchall()
        return {row[0] for row in found}

    def near(self, name: str, rows: str, build: Path | None = None) -> str:
        """Return, in SQL, all rows of these parts, in the build before or another one."""
        numbers, place = self.parts(name, rows), (build or self.old) / name
        files = part_files(place, numbers) if numbers else f"{parquet(place)} LIMIT 0"
        return f"(SELECT * FROM {files})"

    def were(self, name: str) -> str:
        """Return, in SQL, the rows of touched groups in a table of the build before."""
        return f"SELECT * FROM {self.near(name, TOUCHED[name])} SEMI JOIN touched USING (key)"


def read_changed(change: Change, changed: Collection[str]) -> bool:
    """Make the tables of the changed sources, as they were and as they are now.

    Those whose claims they supersede count as changed. Returns False where
    another outlet publishes now than before.
    """
    connection = change.connection
    sources = {*changed, *_superseded(change.before, changed), *_superseded(change.after, changed)}
    insert(connection, "changed", ("source",), [(source,) for source in sorted(sources)])
    read_table(connection, "agents", change.old)
    read_table(connection, "publishers", change.old, "old_publishers")
    publishers = [(publisher,) for publisher in _publishers(change.before, sources)]
    insert(connection, "gone_publishers", ("publisher",), publishers)
    connection.execute(_OTHERS)
    others = "SELECT NULL AS source, publisher FROM other_publishers"
    extract_claims(connection, change.after, sources, others)
    connection.execute(_PUBLISHERS_NOW)
    for name in ("counts", "links", "sums", "missing"):
        connection.execute(f"ALTER TABLE {name} RENAME TO new_{name}")
    for name in ("links", "sums", "missing"):
        rows = change.near(name, TOUCHED[name])
        change.make(f"old_{name}", f"SELECT * FROM {rows} SEMI JOIN changed USING (source)")
    return connection.execute(_OTHER_OUTLETS).fetchone() is None


def _superseded(dataset: Dataset, changed: Iterable[str]) -> list[str]:
    query = _SUPERSEDED.format(sources=" ".join(f"<{source}>" for source in sorted(changed)))
    return ask_all(dataset, query, lambda source: str(getattr(source, "value", "")))


def _publishers(dataset: Dataset, sources: Iterable[str]) -> Iterator[str]:
    """Yield the publisher of each source; no source has it twice."""
    kind = iri(RDF + "type")
    for node in map(NamedNode, sources):
        if any(dataset.store.quads_for_pattern(node, kind, iri(NS + "Source"), None)):
            found = dataset.store.quads_for_pattern(node, iri(SCHEMA + "publisher"), None, None)
            yield from {quad.object.value for quad in found if isinstance(quad.object, NamedNode)}


def load_touched(change: Change) -> None:
    """Make ``touched``, the keys of what changed, and the tables from which their groups are assessed."""
    connection, old = change.connection, change.old
    counts = parquet(old / "counts")
    change.make("gone", f"SELECT DISTINCT key, source FROM {counts} SEMI JOIN changed USING (source)")
    connection.execute(_TARGETS)
    targets = change.column("SELECT iri FROM targets")
    aimed = sorted(set(_groups_of(change, targets)))
    insert(connection, "aimed", ("gid",), [(gid,) for gid in aimed])
    # Looked through only where something is aimed at.
    groups = f"SELECT * FROM {parquet(old / 'groups')}{'' if targets else ' LIMIT 0'}"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW old_groups AS {groups}")
    run_sql(connection, "touched")
    change.make("part_rows", f"SELECT * FROM {change.near('counts', TOUCHED['counts'])}")
    kept = (
        "SELECT * FROM part_rows ANTI JOIN changed USING (source) UNION ALL BY NAME SELECT * FROM new_counts"
    )
    connection.execute(f"CREATE OR REPLACE TEMP VIEW kept_rows AS {kept}")
    change.make("counts", "SELECT * FROM kept_rows SEMI JOIN touched USING (key)")
    change.make("touched_referents", _REFERENTS)
    change.make("was_groups", change.were("groups"))
    _load_links(change)


def _groups_of(change: Change, targets: Iterable[str]) -> Iterator[str]:
    """Yield the groups, before the change, that rest on claims or counts."""
    start = change.names.entity("assessment", "")
    for target in map(NamedNode, targets):
        for predicate in (iri(PROV + "wasDerivedFrom"), rep("member")):
            for quad in change.before.store.quads_for_pattern(None, predicate, target, change.graph):
                if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(start):
                    yield quad.subject.value.removeprefix(start).partition("/")[0]


_INTO = """
SELECT claim AS target FROM counts UNION SELECT referent FROM counts
UNION SELECT claim FROM part_rows SEMI JOIN changed USING (source)"""


def _load_links(change: Change) -> None:
    """Make ``links`` of those into the touched groups, and ``sums`` of all."""
    others = {
        name: f"SELECT * FROM {parquet(change.old / name)} ANTI JOIN changed USING (source)"
        for name in ("links", "sums")
    }
    change.make("into_groups", _INTO)
    # Whoever confirms a number states it, and may be disputed in turn.
    confirming = f"SELECT claim FROM ({others['links']}) SEMI JOIN into_groups USING (target)"
    change.make("into_claims", f"FROM into_groups UNION {confirming} UNION SELECT claim FROM new_links")
    into = f"SELECT * FROM ({others['links']}) SEMI JOIN into_claims USING (target)"
    change.make("links", f"{into} UNION ALL BY NAME SELECT * FROM new_links")
    change.make("sums", f"{others['sums']} UNION ALL BY NAME SELECT * FROM new_sums")
