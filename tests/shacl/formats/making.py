"""Reports to write: any results, and the same ones in a document with places."""

from __future__ import annotations

import io
from dataclasses import replace

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from repatria.errors import Location
from repatria.shacl import Report, Result, Severity, validate
from repatria.shacl.report import Place, Term
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.vocabulary import XSD, sh

EX = "http://example.org/"
PREFIXES = {"ex": EX}
HEAD = f"""@prefix ex: <{EX}> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <{XSD}> .
"""
HARD = 'a "b" <c> & d|e\\f\tg\nh ]]> [i](j) {0} %3A,::error:: `k` *l* \x1b[31m \x00 Обмен'


def ex(name: str) -> NamedNode:
    """Return a node of the namespace of examples."""
    return NamedNode(EX + name)


def result(
    focus: Term | None = None,
    *,
    severity: Severity = Severity.VIOLATION,
    message: str = "The date is wrong.",
    value: Term | None = None,
    shape: NamedNode | BlankNode | None = None,
    place: Place | None = None,
) -> Result:
    """Return a result of a shape with a name."""
    return Result(
        focus_node=focus or ex("report"),
        path=f"<{EX}date>",
        value=value,
        source_shape=shape or ex("dated"),
        source_constraint=None,
        component=sh("DatatypeConstraintComponent"),
        severity=severity,
        messages=(Literal(message, language="en"),),
        rule=ex("dated"),
        place=place,
    )


LINE = 'ex:report ex:date "17.07.2025" .'
PLACED = result(
    value=Literal("17.07.2025"), place=Place(Location("data/my file.ttl", 7, 19), LINE, len('"17.07.2025"'))
)
SHAPES = ShapesGraph(
    parse(
        f"""{HEAD}
        ex:dated sh:path ex:date ; sh:datatype xsd:date ; sh:name "date"@en ;
            rdfs:comment "When it was printed."@en, "Коли надруковано."@uk ;
            rdfs:seeAlso <{EX}handbook#dates> .
        """.encode(),
        RdfFormat.TURTLE,
    )
)
WHOLE = Report(
    [
        PLACED,
        result(severity=Severity.WARNING, message=HARD, value=Literal(HARD), focus=BlankNode("x")),
        replace(result(severity=Severity.INFO), details=(result(ex("page"), message="no page"),)),
    ],
    [ex("other")],
    shapes=SHAPES,
    counted=["data/my file.ttl", "no inference"],
    unfinished="the time was over after 5 seconds",
)


def written(report: Report, format: str, **more: Severity) -> str:
    """Return a report in a format as text."""
    out = io.BytesIO()
    report.write(out, format, PREFIXES, **more)
    return out.getvalue().decode()


def report_of(data: str, shapes: str) -> Report:
    """Validate Turtle against Turtle."""
    quads = [list(parse((HEAD + text).encode(), RdfFormat.TURTLE)) for text in (data, shapes)]
    return validate(*quads)


texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.just(HARD)
nodes = st.sampled_from([ex("a"), ex("b?c=d&e"), *map(BlankNode, "xyz")])
values = st.none() | nodes | st.builds(Literal, texts)
places = st.none() | st.builds(
    Place,
    st.builds(
        Location, texts.map(lambda text: text.replace("\0", "") or "f"), st.integers(0, 9), st.integers(0, 9)
    ),
    texts,
    st.integers(0, 20),
)
plain = st.builds(
    result,
    nodes,
    severity=st.sampled_from(Severity),
    message=texts,
    value=values,
    shape=nodes,
    place=places,
)
results = plain | st.builds(
    lambda one, details: replace(one, details=tuple(details)), plain, st.lists(plain, max_size=3)
)
reports = st.builds(
    Report,
    st.lists(results, max_size=5),
    st.lists(nodes, max_size=2),
    shapes=st.sampled_from([None, SHAPES]),
    counted=st.lists(texts, max_size=2),
    unfinished=texts,
)
