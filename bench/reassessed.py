"""One changed dossier of a generated table: what it touches is assessed anew, in a build of those counts."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from bench.countgraph import write_claims, write_entities
from bench.counttable import BASE
from repatria.assess import engine, incremental
from repatria.assess.database import connect
from repatria.assess.extraction import Gathering, extract
from repatria.assess.materialise import materialise
from repatria.assess.quads import graph_of
from repatria.store import Dataset, Origin, open_disk
from repatria.terms import XSD, Names, concept, rep

# The dossier that is changed has so many counts.
_COUNTS = 6
# So many quads, or a few more, are loaded at once: as many as a build makes of a chunk of dossiers.
_CHUNK = 100_000
_SOURCES = """
SELECT source FROM read_parquet('{counts}') GROUP BY source
HAVING count(*) = {number} AND bool_or(contains(source, '-{great}-')) = {about}
ORDER BY md5(source) LIMIT 1 OFFSET {nth}"""
_GREAT = """
SELECT arg_max(exchange, n) FROM (
  SELECT split_part(referent, 'event/exchange-', 2) AS exchange, count(*) AS n FROM read_parquet('{counts}')
  WHERE contains(referent, 'event/exchange-') GROUP BY ALL)"""

_DIFFERENCE = """
WITH written AS (
  (FROM {name} LIMIT 0) UNION ALL BY NAME FROM read_parquet('{files}')
)
SELECT * FROM (
  (FROM {name} EXCEPT ALL FROM written) UNION ALL (FROM written EXCEPT ALL FROM {name})
) LIMIT 4"""


def load_claims(table: Path, build: Path) -> dict[str, Any]:
    """Load the counts of a table as RDF into the store of a build, and gather them for the assessment."""
    build.mkdir()
    store, gathering = Store(str(build / "store")), Gathering(build / "gathered", BASE)
    loading = gathered = 0.0
    for write in (write_claims, write_entities):
        write(table, build / "claims.nq")
        for chunk in _chunks(build / "claims.nq"):
            started = time.process_time()
            store.bulk_extend(chunk)
            loaded = time.process_time()
            gathering.add(chunk)
            loading, gathered = loading + loaded - started, gathered + time.process_time() - loaded
        (build / "claims.nq").unlink()
    started = time.process_time()
    store.flush()
    loading += time.process_time() - started
    return {"seconds": loading, "gathered": gathered, "quads": len(store)}


def _chunks(file: Path) -> Iterator[list[Quad]]:
    """Yield the quads of a file in chunks of whole graphs."""
    chunk: list[Quad] = []
    quads = parse(path=str(file), format=RdfFormat.N_QUADS)
    for _, graph in groupby(quads, attrgetter("graph_name")):
        chunk += graph
        if len(chunk) >= _CHUNK:
            yield chunk
            chunk = []
    yield chunk


def extract_tables(table: Path, build: Path) -> dict[str, Any]:
    """Make the tables of what was gathered; they must be those that the RDF was made from.

    Raises RuntimeError if they are not.
    """
    dataset, gathered = open_disk(build / "store", BASE), _gathered(build, build / "again")
    started = time.process_time()
    with connect(threads=1) as connection:
        extract(connection, dataset, gathered)
        seconds = time.process_time() - started
        for name in ("counts", "links", "sums"):
            connection.execute(_DIFFERENCE.format(name=name, files=table / name / "*.parquet"))
            found = connection.fetchall()
            if found:
                raise RuntimeError(f"{name} from RDF are not those of the table: {found}")
        row = connection.execute("SELECT count(*) FROM counts").fetchone()
    return {"seconds": seconds, "counts": row[0] if row else 0}


def _gathered(build: Path, copy: Path) -> Gathering:
    """Return what was gathered for a build: a copy, since whoever reads it removes it."""
    found = Gathering(copy, BASE)
    shutil.copytree(build / "gathered", copy, dirs_exist_ok=True)
    return found


def assess_build(build: Path) -> dict[str, Any]:
    """Assess the store of a build in full, from what was gathered to RDF, with the tables beside it."""
    store, gathered = Store(str(build / "store")), _gathered(build, build / "again")
    started = time.process_time()
    outcome = materialise(Dataset(store, BASE), build, gathered)
    store.flush()
    seconds = time.process_time() - started
    # RocksDB would do so by itself, in the background, while the builds after this one are measured.
    store.optimize()
    return {"seconds": seconds, "groups": outcome.touched}


def reassess(table: Path, old: Path, new: Path, nth: int, great: bool) -> dict[str, Any]:
    """Give the counts of one dossier other numbers and assess anew; ``great``: one on the great exchange."""
    source = _choose(table, nth, great)
    new.mkdir()
    before = open_disk(old / "store", BASE, built=True)
    before.store.backup(str(new / "store"))
    after = Dataset(Store(str(new / "store")), BASE, Origin("disk", str(new / "store")), built=True)
    _change(after.store, source)
    heard: list[int] = []

    def assess(connection: duckdb.DuckDBPyConnection) -> None:
        engine.assess(connection)
        found = connection.execute("SELECT count(*) FROM held").fetchone()
        heard.append(found[0] if found else 0)

    with mock.patch.object(incremental, "assess", assess):
        wall, started = time.perf_counter(), time.process_time()
        outcome = incremental.reassess(before, after, old, new, [source])
        after.store.flush()
        seconds, wall = time.process_time() - started, time.perf_counter() - wall
        assert outcome is not None
    return {"seconds": seconds, "wall": wall, "groups": outcome.touched, "statements": heard[0]}


def same_in_full(new: Path) -> dict[str, Any]:
    """Assess the changed store in full and compare. Raises RuntimeError if anything differs."""
    store = Store(str(new / "store"))
    graph = NamedNode(graph_of(Names(BASE)))
    found = set(store.quads_for_pattern(None, None, None, graph))
    store.remove_graph(graph)
    materialise(Dataset(store, BASE))
    full = set(store.quads_for_pattern(None, None, None, graph))
    if found != full:
        raise RuntimeError(f"what was assessed anew differs: {sorted(map(str, found ^ full))[:5]}")
    return {"quads": len(full)}


def _choose(table: Path, nth: int, great: bool) -> str:
    counts = table / "counts" / "*.parquet"
    with duckdb.connect() as connection:
        exchange = connection.execute(_GREAT.format(counts=counts)).fetchone()
        assert exchange is not None
        query = _SOURCES.format(counts=counts, number=_COUNTS, great=exchange[0], about=great, nth=nth)
        found = connection.execute(query).fetchone()
    if found is None:
        raise RuntimeError(f"no dossier has {_COUNTS} counts")
    return str(found[0])


def _change(store: Store, source: str) -> None:
    """Give each count of a dossier an exact number that is greater by one."""
    for claim in store.quads_for_pattern(None, rep("source"), NamedNode(source), None):
        assert isinstance(claim.subject, NamedNode)
        for count in store.quads_for_pattern(claim.subject, rep("hasCount"), None, None):
            assert isinstance(count.object, NamedNode)
            _restate(store, NamedNode(f"{count.object.value}/quantity"))


def _restate(store: Store, quantity: NamedNode) -> None:
    old = list(store.quads_for_pattern(quantity, None, None, None))
    value = next(int(q.object.value) for q in old if q.predicate == rep("statedValue")) + 1  # type: ignore[union-attr]
    number = Literal(str(value), datatype=NamedNode(f"{XSD}integer"))
    stated: dict[str, NamedNode | Literal] = {
        "statedText": Literal(f"{value:,}"), "statedValue": number, "min": number, "max": number,
        "qualifier": concept("qualifier", "exact"), "boundsRule": concept("rule", "exact"),
    }  # fmt: skip
    for quad in old:
        store.remove(quad)
    for name, term in stated.items():
        store.add(Quad(quantity, rep(name), term, old[0].graph_name))
