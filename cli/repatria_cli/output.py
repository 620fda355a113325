"""Where output goes and in which format: stdout or a file written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from repatria.errors import InputError, Location, RepatriaError, StoreError, UsageError
from repatria_cli.parameters import OutputFile

if TYPE_CHECKING:
    from repatria.query.rows import Rows
    from repatria.query.run import Answer

_F = TypeVar("_F", bound=Callable[..., Any])

# Listed here as well as where they are written, so that `--help` imports no writer; a test compares.
ROW_FORMATS = (
    "table", "csv", "tsv", "json", "jsonl", "markdown", "html",
    "sparql-json", "sparql-xml", "sparql-csv", "sparql-tsv", "parquet",
)  # fmt: skip
GRAPH_FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")
EXPORT_FORMATS = (*GRAPH_FORMATS, "csv", "parquet")


def output_option(function: _F) -> _F:
    """Add ``-o FILE``."""
    text = "Write to FILE, whole or not at all; - for stdout."
    return click.option("-o", "--output", metavar="FILE", type=OutputFile(), default="-", help=text)(function)


def format_option(formats: tuple[str, ...], text: str, default: str | None = None) -> Callable[[_F], _F]:
    """Add ``--format`` with a help text that lists the formats."""
    told = f"{text}: {', '.join(formats)}."
    choice = click.Choice(formats)
    return click.option("--format", "format_", metavar="FORMAT", type=choice, default=default, help=told)


def row_format_option(function: _F) -> _F:
    """Add ``--format`` for rows."""
    return format_option(ROW_FORMATS, "Without it a table on a terminal, else csv. One of")(function)


def standard_input() -> IO[bytes]:
    """Return the bytes of stdin. Raises InputError RP101 if it is closed."""
    if sys.stdin is None:
        place = Location("-")
        raise InputError("RP101", "standard input is closed", hint="name a file instead", location=place)
    return sys.stdin.buffer


def is_terminal(output: str) -> bool:
    """Say whether output goes to a terminal."""
    return output == "-" and sys.stdout is not None and sys.stdout.isatty()


def fitted(text: str) -> str:
    """Return a line for stderr, broken where a terminal is narrower."""
    if sys.stderr is None or not sys.stderr.isatty():
        return text
    return click.wrap_text(text, shutil.get_terminal_size().columns, subsequent_indent="  ")


@contextlib.contextmanager
def writing(output: str) -> Iterator[IO[bytes]]:
    """Give a binary stream to write to.

    A file is written beside its place and renamed when it is whole; what was
    there before stays if anything goes wrong. A device or named pipe is
    written as it is. Raises StoreError RP404, RP405.
    """
    with writing_with_others(output) as (stream, _):
        yield stream


@contextlib.contextmanager
def writing_with_others(output: str) -> Iterator[tuple[IO[bytes], dict[str, bytes]]]:
    """Give a binary stream to write to, and a dict for the small files that belong beside the file, by name.

    All of them are written before any is put in place: first the file, then
    the others in their order. They are left out where ``output`` is stdout, a
    device or a named pipe. Raises StoreError RP404, RP405.
    """
    if output == "-":
        if sys.stdout is None:
            raise StoreError("RP404", "standard output is closed", hint="-o FILE writes to a file")
        yield sys.stdout.buffer, {}
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        special = target.exists() and not target.is_file()
        with _as_it_is(target) if special else _replaced(target.resolve()) as found:
            yield found
    except OSError as error:
        raise _cannot_write(target, error) from None


@contextlib.contextmanager
def _as_it_is(target: Path) -> Iterator[tuple[IO[bytes], dict[str, bytes]]]:
    with target.open("wb") as stream:
        yield stream, {}


@contextlib.contextmanager
def _replaced(target: Path) -> Iterator[tuple[IO[bytes], dict[str, bytes]]]:
    others: dict[str, bytes] = {}
    with contextlib.ExitStack() as debris:
        ready = {target: _temporary(target, debris)}
        with ready[target].open("wb") as stream:
            yield stream, others
            _settle(stream)
        for place, data in ((target.with_name(name), data) for name, data in others.items()):
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))
            ready[place] = _temporary(place, debris)
            with ready[place].open("wb") as stream:
                stream.write(data)
                _settle(stream)
        for place, temporary in ready.items():
            temporary.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask())
            temporary.replace(place)


def _temporary(target: Path, debris: contextlib.ExitStack) -> Path:
    """Return a new empty file beside ``target``, which ``debris`` removes if it is still there."""
    import tempfile

    from repatria_cli.interrupt import undone_by

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    os.close(handle)
    temporary = Path(name)
    debris.callback(temporary.unlink, missing_ok=True)
    debris.enter_context(undone_by(temporary.unlink))
    return temporary


def _settle(stream: IO[bytes]) -> None:
    """Have what was written on the disk."""
    stream.flush()
    os.fsync(stream.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(target: Path, error: OSError) -> RepatriaError:
    full = error.errno == errno.ENOSPC
    message = "cannot be written: " + ("the disk is full" if full else (error.strerror or str(error)).lower())
    hint = "what was there before is untouched"
    # A file beside it is told by its own name.
    place = Path(error.filename) if isinstance(error.filename, str) else target
    shown = target if place.name.startswith(f".{target.name[:100]}.") else target.with_name(place.name)
    return StoreError("RP405" if full else "RP404", message, hint=hint, location=Location(str(shown)))


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
            raise _other_kind(format_, "graphs", "rows", ROW_FORMATS)
        print_rows(answer, format_, output, prefixes)
    elif isinstance(answer, bool):
        from repatria.query.writers import BOOLEAN_FORMATS, write_boolean

        if format_ is not None and format_ not in BOOLEAN_FORMATS:
            raise _other_kind(format_, "rows or graphs", "true or false", BOOLEAN_FORMATS)
        with writing(output) as out:
            write_boolean(answer, format_ or "", out)
    else:
        from repatria.export import write_graph

        if format_ is not None and format_ not in GRAPH_FORMATS:
            raise _other_kind(format_, "rows", "a graph", GRAPH_FORMATS)
        with writing(output) as out:
            write_graph(answer, format_ or "turtle", out, prefixes)


def _other_kind(format_: str | None, meant: str, given: str, formats: tuple[str, ...]) -> UsageError:
    message = f"{format_} is for {meant}, and this query gives {given}"
    return UsageError("RP200", message, hint=f"formats: {' '.join(formats)}")
