"""``repatria diff``: exit codes, formats, git, on a copy of the shipped dataset with one number changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from tests.cli.conftest import Runner
from tests.cli.matrix import refused

from repatria.diff import PARTS
from repatria_cli.diff import FORMATS, IGNORED
from repatria_cli.main import main

ROOT = Path(__file__).parents[2]
DOSSIER = "data/sources/moscow-times-2025-12-19.yaml"
WHAT = "remains transferred, from Russia to Ukraine, Exchange of remains of 19 December 2025"


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The shipped dossiers built with one number of one claim changed to 1,000, and as they are."""
    place = tmp_path_factory.mktemp("versions") / "workspace"
    shutil.copytree(ROOT / "data", place / "data")
    shutil.copy(ROOT / "repatria.toml", place)
    dossier = place / DOSSIER
    text = dossier.read_text(encoding="utf8")
    at = text.index("- key: s1-03")
    before = text[:at] + text[at:].replace("1,003", "1,000", 2)
    made = []
    for name, content in (("old", before), ("new", text)):
        dossier.write_text(content, encoding="utf8")
        target = place.parent / f"{name}.nq"
        assert main(["-w", str(place), "build", "--no-validate", "--to", "nquads", "-o", str(target)]) == 0
        made.append(target)
    return made[0], made[1]


def quads(path: Path) -> set[Quad]:
    return set(parse(path=str(path), format=RdfFormat.N_QUADS))


def test_the_options_offer_what_there_is() -> None:
    assert set(IGNORED) == set(PARTS)


def test_who_claims_another_number_is_told_in_words(versions: tuple[Path, Path], run: Runner) -> None:
    old, new = map(str, versions)
    result = run("diff", old, new)
    assert (result.code, result.err) == (1, "")
    assert result.text.startswith(f"--- {old}\n+++ {new}\n")
    assert (
        f"  moscow-times-2025-12-19#s1-03  Vladimir Medinsky, announce\n    1,000 → 1,003 {WHAT}\n"
        in result.text
    )
    assert "claims: 1 changed\ncounts: 1 changed\n" in result.text
    assert "    status  contested → corroborated\n" in result.text
    same = run("diff", new, new)
    assert (same.code, same.text) == (0, f"--- {new}\n+++ {new}\nno difference\n")


def test_every_format_tells_it(versions: tuple[Path, Path], run: Runner) -> None:
    old, new = map(str, versions)
    for format_ in FORMATS:
        result = run("diff", old, new, "--format", format_)
        assert (result.code, result.err) == (1, "")
        assert "1,000" in result.text
    markdown = run("diff", old, new, "--format", "markdown").text
    assert (
        f"- `moscow-times-2025-12-19#s1-03` Vladimir Medinsky, announce\n  - **1,000 → 1,003** {WHAT}\n"
        in markdown
    )
    assert "| Counts |  |  | 1 |\n" in markdown


def test_json_is_whole_and_of_the_documented_form(versions: tuple[Path, Path], run: Runner) -> None:
    old, new = versions
    found: dict[str, Any] = json.loads(
        run("diff", str(old), str(new), "--format", "json", "--limit", "0").out
    )
    assert list(found) == [
        "format", "version", "from", "to", "equal", "left_out", "totals", "sources", "claims", "entities",
        "concepts", "passages", "dataset", "assessments", "other", "moved", "removed", "added",
    ]  # fmt: skip
    assert (found["format"], found["version"], found["equal"]) == ("repatria-diff", 1, False)
    assert found["totals"]["counts"] == {"added": 0, "removed": 0, "changed": 1}
    [claim] = found["claims"]
    [count] = claim["counts"]
    assert (count["old"], count["new"], count["of"]) == ("1,000", "1,003", WHAT)
    assert set(parse("\n".join(found["added"]), format=RdfFormat.N_QUADS)) == quads(new) - quads(old)
    assert set(parse("\n".join(found["removed"]), format=RdfFormat.N_QUADS)) == quads(old) - quads(new)
    for name, tally in found["totals"].items():
        assert name == "counts" or len(found[name]) == sum(tally.values())
    page = (ROOT / "docs" / "diff.md").read_text(encoding="utf8")
    for name in {*found, *claim, *count, *claim["changes"][0], *count["changes"][0]["old"][0]}:
        assert f"`{name}`" in page, f"docs/diff.md does not tell of {name}"


def test_the_patch_makes_one_the_other(versions: tuple[Path, Path], run: Runner) -> None:
    old, new = versions
    rows = run("diff", str(old), str(new), "--format", "patch").text.splitlines()
    assert rows[0].startswith("H from ")
    assert [row for row in rows if row[:2] not in ("H ", "A ", "D ")] == ["TX .", "TC ."]
    deleted, added = (
        set(parse("\n".join(row[2:] for row in rows if row[0] == mark), format=RdfFormat.N_QUADS))
        for mark in "DA"
    )
    assert (quads(old) - deleted) | added == quads(new)
    assert deleted <= quads(old)


def test_what_is_ignored_is_not_compared(versions: tuple[Path, Path], run: Runner) -> None:
    old, new = map(str, versions)
    assert "assessment:" not in run("diff", old, new, "--ignore", "assessments").text
    listed = run("diff", old, new, "--with-assessments").text
    assert listed.count("assessment:") > run("diff", old, new).text.count("assessment:") > 0


def test_the_graph_of_the_workspace_is_the_other_side(workspace: Path, run: Runner) -> None:
    exported = run("export", "--format", "nquads", "--with-assessments").out
    result = run("diff", "-", stdin=exported)
    assert (result.code, result.text) == (0, "--- -\n+++ the graph of the workspace\nno difference\n")
    assert run("diff", ".", ".repatria").code == 0
    assert refused(run("diff", "-", "-"), 2) == ["RP215"]
    assert refused(run("diff", "sources"), 3) == ["RP301"]


@pytest.fixture
def repository(versions: tuple[Path, Path], outside: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with both versions, tagged v1 and v2, and a third in the working tree."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    (outside / "data").mkdir()
    git = ["git", "-c", "user.name=Example", "-c", "user.email=example@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    for tag, version in zip(("v1", "v2"), versions, strict=True):
        shutil.copy(version, outside / "data" / "repatria.nq")
        (outside / "notes.ttl").write_text(f"<urn:{tag}> <urn:b> <urn:c> .\n")
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-q", "-m", tag], check=True)
        subprocess.run([*git, "tag", tag], check=True)
    (outside / "data" / "repatria.nq").write_bytes(versions[0].read_bytes())
    return outside


def test_revisions(repository: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("diff", "--git", "v1", "v2")
    assert (result.code, result.err) == (1, "")
    assert result.text.startswith("--- v1:data/repatria.nq\n+++ v2:data/repatria.nq\n")
    assert f"1,000 → 1,003 {WHAT}\n" in result.text
    assert f"1,003 → 1,000 {WHAT}\n" in run("diff", "--git", "HEAD").text, "the file as it is now"
    assert run("diff", "--git", "v1").code == 0
    monkeypatch.chdir(repository / "data")
    assert "+ <urn:b>  <urn:c>\n" in run("diff", "--git", "v1", "v2", "--path", "../notes.ttl").text
    assert run("diff", "--git", "HEAD", "--path", "../notes.ttl").code == 0


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("no-such-tag",), "RP217"),
        (("v1", "v2..v1"), "RP217"),
        (("v1:data",), "RP217"),
        (("v1", "--path", "no-such-file.nq"), "RP218"),
        (("v1", "v2", "--path", "data"), "RP218"),
        (("v1", "--path", "../outside.nq"), "RP218"),
        (("v1", "v\0"), "RP217"),
    ],
)
def test_no_such_revision_or_file(args: tuple[str, ...], code: str, repository: Path, run: Runner) -> None:
    assert refused(run("diff", "--git", *args), 2) == [code]


def test_an_option_is_no_revision(repository: Path, run: Runner) -> None:
    assert refused(run("diff", "--git", "--", "--output=stolen"), 2) == ["RP217"]
    assert not (repository / "stolen").exists()


def test_no_repository_and_no_git(outside: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(outside.parent))
    assert refused(run("diff", "--git", "v1"), 2) == ["RP216"]
    monkeypatch.setenv("PATH", str(outside))
    result = run("diff", "--git", "v1")
    assert refused(result, 2) == ["RP216"]
    assert "git cannot be run" in result.err
    assert refused(run("diff", "a.nq", "b.nq", "--path", "c.nq"), 2) == ["RP215"]
