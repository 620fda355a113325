"""How the triples that a query looks for hang together with the node it is asked about.

A triple can matter to the answer for ``$this`` only if it matches a pattern
whose variables lead back to ``$this`` by other patterns that must match as
well. Which must, is a matter of the groups:

- what is joined must all match; so the patterns of a group lead back from those of inner groups and branches
  of UNION, by the variables they share;
- OPTIONAL looks at solutions of what stands before it, by the variables that are bound there in any case;
- EXISTS looks at the solutions of its group, likewise;
- a sub-select knows ``$this`` and what is bound beforehand, nothing else of what is around it.

From a pattern that does not lead back so, there is no way to the nodes
concerned: any of them may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from repatria.shacl.changing.patterns import Group, NotUnderstood, Part, Pattern, read_groups


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """How the values of a variable lead back: by ``pattern`` to those of the variable at its other end.

    ``forward`` says that they are its subjects, and those at the other end its
    values. ``depth`` is the number of patterns to the variable ``root``, which
    is bound beforehand; without ``pattern`` the anchor is of that itself.
    """

    root: str
    depth: int = 0
    pattern: Pattern | None = None
    forward: bool = False
    parent: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The patterns of a query: those that lead back, and others, which are ``loose``.

    ``held`` has the pattern, whether it is held by its subject, and the anchor of that end.
    """

    held: list[tuple[Pattern, bool, Anchor]] = field(default_factory=list)
    loose: list[Pattern] = field(default_factory=list)


@lru_cache(maxsize=500)
def bounds_of(text: str, prefixes: str, roots: frozenset[str]) -> Bounds | None:
    """Return how the patterns of a query lead back to variables that are bound beforehand.

    None if the query has something that is not understood here.
    """
    try:
        group = read_groups(text, prefixes)
    except NotUnderstood:
        return None
    reader = _Reader({name: Anchor(name) for name in sorted(roots)})
    reader.group(group, {}, ())
    return reader.bounds


Anchors = Mapping[str, Anchor]


class _Reader:
    """Goes through the groups from outside to inside; ``roots`` are known in each of them."""

    def __init__(self, roots: Anchors) -> None:
        self._roots = roots
        self.bounds = Bounds()

    def group(self, group: Group, around: Anchors, known: Iterable[str]) -> None:
        """Take a group.

        ``around`` are the anchors of variables of what it is joined with; ``known`` the variables
        that its conditions see beside its own.
        """
        anchors = _anchored(_that_must_match(group), {**around, **self._roots})
        before: set[str] = set()
        for part in group.parts:
            if isinstance(part, Pattern):
                self._hold(part, anchors)
            else:
                self._part(part, anchors, before, known)
            before.update(_variables(_patterns_of(part)))
        everywhere = _only(anchors, before.union(known))
        for part in group.parts:
            if isinstance(part, Part) and part.kind == "filter":
                for inner in part.groups:
                    self.group(inner, everywhere, ())

    def _part(self, part: Part, anchors: Anchors, before: set[str], known: Iterable[str]) -> None:
        for inner in part.groups:
            if part.kind == "join":
                self.group(inner, anchors, ())
            elif part.kind == "optional":
                self.group(inner, _only(anchors, before), before)
            elif part.kind == "bind":
                self.group(inner, _only(anchors, before), ())
            elif part.kind == "select":
                self.group(inner, {}, ())

    def _hold(self, pattern: Pattern, anchors: Anchors) -> None:
        ends = ((pattern.subject, True), (pattern.value, False))
        known = [(pattern, by, anchors[end]) for end, by in ends if isinstance(end, str) and end in anchors]
        if known:
            self.bounds.held.append(min(known, key=lambda one: one[2].depth))
        else:
            self.bounds.loose.append(pattern)


def _only(anchors: Anchors, names: Iterable[str]) -> Anchors:
    return {name: anchors[name] for name in names if name in anchors}


def _patterns_of(part: Pattern | Part) -> Iterator[Pattern]:
    """Yield the patterns of a part of a group that match in each of its solutions."""
    if isinstance(part, Pattern):
        yield part
    elif part.kind == "join" and len(part.groups) == 1:
        yield from _that_must_match(part.groups[0])


def _that_must_match(group: Group) -> Iterator[Pattern]:
    for part in group.parts:
        yield from _patterns_of(part)


def _variables(patterns: Iterable[Pattern]) -> Iterator[str]:
    for pattern in patterns:
        yield from (place for place in (pattern.subject, pattern.value) if isinstance(place, str))


def _anchored(patterns: Iterable[Pattern], known: Anchors) -> Anchors:
    """Return the known anchors and those of all variables that the patterns lead back from."""
    found = dict(known)
    waiting = list(patterns)
    while waiting:
        left = [pattern for pattern in waiting if not _extend(found, pattern)]
        if len(left) == len(waiting):
            break
        waiting = left
    return found


def _extend(found: dict[str, Anchor], pattern: Pattern) -> bool:
    """Anchor one end of a pattern by the other; return False as long as neither is anchored."""
    subject, value = pattern.subject, pattern.value
    ends = [end for end in (subject, value) if isinstance(end, str)]
    anchored = [end for end in ends if end in found]
    if not anchored:
        return False
    for end in ends:
        if end not in found:
            parent = found[anchored[0]]
            forward = end == subject
            found[end] = Anchor(parent.root, parent.depth + 1, pattern, forward, parent)
    return True
