"""Numbers, days and directions in words, as labels show them and as text alternatives read them."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence

from repatria.assess.results import Interval, TallyRow, Thing, Unit

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def spoken(interval: Interval) -> str:
    """Return an interval as it is read out: “1,003”, “5,500 to 6,500”, “1,001 or more”."""
    return str(interval).replace("–", " to ")


def count_of(number: int, one: str, many: str = "") -> str:
    """Return “1 exchange”, “2 exchanges”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(date: dt.date) -> str:
    """Return “17 July 2025”."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def days(first: dt.date | None, last: dt.date | None) -> str:
    """Return the days between which something lies: “7 June 2025 to 30 June 2025”."""
    if first is None and last is None:
        return "date unknown"
    if first is None or last is None:
        return f"since {day(first)}" if first else f"until {day(last)}" if last else ""
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def month(key: str) -> str:
    """Return “July 2025” for ``2025-07``, each part of “2025-06 to 2025-07”, and any other text as it is."""
    return " to ".join(_month(part) for part in key.split(" to "))


def _month(key: str) -> str:
    year, _, number = key.partition("-")
    is_month = year.isdigit() and number.isdigit() and 1 <= int(number) <= 12
    return f"{MONTHS[int(number) - 1]} {year}" if is_month else key


def direction(from_: Thing | None, to: Thing | None) -> str:
    """Return “Exampleland → Samplestan”, or what is known of it."""
    if from_ is None or to is None:
        return f"from {from_}" if from_ else f"to {to}" if to else "direction not stated"
    return f"{from_} → {to}"


def way_of(row: TallyRow) -> Thing:
    """Return the direction of a row as a thing; a party’s own rows are handed over or received."""
    if row.from_ and row.to:
        return Thing(f"{row.from_.iri} {row.to.iri}", direction(row.from_, row.to))
    return Thing("from", "handed over to anybody") if row.from_ else Thing("to", "received from anybody")


def span_of(units: Sequence[Unit]) -> tuple[dt.date, dt.date] | None:
    """Return the earliest and latest day of the units, None if none has a date."""
    known = [date for unit in units for date in (unit.not_before, unit.not_after) if date is not None]
    return (min(known), max(known)) if known else None


def sentence(text: str) -> str:
    """Return text with a capital letter and a full stop."""
    return headed(text) + ("" if text.endswith(".") else ".")


def headed(text: str) -> str:
    """Return text with a capital letter."""
    return text[:1].upper() + text[1:]


def wrapped(text: str, width: int, lines: int = 2) -> list[str]:
    """Break text into so many lines of so many characters; what does not fit ends in “…”."""
    return textwrap.wrap(text, width, max_lines=lines, placeholder=" …") or [""]


def of_measures(rows: Sequence[TallyRow]) -> dict[Thing, list[TallyRow]]:
    """Return the rows by what they count, in order of first appearance."""
    grouped: dict[Thing, list[TallyRow]] = {}
    for row in rows:
        grouped.setdefault(row.measure, []).append(row)
    return grouped
