"""What the shapes say of a rule: name, description and page, from the nearest that says it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from tests.shacl.formats.making import HEAD, ex, report_of

from repatria.resources import folder
from repatria.shacl.rule_texts import RuleText, RuleTexts, declared_prefixes
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.terms import SHAPES

RULES = Path(__file__).parents[2] / "docs" / "rules.md"


def index_of(shapes: str) -> ShapesGraph:
    return ShapesGraph(parse((HEAD + shapes).encode(), RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ('sh:name "title"', RuleText(name="title")),
        ('rdfs:label "title"', RuleText(name="title")),
        ('rdfs:label "label" ; sh:name "name"', RuleText(name="name")),
        ('rdfs:comment "What it\\n is."', RuleText(description="What it is.")),
        ('sh:description "That." ; rdfs:comment "This."', RuleText(description="That.")),
        ('rdfs:comment "Das."@de, "That."@en-GB, "Те."@uk', RuleText(description="That.")),
        ('rdfs:comment "Das."@de, "Plain."', RuleText(description="Plain.")),
        (
            "rdfs:seeAlso <http://example.org/b>, <http://example.org/a>",
            RuleText(page="http://example.org/a"),
        ),
        ("rdfs:comment ex:no-text", RuleText()),
    ],
)
def test_a_rule_has_what_is_said_of_it(said: str, text: RuleText) -> None:
    assert RuleTexts(index_of(f"ex:rule {said} .")).of(ex("rule")) == text


def test_a_shape_without_texts_has_those_of_the_named_one_that_holds_it() -> None:
    report = report_of(
        "ex:one a ex:Report .",
        """ex:shape sh:targetClass ex:Report ; rdfs:comment "A report." ;
        rdfs:seeAlso <http://example.org/page> ;
        sh:property [ sh:path ex:title ; sh:minCount 1 ; sh:name "title" ] .""",
    )
    (result,) = report.results
    found = RuleTexts(report.shapes).of_result(result)
    assert found == RuleText("title", "A report.", "http://example.org/page")
    assert RuleTexts(None).of_result(result) == RuleText()


def test_a_rule_of_our_own_has_its_line_in_the_list_of_rules() -> None:
    quads = [quad for file in folder("shapes").glob("*.ttl") for quad in parse(path=str(file))]
    texts = RuleTexts(ShapesGraph(quads))
    named = {one.subject for one in quads if isinstance(one.subject, NamedNode | BlankNode)}
    pages = {page for node in named if (page := texts.of(node).page)}
    assert len(pages) >= 275
    anchors = RULES.read_text(encoding="utf8")
    assert [
        page for page in pages if f'<a id="{page.removeprefix("docs/rules.md#")}"></a>' not in anchors
    ] == []
    assert texts.of(NamedNode(SHAPES + "not-there")).page == ""


def test_prefixes_that_the_shapes_declare() -> None:
    declared = '[ sh:prefix "my" ; sh:namespace "http://example.org/my/"^^xsd:anyURI ]'
    assert declared_prefixes(index_of(f"ex:o sh:declare {declared} .")) == {"my": "http://example.org/my/"}
    assert declared_prefixes(index_of("ex:o sh:declare [ sh:prefix 3 ], ex:other .")) == {}
    assert declared_prefixes(None) == {}
