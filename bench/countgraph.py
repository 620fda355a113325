"""The generated counts as RDF: what a build would write of them, as far as the assessment asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb

from bench.counttable import BASE
from bench.countvoices import Body, bodies
from repatria.terms import CONCEPT, NS, ORG, PROV, RDF, SCHEMA, SKOS, XSD

_ID = f"{BASE}id/"
_ENTITIES = f"{BASE}graph/entities"
# The classes of modalities, as the self-join asks for them.
MODALITIES = {
    "actual": "fact", "ongoing": "fact", "agreed": "commitment", "offered": "offer", "planned": "plan",
    "expected": "plan", "conjectured": "conjecture",
}  # fmt: skip
_MACROS = f"""
CREATE TEMP MACRO named(iri) AS '<' || iri || '>';
CREATE TEMP MACRO typed(value, kind) AS '"' || value || '"^^<{XSD}' || kind || '>';
CREATE TEMP MACRO graph(source) AS '<{BASE}graph/source/' || replace(source, '{_ID}source/', '') || '>';
CREATE TEMP MACRO line(s, p, o, source) AS named(s) || ' <' || p || '> ' || o || ' ' || graph(source) || ' .';
CREATE TEMP MACRO rep(s, name, o, source) AS line(s, '{NS}' || name, o, source);
CREATE TEMP MACRO plain(t) AS '"' || replace(replace(t, '\\', '\\\\'), '"', '\\"') || '"';
"""
_COUNTS = """
SELECT source, concat_ws(chr(10),
  rep(claim, 'hasCount', named(count), source), rep(count, 'countOf', named(claim), source),
  rep(count, 'measure', named(measure), source), rep(count, 'aggregation', named(aggregation), source),
  rep(count, 'population', named(population), source), rep(count, 'referent', named(referent), source),
  rep(count, 'fromParty', named(from_party), source), rep(count, 'toParty', named(to_party), source),
  rep(count, 'periodStartNotBefore', typed(period_start_not_before, 'date'), source),
  rep(count, 'periodStartNotAfter', typed(period_start_not_after, 'date'), source),
  rep(count, 'periodEndNotBefore', typed(period_end_not_before, 'date'), source),
  rep(count, 'periodEndNotAfter', typed(period_end_not_after, 'date'), source),
  rep(count, 'quantity', named(quantity), source), rep(quantity, 'statedText', plain(words), source),
  rep(quantity, 'qualifier', named(qualifier), source), rep(quantity, 'boundsRule', named(rule), source),
  rep(quantity, 'statedValue', typed(stated_value, 'integer'), source),
  rep(quantity, 'min', typed(low, 'integer'), source), rep(quantity, 'max', typed(high, 'integer'), source)
  ) AS line
FROM (SELECT *, count || '/quantity' AS quantity FROM counts)"""
_SUMS = "SELECT source, rep(total, 'sumOf', named(part), source) AS line FROM sums"
_CLAIMS = f"""
SELECT source, concat_ws(chr(10),
  line(claim, '{RDF}type', '<{NS}Claim>', source), rep(claim, 'source', named(source), source),
  rep(claim, 'act', named(act), source), rep(claim, 'modality', named(modality), source),
  rep(claim, 'polarity', typed(polarity, 'boolean'), source),
  rep(claim, 'saidOn', typed(said, 'date'), source),
  rep(claim, 'speechForm', '<{CONCEPT}form/' || if(narrator, 'narrator', 'indirect-speech') || '>', source),
  array_to_string([rep(claim, 'asserter', named(a), source) FOR a IN string_split(asserter, ' ')], chr(10))
  ) AS line
FROM (
  SELECT claim, source, act, modality, polarity, said, narrator, asserter FROM counts
  UNION
  SELECT claim, source, act, '{CONCEPT}modality/actual', true, said, narrator, asserter FROM links)"""
_LINKS = f"""
SELECT source, concat_ws(chr(10), rep(claim, kind, named(target), source),
  rep(claim, kind || 'Aspect', '<{CONCEPT}aspect/' || aspect || '>', source)) AS line
FROM links"""
# A claim is superseded by one that is published on the day, and invalidated by a retraction.
_REPLACED = f"""
SELECT source, concat_ws(chr(10),
  CASE WHEN retracted THEN line(claim, '{PROV}wasInvalidatedBy', named(claim || '/retraction'), source) END,
  CASE WHEN replaced THEN concat_ws(chr(10), rep(claim, 'supersededBy', named(claim || '/later'), source),
    rep(claim || '/later', 'supersedes', named(claim), source),
    rep(claim || '/later', 'source', named(source || '-later'), source),
    line(source || '-later', '{SCHEMA}datePublished', typed(superseded_on, 'date'), source)) END) AS line
FROM (SELECT DISTINCT claim, source, superseded_on, retracted, replaced FROM counts)
WHERE retracted OR replaced"""
_SOURCES = f"""
SELECT source, concat_ws(chr(10), line(source, '{RDF}type', '<{NS}Source>', source),
  line(source, '{SCHEMA}publisher', named(publisher), source),
  CASE WHEN published IS NULL THEN rep(source, 'notAfter', typed(latest, 'date'), source)
    ELSE line(source, '{SCHEMA}datePublished', typed(published, 'date'), source) END) AS line
FROM (SELECT DISTINCT source, publisher, published, latest FROM counts)"""
_PARTS = (_COUNTS, _SUMS, _CLAIMS, _LINKS, _REPLACED, _SOURCES)


def write_claims(folder: Path, file: Path) -> None:
    """Write the quads of all sources of a table as N-Quads, one source after the other."""
    with duckdb.connect(config={"threads": "1", "preserve_insertion_order": "false"}) as connection:
        connection.execute(_MACROS)
        for name in ("counts", "links", "sums"):
            rows = f"SELECT * FROM read_parquet('{folder / name / '*.parquet'}')"
            connection.execute(f"CREATE TEMP VIEW {name} AS {rows}")
        options = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
        # In the order of the sources, as a build reads them.
        lines = " UNION ALL ".join(_PARTS)
        connection.execute(f"COPY (SELECT line FROM ({lines}) ORDER BY source) TO '{file}' ({options})")


def write_entities(folder: Path, file: Path) -> None:
    """Write the quads of exchanges, series, agreements, states and bodies, and of modalities."""
    data = json.loads((folder / "entities.json").read_text(encoding="utf8"))
    states = [f"{_ID}state/{state}" for state in data["parties"]]
    with file.open("w", encoding="utf8") as lines:
        for subject, predicate, value in _entities(data["referents"], states, bodies(data["bodies"])):
            lines.write(f"<{subject}> <{predicate}> {value} <{_ENTITIES}> .\n")


_Described = Iterator[tuple[str, str, str]]


def _entities(referents: list[dict[str, str]], states: list[str], found: Iterator[Body]) -> _Described:
    for item in referents:
        yield from _referent(item, states)
    for state in states:
        yield state, f"{RDF}type", f"<{NS}State>"
    for body in found:
        if body.side:
            yield _ID + body.key, f"{NS}side", f"<{_ID}{body.side}>"
        if body.above:
            yield _ID + body.key, f"{ORG}subOrganizationOf", f"<{_ID}{body.above}>"
    for key, kind in MODALITIES.items():
        yield f"{CONCEPT}modality/{key}", f"{SKOS}broader", f"<{CONCEPT}modality/{kind}>"


def _referent(item: dict[str, str], states: list[str]) -> _Described:
    subject = _ID + item["key"]
    kinds = ["Agreement"] if item["kind"] == "Agreement" else ["Happening", "Exchange", item["kind"]]
    for kind in kinds:
        yield subject, f"{RDF}type", f"<{NS}{kind}>"
    for name, day in (("notBefore", item["not_before"]), ("notAfter", item["not_after"])):
        yield subject, f"{NS}{name}", f'"{day}"^^<{XSD}date>'
    for name, key in (("partOfSeries", item["series"]), ("under", item["under"])):
        if key:
            yield subject, f"{NS}{name}", f"<{_ID}{key}>"
    for state in states:
        yield subject, f"{NS}party", f"<{state}>"
