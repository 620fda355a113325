"""How what was assessed is printed: text on a terminal, rows elsewhere, and on stderr what is missing."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from repatria_cli.output import is_terminal, print_rows, writing

if TYPE_CHECKING:
    from repatria.assess.containers import Assessments, Explanation, Fulfilments, Tally, Timeline
    from repatria.session import Graph

    Assessed = Assessments | Tally | Fulfilments | Timeline | Explanation


def print_assessed(found: Assessed, graph: Graph, format_: str | None, output: str) -> bool:
    """Write what was assessed, after warnings on stderr; return whether it was written as text."""
    for problem in found.problems:
        click.echo(str(problem), err=True)
    undated = getattr(found, "undated", 0)
    if undated:
        counts, whose = ("1 count is", "its") if undated == 1 else (f"{undated:,} counts are", "their")
        click.echo(f"{counts} left out, since nothing tells when {whose} source appeared", err=True)
    terminal = is_terminal(output)
    as_text = format_ == "table" or (format_ is None and terminal)
    if as_text:
        width = shutil.get_terminal_size().columns if terminal else None
        with writing(output) as out:
            out.write(found.text(width).encode())
    else:
        print_rows(found.rows(), format_, output, graph.prefixes)
    return as_text
