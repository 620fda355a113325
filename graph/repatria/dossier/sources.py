"""A dossier as quads: the source and its claims."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from repatria.dossier import dates
from repatria.dossier.claims import add_claim, claim_key
from repatria.dossier.documents import Document, JsonPath
from repatria.dossier.emit import Emitter, date, integer, url
from repatria.dossier.index import Index, Use
from repatria.dossier.passages import check_words
from repatria.dossier.scope import Entry, Scope
from repatria.errors import RepatriaError
from repatria.terms import PROV, RDFS, SCHEMA, iri, rep

_ORGANIZATIONS = frozenset({"organizations"})


@dataclass(slots=True)
class Built:
    """One dossier as quads: those of its own graph and those it adds to the graph external.

    ``uses``: what each reference to an entity or concept was resolved to;
    ``claims``: IRIs of claims and counts referred to, with their places in the document.
    """

    source: str
    document: Document
    quads: list[Quad]
    external: list[Quad]
    uses: list[Use]
    claims: list[tuple[str, JsonPath]]
    claim_count: int

    @property
    def count_count(self) -> int:
        """Number of counts that its claims state."""
        claims = (claim for claim in self.document.data["claims"] if claim.get("status") != "draft")
        return sum(len(claim.get("counts", ())) for claim in claims)


def build_source(document: Document, index: Index, report: Callable[[RepatriaError], None]) -> Built | None:
    """Return the quads of a dossier that satisfies the schema, or None for a draft.

    Whatever the schema cannot say and the dossier gets wrong goes to ``report``.
    """
    dossier: Entry = document.data
    if dossier.get("status") == "draft":
        return None
    source = dossier["id"]
    names = index.names
    out, external = Emitter(names.graph("source", source)), Emitter(names.graph("external"))
    scope = Scope(document, index, report, source, NamedNode(names.entity("source", source)), out, external)
    _source(scope, dossier)
    for number, claim in enumerate(dossier["claims"]):
        if claim.get("status") != "draft":
            key = claim_key(claim, index)
            if key in scope.keys:
                hint = "give one of them a key of its own"
                message = f"two claims have the identity “{key}”"
                scope.problem(("claims", number, "key"), "RP138", message, hint)
            else:
                scope.keys[key] = number
    for key, number in scope.keys.items():
        add_claim(scope, ("claims", number), key, dossier["claims"][number])
    return Built(source, document, out.quads, external.quads, scope.uses(), scope.claims, len(scope.keys))


def _source(scope: Scope, dossier: Entry) -> None:
    out, node = scope.out, scope.node
    out.type(node, rep("Source"))
    out.add(node, iri(RDFS + "label"), Literal(scope.source))
    out.add(node, iri(SCHEMA + "inLanguage"), Literal(dossier["language"]))
    scope.publisher = scope.find(("publisher",), dossier["publisher"], _ORGANIZATIONS)
    if scope.publisher is not None:
        out.add(node, iri(SCHEMA + "publisher"), scope.publisher.node)
    for key in ("headline", "date_words"):
        check_words(scope, (key,), dossier.get(key, ""), f"“{key}”")
    texts = {"headline": iri(SCHEMA + "headline"), "date_words": rep("dateText"), "note": rep("curatorNote")}
    for key, predicate in texts.items():
        if key in dossier:
            out.add(node, predicate, Literal(dossier[key]))
    if "published" in dossier:
        out.add(node, iri(SCHEMA + "datePublished"), date(dates.day(dossier["published"])))
    between = dossier.get("published_between", {})
    for key, name in (("not_before", "notBefore"), ("not_after", "notAfter")):
        if key in between:
            out.add(node, rep(name), date(dates.day(between[key])))
    if between.get("not_before", "") > between.get("not_after", "9999"):
        message, hint = "“not_after” is before “not_before”", "the earlier day comes first"
        scope.problem(("published_between", "not_after"), "RP136", message, hint)
    if "url" in dossier:
        out.add(node, iri(SCHEMA + "url"), url(dossier["url"]))
    if "revision_of" in dossier:
        earlier = NamedNode(scope.index.names.entity("source", dossier["revision_of"]))
        out.add(node, iri(PROV + "wasRevisionOf"), earlier)
    _text(scope, dossier)
    _from_outside(scope, dossier)


def _text(scope: Scope, dossier: Entry) -> None:
    node, cited = scope.node, scope.cited
    if "text" in dossier:
        scope.out.add(node, rep("textSha256"), Literal(dossier["text"]["sha256"]))
        scope.out.add(node, rep("textLength"), integer(dossier["text"]["characters"]))
    elif not cited:
        hint = "`repatria locate ARTICLE` prints it; a dossier of cited claims says `evidence: cited`"
        scope.problem((), "RP141", "the dossier has no “text” with the hash of the article", hint)
    if cited and "url" not in dossier:
        scope.problem((), "RP141", "a dossier of cited claims needs the “url” of its source", "add `url`")


def _from_outside(scope: Scope, dossier: Entry) -> None:
    known = dossier.get("external")
    if known is None:
        return
    scope.external.add(scope.node, rep("externalDate"), date(dates.day(known["published"])))
    found = scope.find(("external", "source"), known["source"], frozenset({"external"}))
    if found is not None:
        scope.external.add(scope.node, rep("externalSource"), found.node)
