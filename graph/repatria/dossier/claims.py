"""A claim of a dossier as quads: who asserts it through whom, about what, and when."""

from __future__ import annotations

import datetime as dt
import hashlib

from pyoxigraph import Literal, NamedNode

from repatria.dossier import dates
from repatria.dossier.counts import add_counts
from repatria.dossier.documents import JsonPath
from repatria.dossier.emit import FALSE, TRUE, date, integer
from repatria.dossier.index import AGENTS
from repatria.dossier.passages import add_passage
from repatria.dossier.scope import Entry, Scope, listed
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
# Members that link to entities: key → (property, kinds allowed; None for any).
_LINKS: dict[str, tuple[NamedNode, frozenset[str] | None]] = {
    "about": (_P["about"], None),
    "target": (_P["target"], AGENTS),
    "obligor": (_P["obligor"], _OBLIGORS),
    "capacity": (_P["inCapacity"], _POSTS),
    "states_post": (_P["statesPost"], _POSTS),
}
_TEXTS = {"hedge": _P["hedge"], "said": _P["dateText"], "note": _P["curatorNote"]}
_DAYS = {"said_not_before": _P["saidNotBefore"], "said_not_after": _P["saidNotAfter"]}
_CLAIM_LINKS = {
    "alternative_to": rep("alternativeTo"),
    "refers_to": rep("refersTo"),
    "supersedes": rep("supersedes"),
}


def claim_key(entry: Entry) -> str:
    """Return the curator's key, or else a short hash of passage, asserters and counts.

    The hash does not depend on the order of asserters or counts, so that
    re-reading an article changes no IRI.
    """
    if "key" in entry:
        return str(entry["key"])
    passage = entry.get("passage", {})
    counts = sorted(
        "|".join(str(count.get(key, "")) for key in ("words", "measure", "from", "to"))
        for count in entry.get("counts", ())
    )
    parts = [passage.get("start", ""), passage.get("end", ""), *sorted(listed(entry["asserter"])), *counts]
    return "h" + hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:12]


def add_claim(scope: Scope, source: NamedNode, path: JsonPath, entry: Entry, dossier: Entry) -> None:
    """Add one claim of a dossier."""
    out = scope.out
    node = NamedNode(scope.index.names.claim(scope.source, claim_key(entry)))
    level = dossier.get("evidence", "anchored")
    out.type(node, _P["Claim"])
    out.add(node, _P["source"], source)
    out.add(node, _P["evidenceLevel"], concept("level", level))
    _passage(scope, node, source, path, entry, level)
    asserters = _chain(scope, node, path, entry, dossier["publisher"])
    _act(scope, node, path, entry, asserters == [dossier["publisher"]])
    for key, (predicate, kinds) in _LINKS.items():
        if key in entry:
            scope.add_all(node, predicate, scope.nodes(path, entry, key, kinds))
    for key, predicate in _TEXTS.items():
        if key in entry:
            out.add(node, predicate, Literal(entry[key]))
    _said(scope, node, path, entry, dossier)
    _claim_links(scope, node, path, entry)
    add_counts(scope, node, path, entry)
    if "retracted" in entry:
        _retraction(scope, node, entry["retracted"])


def _passage(scope: Scope, node: NamedNode, source: NamedNode, path: JsonPath, entry: Entry, level: str) -> None:
    passage = entry.get("passage")
    if level == "anchored" and passage is not None:
        add_passage(scope, node, source, (*path, "passage"), passage)
    elif level == "anchored":
        hint = "`repatria locate ARTICLE WORDS` prints it; a dossier of cited claims says `evidence: cited`"
        scope.problem(path, "RP140", "the claim has no passage", hint)
    elif passage is not None:
        scope.problem((*path, "passage"), "RP140", "a cited claim has no passage", "leave out `evidence: cited`")


def _chain(scope: Scope, node: NamedNode, path: JsonPath, entry: Entry, publisher: str) -> list[str]:
    """Add asserters and hops; return the asserters as referred to."""
    asserters = listed(entry["asserter"])
    via = entry.get("via")
    if via is None:
        via = [] if asserters == [publisher] else [publisher]
    nodes = [scope.find((*path, "via"), reference, AGENTS) for reference in via]
    ends = [scope.find((*path, "asserter"), reference, AGENTS) for reference in asserters]
    chain = [(order, agent) for order, agent in enumerate(nodes)] + [(len(nodes), agent) for agent in ends]
    first = chain[0][1]
    expected = scope.find(("publisher",), publisher)
    if first is not None and expected is not None and first != expected:
        hint = f"begin `via` with {expected.key}"
        scope.problem((*path, "via" if via else "asserter"), "RP143", "the chain does not begin with the publisher", hint)
    for number, (order, agent) in enumerate(chain):
        if agent is None:
            continue
        hop = NamedNode(f"{node.value}/hop/{number}")
        scope.out.type(hop, _P["AttributionHop"])
        scope.out.add(hop, _P["order"], integer(order))
        scope.out.add(hop, _AGENT, agent.node)
        scope.out.link(node, _P["hop"], hop)
        if order == len(nodes):
            scope.out.link(node, _P["asserter"], agent.node)
            if agent in nodes:
                scope.problem((*path, "via"), "RP143", "the asserter also stands in `via`", "`via` ends before it")
    return asserters


def _form(entry: Entry, narrator: bool) -> str:
    if "form" in entry:
        return str(entry["form"])
    by_act = {"headline": "headline", "byline": "metadata"}.get(entry["act"])
    return by_act or ("narrator" if narrator else "indirect-speech")


def _topics(entry: Entry) -> list[str]:
    if "topic" in entry:
        return listed(entry["topic"])
    first = (count["measure"].partition("-")[0] for count in entry.get("counts", ()))
    found = (_TOPICS.get(part) or ("casualties" if part in _CASUALTIES else None) for part in first)
    return sorted({topic for topic in found if topic})


def _act(scope: Scope, node: NamedNode, path: JsonPath, entry: Entry, narrator: bool) -> None:
    out = scope.out
    out.add(node, _P["act"], concept("act", entry["act"]))
    out.add(node, _P["modality"], concept("modality", entry["modality"]))
    out.add(node, _P["speechForm"], concept("form", _form(entry, narrator)))
    out.add(node, _P["polarity"], TRUE if entry.get("polarity", True) else FALSE)
    for topic in _topics(entry):
        found = scope.concept((*path, "topic"), "topic", topic)
        if found is not None:
            out.add(node, _P["topic"], found)
    for key in ("channel", "reciprocity"):
        if key in entry:
            found = scope.concept((*path, key), key, entry[key])
            if found is not None:
                out.add(node, _P[key], found)


def _said(scope: Scope, node: NamedNode, path: JsonPath, entry: Entry, dossier: Entry) -> None:
    for key, predicate in _DAYS.items():
        if key in entry:
            scope.out.add(node, predicate, date(dates.day(entry[key])))
    printed, outside = dossier.get("published"), dossier.get("external", {}).get("published")
    given, words = entry.get("said_on"), entry.get("said", "")
    if given is not None:
        said = dates.day(given)
        wanted = dates.weekday(words)
        if wanted is not None and said.weekday() != wanted:
            scope.problem((*path, "said_on"), "RP137", f"{given} is not a {words}")
        scope.out.add(node, _P["saidOn"], date(said))
        return
    published: dt.date | None = dates.day(printed or outside) if printed or outside else None
    resolved = dates.resolve(words, published) if published and words else None
    if resolved is not None:
        # What rests on a date from outside the article stands in the graph external.
        (scope.out if printed else scope.external).add(node, _P["saidOn"], date(resolved))


def _claim_links(scope: Scope, node: NamedNode, path: JsonPath, entry: Entry) -> None:
    for key, predicate in _CLAIM_LINKS.items():
        if key in entry:
            found = [scope.claim((*path, key), reference) for reference in listed(entry[key])]
            scope.add_all(node, predicate, found)
    for key in ("confirms", "disputes"):
        link = entry.get(key)
        if link is None:
            continue
        references = listed(link.get("claim"))
        scope.add_all(node, rep(key), [scope.claim((*path, key, "claim"), found) for found in references])
        for aspect in link["aspect"]:
            scope.out.add(node, rep(key + "Aspect"), concept("aspect", aspect))


def _retraction(scope: Scope, node: NamedNode, retracted: Entry) -> None:
    retraction = NamedNode(node.value + "/retraction")
    scope.out.type(retraction, rep("Retraction"))
    scope.out.add(retraction, rep("reason"), Literal(retracted["reason"]))
    scope.out.add(retraction, iri(DCTERMS + "date"), date(dates.day(retracted["date"])))
    scope.out.add(node, _INVALIDATED, retraction)
