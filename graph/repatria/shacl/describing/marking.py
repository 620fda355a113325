"""Clauses in which terms stand between backticks, for text, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from repatria.shacl.formats.markdown import code, escaped
from repatria.shacl.naming import harmless


def as_text(clause: str) -> str:
    """Return a clause without its backticks."""
    return harmless(clause.replace("`", ""))


def as_markdown(clause: str) -> str:
    """Return a clause with its terms as code."""
    return _by_parts(clause, code, lambda text: _spaced(text, escaped(text)))


def as_html(clause: str) -> str:
    """Return a clause with its terms as code."""
    return _by_parts(harmless(clause), lambda text: f"<code>{escape(text)}</code>", escape)


def marked(text: str, other: str) -> str:
    """Return Turtle as HTML, its lines that another text does not have marked."""
    known = {line.strip() for line in other.splitlines()}
    return "\n".join(_marked(line, known) for line in harmless(text).splitlines())


def _marked(line: str, known: set[str]) -> str:
    told = line.strip()
    if not told or not known or told in known:
        return escape(line)
    indent = line[: len(line) - len(line.lstrip())]
    return f"{escape(indent)}<mark>{escape(told)}</mark>"


def _by_parts(clause: str, of_term: Callable[[str], str], of_text: Callable[[str], str]) -> str:
    parts = clause.split("`")
    return "".join(of_term(part) if number % 2 else of_text(part) for number, part in enumerate(parts))


def _spaced(text: str, written: str) -> str:
    """Return what was written of a text with the spaces at its ends, where terms are beside it."""
    if not text.strip():
        return text
    return " " * text.startswith(" ") + written + " " * text.endswith(" ")
