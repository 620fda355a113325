"""The table [dataset]: what is taken, what is refused with its line, and what the shipped dataset says."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from tests.building.conftest import make

import repatria
from repatria.building import build
from repatria.building.status import status
from repatria.description import about_dataset, citation
from repatria.errors import InputError
from repatria.opening import open_workspace
from repatria.settings import LICENCES, Agent, DatasetSettings
from repatria.snapshot import Layout, open_current
from repatria.store import Dataset
from repatria.workspace import read_workspace, shipped_workspace


@pytest.mark.parametrize(
    ("text", "line", "code", "message"),
    [
        ("dataset = 1\n", 1, "RP106", "“dataset” must be a table"),
        ("[dataset]\nversion = 1.0\n", 2, "RP106", "“version” must be text"),
        ('[dataset]\n\nlicense = "CC-BY-4.0"\n', 3, "RP106", "there is no setting “license” of the dataset"),
        ('[dataset]\ncreators = "Sample Office"\n', 2, "RP106", "“creators” must be a list of texts"),
        ("[dataset]\ncreators = [1]\n", 2, "RP106", "“creators” must be a list of texts"),
        ('[dataset]\ndescription = " "\n', 2, "RP106", "“description” must be text"),
        ('[dataset]\ndescription = "a\\u0007b"\n', 2, "RP106", "“description” must be text"),
        ('[dataset]\nkeywords = ["a\\u0000b"]\n', 2, "RP106", "“keywords” must be a list of texts"),
        ('[dataset]\nversion = "one two"\n', 2, "RP107", "“one two” is no version"),
        ('[dataset]\nversion = "1/2"\n', 2, "RP107", "“1/2” is no version"),
        ('[dataset]\nissued = "18 July 2025"\n', 2, "RP107", "“issued” must be a day"),
        ("[dataset]\nissued = 2025\n", 2, "RP107", "“issued” must be a day"),
        ("[dataset]\nissued = 2025-07-18T12:00:00\n", 2, "RP107", "“issued” must be a day"),
        ('[dataset]\nissued = "2025-02-30"\n', 2, "RP107", "“2025-02-30” is no day"),
        ('[dataset]\nlanguage = "English!"\n', 2, "RP107", "“English!” is no language tag"),
        ('[dataset]\nlicence = "free"\n', 2, "RP108", "“free” is no licence that is known here"),
        ('[dataset]\nlanding_page = "example.org"\n', 2, "RP108", "“landing_page” must be an http(s) IRI"),
        ('[dataset]\nlanding_page = "http:"\n', 2, "RP108", "“landing_page” must be an http(s) IRI"),
        ('[dataset]\npublisher = "Office <office>"\n', 2, "RP108", "“Office <office>” is no name"),
        (
            '[dataset]\npublisher = "<https://example.org/>"\n',
            2,
            "RP108",
            "“<https://example.org/>” is no name",
        ),
        ('title = "version = 1"\n[dataset]\nversion = "?"\n', 3, "RP107", "“?” is no version"),
        ('dataset = {language = "en", version = "?"}\n', 1, "RP107", "“?” is no version"),
        ('title = "x"\ndataset.version = "?"\n', 2, "RP107", "“?” is no version"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(
    text: str, line: int, code: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "repatria.toml").write_text(text, encoding="utf8")
    with pytest.raises(InputError) as caught:
        read_workspace(tmp_path)
    assert (caught.value.code, str(caught.value.location)) == (code, f"{tmp_path / 'repatria.toml'}:{line}:1")
    assert caught.value.message.startswith(message)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", DatasetSettings()),
        ('issued = "2025-07-18"', DatasetSettings(issued=dt.date(2025, 7, 18))),
        ("issued = 2025-07-18", DatasetSettings(issued=dt.date(2025, 7, 18))),
        ('licence = "CC0-1.0"', DatasetSettings(licence=LICENCES["CC0-1.0"])),
        ('licence = "https://example.org/l"', DatasetSettings(licence="https://example.org/l")),
        ('publisher = "A  name"', DatasetSettings(publisher=Agent("A name"))),
        (
            'creators = ["One", "Two <https://example.org/2>", "One"]',
            DatasetSettings(creators=(Agent("One"), Agent("Two", "https://example.org/2"))),
        ),
        (
            'language = "zh-Hant"\nversion = "2025-07-18"',
            DatasetSettings(language="zh-hant", version="2025-07-18"),
        ),
        ('keywords = ["a b", "c"]', DatasetSettings(keywords=("a b", "c"))),
    ],
)
def test_right_settings_are_taken(text: str, expected: DatasetSettings, tmp_path: Path) -> None:
    (tmp_path / "repatria.toml").write_text(f"[dataset]\n{text}\n", encoding="utf8")
    assert read_workspace(tmp_path).dataset == expected


def test_the_shipped_dataset_says_the_same_everywhere(root: Path, shipped: Dataset) -> None:
    said = about_dataset(shipped)
    citation_file = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf8"))["project"]
    assert said.settings == read_workspace(root).dataset == shipped_workspace().dataset
    assert said.title == read_workspace(root).title == shipped_workspace().title
    assert said.settings.version == citation_file["version"] == repatria.__version__ == said.software
    assert said.settings.issued == citation_file["date-released"]
    names = [agent.name for agent in said.settings.creators]
    assert (
        names
        == [who["name"] for who in citation_file["authors"]]
        == [who["name"] for who in project["authors"]]
    )
    assert said.settings.licence in {LICENCES.get(name) for name in citation_file["license"]}
    assert said.settings.landing_page == project["urls"]["Documentation"]


def test_how_to_cite_the_shipped_dataset(shipped: Dataset) -> None:
    expected = (
        "The Repatria contributors (2026). Repatria: claims about exchanges of war dead and prisoners. "
        "Version 0.1.0, issued 2026-11-22. Licence CC-BY-4.0. https://w3id.org/repatria/dataset"
    )
    assert citation(shipped) == expected == open_workspace(None).citation()
    assert status(None).head["cite as"] == expected


def test_a_workspace_that_says_nothing_has_nothing_invented(tmp_path: Path) -> None:
    workspace = make(tmp_path)
    build(workspace, check=False)
    dataset = open_current(Layout(workspace.store), workspace.base)
    said = about_dataset(dataset)
    assert (said.title, said.settings) == ("", DatasetSettings())
    assert citation(dataset) == "Untitled dataset. http://example.org/dataset"
    meta = "\n".join(str(quad) for quad in dataset.quads() if str(quad.graph_name).endswith("/meta>"))
    for unsaid in (
        "version>",
        "license",
        "creator",
        "publisher",
        "issued",
        "landingPage",
        "hasCurrentVersion",
    ):
        assert not re.search(
            rf"<[^<>]*{unsaid}", meta.replace("versionInfo>", "").replace("rulesVersion>", "")
        )


def test_new_settings_are_said_by_the_next_build_without_reading_dossiers(tmp_path: Path) -> None:
    workspace = make(tmp_path)
    build(workspace, check=False)
    settings = workspace.root / "repatria.toml"
    with settings.open("a", encoding="utf8") as file:
        file.write('[dataset]\nversion = "2.0"\n')
    changed = read_workspace(workspace.root)
    assert status(changed).head["outdated"].startswith("what the dataset says of itself changed")
    summary = build(changed, check=False)
    assert (summary.unchanged, summary.full, summary.rebuilt) == (False, False, 0)
    dataset = open_current(Layout(workspace.store), workspace.base)
    assert about_dataset(dataset).settings.version == "2.0"
    assert citation(dataset) == "Untitled dataset. Version 2.0. http://example.org/dataset"
    assert status(changed).head["cite as"] == citation(dataset)
    assert "outdated" not in status(changed).head
    assert build(changed, check=False).unchanged
