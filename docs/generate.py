"""Write the generated parts of the documentation: ``python -m docs.generate``.

A part stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``; all else is written by hand.
``--check`` writes nothing, tells what is out of date, and leaves with exit code 1 if anything is.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click
from docs.tables import table

import repatria
from docs import vocabulary
from repatria.assess import results as told
from repatria.export.columns import COLUMNS, Column
from repatria.query.saved import load_query, saved_queries
from repatria.workspace import read_workspace
from repatria_cli.main import COMMANDS, cli

DOCS = Path(__file__).resolve().parent
_PART = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_EXAMPLES = re.compile(r"\n*^\s*(Examples?|Try):\n", re.MULTILINE)


# ---- The command line -----------------------------------------------------------------------------------


def program() -> str:
    """The reference of what stands before the commands, from click's own declarations."""
    return _command(cli, _top(), "## `repatria`")


def command(name: str) -> str:
    """The reference of one command."""
    top = _top()
    found = cli.get_command(top, name)
    assert found is not None
    context = click.Context(found, info_name=name, parent=top)
    return _command(found, context, f"## `repatria {name}`")


def _top() -> click.Context:
    return cli.make_context("repatria", [], resilient_parsing=True)


def _command(command: click.Command, context: click.Context, heading: str) -> str:
    prose, *rest = _EXAMPLES.split((command.help or "").replace("\b", ""), maxsplit=1)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    paragraphs = [" ".join(part.split()) for part in prose.split("\n\n") if part.strip()]
    out = [heading, *paragraphs, f"```text\n{usage}\n```"]
    records = [found for param in command.get_params(context) if (found := param.get_help_record(context))]
    out.append(table(("Option", "Meaning"), ((f"`{option}`", told) for option, told in records if told)))
    if rest:
        out.append(f"Examples:\n\n```text\n{inspect.cleandoc(rest[-1]).strip()}\n```")
    return "\n\n".join(out)


# ---- Saved queries --------------------------------------------------------------------------------------


def queries() -> str:
    """The saved queries, from their headers."""
    return "\n\n".join(_query(path) for path in saved_queries().values())


def _query(path: Path) -> str:
    query = load_query(path)
    text = query.answers or query.title
    out = [f"## {query.name}", f"{query.title}: {text}" if query.answers else f"{query.title}."]
    if query.parameters:
        rows = ((f"`{p.name}`", p.type, "no" if p.optional else "yes", p.help) for p in query.parameters)
        out.append(table(("Parameter", "Type", "Required", "Meaning"), rows))
    notes = re.findall(r"^# note:\s*(.+)$", query.text, re.MULTILINE)
    return "\n\n".join([*out, " ".join(notes)] if notes else out)


# ---- Python, settings -----------------------------------------------------------------------------------


def names() -> str:
    """The public names of the package, from their docstrings."""
    return "\n\n".join(map(_name, sorted((n for n in repatria.__all__ if n[0] != "_"), key=str.casefold)))


def _name(name: str) -> str:
    found = getattr(repatria, name)
    out = [f"### `repatria.{name}`"]
    if not inspect.isclass(found):
        out.append(f"```text\n{name}{_call(found)}\n```")
    out.append(_prose(found))
    if inspect.isclass(found) and not issubclass(found, (BaseException, str)):
        out.append("\n".join(f"- `{member}`: {text}" for member, text in _members(found)))
    return "\n\n".join(part for part in out if part)


def _members(kind: type) -> Iterator[tuple[str, str]]:
    for member, value in vars(kind).items():
        plain = value.fget if isinstance(value, property) else value
        if not member.startswith("_") and inspect.isfunction(plain):
            call = "" if isinstance(value, property) else _call(plain)
            yield member + call, " ".join(_prose(plain).split())


def _call(function: Callable[..., object]) -> str:
    """Return the signature as it is written, but for `self` and defaults that are functions."""
    signature = inspect.signature(function)
    told: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not any(part.startswith("*") for part in told):
            told.append("*")
        star = "**" if parameter.kind is parameter.VAR_KEYWORD else ""
        default = "" if parameter.default is parameter.empty else f" = {_default(parameter.default)}"
        told.append(f"{star}{parameter.name}: {parameter.annotation}{default}")
    return f"({', '.join(told)}) -> {signature.return_annotation}"


def _default(value: object) -> str:
    return "…" if callable(value) else repr(value)


def _prose(thing: object) -> str:
    text = re.sub(r":\w+:`~?(?:[\w.]*\.)?(\w+)`", r"`\1`", inspect.getdoc(thing) or "")
    return text.replace("``", "`")


def results() -> str:
    """The dataclasses that assessments are told in, from their declarations."""
    found = (getattr(told, name) for name in vars(told) if inspect.isclass(getattr(told, name)))
    return "\n\n".join(_result(kind) for kind in found if kind.__module__ == told.__name__)


def _result(kind: type) -> str:
    declared = kind.__annotations__.items()
    fields = ", ".join(f"{name}: {getattr(kept, '__forward_arg__', kept)}" for name, kept in declared)
    return f"#### `{kind.__name__}`\n\n```text\n{kind.__name__}({fields})\n```\n\n{_prose(kind)}"


def export_columns() -> str:
    """The columns of the flat table of counts."""
    rows = (
        (f"`{column.name}`", _kind(column), column.description, f"`{column.property}`") for column in COLUMNS
    )
    return table(("Column", "Type", "What it holds", "Property"), rows)


def _kind(column: Column) -> str:
    several = f", several separated by `{column.separator}`" if column.separator else ""
    return f"{column.kind}{several}{', never empty' if column.required else ''}"


def settings() -> str:
    """The settings of the checkout's own workspace, as an example that is read."""
    read_workspace(DOCS.parent)
    lines = (DOCS.parent / "repatria.toml").read_text(encoding="utf8").strip()
    return f"```toml\n{lines}\n```"


PARTS: dict[str, Callable[[], str]] = {
    "repatria": program,
    **{f"repatria-{name}": partial(command, name) for name in COMMANDS},
    "queries": queries,
    "dossier-keys": vocabulary.dossier_keys,
    "entity-keys": vocabulary.entity_keys,
    "value-types": vocabulary.value_types,
    "classes": vocabulary.classes,
    "properties": vocabulary.properties,
    "schemes": vocabulary.schemes,
    "rules": vocabulary.rules,
    "prefixes": vocabulary.prefix_table,
    "names": names,
    "results": results,
    "export-columns": export_columns,
    "settings": settings,
}


def filled(text: str) -> str:
    """Return ``text`` with its generated parts as they should be now."""
    return _PART.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}\n{found[3]}", text)


def main(arguments: list[str]) -> int:
    """Write, or with ``--check`` compare, all pages of this folder."""
    outdated = []
    for path in sorted(DOCS.glob("*.md")):
        before = path.read_text(encoding="utf8")
        if (now := filled(before)) != before:
            outdated.append(path.name)
            if "--check" not in arguments:
                path.write_text(now, encoding="utf8")
    told = "out of date; run python -m docs.generate" if "--check" in arguments else "written"
    sys.stderr.writelines(f"{name}: {told}\n" for name in outdated)
    return 1 if outdated and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
