"""Where output goes and in which format: stdout or a file written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from repatria.errors import Location, RepatriaError, StoreError, UsageError

if TYPE_CHECKING:
    from repatria.query.rows import Rows
    from repatria.query.run import Answer

_F = TypeVar("_F", bound=Callable[..., Any])

# Listed here as well as where they are written, so that `--help` need not import the writers; a test compares.
ROW_FORMATS = (
    "table", "csv", "tsv", "json", "jsonl", "markdown", "html",
    "sparql-json", "sparql-xml", "sparql-csv", "sparql-tsv", "parquet",
)  # fmt: skip
GRAPH_FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")


def output_option(function: _F) -> _F:
    """Add ``-o FILE``."""
    return click.option("-o", "--output", metavar="FILE", default="-", help="Write to FILE, - for stdout.")(function)


def row_format_option(function: _F) -> _F:
    """Add ``--format`` for rows."""
    text = "Format; without it a table on a terminal, else csv."
    return click.option("--format", "format_", type=click.Choice(ROW_FORMATS), help=text)(function)


def is_terminal(output: str) -> bool:
    """Say whether output goes to a terminal."""
    return output == "-" and sys.stdout.isatty()


@contextlib.contextmanager
def writing(output: str) -> Iterator[IO[bytes]]:
    """Give a binary stream to write to.

    A file is written beside its place and renamed when it is whole; what was
    there before stays if anything goes wrong. Raises StoreError RP404, RP405.
    """
    if output == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise _cannot_write(target, error) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _cannot_write(target, error) from None
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(target: Path, error: OSError) -> RepatriaError:
    full = error.errno == errno.ENOSPC
    message = "cannot be written: " + ("the disk is full" if full else error.strerror or str(error))
    hint = "what was there before is untouched"
    return StoreError("RP405" if full else "RP404", message, hint=hint, location=Location(str(target)))


def print_rows(rows: Rows, format_: str | None, output: str, prefixes: dict[str, str]) -> None:
    """Write rows in the format asked for, or a table on a terminal and csv elsewhere."""
    from repatria.query.writers import write_rows

    terminal = is_terminal(output)
    chosen = format_ or ("table" if terminal else "csv")
    if chosen == "parquet" and terminal:
        raise UsageError("RP204", "parquet is binary and does not go to a terminal", hint="-o FILE.parquet")
    with writing(output) as out:
        write_rows(rows, chosen, out, prefixes, terminal=terminal)


def print_answer(answer: Answer, format_: str | None, output: str, prefixes: dict[str, str]) -> None:
    """Write the answer of any query: rows, true or false, or triples."""
    from repatria.query.rows import Rows

    if isinstance(answer, Rows):
        if format_ in GRAPH_FORMATS:
            raise UsageError("RP200", f"{format_} is for graphs, and this query gives rows", hint=_formats(ROW_FORMATS))
        print_rows(answer, format_, output, prefixes)
    elif isinstance(answer, bool):
        from repatria.query.writers import write_boolean

        with writing(output) as out:
            write_boolean(answer, format_ or "", out)
    else:
        from repatria.export import write_graph

        if format_ is not None and format_ not in GRAPH_FORMATS:
            raise UsageError("RP200", f"{format_} is for rows, and this query gives a graph", hint=_formats(GRAPH_FORMATS))
        with writing(output) as out:
            write_graph(answer, format_ or "turtle", out, prefixes)


def _formats(names: tuple[str, ...]) -> str:
    return "formats: " + " ".join(names)
