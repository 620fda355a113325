"""The costly half of RDFC-1.0: the hash of a blank node by its neighbours, in bounded work.

W3C Recommendation RDF Dataset Canonicalization (2024), sections 4.6 to 4.8. In the worst case the
algorithm takes exponential time, so every step is counted, and the count, not the clock, ends it. It runs on
a stack of its own, so that long chains do not exhaust Python's.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from hashlib import sha256
from itertools import permutations

from repatria.canonical.tokens import QuadTokens


class TooMuchWork(Exception):
    """The blank nodes cannot be told apart within the steps allowed."""


class Issuer:
    """Gives identifiers in order of asking: a prefix and a running number."""

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self._prefix = prefix
        self.issued = issued or {}

    def issue(self, node: str) -> str:
        """Return the identifier of a node, which may be a new one."""
        known = self.issued.get(node)
        if known is None:
            known = self.issued[node] = f"{self._prefix}{len(self.issued)}"
        return known

    def copy(self) -> Issuer:
        """Return an issuer that goes on from here by itself."""
        return Issuer(self._prefix, dict(self.issued))


Result = tuple[str, Issuer]
Asking = Generator[tuple[str, Issuer], Result, Result]


class Neighbours:
    """Hashes blank nodes by their neighbours.

    ``quads``: blank node → the quads it is in; ``first``: blank node → its first-degree hash;
    ``canonical``: the issuer of the final labels; ``steps``: how many steps are allowed in all.
    """

    def __init__(
        self, quads: dict[str, list[QuadTokens]], first: dict[str, str], canonical: Issuer, steps: int
    ) -> None:
        self._quads, self._first, self._canonical, self._left = quads, first, canonical, steps
        self._hashes: dict[str, str] = {}
        self._links: dict[str, list[tuple[str, str, str]]] = {}

    def result(self, node: str, issuer: Issuer) -> Result:
        """Return the N-degree hash of a node and the issuer that named what was met on the way.

        Raises TooMuchWork.
        """
        stack = [self._hash(node, issuer)]
        answer: Result | None = None
        while True:
            try:
                asked = stack[-1].send(answer) if answer else next(stack[-1])
            except StopIteration as done:
                stack.pop()
                answer = done.value
                if not stack:
                    assert answer is not None
                    return answer
            else:
                stack.append(self._hash(*asked))
                answer = None

    def _hash(self, node: str, issuer: Issuer) -> Asking:
        """Hash N-Degree Quads; what it yields, it asks the hash of."""
        data: list[str] = []
        for related, nodes in sorted(self._related(node, issuer).items()):
            if len(nodes) > 1:
                path, issuer = yield from self._shortest(nodes, issuer)
            else:
                # Nobody else goes on from this issuer, so it need not be copied.
                path, issuer = yield from self._only(nodes[0], issuer)
            data += (related, path)
        return sha256("".join(data).encode()).hexdigest(), issuer

    def _related(self, node: str, issuer: Issuer) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        links = self._links.get(node)
        if links is None:
            links = self._links[node] = list(_links(node, self._quads[node]))
        self._spend(1 + len(links))
        for position, predicate, other in links:
            found.setdefault(self._related_hash(other, position, predicate, issuer), []).append(other)
        return found

    def _related_hash(self, node: str, position: str, predicate: str, issuer: Issuer) -> str:
        label = self._canonical.issued.get(node) or issuer.issued.get(node)
        key = f"{position}{predicate}_:{label}" if label else f"{position}{predicate}{self._first[node]}"
        known = self._hashes.get(key)
        if known is None:
            known = self._hashes[key] = sha256(key.encode()).hexdigest()
        return known

    def _only(self, node: str, issuer: Issuer) -> Asking:
        """Return the path of a single neighbour, and the issuer after it."""
        if label := self._canonical.issued.get(node):
            return f"_:{label}", issuer
        if node in issuer.issued:
            return f"_:{issuer.issued[node]}", issuer
        label = issuer.issue(node)
        digest, issuer = yield node, issuer
        return f"_:{label}_:{label}<{digest}>", issuer

    def _shortest(self, nodes: list[str], issuer: Issuer) -> Asking:
        """Return the path of the order of ``nodes`` that comes first, and the issuer after it."""
        chosen: Result | None = None
        for order in permutations(nodes):
            self._spend(len(nodes) + len(issuer.issued))
            found = yield from self._path(order, issuer.copy(), chosen[0] if chosen else None)
            if found is not None and (chosen is None or found[0] < chosen[0]):
                chosen = found
        assert chosen is not None
        return chosen

    def _path(
        self, order: tuple[str, ...], issuer: Issuer, best: str | None
    ) -> Generator[tuple[str, Issuer], Result, Result | None]:
        """Return the path of one order, or None as soon as it cannot come before ``best``."""
        path, later = "", []
        for node in order:
            if label := self._canonical.issued.get(node):
                path += f"_:{label}"
            else:
                if node not in issuer.issued:
                    later.append(node)
                path += f"_:{issuer.issue(node)}"
            if best is not None and len(path) >= len(best) and path > best:
                return None
        for node in later:
            digest, after = yield node, issuer
            path += f"_:{issuer.issue(node)}<{digest}>"
            issuer = after
            if best is not None and len(path) >= len(best) and path > best:
                return None
        return path, issuer

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise TooMuchWork


def _links(node: str, quads: list[QuadTokens]) -> Iterator[tuple[str, str, str]]:
    """Yield position, predicate (none for the name of a graph) and blank node of the neighbours."""
    for subject, predicate, value, graph in quads:
        if subject[0] == "_" and subject != node:
            yield "s", predicate, subject
        if value[0] == "_" and value != node:
            yield "o", predicate, value
        if graph[:1] == "_" and graph != node:
            yield "g", "", graph


def by_hash(hashes: dict[str, str]) -> Iterator[list[str]]:
    """Yield the nodes of each hash, in the order of the hashes."""
    groups: dict[str, list[str]] = {}
    for node, digest in hashes.items():
        groups.setdefault(digest, []).append(node)
    for digest in sorted(groups):
        yield groups[digest]
