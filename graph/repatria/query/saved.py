"""Saved queries: one ``.rq`` file each, with a header that says what it answers and its parameters.

Header lines are comments before the query::

    # title: Claims by an agent
    # answers: which claims does one official, body or unnamed source make?
    # param: by entity — whose claims
    # param: since date optional — published on or after that day

A parameter's type is ``entity``, ``date``, ``integer``, ``text`` or
``concept:SCHEME``; it is bound as a term wherever its variable stands, so it
cannot be selected or assigned. What may be left out stands beside
``!BOUND(?by)``: ``FILTER(!BOUND(?by) || ?asserter = ?by)``. A column of the
answer may have the name of a parameter: ``SELECT (?actName AS ?act)``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from pyoxigraph import Literal

from repatria.errors import InputError, Location, UsageError
from repatria.query.names import find, find_concept
from repatria.query.run import Query
from repatria.query.tokens import bind, check_parameters, variables
from repatria.resources import folder
from repatria.store import Dataset
from repatria.terms import SCHEMES, XSD, iri
from repatria.textfile import read_text

_LINE = re.compile(r"#\s*(title|answers|param|note):\s*(.*)")
_PARAM = re.compile(r"(\w+)\s+(entity|date|integer|text|concept:[a-z]+)(\s+optional)?\s*(?:[—-]\s*(.*))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: name of its variable, type, whether it may be left out, what it means."""

    name: str
    type: str
    optional: bool
    help: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with its header. ``name`` is the file's name without ``.rq``."""

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    text: str


def parse_query(name: str, text: str, file: str) -> SavedQuery:
    """Return a query with the header in its text.

    Raises InputError RP322 for a wrong header line, a parameter declared twice or that the
    query does not use, and one that stands where SPARQL takes a variable only.
    """
    head: dict[str, str] = {}
    parameters: list[Parameter] = []
    used = variables(text)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            break
        found = _LINE.fullmatch(line.strip())
        if found and found[1] == "param":
            parameter = _parameter(found[2], Location(file, number))
            _check(parameter, parameters, used, Location(file, number))
            parameters.append(parameter)
        elif found:
            head[found[1]] = found[2]
    check_parameters(text, [parameter.name for parameter in parameters])
    return SavedQuery(name, head.get("title", name), head.get("answers", ""), tuple(parameters), text)


def _check(parameter: Parameter, before: list[Parameter], used: set[str], place: Location) -> None:
    if parameter.name not in used:
        message = f"the parameter {parameter.name} does not stand in the query"
        raise InputError("RP322", message, location=place)
    if any(parameter.name == other.name for other in before):
        raise InputError("RP322", f"the parameter {parameter.name} is declared twice", location=place)


def _parameter(text: str, place: Location) -> Parameter:
    found = _PARAM.fullmatch(text)
    if not found or (found[2].startswith("concept:") and found[2][8:] not in SCHEMES):
        hint = "# param: NAME entity|date|integer|text|concept:SCHEME [optional] — what it means"
        raise InputError("RP322", "this is no parameter", hint=hint, location=place)
    return Parameter(found[1], found[2], bool(found[3]), found[4] or "")


def saved_queries(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the files of all saved queries by name; those of ``folders`` go before the shipped ones."""
    result: dict[str, Path] = {}
    for place in (folder("queries"), *folders):
        result.update({path.stem: path for path in sorted(place.glob("*.rq"))})
    return dict(sorted(result.items()))


def load_query(path: Path) -> SavedQuery:
    """Return the saved query of a file. Raises InputError RP101, RP102, RP322."""
    return parse_query(path.stem, read_text(path, str(path)), str(path))


def find_query(known: Mapping[str, Path], name: str) -> SavedQuery:
    """Return one of the saved queries by its name. Raises UsageError RP205 if there is none of that name."""
    if name not in known:
        import difflib

        close = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean “{close[0]}”?" if close else "`repatria query --list` lists them"
        raise UsageError("RP205", f"there is no saved query “{name}”", hint=hint)
    return load_query(known[name])


def is_name(text: str) -> bool:
    """Say whether a text can be nothing but the name of a saved query: SPARQL has blanks or braces."""
    return bool(text) and not any(char.isspace() or char in "{}?" for char in text)


def bound(dataset: Dataset, query: SavedQuery, given: Mapping[str, str], limit: int | None = None) -> Query:
    """Return ``query`` with its parameters bound as terms.

    ``given`` maps names of parameters to values as typed. Raises UsageError
    RP203 (unknown, missing or wrong parameter), RP201, RP202 (names).
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            hint = f"its parameters: {', '.join(known)}" if known else "it has no parameters"
            raise UsageError("RP203", f"{query.name} has no parameter “{name}”", hint=hint)
    values: dict[str, str] = {}
    for parameter in query.parameters:
        if parameter.name in given:
            values[parameter.name] = str(_term(dataset, parameter, given[parameter.name]))
        elif not parameter.optional:
            hint = f"--param {parameter.name}=… ({parameter.type}: {parameter.help})"
            raise UsageError("RP203", f"{query.name} needs the parameter “{parameter.name}”", hint=hint)
    return Query(bind(query.text, values), query.name, limit=limit)


def _term(dataset: Dataset, parameter: Parameter, value: str) -> object:
    kind, _, scheme = parameter.type.partition(":")
    if kind == "entity":
        return find(dataset, value)
    if kind == "concept":
        return find_concept(dataset, scheme, value)
    if kind == "date":
        return Literal(str(day(parameter.name, value)), datatype=iri(XSD + "date"))
    if kind == "integer":
        if not re.fullmatch(r"-?[0-9]{1,18}", value):
            message = f"“{parameter.name}” must be a whole number, not “{value}”"
            raise UsageError("RP203", message, hint="digits only, such as 1000")
        return Literal(str(int(value)), datatype=iri(XSD + "integer"))
    if any("\ud800" <= char <= "\udfff" for char in value):
        message = f"“{parameter.name}” must be UTF-8 text"
        raise UsageError("RP203", message, hint="check the encoding of the terminal")
    return Literal(value)


@overload
def day(name: str, value: None) -> None: ...
@overload
def day(name: str, value: str | dt.date) -> dt.date: ...
def day(name: str, value: str | dt.date | None) -> dt.date | None:
    """Return the day that a parameter was given as. Raises UsageError RP203 for what is no YYYY-MM-DD."""
    if value is None or isinstance(value, dt.date):
        return value
    try:
        # fromisoformat alone would take 20250717 and week dates as well.
        if not _DAY.fullmatch(value):
            raise ValueError
        return dt.date.fromisoformat(value)
    except ValueError:
        message = f"“{name}” must be a day YYYY-MM-DD, not “{value}”"
        raise UsageError("RP203", message, hint="such as 2025-07-17") from None
