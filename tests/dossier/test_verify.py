"""Evidence is checked against the articles: each kind of tampering is found at its line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from repatria.building.evidence import verify_workspace
from repatria.dossier.archive import read_archive, read_article
from repatria.dossier.documents import read_documents
from repatria.dossier.locate import Found, locate
from repatria.dossier.schema import check, typer
from repatria.dossier.text import sha256
from repatria.dossier.verify import verify_dossier
from repatria.errors import InputError, RepatriaError
from repatria.workspace import Workspace

ARTICLES = Path(__file__).parent.parent / "data" / "articles"
NAME = "example-article"
Told = Callable[..., list[tuple[str, int, int]]]


def refuse(error: RepatriaError) -> None:
    pytest.fail(str(error))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "articles"
    shutil.copytree(ARTICLES, place)
    return place


@pytest.fixture
def mismatches(folder: Path) -> Told:
    """Return a function: what to replace → code, line, column of each mismatch."""

    def told(
        old: str = "", new: str = "", *, article: tuple[str, str] | None = None
    ) -> list[tuple[str, int, int]]:
        path = folder / f"{NAME}.yaml"
        text = path.read_text(encoding="utf8")
        assert text.count(old) == 1 or not old
        path.write_text(text.replace(old, new), encoding="utf8")
        if article is not None:
            source = folder / f"{NAME}.txt"
            source.write_text(source.read_text(encoding="utf8").replace(*article), encoding="utf8")
        (document,) = read_documents(path, typer("dossier"), refuse)
        assert check(document, "dossier", refuse)
        found = list(verify_dossier(document, read_archive(folder)))
        assert all(error.hint for error in found if error.code != "RP151")
        return [(e.code, e.location.line, e.location.column) for e in found if e.location]

    return told


def test_an_untouched_dossier_verifies(mismatches: Told) -> None:
    assert mismatches() == []


def test_line_breaks_and_runs_of_spaces_in_the_article_do_not_matter(mismatches: Told) -> None:
    assert mismatches(article=(" ", " \u00a0\r\n\t")) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("ee78b88e", "ee78b88f", "RP152", "ee78b88f"),
        ("{start: 42,", "{start: 43,", "RP152", "ee78b88e"),
        ("end: 252,", "end: 253,", "RP152", "c5b493c1"),
        ('"on Thursday that the bodies"', '"on Friday that the bodies"', "RP153", '"on Friday'),
        ("at: 72", "at: 71", "RP153", '"on Thursday'),
        ('"bodies of 1,003 persons"', '"bodies of 1,033 persons"', "RP153", '"bodies of 1,033'),
        ('"Nearly 2,000 more"', '"Nearly 2,000 more are to follow"', "RP154", '"Nearly 2,000 more are'),
        ("characters: 252", "characters: 251", "RP151", "251"),
    ],
)
def test_a_touched_dossier_is_found_at_its_place(
    old: str, new: str, code: str, at: str, mismatches: Told, folder: Path
) -> None:
    found = mismatches(old, new)
    before = (folder / f"{NAME}.yaml").read_text(encoding="utf8").partition(at)[0]
    assert found == [(code, before.count("\n") + 1, len(before) - before.rfind("\n"))]


@pytest.mark.parametrize(
    ("article", "codes"),
    [
        (("1,003", "1,033"), ["RP151", "RP152", "RP153"]),
        (("handed over", "handed-over"), ["RP151", "RP152"]),
        (("Exampleland Returns", "Exampleland returns"), ["RP151"]),
        (
            ("Ministry Says", "The Ministry Says"),
            ["RP151", "RP151", "RP152", "RP153", "RP153", "RP152", "RP153"],
        ),
    ],
)
def test_a_changed_article_is_found_by_its_file_name(
    article: tuple[str, str], codes: list[str], mismatches: Told
) -> None:
    found = mismatches(article=article)
    assert [code for code, _, _ in found] == codes
    assert found[0] == ("RP151", 6, 16)


def test_an_article_is_found_by_its_hash_whatever_its_name(mismatches: Told, folder: Path) -> None:
    (folder / f"{NAME}.txt").rename(folder / "other.txt")
    assert mismatches() == []


def test_a_missing_article_is_told(mismatches: Told, folder: Path) -> None:
    (folder / f"{NAME}.txt").write_text("Another article.", encoding="utf8")
    (folder / f"{NAME}.txt").rename(folder / "other.txt")
    assert mismatches() == [("RP150", 6, 16)]


def test_an_archive_needs_articles(tmp_path: Path) -> None:
    (tmp_path / "note.md").touch()
    for place in (tmp_path, tmp_path / "none", tmp_path / "note.md"):
        with pytest.raises(InputError) as caught:
            read_archive(place)
        assert caught.value.code == "RP101"
        assert str(caught.value.location) == str(place)
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(InputError) as caught:
        read_archive(tmp_path)
    assert (caught.value.code, str(caught.value.location)) == ("RP102", f"{tmp_path / 'a.txt'}:1:4")


def test_words_are_located_with_offsets_and_hash() -> None:
    article = read_article(ARTICLES / f"{NAME}.txt")
    (found,) = locate(article, "bodies of 1,003 persons  had")
    assert found == Found(93, 120, sha256("bodies of 1,003 persons had"))
    assert article.text[found.start : found.end] == "bodies of 1,003 persons had"
    assert [place.start for place in locate(article, "Ministry")] == [
        m.start() for m in re.finditer("Ministry", article.text)
    ]


def test_overlapping_occurrences_are_all_located(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("aaaa 😀 aa", encoding="utf8")
    assert [(f.start, f.end) for f in locate(read_article(tmp_path / "a.txt"), "aa")] == [
        (0, 2),
        (1, 3),
        (2, 4),
        (7, 9),
    ]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("MINISTRY OF examples", "it holds the words with other capital letters"),
        ("bodies of 1,030 persons", "it holds “bodies of 1,0” at 93, then goes on differently"),
        ("xyzzy", "check quotation marks and spelling"),
        (" \n ", ""),
    ],
)
def test_words_that_do_not_occur_are_told_with_what_comes_near(words: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        locate(read_article(ARTICLES / f"{NAME}.txt"), words)
    assert caught.value.code == "RP157"
    assert caught.value.hint == hint


def test_the_five_dossiers_verify_against_the_articles(root: Path, shared: Path) -> None:
    workspace = Workspace(root=root, store=root / ".none", sources=(root / "data" / "sources",))
    found = verify_workspace(workspace, shared / "articles")
    assert [str(error) for error in found.mismatches] == []
    assert (found.sources, found.passages) == (5, 91)
    assert found.fragments >= 91


def test_a_passage_of_a_real_dossier_moved_by_one_is_found(root: Path, shared: Path, tmp_path: Path) -> None:
    for path in sorted((root / "data" / "sources").glob("*.yaml")):
        text = path.read_text(encoding="utf8")
        place = re.search(r"passage: \{start: (\d+)", text)
        assert place is not None
        moved = text[: place.start(1)] + str(int(place.group(1)) + 1) + text[place.end(1) :]
        (tmp_path / path.name).write_text(moved, encoding="utf8")
        (document,) = read_documents(tmp_path / path.name, typer("dossier"), refuse)
        codes = [error.code for error in verify_dossier(document, read_archive(shared / "articles"))]
        assert codes == ["RP152"]
