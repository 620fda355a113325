"""From what a reader types to the thing meant: key, label in any language, CURIE, IRI."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from repatria.errors import UsageError
from repatria.store import Dataset
from repatria.terms import CONCEPT, RDFS, SKOS, Names, iri

_PREF = iri(SKOS + "prefLabel")
_ALT = iri(SKOS + "altLabel")
_LABELS = (_PREF, _ALT, iri(RDFS + "label"))
_WORDS = re.compile(r"\w+")
_SHOWN = 8
# What a name may mean by itself; tenures and passages are found by IRI only.
_NAMED = ("person", "org", "state", "unnamed", "event", "agreement", "post", "place", "source", "external")


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that a name may mean: its node and the label that fits."""

    node: NamedNode
    label: str


def find(dataset: Dataset, name: str, kinds: Iterable[str] = _NAMED) -> NamedNode:
    """Return the one thing that ``name`` means.

    ``name`` is an IRI, a CURIE, a key (``vladimir-medinsky``), a claim
    (``source#key``), a label in any language, or words of one. ``kinds`` are
    the segments of data IRIs looked at. Raises UsageError RP201 (nothing has
    that name), RP202 (several things have it; the hint lists them).
    """
    exact = _by_iri(dataset, name) or _by_key(dataset, name, kinds)
    if exact is not None:
        return exact
    return _one(dataset, name, _by_label(dataset, name, kinds))


def find_concept(dataset: Dataset, scheme: str, name: str) -> NamedNode:
    """Return the concept of a scheme by key, label, CURIE or IRI.

    Raises UsageError RP201 (the hint lists the scheme's keys), RP202.
    """
    starts = (f"{CONCEPT}{scheme}/", f"{dataset.base}concept/{scheme}/")
    for start in starts:
        node = _existing(dataset, start + name)
        if node is not None:
            return node
    exact = _by_iri(dataset, name)
    return exact or _one(dataset, name, _labelled(dataset, name, starts), starts)


def label_of(dataset: Dataset, node: NamedNode) -> str:
    """Return the English preferred label of a thing, or any label, or an empty string."""
    found = ""
    for predicate in _LABELS:
        for quad in dataset.store.quads_for_pattern(node, predicate, None, None):
            if isinstance(quad.object, Literal):
                if quad.object.language == "en" or predicate == _LABELS[2]:
                    return quad.object.value
                found = found or quad.object.value
    return found


def _existing(dataset: Dataset, text: str) -> NamedNode | None:
    try:
        node = NamedNode(text)
    except ValueError:
        return None
    return node if next(dataset.store.quads_for_pattern(node, None, None, None), None) else None


def _by_iri(dataset: Dataset, name: str) -> NamedNode | None:
    if name.startswith(("http://", "https://", "urn:")):
        return _existing(dataset, name)
    if name.startswith("<") and name.endswith(">"):
        return _existing(dataset, name[1:-1])
    prefix, colon, local = name.partition(":")
    namespace = dataset.prefixes.get(prefix)
    return _existing(dataset, namespace + local) if colon and namespace else None


def _by_key(dataset: Dataset, name: str, kinds: Iterable[str]) -> NamedNode | None:
    names = Names(dataset.base)
    source, hash_sign, key = name.partition("#")
    if hash_sign:
        return _existing(dataset, names.claim(source, key))
    for kind in kinds:
        found = _existing(dataset, names.entity(kind, name))
        if found is not None:
            return found
    return None


def _by_label(dataset: Dataset, name: str, kinds: Iterable[str]) -> list[Match]:
    return _labelled(dataset, name, tuple(f"{dataset.base}id/{kind}/" for kind in kinds))


def _labelled(dataset: Dataset, name: str, starts: tuple[str, ...]) -> list[Match]:
    """Return things with exactly this label; if there is none, those with all its words in one."""
    wanted = name.casefold()
    words = set(_WORDS.findall(wanted))
    exact: dict[NamedNode, Match] = {}
    partly: dict[NamedNode, Match] = {}
    for predicate in _LABELS:
        for quad in dataset.store.quads_for_pattern(None, predicate, None, None):
            node, label = quad.subject, quad.object
            if not isinstance(node, NamedNode) or not isinstance(label, Literal):
                continue
            if not node.value.startswith(starts):
                continue
            folded = label.value.casefold()
            if folded == wanted:
                exact.setdefault(node, Match(node, label.value))
            elif words and words <= set(_WORDS.findall(folded)):
                partly.setdefault(node, Match(node, label.value))
    return list((exact or partly).values())


def _one(dataset: Dataset, name: str, found: list[Match], starts: tuple[str, ...] = ()) -> NamedNode:
    if len(found) == 1:
        return found[0].node
    if found:
        shown = "; ".join(f"{_key(dataset, m.node)} ({m.label})" for m in sorted(found, key=_order)[:_SHOWN])
        more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        hint = f"write one key: {shown}{more}"
        raise UsageError("RP202", f"“{name}” may mean {len(found)} things", hint=hint)
    raise UsageError("RP201", f"nothing is called “{name}”", hint=_suggestion(dataset, name, starts))


def _order(match: Match) -> str:
    return match.node.value


def _key(dataset: Dataset, node: NamedNode) -> str:
    return node.value.removeprefix(f"{dataset.base}id/").removeprefix(CONCEPT).partition("/")[2]


def _suggestion(dataset: Dataset, name: str, starts: tuple[str, ...]) -> str:
    import difflib

    concepts = bool(starts)
    starts = starts or tuple(f"{dataset.base}id/{kind}/" for kind in _NAMED)
    labels: dict[str, str] = {}
    for predicate in (_PREF, _ALT):
        for quad in dataset.store.quads_for_pattern(None, predicate, None, None):
            if isinstance(quad.object, Literal) and quad.subject.value.startswith(starts):  # type: ignore[union-attr]
                labels[quad.object.value.casefold()] = quad.object.value
                for word in _WORDS.findall(quad.object.value):
                    labels.setdefault(word.casefold(), quad.object.value)
    close = difflib.get_close_matches(name.casefold(), labels, n=1, cutoff=0.7)
    if close:
        return f"did you mean “{labels[close[0]]}”?"
    if concepts:
        return f"known: {', '.join(sorted(_keys(dataset, starts)))}"
    return "`repatria query entities` lists all names"


def _keys(dataset: Dataset, starts: tuple[str, ...]) -> set[str]:
    named = dataset.store.quads_for_pattern(None, _PREF, None, None)
    nodes = {quad.subject.value for quad in named if isinstance(quad.subject, NamedNode)}
    return {node.rpartition("/")[2] for node in nodes if node.startswith(starts)}
