"""Running a query: prefixes supplied, nothing changed, nothing fetched, errors with their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Triple

from repatria.errors import InputError, Location, StoreError
from repatria.query.rows import Rows, TermRow
from repatria.query.tokens import form, names_graphs
from repatria.query.values import Term
from repatria.store import Dataset

_T = TypeVar("_T")


@dataclass(slots=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE query; iterate once."""

    triples: Iterable[Triple]

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)


Answer = Rows | bool | Triples


@dataclass(frozen=True, slots=True)
class Query:
    """A query ready to run: its text with parameters bound, its name for messages.

    ``graphs``: the named graphs that make up the default graph, or None for
    those that the query names (FROM), or else the union of all but drafts;
    ``limit``: at most so many rows or triples.
    """

    text: str
    name: str = "query"
    graphs: tuple[str, ...] | None = None
    limit: int | None = None


def run(dataset: Dataset, query: Query, timeout: float | None = None) -> Answer:
    """Return the answer of a query: :class:`Rows`, a bool, or :class:`Triples`.

    With ``timeout`` (seconds) it runs in a process of its own that is ended
    when the time is over. Raises InputError RP320 (syntax), RP102 (no text),
    UsageError RP208 (update), RP209 (SERVICE), QueryTimeout RP406, StoreError RP407.
    """
    form(query.text)
    _check_encoding(query)
    if timeout is not None:
        from repatria.query.guard import run_guarded

        return run_guarded(dataset, query, timeout)
    try:
        return answer(evaluate(dataset, query), query.limit)
    except SyntaxError as error:
        raise syntax_error(query, str(error), dataset.prefixes) from None
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError("RP407", f"the query failed: {error}") from None


def answer(results: Any, limit: int | None = None) -> Answer:
    """Return pyoxigraph's results as an answer, cut after ``limit``."""
    if isinstance(results, QueryBoolean):
        return bool(results)
    if isinstance(results, QuerySolutions):
        names = [variable.value for variable in results.variables]
        rows: Iterator[TermRow] = (tuple(solution) for solution in results)
        return Rows(names, _told(islice(rows, limit)))
    return Triples(_told(islice(results, limit)))


def _told(items: Iterator[_T]) -> Iterator[_T]:
    try:
        yield from items
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError("RP407", f"the query failed: {error}") from None


def _check_encoding(query: Query) -> None:
    """Raise InputError for what a terminal may hand over but no query holds: bytes that are not UTF-8."""
    try:
        query.text.encode()
    except UnicodeEncodeError:
        raise InputError("RP102", "is not UTF-8 text", location=Location(query.name)) from None


def evaluate(dataset: Dataset, query: Query) -> Any:
    """Return pyoxigraph's own results; raises its own errors."""
    if query.graphs is None and names_graphs(query.text):
        return dataset.store.query(query.text, prefixes=dataset.prefixes)
    graphs: list[NamedNode] | None = dataset.default_graph()
    if query.graphs is not None:
        graphs = [NamedNode(name) for name in query.graphs]
    return dataset.store.query(
        query.text,
        prefixes=dataset.prefixes,
        default_graph=graphs,  # type: ignore[arg-type]
        use_default_graph_as_union=graphs is None,
    )


def syntax_error(query: Query, message: str, prefixes: Mapping[str, str]) -> InputError:
    """Return the error of a query that is no SPARQL, with the line and a caret.

    ``message`` is Oxigraph's; ``prefixes`` are those that were supplied.
    """
    from repatria.query.diagnosis import mistake

    line, column, text = mistake(query.text, message, prefixes)
    lines = query.text.split("\n")
    excerpt = ""
    if line <= len(lines):
        excerpt = f"  {lines[line - 1]}\n  {' ' * (column - 1)}^"
    return InputError(
        "RP320",
        f"SPARQL cannot be read: {text}",
        hint="prefixes such as rep: and schema: are supplied; `repatria query --prefixes` lists them",
        location=Location(query.name, line, column),
        excerpt=excerpt,
    )


def ask_all(dataset: Dataset, text: str, convert: Callable[..., _T]) -> list[_T]:
    """Return ``convert(*terms)`` of each row of an internal SELECT query."""
    found = run(dataset, Query(text))
    assert isinstance(found, Rows)
    return [convert(*row) for row in found.stream()]


def texts(*terms: Term | None) -> tuple[str, ...]:
    """Return a row as texts: of an IRI or literal its value, nothing for no value. For :func:`ask_all`."""
    return tuple(getattr(term, "value", "") for term in terms)
