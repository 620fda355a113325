"""Writes generated counts as the flat table that is assessed: Parquet files, and their entities."""

from __future__ import annotations

import csv
import datetime as dt
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from bench.counts import COLUMNS, LINKS, SUMS, Counts, Row
from bench.world import STATES
from repatria.assess.referents import Referent, Referents
from repatria.terms import CONCEPT

BASE = "https://example.org/data/"
# Counts in one file, or a few more.
_TOGETHER = 100_000
_ID = f"{BASE}id/"
_DATES = ("published", "said", "latest", "superseded_on", "period_start", "period_end")
_TYPES = {
    **dict.fromkeys((*COLUMNS, *LINKS), "VARCHAR"),
    **dict.fromkeys(_DATES, "DATE"),
    **dict.fromkeys(("stated_value", "low", "high", "number"), "BIGINT"),
    **dict.fromkeys(("polarity", "narrator", "retracted"), "BOOLEAN"),
}
_SOURCE = f"""
  '{_ID}claim/' || source || '/' || claim AS claim,
  '{_ID}source/' || source AS source,
  '{_ID}org/' || publisher AS publisher,
  published, said, latest"""
_VOICE = f"""
  regexp_replace(asserter, '(\\S+)', '{_ID}\\1', 'g') AS asserter,
  '{_ID}' || side AS side,
  regexp_replace(affiliation, '(\\S+)', '{_ID}\\1', 'g') AS affiliation,
  narrator,
  '{CONCEPT}act/' || act AS act"""
# The columns of the table, in its order, from the keys of the rows.
_COUNTS = f"""
SELECT '{_ID}claim/' || source || '/' || claim || '/count/' || number AS count, {_SOURCE},
  '{_ID}' || referent AS referent,
  '{CONCEPT}measure/' || measure AS measure,
  '{_ID}state/' || from_party AS from_party,
  '{_ID}state/' || to_party AS to_party,
  '{CONCEPT}aggregation/' || aggregation AS aggregation,
  '{CONCEPT}modality/' || modality AS modality,
  modality_class,
  CASE population WHEN 'unspecified' THEN '{CONCEPT}' ELSE '{BASE}concept/' END || 'population/' || population
    AS population,
  polarity,
  period_start AS period_start_not_before, period_start AS period_start_not_after,
  period_end AS period_end_not_before, period_end AS period_end_not_after,
  words,
  '{CONCEPT}qualifier/' || qualifier AS qualifier,
  '{CONCEPT}rule/' || rule AS rule,
  rule IN ('about', 'nearly', 'abbreviated') AS tolerance,
  stated_value, low, high, {_VOICE},
  superseded_on, superseded_on IS NOT NULL AS replaced, retracted
FROM rows"""
# With the key, made as it is from a graph.
_KEYED = f"""
SELECT *, CASE WHEN referent IS NOT NULL THEN left(md5(concat_ws('|',
    referent, measure, coalesce(from_party, ''), coalesce(to_party, ''), aggregation, modality_class,
    CASE WHEN period_end_not_after IS NULL THEN '' ELSE concat_ws('|', period_start_not_before,
      period_start_not_after, period_end_not_before, period_end_not_after) END)), 16) END AS key,
  CAST(NULL AS VARCHAR) AS status
FROM ({_COUNTS})"""
_LINKS = f"""
SELECT kind, aspect, '{_ID}claim/' || target AS target, {_SOURCE}, {_VOICE},
  CAST(NULL AS DATE) AS superseded_on, false AS replaced, false AS retracted
FROM rows"""

_SUMS = f"""
SELECT '{_ID}source/' || source AS source, '{_ID}claim/' || source || '/' || claim || '/count/2' AS total,
  '{_ID}claim/' || source || '/' || claim || '/count/' || unnest([0, 1]) AS part
FROM rows"""
_MISSING = "SELECT source, claim, claim AS target FROM rows WHERE false"
_SELECTS = {
    "counts": (COLUMNS, _KEYED), "links": (LINKS, _LINKS), "sums": (SUMS, _SUMS), "missing": (SUMS, _MISSING),
}  # fmt: skip


def write_table(folder: Path, counts: Counts) -> None:
    """Write ``counts/``, ``links/``, ``sums/`` and ``missing/`` as Parquet, and ``entities.json``."""
    for name in _SELECTS:
        (folder / name).mkdir(parents=True)
    with duckdb.connect(config={"threads": "1"}) as connection:
        for number, chunk in enumerate(_chunks(counts)):
            for (name, (columns, select)), rows in zip(_SELECTS.items(), chunk, strict=True):
                _write(connection, columns, rows, select, folder / name / f"{number:04}.parquet")
    referents = [item._asdict() for item in counts.world.referents()]
    entities = {"referents": referents, "parties": list(STATES), "bodies": counts.bodies}
    (folder / "entities.json").write_text(json.dumps(entities), encoding="utf8")


def read_entities(folder: Path) -> Referents:
    """Return the exchanges, series and agreements of a written table."""
    data = json.loads((folder / "entities.json").read_text(encoding="utf8"))
    parties = {f"{_ID}state/{state}" for state in data["parties"]}
    return Referents(_referent(item, parties) for item in data["referents"])


def _referent(item: dict[str, str], parties: set[str]) -> Referent:
    series, under = ({_ID + item[link]} if item[link] else set() for link in ("series", "under"))
    days = dt.date.fromisoformat(item["not_before"]), dt.date.fromisoformat(item["not_after"])
    return Referent(_ID + item["key"], item["kind"], *days, series, under, set(parties))


def _chunks(counts: Counts) -> Iterator[tuple[list[Row], list[Row], list[Row], list[Row]]]:
    """Yield the rows of counts, links and sums, and of what is missing, which is nothing."""
    rows: list[Row] = []
    links: list[Row] = []
    sums: list[Row] = []
    for some, others, added in counts.exchanges():
        rows += some
        links += others
        sums += added
        if len(rows) >= _TOGETHER:
            yield rows, links, sums, []
            rows, links, sums = [], [], []
    if rows:
        yield rows, links, sums, []


def _write(
    connection: duckdb.DuckDBPyConnection, names: Sequence[str], rows: list[Row], select: str, file: Path
) -> None:
    """Write rows of keys as a Parquet file."""
    with tempfile.NamedTemporaryFile("w", encoding="utf8", newline="", suffix=".csv") as lines:
        csv.writer(lines).writerows(rows)
        lines.flush()
        columns = ", ".join(f"{name}: '{_TYPES[name]}'" for name in names)
        connection.execute(
            f"COPY (WITH rows AS (FROM read_csv('{lines.name}', header = false, auto_detect = false,"
            f" nullstr = '', columns = {{{columns}}})) {select}) TO '{file}' (FORMAT parquet)"
        )
