"""A claim of a dossier as quads: who asserts it through whom, about what, and when."""

from __future__ import annotations

import calendar
import hashlib

from pyoxigraph import Literal, NamedNode

from repatria.dossier import dates
from repatria.dossier.counts import add_counts
from repatria.dossier.documents import JsonPath
from repatria.dossier.emit import FALSE, TRUE, date, integer
from repatria.dossier.index import AGENTS, PARTIES, REFERENTS, Index
from repatria.dossier.passages import add_passage, check_words
from repatria.dossier.scope import Entry, Scope, listed, members
from repatria.errors import InputError
from repatria.terms import DCTERMS, NS, PROV, concept, iri, rep

_P = {
    name: iri(NS + name)
    for name in (
        "Claim", "source", "asserter", "hop", "AttributionHop", "order", "act", "modality", "speechForm",
        "polarity", "hedge", "topic", "about", "target", "obligor", "inCapacity", "statesPost", "channel",
        "reciprocity", "dateText", "saidOn", "saidNotBefore", "saidNotAfter", "curatorNote", "evidenceLevel",
    )
}  # fmt: skip
_AGENT = iri(PROV + "agent")
_INVALIDATED = iri(PROV + "wasInvalidatedBy")
_POSTS = frozenset({"posts"})
_OBLIGORS = AGENTS - {"unnamed"}
_TOPICS = {"remains": "remains-transfer", "prisoners": "prisoner-exchange"}
_CASUALTIES = frozenset({"military", "persons"})
# Members that link to entities: key → (property, kinds allowed).
_LINKS = {
    "target": (_P["target"], AGENTS),
    "obligor": (_P["obligor"], _OBLIGORS),
    "capacity": (_P["inCapacity"], _POSTS),
    "states_post": (_P["statesPost"], _POSTS),
}
_PRINTED = {"hedge": _P["hedge"], "said": _P["dateText"]}
_DAYS = {"said_not_before": _P["saidNotBefore"], "said_not_after": _P["saidNotAfter"]}
_CLAIM_LINKS = {
    "alternative_to": rep("alternativeTo"),
    "refers_to": rep("refersTo"),
    "supersedes": rep("supersedes"),
}
_ASPECTS = {key: (rep(key), rep(key + "Aspect")) for key in ("confirms", "disputes")}


def claim_key(entry: Entry, index: Index) -> str:
    """Return the curator's key, or else a short hash of passage, asserters and counts.

    The hash does not depend on the order of asserters or counts, nor on
    whether an entity is named by key or label, so that re-reading an article
    changes no IRI.
    """
    if "key" in entry:
        return str(entry["key"])
    passage = entry.get("passage", {})
    counts = []
    for count in entry.get("counts", ()):
        parties = (_entity_key(index, count.get(key), PARTIES) for key in ("from", "to"))
        counts.append("|".join((count["words"], count["measure"], *parties)))
    asserters = sorted(_entity_key(index, reference, AGENTS) for reference in listed(entry["asserter"]))
    parts = [passage.get("start", ""), passage.get("end", ""), *asserters, *sorted(counts)]
    return "h" + hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:12]


def _entity_key(index: Index, reference: str | None, kinds: frozenset[str]) -> str:
    try:
        return index.find(reference, kinds).key if reference is not None else ""
    except InputError:
        return str(reference)  # reported where the claim is built


def add_claim(scope: Scope, path: JsonPath, key: str, entry: Entry) -> None:
    """Add one claim of a dossier."""
    out = scope.out
    node = NamedNode(scope.index.names.claim(scope.source, key))
    out.type(node, _P["Claim"])
    out.add(node, _P["source"], scope.node)
    out.add(node, _P["evidenceLevel"], concept("level", "cited" if scope.cited else "anchored"))
    _passage(scope, node, path, entry)
    narrator = _chain(scope, node, path, entry)
    _act(scope, node, path, entry, narrator)
    about = scope.entities(path, entry, "about")
    scope.add_all(node, _P["about"], about)
    for member, (predicate, kinds) in _LINKS.items():
        if member in entry:
            scope.add_all(node, predicate, scope.entities(path, entry, member, kinds))
    for member, predicate in _PRINTED.items():
        if member in entry:
            check_words(scope, (*path, member), entry[member], f"“{member}”")
            out.add(node, predicate, Literal(entry[member]))
    if "note" in entry:
        out.add(node, _P["curatorNote"], Literal(entry["note"]))
    _said(scope, node, path, entry)
    _claim_links(scope, node, path, entry)
    add_counts(scope, node, path, entry, [entity for entity in about if entity.kind in REFERENTS])
    if "retracted" in entry:
        _retraction(scope, node, entry["retracted"])


def _passage(scope: Scope, node: NamedNode, path: JsonPath, entry: Entry) -> None:
    passage = entry.get("passage")
    if passage is not None and scope.cited:
        hint = "leave out `evidence: cited`"
        scope.problem((*path, "passage"), "RP140", "a cited claim has no passage", hint)
    elif passage is not None:
        add_passage(scope, node, (*path, "passage"), passage)
    elif not scope.cited:
        hint = "`repatria locate ARTICLE WORDS` prints it; a dossier of cited claims says `evidence: cited`"
        scope.problem(path, "RP140", "the claim has no passage", hint)


def _chain(scope: Scope, node: NamedNode, path: JsonPath, entry: Entry) -> bool:
    """Add asserters and hops; say whether the publisher itself is the asserter."""
    out, publisher = scope.out, scope.publisher
    ends = [scope.find(at, reference, AGENTS) for at, reference in members(path, entry, "asserter")]
    narrator = ends == [publisher]
    if "via" in entry:
        hops = [scope.find(at, reference, AGENTS) for at, reference in members(path, entry, "via")]
    else:
        hops = [] if narrator else [publisher]
    first = hops[0] if hops else ends[0]
    if first is not None and publisher is not None and first != publisher:
        at, hint = (*path, "via" if hops else "asserter"), f"begin `via` with {publisher.key}"
        scope.problem(at, "RP143", "the chain does not begin with the publisher", hint)
    for number, agent in enumerate([*hops, *ends]):
        if agent is None:
            continue
        hop = NamedNode(f"{node.value}/hop/{number}")
        out.type(hop, _P["AttributionHop"])
        out.add(hop, _P["order"], integer(min(number, len(hops))))
        out.add(hop, _AGENT, agent.node)
        out.link(node, _P["hop"], hop)
        if number >= len(hops):
            out.link(node, _P["asserter"], agent.node)
            if agent in hops:
                at = (*path, "via" if "via" in entry else "asserter")
                scope.problem(at, "RP143", "the asserter also stands in `via`", "`via` ends before it")
    return narrator


def _form(entry: Entry, narrator: bool) -> str:
    if "form" in entry:
        return str(entry["form"])
    by_act = {"headline": "headline", "byline": "metadata"}.get(entry["act"])
    return by_act or ("narrator" if narrator else "indirect-speech")


def _topics(entry: Entry) -> list[str]:
    """Return the topics that the measures of the counts say."""
    first = (count["measure"].partition("-")[0] for count in entry.get("counts", ()))
    found = (_TOPICS.get(part) or ("casualties" if part in _CASUALTIES else None) for part in first)
    return sorted({topic for topic in found if topic})


def _act(scope: Scope, node: NamedNode, path: JsonPath, entry: Entry, narrator: bool) -> None:
    out = scope.out
    out.add(node, _P["act"], concept("act", entry["act"]))
    out.add(node, _P["modality"], concept("modality", entry["modality"]))
    out.add(node, _P["speechForm"], concept("form", _form(entry, narrator)))
    out.add(node, _P["polarity"], TRUE if entry.get("polarity", True) else FALSE)
    topics = (
        members(path, entry, "topic") if "topic" in entry else ((path, topic) for topic in _topics(entry))
    )
    for at, topic in topics:
        found = scope.concept(at, "topic", topic)
        if found is not None:
            out.add(node, _P["topic"], found)
    for key in ("channel", "reciprocity"):
        if key in entry:
            found = scope.concept((*path, key), key, entry[key])
            if found is not None:
                out.add(node, _P[key], found)


def _said(scope: Scope, node: NamedNode, path: JsonPath, entry: Entry) -> None:
    for key, predicate in _DAYS.items():
        if key in entry:
            scope.out.add(node, predicate, date(dates.day(entry[key])))
    if entry.get("said_not_before", "") > entry.get("said_not_after", "9999"):
        message, hint = "“said_not_after” is before “said_not_before”", "the earlier day comes first"
        scope.problem((*path, "said_not_after"), "RP136", message, hint)
    given, words = entry.get("said_on"), entry.get("said", "")
    if given is not None:
        said = dates.day(given)
        wanted = dates.weekday(words)
        if wanted is not None and said.weekday() != wanted:
            hint = f"it is a {calendar.day_name[said.weekday()]}"
            scope.problem((*path, "said_on"), "RP137", f"{given} is not a {words}", hint)
        scope.out.add(node, _P["saidOn"], date(said))
    elif words:
        _resolve_said(scope, node, words)


def _resolve_said(scope: Scope, node: NamedNode, words: str) -> None:
    dossier = scope.document.data
    printed, outside = dossier.get("published"), dossier.get("external", {}).get("published")
    resolved = dates.resolve(words, dates.day(printed or outside)) if printed or outside else None
    if resolved is not None:
        # What rests on a date from outside the article stands in the graph external.
        (scope.out if printed else scope.external).add(node, _P["saidOn"], date(resolved))


def _claim_links(scope: Scope, node: NamedNode, path: JsonPath, entry: Entry) -> None:
    for key, predicate in _CLAIM_LINKS.items():
        for at, reference in members(path, entry, key):
            scope.out.link(node, predicate, scope.claim(at, reference))
    for key, (predicate, aspects) in _ASPECTS.items():
        if key in entry:
            for at, reference in members((*path, key), entry[key], "claim"):
                scope.out.link(node, predicate, scope.claim(at, reference))
            for aspect in entry[key]["aspect"]:
                scope.out.add(node, aspects, concept("aspect", aspect))


def _retraction(scope: Scope, node: NamedNode, retracted: Entry) -> None:
    retraction = NamedNode(node.value + "/retraction")
    scope.out.type(retraction, rep("Retraction"))
    scope.out.add(retraction, rep("reason"), Literal(retracted["reason"]))
    scope.out.add(retraction, iri(DCTERMS + "date"), date(dates.day(retracted["date"])))
    scope.out.add(node, _INVALIDATED, retraction)
