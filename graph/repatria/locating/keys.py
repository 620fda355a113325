"""Which keys of dossiers and entity files each statement comes from, by what its subject is.

Several keys stand in the order in which they are looked for; ``a/b`` is the key b below a. What is not
listed, such as a class, follows from an entry as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping

from repatria.terms import DCTERMS, NS, OA, ORG, PROV, RDFS, SCHEMA, SKOS

Keys = Mapping[str, tuple[str, ...]]


def _table(namespaces: Mapping[str, Mapping[str, str]]) -> Keys:
    return {
        namespace + name: tuple(keys.split(" "))
        for namespace, names in namespaces.items()
        for name, keys in names.items()
    }


_LABELS = {SKOS: {"prefLabel": "labels", "altLabel": "names"}}

KEYS: Mapping[str, Keys] = {
    "source": _table({
        RDFS: {"label": "id"},
        SCHEMA: {
            "inLanguage": "language", "publisher": "publisher", "headline": "headline",
            "datePublished": "published", "url": "url",
        },
        PROV: {"wasRevisionOf": "revision_of"},
        NS: {
            "dateText": "date_words", "curatorNote": "note", "notBefore": "published_between/not_before",
            "notAfter": "published_between/not_after", "textSha256": "text/sha256",
            "textLength": "text/characters", "externalDate": "external/published",
            "externalSource": "external/source",
        },
    }),
    "claim": _table({
        NS: {
            "passage": "passage", "evidence": "passage/fragment", "asserter": "asserter", "act": "act",
            "modality": "modality", "speechForm": "form", "polarity": "polarity",
            "hedge": "hedge", "topic": "topic", "about": "about", "target": "target", "obligor": "obligor",
            "inCapacity": "capacity", "statesPost": "states_post", "channel": "channel",
            "reciprocity": "reciprocity", "dateText": "said", "saidOn": "said_on said",
            "saidNotBefore": "said_not_before", "saidNotAfter": "said_not_after",
            "confirms": "confirms/claim", "confirmsAspect": "confirms/aspect", "disputes": "disputes/claim",
            "disputesAspect": "disputes/aspect", "alternativeTo": "alternative_to",
            "refersTo": "refers_to", "supersedes": "supersedes", "curatorNote": "note",
        },
        PROV: {"wasInvalidatedBy": "retracted"},
    }),
    "retraction": _table({NS: {"reason": "reason"}, DCTERMS: {"date": "date"}}),
    "count": _table({
        NS: {
            "measure": "measure", "population": "population", "aggregation": "aggregation",
            "fromParty": "from", "toParty": "to", "referent": "referent", "unit": "unit",
            "sumOf": "sum_of", "periodStartNotBefore": "period/start", "periodStartNotAfter": "period/start",
            "periodEndNotBefore": "period/end", "periodEndNotAfter": "period/end", "quantity": "words",
            "evidence": "evidence/fragment",
        },
    }),
    "quantity": _table({
        NS: {
            "qualifier": "qualifier words", "statedText": "words", "statedValue": "value words",
            "statedMin": "min words", "min": "min words", "max": "max words", "boundsRule": "words",
            "multiplier": "multiplier words", "multiplicand": "multiplicand",
        },
    }),
    "passage": _table({NS: {"sha256": "sha256"}}),
    "passage position": _table({OA: {"start": "start", "end": "end"}}),
    "evidence position": _table({OA: {"start": "at", "end": "fragment"}}),
    "quote": _table({OA: {"exact": "fragment"}}),
    "entity": {
        **_table(_LABELS),
        **_table({
            SCHEMA: {"sameAs": "same_as"},
            ORG: {"subOrganizationOf": "part_of", "postIn": "in"},
            PROV: {"wasDerivedFrom": "derived_from"},
            NS: {
                "side": "side", "party": "parties", "partOfSeries": "series", "under": "under",
                "reachedAt": "reached_at", "place": "place", "notBefore": "not_before",
                "notAfter": "not_after",
            },
        }),
    },
    "decision": _table({
        NS: {"candidate": "candidate", "decision": "decision", "reason": "reason"},
        DCTERMS: {"date": "date"},
    }),
    "tenure": _table({
        NS: {"post": "post"},
        SCHEMA: {"startDate": "start", "endDate": "end"},
        PROV: {"wasDerivedFrom": "derived_from"},
    }),
    "external": _table({
        RDFS: {"label": "publisher"},
        SCHEMA: {"url": "url", "datePublished": "published", "inLanguage": "language"},
    }),
    "concept": {
        **_table(_LABELS),
        **_table({
            SKOS: {"definition": "definition", "inScheme": "scheme", "notation": "key", "broader": "broader"},
        }),
    },
}  # fmt: skip
"""Kind of subject → IRI of the property → keys below its entry."""
