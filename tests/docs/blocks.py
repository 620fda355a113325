"""Fenced blocks of Markdown pages, and writing their outputs anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
# What a block is by its language. Kinds in SHOWN are not executed; a block of any other kind fails.
EXECUTED = frozenset(("console", "python", "pycon", "yaml", "toml", "turtle", "sparql"))
COMMANDS = frozenset(("sh",))  # the two commands of the README, which install packages
SHOWN = frozenset(("text",))
_FENCE = re.compile(r"^```(\S*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ORDER = re.compile(r"<!-- (file|append): (\S+) -->\s*\Z")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: page, line of its fence, language, text, and where the text stands in the page.

    ``order`` and ``target``: the comment ``<!-- file: PATH -->`` or ``<!-- append: PATH -->`` before it,
    which has the block written to, or at the end of, a file of the session; else both are empty.
    """

    page: Path
    line: int
    language: str
    text: str
    start: int
    order: str = ""
    target: str = ""

    @property
    def executed(self) -> bool:
        """Whether something is done with the block."""
        return self.language in EXECUTED or bool(self.order)

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page in their order."""
    text = page.read_text(encoding="utf8")
    found = []
    for fence in _FENCE.finditer(text):
        order = _ORDER.search(text, 0, fence.start())
        told = (order[1], order[2]) if order else ("", "")
        line = text.count("\n", 0, fence.start()) + 1
        found.append(Block(page, line, fence[1], fence[2], fence.start(2), *told))
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """A command (or a Python statement) and the output that the page shows below it."""

    source: str
    output: str


def steps(block: Block, first: str, more: str) -> list[Step]:
    """Split a transcript at the prompts ``first`` and, for further lines of one command, ``more``."""
    found: list[tuple[list[str], list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith(first):
            found.append(([line.removeprefix(first)], []))
            continue
        assert found, f"{block}: a transcript begins with “{first}”"
        command, output = found[-1]
        if not output and (line.startswith(more) or line == more.rstrip()):
            command.append(line[len(more) :])
        else:
            output.append(line)
    return [Step("\n".join(command), "".join(f"{line}\n" for line in output)) for command, output in found]


def transcript(done: list[Step], first: str, more: str) -> str:
    """Return a transcript as a page shows it: the reverse of :func:`steps`."""
    lines = []
    for step in done:
        head, *rest = step.source.split("\n")
        lines += [f"{first}{head}", *(f"{more}{line}".rstrip() for line in rest)]
        lines += [line.rstrip() for line in step.output.splitlines()]
    return "".join(f"{line}\n" for line in lines)


def rewrite(page: Path, changed: list[tuple[Block, str]]) -> None:
    """Put new texts in the place of those of blocks of ``page``."""
    text = page.read_text(encoding="utf8")
    for block, new in sorted(changed, key=_start, reverse=True):
        text = text[: block.start] + new + text[block.start + len(block.text) :]
    page.write_text(text, encoding="utf8")


def _start(change: tuple[Block, str]) -> int:
    return change[0].start
