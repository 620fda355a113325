"""``repatria diff``: what changed between two graphs, in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from repatria.errors import UsageError
from repatria_cli.context import graph_of, reads
from repatria_cli.output import format_option, output_option, standard_input, writing
from repatria_cli.parameters import InputFile, Text

if TYPE_CHECKING:
    from repatria.diff import Diff, Side

# Listed here as well as in repatria.diff, so that `--help` imports none of it; a test compares.
FORMATS = ("text", "markdown", "json", "patch")
IGNORED = ("graphs", "assessments")
_LIMIT = 20


@click.command("diff", short_help="Show what changed between two files, stores or versions.")
@click.argument("first", metavar="A", type=InputFile("rdf", stdin=True))
@click.argument("second", metavar="[B]", required=False, type=InputFile("rdf", stdin=True))
@click.option("--git", is_flag=True, help="A and B are git revisions; without B the file as it is now.")
@click.option(
    "--path", metavar="FILE", type=Text(), help="With --git: the file, if it is not data/repatria.nq."
)  # fmt: skip
@click.option(
    "--ignore", metavar="PART", multiple=True, type=click.Choice(IGNORED),
    help="Do not compare graphs (their names) or assessments; may be given again.",
)  # fmt: skip
@click.option("--with-assessments", is_flag=True, help="List each assessment that changed.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), default=_LIMIT, show_default=True,
    help="List at most so many of each sort; json and patch are always whole.",
)  # fmt: skip
@format_option(FORMATS, "text if not given. One of", "text")
@output_option
@reads("graph")
def command(
    context: click.Context,
    first: str,
    second: str | None,
    git: bool,
    path: str | None,
    ignore: tuple[str, ...],
    with_assessments: bool,
    limit: int,
    format_: str,
    output: str,
) -> int:
    """Show what changed between two files, stores or versions of the dataset.

    A and B are RDF files of any format (- for stdin), or folders of
    workspaces or stores; without B, A is compared with the graph of the
    workspace, or the shipped one. Claims, counts and things are told in
    words, all else by subject; labels of blank nodes do not matter. Exit
    code 0 if both say the same, 1 if they differ.

    \b
    Examples:
      repatria diff old.nq new.nq
      repatria diff old.nq new.nq --format markdown -o changes.md
    """
    from repatria.diff import differences

    if path is not None and not git:
        raise UsageError("RP215", "--path goes with --git only", hint="name the two files as A and B")
    whole = format_ in ("json", "patch")
    # A patch has statements only.
    items = {"json": None, "patch": 0}.get(format_, limit)
    sides = _revisions(first, second, path) if git else _sides(context, first, second)
    with sides[0] as old, sides[1] as new:
        found = differences(old, new, ignore=ignore, limit=items, canonical=whole)
    with writing(output) as out:
        out.write(_rendered(found, format_, with_assessments).encode())
    return 0 if found.equal else 1


def _revisions(first: str, second: str | None, path: str | None) -> tuple[Side, Side]:
    from repatria.diff import at_revision, in_working_tree

    here = Path.cwd()
    new = in_working_tree(here, path) if second is None else at_revision(here, second, path)
    return at_revision(here, first, path), new


def _sides(context: click.Context, first: str, second: str | None) -> tuple[Side, Side]:
    from repatria.diff import side_of

    if first == second == "-":
        raise UsageError("RP215", "standard input can be read once only", hint="name a file for A or B")
    old = _side(first)
    if second is not None:
        return old, _side(second)
    graph = graph_of(context)
    return old, side_of(
        graph.dataset, "the graph of the workspace" if graph.workspace else "the shipped graph"
    )


def _side(name: str) -> Side:
    from repatria.diff import side_of

    return side_of(standard_input(), "-") if name == "-" else side_of(name)  # type: ignore[arg-type]


def _rendered(found: Diff, format_: str, assessments: bool) -> str:
    from repatria.diff import to_json, to_markdown, to_patch, to_text

    if format_ == "json":
        return to_json(found)
    if format_ == "patch":
        return to_patch(found)
    render = to_markdown if format_ == "markdown" else to_text
    return render(found, assessments=assessments)
