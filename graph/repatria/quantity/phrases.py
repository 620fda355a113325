"""Phrases around a number that qualify it, in English, Ukrainian and Russian."""

from __future__ import annotations

from functools import cache
from typing import Final

UNSURE: Final = "unsure"

BEFORE: dict[str, str] = {
    "exact": "exactly|precisely|ровно|рівно",
    "at-least": "at least|no fewer than|no less than|not fewer than|not less than|minimum|minimum of"
    "|не менее|не менее чем|не меньше|не меньше чем|по меньшей мере|как минимум|минимум|хотя бы"
    "|не менше|не менше ніж|не менше як|не менше за|не менш ніж|не менш як|щонайменше|принаймні"
    "|як мінімум|мінімум|≥",
    "more-than": "more than|greater than|over|above|in excess of|upwards of|exceed|exceeds|exceeded|exceeding"
    "|older than|более|более чем|больше|больше чем|свыше|превышает|превысило|превысил|превысила|превысили"
    "|понад|більше|більше ніж|більше як|більше за|більш ніж|більш як|перевищує|перевищило|перевищила"
    "|перевищив|перевищили|старше|старше чем|старші за|старші ніж|старші|>",
    "up-to": "up to|as many as|as much as|at most|no more than|not more than|not over|not exceeding"
    "|not exceed"
    "|maximum|maximum of|до|не более|не более чем|не больше|не больше чем|не свыше|максимум|не превышает"
    "|не превысило|не більше|не більше ніж|не більше як|не більше за|не більш ніж|не більш як|не понад"
    "|щонайбільше|не перевищує|не перевищило|≤",
    "fewer-than": "fewer than|less than|under|below|younger than|менее|менее чем|меньше|меньше чем|моложе"
    "|менше|менше ніж|менше як|менше за|менш ніж|менш як|молодше|молодші за|молодші ніж|<",
    "about": "around|about|approximately|some|roughly|circa|approx|ca|estimated|more or less|близько"
    "|приблизно|орієнтовно|около|примерно|приблизительно|ориентировочно|порядка|~|≈",
    "nearly": "nearly|almost|майже|почти",
    # A range that is not completed, an idiom between two qualifiers; "человек двадцать" is an approximation.
    UNSURE: "between|from|від|от|між|поміж|между|close to|next to|as few as|под|під|человек|чоловік|осіб",
}
"""Qualifier → the phrases that stand directly before the number."""

AFTER: dict[str, str] = {
    "at-least": "or more|or older|or over|or above|or higher|and older|and over|and above|and more|and up"
    "|и более|и больше|или более|или больше|и старше|и выше"
    "|і більше|і більш|та більше|й більше|або більше|чи більше"
    "|і старші|та старші|й старші|і старше|та старше",
    "up-to": "or fewer|or less|or under|or younger|and under|and younger|and below|или менее|или меньше"
    "|и менее|и меньше|и моложе|або менше|чи менше|і менше|та менше|і молодші|та молодші|і молодше",
    "more-than": "с лишним|с небольшим|з лишком|із лишком|з гаком",
    "about": "or so",
}
"""Qualifier → the two words that stand directly after the number (or after years of age)."""

AGES = frozenset(("years", "year", "of", "age", "old", "лет", "года", "год", "років", "роки", "рік", "роках"))

TIMES = frozenset(
    (
        *("times that", "times this", "times those", "times these", "times as many", "times as much"),
        *("times the number", "times the figure", "times the total", "times the amount"),
        *("раз больше", "раза больше", "разів більше", "рази більше", "раз більше"),
    )
)
"""What makes the number a multiplier of another quantity."""

TIMES_WORDS = frozenset(("times", "раз", "раза", "разів", "рази"))

STRONG = frozenset(
    (
        *("than", "least", "fewer", "less", "exceed", "exceeds", "exceeded", "exceeding", "nearly", "almost"),
        *("approximately", "roughly", "estimated", "minimum", "maximum", "most"),
        *("ніж", "чем", "понад", "свыше", "более", "менее", "меньше", "менше", "менш", "більш"),
        *("щонайменше", "щонайбільше", "принаймні", "майже", "почти", "примерно", "приблизно", "орієнтовно"),
        *("минимум", "мінімум", "максимум", "меньшей", "превышает", "перевищує"),
    )
)
"""Words that compare or weaken some number: where none takes them up, the words are not sure."""

FILLERS = frozenset(
    ("a", "an", "another", "further", "additional", "single", "по", "еще", "ще", "$", "€", "£", "₴", "₽", "₺")
)
"""What may stand between a qualifier and its number."""

NEGATIONS = frozenset(("not", "no", "never", "nor", "не", "ни", "ні", "жоден", "жодного", "жодної", "без"))

PHRASAL = frozenset(
    (
        *("hand", "hands", "handed", "handing", "turn", "turns", "turned", "turning"),
        *("give", "gives", "giving", "gave", "given"),
    )
)
"""Verbs to which "over" belongs: "handed over 1,212" is no "more than"."""

GROWTH = ("вырос", "возрос", "увелич", "довел", "зрос", "збільш", "сократ", "скорот", "змен", "уменьш")
"""Beginnings of verbs after which "до" is "to", not "up to"."""

SEVERAL = frozenset(("several", "few", "many", "несколько", "нескольких", "кілька", "кількох", "декілька"))

BODIES = frozenset(("тела", "тіла", "тел", "тіл", "останки", "останков", "останків", "рештки", "решток"))
"""Nouns that take a genitive: "тела тысячи …" is one thousand."""

DASHES = frozenset("-–—")
CONJUNCTIONS = frozenset(("and", "и", "і", "й", "та"))
OPENERS: dict[str, frozenset[str]] = {
    "to": frozenset(("from",)),
    "до": frozenset(("від", "от")),
    "and": frozenset(("between",)),
    "и": frozenset(("между",)),
    "і": frozenset(("між", "поміж")),
    "й": frozenset(("між", "поміж")),
    "та": frozenset(("між", "поміж")),
}
"""Word between the numbers of a range → the words that may open it."""

YEAR_AFTER = frozenset(("року", "році", "рік", "год", "года", "году", "годом", "г", "р", "рр", "гг"))
YEAR_BEFORE = frozenset(("in", "since", "during", "until", "till", "в", "у", "с", "з", "із"))


@cache
def before_index() -> dict[str, dict[str, str]]:
    """Last word of a phrase → phrase → qualifier; built once, when first asked for."""
    index: dict[str, dict[str, str]] = {}
    for qualifier, phrases in BEFORE.items():
        for phrase in phrases.split("|"):
            index.setdefault(phrase.rsplit(" ", 1)[-1], {})[phrase] = qualifier
    return index


@cache
def after_index() -> dict[str, str]:
    """Two words after the number → qualifier; built once, when first asked for."""
    return {phrase: qualifier for qualifier, phrases in AFTER.items() for phrase in phrases.split("|")}
