"""Text in a column that begins somewhere on the line."""

from __future__ import annotations

from collections.abc import Iterator


def wrapped(start: str, text: str, indent: int, width: int | None) -> Iterator[str]:
    """Yield the lines of ``start`` and ``text``, broken at words after ``width`` characters.

    The lines after the first are indented by ``indent``. Without ``width``
    there is one line, as long as it is.
    """
    if width is None or len(start) + len(text) <= width:
        yield f"{start}{text}".rstrip()
        return
    import textwrap

    yield from textwrap.wrap(
        text,
        max(width, indent + 20),
        initial_indent=start,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
