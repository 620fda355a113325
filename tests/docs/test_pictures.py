"""The pictures in docs/ are what the commands above them draw of the shipped dataset."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.docs.blocks import ROOT, blocks, steps
from tests.docs.session import Session

PLOTS = ROOT / "docs" / "plots.md"
PICTURES = ROOT / "docs" / "pictures"
KINDS = ("timeline", "tally", "compare", "balance")
_COMMAND = re.compile(r"repatria plot (\w+) (?:.* )?-o (\w+)\.svg")
_SHOWN = re.compile(r"!\[([^\]]+)\]\(pictures/(\w+)\.svg\)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
# What says where something stands; places may differ by a pixel where text is measured otherwise.
_PLACES = frozenset(("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "viewBox"))


def _commands() -> dict[str, str]:
    """Return the commands of the page that draw its pictures, by the name of the file."""
    sources = [
        step.source
        for block in blocks(PLOTS)
        if block.language == "console"
        for step in steps(block, "$ ", "> ")
    ]
    return {found[2]: source for source in sources if (found := _COMMAND.fullmatch(source))}


def _said(svg: str) -> list[tuple[str, dict[str, str], str]]:
    """Return what is drawn and written, without where it stands."""
    return [
        (
            node.tag,
            {name: value for name, value in node.items() if name not in _PLACES},
            (node.text or "").strip(),
        )
        for node in ElementTree.fromstring(svg).iter()
    ]


def _places(svg: str) -> list[float]:
    nodes = ElementTree.fromstring(svg).iter()
    values = [value for node in nodes for name, value in node.items() if name in _PLACES]
    return [float(number) for value in values for number in _NUMBER.findall(value)]


def _same(one: str, other: str) -> bool:
    return _said(one) == _said(other) and _places(one) == pytest.approx(_places(other), abs=1)


def test_each_picture_is_drawn_by_a_command_and_shown_below_it() -> None:
    shown = _SHOWN.findall(PLOTS.read_text(encoding="utf8"))
    assert [name for _, name in shown] == list(_commands()) == list(KINDS)
    assert {path.name for path in PICTURES.iterdir()} == {f"{name}.svg" for name in KINDS}


@pytest.mark.parametrize("name", KINDS)
def test_picture_is_what_its_command_draws(name: str, session: Session, regenerate: bool) -> None:
    assert session.run(_commands()[name]) == ""
    assert session.code == 0
    drawn = Path(f"{name}.svg").read_text(encoding="utf8")
    kept = PICTURES / f"{name}.svg"
    if regenerate and not (kept.exists() and _same(kept.read_text(encoding="utf8"), drawn)):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(drawn, encoding="utf8")
    assert _same(kept.read_text(encoding="utf8"), drawn)


def test_another_number_colour_or_length_is_another_picture() -> None:
    kept = (PICTURES / "timeline.svg").read_text(encoding="utf8")
    (colour,) = set(re.findall(r'(?<=fill=")#0072B2(?=")', kept, re.IGNORECASE))
    assert _same(kept, kept)
    assert not _same(kept, kept.replace("8,063", "8,064"))
    assert not _same(kept, kept.replace(colour, "#000000"))
    first = re.search(r"(?<=L)\d{3}(?=[,.])", kept)
    assert first is not None
    moved = f"{kept[: first.start()]}{int(first[0]) + 2}{kept[first.end() :]}"
    assert not _same(kept, moved)
