"""Where words stand in an article: offsets and hashes, so that nobody counts code points by hand."""

from __future__ import annotations

from dataclasses import dataclass

from repatria.dossier.archive import Article
from repatria.dossier.text import normalise, sha256
from repatria.errors import InputError, Location


@dataclass(frozen=True, slots=True)
class Found:
    """One occurrence: start and end in code points of the normalised text, SHA-256 of the words."""

    start: int
    end: int
    sha256: str


def locate(article: Article, words: str) -> list[Found]:
    """Return all occurrences of ``words`` in the normalised text, overlapping ones too.

    White space in ``words`` is normalised as in the article. Raises InputError
    RP157 if they do not occur; the hint says where the longest beginning does.
    """
    wanted = normalise(words)
    if not wanted:
        raise InputError("RP157", "there are no words to look for")
    found = list(_starts(article.text, wanted))
    if not found:
        hint = _hint(article.text, wanted)
        message = f"the article does not hold “{wanted}”"
        raise InputError("RP157", message, hint=hint, location=Location(str(article.path)))
    digest = sha256(wanted)
    return [Found(start, start + len(wanted), digest) for start in found]


def _starts(text: str, wanted: str) -> list[int]:
    starts, at = [], text.find(wanted)
    while at >= 0:
        starts.append(at)
        at = text.find(wanted, at + 1)
    return starts


def _hint(text: str, wanted: str) -> str:
    if text.casefold().find(wanted.casefold()) >= 0:
        return "it holds the words with other capital letters"
    low, high = 0, len(wanted)
    while low < high:  # the longest beginning that occurs
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in text else (low, middle - 1)
    if low < 4:
        return "check quotation marks and spelling"
    return f"it holds “{wanted[:low]}” at {text.index(wanted[:low])}, then goes on differently"
