"""The page: complete without a script, for itself, and nothing in the data is markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from tests.shacl.formats.making import HARD, PLACED, SHAPES, WHOLE, reports, result, written

from repatria.shacl import Report

VOID = frozenset(("meta", "input"))


class Page(HTMLParser):
    """Reads a page: its rows with their data attributes and texts, its elements; that all are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.marked = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "tr" and "tbody" in self._open:
            data = {name.removeprefix("data-"): value or "" for name, value in attrs}
            self.rows.append({**data, "text": ""})

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "tbody" in self._open and self.rows:
            self.rows[-1]["text"] += data + " "
        if "mark" in self._open:
            self.marked += data


def test_a_row_says_all_of_a_result() -> None:
    page = Page(written(Report([PLACED], shapes=SHAPES), "html"))
    (row,) = page.rows
    assert (row["severity"], row["rule"], row["file"]) == ("violation", "ex:dated", "data/my file.ttl")
    for text in ("The date is wrong.", "data/my file.ttl:7:19", 'write "2025-07-17"^^xsd:date', "ex:report",
                 "ex:date", "When it was printed.", "sh:DatatypeConstraintComponent"):  # fmt: skip
        assert text in row["text"]
    assert page.marked == '"17.07.2025"'
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert links == ["http://example.org/handbook#dates"]


def test_the_head_says_what_is_true_of_all() -> None:
    text = written(WHOLE, "html")
    for told in (
        "1 violation, 1 warning, 1 info",
        "the time was over",
        "1 shape run by pyshacl",
        "no inference",
    ):
        assert told in text
    assert "Conforms: no results." in written(Report(), "html")


def test_the_page_is_for_itself_and_works_without_a_script() -> None:
    page = Page(written(WHOLE, "html"))
    loading = {"src", "srcset", "background", "poster", "data", "action", "formaction"}
    for tag, attributes in page.elements:
        assert tag not in ("link", "img", "iframe", "object", "base")
        assert not loading & attributes.keys()
    policy = next(found for _, found in page.elements if found.get("http-equiv") == "Content-Security-Policy")
    assert str(policy["content"]).startswith("default-src 'none'")
    assert "@import" not in written(WHOLE, "html")
    assert "url(" not in written(WHOLE, "html")
    forms = [found for tag, found in page.elements if tag == "form"]
    assert all("hidden" in form for form in forms)
    assert all("hidden" not in found for tag, found in page.elements if tag == "tr")
    names = [found["name"] for tag, found in page.elements if tag == "select"]
    assert names == ["severity", "rule", "file"]


def test_hard_text_is_text() -> None:
    page = Page(written(Report([result(message=HARD + "<script>alert(1)</script>")]), "html"))
    (row,) = page.rows
    assert "<script>alert(1)</script>" in row["text"]
    assert sum(tag == "script" for tag, _ in page.elements) == 1


@settings(deadline=None, max_examples=25)
@given(reports)
def test_there_is_one_row_for_each_result(report: Report) -> None:
    text = written(report, "html")
    assert len(Page(text).rows) == len(report.results)
    assert re.search("[\x00-\x08]", text) is None
