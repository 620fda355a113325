"""The chain behind a claim or a group, as numbered steps."""

from __future__ import annotations

from collections.abc import Iterator

from repatria.assess.containers import Explanation
from repatria.assess.results import Step
from repatria.assess.telling.columns import table
from repatria.assess.telling.phrases import key_of
from repatria.query.wrapping import wrapped


def steps(told: Explanation, width: int | None) -> Iterator[str]:
    """Yield the title and the numbered steps."""
    yield from wrapped("", told.title, 2, width)
    yield ""
    rows = [(f"{n}.", step.title, _text(step)) for n, step in enumerate(told.steps, 1)]
    yield from table(rows, width, indent=1, most=(6, 14), right=(0,), last=20)


def _text(step: Step) -> str:
    """Return the text of a step; of a group also the key by which it can be explained itself."""
    return f"{step.text}\nkey: {key_of(step.iri)}" if step.title == "group" else step.text
