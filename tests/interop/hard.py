"""Graphs that are hard to write: what breaks serializers and parsers, and occurs in somebody's data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from repatria.terms import RDF, XSD

EX = "http://example.org/"
PREFIXES = {"ex": EX, "dotted.prefix": f"{EX}dotted#", "rdf": RDF, "xsd": XSD}
Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal

# Local names that must be escaped after a prefix or written in full, and letters beyond ASCII.
_NAMES = (
    "a.b", "a.", ".a", "-a", "a-", "1", "1.5", "a/b", "a//b", "a#b", "a?b=c&d=e", "a%20b", "a%2Fb", "a,b",
    "a;b", "(a)", "a'b", "a*b+c", "a~b!c$d", "a@b", "a:b", ":a", "a_b", "_a", "Обмен", "обміну-1000", "交換",
    "Ǆ", "a\u0301", "😀", "", "dotted#x", "dotted#", "true", "null", "UPPER", "e1", "x=y",
)  # fmt: skip
_TEXTS = (
    "", " ", "a", '"', "'", '"""', "'''", 'ends in "', "ends in \\", "\\u0041", "\\n", "line\nline", "\n",
    "\n\n", "tab\ttab", "Обмін тілами — 1 000", "«1 212»", "a\u00a0b", "a\u2028b\u2029c", "e\u0301", "\ufeff",
    "😀", "\U0010ffff", "שלום", "<a>&amp;]]>", "{}", "${x}", "%s", "#", "# no comment", "@en", "^^", "\u200b",
    "\x7f", "\u0085", "x" * 10_000,
)  # fmt: skip
_RETURNS = ("line\r\nline", "line\rline", "\r")
_CONTROLS = ("a\x01b", "a\x08b", "a\x0bb", "a\x0cb", "a\x1fb")
_NONCHARACTERS = ("a\ufffeb", "a\uffffb")
_TAGS = ("en", "en-GB", "zh-Hant-TW", "uk", "sr-Latn", "x-private", "de-1996")
_TYPED = (
    ("1", "integer"), ("-1003", "integer"), ("1003", "nonNegativeInteger"), ("1" * 40, "integer"),
    ("1.5", "decimal"), ("true", "boolean"), ("2025-12-19", "date"), ("2025-12", "gYearMonth"),
    ("2025", "gYear"), ("2025-12-19T10:00:00", "dateTime"), ("2025-12-19T10:00:00+02:00", "dateTime"),
    ("P1Y2M", "duration"), ("http://example.org/?a=b&c", "anyURI"), ("AQID", "base64Binary"),
)  # fmt: skip
_UNUSUAL = (
    ("01", "integer"), ("+1", "integer"), ("-0", "integer"), (".5", "decimal"), ("1.50", "decimal"),
    ("1", "boolean"), ("2025-12-19Z", "date"), ("2025-12-19T10:00:00Z", "dateTime"), ("0a0B", "hexBinary"),
)  # fmt: skip
_FLOATS = (("1e0", "double"), ("1.0E6", "double"), ("INF", "double"), ("NaN", "double"), ("1.5", "float"))


def _says(subject: Node, predicate: str, value: Value) -> Quad:
    return Quad(subject, NamedNode(EX + predicate), value)


def _ring(nodes: Sequence[Node]) -> list[Quad]:
    return [_says(node, "next", other) for node, other in zip(nodes, [*nodes[1:], nodes[0]], strict=True)]


def _texts(texts: Iterable[str]) -> list[Quad]:
    subject, held = NamedNode(f"{EX}texts"), list(texts)
    plain = [_says(subject, "text", Literal(text)) for text in held]
    return plain + [_says(subject, "said", Literal(text, language="uk")) for text in held]


def _typed(typed: Iterable[tuple[str, str]]) -> list[Quad]:
    subject = NamedNode(f"{EX}typed")
    return [_says(subject, "value", Literal(text, datatype=NamedNode(XSD + kind))) for text, kind in typed]


def _tagged() -> list[Quad]:
    subject = NamedNode(f"{EX}tagged")
    other = Literal("a", datatype=NamedNode(f"{EX}type?of=a,b"))
    return [
        *(_says(subject, "said", Literal("a", language=tag)) for tag in _TAGS),
        _says(subject, "is", other),
    ]


def _list(items: Sequence[Value]) -> tuple[BlankNode, list[Quad]]:
    first, rest, nil = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
    cells = [BlankNode() for _ in items]
    rests: list[Value] = [*cells[1:], nil]
    quads = [Quad(cell, first, item) for cell, item in zip(cells, items, strict=True)]
    quads += [Quad(cell, rest, other) for cell, other in zip(cells, rests, strict=True)]
    return cells[0], quads


def _blank() -> list[Quad]:
    """Nodes in a ring, one used twice, one alone, one of itself, a list in a list, a list used twice."""
    shared, alone, itself = BlankNode(), BlankNode(), BlankNode()
    quads = _ring([BlankNode() for _ in range(3)])
    quads += [_says(NamedNode(EX + name), "shares", shared) for name in "ab"]
    quads += [_says(alone, "text", Literal("alone")), _says(itself, "knows", itself)]
    inner, cells = _list([Literal("1"), Literal("2")])
    outer, more = _list([inner, NamedNode(f"{RDF}nil"), Literal("a", language="en")])
    quads += [*cells, *more, _says(NamedNode(f"{EX}a"), "list", outer)]
    twice, cells = _list([Literal("twice")])
    return [*quads, *cells, *(_says(NamedNode(EX + name), "list", twice) for name in "bc")]


def _graphs() -> list[Quad]:
    names = [NamedNode(f"{EX}graph/{name}") for name in ("a.", "Обмен", "1")]
    return [Quad(q.subject, q.predicate, q.object, name) for name in names for q in TOPICS["names"]]


TOPICS: dict[str, list[Quad]] = {
    "names": _ring([NamedNode(EX + name) for name in _NAMES]),
    "texts": _texts(_TEXTS),
    "carriage returns": _texts(_RETURNS),
    "control characters": _texts(_CONTROLS),
    "noncharacters": _texts(_NONCHARACTERS),
    "types": [*_typed(_TYPED), *_tagged()],
    "unusual forms": _typed(_UNUSUAL),
    "floating point": _typed(_FLOATS),
    "blank nodes": _blank(),
}
"""What is hard about it → the quads."""
TOPICS["graphs"] = _graphs()
