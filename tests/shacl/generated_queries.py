"""SPARQL inside shapes, to try engines on: constraints in many forms, components with each validator."""

# ruff: noqa: E501 - tables of terms and shapes

from __future__ import annotations

import re

from hypothesis import strategies as st

DECLARED = '''
ex:names sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
ex:atLeast a sh:ConstraintComponent ;
  sh:parameter [ sh:path ex:least ] ;
  sh:validator [ sh:prefixes ex:names ; sh:message "fewer than {$least}" ;
    sh:ask "ASK { FILTER(STRLEN(STR($value)) >= $least || isBLANK($value)) }" ] .
ex:sharesNothing a sh:ConstraintComponent ;
  sh:parameter [ sh:path ex:other ] , [ sh:path ex:beside ; sh:optional true ] ;
  sh:nodeValidator [ sh:prefixes ex:names ;
    sh:select """SELECT $this ?z WHERE { ?z $other $this FILTER(BOUND($beside) || isIRI(?z)) }""" ] ;
  sh:propertyValidator [ sh:prefixes ex:names ; sh:message "shares {?z} by {$other}" ;
    sh:select """SELECT DISTINCT $this ?z WHERE { $this $PATH ?z . $this $other ?z .
      FILTER NOT EXISTS { $this $beside ?z } }""" ] .
ex:isLinked a sh:ConstraintComponent ;
  sh:parameter [ sh:path ex:linkedBy ; sh:nodeKind sh:IRI ] ;
  sh:validator [ sh:prefixes ex:names ; sh:ask "ASK { { $value $linkedBy ?x } UNION { ?x $linkedBy $value } }" ] .
'''
# One pattern of a group each; $this may be any node of the graph, a blank node or a literal.
_PATTERNS = (
    "$this ex:p ?x .", "?x ex:q $this .", "?x ex:r ?y .", "$this ex:p/ex:q* ?x .", "$this ?p ?x .",
    "$this ex:p ?x . ?y ex:p ?x .", "?x (ex:p|^ex:q)+ $this .", "$this a ex:A ; ex:p ?x .",
    "$this a ex:B ; ex:q ?y ; ex:p ?x .",
)  # fmt: skip
_TESTS = (
    "isIRI($this)", "isBLANK($this)", "BOUND(?x)", "!BOUND(?y)", "?x = $this", "?x != $this", "BOUND($this)",
    "COALESCE(?x, $this) = $this", "isLITERAL(?x)", "sameTerm(?x, ?y)", "IF(BOUND($this), isIRI($this), true)",
    "$this IN (ex:a, ex:b)",
)  # fmt: skip
_tests = st.sampled_from(_TESTS)
_patterns = st.sampled_from(_PATTERNS)
_simple = st.one_of(_patterns, _patterns, _tests.map("FILTER({})".format))


def _counting(group: str) -> str:
    # rdflib makes one group of no solutions, where SPARQL makes none, lets a number of one sub-select stand
    # for that of another with its name, and lets a sub-select see variables around it.
    name, own = f"?n{len(group)}", re.sub(r"\?(?=[xyp]\b)", "?own_", group)
    return f"{{ SELECT $this (COUNT(?own_x) AS {name}) WHERE {{ {own} }} GROUP BY $this HAVING (COUNT(?own_x) > 0) }}"


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    return st.one_of(
        inner,
        group.map("OPTIONAL {{ {} }}".format),
        st.tuples(group, group).map(lambda two: f"{{ {two[0]} }} UNION {{ {two[1]} }}"),
        group.map("FILTER EXISTS {{ {} }}".format),
        group.map("FILTER NOT EXISTS {{ {} }}".format),
        group.map("{{ {} }}".format),
        group.map("{{ SELECT DISTINCT $this ?x WHERE {{ {} }} }}".format),
        group.map(_counting),
    )


groups = st.lists(st.recursive(_simple, _larger, max_leaves=5), min_size=1, max_size=3).map(" ".join)
"""What stands between the braces of a WHERE."""

_SELECTS = ("$this", "$this ?x", "DISTINCT $this (?x AS ?value)", "$this ?path (?x AS ?value)")
selects = st.one_of(
    st.tuples(st.sampled_from(_SELECTS), groups).map(lambda two: f"SELECT {two[0]} WHERE {{ {two[1]} }}"),
    groups.map("SELECT * WHERE {{ $this ?p ?x . {} }}".format),
)
bindings = st.sampled_from(("BIND($this AS ?b) ?b ex:p ?x", "BIND(IF(isBLANK($this), '', STR($this)) AS ?b) FILTER(?b != '')",
                            "$this ex:p ?x BIND(?x = $this AS ?b) FILTER(?b)"))  # fmt: skip
# rdflib's join forgets that a solution occurs twice: DISTINCT.
counted = groups.map(
    "SELECT $this (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {} }} GROUP BY $this HAVING (COUNT(DISTINCT ?x) > 1)".format
)
queries = st.one_of(selects, selects, bindings.map("SELECT $this ?x WHERE {{ {} }}".format), counted)

_PATHS = (
    "SELECT $this ?value WHERE { $this $PATH ?value FILTER(isLITERAL(?value)) }",
    "SELECT $this WHERE { FILTER NOT EXISTS { $this $PATH ?x } }",
    "SELECT DISTINCT $this (?x AS ?value) WHERE { $this $PATH ?x . ?x $PATH ?y }",
    "SELECT $this ?value WHERE { ?value $PATH $this }",
    "SELECT $this (COUNT(DISTINCT ?x) AS ?value) WHERE { $this $PATH ?x } GROUP BY $this HAVING (COUNT(DISTINCT ?x) > 1)",
)
of_paths = st.sampled_from(_PATHS)
_parameters = st.sampled_from(
    ("ex:least 2", "ex:other ex:p", "ex:other ex:q ; ex:beside ex:r", "ex:linkedBy ex:p", "ex:least 2, 3")
)
_messages = st.sampled_from(
    ("", ' ; sh:message "{?this} has {?x} and {$nothing}"', ' ; sh:message "so"@en, "так"@uk')
)


@st.composite
def constraints(draw: st.DrawFn, *, is_property: bool) -> list[str]:
    """Return constraints of a shape by queries, and parameters of the declared components."""
    found = [draw(_parameters)] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(0, 2))):
        query = draw(st.one_of(queries, of_paths) if is_property else queries)
        found.append(f'sh:sparql [ sh:prefixes ex:names ; sh:select """{query}""" {draw(_messages)} ]')
    return found
