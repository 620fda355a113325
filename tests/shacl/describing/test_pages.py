"""The pages on shapes: text, Markdown and HTML, with the examples; those of the shipped shapes are whole."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.shacl.describing.test_wording import told
from tests.shacl.formats.making import HARD

from docs import examples as shipped_text
from repatria.describing import describe_shapes
from repatria.errors import InputError, UsageError
from repatria.shacl.describing import FORMATS, Chapter, read_examples, shipped_examples, write_shapes
from repatria_cli.shapes import FORMATS as OFFERED

ACCEPT = """# The report has
# a title.
@prefix ex: <http://example.org/> .

ex:report a ex:Report ;
    ex:title "One" .

ex:gazette a ex:Body .
"""
REJECT = """# The title is missing.
@prefix ex: <http://example.org/> .

ex:report a ex:Report .

ex:gazette a ex:Body .
"""
SHAPES = """@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:report-shape sh:targetClass ex:Report ; rdfs:comment "How a report is described." ; sh:property ex:titled .
ex:titled sh:path ex:title ; sh:minCount 1 ; sh:message "A report has a title."@en ;
    rdfs:seeAlso <http://example.org/handbook#title> .
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with shapes, and examples of their rule."""
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf8")
    (tmp_path / "cases" / "titled").mkdir(parents=True)
    (tmp_path / "cases" / "titled" / "accept.ttl").write_text(ACCEPT, encoding="utf8")
    (tmp_path / "cases" / "titled" / "reject.ttl").write_text(REJECT, encoding="utf8")
    return tmp_path


def page(chapters: list[Chapter], format: str) -> str:
    out = io.BytesIO()
    write_shapes(chapters, out, format)
    return out.getvalue().decode()


def described(place: Path) -> list[Chapter]:
    return list(describe_shapes([place / "shapes.ttl"], examples=place / "cases"))


def test_text(place: Path) -> None:
    assert page(described(place), "text") == (
        "ex:report-shape\n"
        "  How a report is described.\n"
        "  For every instance of ex:Report.\n"
        "\n"
        "  ex:titled, ex:title  (violation)\n"
        "    at least 1 value\n"
        "    Message: A report has a title.\n"
        "    http://example.org/handbook#title\n"
        "    accepted: The report has a title.\n"
        "        ex:report a ex:Report ;\n"
        '            ex:title "One" .\n'
        "    rejected: The title is missing.\n"
        "        ex:report a ex:Report .\n"
    )


def test_markdown(place: Path) -> None:
    text = page(described(place), "markdown")
    for part in (
        "# Shapes\n",
        "\n## ex:report-shape\n\nHow a report is described.\n",
        "\nFor every instance of `ex:Report`.\n",
        '\n<a id="titled"></a>\n\n### `ex:titled`, `ex:title`\n\n*violation*\n',
        "\n- at least 1 value\n",
        "\n<http://example.org/handbook#title>\n",
        "\nrejected: The title is missing.\n\n```text\nex:report a ex:Report .\n```\n",
    ):
        assert part in text


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.marked: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)


def test_html_marks_what_differs(place: Path) -> None:
    elements = Elements(page(described(place), "html"))
    assert elements.marked == ["ex:report a ex:Report ;", 'ex:title "One" .', "ex:report a ex:Report ."]
    (row,) = (found for tag, found in elements.found if tag == "tr" and "data-severity" in found)
    assert (row["id"], row["data-severity"], row["data-shape"]) == (
        "titled", "violation", "ex:report-shape",
    )  # fmt: skip
    assert [found["href"] for tag, found in elements.found if tag == "a"] == [
        "http://example.org/handbook#title"
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_the_shipped_shapes_are_described_whole(format: str) -> None:
    text = page(list(describe_shapes()), format)
    missing = [name for name in shipped_examples() if name not in text]
    assert missing == []
    assert len(shipped_examples()) == 275
    assert "is missing" in text
    assert "SELECT $this" in text
    if format == "html":
        rows = [found for tag, found in Elements(text).found if tag == "tr" and "id" in found]
        assert {str(row["id"]) for row in rows} >= shipped_examples().keys()
        assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("format", FORMATS)
def test_hard_text_is_text(format: str) -> None:
    shown = HARD.replace("\x00", "").replace("\\", "\\\\").replace('"', '\\"').replace("\x1b", "\\u001B")
    shapes = f'ex:shape sh:targetClass ex:Report ; sh:message """{shown} <script>""" ; sh:nodeKind sh:IRI .'
    text = page(told(shapes), format)
    assert "\x1b" not in text
    if format == "html":
        assert sum(tag == "script" for tag, _ in Elements(text).found) == 1
    if format == "markdown":
        assert re.search(r"(?<!\\)<script", text) is None


def test_a_name_chooses_a_shape_or_a_rule(place: Path) -> None:
    (chapter,) = describe_shapes(names=["claim-act"])
    assert (chapter.title, [rule.title for rule in chapter.rules]) == ("s:claim", ["s:claim-act"])
    assert chapter.rules[0].accept is not None
    (whole,) = describe_shapes([place / "shapes.ttl"], names=["report-shape"])
    assert [rule.title for rule in whole.rules] == ["ex:titled"]
    with pytest.raises(UsageError, match="RP201") as caught:
        describe_shapes(names=["claim-actt"])
    assert "claim-act" in caught.value.hint


def test_what_is_no_shape_or_no_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text("<http://example.org/a> <http://example.org/b> 1 .", encoding="utf8")
    with pytest.raises(InputError, match="RP312"):
        describe_shapes([tmp_path / "data.ttl"])
    with pytest.raises(UsageError, match="RP304"):
        page([], "pdf")
    with pytest.raises(InputError, match="RP101"):
        read_examples(tmp_path / "missing")
    with pytest.raises(InputError, match="RP101"):
        read_examples(tmp_path)


def test_an_example_may_be_missing(place: Path) -> None:
    (place / "cases" / "titled" / "accept.ttl").unlink()
    text = page(described(place), "text")
    assert "rejected: The title is missing." in text
    assert "accepted" not in text


def test_the_shipped_examples_are_those_of_the_tests() -> None:
    assert shipped_text.PLACE.read_text(encoding="utf8") == shipped_text.text(), "run python -m docs.examples"


def test_the_command_offers_what_can_be_written() -> None:
    assert OFFERED == FORMATS
