"""What one report has and another has not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from pyoxigraph import BlankNode

from repatria.shacl.report import Result, Term


def not_in(results: Iterable[Result], others: Iterable[Result]) -> Iterator[Result]:
    """Yield the results that are not among others, each as often as it is missing there.

    Two results are the same if they say the same of the same nodes, whatever
    the place: lines move. A blank node is like any other one, since its label
    changes whenever a file is read.
    """
    known = Counter(map(_key, others))
    for result in results:
        key = _key(result)
        if known[key]:
            known[key] -= 1
        else:
            yield result


def _key(one: Result) -> Hashable:
    return (
        _name(one.focus_node),
        one.path,
        _name(one.value),
        one.rule,
        one.component,
        one.custom_severity or one.severity,
        one.messages,
        tuple(sorted(hash(_key(detail)) for detail in one.details)),
    )


def _name(term: Term | None) -> Term | str | None:
    return "_:" if isinstance(term, BlankNode) else term
