"""The columns of the flat table of counts, each told once.

The header of the CSV, the schema of the Parquet file, the data dictionaries
(CSVW, Frictionless) and the documentation are made from this list. Names and
meanings are stable: what is added comes with a new version, nothing is renamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["string", "iri", "integer", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, type, what it holds, the property that its values come from (a CURIE).

    ``separator`` stands between values where there may be several; ``required``
    columns are never empty.
    """

    name: str
    kind: Kind
    description: str
    property: str
    separator: str = ""
    required: bool = False


def _thing(name: str, told: str, property: str, *, many: bool = False) -> list[Column]:
    """Return the two columns of a thing: its label and its IRI."""
    iris = f"The IRI of `{name}`" + (", of each in the order of their names there." if many else ".")
    return [
        Column(name, "string", told, property, "; " if many else ""),
        Column(f"{name}_iri", "iri", iris, property, " " if many else ""),
    ]


def _concept(name: str, told: str, property: str) -> Column:
    scheme = property.rpartition(":")[2]
    found = {"speechForm": "form", "boundsRule": "rule", "evidenceLevel": "level"}.get(scheme, scheme)
    return Column(name, "string", f"{told} The key of a concept of the scheme `{found}`.", property)


def _day(name: str, told: str, property: str) -> Column:
    return Column(name, "date", told, property)


COLUMNS: tuple[Column, ...] = (
    Column(
        "count_iri",
        "iri",
        "The IRI of the count; no two rows have the same.",
        "dcterms:identifier",
        required=True,
    ),
    Column(
        "claim",
        "string",
        "The claim that the count belongs to, as it is cited: `source#key`.",
        "rep:countOf",
        required=True,
    ),
    Column("claim_iri", "iri", "The IRI of `claim`.", "rep:countOf", required=True),
    *_thing(
        "asserter",
        "Who asserts it, if several jointly: officials, bodies, states, unnamed sources.",
        "rep:asserter",
        many=True,
    ),
    *_thing(
        "side",
        "For which state or body the asserters speak, themselves or by the bodies above them.",
        "rep:side",
        many=True,
    ),
    *_thing("post", "The posts in which the asserter speaks.", "rep:inCapacity", many=True),
    *_thing("via", "Who passed it on between publisher and asserter, in this order.", "rep:hop", many=True),
    _concept("act", "What the asserter does by saying it.", "rep:act"),
    _concept("modality", "How the content is meant: as actual, agreed, planned …", "rep:modality"),
    Column("affirmed", "boolean", "False if the claim is a denial of the number.", "rep:polarity"),
    _concept("speech_form", "How the words stand in the source.", "rep:speechForm"),
    Column("hedge", "string", "A word such as “reportedly”, as printed.", "rep:hedge"),
    Column("words", "string", "The number as printed, with its qualifier.", "rep:statedText"),
    _concept("qualifier", "How the words qualify the number.", "rep:qualifier"),
    Column(
        "stated", "integer", "The number that the words state; of a range the upper one.", "rep:statedValue"
    ),
    Column("min", "integer", "The least whole number that the words allow.", "rep:min"),
    Column(
        "max", "integer", "The greatest whole number that the words allow; empty: no upper bound.", "rep:max"
    ),
    _concept("bounds_rule", "The rule by which the words became bounds.", "rep:boundsRule"),
    _concept("measure", "What is counted.", "rep:measure"),
    Column("unit", "string", "What one unit is, where it is not a person.", "rep:unit"),
    *_thing("from_party", "The party that is said to hand over.", "rep:fromParty"),
    *_thing("to_party", "The party that is said to receive.", "rep:toParty"),
    _concept(
        "population", "Whose dead or captured persons are counted, as the claim says.", "rep:population"
    ),
    _concept(
        "aggregation", "Over what the number adds up: a single event, a series, a period …", "rep:aggregation"
    ),
    *_thing(
        "referent",
        "What the number is of: an exchange, a series, another happening or an agreement.",
        "rep:referent",
    ),
    Column(
        "referent_kind",
        "string",
        "The class of `referent`, such as `RemainsExchange` or `Agreement`.",
        "rdf:type",
    ),
    _day("referent_earliest", "The earliest day of `referent`.", "rep:notBefore"),
    _day("referent_latest", "The latest day of `referent`.", "rep:notAfter"),
    _day(
        "period_start_earliest",
        "The earliest day on which the counting period can have begun.",
        "rep:periodStartNotBefore",
    ),
    _day(
        "period_start_latest",
        "The latest day on which the counting period can have begun.",
        "rep:periodStartNotAfter",
    ),
    _day(
        "period_end_earliest",
        "The earliest day on which the counting period can have ended.",
        "rep:periodEndNotBefore",
    ),
    _day(
        "period_end_latest",
        "The latest day on which the counting period can have ended.",
        "rep:periodEndNotAfter",
    ),
    _day("said_on", "The day on which it was said, if that is fixed.", "rep:saidOn"),
    _day("said_earliest", "The earliest day on which it can have been said.", "rep:saidNotBefore"),
    _day("said_latest", "The latest day on which it can have been said.", "rep:saidNotAfter"),
    Column("date_words", "string", "The words of the source for that day.", "rep:dateText"),
    Column(
        "source", "string", "The source in which the claim stands, by its id.", "rep:source", required=True
    ),
    Column("source_iri", "iri", "The IRI of `source`.", "rep:source", required=True),
    Column("headline", "string", "The headline of the source, as far as it is kept.", "schema:headline"),
    *_thing("publisher", "Who published the source.", "schema:publisher"),
    _day(
        "published",
        "The day of publication, as printed or else as known from elsewhere.",
        "schema:datePublished",
    ),
    _day(
        "published_earliest", "The earliest day of publication, where the day is not known.", "rep:notBefore"
    ),
    _day("published_latest", "The latest day of publication, where the day is not known.", "rep:notAfter"),
    Column("language", "string", "The language of the source, as a tag such as `en`.", "schema:inLanguage"),
    Column("url", "string", "The address of the source.", "schema:url"),
    _concept("evidence_level", "How far the claim can be checked.", "rep:evidenceLevel"),
    Column(
        "evidence",
        "string",
        "The words of the source that carry the count, or else the claim.",
        "oa:exact",
        " | ",
    ),
)
