"""Number words → qualifier and value. What cannot be read for sure is not read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from repatria.quantity import phrases
from repatria.quantity.numerals import (
    ABBREVIATED,
    AMBIGUOUS,
    MAGNITUDE,
    PLAIN,
    Number,
    is_year,
    numbers,
)
from repatria.quantity.tokens import Tokens, tokenize

_MULTIPLES: Final = frozenset(("exact", "at-least", "more-than"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What number words say.

    ``qualifier``: key of scheme ``concept/qualifier``. ``value``: the number
    stated, of a range the upper one, of an order of magnitude the magnitude
    named; None for a multiple of another quantity. ``low``: the lower number of
    a range. ``multiplier`` and ``multiple`` (exact, at-least, more-than): of
    ``multiple-of`` only.
    """

    qualifier: str
    value: int | None
    low: int | None = None
    multiplier: int | None = None
    multiple: str | None = None


@lru_cache(maxsize=4096)
def read_words(words: str) -> Reading | None:
    """Read number words in English, Ukrainian or Russian; the language need not be told.

    ``words`` hold one number or one range and may hold nouns around it ("757
    fallen defenders"). None when there is no number, more than one, or one that
    cannot be read for sure (a decimal, a date, a percentage, a negated number).
    Raises nothing, whatever the text.
    """
    tokens = tokenize(words)
    if tokens is None:
        return None
    found = numbers(tokens)
    if not found:
        return None
    if len(found) == 1:
        return _one(tokens, found[0])
    return _range(tokens, *found) if len(found) == 2 else None


def _one(tokens: Tokens, number: Number) -> Reading | None:
    times = _times(tokens, number.end)
    before = _before(tokens, number.start, times=bool(times))
    if before is None:
        return None
    qualifier, start = before
    after, end = _after(tokens, number.end)
    if (qualifier and after) or times is None or _compares(tokens, start, times or end):
        return None
    if times:
        return _multiple(number, qualifier or after or "exact")
    return _qualified(tokens, number, qualifier or after)


def _qualified(tokens: Tokens, number: Number, qualifier: str | None) -> Reading | None:
    kind = number.kind
    if kind is AMBIGUOUS:
        kind = PLAIN if qualifier or _governed(tokens, number.start) else MAGNITUDE
    if kind is MAGNITUDE:
        return None if qualifier else Reading("order-of-magnitude", number.value)
    few = number.start > 0 and tokens.texts[number.start - 1] in phrases.SEVERAL
    if few or (number.value == 0 and qualifier in ("nearly", "fewer-than")):
        return None
    return _stated(qualifier or ("abbreviated" if kind is ABBREVIATED else "exact"), number.value)


@lru_cache(maxsize=1024)
def _stated(qualifier: str, value: int) -> Reading:
    # The same few numbers are stated again and again, and a frozen dataclass is slow to make.
    return Reading(qualifier, value)


def _multiple(number: Number, multiple: str) -> Reading | None:
    if multiple not in _MULTIPLES or number.kind is not PLAIN or not number.value:
        return None
    return Reading("multiple-of", None, multiplier=number.value, multiple=multiple)


def _range(tokens: Tokens, first: Number, second: Number) -> Reading | None:
    """ "n to m", "n–m", "between n and m"; "5 to 10 thousand" counts thousands at both ends."""
    texts = tokens.texts
    if second.start != first.end + 1 or {first.kind, second.kind} - {PLAIN, ABBREVIATED}:
        return None
    link = texts[first.end]
    opener = texts[first.start - 1] if first.start else ""
    opened = opener in phrases.OPENERS.get(link, ()) or (opener == "from" and link in phrases.DASHES)
    if not opened and link != "to" and link not in phrases.DASHES:
        return None
    before = _before(tokens, first.start - 1 if opened else first.start)
    if before is None or before[0] or _after(tokens, second.end)[0] or _times(tokens, second.end) != 0:
        return None
    years = is_year(tokens, first.start) and is_year(tokens, second.start)
    if years or _compares(tokens, first.start, second.end):
        return None
    low = first.value
    if second.scale and not first.scale and low < second.head:
        low *= second.scale
    return Reading("range", second.value, low) if low < second.value else None


def _before(tokens: Tokens, start: int, *, times: bool = False) -> tuple[str | None, int] | None:
    """Qualifier of the phrase that ends before ``start`` and where it begins; None when it is not sure.

    ``times``: the number is a multiplier, which "в" may introduce ("более чем в десять раз больше").
    """
    texts = tokens.texts
    if start == 0:
        return None, 0
    inner = _over_fillers(texts, start)
    found = _phrase(texts, inner)
    if found is None and texts[inner - 1] in ("в", "у") and times:
        inner = _over_fillers(texts, inner - 1)
        found = _phrase(texts, inner)
    qualifier, begin = found or (None, inner)
    if qualifier == phrases.UNSURE:
        return None
    if qualifier == "exact":
        qualifier = None
    if begin == 0:
        return qualifier, start if found is None else 0
    outer = _over_fillers(texts, begin)
    if outer and texts[outer - 1] in phrases.NEGATIONS:
        return None
    if found is not None and _phrase(texts, outer) is not None:
        return None
    if texts[begin] == "до" and found is not None and texts[begin - 1].startswith(phrases.GROWTH):
        return None
    return qualifier, begin if found else start


def _phrase(texts: list[str], end: int) -> tuple[str, int] | None:
    """Longest qualifying phrase that ends at ``end``, and where it begins."""
    phrases_by_last = phrases.before_index().get(texts[end - 1]) if end else None
    if phrases_by_last is None:
        return None
    if texts[end - 1] == "over" and end > 1 and texts[end - 2] in phrases.PHRASAL:
        return None
    for size in (3, 2, 1):
        if size <= end:
            qualifier = phrases_by_last.get(" ".join(texts[end - size : end]))
            if qualifier is not None:
                return qualifier, end - size
    return None


def _over_fillers(texts: list[str], end: int) -> int:
    while end and texts[end - 1] in phrases.FILLERS:
        end -= 1
    return end


def _after(tokens: Tokens, end: int) -> tuple[str | None, int]:
    """Qualifier of the two words after the number, with years of age between them, and where they end."""
    texts = tokens.texts
    begin, last = end, min(end + 4, len(texts))
    while begin < last and texts[begin] in phrases.AGES:
        begin += 1
    if begin + 1 >= len(texts):
        return None, end
    qualifier = phrases.after_index().get(f"{texts[begin]} {texts[begin + 1]}")
    return (None, end) if qualifier is None else (qualifier, begin + 2)


def _times(tokens: Tokens, end: int) -> int | None:
    """End of "times that" after a multiplier; 0 when the number is none; None when it counts occasions."""
    texts = tokens.texts
    if end >= len(texts) or texts[end] not in phrases.TIMES_WORDS:
        return 0
    for size in (3, 2):
        if " ".join(texts[end : end + size]) in phrases.TIMES:
            than = texts[end + size : end + size + 1]
            return end + size + (than in (["чем"], ["ніж"], ["за"]))
    return None


def _governed(tokens: Tokens, start: int) -> bool:
    """Whether a noun that takes a genitive stands before: "тела тысячи", "тіла (останки) тисячі"."""
    texts = tokens.texts
    noun = start - 1 - (texts[start - 1 : start] == [")"])
    return noun >= 0 and texts[noun] in phrases.BODIES


def _compares(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a comparing word outside tokens[start:end] is left that no reading takes up."""
    return bool(tokens.compares) and (tokens.compares[0] < start or tokens.compares[-1] >= end)
