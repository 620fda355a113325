"""IRIs as prefixed names where that needs no escape, otherwise in full."""

from __future__ import annotations

import re
from collections.abc import Mapping

# PN_CHARS_BASE of the Turtle grammar without the surrogates, which no text holds.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = _BASE + "_\\-0-9\u00b7\u0300-\u036f\u203f\u2040"
_PERCENT = "%[0-9A-Fa-f]{2}"
# PN_LOCAL without backslashes: an escaped name is harder to read and to search for than the whole IRI.
_LOCAL = re.compile(f"(?:(?:[{_BASE}_:0-9]|{_PERCENT})(?:[{_MORE}.:]|{_PERCENT})*)?(?<!\\.)")


class Names:
    """Shortens IRIs, given as ``<…>``, and remembers which prefixes were used.

    Of two prefixes of one namespace the first in code point order is taken, of several namespaces that
    fit the longest.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._by_stem: dict[str, list[tuple[str, str]]] = {}
        namespaces = {prefixes[prefix]: prefix for prefix in sorted(prefixes, reverse=True)}
        for namespace in sorted(filter(None, namespaces), key=len, reverse=True):
            self._by_stem.setdefault(_stem(namespace), []).append((namespace, namespaces[namespace]))
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def __call__(self, token: str) -> str:
        """Return the shortest text of an IRI."""
        known = self._known.get(token)
        if known is None:
            known = self._known[token] = self._shortened(token)
        return known

    def _shortened(self, token: str) -> str:
        iri = token[1:-1]
        # No local name holds a slash or a number sign, so that a namespace that fits goes as far as the last.
        for namespace, prefix in self._by_stem.get(_stem(iri), ()):
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return token


def _stem(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
