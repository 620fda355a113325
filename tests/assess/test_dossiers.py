"""Dossiers made for the purpose, from the files to what `g.compare` says of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import repatria
from repatria.assess.results import Assessment, Interval
from repatria.building import build
from repatria.session import Graph
from repatria.workspace import Workspace

Copy = Callable[[str], Workspace]
Built = Callable[[Workspace], Graph]
ELEVENTH = """\
id: outlet-09-later
publisher: outlet-09
published: 2025-05-20
language: en
evidence: cited
url: https://example.org/outlet-09/later
claims:
  - key: confirmed
    asserter: sample-office
    act: confirm
    modality: actual
    about: handover-2025-05-02
    confirms: {claim: "outlet-00#announced", aspect: [count]}
"""


@pytest.fixture
def contradiction(copy: Copy, built: Built) -> dict[str, Assessment]:
    """The assessments of the workspace ``contradiction`` by their exchange."""
    return {item.referent.label: item for item in built(copy("contradiction")).compare()}


def test_two_numbers_of_one_handover_contradict_within_their_rounding(
    contradiction: dict[str, Assessment],
) -> None:
    may = contradiction["Handover of 2 May 2025"]
    assert (may.status, may.within_rounding, may.depends_on_tolerance) == ("contested", True, False)
    assert (may.consensus, may.claimed) == (None, Interval(1000, 1003))
    (pair,) = may.comparisons
    assert (pair.relation, pair.within_rounding) == ("contradicts", True)
    assert {pair.left.interval, pair.right.interval} == {Interval(1000, 1000), Interval(1003, 1003)}
    assert {side.label for side in may.sides} == {"Exampleland", "Samplestan"}
    words = {statement.words: statement.asserters[0].label for statement in may.statements}
    assert words == {"1,000": "Ministry of Examples", "1,003": "Sample Office"}


def test_two_numbers_contradict_beyond_any_rounding(contradiction: dict[str, Assessment]) -> None:
    june = contradiction["Handover of 6 June 2025"]
    assert (june.status, june.within_rounding) == ("contested", False)
    assert (june.consensus, june.claimed) == (None, Interval(19, 26))
    assert [(pair.relation, pair.within_rounding) for pair in june.comparisons] == [("contradicts", False)]


def test_a_denial_contests_the_number_that_it_denies(contradiction: dict[str, Assessment]) -> None:
    july = contradiction["Handover of 4 July 2025"]
    assert (july.status, july.within_rounding, july.independence) == ("contested", False, None)
    assert july.claimed == Interval(40, 40)
    assert sorted((position.interval, position.polarity) for position in july.positions) == [
        (Interval(40, 40), False),
        (Interval(40, 40), True),
    ]


def test_a_number_of_another_handover_and_a_denial_of_more_contest_nothing(
    contradiction: dict[str, Assessment],
) -> None:
    august = contradiction["Handover of 1 August 2025"]
    assert (august.status, august.consensus) == ("uncontested", Interval(31, 31))
    assert [pair for pair in august.comparisons if pair.relation == "contradicts"] == []
    assert len(contradiction) == 4


def test_contested_groups_come_first(copy: Copy, built: Built) -> None:
    graph = built(copy("contradiction"))
    assert [item.status for item in graph.compare()] == ["contested"] * 3 + ["uncontested"]
    days = ("2 May 2025", "6 June 2025", "4 July 2025", "1 August 2025")
    assert [item.referent.label for item in graph.compare()] == [f"Handover of {day}" for day in days]
    assert [item.status for item in graph.compare("handover-2025-08-01")] == ["uncontested"]


def test_as_of_a_day_only_what_was_published_is_heard(copy: Copy, built: Built) -> None:
    graph = built(copy("contradiction"))
    assert {item.status for item in graph.compare(as_of="2025-08-08")} == {"uncontested"}
    assert [item.status for item in graph.compare(as_of="2025-08-09")].count("contested") == 3
    assert list(graph.compare(as_of="2025-08-04")) == []


def test_ten_outlets_with_one_announcement_are_one_asserter(copy: Copy, built: Built) -> None:
    (only,) = built(copy("ten-outlets")).compare()
    # Ten times the announcement, a headline above one of them, and an outlet in its own voice.
    assert (only.claims, only.asserters) == (12, 3)
    assert (only.status, only.independence) == ("repeated", "unknown")
    assert only.consensus == Interval(1003, 1003)
    assert [side.label for side in only.sides] == ["Exampleland"]


def test_the_other_side_corroborates_what_ten_outlets_could_not(copy: Copy, built: Built) -> None:
    workspace = copy("ten-outlets")
    (workspace.root / "sources" / "outlet-09-later.yaml").write_text(ELEVENTH, encoding="utf8")
    (only,) = built(workspace).compare()
    assert (only.status, only.independence) == ("corroborated", "opposing-sides")
    assert (only.claims, only.asserters) == (13, 4)
    assert "outlet-00/announced" in str([statement.confirms for statement in only.statements])


def test_what_cannot_be_added_is_told_with_its_place(copy: Copy) -> None:
    workspace = copy("trouble")
    problems = build(workspace).problems
    told = {}
    for problem in problems:
        assert problem.location is not None
        assert problem.hint
        line = (workspace.root / problem.location.file).read_text(encoding="utf8").splitlines()
        told[problem.code] = (problem.location.file, line[problem.location.line - 1].strip())
    dossier = "sources/example-gazette-2025-08.yaml"
    # The circle, the total that is its own part, the periods that cross.
    assert told.pop("RP501") in [
        ("entities/entities.yaml", "- key: spring-handovers"),
        ("entities/entities.yaml", "- key: handovers-of-2025"),
    ]
    assert told.pop("RP502") == (dossier, _line(workspace, 'words: "12"'))
    assert told.pop("RP505") == (dossier, _line(workspace, "key: half-year"))
    assert told == {}
    assert len(problems) == 3


def _line(workspace: Workspace, words: str) -> str:
    """Return the one line of the dossier that holds some words."""
    text = (workspace.root / "sources" / "example-gazette-2025-08.yaml").read_text(encoding="utf8")
    (line,) = (line for line in text.splitlines() if words in line)
    return line.strip()


def test_what_cannot_be_added_is_assessed_by_itself(copy: Copy, built: Built) -> None:
    found = built(copy("trouble")).compare()
    by_exchange = {item.referent.label: item for item in found}
    assert by_exchange["Handover of 2 May 2025"].status == "corroborated"
    assert by_exchange["Handovers of spring 2025"].consensus == Interval(90, 90)
    assert by_exchange["Handovers of 2025"].consensus == Interval(70, 70)
    assert by_exchange["Handover of 6 June 2025"].consensus == Interval(12, 12)
    assert [item.referent.label for item in found if item.status == "contested"] == []
    assert {problem.code for problem in found.problems} == {"RP501", "RP502", "RP505"}


def test_overlapping_periods_are_not_added(copy: Copy, built: Built) -> None:
    found = built(copy("trouble")).compare("handovers-under-way")
    assert sorted(item.consensus for item in found if item.consensus) == [
        *(Interval(60, 60), Interval(60, 60)),
        Interval(100, 100),
    ]
    checks = [check for item in found for check in item.sums]
    assert "contradicts" not in {check.relation for check in checks}
    assert all(check.interval.low <= 60 for check in checks)


def test_what_slipped_past_the_shapes_is_told_and_the_rest_assessed(assess_data: Path) -> None:
    found = repatria.open(assess_data / "slipped.trig").compare()
    told = " ".join(problem.subject + problem.message for problem in found.problems)
    for name in ("backwards", "enormous", "never-made"):
        assert name in told
    assert all(problem.code.startswith("RP5") and problem.hint for problem in found.problems)
    by_direction = {item.from_.label: item for item in found if item.from_}
    there, back = by_direction["Exampleland"], by_direction["Samplestan"]
    assert (there.status, there.independence) == ("corroborated", "opposing-sides")
    assert {statement.words for statement in there.statements} == {"26"}
    assert back.consensus == Interval(10**18 - 1, 10**18 - 1)
