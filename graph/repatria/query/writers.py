"""Rows in every format that the command line offers."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import IO, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.errors import MissingExtra
from repatria.query.rows import Rows, TermRow
from repatria.query.values import Term, plain, python_value, shown
from repatria.query.wrapping import wrapped
from repatria.terms import XSD

Prefixes = Mapping[str, str]
_STRING = XSD + "string"
# A column of a table on a screen may be folded to this many characters, but to no fewer.
_READABLE = 20


def write_rows(
    rows: Rows, format: str, out: IO[bytes], prefixes: Prefixes, *, terminal: bool = False
) -> None:
    """Write ``rows`` to the binary stream ``out`` as UTF-8.

    ``format`` is one of :data:`ROW_FORMATS`. ``table`` uses colour and the
    width of the screen only with ``terminal``. Raises MissingExtra for
    ``parquet`` without pyarrow.
    """
    if format == "parquet":
        _parquet(rows, out)
    elif format == "table":
        _table(rows, out, prefixes, terminal)
    else:
        for piece in _TEXT[format](rows, prefixes):
            out.write(piece.encode())


def write_boolean(answer: bool, format: str, out: IO[bytes]) -> None:
    """Write the answer of an ASK query in one of :data:`BOOLEAN_FORMATS`, mostly as the bare word."""
    word = "true" if answer else "false"
    if format == "sparql-json":
        text = json.dumps({"head": {}, "boolean": answer}) + "\n"
    elif format == "sparql-xml":
        text = f'<?xml version="1.0"?>\n<sparql xmlns="{_XML}"><head/><boolean>{word}</boolean></sparql>\n'
    else:
        text = word + "\n"
    out.write(text.encode())


def _delimited(delimiter: str, end: str) -> Callable[[Rows, Prefixes], Iterator[str]]:
    def write(rows: Rows, prefixes: Prefixes) -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
        writer.writerow(rows.columns)
        for row in rows.stream():
            writer.writerow([plain(term) for term in row])
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
        yield buffer.getvalue()

    return write


def _json_value(term: Term | None) -> Any:
    value = python_value(term)
    return value if value is None or type(value) in (bool, int, float) else plain(term)


def _records(rows: Rows) -> Iterator[str]:
    for row in rows.stream():
        record = dict(zip(rows.columns, map(_json_value, row), strict=True))
        yield json.dumps(record, ensure_ascii=False)


def _json(rows: Rows, prefixes: Prefixes) -> Iterator[str]:
    yield "["
    start = "\n"
    for record in _records(rows):
        yield f"{start}{record}"
        start = ",\n"
    yield "\n]\n"


def _json_lines(rows: Rows, prefixes: Prefixes) -> Iterator[str]:
    for record in _records(rows):
        yield record + "\n"


def _markdown(rows: Rows, prefixes: Prefixes) -> Iterator[str]:
    yield f"| {' | '.join(rows.columns)} |\n|{' --- |' * len(rows.columns)}\n"
    for row in rows.stream():
        yield f"| {' | '.join(_markdown_cell(shown(term, prefixes)) for term in row)} |\n"


def _markdown_cell(text: str) -> str:
    return re.sub(r"([\\|<>*_`\[\]])", r"\\\1", " ".join(text.split()))


def _html(rows: Rows, prefixes: Prefixes) -> Iterator[str]:
    head = "".join(f"<th>{escape(name)}</th>" for name in rows.columns)
    yield f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
    for row in rows.stream():
        yield f"<tr>{''.join(f'<td>{_html_cell(term, prefixes)}</td>' for term in row)}</tr>\n"
    yield "</tbody>\n</table>\n"


def _html_cell(term: Term | None, prefixes: Prefixes) -> str:
    text = escape(shown(term, prefixes))
    linked = isinstance(term, NamedNode) and term.value.startswith(("http://", "https://"))
    return f"<a href={_attribute(plain(term))}>{text}</a>" if linked else text


def _sparql_json(rows: Rows, prefixes: Prefixes) -> Iterator[str]:
    yield f'{{"head": {json.dumps({"vars": list(rows.columns)})}, "results": {{"bindings": ['
    start = "\n"
    for row in rows.stream():
        pairs = zip(rows.columns, row, strict=True)
        binding = {name: _json_term(term) for name, term in pairs if term is not None}
        yield start + json.dumps(binding, ensure_ascii=False)
        start = ",\n"
    yield "\n]}}\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": plain(term)}
    if isinstance(term, Literal) and term.language:
        found["xml:lang"] = term.language
    elif isinstance(term, Literal) and term.datatype.value != _STRING:
        found["datatype"] = term.datatype.value
    return found


_XML = "http://www.w3.org/2005/sparql-results#"
_XML_KINDS = {"uri": "uri", "bnode": "bnode", "literal": "literal"}


def _sparql_xml(rows: Rows, prefixes: Prefixes) -> Iterator[str]:
    head = "".join(f"<variable name={_attribute(name)}/>" for name in rows.columns)
    yield f'<?xml version="1.0"?>\n<sparql xmlns="{_XML}">\n<head>{head}</head>\n<results>\n'
    for row in rows.stream():
        pairs = zip(rows.columns, row, strict=True)
        bindings = (_xml_binding(name, term) for name, term in pairs if term is not None)
        yield f"<result>{''.join(bindings)}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml_binding(name: str, term: Term) -> str:
    found = _json_term(term)
    kind = _XML_KINDS[found["type"]]
    attributes = "".join(
        f" {key}={_attribute(found[key])}" for key in ("xml:lang", "datatype") if key in found
    )
    text = escape(found["value"], quote=False).replace("\r", "&#13;")  # else read as a line feed
    value = f"<{kind}{attributes}>{text}</{kind}>"
    return f"<binding name={_attribute(name)}>{value}</binding>"


def _sparql_tsv(rows: Rows, prefixes: Prefixes) -> Iterator[str]:
    yield "\t".join("?" + name for name in rows.columns) + "\n"
    for row in rows.stream():
        yield "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) + "\n"


def _table(rows: Rows, out: IO[bytes], prefixes: Prefixes, terminal: bool) -> None:
    terms = list(rows.stream())
    if terminal and _too_narrow(rows.columns, terms, prefixes):
        _blocks(rows.columns, terms, out, prefixes)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for position, name in enumerate(rows.columns):
        numbers = [python_value(row[position]) for row in terms if row[position] is not None]
        right = bool(numbers) and all(type(value) is int for value in numbers)
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in terms:
        table.add_row(*(Text(shown(term, prefixes)) for term in row))
    text = io.TextIOWrapper(out, encoding="utf8", write_through=True)
    try:
        # Off a terminal nothing is wrapped: the reader may be another program.
        width = None if terminal else 100_000
        coloured = terminal and not os.environ.get("NO_COLOR")
        console = Console(file=text, width=width, color_system="auto" if coloured else None)
        console.print(table)
    finally:
        text.detach()  # the stream below stays open


def _too_narrow(columns: tuple[str, ...], terms: list[TermRow], prefixes: Prefixes) -> bool:
    """Say whether the screen is too narrow for so many columns, each as wide as what can be read."""
    widths = [len(name) for name in columns]
    for row in terms:
        widths = [max(width, len(shown(term, prefixes))) for width, term in zip(widths, row, strict=True)]
    needed = sum(min(width, _READABLE) + 2 for width in widths) - 2
    return needed > shutil.get_terminal_size().columns


def _blocks(columns: tuple[str, ...], terms: list[TermRow], out: IO[bytes], prefixes: Prefixes) -> None:
    """Write one block of ``name  value`` lines for each row, without what is unbound."""
    width = max(len(name) for name in columns)
    screen = shutil.get_terminal_size().columns
    for number, row in enumerate(terms):
        pairs = zip(columns, (shown(term, prefixes) for term in row), strict=True)
        blocks = (wrapped(f"{name:<{width}}  ", value, width + 2, screen) for name, value in pairs if value)
        lines = [f"{line}\n" for block in blocks for line in block]
        out.write(("\n" * bool(number) + "".join(lines)).encode())


def _parquet(rows: Rows, out: IO[bytes]) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    columns = list(zip(*([_json_value(term) for term in row] for row in rows.stream()), strict=True))
    filled = columns or [() for _ in rows.columns]
    arrays = [_arrow(pyarrow, list(values)) for values in filled]
    pyarrow.parquet.write_table(pyarrow.table(arrays, names=list(rows.columns)), out)


def _arrow(pyarrow: Any, values: list[Any]) -> Any:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        return pyarrow.array(values, pyarrow.int64())
    if len(kinds) == 1 and kinds <= {bool, float}:
        return pyarrow.array(values)
    return pyarrow.array([None if value is None else str(value) for value in values], pyarrow.string())


_TEXT: dict[str, Callable[[Rows, Prefixes], Iterator[str]]] = {
    "csv": _delimited(",", "\n"),
    "tsv": _delimited("\t", "\n"),
    "json": _json,
    "jsonl": _json_lines,
    "markdown": _markdown,
    "html": _html,
    "sparql-json": _sparql_json,
    "sparql-xml": _sparql_xml,
    "sparql-csv": _delimited(",", "\r\n"),
    "sparql-tsv": _sparql_tsv,
}
ROW_FORMATS = ("table", *_TEXT, "parquet")
BOOLEAN_FORMATS = ("table", *_TEXT)


def _attribute(text: str) -> str:
    # Imported when needed: it brings urllib along, a third of a cold start.
    from xml.sax.saxutils import quoteattr

    return quoteattr(text)
