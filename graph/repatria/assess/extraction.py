"""From a graph to tables: Oxigraph writes the answers of a few queries as CSV, and DuckDB reads them.

No row passes through Python, so that a table of millions of counts takes no
memory of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

import duckdb
from pyoxigraph import QueryResultsFormat, QuerySolutions

from repatria.assess.database import insert, run_sql, text
from repatria.assess.referents import Agents, Referents, read_agents, read_referents
from repatria.query.run import Query, evaluate
from repatria.store import Dataset

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
    "raw_replaced": """
SELECT ?claim ?later ?printed ?outside ?until WHERE {
  %(only)s
  ?claim rep:source ?source .
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
  ?total rep:sumOf ?part ; rep:countOf ?claim . ?claim rep:source ?source .
}""",
    "missing": """
SELECT ?source ?claim ?target WHERE {
  %(only)s
  { ?claim rep:confirms ?target } UNION { ?claim rep:disputes ?target }
  ?claim rep:source ?source
  FILTER NOT EXISTS { ?target rep:source ?any }
}""",
}


def extract(
    connection: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    sources: Collection[str] | None = None,
    others: str = "",
) -> tuple[Referents, Agents]:
    """Make the tables ``counts``, ``links``, ``sums``, ``missing``, ``publishers``; return the entities.

    With ``sources`` (IRIs) only their claims are read; ``others`` is SQL that
    gives the publishers of all other sources: who publishes, and so narrates,
    is a matter of the whole graph.
    """
    agents, referents = read_agents(dataset), read_referents(dataset)
    with tempfile.TemporaryDirectory(prefix="repatria-") as folder:
        for name, query in _QUERIES.items():
            only = "" if sources is None else _values(sources)
            file = Path(folder) / f"{name}.csv"
            _write(dataset, query % {"only": only, "claim": _CLAIM}, file)
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT DISTINCT * FROM read_csv({text(str(file))},"
                " header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '\"',"
                f" escape = '\"', strict_mode = true, max_line_size = 16777216, columns = {_columns(query)})"
            )
    load_entities(connection, referents, agents)
    if others:
        connection.execute(f"INSERT INTO publishers BY NAME {others}")
    run_sql(connection, "extract")
    return referents, agents


def load_entities(connection: duckdb.DuckDBPyConnection, referents: Referents, agents: Agents) -> None:
    """Make the tables ``agents`` (agent, side, affiliation) and ``parties`` (referent, party)."""
    insert(connection, "agents", ("agent", "side", "affiliation"), agents.rows())
    insert(connection, "parties", ("referent", "party"), referents.party_rows())


def _values(sources: Collection[str]) -> str:
    return f"VALUES ?source {{ {' '.join(f'<{source}>' for source in sorted(sources))} }}"


def _columns(query: str) -> str:
    head = query.partition("WHERE")[0].partition("SELECT")[2]
    return "{" + ", ".join(f"{name[1:]}: 'VARCHAR'" for name in head.split()) + "}"


def _write(dataset: Dataset, query: str, file: Path) -> None:
    found = evaluate(dataset, Query(query))
    assert isinstance(found, QuerySolutions)
    found.serialize(str(file), format=QueryResultsFormat.CSV)
