"""The curator's archive of articles: found by the hash of their normalised text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from repatria.dossier.text import normalise, sha256
from repatria.errors import InputError, Location
from repatria.textfile import read_text


@dataclass(frozen=True, slots=True)
class Article:
    """One text file: its name, its normalised text and the SHA-256 of that."""

    path: Path
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Archive:
    """The articles of a folder, by hash and by file name."""

    by_hash: dict[str, Article]
    by_name: dict[str, Article]


def read_article(path: Path) -> Article:
    """Return the article in a text file.

    Raises InputError RP101 (cannot be read), RP102 (not UTF-8 text).
    """
    text = normalise(read_text(path, str(path)))
    return Article(path, text, sha256(text))


def read_archive(folder: Path) -> Archive:
    """Return all ``.txt`` articles below ``folder``.

    Raises InputError RP101 (no such folder, no articles in it), RP102.
    """
    if not folder.is_dir():
        hint = "name the folder that holds the articles as .txt files"
        raise InputError("RP101", "is no folder", hint=hint, location=Location(str(folder)))
    articles = [read_article(path) for path in sorted(folder.rglob("*.txt")) if path.is_file()]
    if not articles:
        hint = "each article is one .txt file, in the folder or below"
        raise InputError("RP101", "holds no .txt file", hint=hint, location=Location(str(folder)))
    return Archive({a.sha256: a for a in articles}, {a.path.name: a for a in articles})
