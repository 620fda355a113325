"""Canonical Turtle and TriG: what a reader sees, the round trip, and the same bytes whatever the order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple
from tests.canonical.graphs import EX, PREFIXES, datasets, meaning, read, renamed, trig, triples, turtle

from repatria.canonical import canonical_labels
from repatria.canonical.layout import WIDTH
from repatria.canonical.nesting import DEEPEST
from repatria.errors import InputError
from repatria.terms import prefixes

HEAD = f"@prefix : <{EX}> .\n@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
NAMES = [f"x{number}" for number in range(40)]


def canonical(text: str, **more: str) -> str:
    """Return the canonical form of some Turtle without its prefixes."""
    written = turtle(read(HEAD + text), {"": EX, **more})
    return written.partition("\n\n")[2] if written.startswith("@prefix") else written


# ---- The form ---------------------------------------------------------------------------------------------


def test_an_empty_graph_is_an_empty_file() -> None:
    assert turtle([]) == ""
    assert trig([]) == ""


def test_only_prefixes_that_are_used_are_declared_in_order() -> None:
    quads = read(HEAD + ':b a <http://example.com/x>, "1"^^<http://example.org/kind>, <urn:x:1> .')
    assert turtle(quads).startswith(
        "@prefix also: <http://example.org/> .\n"
        "@prefix unused: <http://example.com/> .\n"
        "@prefix urn: <urn:x:> .\n\n"
    )


def test_an_iri_gets_the_longest_namespace_and_no_escape() -> None:
    iris = ", ".join(f"<{EX}{name}>" for name in ("long/x", "long/x/y", "a.", "%41", "a(b)", "-a", "0a"))
    text = canonical(f":s :p {iris} .", long=f"{EX}long/", l=f"{EX}lo")
    assert text == (
        ":s :p\n"
        "        :%41,\n"
        "        <http://example.org/-a>,\n"
        "        :0a,\n"
        "        <http://example.org/a(b)>,\n"
        "        <http://example.org/a.>,\n"
        "        long:x,\n"
        "        <http://example.org/long/x/y> .\n"
    )


def test_a_subject_has_one_block_with_type_and_label_first() -> None:
    text = canonical(
        ':b :z 1 ; :a 2 . :b a :C ; <http://www.w3.org/2000/01/rdf-schema#label> "b"@uk, "z"@en . :a :p :o .',
        rdfs="http://www.w3.org/2000/01/rdf-schema#",
    )
    assert text == (
        ':a :p :o .\n\n:b a :C ;\n    rdfs:label\n        "z"@en,\n        "b"@uk ;\n    :a 2 ;\n    :z 1 .\n'
    )


def test_subjects_stand_in_the_order_of_their_iris_and_the_ontology_first() -> None:
    ontology = "http://www.w3.org/2002/07/owl#Ontology"
    text = canonical(f":a\\/b :p 1 . :a :p 1 . :a- :p 1 . :z a <{ontology}> .")
    subjects = [line.split(" ")[0] for line in text.splitlines() if line]
    assert subjects == [":z", ":a", ":a-", "<http://example.org/a/b>"]


def test_predicates_of_the_model_stand_in_its_order() -> None:
    rep = prefixes()["rep"]
    quads = [
        Quad(NamedNode(EX + "c"), NamedNode(rep + name), Literal("x"))
        for name in ("hasCount", "act", "asserter", "zzz", "source", "modality")
    ]
    lines = turtle(quads, prefixes()).splitlines()
    assert [line.split()[0] for line in lines if line.startswith("    ")] == [
        "rep:source", "rep:asserter", "rep:act", "rep:modality", "rep:hasCount", "rep:zzz"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("literal", "written"),
    [
        *((same, same) for same in (
            "1", "01", "-0", "1.50", ".5", "1e5", "1.E-5", "true", "false", '"1"', '"1"^^xsd:byte',
            '"1."^^xsd:decimal', '"1"^^xsd:decimal', '"1.0"^^xsd:integer', '"1"^^xsd:double',
            '"1"^^xsd:boolean',
            '"True"^^xsd:boolean', '"INF"^^xsd:double', '"١"^^xsd:integer', '"a"@uk', '"a\\tb\\rc"',
            '"a \\nb"', '"a\\n "', '"a\\r\\nb"', '"\\n\\u0007"', '"\\\\n"',
        )),
        ('"+7"^^xsd:integer', "+7"), ('"a"^^xsd:string', '"a"'), ("'q\"q'", '"q\\"q"'),
        ('"1\\n"^^xsd:integer', '"""1\n"""^^xsd:integer'), ('"a\\nb"', '"""a\nb"""'),
        ('"\\n\\""', '"""\n\\""""'), ('"\\n\\"\\"\\"x"', '"""\n\\"""x"""'), ('"\\n\\\\n"', '"""\n\\\\n"""'),
    ],
)  # fmt: skip
def test_literals_are_never_rewritten(literal: str, written: str) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    start = f"@prefix : <{EX}> .\n@prefix xsd: <{xsd}> .\n"
    quads = read(f"{start}:s :p {literal} .")
    text = turtle(quads, {"": EX, "xsd": xsd})
    assert text.endswith(f":s :p {written} .\n")
    assert read(text) == quads


def test_blank_nodes_are_nested_where_that_is_all_they_are_for() -> None:
    quads = read(
        f'{HEAD}:s :p _:a . _:a :q _:b . _:b a :C . :s :list ( 1 _:c ( ) ) . _:c :r "x" . _:alone :p 1 .\n'
        ":t :p [] . :u :p _:two . :v :p _:two . _:self :p _:self . _:x :p _:y . _:y :p _:x ; :q [ :r 1 ] ."
    )
    labels = canonical_labels(quads)
    two, own, x, y = (labels[node] for node in ("two", "self", "x", "y"))
    blocks = {
        own: f"_:{own} :p _:{own} .\n",
        x: f"_:{x} :p _:{y} .\n",
        y: f"_:{y}\n    :p _:{x} ;\n    :q [ :r 1 ] .\n",
    }
    assert turtle(quads, {"": EX}).partition("\n\n")[2] == "\n".join(
        (
            ':s\n    :list ( 1 [ :r "x" ] () ) ;\n    :p [ :q [ a :C ] ] .\n',
            ":t :p [] .\n",
            f":u :p _:{two} .\n",
            f":v :p _:{two} .\n",
            "[] :p 1 .\n",
            *(blocks[label] for label in sorted(blocks, key=lambda label: int(label[4:]))),
        )
    )


def test_what_is_no_list_is_not_written_as_one() -> None:
    text = canonical(
        ":a :p [ rdf:first 1, 2 ; rdf:rest () ] . :b :p [ rdf:first 1 ; rdf:rest ( 2 ) ; :note 3 ] .\n"
        ":c :p [ rdf:first 1 ; rdf:rest :elsewhere ] . ( 1 2 ) :p 3 .",
        rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    )
    assert text == (
        ":a :p [ rdf:first 1, 2 ; rdf:rest () ] .\n"
        "\n:b :p [ rdf:first 1 ; rdf:rest ( 2 ) ; :note 3 ] .\n"
        "\n:c :p [ rdf:first 1 ; rdf:rest :elsewhere ] .\n"
        "\n[]\n    rdf:first 1 ;\n    rdf:rest ( 2 ) ;\n    :p 3 .\n"
    )


def test_an_annotation_follows_what_it_annotates() -> None:
    owl = "http://www.w3.org/2002/07/owl#"
    text = canonical(
        f"[] a <{owl}Axiom> ; <{owl}annotatedSource> :a ; :note 1 . :b :p 1 . :a :p 1 . [] :p 0 .", owl=owl
    )
    subjects = [line.split(" ")[0] for line in text.splitlines() if line and line[0] != " "]
    assert subjects == [":a", "[]", ":b", "[]"]


def test_lines_are_short_where_their_terms_allow_it() -> None:
    many = ", ".join(f":class-with-a-long-name-{number}" for number in range(9))
    text = canonical(f":s a {many} ; :p [ :q {many} ] ; :list ( {many.replace(',', '')} ) ; :short :a, :b .")
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "    :short :a, :b .\n" in text
    assert text.count("\n        :class-with-a-long-name-") == 2 * 9  # types and members of the list
    assert text.count("\n            :class-with-a-long-name-") == 9


def test_named_graphs_follow_the_default_graph() -> None:
    quads = read(
        f"@prefix : <{EX}> . :h {{ :s :p 1 }} :g {{ :s :p [ :q 1 ] . :t :p _:b }} _:b {{ :u :p 2 }}\n"
        ":s :p 0 .",
        RdfFormat.TRIG,
    )
    name = canonical_labels(quads)["b"]
    assert trig(quads, {"": EX}) == (
        f"@prefix : <{EX}> .\n"
        "\n:s :p 0 .\n"
        f"\n:g {{\n    :s :p [ :q 1 ] .\n\n    :t :p _:{name} .\n}}\n"
        "\n:h {\n    :s :p 1 .\n}\n"
        f"\n_:{name} {{\n    :u :p 2 .\n}}\n"
    )


def test_a_blank_node_of_two_graphs_is_not_nested() -> None:
    quads = read(f"@prefix : <{EX}> . :g {{ :s :p _:b }} :h {{ _:b :q 1 }}", RdfFormat.TRIG)
    assert trig(quads, {"": EX}).count("_:c14n0") == 2
    assert "[ :q 1 ]" in turtle(quads, {"": EX}), "in the union it is"


# ---- The round trip ---------------------------------------------------------------------------------------


@given(datasets())
@settings(max_examples=200, deadline=None)
def test_what_is_written_reads_back_and_is_written_alike(quads: list[Quad]) -> None:
    text = trig(quads)
    again = read(text, RdfFormat.TRIG)
    assert meaning(again) == meaning(quads)
    assert trig(again) == text


@given(triples(), st.permutations(NAMES), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_neither_order_nor_labels_nor_doubles_matter(
    found: list[Triple], names: list[str], random: object
) -> None:
    quads = [Quad(*triple) for triple in found]
    text = turtle(found)
    again = read(text)
    assert meaning(again) == meaning(quads)
    shuffled = renamed(quads, names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert turtle(shuffled + shuffled[:3]) == text
    assert turtle(again) == text


_PROGRAM = """
import random, sys
from pathlib import Path
from pyoxigraph import RdfFormat, parse
from repatria.canonical import write_trig, write_turtle
from repatria.terms import prefixes
quads = list(parse(Path(sys.argv[1]).read_bytes(), RdfFormat.TRIG, rename_blank_nodes=True))
random.Random(int(sys.argv[2])).shuffle(quads)
for write in (write_turtle, write_trig):
    write(quads, sys.stdout.buffer, prefixes())
"""


def test_the_bytes_do_not_depend_on_the_run(root: Path, tmp_path: Path) -> None:
    text = "\n".join(
        (root / "ontology" / f"{name}.ttl").read_text("utf8") for name in ("repatria", "alignments")
    )
    rings = " ".join(f"_:{n}{i} :p _:{n}{(i + 1) % n} ." for n in (3, 5, 7) for i in range(n))
    (tmp_path / "all.trig").write_text(
        f"{text}\n@prefix : <{EX}> .\n{rings}\n:g {{ {rings} }}", encoding="utf8"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM, str(tmp_path / "all.trig"), seed],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root / "graph")},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(found) == 1
    assert b"_:c14n" in found.pop()


# ---- Deep and large ---------------------------------------------------------------------------------------


def test_deep_nesting_is_cut_off_and_exhausts_no_stack() -> None:
    depth = 5_000
    inner = "".join(f"[ :q {number} ; :p " for number in range(depth))
    quads = read(f"@prefix : <{EX}> . :top :p {inner} 0 {']' * depth} .")
    text = turtle(quads)
    again = read(text)
    assert len(again) == len(quads)
    assert turtle(again) == text
    assert max(len(line) - len(line.lstrip()) for line in text.splitlines()) <= 4 * (DEEPEST + 2)


def test_a_long_list_needs_no_labels() -> None:
    quads = read(f"@prefix : <{EX}> . :s :p ({' 0' * 30_000} ) .")
    text = turtle(quads)
    assert text.count("\n        0") == 30_000
    assert len(read(text)) == len(quads)


def test_labels_that_cannot_be_had_are_told() -> None:
    nodes = [BlankNode(f"n{number}") for number in range(10)]
    with pytest.raises(InputError) as caught:
        turtle(Quad(one, NamedNode(EX + "p"), other) for one in nodes for other in nodes if one != other)
    assert caught.value.code == "RP307"


def test_triple_terms_are_written_as_they_are() -> None:
    quads = read(f"@prefix : <{EX}> . :s :p <<( :a :b 1 )>> .")
    assert read(turtle(quads, {"": EX})) == quads
    with pytest.raises(InputError) as caught:
        turtle(read(f"@prefix : <{EX}> . :s :p <<( _:a :b 1 )>> ."), PREFIXES)
    assert caught.value.code == "RP309"
