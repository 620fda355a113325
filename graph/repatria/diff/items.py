"""Items in words: the properties that changed of a thing, a source, a concept."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from pyoxigraph import Quad

from repatria.diff.model import CHANGED, Change, Item, Kind, Value
from repatria.diff.nested import Tree
from repatria.diff.nodes import Term
from repatria.diff.roots import Root
from repatria.diff.words import Described, Words, first, listed
from repatria.terms import NS, ORG, RDF, RDFS, SCHEMA, SKOS, XSD

# What the build adds besides what a dossier says: each is told where the dossier says it.
PASSIVE = frozenset(
    NS + name for name in ("confirmedBy", "disputedBy", "supersededBy", "countOf", "hasStage", "hasTenure")
)
# What is not told of a thing that is new or gone.
_PLAIN = (RDF + "type", SKOS + "inScheme", SKOS + "notation", SKOS + "topConceptOf", SKOS + "hasTopConcept")


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of one root: statements only before, only now, in both; and what tells blank nodes."""

    root: Root
    kind: Kind
    removed: list[Quad]
    added: list[Quad]
    kept: list[Quad]
    trees: tuple[Tree, Tree]
    words: Words

    @property
    def iri(self) -> str:
        """The IRI of the root; empty for a blank node."""
        text = self.root.subject.decode()
        return text[1:-1] if text.startswith("<") else ""

    def before(self) -> Described:
        """All that was said."""
        return described([*self.kept, *self.removed])

    def now(self) -> Described:
        """All that is said."""
        return described([*self.kept, *self.added])


def described(quads: Iterable[Quad]) -> Described:
    """Return statements by subject and property."""
    found: dict[str, dict[str, list[Term]]] = {}
    for quad in sorted(quads, key=str):
        subject = found.setdefault(getattr(quad.subject, "value", str(quad.subject)), {})
        values = subject.setdefault(quad.predicate.value, [])
        if quad.object not in values:
            values.append(quad.object)
    return found


def changes(
    before: Described, now: Described, subject: str, place: str, matter: Matter, but: Container[str] = ()
) -> list[Change]:
    """Return the properties of a subject whose values changed, in the order of their IRIs."""
    old, new = before.get(subject, {}), now.get(subject, {})
    found = []
    for name in sorted(old.keys() | new.keys()):
        if name in but:
            continue
        gone = [value for value in old.get(name, []) if value not in new.get(name, [])]
        come = [value for value in new.get(name, []) if value not in old.get(name, [])]
        if gone or come:
            told = matter.words.property(name)
            values = values_of(gone, matter.trees[0]), values_of(come, matter.trees[1])
            found.append(Change(place, name, told, *values))
    return found


def values_of(terms: Iterable[Term], tree: Tree) -> tuple[Value, ...]:
    """Return terms with their words, sorted by these."""
    return tuple(sorted((Value(str(term), tree.show(term)) for term in terms), key=lambda value: value.text))


def item(matter: Matter, title: str, found: list[Change]) -> Item:
    """Return the item of a root."""
    key = matter.words.key(matter.iri) if matter.iri else ""
    removed, added = len(matter.removed), len(matter.added)
    return Item(matter.kind, matter.iri, key, title, removed, added, tuple(found))


def thing(matter: Matter) -> Item:
    """Return a person, body, exchange, agreement, post, tenure, concept …, by its label."""
    before, now = matter.before(), matter.now()
    title = matter.words.labels.get(matter.iri, "")
    latest = now if matter.iri in now else before
    if post := first(latest, matter.iri, NS + "post"):
        who = first(latest, matter.iri, ORG + "member")
        title = f"{matter.words.name(who)}, {matter.words.name(post)}"
    but = {*PASSIVE, *(_PLAIN if matter.kind != CHANGED else ())}
    found = _all_changes(matter, before, now, but)
    return item(matter, title, found if matter.kind == CHANGED else _besides(title, found))


def _besides(title: str, found: Iterable[Change]) -> list[Change]:
    """Leave out the label that is the title."""
    kept = []
    for change in found:
        old, new = ([v for v in values if v.text != f"“{title}”@en"] for values in (change.old, change.new))
        if old or new:
            kept.append(replace(change, old=tuple(old), new=tuple(new)))
    return kept


def source(matter: Matter, claims: int) -> Item:
    """Return a source, with the number of claims that came or went with it."""
    before, now = matter.before(), matter.now()
    latest = now if matter.iri in now else before
    publisher = first(latest, matter.iri, SCHEMA + "publisher")
    day = first(latest, matter.iri, SCHEMA + "datePublished") or first(
        latest, matter.iri, NS + "externalDate"
    )
    headline = first(latest, matter.iri, SCHEMA + "headline")
    words = [f"“{headline}”" if headline else "", matter.words.name(publisher) if publisher else "", day]
    if matter.kind != CHANGED:
        words.append(f"{claims} claim{'' if claims == 1 else 's'}")
    but = {*PASSIVE, RDF + "type", *((RDFS + "label",) if matter.kind != CHANGED else ())}
    found = _all_changes(matter, before, now, but) if matter.kind == CHANGED else []
    return item(matter, ", ".join(word for word in words if word), found)


def dataset(matter: Matter) -> Item:
    """Return the description that the dataset gives of itself: what is said of it, no computed numbers."""
    found = changes(matter.before(), matter.now(), matter.iri, "", matter)
    computed = (f"<{matter.iri}/", f"^^<{XSD}integer>")
    said = [
        change
        for change in found
        if not any(mark in value.term for value in (*change.old, *change.new) for mark in computed)
    ]
    return item(matter, "", said)


def _all_changes(matter: Matter, before: Described, now: Described, but: Container[str]) -> list[Change]:
    found: list[Change] = []
    for subject in sorted({*before, *now}):
        place = subject.removeprefix(matter.iri).strip("/")
        found += changes(before, now, subject, place, matter, but)
    return found


def title_of(words: Words, iris: Iterable[str]) -> str:
    """Return the names of things as one phrase."""
    return listed(words.name(iri) for iri in iris)
