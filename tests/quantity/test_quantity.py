"""Words → qualifier, value and bounds: the Quantity table of the data model, case by case."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from repatria.quantity import Bounds, Reading, bounds, read_words, tolerance

Case = tuple[str, str, int | None, int | None, int | None, int | None]
_TABLE = Path(__file__).parents[1] / "data" / "quantity" / "words.tsv"


def _integer(cell: str) -> int | None:
    return int(cell) if cell else None


def _cases() -> list[Case]:
    cases: list[Case] = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            words, qualifier, value, low, least, greatest = line.split("\t")
            cases.append(
                (words, qualifier, _integer(value), _integer(low), _integer(least), _integer(greatest))
            )
    return cases


CASES = _cases()
READ = [case for case in CASES if case[1] != "none"]
NOT_READ = [case[0] for case in CASES if case[1] == "none"]


def test_the_table_is_collected_whole() -> None:
    assert (len(READ), len(NOT_READ)) == (151, 45)
    assert {case[1] for case in READ} == {
        *("exact", "at-least", "more-than", "up-to", "fewer-than", "range"),
        *("about", "abbreviated", "nearly", "order-of-magnitude"),
    }


@pytest.mark.parametrize("case", READ, ids=[case[0] for case in READ])
def test_words_are_read_to_qualifier_value_and_bounds(case: Case) -> None:
    words, qualifier, value, low, least, greatest = case
    reading = read_words(words)
    assert reading == Reading(qualifier, value, low)
    assert value is not None
    assert least is not None
    assert bounds(qualifier, value, low=low) == Bounds(least, greatest, qualifier)


@pytest.mark.parametrize("words", NOT_READ)
def test_what_is_not_sure_is_not_read(words: str) -> None:
    assert read_words(words) is None


@pytest.mark.parametrize(
    ("words", "multiplier", "multiple"),
    [
        ("over ten times that figure", 10, "more-than"),
        ("ten times that figure", 10, "exact"),
        ("at least three times the number", 3, "at-least"),
        ("более чем в десять раз больше", 10, "more-than"),
        ("у 10 разів більше", 10, "exact"),
    ],
)
def test_a_multiple_names_its_multiplier_and_has_no_value(words: str, multiplier: int, multiple: str) -> None:
    assert read_words(words) == Reading("multiple-of", None, None, multiplier, multiple)


@pytest.mark.parametrize("words", ["nearly ten times that figure", "up to ten times that figure", "10 раз"])
def test_other_multiples_are_not_read(words: str) -> None:
    assert read_words(words) is None


@pytest.mark.parametrize(
    ("multiple", "expected"),
    [
        ("exact", Bounds(1_000_000, 1_000_000, "multiple-exact")),
        ("at-least", Bounds(1_000_000, None, "multiple-at-least")),
        ("more-than", Bounds(1_000_001, None, "multiple-more-than")),
    ],
)
def test_bounds_of_a_multiple_take_the_product(multiple: str, expected: Bounds) -> None:
    assert bounds("multiple-of", 10 * 100_000, multiple=multiple) == expected


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, 1), (1, 1), (19, 1), (25, 2), (30, 3), (300, 30), (1000, 100), (1212, 61), (6000, 500)],
)
def test_tolerance_of_around(n: int, expected: int) -> None:
    assert tolerance(n) == expected


@pytest.mark.parametrize(
    ("qualifier", "value", "low", "multiple", "reason"),
    [
        ("range", 400, None, None, "a range needs its lower number"),
        ("range", 300, 400, None, "the range runs backwards: 400 to 300"),
        ("range", 300, -1, None, "a count cannot be negative: -1"),
        ("exact", -1, None, None, "a count cannot be negative: -1"),
        ("exact", 1, 0, None, "exact has no lower number, only a range has"),
        ("nearly", 0, None, None, "no count is nearly 0"),
        ("fewer-than", 0, None, None, "no count is fewer than 0"),
        ("order-of-magnitude", 24, None, None, "a power of ten from 10, not 24"),
        ("order-of-magnitude", 1, None, None, "a power of ten from 10, not 1"),
        ("order-of-magnitude", 0, None, None, "a power of ten from 10, not 0"),
        ("multiple-of", 10, None, None, "a multiple is exact, at-least or more-than, not unsaid"),
        ("multiple-of", 10, None, "nearly", "a multiple is exact, at-least or more-than, not nearly"),
        ("exact", 10, None, "exact", "exact is no multiple of another quantity"),
        ("circa", 10, None, None, "unknown qualifier: circa"),
    ],
)
def test_impossible_combinations_say_why(
    qualifier: str, value: int, low: int | None, multiple: str | None, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        bounds(qualifier, value, low=low, multiple=multiple)


def test_a_negative_number_has_no_tolerance() -> None:
    with pytest.raises(ValueError, match="a count cannot be negative: -25"):
        tolerance(-25)


def _interval(words: str) -> Bounds:
    reading = read_words(words)
    assert reading is not None
    assert reading.value is not None
    return bounds(reading.qualifier, reading.value, low=reading.low)


@pytest.mark.parametrize(
    ("one", "other", "share_a_number"),
    [
        ("around 6,000", "more than 6,000", True),
        ("around 6,000", "6,060", True),
        ("1,000", "1,003", False),
        ("19", "26", False),
    ],
)
def test_intervals_of_the_checks_on_the_model_page(one: str, other: str, share_a_number: bool) -> None:
    a, b = _interval(one), _interval(other)
    greatest = min((x.max for x in (a, b) if x.max is not None), default=max(a.min, b.min))
    assert (max(a.min, b.min) <= greatest) == share_a_number


def test_import_is_light() -> None:
    script = "import sys, repatria.quantity; print(*sorted({'rdflib', 'yaml', 'click'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
