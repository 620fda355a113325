"""Partial dates and weekdays."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.dossier.dates import day, resolve, span, weekday

WEEK = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "uk": ["понеділок", "вівторок", "середа", "четвер", "п'ятниця", "субота", "неділя"],
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
}
PHRASES = {
    "on Thursday": 3, " THURSDAY ": 3, "у четвер": 3, "В четвер": 3, "в четверг": 3,
    "у середу": 2, "в среду": 2, "у п’ятницю": 4, "в п'ятницю": 4, "пʼятниця": 4, "в пятницу": 4,
    "у суботу": 5, "в субботу": 5, "в неділю": 6, "во вторник": 1, "в воскресенье": 6,
}  # fmt: skip
NO_WEEKDAY = ["", "on", "Thurs", "Thursday evening", "last Thursday", "17 July", "четверо", "суботник"]
NAMES = [(name, number) for names in WEEK.values() for number, name in enumerate(names)]


@pytest.mark.parametrize(("name", "number"), [*NAMES, *PHRASES.items()])
def test_a_weekday_is_known_in_three_languages(name: str, number: int) -> None:
    assert weekday(name) == number
    assert weekday(name.upper()) == number


@pytest.mark.parametrize("words", NO_WEEKDAY)
def test_other_words_are_no_weekday(words: str) -> None:
    assert weekday(words) is None
    assert resolve(words, dt.date(2025, 7, 17)) is None


@given(st.sampled_from(NAMES), st.dates(dt.date(1900, 1, 1)))
def test_a_weekday_is_the_latest_one_not_after_the_publication(
    named: tuple[str, int], published: dt.date
) -> None:
    found = resolve(named[0], published)
    assert found is not None
    assert found.weekday() == named[1]
    assert dt.timedelta(0) <= published - found < dt.timedelta(7)


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-06", "2025-06-01", "2025-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025-07-17", "2025-07-17", "2025-07-17"),
    ],
)
def test_a_partial_date_is_its_first_and_last_day(partial: str, first: str, last: str) -> None:
    assert span(partial) == (day(first), day(last))


@given(st.dates(dt.date(1000, 1, 1)))
def test_a_day_lies_in_its_month_and_year(date: dt.date) -> None:
    for partial in (f"{date:%Y-%m-%d}", f"{date:%Y-%m}", f"{date:%Y}"):
        first, last = span(partial)
        assert first <= date <= last


@pytest.mark.parametrize("partial", ["2025-02-29", "2025-13", "2025-00", "2025-13-01", "0000"])
def test_what_is_no_date_is_refused(partial: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        span(partial)
