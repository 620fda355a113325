"""Formats, text alternatives, determinism, and what is said where the extra is missing."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.plot import examples
from tests.plot.reading import SVG, Picture, chunks, told

from repatria.errors import MissingExtra, UsageError
from repatria.plot.balance import balance_chart
from repatria.plot.compare import compare_chart
from repatria.plot.drawing import Drawing
from repatria.plot.rendering import check_extra, render
from repatria.plot.tally import tally_chart
from repatria.plot.timeline import timeline_chart

ROOT = Path(__file__).parents[2]
DRAWINGS: dict[str, Callable[[], Drawing]] = {
    "timeline": lambda: timeline_chart(examples.few()),
    "timeline unbounded": lambda: timeline_chart(examples.unbounded()),
    "timeline many": lambda: timeline_chart(examples.many()),
    "timeline Cyrillic": lambda: timeline_chart(examples.cyrillic()),
    "tally": lambda: tally_chart(examples.by_month(), "month"),
    "tally Cyrillic": lambda: tally_chart(examples.cyrillic()),
    "compare": lambda: compare_chart(examples.compared()),
    "compare many": lambda: compare_chart(examples.many_compared()),
    "compare Cyrillic": lambda: compare_chart(examples.cyrillic_compared()),
    "balance": lambda: balance_chart(examples.few()),
    "balance Cyrillic": lambda: balance_chart(examples.cyrillic()),
}
AGAIN = """
import sys
from tests.plot import examples
from tests.plot.test_rendering import DRAWINGS
from repatria.plot.rendering import render
sys.stdout.buffer.write(b"".join(render(DRAWINGS[n](), "svg") for n in ("compare", "timeline", "balance")))
"""


@pytest.fixture(scope="module", params=DRAWINGS)
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return DRAWINGS[request.param]()


@pytest.fixture(scope="module")
def svg(drawing: Drawing) -> bytes:
    return render(drawing, "svg")


@pytest.fixture(scope="module")
def html(drawing: Drawing) -> bytes:
    return render(drawing, "html")


def test_svg_has_a_text_alternative(drawing: Drawing, svg: bytes) -> None:
    root = Picture(svg).root
    assert root.get("role") == "img"
    first, second = list(root)[:2]
    assert (first.tag, first.text) == (f"{SVG}title", drawing.title)
    assert (second.tag, second.text) == (f"{SVG}desc", drawing.description)
    assert root.get("aria-labelledby") == f"{first.get('id')} {second.get('id')}"
    others = [element for element in root.iter() if element is not root]
    assert not [e for e in others if e.get("role") or any(name.startswith("aria-") for name in e.attrib)]


def test_svg_fetches_and_runs_nothing(svg: bytes) -> None:
    root = Picture(svg).root
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "path", "line", "text", "tspan", "rect", "title", "desc"}
    assert not [element for element in root.iter() if any("href" in name for name in element.attrib)]
    fonts = {element.get("font-family") for element in root.iter(f"{SVG}text")}
    assert fonts == {"Liberation Sans, Arial, Helvetica, sans-serif"}


def test_pictures_are_no_wider_than_a_page(svg: bytes) -> None:
    assert 600 < float(Picture(svg).root.get("width", "0")) < 1010


def test_png(drawing: Drawing) -> None:
    image = render(drawing, "png")
    (kind, header), *_, last = chunks(image)
    width, height = struct.unpack(">II", header[:8])
    assert (kind, last[0]) == (b"IHDR", b"IEND")
    assert width > 800
    assert height > 200
    assert told(image, "Title") == drawing.title
    assert told(image, "Description") == drawing.description


def test_latin_text_is_in_a_plain_chunk_of_a_png() -> None:
    plain = replace(DRAWINGS["balance"](), description="1,003 parcels")
    assert (b"tEXt", b"Description\x001,003 parcels") in chunks(render(plain, "png"))


class Page(HTMLParser):
    """Collects the elements of a page and the texts of its table's cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.rows: list[list[str]] = []
        self.cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.cell = tag in ("td", "th")
        if tag == "tr":
            self.rows.append([])
        elif self.cell:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.cell = False

    def handle_data(self, data: str) -> None:
        if self.cell:
            self.rows[-1][-1] += data


def test_html_holds_the_picture_and_the_numbers(drawing: Drawing, html: bytes) -> None:
    page = Page(html.decode())
    assert page.tags.count("svg") == page.tags.count("table") == 1
    assert page.rows == [list(row) for row in (drawing.columns, *drawing.rows)]
    assert ("aria-label", drawing.title) in page.attributes
    assert ("lang", "en") in page.attributes


def test_html_is_self_contained(html: bytes) -> None:
    page = Page(html.decode())
    assert not {"script", "link", "img", "iframe", "object", "a"} & set(page.tags)
    names = {name for name, _ in page.attributes}
    assert not [
        name for name in names if name in ("src", "href", "xlink:href", "data") or name.startswith("on")
    ]
    assert b"url(" not in html


def test_text_in_html_is_escaped() -> None:
    label = "<script>alert(1)</script> & co"
    sharp = examples.group(
        examples.exchange(examples.DAY, label), [examples.statement(examples.OFFICE, 5, 5)]
    )
    page = Page(render(compare_chart([sharp]), "html").decode())
    assert "script" not in page.tags
    assert page.rows[1][0] == label


@pytest.mark.parametrize("format_", ["svg", "png", "html"])
def test_the_same_numbers_give_the_same_bytes(format_: str) -> None:
    for name in ("timeline", "tally", "compare", "balance"):
        assert render(DRAWINGS[name](), format_) == render(DRAWINGS[name](), format_)


def test_the_same_bytes_in_other_processes_and_time_zones() -> None:
    places = os.pathsep.join(map(str, (ROOT, ROOT / "graph", ROOT / "cli")))
    found = []
    for zone, seed in (("UTC", "1"), ("Pacific/Kiritimati", "2"), ("America/New_York", "3")):
        env = {**os.environ, "PYTHONPATH": places, "TZ": zone, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", AGAIN], env=env, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr.decode()
        found.append(done.stdout)
    assert found[0] == found[1] == found[2] != b""


def test_unknown_format() -> None:
    with pytest.raises(UsageError, match="no picture format “gif”") as error:
        render(DRAWINGS["balance"](), "gif")
    assert (error.value.code, error.value.hint) == ("RP200", "one of svg, png, html")


@pytest.mark.parametrize("package", ["altair", "vl_convert"])
def test_missing_extra(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    check_extra()
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match="altair") as error:
        check_extra()
    assert error.value.hint == "pip install 'repatria[plot]'"


def test_nothing_imports_altair_before_it_draws() -> None:
    code = "import sys, repatria.plot, repatria_cli.plot; print({'altair', 'vl_convert'} & set(sys.modules))"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "graph"), str(ROOT / "cli")])}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60)
    assert done.stdout == "set()\n", done.stderr
