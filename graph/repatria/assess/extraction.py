"""From a graph to tables: Oxigraph writes the answers of a few queries as CSV, and DuckDB reads them.

No row passes through Python, so that a table of millions of counts takes no
memory of its own. A build asks of each chunk of dossiers while it has their
quads in memory: a store on disk would need many times as long.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path

import duckdb
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store

from repatria.assess.database import insert, run_sql, text
from repatria.assess.referents import Agents, Referents, read_agents, read_referents
from repatria.query.run import Query, ask_all, evaluate, texts
from repatria.store import Dataset
from repatria.terms import RDF, iri, prefixes, rep

# What is asked of each claim: dates come in three forms, of which `sources` below makes one.
_CLAIM = """
  OPTIONAL { ?source schema:publisher ?publisher }
  OPTIONAL { ?source schema:datePublished ?printed }
  OPTIONAL { ?source rep:externalDate ?outside }
  OPTIONAL { ?source rep:notAfter ?until }
  OPTIONAL { ?claim rep:act ?act }
  OPTIONAL { ?claim rep:speechForm ?form }
  OPTIONAL { ?claim rep:saidOn ?said }"""
_QUERIES = {
    "raw_counts": """
SELECT ?count ?claim ?source ?publisher ?printed ?outside ?until ?act ?form ?said ?referent ?measure
  ?from_party ?to_party ?aggregation ?modality ?population ?polarity ?period_start_not_before
  ?period_start_not_after ?period_end_not_before ?period_end_not_after ?words ?qualifier ?rule
  ?stated_value ?low ?high
WHERE {
  %(only)s
  ?claim rep:source ?source ; rep:hasCount ?count ; rep:modality ?modality .
  ?count rep:measure ?measure ; rep:population ?population ; rep:aggregation ?aggregation ;
    rep:quantity ?quantity .
  ?quantity rep:statedText ?words ; rep:min ?low .
  OPTIONAL { ?quantity rep:max ?high }
  OPTIONAL { ?quantity rep:qualifier ?qualifier }
  OPTIONAL { ?quantity rep:boundsRule ?rule }
  OPTIONAL { ?quantity rep:statedValue ?stated_value }
  OPTIONAL { ?count rep:referent ?referent }
  OPTIONAL { ?count rep:fromParty ?from_party }
  OPTIONAL { ?count rep:toParty ?to_party }
  OPTIONAL { ?count rep:periodStartNotBefore ?period_start_not_before }
  OPTIONAL { ?count rep:periodStartNotAfter ?period_start_not_after }
  OPTIONAL { ?count rep:periodEndNotBefore ?period_end_not_before }
  OPTIONAL { ?count rep:periodEndNotAfter ?period_end_not_after }
  OPTIONAL { ?claim rep:polarity ?polarity }
  %(claim)s
}""",
    # A dispute without a claim that it names disputes what it is about.
    "raw_links": """
SELECT ?kind ?aspect ?target ?claim ?source ?publisher ?printed ?outside ?until ?act ?form ?said
WHERE {
  %(only)s
  { ?claim rep:confirms ?target ; rep:confirmsAspect ?aspect BIND("confirms" AS ?kind) }
  UNION { ?claim rep:disputes ?target ; rep:disputesAspect ?aspect BIND("disputes" AS ?kind) }
  UNION {
    ?claim rep:disputesAspect ?aspect ; rep:about ?target
    FILTER NOT EXISTS { ?claim rep:disputes ?other }
    BIND("disputes" AS ?kind)
  }
  ?claim rep:source ?source .
  %(claim)s
}""",
    "raw_asserters": """
SELECT ?claim ?asserter WHERE {
  %(only)s
  ?claim rep:hasCount|rep:confirms|rep:disputesAspect ?matter .
  ?claim rep:source ?source ; rep:asserter ?asserter .
}""",
    # Of a superseded claim its own dossier says nothing: the later one does.
    "raw_replaced": """
SELECT ?claim ?later ?printed ?outside ?until WHERE {
  %(only)s
  %(own)s
  { ?claim prov:wasInvalidatedBy ?retraction }
  UNION {
    ?claim rep:supersededBy ?later . ?later rep:source ?next .
    OPTIONAL { ?next schema:datePublished ?printed }
    OPTIONAL { ?next rep:externalDate ?outside }
    OPTIONAL { ?next rep:notAfter ?until }
  }
}""",
    "publishers": """
SELECT ?source ?publisher WHERE {
  %(only)s
  ?source a rep:Source ; schema:publisher ?publisher
}""",
    "sums": """
SELECT ?source ?total ?part WHERE {
  %(only)s
  ?total rep:sumOf ?part . ?claim rep:hasCount ?total ; rep:source ?source .
}""",
    # All that is confirmed or disputed; what is there is dropped below.
    "missing": """
SELECT ?source ?claim ?target WHERE {
  %(only)s
  { ?claim rep:confirms ?target } UNION { ?claim rep:disputes ?target }
  ?claim rep:source ?source
}""",
}
_THERE = "SELECT DISTINCT ?target WHERE {{ VALUES ?target {{ {targets} }} ?target rep:source ?any }}"
_TYPE, _SOURCE = iri(RDF + "type"), rep("Source")


class Gathering:
    """The rows of a graph that is being built, in CSV files below ``folder``, a new one."""

    def __init__(self, folder: Path, base: str) -> None:
        folder.mkdir()
        self.folder, self.base = folder, base
        self._chunks = 0
        self._properties = _properties()

    def add(self, quads: Iterable[Quad]) -> None:
        """Gather the rows of some dossiers; all that each of them says must be among the quads."""
        store = Store()
        store.bulk_extend(quad for quad in quads if self._asked(quad))
        _ask(Dataset(store, self.base, built=True), self.folder, self._chunks)
        self._chunks += 1

    def _asked(self, quad: Quad) -> bool:
        return quad.predicate in self._properties or (quad.object == _SOURCE and quad.predicate == _TYPE)


def _properties() -> frozenset[NamedNode]:
    """Return the properties that the queries name."""
    known = prefixes()
    found = re.findall(r"\b(\w+):(\w+)", " ".join((*_QUERIES.values(), _CLAIM)))
    return frozenset(iri(known[prefix] + name) for prefix, name in found)


def extract(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, gathered: Gathering | None = None
) -> tuple[Referents, Agents]:
    """Make the tables ``counts``, ``links``, ``sums``, ``missing``, ``publishers``; return the entities.

    What a build has ``gathered`` is not asked of the graph again.
    """
    agents, referents = read_agents(dataset), read_referents(dataset)
    load_entities(connection, referents, agents)
    extract_claims(connection, dataset, gathered=gathered)
    return referents, agents


def extract_claims(
    connection: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    sources: Collection[str] | None = None,
    others: str = "",
    gathered: Gathering | None = None,
) -> None:
    """Make these tables where the connection has the table ``agents``.

    With ``sources`` (IRIs) only their claims are read; ``others`` is SQL that
    gives the publishers of all other sources: who publishes, and so narrates,
    is a matter of the whole graph. The files of what was ``gathered`` are removed.
    """
    if gathered is not None:
        _read(connection, gathered.folder)
        shutil.rmtree(gathered.folder)
    else:
        with tempfile.TemporaryDirectory(prefix="repatria-") as folder:
            _ask(dataset, Path(folder), 0, sources)
            _read(connection, Path(folder))
    _drop_present(connection, dataset)
    if others:
        connection.execute(f"INSERT INTO publishers BY NAME {others}")
    run_sql(connection, "extract")


def load_entities(connection: duckdb.DuckDBPyConnection, referents: Referents, agents: Agents) -> None:
    """Make the tables ``agents`` (agent, side, affiliation) and ``parties`` (referent, party)."""
    insert(connection, "agents", ("agent", "side", "affiliation"), agents.rows())
    insert(connection, "parties", ("referent", "party"), referents.party_rows())


def _ask(dataset: Dataset, folder: Path, number: int, sources: Collection[str] | None = None) -> None:
    """Write the answer of each query as CSV file of that number."""
    only, own = "", ""
    if sources is not None:
        only = f"VALUES ?source {{ {' '.join(f'<{source}>' for source in sorted(sources))} }}"
        own = "?claim rep:source ?source ."
    for name, query in _QUERIES.items():
        found = evaluate(dataset, Query(query % {"only": only, "own": own, "claim": _CLAIM}))
        assert isinstance(found, QuerySolutions)
        found.serialize(str(folder / f"{name}-{number:06d}.csv"), format=QueryResultsFormat.CSV)


def _read(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make a table of all answers of each query."""
    for name, query in _QUERIES.items():
        files = text(str(folder / f"{name}-*.csv"))
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT DISTINCT * FROM read_csv({files},"
            " header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '\"',"
            f" escape = '\"', strict_mode = true, max_line_size = 16777216, columns = {_columns(query)})"
        )


def _columns(query: str) -> str:
    head = query.partition("WHERE")[0].partition("SELECT")[2]
    return "{" + ", ".join(f"{name[1:]}: 'VARCHAR'" for name in head.split()) + "}"


def _drop_present(connection: duckdb.DuckDBPyConnection, dataset: Dataset) -> None:
    """Leave in ``missing`` what confirms or disputes a claim that is not in the graph."""
    targets = connection.execute("SELECT DISTINCT target FROM missing").fetchall()
    query = _THERE.format(targets=" ".join(f"<{target}>" for (target,) in targets))
    insert(connection, "present", ("target",), ask_all(dataset, query, texts) if targets else [])
    connection.execute("DELETE FROM missing WHERE target IN (FROM present)")
