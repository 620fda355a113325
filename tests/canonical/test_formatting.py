"""Formatting documents of others: comments stay where they belong, terms as written, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.canonical.graphs import EX, meaning
from tests.rdf.turtle.test_generated import BASE, documents

from repatria.canonical.formatting import FORMATTED, format_bytes
from repatria.errors import InputError, RepatriaError
from repatria.rdf import FORMATS
from repatria.rdf.turtle import Format, read_document
from repatria_cli.fmt import FORMATS as OFFERED

HEAD = f"@prefix : <{EX}> .\n"


def formatted(text: str, format: Format = "turtle") -> str:
    """Return the canonical form, which must be its own canonical form."""
    found = format_bytes(text.encode(), "a file", format)
    assert format_bytes(found, "a file", format) == found
    return found.decode()


def body(text: str, format: Format = "turtle") -> str:
    """Return the canonical form of what follows the declaration of the empty prefix."""
    return formatted(HEAD + text, format).removeprefix(HEAD).removeprefix("\n")


def refusal(text: str | bytes, format: Format = "turtle") -> RepatriaError:
    with pytest.raises(RepatriaError) as caught:
        format_bytes(text if isinstance(text, bytes) else text.encode(), "a file", format)
    return caught.value


# ---- Any document -----------------------------------------------------------------------------------------


@given(documents())
@settings(max_examples=150, deadline=None)
def test_the_form_of_any_document_keeps_its_statements_and_comments(
    written: tuple[str, Format, list[str]],
) -> None:
    text, format, comments = written
    if _in_an_empty_graph(text, format):
        with pytest.raises(InputError, match="a graph without statements"):
            format_bytes(text.encode(), "x", format, base_iri=BASE)
        return
    once = format_bytes(text.encode(), "x", format, base_iri=BASE)
    assert format_bytes(once, "x", format) == once
    found = read_document(once.decode(), "x", format=format)
    assert sorted(c.text for c in found.comments) == sorted(c.rstrip() for c in comments)
    before = read_document(text, "x", format=format, base_iri=BASE)
    assert meaning(q.quad for q in found.quads) == meaning(q.quad for q in before.quads)


def _in_an_empty_graph(text: str, format: Format) -> bool:
    document = read_document(text, "x", format=format, base_iri=BASE)
    graphs = {located.quad.graph_name for located in document.quads if located.graph}
    return any(comment.graph is not None and comment.graph not in graphs for comment in document.comments)


def test_the_formats_are_those_that_the_command_offers() -> None:
    assert FORMATTED == OFFERED
    assert set(FORMATTED) < set(FORMATS)


# ---- Prefixes and terms -----------------------------------------------------------------------------------


def test_all_prefixes_that_are_declared_stay_in_order_and_no_base() -> None:
    text = formatted(
        "PREFIX z: <http://example.org/z#>\n@base <http://example.org/> .\n@prefix a: <a#> .\n<s> a: <o>."
    )
    assert text == (
        "@prefix a: <http://example.org/a#> .\n"
        "@prefix z: <http://example.org/z#> .\n"
        "\n<http://example.org/s> a: <http://example.org/o> .\n"
    )


def test_a_prefix_declared_again_keeps_its_last_meaning() -> None:
    text = formatted(
        "@prefix p: <http://example.org/1/> . p:s p:p 1 . @prefix p: <http://example.org/2/> . p:s p:p 2 ."
    )
    assert text == (
        "@prefix p: <http://example.org/2/> .\n"
        "\n<http://example.org/1/s> <http://example.org/1/p> 1 .\n"
        "\np:s p:p 2 .\n"
    )


def test_language_tags_stay_as_they_are_written() -> None:
    assert (
        body(':s :p "a"@en-GB, "b"@EN , \'c\' @uk .')
        == ':s :p\n        "b"@EN,\n        "a"@en-GB,\n        "c"@uk .\n'
    )
    assert formatted('<urn:s> <urn:p> "a"@en-GB .\n', "ntriples") == '<urn:s> <urn:p> "a"@en-GB .\n'


def test_labels_do_not_depend_on_the_case_of_language_tags() -> None:
    text = ':s :p _:a, _:b . :t :p _:a, _:b . _:a :q "x"@{} . _:b :q "y"@{} .'
    small, mixed = body(text.format("en-gb", "en-gb")), body(text.format("en-GB", "en-gb"))
    assert mixed == small.replace('"x"@en-gb', '"x"@en-GB')


def test_a_byte_order_mark_and_other_line_ends_go() -> None:
    assert formatted('\ufeff@prefix : <http://example.org/> .\r\n:s :p """a\r\nb""" . # c\r\n') == (
        f'{HEAD}\n:s :p "a\\r\\nb" .  # c\n'
    )


def test_lines_of_quads_become_canonical_ones() -> None:
    text = (
        '_:x <urn:p> "\\u00E9" <urn:g> . <urn:b> <urn:p> _:x .\n<urn:a> <urn:p> "a"  .\n<urn:a> <urn:p> "a" .'
    )
    text = text.replace("> . <", "> .\n<")
    assert formatted(text, "nquads") == (
        '<urn:a> <urn:p> "a" .\n<urn:b> <urn:p> _:c14n0 .\n_:c14n0 <urn:p> "é" <urn:g> .\n'
    )


# ---- Comments ---------------------------------------------------------------------------------------------


LOOSE = """# The file.
#
# More on it.
@prefix : <http://example.org/> .   # the only one

# about b
:b :p 2 , # two
    # one
    1 ;
  # what it is
  a :C ; # really
  :q [ # a node
    :r 1 # its r
    # no more
  ] ; # closed
  :list ( # a list
    1 # first
    # the second
    2
  ) ;
  # :gone 1 ;
  .
# about a
:a :p 1 . # done

# the end
"""
NEAT = """# The file.
#
# More on it.

@prefix : <http://example.org/> .  # the only one

# about a
:a :p 1 .  # done

# about b
:b
    # what it is
    a :C ;  # really
    :list (
        # a list
        1  # first
        # the second
        2
    ) ;
    :p
        # one
        1,
        2 ;  # two
    :q [
        # a node
        :r 1  # its r
        # no more
    ]  # closed
    # :gone 1 ;
    .

# the end
"""


def test_comments_keep_their_places() -> None:
    assert formatted(LOOSE) == NEAT


def test_a_comment_by_itself_is_a_heading_and_keeps_statements_together() -> None:
    text = (
        ":z :p 1 .\n:y :p 1 .\n\n# Part two\n\n:b :p 1 .\n# of a\n:a :p 1 .\n:y :q 1 .\n"
        "\n# Part three\n# goes on\n\n:c :p 1 ."
    )
    assert body(text) == (
        ":y\n    :p 1 ;\n    :q 1 .\n\n:z :p 1 .\n"
        "\n# Part two\n\n# of a\n:a :p 1 .\n\n:b :p 1 .\n"
        "\n# Part three\n# goes on\n\n:c :p 1 .\n"
    )


def test_comments_of_prefixes_move_with_them() -> None:
    text = "# head\n\n# ours\n@prefix b: <urn:b:> . # b\n# theirs\n@prefix a: <urn:a:> .\na:s b:p 1 ."
    assert formatted(text) == (
        "# head\n\n# theirs\n@prefix a: <urn:a:> .\n# ours\n@prefix b: <urn:b:> .  # b\n\na:s b:p 1 .\n"
    )


def test_comments_in_graphs_stay_in_them() -> None:
    text = "# of g\n:g { # open\n:b :p 1 .\n\n# Part\n\n:a :p 1 . # a\n# end\n} # closed\n# of t\n:t :p 0 ."
    assert body(text, "trig") == (
        "# of t\n:t :p 0 .\n"
        "\n# of g\n# open\n"
        ":g {\n    :b :p 1 .\n\n    # Part\n\n    :a :p 1 .  # a\n\n    # end\n}  # closed\n"
    )


def test_a_statement_made_twice_keeps_the_comments_of_both() -> None:
    text = "# one\n:s :p 1 . # x\n# two\n:s :p 1 . # y"
    assert body(text) == "# one\n# two\n:s :p\n        # y\n        1 .  # x\n"


def test_a_comment_of_a_block_that_is_nested_goes_with_it() -> None:
    text = (
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n:s :p _:b .\n# of b\n_:b :q 1 .\n"
        "# the list\n_:l rdf:first 1 ; # one\n    rdf:rest () . # end\n:t :p _:l ."
    )
    assert formatted(HEAD + text).partition("\n\n")[2] == (
        ":s :p [\n        # of b\n        :q 1\n    ] .\n"
        "\n:t :p (\n        # the list\n        1  # one\n        # end\n    ) .\n"
    )


# ---- What is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "format", "code", "place"),
    [
        (":s :p 1 .", "turtle", "RP303", "a file:1:1"),
        (f"{HEAD}:s :p <rel> .", "turtle", "RP303", "a file:2:7"),
        (f"{HEAD}:s :p 1 ;\n:t", "turtle", "RP303", "a file:3"),
        ("<urn:s> <urn:p> 1 .", "ntriples", "RP303", "a file:1"),
        (b'<urn:s> <urn:p> "\xff" .', "turtle", "RP302", "a file"),
        (f"{HEAD}:s :p 1 .".encode("utf-16"), "turtle", "RP302", "a file"),
        ("<urn:s> <urn:p> <urn:o> . # why\n", "ntriples", "RP308", "a file:1:27"),
        ("# head\n<urn:s> <urn:p> <urn:o> <urn:g> .\n", "nquads", "RP308", "a file:1:1"),
        (f"{HEAD}:g {{\n  # nothing here\n}}\n:s :p 1 .", "trig", "RP308", "a file:3:3"),
        (f"{HEAD}:s :p <<( :a :b :c )>> .", "turtle", "RP306", "a file:2"),
    ],
)
def test_what_cannot_be_formatted_is_refused_with_its_place(
    text: str | bytes, format: Format, code: str, place: str
) -> None:
    problem = refusal(text, format)
    assert (problem.code, problem.exit_code) == (code, 3)
    assert str(problem.location).startswith(place)
    assert problem.hint


def test_too_many_blank_nodes_that_look_alike_are_refused_with_the_file() -> None:
    text = " ".join(f"_:n{one} :p _:n{other} ." for one in range(10) for other in range(10) if one != other)
    problem = refusal(HEAD + text)
    assert (problem.code, str(problem.location)) == ("RP307", "a file")


@pytest.mark.parametrize("name", ["x.jsonld", "x.rdf", "x.txt", "x", "-", "x.ttl.gz"])
def test_other_formats_are_refused(name: str) -> None:
    with pytest.raises(InputError) as caught:
        format_bytes(b"", name)
    assert caught.value.code == "RP304"


def test_the_ending_of_the_name_says_the_format() -> None:
    for name in ("x.ttl", "x.trig", "x.nt", "x.nq", "X.TTL"):
        text = b"<urn:s> <urn:p> <urn:o> .\n"
        assert format_bytes(text, name) == text
        assert format_bytes(b"", name) == b""
