"""Text → tokens, each with what it means for a number, in English, Ukrainian and Russian alike."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple
from unicodedata import normalize

from repatria.quantity import forms
from repatria.quantity.phrases import STRONG

CARDINAL: Final = "cardinal"  # a number word below 1,000
DIGITS: Final = "digits"
THREES: Final = "threes"  # 1.500 or 1,500: whole alone, not sure before "thousand"
DECIMAL: Final = "decimal"  # value in hundredths
KILO: Final = "kilo"  # 1K
CLOSED: Final = "closed"  # digits with their magnitude in one token
SCALE: Final = "scale"
PLURAL: Final = "plural"
GENITIVE: Final = "genitive"
MONTH: Final = "month"
PART: Final = "part"
COMPARES: Final = "compares"
UNREADABLE: Final = "unreadable"

MAGNITUDES: Final = frozenset((SCALE, PLURAL, GENITIVE))
NUMERIC: Final = frozenset((CARDINAL, DIGITS, THREES, DECIMAL, KILO, CLOSED)) | MAGNITUDES


class Meaning(NamedTuple):
    """What a token means: its kind, its value, and for KILO and CLOSED the magnitude in the value."""

    kind: str
    value: int
    scale: int = 0


class Tokens(NamedTuple):
    """Words and marks of a text in order, with the meaning of each (None: a word like any other).

    ``compares``: where the words stand that compare or weaken a number.
    """

    texts: list[str]
    meanings: list[Meaning | None]
    compares: list[int]


_LONGEST = 15  # digits; longer ones are no count
_TOKEN = re.compile(
    r"(?:т[иы]с|млн)\."
    r"|[^\W0-9_]+(?:['-][^\W0-9_]+)*(?:-?[0-9]+)?"
    r"|(?:(?<!\S)-)?[0-9]+(?:[\s,.'][0-9]+)*(?:-?[^\W0-9_]+)?"
    r"|\S"
)
_NUMERAL = re.compile(r"([0-9](?:.*[0-9])?)(-?[^\W0-9_]+)?", re.DOTALL)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:\s[0-9]{3})+|(?:,[0-9]{3})+|(?:\.[0-9]{3})+|(?:'[0-9]{3})+)")
_THREES = re.compile(r"[0-9]+[.,][0-9]{3}")
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,2})[.,]([0-9]{1,2})")
_CARDINAL_ENDINGS = frozenset(("-ти", "-х", "-ох", "-ьох", "-ух", "-мя", "-ми", "-ма"))
_ORDINAL_ENDINGS = frozenset(
    (
        *("th", "st", "nd", "rd", "-th", "-й", "-го", "-я", "-м", "-му"),
        *("-е", "-ю", "-ый", "-ий", "-ая", "-а", "-ше"),
    )
)
_MAGNITUDE_ENDINGS = {"k": 1000, "к": 1000, "тыс": 1000, "тис": 1000, "млн": 1_000_000}
ORDINAL = re.compile(
    r"first|second|third|fifth|ninth|twelfth|(?:four|six|seven|eigh|ten|eleven|\w+teen)th|(?:\w+tie|hundred|thousand)th"
    r"|(?:перв|перш|втор|друг|трет|четверт|пят|п'ят|шест|шост|седьм|сьом|восьм|девят|дев'ят|десят|\w+надцят"
    r"|\w+надцат|двадцят|двадцат|тридцят|тридцат|сороков|\w+десят|\w*сот|тысячн|тисячн)"
    r"(?:ый|ий|ой|ая|яя|а|я|ое|е|є|ье|ья|ого|его|ому|ему|ым|им|ом|ем|ую|у|ю|ые|ие|ых|их|і|ьего|ьому|ього|ьей)"
)
_FOLD = str.maketrans(
    {
        **{"ё": "е", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"},
        **{"‐": "-", "‑": "-", "−": "-", "‒": "–", "―": "—"},
        **{"\u0301": None, "\u00ad": None, "\u200b": None, "\ufeff": None},
    }
)
_FOLDABLE = re.compile("[ё’‘ʼ`´‐‑−‒―\u0301\u00ad\u200b\ufeff]")


def tokenize(words: str) -> Tokens | None:
    """Tokens of ``words``; None when one of them makes every reading unsure ("%", "half", "1.2.3")."""
    folded = words.lower()
    if not folded.isascii():
        folded = normalize("NFC", folded)
        if _FOLDABLE.search(folded):
            folded = folded.translate(_FOLD)
    texts: list[str] = _TOKEN.findall(folded)
    if "-" in folded:
        texts = [part for token in texts for part in _parts(token)]
    meanings = list(map(lexicon().get, texts))
    compares: list[int] = []
    for i, meaning in enumerate(meanings):
        if meaning is None:
            text = texts[i]
            if text.isalpha():
                continue
            meaning = meanings[i] = _numeral(text) if "0" <= text[0] <= "9" else _other(text)
            if meaning is None:
                continue
        kind = meaning.kind
        if kind is UNREADABLE:
            return None
        if kind is COMPARES:
            compares.append(i)
    return Tokens(texts, meanings, compares)


@cache
def lexicon() -> dict[str, Meaning]:
    """Every word that means something for a number; built once, when first asked for."""
    known = {word: Meaning(COMPARES, 0) for word in STRONG}
    known |= {word: Meaning(MONTH, 0) for word in forms.MONTHS.split()}
    known |= {word: Meaning(PART, 0) for word in forms.PARTS.split()}
    known |= {word: Meaning(UNREADABLE, 0) for word in forms.UNREADABLE.split()}
    known |= {word: Meaning(DECIMAL, 150) for word in forms.ONE_AND_A_HALF.split()}
    known["k"] = Meaning(KILO, 1000)
    for kind, table in (
        (CARDINAL, forms.CARDINALS),
        (SCALE, forms.SINGULAR),
        (PLURAL, forms.PLURAL),
        (GENITIVE, forms.GENITIVE),
    ):
        for value, spelt in table.items():
            known |= {word: Meaning(kind, value) for word in spelt.split()}
    return known


def _parts(token: str) -> list[str]:
    """Parts of a hyphened number: "forty-eight" is one number, "пять-шесть" a range; else the token alone."""
    parts = token.split("-")
    if len(parts) != 2:
        return [token]
    first, last = lexicon().get(parts[0]), lexicon().get(parts[1])
    if first is None or last is None or first.kind is not CARDINAL or last.kind not in NUMERIC:
        return [token]
    tens_and_units = 20 <= first.value < 100 and last.value < 10
    return parts if tens_and_units or last.kind is not CARDINAL else [parts[0], "-", parts[1]]


def _other(token: str) -> Meaning | None:
    """Meaning of a token that is in no list, not all letters and begins with no digit.

    Not sure are a sign, a name such as T-72, numerals other than 0 to 9, and a
    number word tied to another word ("three-day", "one-for-one"), unless the
    two are an ordinal ("twenty-first").
    """
    if (len(token) > 1 and (token[-1].isdigit() or token[0] == "-")) or any(map(str.isnumeric, token)):
        return Meaning(UNREADABLE, 0)
    if "-" not in token:
        return None
    parts = token.split("-")
    found = [lexicon().get(part) for part in parts]
    if not any(part and part.kind in (CARDINAL, SCALE, UNREADABLE) for part in found):
        return None
    ordinal = found[0] and found[0].value >= 20 and ORDINAL.fullmatch(parts[-1])
    return None if ordinal else Meaning(UNREADABLE, 0)


@lru_cache(maxsize=1024)
def _numeral(token: str) -> Meaning | None:
    """Meaning of digits with their separators and ending; None for an ordinal, which counts nothing."""
    if token.isascii() and token.isdigit():
        return _digits(token)
    parts = _NUMERAL.fullmatch(token)
    if parts is None:
        return Meaning(UNREADABLE, 0)
    body, ending = parts.groups()
    number = _digits(body)
    if ending is None or ending in _CARDINAL_ENDINGS:
        return number
    if ending in _ORDINAL_ENDINGS and number.kind is DIGITS:
        return None
    scale = _MAGNITUDE_ENDINGS.get(ending)
    if scale is None or number.kind in (UNREADABLE, THREES):
        return Meaning(UNREADABLE, 0)
    value, rest = divmod(number.value * scale, 100 if number.kind is DECIMAL else 1)
    return Meaning(UNREADABLE, 0) if rest else Meaning(KILO if ending in "kк" else CLOSED, value, scale)


def _digits(body: str) -> Meaning:
    if body.isascii() and body.isdigit():
        unsure = len(body) > _LONGEST or (body[0] == "0" and body != "0")
        return Meaning(UNREADABLE, 0) if unsure else Meaning(DIGITS, int(body))
    if _GROUPED.fullmatch(body) and len(body) <= _LONGEST:
        kind = THREES if _THREES.fullmatch(body) else DIGITS
        return Meaning(kind, int("".join(filter(str.isdigit, body))))
    decimal = _DECIMAL.fullmatch(body)
    if decimal is None:
        return Meaning(UNREADABLE, 0)
    return Meaning(DECIMAL, int(decimal[1]) * 100 + int(decimal[2].ljust(2, "0")))
