"""What a query says first of ``$this``."""

from __future__ import annotations

import pytest

from repatria.shacl.beginning import Beginning, beginning


@pytest.mark.parametrize(
    ("where", "kind", "properties", "rest"),
    [
        ("$this a ex:A ; ex:p ?x .", "ex:A", ("ex:p",), "$this ex:p ?x ."),
        ("?this a <A> ; ex:p ?x ; <q> 1 . ?x ex:r ?y", "<A>", ("ex:p", "<q>"),
            "?this ex:p ?x ; <q> 1 . ?x ex:r ?y"),
        ("$this ex:p ?x ; ex:q ?y FILTER(?x = ?y)", None, ("ex:p",), None),
        ("$this ex:p ?x", None, ("ex:p",), None),
        ("$this a ex:A .", "ex:A", (), None),
        ("$this a ex:A . $this ex:p ?x .", "ex:A", (), None),
        ("$this a ?kind ; ex:p ?x .", "?kind", ("ex:p",), "$this ex:p ?x ."),
        # More than one property or value of each, or anything else first.
        ("$this ex:p/ex:q ?x .", None, (), None),
        ("$this ex:p|ex:q ?x ; ex:r ?y .", None, (), None),
        ("$this ^ex:p ?x .", None, (), None),
        ("$this ex:p ?x, ?y .", None, (), None),
        ("$this ex:p [ ex:q ?x ] ; ex:r ?y .", None, (), None),
        ("$this ?p ?x ; ex:q ?y .", None, ("ex:q",), None),
        ("?x ex:p $this .", None, (), None),
        ("OPTIONAL { $this ex:p ?x }", None, (), None),
        ("{ $this ex:p ?x }", None, (), None),
        ("", None, (), None),
    ],
)  # fmt: skip
def test_the_triples_of_this_that_come_first(
    where: str, kind: str | None, properties: tuple[str, ...], rest: str | None
) -> None:
    query = f"SELECT $this {{ {where} }}"
    found = beginning(query)
    assert (found.kind, found.properties) == (kind, properties)
    assert found.rest.split() == (query if rest is None else f"SELECT $this {{ {rest} }}").split()


def test_no_query() -> None:
    assert beginning("ASK") == Beginning(None, (), "ASK")
