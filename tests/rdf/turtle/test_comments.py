"""What a comment belongs to: the quad before or behind it, and the block, node or graph that it stands in."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from repatria.rdf.turtle import Comment, Document, Format, Place, read_document

TURTLE = """\
# file
# of the chair

@prefix : <http://example.org/> . # for all
# the base
@base # is
<http://example.org/> .
# chair
:chair # at once
  # of the kind
  a :Chair ; # wooden
  # of the legs
  :legs 4 , # or so
     # or
     5 ;
  :seat [ # soft
    # of the seat
    :colour "red" # bright
    ; :size 2 # wide
  ] , [ ] ; # seated
  :parts # of parts
    ( # begin
      1 # one
      # two
      2
      ( # empty
      )
    ) # parted
  . # chaired
# table
[ :p 1 ] # a node
  :q 2 .
<x> :p \"\"\"# none\"\"\" . # x
:y :p "y"
  # typed
  ^^ :kind . :z :p 3 . # z
# end
# of file"""
TRIG = """\
@prefix : <http://example.org/> .
# graph
:g # named
{ # open
  # of a
  :a :p 1 . # a
  # of b
  :b :p # one more
    2
} # closed
GRAPH :h { :c :p 3 } # c
# tail"""
LINES = """\
# head
<http://example.org/a> <http://example.org/p> "1" . # one

\t# two
<http://example.org/b> <http://example.org/p> "# none" <http://example.org/g> . # two's
# tail"""


class Told(NamedTuple):
    """Where a comment stands; subject and graph in the last letters of their names."""

    place: Place
    before: int | None
    after: int | None
    subject: str = ""
    verb: bool = False
    graph: str = ""
    own_line: bool = True


def told(comment: Comment) -> Told:
    """Return what is said of a comment, with blank nodes as ``_``."""
    subject, graph = (
        "" if node is None else "_" if str(node).startswith("_:") else node.value.rpartition("/")[2]
        for node in (comment.subject, comment.graph)
    )
    return Told(comment.place, comment.before, comment.after, subject, comment.verb, graph, comment.own_line)


def read(text: str, format: Format) -> tuple[Document, dict[str, Comment]]:
    document = read_document(text, "x", format=format)
    return document, {comment.text.removeprefix("# "): comment for comment in document.comments}


IN_TURTLE = {
    "file": Told("head", 0, None),
    "of the chair": Told("head", 0, None),
    "for all": Told("directive", 0, None, own_line=False),
    "the base": Told("directive", 0, None),
    "is": Told("directive", 0, None, own_line=False),
    "chair": Told("between", 0, None),
    "at once": Told("inside", 0, None, "chair", own_line=False),
    "of the kind": Told("inside", 0, None, "chair"),
    "wooden": Told("inside", 1, 0, "chair", own_line=False),
    "of the legs": Told("inside", 1, None, "chair"),
    "or so": Told("inside", 2, 1, "chair", verb=True, own_line=False),
    "or": Told("inside", 2, None, "chair", verb=True),
    "soft": Told("inside", 4, 3, "_", own_line=False),
    "of the seat": Told("inside", 4, None, "_"),
    "bright": Told("inside", 5, 4, "_", verb=True, own_line=False),
    "wide": Told("inside", 6, 5, "_", verb=True, own_line=False),
    "seated": Told("inside", 7, 6, "chair", own_line=False),
    "of parts": Told("inside", 7, None, "chair", verb=True, own_line=False),
    "begin": Told("inside", 8, 7, "_", verb=True, own_line=False),
    "one": Told("inside", 9, 8, "_", verb=True, own_line=False),
    "two": Told("inside", 9, None, "_", verb=True),
    "empty": Told("inside", 13, 12, "_", verb=True, own_line=False),
    "parted": Told("inside", 14, 7, "chair", verb=True, own_line=False),
    "chaired": Told("between", 14, 7, own_line=False),
    "table": Told("between", 14, None),
    "a node": Told("inside", 15, 14, "_", own_line=False),
    "x": Told("between", 17, 16, own_line=False),
    "typed": Told("inside", 18, None, "y", verb=True),
    "z": Told("between", None, 18, own_line=False),
    "end": Told("tail", None, None),
    "of file": Told("tail", None, None),
}
IN_TRIG = {
    "graph": Told("between", 0, None),
    "named": Told("inside", 0, None, "g", own_line=False),
    "open": Told("between", 0, None, graph="g", own_line=False),
    "of a": Told("between", 0, None, graph="g"),
    "a": Told("between", 1, 0, graph="g", own_line=False),
    "of b": Told("between", 1, None, graph="g"),
    "one more": Told("inside", 1, None, "b", verb=True, graph="g", own_line=False),
    "closed": Told("between", 2, 1, own_line=False),
    "c": Told("between", None, 2, own_line=False),
    "tail": Told("tail", None, None),
}
IN_LINES = {
    "head": Told("head", 0, None),
    "one": Told("between", 1, 0, own_line=False),
    "two": Told("between", 1, None),
    "two's": Told("between", None, 1, own_line=False),
    "tail": Told("tail", None, None),
}


@pytest.mark.parametrize(
    ("text", "format", "expected"),
    [
        (TURTLE, "turtle", IN_TURTLE),
        (TURTLE, "trig", IN_TURTLE),
        (TRIG, "trig", IN_TRIG),
        (LINES, "nquads", IN_LINES),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_comment_belongs_somewhere(
    text: str, format: Format, expected: dict[str, Told], end: str
) -> None:
    document, comments = read(text.replace("\n", end), format)
    assert len(document.comments) == text.replace("# none", "").count("#")
    assert {name: told(comment) for name, comment in comments.items()} == expected


def test_a_comment_in_brackets_names_their_node() -> None:
    document, comments = read(TURTLE, "turtle")
    seat, parts, table = (document.quads[index].quad.object for index in (3, 7, 14))
    assert comments["soft"].subject == comments["wide"].subject == seat
    assert comments["begin"].subject == comments["one"].subject == parts
    assert comments["empty"].subject not in (seat, parts, table)
    assert comments["a node"].subject == document.quads[14].quad.subject


@pytest.mark.parametrize("format", ["turtle", "trig", "ntriples", "nquads"])
def test_a_document_of_comments_alone_is_all_head(format: Format) -> None:
    document = read_document("\ufeff# one\n\n # two", "x", format=format)
    assert [told(comment) for comment in document.comments] == [Told("head", None, None)] * 2


def test_the_line_and_column_of_a_comment() -> None:
    document, comments = read(TURTLE, "turtle")
    assert document.location(comments["file"].start) == (1, 1)
    assert document.location(comments["wooden"].start) == (11, 14)
    assert document.location(comments["of file"].start) == (38, 1)
