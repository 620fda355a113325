"""What the cards of :mod:`repatria.query.describe` tell, as SPARQL; ``?this`` is the thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a card; its query selects ?name, ?value and perhaps ?text, in order."""

    title: str
    query: str


def _fields(*pairs: tuple[str, str]) -> Section:
    """Return a section of single values: (name, property path) in the order of the card."""
    parts = " UNION ".join(
        f'{{ ?this {path} ?value . BIND("{name}" AS ?name) BIND({number} AS ?order) }}'
        for number, (name, path) in enumerate(pairs)
    )
    return Section("", f"SELECT DISTINCT ?name ?value ?order WHERE {{ {parts} }} ORDER BY ?order ?value")


_NAMES = (("label", "skos:prefLabel"), ("also called", "skos:altLabel"))
_SAME = ("same as", "schema:sameAs")

_DERIVED = Section(
    "Known from",
    """SELECT ?name ?value ?text WHERE {
      ?this prov:wasDerivedFrom ?value .
      OPTIONAL { ?value schema:url ?url } OPTIONAL { ?value rdfs:label ?label }
      OPTIONAL { ?value rep:evidence/oa:hasSelector/oa:exact ?words }
      BIND("" AS ?name) BIND(COALESCE(CONCAT(?label, " ", STR(?url)), CONCAT("“", ?words, "”"), "") AS ?text)
    } ORDER BY ?value""",
)

_TENURES = Section(
    "Posts held",
    """SELECT ?name ?value
      (CONCAT(?span, "known from ", GROUP_CONCAT(DISTINCT ?origin; separator=" and ")) AS ?text)
    WHERE {
      ?tenure org:member ?this ; rep:post ?value ; prov:wasDerivedFrom ?from .
      ?value skos:prefLabel ?name . FILTER(LANG(?name) = "en")
      OPTIONAL { ?tenure schema:startDate ?start } OPTIONAL { ?tenure schema:endDate ?end }
      OPTIONAL { ?from rdfs:label ?label }
      BIND(COALESCE(?label, REPLACE(STRAFTER(STR(?from), "/id/claim/"), "/", "#")) AS ?origin)
      BIND(CONCAT(COALESCE(CONCAT("from ", STR(?start), " "), ""),
                  COALESCE(CONCAT("to ", STR(?end), " "), "")) AS ?span)
    } GROUP BY ?tenure ?name ?value ?span ?start ORDER BY ?start ?name""",
)


_WHO = 'COALESCE(CONCAT(?who, ": "), "")'


def _claims(title: str, pattern: str, who: str = _WHO) -> Section:
    """Return a section of claims: act, claim, and ``who`` with the fragments."""
    return Section(
        title,
        f"""SELECT DISTINCT ?name ?value ?text WHERE {{
      {{ SELECT DISTINCT ?value WHERE {{ {pattern} }} }}
      ?value rep:act/skos:prefLabel ?act ; rep:asserter/skos:prefLabel ?who ; rep:source/rdfs:label ?source .
      FILTER(LANG(?act) = "en" && LANG(?who) = "en")
      OPTIONAL {{ ?value rep:evidence/oa:hasSelector/oa:exact ?fragment }}
      BIND(?act AS ?name)
      BIND(CONCAT({who}, COALESCE(CONCAT("“", ?fragment, "”"), "")) AS ?text)
    }} ORDER BY ?value ?text""",
    )


_COUNTS = Section(
    "Counts",
    """SELECT ?name ?value ?text WHERE {
      ?this rep:hasCount ?value . ?value rep:measure/skos:prefLabel ?measure ; rep:quantity ?quantity .
      ?quantity rep:statedText ?words ; rep:min ?min ; rep:boundsRule/skos:prefLabel ?rule .
      FILTER(LANG(?measure) = "en" && LANG(?rule) = "en")
      OPTIONAL { ?quantity rep:max ?max }
      OPTIONAL { ?value rep:fromParty/skos:prefLabel ?from . FILTER(LANG(?from) = "en") }
      OPTIONAL { ?value rep:toParty/skos:prefLabel ?to . FILTER(LANG(?to) = "en") }
      OPTIONAL { ?value rep:referent/skos:prefLabel ?referent . FILTER(LANG(?referent) = "en") }
      BIND(CONCAT("“", ?words, "”") AS ?name)
      BIND(CONCAT("[", STR(?min), ", ", COALESCE(STR(?max), "∞"), "] ", ?measure,
                  COALESCE(CONCAT(", ", ?from, " → ", ?to), ""), COALESCE(CONCAT(", ", ?referent), ""),
                  " (rule: ", ?rule, ")") AS ?text)
    } ORDER BY ?value""",
)

_CHAIN = Section(
    "Provenance",
    """SELECT ?name ?value ?text WHERE {
      { ?this rep:source ?value .
        OPTIONAL { ?value schema:headline ?headline }
        OPTIONAL { ?value schema:datePublished ?printed } OPTIONAL { ?value rep:externalDate ?outside }
        BIND("source" AS ?name) BIND(-2 AS ?order)
        BIND(CONCAT(COALESCE(?headline, ""), " ",
          COALESCE(STR(?printed), CONCAT(STR(?outside), " (date from outside)"), "undated")) AS ?text) }
      UNION { ?this rep:hop ?hop . ?hop rep:order ?order ; prov:agent ?value .
        BIND(IF(?order = 0, "published by", "told by") AS ?name) }
      UNION { ?this rep:passage ?value . ?value rep:sha256 ?hash ; oa:hasSelector ?position .
        ?position oa:start ?start ; oa:end ?end . BIND("passage" AS ?name) BIND(1000 AS ?order)
        BIND(CONCAT("code points ", STR(?start), "–", STR(?end),
                    ", SHA-256 ", SUBSTR(?hash, 1, 12), "…") AS ?text) }
      UNION { ?this rep:evidence ?value . ?value oa:hasSelector/oa:exact ?fragment .
        BIND("evidence" AS ?name) BIND(1001 AS ?order) BIND(CONCAT("“", ?fragment, "”") AS ?text) }
    } ORDER BY ?order ?value""",
)

_LINKS = Section(
    "Linked claims",
    """SELECT ?name ?value ?text WHERE {
      VALUES (?link ?name) {
        (rep:confirms "confirms") (rep:confirmedBy "confirmed by")
        (rep:disputes "disputes") (rep:disputedBy "disputed by")
        (rep:supersedes "supersedes") (rep:supersededBy "superseded by")
        (rep:alternativeTo "alternative to") (rep:refersTo "refers to")
      }
      ?this ?link ?value .
      OPTIONAL { ?value rep:evidence/oa:hasSelector/oa:exact ?fragment }
      BIND(COALESCE(CONCAT("“", ?fragment, "”"), "") AS ?text)
    } ORDER BY ?name ?value ?text""",
)

_AGENT = (
    _fields(*_NAMES, ("side", "rep:side"), ("part of", "org:subOrganizationOf"), _SAME),
    _TENURES,
    _claims("Claims made", "?value rep:asserter ?this", '""'),
    _claims("Claims about it", "?value rep:about ?this"),
)
_REFERENT = (
    _fields(
        *_NAMES, ("parties", "rep:party"), ("not before", "rep:notBefore"), ("not after", "rep:notAfter"),
        ("series", "rep:partOfSeries"), ("stage", "rep:hasStage"), ("under", "rep:under"),
        ("reached at", "rep:reachedAt"), ("place", "rep:place"), _SAME,
    ),
    _DERIVED,
    _claims("Claims with numbers", "?count rep:referent ?this ; rep:countOf ?value"),
    _claims(
        "Other claims about it",
        "?value rep:about ?this MINUS { ?count rep:referent ?this ; rep:countOf ?value }",
    ),
)  # fmt: skip
_CLAIM = (
    _fields(
        ("asserter", "rep:asserter"), ("speaks as", "rep:inCapacity"), ("act", "rep:act"),
        ("modality", "rep:modality"), ("affirmed", "rep:polarity"), ("speech form", "rep:speechForm"),
        ("hedge", "rep:hedge"), ("topic", "rep:topic"), ("about", "rep:about"), ("target", "rep:target"),
        ("obligor", "rep:obligor"), ("post stated", "rep:statesPost"), ("channel", "rep:channel"),
        ("reciprocity", "rep:reciprocity"), ("date words", "rep:dateText"), ("said on", "rep:saidOn"),
        ("said not before", "rep:saidNotBefore"), ("said not after", "rep:saidNotAfter"),
        ("confirms aspect", "rep:confirmsAspect"), ("disputes aspect", "rep:disputesAspect"),
        ("evidence level", "rep:evidenceLevel"), ("retracted", "prov:wasInvalidatedBy/rep:reason"),
        ("note", "rep:curatorNote"),
    ),
    _COUNTS,
    _LINKS,
    _CHAIN,
)  # fmt: skip
_SOURCE = (
    _fields(
        ("headline", "schema:headline"), ("publisher", "schema:publisher"),
        ("printed date", "schema:datePublished"), ("date words", "rep:dateText"),
        ("not before", "rep:notBefore"), ("not after", "rep:notAfter"),
        ("date from outside", "rep:externalDate"), ("which is from", "rep:externalSource"),
        ("its address", "rep:externalSource/schema:url"), ("address", "schema:url"),
        ("language", "schema:inLanguage"), ("SHA-256", "rep:textSha256"), ("characters", "rep:textLength"),
        ("revision of", "prov:wasRevisionOf"), ("note", "rep:curatorNote"),
    ),
    _claims("Claims", "?value rep:source ?this"),
)  # fmt: skip
_OTHER = (
    _fields(
        *_NAMES, ("label", "rdfs:label"), ("definition", "skos:definition"), ("scheme", "skos:inScheme"),
        ("broader", "skos:broader"), ("post in", "org:postIn"), ("address", "schema:url"),
        ("published", "schema:datePublished"), _SAME,
    ),
    Section(
        "Held by",
        """SELECT ?name ?value ?text WHERE { ?tenure rep:post ?this ; org:member ?value .
      OPTIONAL { ?tenure schema:startDate ?start } OPTIONAL { ?tenure schema:endDate ?end }
      ?value skos:prefLabel ?name . FILTER(LANG(?name) = "en")
      BIND(CONCAT(COALESCE(CONCAT("from ", STR(?start), " "), ""),
                  COALESCE(CONCAT("to ", STR(?end)), "")) AS ?text)
    } ORDER BY ?start ?name""",
    ),
    _claims("Claims about it", "?value rep:about ?this"),
)  # fmt: skip

SECTIONS: dict[str, tuple[Section, ...]] = {
    "person": _AGENT,
    "org": _AGENT,
    "state": _AGENT,
    "unnamed": _AGENT,
    "event": _REFERENT,
    "agreement": _REFERENT,
    "claim": _CLAIM,
    "source": _SOURCE,
    "": _OTHER,
}
