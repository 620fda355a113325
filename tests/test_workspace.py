"""The settings of a workspace: what is taken, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from repatria.errors import InputError, UsageError
from repatria.terms import BASE
from repatria.workspace import find_workspace, read_workspace


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("title = 1\n", "1:1", "“title” must be text", ""),
        (
            'title = "x"\nentitys = []\n',
            "2:1",
            "there is no setting “entitys”",
            "known: base, title, entities",
        ),
        ('title = "x"\n\nsources = "data"\n', "3:1", "“sources” must be a list of paths", ""),
        ("sources = [1]\n", "1:1", "“sources” must be a list of paths", ""),
        ('store = ""\n', "1:1", "“store” must be text", ""),
        (
            'base = "example.org/"\n',
            "1:1",
            "“base” must be an http(s) IRI that ends with a slash",
            "such as http://",
        ),
        (
            'base = "http://example.org"\n',
            "1:1",
            "“base” must be an http(s) IRI that ends with a slash",
            "such as",
        ),
        (
            "base = 'http://example.org/\"x/'\n",
            "1:1",
            "“base” must be an http(s) IRI that ends with a slash",
            "such as",
        ),
        ("[base]\nx = 1\n", "1:1", "“base” must be text", ""),
        ('title = "x"\nbase = \n', "2:8", "TOML cannot be read: ", "a line is `key ="),
        ('title = "x', "1:11", "TOML cannot be read: ", "a line is `key ="),
        ('title = "x"\ntitle = "y"\n', "2:12", "TOML cannot be read: ", "a line is `key ="),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(
    text: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    (tmp_path / "repatria.toml").write_text(text, encoding="utf8")
    with pytest.raises(InputError) as caught:
        read_workspace(tmp_path)
    assert caught.value.code == "RP106"
    assert (
        str(caught.value.location)
        .removeprefix(f"{tmp_path / 'repatria.toml'}:")
        .startswith(place.partition(":")[0])
    )
    assert caught.value.message.startswith(message)
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize(
    "text", ["", 'base = "https://example.org/claims#"\ntitle = "Beispiele"\nsources = []\n']
)
def test_right_settings_are_taken(text: str, tmp_path: Path) -> None:
    (tmp_path / "repatria.toml").write_text(text, encoding="utf8")
    found = read_workspace(tmp_path)
    assert found.base == ("https://example.org/claims#" if text else BASE)
    assert found.sources == (() if text else (tmp_path / "data" / "sources",))
    assert found.store == tmp_path / ".repatria"


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path, tmp_path / "none", tmp_path / "file"):
        with pytest.raises(UsageError) as caught:
            read_workspace(place)
        assert (caught.value.code, caught.value.hint) == ("RP206", "`repatria init DIR` makes a workspace")


def test_settings_that_are_no_text_are_told(tmp_path: Path) -> None:
    config = tmp_path / "repatria.toml"
    config.write_bytes(b'title = "caf\xe9"\n')
    with pytest.raises(InputError) as caught:
        read_workspace(tmp_path)
    assert caught.value.code == "RP102"
    config.unlink()
    config.mkdir()
    with pytest.raises(InputError) as caught:
        read_workspace(tmp_path)
    assert caught.value.code == "RP101"


def test_the_nearest_workspace_above_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "one" / "two"
    inner.mkdir(parents=True)
    (tmp_path / "repatria.toml").touch()
    for start in (tmp_path, inner):
        found = find_workspace(start)
        assert found is not None
        assert found.root == tmp_path
    monkeypatch.chdir(inner)
    relative = find_workspace(Path())
    assert relative is not None
    assert relative.root == tmp_path
    (tmp_path / "one" / "repatria.toml").touch()
    nearest = find_workspace(inner)
    assert nearest is not None
    assert nearest.root == tmp_path / "one"


def test_files_are_found_once_in_order_and_by_their_suffix(tmp_path: Path) -> None:
    (tmp_path / "repatria.toml").write_text(
        'sources = ["d", "d/b.yaml", "d/c"]\nentities = ["none"]\n', encoding="utf8"
    )
    for name in ("d/b.yaml", "d/a.YML", "d/c/x.jsonl", "d/note.md", "d/c/y.json~"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = read_workspace(tmp_path)
    assert [found.shown(path) for path in found.source_files()] == ["d/a.YML", "d/b.yaml", "d/c/x.jsonl"]
    with pytest.raises(InputError) as caught:
        list(found.entity_files())
    assert caught.value.code == "RP101"
    assert str(caught.value.location) == str(tmp_path / "none")
