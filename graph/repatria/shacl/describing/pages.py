"""The documentation of shapes as text, Markdown, and a page of HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import IO

from repatria.errors import UsageError
from repatria.shacl.describing.chapters import Chapter, Rule, anchor
from repatria.shacl.describing.examples import Example
from repatria.shacl.describing.marking import as_html, as_markdown, as_text, marked
from repatria.shacl.formats.markdown import code, escaped, is_link
from repatria.shacl.formats.page import filters, foot, head, is_web, linked
from repatria.shacl.naming import harmless

_TITLE = "Shapes"


def write_shapes(chapters: Iterable[Chapter], out: IO[bytes], format: str) -> None:
    """Write chapters to a binary stream as UTF-8; ``format`` is one of :data:`FORMATS`.

    Raises :class:`UsageError` RP304 for another.
    """
    if format not in _WRITERS:
        hint = f"shapes are described as {', '.join(FORMATS)}"
        raise UsageError("RP304", f"no format of a description: {format}", hint=hint)
    for piece in _WRITERS[format](chapters):
        out.write(piece.encode())


# ---- Text -----------------------------------------------------------------------------------------------


def _text(chapters: Iterable[Chapter]) -> Iterator[str]:
    between = ""
    for chapter in chapters:
        yield between + "".join(f"{line}\n" for line in _text_head(chapter))
        for rule in chapter.rules:
            yield "".join(f"{line}\n" for line in _text_rule(rule))
        between = "\n"


def _text_head(chapter: Chapter) -> Iterator[str]:
    yield harmless(_name(chapter))
    for text in (*_described(chapter), *_for(chapter)):
        yield f"  {as_text(text)}"


def _text_rule(rule: Rule) -> Iterator[str]:
    yield ""
    yield f"  {as_text(_heading(rule))}  ({rule.severity})"
    if rule.told_before:
        yield "    as above"
        return
    yield from (f"    {as_text(text)}" for text in _said(rule))
    for told, example, _ in _examples(rule):
        yield f"    {told}: {harmless(example.told)}"
        yield from (f"        {harmless(line)}" for line in example.turtle.splitlines())


# ---- Markdown -------------------------------------------------------------------------------------------


def _markdown(chapters: Iterable[Chapter]) -> Iterator[str]:
    yield f"# {_TITLE}\n"
    for chapter in chapters:
        said = (*_described(chapter, page=False), *_for(chapter))
        parts = [f"## {escaped(_name(chapter))}", *map(as_markdown, said), *_address(chapter.text.page)]
        yield "".join(f"\n{part}\n" for part in parts)
        for rule in chapter.rules:
            yield "".join(f"\n{part}\n" for part in _markdown_rule(rule))


def _markdown_rule(rule: Rule) -> Iterator[str]:
    name = anchor(rule.title)
    if rule.told_before:
        yield f"### {as_markdown(_heading(rule))}\n\nAs [above](#{name})."
        return
    # The address does not depend on how a site makes addresses of headings.
    yield (f'<a id="{name}"></a>\n\n' if name else "") + f"### {as_markdown(_heading(rule))}"
    yield f"*{escaped(rule.severity)}*"
    yield "\n".join(f"- {as_markdown(text)}" for text in rule.must)
    yield from map(as_markdown, _told(rule, page=False))
    yield from _address(rule.text.page)
    if rule.query:
        yield _fenced(rule.query, "sparql")
    for told, example, _ in _examples(rule):
        yield f"{told}: {escaped(example.told)}"
        if example.turtle:
            yield _fenced(example.turtle, "text")


def _address(page: str) -> Iterator[str]:
    if is_web(page):
        yield f"<{page}>" if is_link(page) else code(page)


def _fenced(text: str, language: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{harmless(text)}\n{fence}"


# ---- HTML -----------------------------------------------------------------------------------------------


def _html(chapters: Iterable[Chapter]) -> Iterator[str]:
    yield head(_TITLE) + filters({"severity": "Severity", "shape": "Shape"})
    yield "<table>\n<thead><tr><th>Severity</th><th>Rule</th><th>Examples</th></tr></thead>\n"
    for chapter in chapters:
        about = "".join(f"<p>{as_html(text)}</p>" for text in (*_described(chapter), *_for(chapter)))
        title = f"<h2>{escape(_name(chapter))}</h2>"
        yield f'<tbody>\n<tr class="chapter"><td colspan="3">{title}{about}</td></tr>\n'
        for rule in chapter.rules:
            yield _html_rule(rule, _name(chapter))
        yield "</tbody>\n"
    yield f"</table>\n{foot()}"


def _html_rule(rule: Rule, shape: str) -> str:
    name = anchor(rule.title)
    here = f' id="{escape(name)}"' if name and not rule.told_before else ""
    data = f'data-severity="{escape(rule.severity)}" data-shape="{escape(shape)}"'
    severity = f'<span class="{escape(rule.severity)}">{escape(rule.severity)}</span>'
    if rule.told_before:
        what, examples = f'<p>As <a href="#{escape(name)}">above</a>.</p>', ""
    else:
        what, examples = "".join(_html_what(rule)), "".join(_html_examples(rule))
    cells = f"<td>{severity}</td><td><h3>{as_html(_heading(rule))}</h3>{what}</td><td>{examples}</td>"
    return f"<tr{here} {data}>{cells}</tr>\n"


def _html_what(rule: Rule) -> Iterator[str]:
    yield f"<ul>{''.join(f'<li>{as_html(text)}</li>' for text in rule.must)}</ul>"
    yield from (f"<p>{as_html(text)}</p>" for text in _told(rule, page=False))
    if is_web(rule.text.page):
        yield f"<p>{linked(rule.text.page, rule.text.page)}</p>"
    if rule.query:
        yield f"<details><summary>query</summary><pre>{escape(harmless(rule.query))}</pre></details>"


def _html_examples(rule: Rule) -> Iterator[str]:
    for told, example, other in _examples(rule):
        kind = "good" if told == "accepted" else "violation"
        yield f'<p><span class="{kind}">{told}</span> {escape(harmless(example.told))}</p>'
        if example.turtle:
            yield f"<pre>{marked(example.turtle, other)}</pre>"


# ---- What is said in each -------------------------------------------------------------------------------


def _name(chapter: Chapter) -> str:
    return harmless(chapter.title or chapter.text.name or "a shape without a name")


def _described(chapter: Chapter, *, page: bool = True) -> Iterator[str]:
    if chapter.text.description or chapter.text.name:
        yield harmless(chapter.text.description or chapter.text.name)
    if chapter.deactivated:
        yield "deactivated"
    if page and is_web(chapter.text.page):
        yield _plain(chapter.text.page)


def _for(chapter: Chapter) -> Iterator[str]:
    yield f"For {' and '.join(chapter.targets)}." if chapter.targets else "For what other shapes refer to it."


def _heading(rule: Rule) -> str:
    """Return name and path of a rule; terms stand between backticks."""
    name = f"`{rule.title.replace('`', 'ˋ')}`" if rule.title else ""
    return f"{name}, {rule.path}" if name and rule.path else name or rule.path or "the node itself"


def _said(rule: Rule) -> Iterator[str]:
    yield from rule.must
    yield from _told(rule)
    yield from (harmless(line) for line in rule.query.splitlines())


def _told(rule: Rule, *, page: bool = True) -> Iterator[str]:
    if rule.deactivated:
        yield "deactivated"
    if rule.message:
        yield _plain(f"Message: {rule.message}")
    if rule.text.description:
        yield _plain(rule.text.description)
    if page and is_web(rule.text.page):
        yield _plain(rule.text.page)


def _plain(text: str) -> str:
    """Return text of the shapes in one line, of which no part is set off."""
    return " ".join(harmless(text).split()).replace("`", "ˋ")


def _examples(rule: Rule) -> Iterator[tuple[str, Example, str]]:
    """Yield the word for each example, the example, and the statements of the other one."""
    both = (("accepted", rule.accept, rule.reject), ("rejected", rule.reject, rule.accept))
    for told, example, other in both:
        if example is not None:
            yield told, example, other.turtle if other else ""


_WRITERS: dict[str, Callable[[Iterable[Chapter]], Iterator[str]]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
}
FORMATS = tuple(_WRITERS)
"""The formats in which shapes are described."""
