"""Looks at the text of SPARQL constraints: what it contains, and where the focus nodes must be bound.

SHACL evaluates a constraint with ``$this`` bound beforehand, wherever it occurs
(pre-binding, SHACL §5.3.1). One run over the whole graph must bind it by a
pattern instead, in the outermost group and in every inner group that is
evaluated for itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<text>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<variable>[?$]\w+)
    |(?P<name>[\w.-]*:(?:(?:[\w.:%-]|\\.)*(?:[\w:%-]|\\.))?|@\w[\w-]*)
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<sign>[{}()])
    |(?P<other>\s+|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass
class _Group:
    """A group in braces: where its inside starts, what opens it, and what is in it."""

    start: int
    opener: str
    this: bool = False
    sub_select: bool = False
    inner: bool = False

    def needs_focus(self, *, outermost: bool, optional: bool) -> bool:
        """Return whether the group is evaluated for itself, so that it must bind ``$this``.

        With ``optional`` also whether it is one of OPTIONAL, which may do so.

        A group of EXISTS or OPTIONAL sees the bindings around it, unless a BIND or
        another group is in it. A sub-select stands alone in its group.
        """
        if self.sub_select or not (self.this or outermost):
            return False
        return self.inner or self.opener not in (("EXISTS",) if optional else ("EXISTS", "OPTIONAL"))


@dataclass(frozen=True)
class Token:
    """A word, variable, IRI, literal or sign of a query, and the offset where it ends."""

    kind: str
    text: str
    end: int


def words(query: str) -> frozenset[str]:
    """Return the keywords and function names of a query in upper case: no text, comment, IRI or variable."""
    return frozenset(token.text.upper() for token in tokens(query) if token.kind == "word")


def variables(query: str) -> frozenset[str]:
    """Return the names of the variables of a query, without ``?`` or ``$``."""
    return frozenset(token.text[1:] for token in tokens(query) if token.kind == "variable")


def bind_focus(query: str, pattern: str, *, outermost: str, optional: bool = False) -> str | None:
    """Return the query with a pattern that binds ``$this`` in each group that needs it.

    ``outermost`` is what the outermost group begins with instead. With
    ``optional`` it is bound in each group of OPTIONAL as well that mentions it:
    the same, and quicker where the pattern binds it to few nodes.

    None if the query cannot be run once for all focus nodes: a sub-select that
    does not hand on ``$this``, or a text that is not understood.
    """
    places = _places(query, optional=optional)
    if places is None:
        return None
    pieces, last = [], 0
    for number, place in enumerate(sorted(places)):
        pieces += [query[last:place], f" {pattern if number else outermost} "]
        last = place
    return "".join([*pieces, query[last:]])


@lru_cache(maxsize=500)
def tokens(query: str) -> list[Token]:
    """Return the tokens of a query, without comments and white space."""
    found = (match for match in _TOKEN.finditer(query))
    tokens = [Token(match.lastgroup or "other", match.group(), match.end()) for match in found]
    return [token for token in tokens if token.kind != "comment" and not token.text.isspace()]


def _places(query: str, *, optional: bool) -> list[int] | None:
    """Return the offsets just inside the groups that must bind the focus variable."""
    reader = _GroupReader(optional=optional)
    for token in tokens(query):
        if not reader.take(token):
            return None
    return reader.places if not reader.groups else None


class _GroupReader:
    """Follows the groups of a query token by token."""

    def __init__(self, *, optional: bool) -> None:
        self._optional = optional
        self._this = frozenset(("$this", "?this"))
        self.places: list[int] = []
        self.groups: list[_Group] = []
        self._previous = ""
        self._projection: list[str] | None = None

    def take(self, token: Token) -> bool:
        """Take the next token; return False if the query cannot be run once for all focus nodes."""
        word = token.text.upper()
        if token.text == "{":
            if not self._open(token):
                return False
        elif token.text == "}":
            if not self.groups:
                return False
            self._close()
        elif token.text in self._this and self._previous == "AS":
            return False
        else:
            self._inside(token, word)
        self._previous = word
        return True

    def _open(self, token: Token) -> bool:
        if self._projection is not None and not _hands_on(self._projection, self._this):
            return False
        if self.groups and self._previous != "EXISTS":
            self.groups[-1].inner = True
        self.groups.append(_Group(token.end, "" if self._projection is not None else self._previous))
        self._projection = None
        return True

    def _close(self) -> None:
        group = self.groups.pop()
        if group.needs_focus(outermost=not self.groups, optional=self._optional):
            self.places.append(group.start)
        if self.groups:
            self.groups[-1].this |= group.this

    def _inside(self, token: Token, word: str) -> None:
        if token.kind == "word" and word == "SELECT":
            self._projection = []
            if self.groups:
                self.groups[-1].sub_select = True
        elif self._projection is not None:
            self._projection.append(token.text)
        if self.groups:
            self.groups[-1].this |= token.text in self._this
            self.groups[-1].inner |= token.kind == "word" and word == "BIND"


def _hands_on(select: list[str], this: frozenset[str]) -> bool:
    """Return whether the projection of a sub-select has ``$this`` itself (not made by AS, nor by ``*``)."""
    depth = 0
    for text in select:
        depth += (text == "(") - (text == ")")
        if depth == 0 and text in this:
            return True
    return False
