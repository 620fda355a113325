"""Reads the patterns of a SPARQL query: which triples it looks for, and in which group each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import NamedNode

from repatria.shacl.paths import Choice, Inverse, Path, Predicate, Repeat, Steps
from repatria.shacl.queries import named
from repatria.shacl.sparql_text import Token, tokens
from repatria.shacl.vocabulary import TYPE

ANY = NamedNode("urn:x-repatria:any")
"""Stands in a path for whatever property."""

Place = str | NamedNode
"""What stands in a pattern: a variable by its name, or an IRI. A literal counts as a variable of its own,
which matches more."""


class NotUnderstood(Exception):
    """A query with something that is not read here."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One triple pattern."""

    subject: Place
    path: Path
    value: Place


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Groups in a group.

    ``kind`` is ``join`` (one group, or several by UNION), ``optional``, ``select``,
    ``filter`` (those of EXISTS, evaluated when the group is known) or ``bind`` (the same, where it stands).
    """

    kind: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """What is between two braces, in its order."""

    parts: list[Pattern | Part] = field(default_factory=list)


@lru_cache(maxsize=500)
def read_groups(text: str, prefixes: str) -> Group:
    """Return the outermost group of a SELECT or ASK, ``$PATH`` already replaced. Raises NotUnderstood."""
    return _Reader(list(tokens(text)), prefixes).query()


class _Reader:
    """Reads by recursive descent; ``_at`` is the number of the next token."""

    def __init__(self, found: list[Token], prefixes: str) -> None:
        self._tokens = found
        self._prefixes = prefixes
        self._at = 0
        self._unnamed = 0

    def query(self) -> Group:
        self._projection()
        group = self._group()
        if any(token.text in "{}" or token.text.upper() == "VALUES" for token in self._tokens[self._at :]):
            raise NotUnderstood
        return group

    def _peek(self) -> str:
        return self._tokens[self._at].text.upper() if self._at < len(self._tokens) else ""

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _take(self) -> Token:
        if self._at == len(self._tokens):
            raise NotUnderstood
        self._at += 1
        return self._tokens[self._at - 1]

    def _found(self, text: str) -> bool:
        if self._peek() != text:
            return False
        self._at += 1
        return True

    def _expect(self, text: str) -> None:
        if not self._found(text):
            raise NotUnderstood

    def _projection(self) -> None:
        """Skip what stands before the group of a query."""
        depth = 0
        while self._peek() != "{" or depth:
            text = self._take().text.upper()
            depth += (text == "(") - (text == ")")
            if text in ("{", "PREFIX", "BASE", "FROM"):
                raise NotUnderstood

    def _group(self) -> Group:
        self._expect("{")
        group = Group()
        if self._peek() == "SELECT":
            group.parts.append(self._sub_select())
            return group
        while not self._found("}"):
            self._part(group)
        return group

    def _sub_select(self) -> Part:
        self._projection()
        inner = self._group()
        while not self._found("}"):
            if self._take().text.upper() in ("{", "VALUES"):
                raise NotUnderstood
        return Part("select", (inner,))

    def _part(self, group: Group) -> None:
        word = self._peek() if self._kind() in ("word", "sign") else ""
        if word == "{":
            groups = [self._group()]
            while self._found("UNION"):
                groups.append(self._group())
            group.parts.append(Part("join", tuple(groups)))
        elif word == "OPTIONAL":
            self._take()
            group.parts.append(Part("optional", (self._group(),)))
        elif word in ("FILTER", "BIND"):
            self._take()
            group.parts.append(Part(word.lower(), tuple(self._expression())))
        elif word in ("MINUS", "VALUES", "GRAPH", "SERVICE", "SELECT"):
            raise NotUnderstood
        elif not self._found("."):
            self._triples(group)

    def _expression(self) -> Iterator[Group]:
        """Yield the groups of EXISTS in one expression: in brackets, a call, or EXISTS alone."""
        depth = 0
        while True:
            text = self._take().text.upper()
            depth += (text == "(") - (text == ")")
            if text == "EXISTS":
                yield self._group()
            elif text == "{":
                raise NotUnderstood
            if depth == 0 and text in (")", "EXISTS"):
                return

    def _triples(self, group: Group) -> None:
        bracketed = self._peek() == "["
        subject = self._node(group)
        if not (bracketed and self._peek() in (".", "}")):
            self._properties(subject, group)

    def _properties(self, subject: Place, group: Group) -> None:
        while True:
            path = self._verb()
            group.parts.append(Pattern(subject, path, self._node(group)))
            while self._found(","):
                group.parts.append(Pattern(subject, path, self._node(group)))
            if not self._found(";"):
                return
            while self._found(";"):
                pass
            if self._peek() in (".", "}", "]"):
                return

    def _node(self, group: Group) -> Place:
        token = self._take()
        if token.kind == "variable":
            return token.text[1:]
        if token.text == "[":
            node = self._new()
            if not self._found("]"):
                self._properties(node, group)
                self._expect("]")
            return node
        if token.kind == "text":
            if self._found("^"):
                self._expect("^")
                self._take()
            elif self._peek().startswith("@"):
                self._take()
            return self._new()
        if token.kind == "name" and token.text.startswith("_:"):
            return token.text
        if token.kind in ("iri", "name"):
            return self._iri(token)
        if token.text in ("+", "-"):
            token = self._take()
        if token.kind == "number" or token.text.lower() in ("true", "false"):
            return self._new()
        raise NotUnderstood

    def _new(self) -> str:
        self._unnamed += 1
        return f"[{self._unnamed}]"

    def _iri(self, token: Token) -> NamedNode:
        node = named(self._prefixes, token.text)
        if node is None:
            raise NotUnderstood
        return node

    def _verb(self) -> Path:
        if self._kind() == "variable":
            self._take()
            return Predicate(ANY)
        return self._choice()

    def _choice(self) -> Path:
        found = [self._steps()]
        while self._found("|"):
            found.append(self._steps())
        return found[0] if len(found) == 1 else Choice(tuple(found))

    def _steps(self) -> Path:
        found = [self._step()]
        while self._found("/"):
            found.append(self._step())
        return found[0] if len(found) == 1 else Steps(tuple(found))

    def _step(self) -> Path:
        if self._found("^"):
            return Inverse(self._step())
        path = self._primary()
        while self._kind() == "other" and self._peek() in ("*", "+", "?"):
            path = Repeat(path, self._take().text)
        return path

    def _primary(self) -> Path:
        token = self._take()
        if token.text == "(":
            path = self._choice()
            self._expect(")")
            return path
        if token.text == "!":
            self._negated()
            # Backwards as well, where it may say ^.
            return Choice((Predicate(ANY), Inverse(Predicate(ANY))))
        if token.text == "a":
            return Predicate(TYPE)
        if token.kind not in ("iri", "name"):
            raise NotUnderstood
        return Predicate(self._iri(token))

    def _negated(self) -> None:
        if not self._found("("):
            self._found("^")
            self._take()
            return
        while not self._found(")"):
            self._take()
