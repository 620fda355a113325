"""What a statement belongs to, by the forms of the IRIs of the data (docs/model.md): a claim, a source …"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from repatria.terms import NS, RDF

SECTIONS = (
    "sources", "claims", "entities", "concepts", "passages", "dataset", "assessments", "other",
)  # fmt: skip
"""The parts of a difference, in the order in which they are told."""

_ENTITIES = rb"person|org|state|unnamed|post|tenure|event|agreement|place|external|decision"
_THING = re.compile(
    rb"(<[^>]*?/id/(?:(claim|passage|evidence)/[^/>]+/[^/>]+|(source|assessment|fulfilment|"
    + _ENTITIES
    + rb")/[^/>]+))(/[^>]*)?>"
)
_CONCEPT = re.compile(rb"<[^>]*?/concept/[^/>]+(?:/[^/>]+)?>")
_DATASET = re.compile(rb"(<[^>]*/dataset)(?:/[^>]*)?>")
_COUNT = re.compile(rb"(<[^>]*/id/claim/[^/>]+/[^/>]+/count/[^/>]+)(?:/[^>]*)?>")
_META = b"/graph/meta>"
_SECTION = {
    b"claim": "claims", b"passage": "passages", b"evidence": "passages", b"source": "sources",
    b"assessment": "assessments", b"fulfilment": "assessments",
}  # fmt: skip
# Something is of a class of the vocabulary; that its terms are described or constrained is not enough.
VOCABULARY = f" <{RDF}type> <{NS}".encode()


class Root(NamedTuple):
    """What is told as one: a section, and the subject with whose statements the others are told."""

    section: str
    subject: bytes


def root_of(subject: bytes, graph: bytes, vocabulary: bool) -> Root:
    """Return what the statements of a subject (an IRI in angle brackets) in a graph belong to.

    Without the vocabulary of claims in the data each subject stands for itself.
    """
    if not vocabulary:
        return Root("other", subject)
    if graph.endswith(_META):
        return Root("dataset", graph.removesuffix(_META) + b"/dataset>")
    return _by_form(subject)


@lru_cache(maxsize=4096)
def _by_form(subject: bytes) -> Root:
    if found := _THING.fullmatch(subject):
        return Root(_SECTION.get(found[2] or found[3], "entities"), found[1] + b">")
    if found := _DATASET.fullmatch(subject):
        return Root("dataset", found[1] + b">")
    return Root("concepts" if _CONCEPT.fullmatch(subject) else "other", subject)


def count_of(subject: bytes) -> bytes | None:
    """Return the count that a subject is or belongs to, or None."""
    found = _COUNT.fullmatch(subject)
    return found[1] + b">" if found else None
