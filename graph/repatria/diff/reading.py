"""What else has to be known to tell a difference in words: found in one pass each over the lines."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from repatria.diff.lines import parts, quads_of
from repatria.diff.roots import Root, root_of
from repatria.diff.sides import Lines
from repatria.terms import DCTERMS, NS, OA, RDFS, SCHEMA, SKOS

_NAMES = (
    SKOS + "prefLabel", RDFS + "label", SCHEMA + "name", SCHEMA + "headline", DCTERMS + "title",
    "http://xmlns.com/foaf/0.1/name", OA + "exact",
)  # fmt: skip
_NAMED = tuple(f"<{name}>".encode() for name in _NAMES)
_ANCHORS = tuple(f"> <{NS}{name}> <".encode() for name in ("passage", "evidence"))
# So many segments of an IRI may follow that of the thing that it belongs to.
_DEEP = 5


def kept(
    lines: Lines, wanted: Collection[Root], but: Container[bytes], vocabulary: bool
) -> Iterator[tuple[Root, bytes, bytes]]:
    """Yield root, subject and statement of what belongs to ``wanted`` and is in both graphs.

    ``but`` are the statements of the first graph that the second has not.
    """
    starts = {root.subject[:-1] for root in wanted}
    for block in lines.blocks():
        split = block.splitlines()
        met = {start for start in {line.partition(b">")[0] for line in split} if _begins(start, starts)}
        for line in split if met else ():
            start = line.partition(b">")[0]
            if start in met and line not in but:
                found = root_of(start + b">", line[:-2].rpartition(b" ")[2], vocabulary)
                if found in wanted:
                    yield found, start + b">", line


def _begins(subject: bytes, starts: set[bytes]) -> bool:
    for _ in range(_DEEP):
        if subject in starts:
            return True
        subject = subject.rpartition(b"/")[0]
    return False


def holders(lines: Lines, spans: set[bytes]) -> dict[bytes, bytes]:
    """Return for passages and evidence the claim or count that rests on each, the first of several."""
    found: dict[bytes, bytes] = {}
    for block in lines.blocks() if spans else ():
        for anchor in _ANCHORS:
            for line in _with(block, anchor):
                subject, _, value, _ = parts(line)
                if value in spans:
                    found[value] = min(subject, found.get(value, subject))
    return found


def _with(block: bytes, text: bytes) -> Iterator[bytes]:
    """Yield the lines in which a text stands."""
    at = block.find(text)
    while at >= 0:
        end = block.index(b"\n", at)
        yield block[block.rfind(b"\n", 0, at) + 1 : end]
        at = block.find(text, end)


def mentioned(lines: Iterable[bytes]) -> set[bytes]:
    """Return the IRIs (in angle brackets) that stand as subject or object, and where their words stand."""
    found: set[bytes] = set()
    for line in lines:
        subject, _, value, _ = parts(line)
        found |= {term for term in (subject, value) if term.startswith(b"<") and not term.startswith(b"<<")}
    return found | {term[:-1] + b"/quote>" for term in found if b"/id/evidence/" in term}


def names(sides: Iterable[Lines], wanted: set[bytes]) -> dict[str, str]:
    """Return the label of each IRI: English, or without a language, or the first; earlier sides first."""
    labels: dict[str, str] = {}
    for lines in sides:
        for name, found in _named(lines, wanted).items():
            labels.setdefault(name, min(found)[-1])
    return labels


def _named(lines: Lines, wanted: set[bytes]) -> dict[str, list[tuple[int, int, str, str]]]:
    found: dict[str, list[tuple[int, int, str, str]]] = {}
    starts = {term[:-1] for term in wanted}
    chosen = [
        line
        for block in lines.blocks()
        for line in block.splitlines()
        if line.partition(b">")[0] in starts and any(name in line for name in _NAMED)
    ]
    for quad in quads_of(chosen):
        value, name = quad.object, quad.predicate.value
        if name in _NAMES and isinstance(value, Literal) and isinstance(quad.subject, NamedNode):
            rank = 0 if value.language == "en" else 2 if value.language else 1
            found.setdefault(quad.subject.value, []).append(
                (rank, _NAMES.index(name), value.language or "", value.value)
            )
    return found
