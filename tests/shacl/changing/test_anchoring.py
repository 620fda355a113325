"""How the patterns of a query lead back to the node that it is asked about, by the groups they stand in."""

from __future__ import annotations

import pytest

from repatria.shacl.changing.anchoring import bounds_of
from repatria.shacl.changing.patterns import Pattern
from repatria.shacl.paths import Path, Predicate, path_text

PREFIXES = "PREFIX ex: <http://example.org/>\n"
THIS = frozenset(("this",))


def name(path: Path) -> str:
    return path.iri.value[-1] if isinstance(path, Predicate) else path_text(path)


def loose(where: str) -> list[str]:
    """Return the properties of the patterns from which nothing leads back to ``$this``."""
    bounds = bounds_of(f"SELECT $this WHERE {{ {where} }}", PREFIXES, THIS)
    assert bounds is not None
    return [name(pattern.path) for pattern in bounds.loose]


@pytest.mark.parametrize(
    "where",
    [
        "$this ex:p ?x . ?x ex:q ?y . ?z ex:r ?y",
        "?z ex:r ?y . ?x ex:q ?y . $this ex:p ?x",
        "$this ex:p [ ex:q ?y ; ex:r 1.5, 'x'@en, \"y\"^^ex:own, true, -2 ] .",
        "[ ex:p $this ] .",
        "$this ex:p/^ex:q|(ex:r+/!ex:s)? ?x . ?x ?any ?y",
        "$this ex:p ?x OPTIONAL { ?x ex:q ?y OPTIONAL { ?y ex:r ?z } }",
        "$this ex:p ?x { ?x ex:q ?y } UNION { ?x ex:r ?y OPTIONAL { ?y ex:s ?z } }",
        "{ { $this ex:p ?x } } OPTIONAL { ?x ex:q ?y }",
        "$this ex:p ?x FILTER NOT EXISTS { ?x ex:q ?y . ?y ex:r ?z } FILTER(?x IN (ex:a, ex:b))",
        "FILTER(!EXISTS { $this ex:p ?x } || STRLEN(STR($this)) > 3)",
        "$this ex:p ?x BIND(EXISTS { ?x ex:q ?y } AS ?there)",
        "{ SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:p ?x . ?x ex:q ?y } GROUP BY $this }",
        "$this ex:p ?x OPTIONAL { ?y ex:q $this FILTER EXISTS { ?x ex:r ?y } }",
    ],
)
def test_patterns_that_lead_back(where: str) -> None:
    assert loose(where) == []


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("$this ex:p ?x . ?y ex:q ?z", ["q"]),
        ("$this ex:p 1 . ?y ex:q 1", ["q"]),
        # Where the first finds nothing, the second looks everywhere.
        ("OPTIONAL { $this ex:p ?x } OPTIONAL { ?x ex:q ?y }", ["q"]),
        ("OPTIONAL { $this ex:p ?x } FILTER EXISTS { ?x ex:q ?y }", ["q"]),
        ("{ $this ex:p ?x } UNION { $this ex:r ?y } OPTIONAL { ?x ex:q ?y }", ["q"]),
        ("OPTIONAL { ?x ex:q ?y } $this ex:p ?x", ["q"]),
        # What is around does not count for what is evaluated before it is joined.
        ("$this ex:p ?x { OPTIONAL { ?x ex:q ?y } }", ["q"]),
        ("$this ex:p ?x { SELECT $this ?x WHERE { ?x ex:q ?y } }", ["q"]),
        ("$this ex:p ?x { FILTER EXISTS { ?x ex:q ?y } }", ["q"]),
        ("BIND(EXISTS { ?x ex:q ?y } AS ?there) $this ex:p ?x", ["q"]),
        ("BIND($this AS ?x) ?x ex:q ?y", ["q"]),
        # A property leads nowhere.
        ("$this ?p ?x . ?p ex:q ?y", ["q"]),
    ],
)
def test_patterns_that_may_match_anywhere(where: str, expected: list[str]) -> None:
    assert loose(where) == expected


@pytest.mark.parametrize(
    "where",
    [
        "GRAPH ?g { $this ex:p ?x }",
        "VALUES ?x { 1 } $this ex:p ?x",
        "$this ex:p ?x MINUS { ?x ex:q ?y }",
        "$this ex:p ( 1 2 )",
        "$this nobody:knows ?x",
        "$this ex:p ?x } HAVING (EXISTS { ?x ex:q ?y }) {",
    ],
)
def test_queries_that_are_not_understood(where: str) -> None:
    assert bounds_of(f"SELECT $this WHERE {{ {where} }}", PREFIXES, THIS) is None


def test_where_a_pattern_is_held() -> None:
    bounds = bounds_of("ASK { $this ex:p ?x . ?y ex:q ?x }", PREFIXES, THIS)
    assert bounds is not None
    told = [(name(pattern.path), by_subject, anchor.depth) for pattern, by_subject, anchor in bounds.held]
    assert told == [("p", True, 0), ("q", False, 1)]
    assert all(isinstance(pattern, Pattern) for pattern, _, _ in bounds.held)
