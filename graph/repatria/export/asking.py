"""What the flat table asks of a graph: one query for each kind of thing, joined in memory by IRI."""

from __future__ import annotations

from collections.abc import Collection

COUNTS = """
SELECT ?count ?claim ?words ?qualifier ?stated ?min ?max ?rule ?measure ?unit ?from ?to ?population
  ?aggregation ?referent ?startEarliest ?startLatest ?endEarliest ?endLatest WHERE {
  %s
  ?count rep:countOf ?claim ; rep:quantity ?quantity .
  ?quantity rep:statedText ?words .
  OPTIONAL { ?quantity rep:qualifier ?qualifier }
  OPTIONAL { ?quantity rep:statedValue ?stated }
  OPTIONAL { ?quantity rep:min ?min }
  OPTIONAL { ?quantity rep:max ?max }
  OPTIONAL { ?quantity rep:boundsRule ?rule }
  OPTIONAL { ?count rep:measure ?measure }
  OPTIONAL { ?count rep:unit ?unit }
  OPTIONAL { ?count rep:fromParty ?from }
  OPTIONAL { ?count rep:toParty ?to }
  OPTIONAL { ?count rep:population ?population }
  OPTIONAL { ?count rep:aggregation ?aggregation }
  OPTIONAL { ?count rep:referent ?referent }
  OPTIONAL { ?count rep:periodStartNotBefore ?startEarliest }
  OPTIONAL { ?count rep:periodStartNotAfter ?startLatest }
  OPTIONAL { ?count rep:periodEndNotBefore ?endEarliest }
  OPTIONAL { ?count rep:periodEndNotAfter ?endLatest }
}"""
CLAIMS = """
SELECT ?claim ?source ?act ?modality ?polarity ?form ?hedge ?on ?earliest ?latest ?words ?level WHERE {
  %s
  ?claim rep:source ?source .
  OPTIONAL { ?claim rep:act ?act }
  OPTIONAL { ?claim rep:modality ?modality }
  OPTIONAL { ?claim rep:polarity ?polarity }
  OPTIONAL { ?claim rep:speechForm ?form }
  OPTIONAL { ?claim rep:hedge ?hedge }
  OPTIONAL { ?claim rep:saidOn ?on }
  OPTIONAL { ?claim rep:saidNotBefore ?earliest }
  OPTIONAL { ?claim rep:saidNotAfter ?latest }
  OPTIONAL { ?claim rep:dateText ?words }
  OPTIONAL { ?claim rep:evidenceLevel ?level }
}"""
SOURCES = """
SELECT ?source ?headline ?publisher ?printed ?outside ?earliest ?latest ?language ?url WHERE {
  ?source a rep:Source .
  OPTIONAL { ?source schema:headline ?headline }
  OPTIONAL { ?source schema:publisher ?publisher }
  OPTIONAL { ?source schema:datePublished ?printed }
  OPTIONAL { ?source rep:externalDate ?outside }
  OPTIONAL { ?source rep:notBefore ?earliest }
  OPTIONAL { ?source rep:notAfter ?latest }
  OPTIONAL { ?source schema:inLanguage ?language }
  OPTIONAL { ?source schema:url ?url }
}"""
ASSERTERS = 'SELECT ?claim ("" AS ?order) ?value WHERE { %s ?claim rep:asserter ?value }'
POSTS = 'SELECT ?claim ("" AS ?order) ?value WHERE { %s ?claim rep:inCapacity ?value }'
HOPS = (
    "SELECT ?claim ?order ?value WHERE { %s ?claim rep:hop ?hop . ?hop rep:order ?order ; prov:agent ?value }"
)
EVIDENCE = """
SELECT ?thing ?order ?value WHERE {
  %s
  { ?claim rep:evidence ?evidence BIND(?claim AS ?thing) }
  UNION { ?claim rep:hasCount ?thing . ?thing rep:evidence ?evidence }
  ?evidence oa:hasSelector/oa:exact ?value ; oa:hasSelector/oa:start ?order .
}"""
WITHDRAWN = "SELECT ?claim WHERE { %s ?claim prov:wasInvalidatedBy|rep:supersededBy ?later }"
LABELS = "SELECT ?thing (LANG(?label) AS ?language) ?label WHERE { ?thing skos:prefLabel ?label }"


def counting(claims: Collection[str] | None) -> str:
    """Return what limits a query to claims with counts: of these (IRIs), or of all for None."""
    return f"{{ SELECT DISTINCT ?claim {{ {among(claims)} ?claim rep:hasCount ?any }} }}"


def among(claims: Collection[str] | None) -> str:
    """Return what limits a query to claims."""
    if claims is None:
        return ""
    return f"VALUES ?claim {{ {' '.join(f'<{claim}>' for claim in sorted(claims))} }}"
