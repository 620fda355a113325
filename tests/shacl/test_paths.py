"""Property paths as text and back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Quad

from repatria.shacl.loading import load
from repatria.shacl.paths import Node, path_quads, path_text, read_path, simplified
from repatria.shacl.walking import walk, walk_back

iris = st.sampled_from(["<http://example.org/p>", "<http://example.org/q>", "<http://example.org/r>"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=3)
    return (
        several.map(lambda steps: f"({'/'.join(steps)})")
        | several.map(lambda steps: f"({'|'.join(steps)})")
        | inner.map(lambda step: f"^({step})" if step.startswith("^") else f"^{step}")
        | st.tuples(inner, st.sampled_from("*+?")).map(
            lambda pair: (f"({pair[0]})" if _has_sign(pair[0]) else pair[0]) + pair[1]
        )
    )


def _has_sign(step: str) -> bool:
    return step.startswith("^") or step.endswith(("*", "+", "?"))


def read(text: str) -> tuple[Node, Callable[[NamedNode | BlankNode, NamedNode], list[Node]]]:
    numbers = count()
    node, quads = path_quads(text, lambda: BlankNode(f"p{next(numbers)}"))

    def objects(subject: NamedNode | BlankNode, predicate: NamedNode) -> list[Node]:
        return [quad.object for quad in quads if quad.subject == subject and quad.predicate == predicate]

    return node, objects


@given(st.recursive(iris, _larger, max_leaves=8))
def test_text_to_triples_and_back(text: str) -> None:
    # Outermost brackets are left out.
    whole = text[1:-1] if text.startswith("(") and text.endswith(")") and _one_bracket(text) else text
    assert path_text(read_path(*read(whole))) == whole


def _one_bracket(text: str) -> bool:
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(text) - 1
    return False


nodes = [NamedNode(f"http://example.org/{name}") for name in "abcd"]
triples = st.lists(
    st.tuples(st.sampled_from(nodes), iris.map(lambda iri: NamedNode(iri[1:-1])), st.sampled_from(nodes)).map(
        lambda three: Quad(*three)
    ),
    max_size=8,
)


@given(st.recursive(iris, _larger, max_leaves=6), triples)
def test_a_simplified_path_reaches_the_same(text: str, quads: list[Quad]) -> None:
    path, data = read_path(*read(text)), load(quads)
    simple = simplified(path)
    answer = data.select(f"SELECT ?s ?o {{ ?s {path_text(path)} ?o }}")
    pairs = {(start, end) for start, end in answer if start in nodes and end in nodes}
    used = [node for node in nodes if data.is_node(node)]
    for one in (path, simple):
        assert {(start, end) for start in used for end in walk(data, start, one)} == pairs
        assert {(start, end) for end in used for start in walk_back(data, end, one)} == pairs
    assert "?*" not in path_text(simple)
    assert "^(" not in path_text(simple)


@pytest.mark.parametrize(
    "text", ["", "p", "<http://example.org/p>/", "(<http://example.org/p>", "<a:b><a:c>"]
)
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="path"):
        read(text)


def test_a_path_that_contains_itself_is_refused() -> None:
    node = BlankNode()
    inverse = NamedNode("http://www.w3.org/ns/shacl#inversePath")
    loop = Quad(node, inverse, node)
    with pytest.raises(ValueError, match="no SHACL path"):
        read_path(node, lambda subject, predicate: [loop.object] if predicate == inverse else [])
