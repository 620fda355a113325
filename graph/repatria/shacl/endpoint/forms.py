"""Asks an endpoint for literals whose lexical form may not belong to their datatype."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from repatria.shacl.datatypes import INTEGERS, PATTERNS
from repatria.shacl.vocabulary import XSD

_DAYS = ("date", "dateTime", "dateTimeStamp", "gMonthDay")
# Days that not every month, or not every year, has.
_RARE_DAY = "-(02-(29|30|31)|(04|06|09|11)-31)"
_GROUP = re.compile(r"\(\?(?:P<\w+>|:)")


def candidates(datatypes: Iterable[NamedNode]) -> str:
    """Return a query for the properties and literals of some datatypes that may be ill-formed.

    It may find too many, also where the endpoint's regular expressions are others, but never too few.
    """
    tests = [f"(?d = {one} && ({test}))" for one in datatypes if (test := " || ".join(_tests(one)))]
    body = "?s ?p ?o FILTER(isLITERAL(?o)) BIND(DATATYPE(?o) AS ?d) BIND(STR(?o) AS ?t)"
    return f"SELECT DISTINCT ?p ?o {{ {body} FILTER({' || '.join(tests) or 'false'}) }}"


def _tests(datatype: NamedNode) -> Iterator[str]:
    name = datatype.value.removeprefix(XSD)
    if not datatype.value.startswith(XSD):
        return
    if name in INTEGERS:
        yield _unlike("[+-]?[0-9]+")
        least, greatest = INTEGERS[name]
        bounds = [f"?n >= {least}"] * (least is not None) + [f"?n <= {greatest}"] * (greatest is not None)
        number = f"<{XSD}integer>(?t)"
        if bounds:
            yield f"!COALESCE({' && '.join(bounds).replace('?n', number)}, false)"
    elif name in PATTERNS:
        yield _unlike(_GROUP.sub("(", PATTERNS[name]))
    if name in _DAYS:
        yield f"COALESCE(REGEX(?t, {Literal(_RARE_DAY)}), true)"


def _unlike(pattern: str) -> str:
    return f"!COALESCE(REGEX(?t, {Literal(f'^({pattern})$')}), false)"
