"""Shapes and data to try engines on: small, so that a constraint is met by some nodes and broken by others."""

# ruff: noqa: E501 - tables of terms and shapes

from __future__ import annotations

from hypothesis import strategies as st
from tests.shacl import generated_queries

PREFIXES = (
    "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)
NODES = ("ex:a", "ex:b", "ex:c", "ex:d", "_:e", "_:f")
CLASSES = ("ex:A", "ex:B", "ex:C")
PROPERTIES = ("ex:p", "ex:q", "ex:r")
LITERALS = (
    '"x"', '"xyz"', '"x"@en', '"y"@en', '"z"@uk', '"1"^^xsd:integer', '"2"^^xsd:integer', '"1"^^xsd:decimal',
    '"2.5"^^xsd:decimal', '"one"^^xsd:integer', '"2025-06-01"^^xsd:date', '"2025-13-01"^^xsd:date',
    '"2025-06-01T10:00:00Z"^^xsd:dateTime', '"true"^^xsd:boolean', '"x"^^ex:own',
)  # fmt: skip
REWRITTEN = ('"01"^^xsd:integer', '"1.50"^^xsd:decimal', '"3"^^xsd:byte', '"1"^^xsd:boolean')
PAIRS = ("equals", "disjoint", "lessThan", "lessThanOrEquals")

nodes, classes, properties = st.sampled_from(NODES), st.sampled_from(CLASSES), st.sampled_from(PROPERTIES)
literals = st.sampled_from(LITERALS + REWRITTEN)
iris = st.sampled_from(NODES[:4])


@st.composite
def data(draw: st.DrawFn, *, rewritten: bool = True) -> str:
    """Return a data graph as Turtle; ``rewritten`` says whether it may have literals that a store rewrites."""
    values = literals if rewritten else st.sampled_from(LITERALS)
    triples = draw(st.lists(st.tuples(nodes, properties, st.one_of(nodes, values)), max_size=14))
    types = draw(st.lists(st.tuples(nodes, classes), min_size=1, max_size=8))
    lines = [f"{s} {p} {o} ." for s, p, o in triples] + [f"{s} a {c} ." for s, c in types]
    if draw(st.booleans()):
        lines.append("ex:B rdfs:subClassOf ex:A .")
    return PREFIXES + "\n".join(lines)


def _brief(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return the same strategy with a short repr: Hypothesis warns of one that is too long."""

    @st.composite
    def one(draw: st.DrawFn) -> str:
        return draw(strategy)

    return one()


def _path(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map("[ sh:inversePath {} ]".format),
        inner.map("[ sh:zeroOrMorePath {} ]".format),
        inner.map("[ sh:oneOrMorePath {} ]".format),
        inner.map("[ sh:zeroOrOnePath {} ]".format),
        st.lists(inner, min_size=2, max_size=2).map(lambda steps: f"( {' '.join(steps)} )"),
        st.lists(inner, min_size=2, max_size=2).map(
            lambda all: f"[ sh:alternativePath ( {' '.join(all)} ) ]"
        ),
    )


paths = _brief(st.one_of(properties, properties, st.recursive(properties, _path, max_leaves=3)))
numbers = st.integers(0, 3)
ranges = st.sampled_from(('"1"^^xsd:integer', '"1.5"^^xsd:decimal', '"2025-06-01"^^xsd:date', '"x"'))
members = st.lists(st.one_of(iris, literals), max_size=3).map(lambda terms: f"( {' '.join(terms)} )")

of_values = st.one_of(
    classes.map("sh:class {}".format),
    st.sampled_from(("xsd:integer", "xsd:string", "xsd:date", "rdf:langString", "ex:own")).map(
        "sh:datatype {}".format
    ),
    st.sampled_from(("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "IRIOrLiteral")).map(
        "sh:nodeKind sh:{}".format
    ),
    st.tuples(st.sampled_from(("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")), ranges).map(
        lambda pair: f"sh:{pair[0]} {pair[1]}"
    ),
    st.tuples(st.sampled_from(("minLength", "maxLength")), st.integers(1, 3)).map(
        lambda pair: f"sh:{pair[0]} {pair[1]}"
    ),
    st.sampled_from(('"^x"', '"[a-y]$"', '"2"', '"X" ; sh:flags "i"')).map("sh:pattern {}".format),
    st.just('sh:languageIn ( "en" "de" )'),
    members.map("sh:in {}".format),
    st.one_of(iris, literals).map("sh:hasValue {}".format),
)
of_sets = st.one_of(
    numbers.map("sh:minCount {}".format),
    numbers.map("sh:maxCount {}".format),
    st.just("sh:uniqueLang true"),
    st.tuples(st.sampled_from(PAIRS), properties).map(lambda pair: f"sh:{pair[0]} {pair[1]}"),
)
remarks = st.sampled_from(
    ("sh:severity sh:Warning", "sh:severity sh:Info", "sh:severity ex:Grave", 'sh:message "no"@en, "ні"@uk',
     'sh:message "not so"', "sh:deactivated true", "sh:deactivated false", 'sh:name "n" ; sh:order 1')
)  # fmt: skip


def _once(parts: list[str]) -> str:
    """Return statements, each parameter once: most may not be repeated."""
    return " ; ".join({part.split()[0]: part for part in parts}.values())


def node_shape(shape: str) -> str:
    """Return a node shape that says the same: ``sh:node`` refers to no property shapes."""
    return f"[ a sh:NodeShape ; sh:property {shape} ]" if shape.startswith("[ sh:path") else shape


def _with_remarks(statements: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    return st.one_of(
        statements, statements, st.tuples(statements, remarks).map(lambda two: [*two[0], two[1]])
    )


def _shapes(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return node shapes and property shapes, written as blank nodes, that may refer to inner ones."""
    lists = st.lists(inner, min_size=1, max_size=2).map(lambda found: f"( {' '.join(found)} )")
    referring = st.one_of(
        inner.map(node_shape).map("sh:node {}".format),
        inner.map("sh:not {}".format),
        st.tuples(st.sampled_from(("and", "or", "xone")), lists).map(lambda pair: f"sh:{pair[0]} {pair[1]}"),
    )
    nested = inner.filter(lambda shape: shape.startswith("[ sh:path")).map("sh:property {}".format)
    qualified = st.tuples(inner, numbers, st.sampled_from(("Min", "Max")), st.booleans()).map(
        lambda found: (
            f"sh:qualifiedValueShape {found[0]} ; sh:qualified{found[2]}Count {found[1]}"
            + (" ; sh:qualifiedValueShapesDisjoint true" if found[3] else "")
        )
    )
    anything = _with_remarks(st.lists(st.one_of(of_values, referring, nested), max_size=2))
    sets_too = _with_remarks(
        st.lists(st.one_of(of_values, of_sets, referring, qualified, nested), max_size=3)
    )
    return _brief(
        st.one_of(
            anything.map(lambda parts: f"[ a sh:NodeShape ; {_once(parts)} ]"),
            st.tuples(paths, sets_too).map(lambda found: f"[ sh:path {found[0]} ; {_once(found[1])} ]"),
        )
    )


_leaf: st.SearchStrategy[str] = st.one_of(
    of_values.map("[ a sh:NodeShape ; {} ]".format),
    st.tuples(paths, st.lists(st.one_of(of_values, of_sets), min_size=1, max_size=2)).map(
        lambda found: f"[ sh:path {found[0]} ; {_once(found[1])} ]"
    ),
)
inner_shapes = _brief(st.recursive(_brief(_leaf), _shapes, max_leaves=4))
_node = inner_shapes.map(node_shape).map("sh:node {}".format)
_property_shapes = st.tuples(
    paths, _with_remarks(st.lists(st.one_of(of_values, of_values, of_sets, of_sets, _node), min_size=1, max_size=3))
).map(lambda found: f"sh:path {found[0]} ; {_once(found[1])}")  # fmt: skip
property_shapes = st.one_of(
    _property_shapes.map("[ {} ]".format), inner_shapes.filter(lambda shape: shape.startswith("[ sh:path"))
)
targets = st.one_of(
    classes.map("sh:targetClass {}".format),
    classes.map("sh:targetClass {}".format),
    iris.map("sh:targetNode {}".format),
    literals.map("sh:targetNode {}".format),
    properties.map("sh:targetSubjectsOf {}".format),
    properties.map("sh:targetObjectsOf {}".format),
)


@st.composite
def shapes(draw: st.DrawFn, *, sparql: bool = False) -> str:
    """Return a shapes graph as Turtle; ``sparql`` adds constraints and components by queries."""
    shared = draw(st.lists(_property_shapes, max_size=2))
    found = [f"ex:shared{number} {said} ." for number, said in enumerate(shared)]
    names = [f"ex:shared{number}" for number in range(len(shared))]
    for number in range(draw(st.integers(1, 2))):
        is_property = draw(st.integers(0, 5)) == 0
        parts = draw(st.lists(targets, min_size=1, max_size=2))
        known = [st.sampled_from(names)] if names else []
        parts += [
            f"sh:property {one}" for one in draw(st.lists(st.one_of(property_shapes, *known), max_size=3))
        ]
        more = draw(_with_remarks(st.lists(st.one_of(of_values, _node), max_size=2)))
        parts += [_once(more)] if more else []
        if draw(st.integers(0, 4)) == 0:
            parts.append("sh:closed true ; sh:ignoredProperties ( rdf:type )")
        if sparql:
            parts += draw(generated_queries.constraints(is_property=is_property))
        kind = f"sh:path {draw(paths)}" if is_property else "a sh:NodeShape"
        name = f"ex:s{number}"
        if number == 0 and not is_property and draw(st.integers(0, 5)) == 0:
            name, kind = draw(classes), "a sh:NodeShape, rdfs:Class"
        found.append(f"{name} {kind} ; {' ; '.join(parts)} .")
    return PREFIXES + "\n".join(found) + (generated_queries.DECLARED if sparql else "")
