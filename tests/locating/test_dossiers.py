"""Mistakes in dossiers and entity files that shapes find: each result stands where the mistake is."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.locating.marked import Found, marked, places

from repatria.building import build
from repatria.errors import Location, Problems
from repatria.opening import open_workspace
from repatria.validation import validate
from repatria.workspace import read_workspace

DATA = Path(__file__).parents[1] / "data" / "assess" / "contradiction"

TEN = """\
# Ten mistakes that a schema cannot see.
id: example-gazette-2025-09
publisher: example-gazette
published: 2025-09-01
language: en
evidence: cited
url: https://example.org/gazette/2025/09/01
claims:
  - ⟦⟧key: no-target
    asserter: ministry-of-examples
    act: accuse
    modality: actual
  - ⟦⟧key: no-hedge
    asserter: ministry-of-examples
    act: state
    modality: conjectured
  - ⟦⟧{key: no-obligor, asserter: ministry-of-examples, act: commit, modality: planned}
  - ⟦⟧key: nobody-agreed
    asserter: ministry-of-examples
    act: state
    modality: agreed
  - key: said-too-late
    asserter: ministry-of-examples
    act: state
    modality: actual
    said_on: ⟦"2025-09-02"⟧   # a day after it was printed
  - key: said-later
    asserter: ministry-of-examples
    act: state
    modality: actual
    said_not_before:
      ⟦2025-10-01⟧
  - key: numbers
    asserter: ministry-of-examples
    act: announce
    modality: actual
    about: [handover-2025-05-02, ⟦example-page⟧]
    counts:
      - {words: "1,000", measure: remains-transferred, from: ⟦exampleland⟧, to: Exampleland,
         population: unspecified, aggregation: single-event}
      - ⟦⟧words: "7"
        measure: remains-transferred
        population: unspecified
        aggregation: single-event
  - key: replaces
    asserter: ministry-of-examples
    act: state
    modality: actual
    supersedes:
      - ⟦example-gazette-2025-08#rounded⟧
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of a workspace of fictional bodies."""
    place = Path(shutil.copytree(DATA, tmp_path / "workspace"))
    with (place / "entities" / "entities.yaml").open("a", encoding="utf8") as file:
        file.write(
            'external: [{key: example-page, url: "https://example.org/", publisher: Example Gazette}]\n'
        )
    return place


def written(path: Path, text: str) -> list[Found]:
    """Write a marked text and return its marks."""
    plain, expected = marked(text)
    path.write_text(plain, encoding="utf8")
    return sorted(expected)


def test_ten_mistakes_of_a_dossier(workspace: Path) -> None:
    path = workspace / "sources" / "ten.yaml"
    expected = written(path, TEN)
    report = validate(path)
    assert len(expected) == 10
    assert places(report) == expected
    for line, column, _ in expected:
        assert f"{path}:{line}:{column}: violation" in report.text()
    out = BytesIO()
    report.write(out, "sarif")
    results = json.loads(out.getvalue())["runs"][0]["results"]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    assert sorted((one["startLine"], one["startColumn"]) for one in regions) == [one[:2] for one in expected]


ENTITIES = """\
exchanges:
  - key: handover-2025-09-01
    type: remains-exchange
    labels:
      en: ⟦"Handover of a thousand sets"⟧
      uk: "Передача 1 вересня 2025 року"
    parties: [exampleland, samplestan]
    not_before: 2025-09-01
    derived_from: [example-page]
  - {key: handover-2025-09-02, type: remains-exchange, labels: {en: Handover of 2 September 2025},
     parties: [exampleland, samplestan], series: ⟦handover-2025-05-02⟧, not_before: 2025-09-02,
     derived_from: ["example-gazette-2025-08#rounded"]}
  - ⟦⟧key: handover-of-autumn
    type: remains-exchange
    labels: {en: Handover of autumn}
    parties: [exampleland, samplestan]
    derived_from: [example-page]
"""


@pytest.mark.parametrize("folder", ["entities", "."])
def test_mistakes_of_an_entity_file(folder: str, workspace: Path) -> None:
    path = workspace / folder / "more.yaml"
    expected = written(path, ENTITIES)
    assert places(validate(path)) == expected


def test_a_workspace_without_other_dossiers(workspace: Path) -> None:
    shutil.rmtree(workspace / "sources")
    path = workspace / "new.yaml"
    expected = written(path, TEN.partition("  - key: replaces")[0])
    assert places(validate(path)) == expected


def test_places_are_gone_with_the_files(workspace: Path) -> None:
    written(workspace / "sources" / "ten.yaml", TEN)
    build(read_workspace(workspace), check=False)
    shutil.rmtree(workspace / "sources")
    shutil.rmtree(workspace / "entities")
    report = validate(open_workspace(read_workspace(workspace)))
    assert len(report.results) > 9
    assert not any(places(report))


def test_json_and_lines_of_json(workspace: Path) -> None:
    claim = {"key": "late", "asserter": "ministry-of-examples", "act": "state", "modality": "actual"}
    good = {
        "id": "good", "publisher": "example-gazette", "published": "2025-09-01", "language": "en",
        "evidence": "cited", "url": "https://example.org/", "claims": [claim | {"note": "é\U0001f600"}],
    }  # fmt: skip
    bad = json.dumps(good | {"id": "bad", "claims": [claim, claim | {"key": "x", "said_on": "2025-09-02"}]})
    bad = bad.replace('"2025-09-02"', '⟦"2025-09-02"⟧')
    spread = bad.replace(", ", ",\n  ")
    for name, text in (("one.json", spread), ("two.jsonl", f"{json.dumps(good)}\n\n{bad}\n")):
        path = workspace / "sources" / name
        expected = written(path, text)
        assert len(expected) == 1
        assert places(validate(path)) == expected


def test_only_what_a_file_describes_counts(workspace: Path) -> None:
    written(workspace / "sources" / "ten.yaml", TEN)
    written(workspace / "entities" / "more.yaml", ENTITIES)
    assert validate(workspace / "sources" / "example-gazette-2025-08.yaml").conforms


def test_what_a_dossier_refers_to_is_read(workspace: Path) -> None:
    path = workspace / "sources" / "new.yaml"
    expected = written(path, TEN.replace("gazette-2025-08#rounded⟧", "gazette-2025-08#rounded⟧\n    note: n"))
    assert places(validate(path)) == expected
    written(path, TEN.replace("#rounded", "#unknown").replace("asserter: ministry", "asserter: minister", 1))
    with pytest.raises(Problems) as problems:
        validate(path)
    assert [(error.code, error.location) for error in problems.value.errors] == [
        ("RP120", Location(str(path), 10, 15)),
        ("RP124", Location(str(path), 50, 9)),
    ]


def test_the_graph_of_a_workspace(workspace: Path) -> None:
    dossier, entities = workspace / "sources" / "ten.yaml", workspace / "entities" / "more.yaml"
    expected = [("sources/ten.yaml", *one) for one in written(dossier, TEN)]
    expected += [("entities/more.yaml", *one) for one in written(entities, ENTITIES)]
    build(read_workspace(workspace), check=False)
    assert located(workspace) == sorted(expected)
    # What has been edited since says nothing of what was built, though it may look the same.
    dossier.write_text(f"# note\n{dossier.read_text(encoding='utf8')}", encoding="utf8")
    assert located(workspace) == sorted(one for one in expected if one[0] == "entities/more.yaml")


def located(workspace: Path) -> list[tuple[str, int, int, int]]:
    """Return file, line, column and length of the results that have a place, in the graph as it was built."""
    report = validate(open_workspace(read_workspace(workspace)))
    # One is at an assessment, which stands in no file.
    assert len(report.results) == 14
    return sorted(
        (one.place.location.file, one.place.location.line, one.place.location.column, one.place.length)
        for one in report.results
        if one.place
    )


HEAD = TEN.partition("claims:")[0]
STYLES = st.sampled_from(["block", "flow"])
EXTRA = st.sampled_from(
    ["", 'note: "said_on: 2025-09-02"', "topic: [mixed-remains, publication]", "hedge: may"]
)


@settings(max_examples=int(os.environ.get("REPATRIA_EXAMPLES", "25")), deadline=None)
@given(
    claims=st.lists(
        st.tuples(st.booleans(), STYLES, EXTRA, st.permutations(range(4))), min_size=1, max_size=6
    )
)
def test_planted_mistakes_of_a_dossier(claims: list[tuple[bool, str, str, list[int]]]) -> None:
    text = f"{HEAD}claims:\n"
    for number, (late, style, extra, order) in enumerate(claims):
        day = "⟦2025-09-02⟧" if late else "2025-09-01"
        members = [f"key: c{number}", "act: state", "modality: actual", f"said_on: {day}"]
        members = [members[place] for place in order] + ["asserter: sample-office"] + [extra] * bool(extra)
        inside = ", ".join(members)
        text += f"  - {{{inside}}}\n" if style == "flow" else "  - " + "\n    ".join(members) + "\n"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(DATA, folder / "workspace")
        path = folder / "workspace" / "sources" / "new.yaml"
        expected = written(path, text)
        assert places(validate(path)) == expected
