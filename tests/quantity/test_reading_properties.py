"""What holds of every number: spellings, separators, phrases in three languages, arbitrary text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.quantity import Reading, bounds, read_words, tolerance

SEPARATORS = ("", ",", ".", " ", "'", "’", "\u00a0", "\u202f", "\u2009", "\u3000")
PHRASES: dict[str, tuple[str, ...]] = {
    "exact": ("{}", "{} bodies", "{} тіл", "{} тел погибших"),
    "at-least": (
        *("at least {}", "no fewer than {}", "not less than {} bodies", "{} or more"),
        *(
            "щонайменше {}",
            "не менше ніж {}",
            "не менше {} тіл",
            "не менее {}",
            "не менее чем {} тел",
            "минимум {}",
        ),
    ),
    "more-than": (
        *(
            "more than {}",
            "over {} bodies",
            "exceeds {}",
            "above {}",
            "понад {}",
            "більше ніж {}",
            "більш ніж {}",
        ),
        *("більше {}", "свыше {}", "более {}", "более чем {}", "больше {} тел"),
    ),
    "up-to": (
        "up to {}",
        "as many as {}",
        "at most {}",
        "no more than {}",
        "до {}",
        "не більше {}",
        "не более {}",
    ),
    "fewer-than": (
        "fewer than {}",
        "less than {}",
        "under {}",
        "менш ніж {}",
        "менше {}",
        "менее {}",
        "меньше {}",
    ),
    "about": (
        *("around {}", "about {}", "approximately {}", "some {}", "roughly {}", "~{}"),
        *("близько {}", "приблизно {}", "около {}", "примерно {}", "порядка {}"),
    ),
    "nearly": ("nearly {}", "almost {} bodies", "майже {}", "почти {}"),
}
RANGES = ("{} to {}", "{}–{}", "between {} and {}", "from {} to {}", "від {} до {}", "от {} до {}")
NOUNS = (
    *(
        "bodies",
        "of",
        "fallen",
        "defenders",
        "the",
        "same",
        "number",
        "remains",
        "more",
        "exchange",
        "over",
        "about",
    ),
    *(
        "тіла",
        "загиблих",
        "полонених",
        "обмін",
        "понад",
        "тела",
        "погибших",
        "пленных",
        "обмен",
        "около",
        "более",
    ),
)
_ONES = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen",
    "uk": "один два три чотири п’ять шість сім вісім дев’ять десять одинадцять дванадцять тринадцять"
    " чотирнадцять п’ятнадцять шістнадцять сімнадцять вісімнадцять дев’ятнадцять",
    "ru": "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать"
    " четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "uk": "двадцять тридцять сорок п’ятдесят шістдесят сімдесят вісімдесят дев’яносто",
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
}
_HUNDREDS = {
    "uk": "сто двісті триста чотириста п’ятсот шістсот сімсот вісімсот дев’ятсот",
    "ru": "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
}
_THOUSAND = {"en": "thousand", "uk": "тисяч", "ru": "тысяч"}
_MILLION = {"en": "million", "uk": "мільйонів", "ru": "миллионов"}

numbers = st.one_of(st.integers(0, 2_500), st.integers(0, 10**9))
positive = st.one_of(st.integers(1, 2_500), st.integers(1, 10**9))


def _grouped(n: int, separator: str) -> str:
    return f"{n:,}".replace(",", separator)


def _below_thousand(n: int, language: str) -> str:
    words = []
    if n >= 100:
        if language == "en":
            words.append(_ONES["en"].split()[n // 100 - 1] + " hundred" + (" and" if n % 100 else ""))
        else:
            words.append(_HUNDREDS[language].split()[n // 100 - 1])
        n %= 100
    if n >= 20:
        tens, n = _TENS[language].split()[n // 10 - 2], n % 10
        if language == "en" and n:
            return " ".join([*words, f"{tens}-{_ONES['en'].split()[n - 1]}"])
        words.append(tens)
    return " ".join(words + ([_ONES[language].split()[n - 1]] if n else []))


def _spelt(n: int, language: str) -> str:
    millions, rest = divmod(n, 10**6)
    thousands, ones = divmod(rest, 1000)
    parts = []
    if millions:
        parts += [_below_thousand(millions, language), _MILLION[language]]
    if thousands:
        parts += [_below_thousand(thousands, language), _THOUSAND[language]]
    return " ".join([*parts, _below_thousand(ones, language)]).strip()


@given(numbers, st.sampled_from(SEPARATORS), st.sampled_from(["bodies", "тіл", "тел"]))
def test_separators_change_nothing(n: int, separator: str, noun: str) -> None:
    assert read_words(f"{_grouped(n, separator)} {noun}") == Reading("exact", n)


@given(st.integers(1, 999_999_999), st.sampled_from(["en", "uk", "ru"]))
def test_a_number_spelt_out_reads_as_its_digits(n: int, language: str) -> None:
    assert read_words(_spelt(n, language)) == Reading("exact", n)


@given(st.integers(1, 999_999_999), st.sampled_from(["en", "uk", "ru"]))
def test_capitals_stress_marks_and_apostrophes_change_nothing(n: int, language: str) -> None:
    spelt = _spelt(n, language)
    assert read_words(spelt.upper()) == Reading("exact", n)
    assert read_words(spelt.replace("а", "а\u0301").replace("’", "'")) == Reading("exact", n)


@pytest.mark.parametrize(("qualifier", "phrase"), [(q, p) for q, phrases in PHRASES.items() for p in phrases])
@given(positive, st.sampled_from(SEPARATORS))
def test_every_phrase_reads_back_with_any_number(qualifier: str, phrase: str, n: int, separator: str) -> None:
    assert read_words(phrase.format(_grouped(n, separator))) == Reading(qualifier, n)


def test_the_phrases_are_collected_whole() -> None:
    assert sum(map(len, PHRASES.values())) == 55


@pytest.mark.parametrize("phrase", RANGES)
@given(numbers, numbers)
def test_a_range_reads_back_and_never_backwards(phrase: str, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert read_words(phrase.format(f"{high:,}", f"{low:,}")) is None
    expected = Reading("range", high, low) if low < high else None
    assert read_words(phrase.format(f"{low:,}", f"{high:,}")) == expected


@given(st.sampled_from(sorted(PHRASES)), positive)
def test_bounds_enclose_or_touch_what_was_stated(qualifier: str, n: int) -> None:
    found = bounds(qualifier, n)
    assert found.min >= 0
    assert found.max is None or found.min <= found.max
    if qualifier in ("exact", "about", "up-to"):
        assert found.max is not None
        assert found.min <= n <= found.max
    holds_n = found.min <= n and (found.max is None or n <= found.max)
    assert holds_n == (qualifier not in ("more-than", "fewer-than", "nearly"))


@given(numbers)
def test_tolerance_is_between_a_twentieth_and_a_tenth(n: int) -> None:
    assert max(1, n / 20) <= tolerance(n) <= max(1, n / 10, n / 20 + 1)


@given(st.lists(st.sampled_from(NOUNS)))
def test_text_without_numbers_gives_nothing(nouns: list[str]) -> None:
    assert read_words(" ".join(nouns)) is None


@given(st.text())
def test_arbitrary_text_never_raises(text: str) -> None:
    reading = read_words(text)
    assert reading is None or reading.value is not None or reading.multiplier is not None


_PIECES = (
    *NOUNS,
    *("1", "19", "2025", "1,000", "1.5", "1K", "²", "٣", "17th", "-5", "%", "-", "–", "(", ")", ",", "."),
    *(
        "two",
        "hundred",
        "thousand",
        "thousands",
        "dozen",
        "dozens",
        "forty-eight",
        "and",
        "to",
        "between",
        "from",
    ),
    *(
        "сто",
        "двадцать",
        "тысячи",
        "тисяч",
        "тыс.",
        "млн",
        "сотни",
        "полторы",
        "два-три",
        "від",
        "до",
        "от",
        "и",
    ),
    *(
        "July",
        "August",
        "липня",
        "times that",
        "раз больше",
        "older",
        "not",
        "at least",
        "several",
        "first",
        "k",
    ),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=8), st.sampled_from([" ", ""]))
def test_whatever_is_read_has_bounds(pieces: list[str], space: str) -> None:
    reading = read_words(space.join(pieces))
    if reading is None:
        return
    if reading.qualifier == "multiple-of":
        assert reading.multiplier is not None
        assert reading.multiplier > 0
        return
    assert reading.value is not None
    assert bounds(reading.qualifier, reading.value, low=reading.low).rule == reading.qualifier
