"""The published JSON-LD context, and names of terms, things and classes by it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import BlankNode, NamedNode

from repatria.errors import UsageError
from repatria.resources import folder

_KEYWORDS = ("id", "type")


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its name, to what its values are coerced (an IRI of a datatype, ``@id`` or nothing).

    ``by_language``: its values are kept by language.
    """

    name: str
    coercion: str = ""
    by_language: bool = False


@cache
def published() -> dict[str, Any]:
    """Return the context of ``ontology/context.jsonld``."""
    text = (folder("ontology") / "context.jsonld").read_text(encoding="utf8")
    context: dict[str, Any] = json.loads(text)["@context"]
    return context


class Context:
    """The published context with the prefixes of a graph; remembers what of it is used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        whole = published()
        self._prefixes = {name: told for name, told in whole.items() if _is_namespace(told)}
        self._prefixes |= {
            name: told
            for name, told in prefixes.items()
            if _is_namespace(told) and (name in self._prefixes or name not in whole)
        }
        self._whole = whole
        self._ranks = {name: number for number, name in enumerate(("id", "type", *whole))}
        self._used: set[str] = set(_KEYWORDS)
        self._terms: dict[str, Term] = {}
        self._classes: dict[str, str] = {}
        for name, told in whole.items():
            if isinstance(told, dict):
                coercion = self._expand(told.get("@type", ""))
                self._terms[self._expand(told["@id"])] = Term(name, coercion, "@container" in told)
            elif name not in (*_KEYWORDS, "@version") and not _is_namespace(told):
                self._terms.setdefault(self._expand(told), Term(name))
                self._classes[self._expand(told)] = name
        self._compacted: dict[str, str] = {}

    def used(self) -> dict[str, Any]:
        """Return the definitions of what was used, and of what these are written with."""
        names = set(self._used)
        for name in self._used - self._prefixes.keys():
            told = self._whole[name]
            parts = told.values() if isinstance(told, dict) else (told,)
            names.update(part.partition(":")[0] for part in parts if ":" in part)
        order = (*self._whole, *sorted(self._prefixes.keys() - self._whole.keys()))
        chosen = {name: self._prefixes.get(name, self._whole.get(name)) for name in order if name in names}
        return {"@version": 1.1, **chosen}

    def term(self, predicate: str) -> Term | None:
        """Return the term of a property (IRI), if it has one."""
        if found := self._terms.get(predicate):
            self._used.add(found.name)
        return found

    def type_name(self, kind: NamedNode | BlankNode) -> str:
        """Return the name of a class."""
        if isinstance(kind, NamedNode) and (name := self._classes.get(kind.value)):
            self._used.add(name)
            return name
        return self.reference(kind)

    def reference(self, node: NamedNode | BlankNode) -> str:
        """Return the name of a thing: a compact IRI, the IRI, or the label of a blank node."""
        return f"_:{node.value}" if isinstance(node, BlankNode) else self.compact(node.value)

    def compact(self, iri: str) -> str:
        """Return an IRI by the prefix of the longest fitting namespace.

        Raises UsageError RP213 if no prefix fits and the IRI's own scheme is a prefix of the context.
        """
        if iri not in self._compacted:
            self._compacted[iri] = self._shortest(iri)
        return self._compacted[iri]

    def rank(self, key: str) -> tuple[int, str]:
        """Return what sorts the members of a thing as the context lists them."""
        return self._ranks.get(key, len(self._ranks)), key

    def _shortest(self, iri: str) -> str:
        fitting = [
            (len(space), name)
            for name, space in self._prefixes.items()
            if iri.startswith(space) and len(iri) > len(space) and not iri.startswith("//", len(space))
        ]
        if fitting:
            length, name = max(fitting)
            self._used.add(name)
            return f"{name}:{iri[length:]}"
        if iri.partition(":")[0] in self._prefixes:
            message = f"JSON-LD would read <{iri}> by the prefix {iri.partition(':')[0]}:"
            raise UsageError("RP213", message, hint="choose another format, such as nquads")
        return iri

    def _expand(self, name: str) -> str:
        prefix, _, rest = name.partition(":")
        return f"{self._prefixes[prefix]}{rest}" if prefix in self._prefixes else name


def _is_namespace(told: object) -> bool:
    return isinstance(told, str) and ":" in told and told.endswith(("/", "#"))
