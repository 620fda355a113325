"""Tokens → the numbers in them: numerals, compound number words, magnitudes; dates and ordinals left out."""

from __future__ import annotations

from typing import Final, NamedTuple

from repatria.quantity.phrases import SEVERAL, YEAR_AFTER, YEAR_BEFORE
from repatria.quantity.tokens import (
    CARDINAL,
    CLOSED,
    DECIMAL,
    DIGITS,
    GENITIVE,
    KILO,
    MAGNITUDES,
    MONTH,
    NUMERIC,
    ORDINAL,
    PART,
    PLURAL,
    SCALE,
    THREES,
    Meaning,
    Tokens,
)

PLAIN: Final = "plain"
ABBREVIATED: Final = "abbreviated"
MAGNITUDE: Final = "magnitude"  # "thousands": which order, not how many
AMBIGUOUS: Final = "ambiguous"  # "тысячи": thousands, or of a thousand
SKIPPED: Final = "skipped"  # an ordinal, no count

_DATE_LINKS = frozenset(("-", "–", "—", "to", "and", "or", "до", "по", "и", "і", "й", "та", "или", "або"))
_OF = frozenset(("of", "из", "з", "із", "зі"))


class Number(NamedTuple):
    """A number at tokens[start:end].

    ``head`` × ``scale`` is the value when it is spelt so ("5 thousand"); both are 0 when not.
    """

    start: int
    end: int
    value: int
    kind: str
    head: int = 0
    scale: int = 0


def numbers(tokens: Tokens) -> list[Number] | None:
    """All numbers in the tokens, in order; None when one of them cannot be read for sure."""
    found: list[Number] = []
    texts, meanings, _ = tokens
    i, end = 0, len(texts)
    while i < end:
        meaning = meanings[i]
        if meaning is None or meaning.kind not in NUMERIC:
            if meaning is not None and meaning.kind is PART and _of(texts, i + 1):
                return None
            i = _date_from_month(tokens, i) if meaning is not None and meaning.kind is MONTH else i + 1
            continue
        after_date = _date_from_day(tokens, i) if meaning.kind is DIGITS else i
        if after_date != i:
            if i >= 2 and texts[i - 1] in _DATE_LINKS and _is_digits(meanings[i - 2]):
                return None
            i = after_date
            continue
        number = _number(tokens, i, meaning)
        if number is None or (number.kind is SKIPPED and _of(texts, number.end)):
            return None
        if number.kind is not SKIPPED:
            found.append(number)
        i = number.end
    return found


def is_year(tokens: Tokens, i: int) -> bool:
    """Whether token ``i`` is written like a year: four digits, 1900 to 2099."""
    if i >= len(tokens.texts):
        return False
    text = tokens.texts[i]
    return len(text) == 4 and text[:2] in ("19", "20") and _is_digits(tokens.meanings[i])


def _of(texts: list[str], i: int) -> bool:
    return i < len(texts) and texts[i] in _OF


def _is_digits(meaning: Meaning | None) -> bool:
    return meaning is not None and meaning.kind is DIGITS


def _is_day(tokens: Tokens, i: int) -> bool:
    if i >= len(tokens.texts):
        return False
    meaning = tokens.meanings[i]
    return meaning is not None and meaning.kind is DIGITS and 1 <= meaning.value <= 31


def _date_from_day(tokens: Tokens, i: int) -> int:
    """End of the date or the year that begins with the digits at ``i``; ``i`` itself when there is none."""
    following = i + 1
    if following < len(tokens.texts):
        meaning = tokens.meanings[following]
        if meaning is not None and meaning.kind is MONTH and _is_day(tokens, i):
            following += 1
            if is_year(tokens, following + 1) and tokens.texts[following] == ",":
                following += 1
            return following + is_year(tokens, following)
    if not is_year(tokens, i):
        return i
    if following < len(tokens.texts) and tokens.texts[following] in YEAR_AFTER:
        return following + 1
    before = tokens.texts[i - 1] if i else ""
    ended = following == len(tokens.texts) or not tokens.texts[following][0].isalnum()
    return following if before == "since" or (before in YEAR_BEFORE and ended) else i


def _date_from_month(tokens: Tokens, i: int) -> int:
    """End of the date that begins with the month at ``i``."""
    following = i + 1
    if is_year(tokens, following):
        return following + 1
    if not _is_day(tokens, following):
        return following
    following += 1
    if is_year(tokens, following + 1) and tokens.texts[following] == ",":
        return following + 2
    return following + is_year(tokens, following)


def _number(tokens: Tokens, i: int, meaning: Meaning) -> Number | None:
    """The number that begins at ``i`` with ``meaning``; None when it is not sure."""
    following = tokens.meanings[i + 1] if i + 1 < len(tokens.texts) else None
    kind = meaning.kind
    if kind in (DIGITS, THREES) and (following is None or following.kind not in NUMERIC):
        return Number(i, i + 1, meaning.value, PLAIN)
    if kind in (PLURAL, GENITIVE) or (kind is SCALE and i and tokens.texts[i - 1] in SEVERAL):
        return _magnitude(tokens, i, meaning)
    if kind in (KILO, CLOSED):
        return _closed(i, meaning)
    if following is not None and kind in (DIGITS, THREES, DECIMAL):
        if following.kind is KILO and kind is not THREES:
            return _scaled(i, meaning, following, ABBREVIATED)
        if kind is DECIMAL and following.kind in MAGNITUDES:
            return _scaled(i, meaning, following, PLAIN)
    if kind is DECIMAL or (kind is THREES and following is not None and following.kind in MAGNITUDES):
        return None
    return _Compound(tokens, i).read()


def _closed(i: int, meaning: Meaning) -> Number | None:
    if not meaning.scale:
        return Number(i, i + 1, 0, SKIPPED)  # the letter k alone
    kind = ABBREVIATED if meaning.kind is KILO else PLAIN
    return _spelt(Number(i, i + 1, meaning.value, kind), meaning.scale)


def _spelt(number: Number, scale: int) -> Number:
    """The number with its head, where the magnitude goes into it without rest."""
    head, rest = divmod(number.value, scale)
    return number if rest else number._replace(head=head, scale=scale)


def _scaled(i: int, meaning: Meaning, scale: Meaning, kind: str) -> Number | None:
    """Digits, whole or in hundredths, times the magnitude after them."""
    value, rest = divmod(meaning.value * scale.value, 100 if meaning.kind is DECIMAL else 1)
    return None if rest else _spelt(Number(i, i + 2, value, kind), scale.value)


def _magnitude(tokens: Tokens, i: int, meaning: Meaning) -> Number | None:
    """Bare "thousands", "tens of thousands", "несколько сотен": the order of magnitude, not how many."""
    several = i > 0 and tokens.texts[i - 1] in SEVERAL
    kind = AMBIGUOUS if meaning.kind is GENITIVE and not several else MAGNITUDE
    start = i - several
    after = i + 1 + (tokens.texts[i + 1 : i + 2] == ["of"])
    second = tokens.meanings[after] if after < len(tokens.texts) else None
    if second is None or second.kind not in MAGNITUDES:
        return Number(start, i + 1, meaning.value, kind)
    if meaning.value not in (10, 100, 1000) or second.value <= max(meaning.value, 100):
        return None
    return Number(start, after + 1, meaning.value * second.value, kind)


class _Compound:
    """Adds up number words and digits from left to right as long as they make one number.

    ``group`` is the part below the next magnitude, ``room`` what the next number
    word must stay below, ``ceiling`` what the next magnitude must stay below.
    """

    __slots__ = (
        *("_tokens", "_start", "_at", "_words"),
        *("_total", "_group", "_head", "_scale", "_room", "_ceiling"),
    )

    def __init__(self, tokens: Tokens, start: int) -> None:
        self._tokens = tokens
        self._start = self._at = start
        self._total = self._group = self._head = self._scale = 0
        self._room = 1000
        self._ceiling = 10**9
        self._words = True

    def read(self) -> Number:
        texts, meanings, _ = self._tokens
        while self._at < len(texts):
            meaning = meanings[self._at]
            if (meaning is None or not self._take(meaning)) and not self._joins():
                break
            self._at += 1
        return self._ended()

    def _take(self, meaning: Meaning) -> bool:
        if meaning.kind is CARDINAL:
            return self._cardinal(meaning.value)
        if meaning.kind in (DIGITS, THREES):
            return self._digits(meaning.value)
        return meaning.kind in MAGNITUDES and self._magnitude(meaning.value)

    def _cardinal(self, value: int) -> bool:
        if value >= self._room or (value == 0 and self._at > self._start):
            return False
        self._group += value
        self._room = 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 1
        self._scale = 0
        return True

    def _digits(self, value: int) -> bool:
        first = self._at == self._start
        if not first and (self._room < 1000 or self._ceiling == 10**9 or value >= self._ceiling):
            return False
        self._group, self._room, self._scale, self._words = value, 0, 0, False
        return True

    def _magnitude(self, value: int) -> bool:
        first = self._at == self._start
        if value >= self._ceiling or not (first or self._group) or (value < 1000 and self._group >= 100):
            return False
        self._head = 0 if self._total else self._group or 1
        if value < 1000:
            self._group = (self._group or 1) * value
            self._room = 100 if value == 100 and self._words else 1
        else:
            self._total += (self._group or 1) * value
            self._group, self._room, self._ceiling = 0, 1000, value
        self._scale = value
        return True

    def _joins(self) -> bool:
        """Whether an "and" stands here inside a number, as in "two hundred and one"."""
        texts, meanings, _ = self._tokens
        if texts[self._at] != "and" or not self._scale or not self._words or self._at + 1 >= len(texts):
            return False
        if self._start and texts[self._start - 1] == "between":
            return False
        following = meanings[self._at + 1]
        return following is not None and following.kind is CARDINAL and following.value < 100

    def _ended(self) -> Number:
        value, end = self._total + self._group, self._at
        texts = self._tokens.texts
        if self._words and end < len(texts) and ORDINAL.fullmatch(texts[end]):
            return Number(self._start, end + 1, 0, SKIPPED)  # "twenty first", "сто двадцать первый"
        head = self._head if self._scale else 0
        return Number(self._start, end, value, PLAIN, head, self._scale)
