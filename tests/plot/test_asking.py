"""What a picture takes from the graph: filters, names, days; and the command that draws it."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from tests.plot.reading import PNG, Picture

import repatria_cli.plot as cli
from repatria.errors import RepatriaError, UsageError
from repatria.plot import FORMATS, KINDS, picture
from repatria.plot.asking import BY, drawing
from repatria.session import Graph
from repatria.store import Dataset


@pytest.fixture(scope="module")
def graph(dataset: Dataset) -> Graph:
    return Graph(dataset)


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, so that the command reads the shipped dataset."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPATRIA_WORKSPACE", raising=False)


def test_the_pictures_of_the_shipped_claims(graph: Graph) -> None:
    for kind in KINDS:
        assert Picture(picture(kind, graph)).root.get("role") == "img"
    told = drawing("timeline", graph).description
    rows = {(row.from_.label, row.to.label): row for row in graph.tally().totals if row.from_ and row.to}
    assert len(rows) == 2
    for row in rows.values():
        assert f"the claims add up to {row.total}, from {len(row.units)} exchanges" in told


def test_compare_draws_each_statement_of_an_exchange(graph: Graph) -> None:
    groups = graph.compare("exchange-2025-12-19")
    shown = Picture(picture("compare", graph, exchange="exchange-2025-12-19"))
    assert shown.count("sign-") == sum(len(group.statements) for group in groups) > 3
    assert set(shown.texts("referent")) == {"Exchange of remains of 19 December 2025"}


def test_filters_limit_what_is_drawn(graph: Graph) -> None:
    whole, party = drawing("compare", graph), drawing("compare", graph, from_="russia", to="ukraine")
    assert 0 < len(party.rows) < len(whole.rows)
    assert {"Russia → Ukraine" in row[1] for row in party.rows} == {True}
    late = drawing("compare", graph, since="2025-12-01")
    assert 0 < len(late.rows) < len(whole.rows)
    one = drawing("balance", graph, exchange="exchange-2025-07-17")
    assert {row[1] for row in one.rows} == {"Exchange of remains of 17 July 2025"}
    under = drawing("timeline", graph, agreement="istanbul-agreement-2025-06")
    assert {row[2] for row in under.rows} <= {row[2] for row in drawing("timeline", graph).rows}
    assert "Shown: agreement “istanbul-agreement-2025-06”." in under.notes
    both = drawing("compare", graph, agreement="istanbul-agreement-2025-06", exchange="exchange-2025-07-17")
    assert {row[0] for row in both.rows} <= {"Exchange of remains of 17 July 2025"}


def test_as_of_a_day(graph: Graph) -> None:
    early = drawing("tally", graph, as_of="2025-07-31")
    assert {row[2] for row in early.rows} < {row[2] for row in drawing("tally", graph).rows}
    assert any(note.startswith("As known on 31 July 2025") for note in early.notes)


def test_each_way_to_split_a_total(graph: Graph) -> None:
    for kind, ways in BY.items():
        for by in ways:
            assert drawing(kind, graph, by=by).rows, f"{kind} by {by}"


@pytest.mark.parametrize(
    ("kind", "filters", "code", "message"),
    [
        ("pie", {}, "RP200", "no picture “pie”"),
        ("timeline", {"by": "month"}, "RP200", "timeline does not take --by"),
        ("tally", {"exchange": "exchange-2025-07-17"}, "RP200", "tally does not take --exchange"),
        ("tally", {"by": "exchange"}, "RP200", "tally cannot be by “exchange”"),
        ("balance", {"by": "party"}, "RP200", "balance cannot be by “party”"),
        ("compare", {"colour": "red"}, "RP200", "compare does not take --colour"),
        ("compare", {"exchange": "nowhere"}, "RP201", "nowhere"),
        ("timeline", {"agreement": "nothing"}, "RP201", "nothing"),
        ("balance", {"measure": "stars"}, "RP201", "stars"),
        ("compare", {"from_": "atlantis"}, "RP201", "atlantis"),
        ("timeline", {"since": "yesterday"}, "RP203", "yesterday"),
        ("compare", {"as_of": "soon"}, "RP203", "soon"),
    ],
)
def test_what_does_not_fit(kind: str, filters: dict[str, str], code: str, message: str, graph: Graph) -> None:
    with pytest.raises(UsageError, match=message) as error:
        picture(kind, graph, **filters)
    assert error.value.code == code
    assert error.value.hint


def run(*args: str) -> tuple[bytes, BaseException | None]:
    """Call the command by itself."""
    result = CliRunner().invoke(cli.command, list(args))
    return result.stdout_bytes, result.exception


def test_the_format_is_that_of_the_file(tmp_path: Path) -> None:
    starts = {"a.svg": b"<svg", "b.PNG": PNG, "c.html": b"<!doctype html>", "plain": b"<svg"}
    for name, start in starts.items():
        assert run("balance", "-o", name) == (b"", None)
        assert (tmp_path / name).read_bytes().startswith(start)


def test_standard_output() -> None:
    svg, error = run("balance", "--by", "month", "--format", "svg", "-o", "-")
    assert error is None
    assert Picture(svg).count("lowest-") > 0
    assert run("balance", "--by", "month") == (svg, None)


@pytest.mark.parametrize("args", [("-o", "out.jpg"), ("-o", "folder/out.pdf")])
def test_another_suffix_is_refused(args: tuple[str, ...], tmp_path: Path) -> None:
    out, error = run("timeline", *args)
    assert isinstance(error, RepatriaError)
    assert (error.code, out) == ("RP200", b"")
    assert "--format svg|png|html" in error.hint
    assert list(tmp_path.iterdir()) == []


def test_a_png_does_not_go_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "is_terminal", lambda output: True)
    _, error = run("timeline", "--format", "png")
    assert isinstance(error, RepatriaError)
    assert error.code == "RP204"


def test_the_command_offers_what_there_is() -> None:
    assert cli.KINDS == KINDS
    assert cli.FORMATS == FORMATS
    assert set(cli.BY) == {by for ways in BY.values() for by in ways}
    assert isinstance(cli.command, click.Command)
