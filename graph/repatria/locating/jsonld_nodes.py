"""The objects of a JSON-LD document that may be nodes, and the contexts that hold for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from repatria.locating.json_tree import Member, Value

_CONTEXT = "@context"
_MAPS = frozenset(("@language", "@index", "@id", "@type", "@graph"))
_UNLIKE = ("@value", "@list", "@set")
# Contexts that hold for some properties or classes only, or not for what is nested.
_SCOPED = (_CONTEXT, "@propagate", "@import")


@dataclass(slots=True)
class Words:
    """What the contexts of a document make of keys.

    ``aliases`` are other names of keywords, ``maps`` the terms whose value may be an object that is no
    node but has nodes or values by key, ``opaque`` those whose value is JSON; ``scoped``: a context does
    not hold for all that stands below it.
    """

    aliases: dict[str, set[str]] = field(default_factory=dict)
    maps: set[str] = field(default_factory=set)
    opaque: set[str] = field(default_factory=set)
    scoped: bool = False

    def is_a(self, key: str, keyword: str) -> bool:
        """Return whether a key is a keyword or another name of it."""
        return key == keyword or key in self.aliases.get(keyword, ())

    def keyword(self, key: str) -> bool:
        """Return whether a key is any keyword or another name of one."""
        return key.startswith("@") or any(key in names for names in self.aliases.values())

    def learn(self, context: Value) -> None:
        """Take in a context, or a list of them."""
        for one in context.items if context.items is not None else (context,):
            for member in one.members or ():
                self._define(member)

    def _define(self, member: Member) -> None:
        value = member.value
        self.scoped = self.scoped or member.key in _SCOPED
        if isinstance(value.scalar, str):
            self._name(member.key, value.scalar)
        for part in value.members or ():
            texts = [one.scalar for one in part.value.items or (part.value,)]
            self.scoped = self.scoped or part.key in _SCOPED
            if part.key == "@id" and isinstance(texts[0], str):
                self._name(member.key, texts[0])
            elif part.key == "@container" and not _MAPS.isdisjoint(texts):
                self.maps.add(member.key)
            elif part.key == "@type" and "@json" in texts:
                self.opaque.add(member.key)

    def _name(self, key: str, meaning: str) -> None:
        if meaning.startswith("@") and not key.startswith("@"):
            self.aliases.setdefault(meaning, set()).add(key)


@dataclass(slots=True, eq=False)
class Node:
    """An object that is a node, if it is what it looks like, and the contexts around and in it."""

    value: Value
    contexts: tuple[Value, ...]

    @property
    def members(self) -> list[Member]:
        """Its keys with their values."""
        return self.value.members or []


def words_of(tree: Value) -> Words:
    """Return what all contexts of a document say."""
    words = Words()
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        waiting += value.items or ()
        for member in value.members or ():
            if member.key == _CONTEXT:
                words.learn(member.value)
            else:
                waiting.append(member.value)
    return words


def nodes_of(tree: Value, words: Words) -> Iterator[Node]:
    """Yield the objects that look like nodes, in the order of the document."""
    waiting: list[tuple[Value, tuple[Value, ...], bool]] = [(tree, (), True)]
    while waiting:
        value, contexts, may_be = waiting.pop()
        if value.items is not None:
            waiting += ((item, contexts, may_be) for item in reversed(value.items))
            continue
        if value.members is None:
            continue
        contexts += tuple(one.value for one in value.members if one.key == _CONTEXT)
        if may_be and _looks_like_one(value.members, words):
            yield Node(value, contexts)
        waiting += (
            (member.value, contexts, not (member.key in words.maps or words.is_a(member.key, "@reverse")))
            for member in reversed(value.members)
            if member.key != _CONTEXT and member.key not in words.opaque
        )


def _looks_like_one(members: list[Member], words: Words) -> bool:
    keys = [member.key for member in members if member.key != _CONTEXT]
    if not keys or any(words.is_a(key, unlike) for key in keys for unlike in _UNLIKE):
        return False
    # The object around the default graph names nothing.
    return not all(words.is_a(key, "@graph") for key in keys)
