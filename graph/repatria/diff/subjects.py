"""Subjects of anybody's graph, with what hangs below them in blank nodes and lists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from pyoxigraph import BlankNode, Quad

from repatria.diff.items import Matter, changes, described, item, values_of
from repatria.diff.model import CHANGED, REMOVED, Change, Item, Value
from repatria.diff.nested import Tree
from repatria.diff.nodes import Term
from repatria.diff.words import Described

# Of a list in another order so many members are shown, from the first that has another place.
_ORDER = 4


def subject(matter: Matter) -> Item:
    """Return a subject of anybody's graph; what is below it in blank nodes is told in its place."""
    before, now = described(matter.removed), described(matter.added)
    name = matter.root.subject.decode().removeprefix("_:") if not matter.iri else matter.iri
    title = matter.words.labels.get(matter.iri, "") if matter.iri else _of_blank(matter, name)
    found = changes(before, now, name, "", matter) if matter.iri or not _whole(matter) else []
    for node in _once_each_list(matter, sorted({*before, *now} - {name})):
        found += _nested(matter, before, now, node)
    return item(matter, title, sorted((change for change in found if change.old != change.new), key=_order))


def _order(change: Change) -> tuple[str, str, tuple[str, ...]]:
    """Return what decides the order: the place and the words, since labels of blank nodes say nothing."""
    return change.place, change.property, tuple(value.text for value in (*change.old, *change.new))


def _once_each_list(matter: Matter, nodes: list[str]) -> Iterator[str]:
    """Yield nodes, but one cell only of each list."""
    heads: set[Term] = set()
    for node in nodes:
        head = _head(matter, BlankNode(node))
        if head not in heads:
            yield node
        if head is not None:
            heads.add(head)


def _of_blank(matter: Matter, name: str) -> str:
    """Return a blank node that nothing leads to: as it is, or by what has not changed of it."""
    tree = matter.trees[0 if matter.kind == REMOVED else 1]
    if _whole(matter):
        return tree.show(BlankNode(name))
    return tree.told(BlankNode(name), {*matter.removed, *matter.added}) or "[ … ]"


def _whole(matter: Matter) -> bool:
    return not matter.iri and matter.kind != CHANGED


def _nested(matter: Matter, before: Described, now: Described, node: str) -> list[Change]:
    """Return what changed of a blank node below the root; nothing if its root shows it already."""
    old, new = matter.trees
    blank = BlankNode(node)
    if head := _head(matter, blank):
        return _list(matter, head)
    path = (new if blank in new.above else old).path(blank)
    shown = [_hangs_in(tree, blank, quads) for tree, quads in ((old, matter.removed), (new, matter.added))]
    gone, come = ({} if hidden else table for hidden, table in zip(shown, (before, now), strict=True))
    known = (new if blank in new.below else old).told(blank, {*matter.removed, *matter.added})
    return changes(gone, come, node, " ".join(part for part in (path, known) if part), matter)


def _hangs_in(tree: Tree, node: Term, quads: list[Quad]) -> bool:
    """Say whether a statement among ``quads`` leads to a blank node: then it is told with that."""
    changed, met = set(quads), set()
    waiting = [node]
    while waiting:
        lower = waiting.pop()
        for link in tree.above.get(lower, ()):
            if link in changed:
                return True
            if isinstance(link.subject, BlankNode) and link.subject not in met:
                met.add(link.subject)
                waiting.append(link.subject)
    return False


def _head(matter: Matter, node: Term) -> Term | None:
    """Return the head of the list that a node is a cell of, before or now; None if it is no cell."""
    return next((tree.head(node) for tree in matter.trees if tree.is_cell(node)), None)


def _list(matter: Matter, head: Term) -> list[Change]:
    """Return what came into a list, left it or changed its place, where the head of the list hangs."""
    old, new = matter.trees
    links = {link for tree in matter.trees for link in tree.above.get(head, ())}
    if not links or links & {*matter.removed, *matter.added}:
        return []
    link = min(links, key=str)
    place = new.path(link.subject) if isinstance(link.subject, BlankNode) else ""
    before, now = old.members(head), new.members(head)
    then, since = set(before), set(now)
    gone, come = [term for term in before if term not in since], [term for term in now if term not in then]
    name = matter.words.property(link.predicate.value)
    found = [
        Change(place, link.predicate.value, f"{name} (list)", values_of(gone, old), values_of(come, new))
    ]
    ordered = [[term for term in terms if term in then and term in since] for terms in (before, now)]
    if ordered[0] != ordered[1]:
        at = next(n for n, (one, other) in enumerate(zip_longest(*ordered)) if one != other)
        orders = [(_in_order(tree, terms, at),) for tree, terms in zip(matter.trees, ordered, strict=True)]
        found.append(Change(place, link.predicate.value, f"{name} (order)", *orders))
    return found


def _in_order(tree: Tree, terms: list[Term], at: int) -> Value:
    shown = " ".join(tree.show(term) for term in terms[at : at + _ORDER])
    return Value("", f"( {'… ' if at else ''}{shown}{' …' if len(terms) > at + _ORDER else ''} )")
