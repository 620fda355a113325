"""Dates as printed and as days: partial dates and weekdays."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

# English, Ukrainian, Russian; where the accusative ("у середу", "в пятницу") differs, that too.
_WEEKDAYS = (
    ("monday", "понеділок", "понедельник"),
    ("tuesday", "вівторок", "вторник"),
    ("wednesday", "середа", "середу", "среда", "среду"),
    ("thursday", "четвер", "четверг"),
    ("friday", "п'ятниця", "п'ятницю", "пятница", "пятницу"),
    ("saturday", "субота", "суботу", "суббота", "субботу"),
    ("sunday", "неділя", "неділю", "воскресенье"),
)
_BY_NAME = {name: day for day, names in enumerate(_WEEKDAYS) for name in names}
_BEFORE = re.compile(r"^(?:on|у|в|во)\s+")
_APOSTROPHES = str.maketrans("’ʼ", "''")


@lru_cache(maxsize=4096)
def day(text: str) -> dt.date:
    """Return the day ``YYYY-MM-DD``. Raises ValueError if there is no such day."""
    return dt.date.fromisoformat(text)


def span(partial: str) -> tuple[dt.date, dt.date]:
    """Return the first and last day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Raises ValueError if there is no such day or month.
    """
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 3:
        only = day(partial)
        return only, only
    first_month, last_month = (parts[1], parts[1]) if len(parts) == 2 else (1, 12)
    last_day = calendar.monthrange(parts[0], last_month)[1]
    return dt.date(parts[0], first_month, 1), dt.date(parts[0], last_month, last_day)


@lru_cache(maxsize=4096)
def weekday(words: str) -> int | None:
    """Return 0 (Monday) to 6 if ``words`` name a weekday in English, Ukrainian or Russian.

    A preposition may stand before it: "on Thursday", "у четвер", "в пятницу".
    """
    name = words.strip().casefold().translate(_APOSTROPHES)
    return _BY_NAME.get(_BEFORE.sub("", name))


def resolve(words: str, published: dt.date) -> dt.date | None:
    """Return the day that a weekday's name means in a source published on ``published``.

    It is the latest such day that is not after the publication, the reading
    of news agencies' style books; None if ``words`` is no weekday.
    """
    wanted = weekday(words)
    if wanted is None:
        return None
    return published - dt.timedelta(days=(published.weekday() - wanted) % 7)
