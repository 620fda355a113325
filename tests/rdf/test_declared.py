"""Prefixes that files declare."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from repatria.rdf.declared import declared_prefixes

TURTLE = """# A report. @prefix not: <http://example.org/not/> .
@prefix ex: <http://example.org/> .
PREFIX c.d-e: <urn:c:>
@prefix : <http://example.org/default/> .
@prefix relative: <#> .
ex:a ex:b "@prefix" .
"""


def test_turtle_and_trig_say_their_prefixes(tmp_path: Path) -> None:
    for name in ("a.ttl", "a.trig"):
        (tmp_path / name).write_text(TURTLE, encoding="utf8")
        found = declared_prefixes([tmp_path / name])
        assert found == {"ex": "http://example.org/", "c.d-e": "urn:c:"}


def test_of_several_files_the_first_counts(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.ttl").write_text(
            f"@prefix ex: <urn:{name}:> . @prefix o: <urn:o:> .", encoding="utf8"
        )
    assert declared_prefixes([tmp_path / "b.ttl", tmp_path / "a.ttl"])["ex"] == "urn:b:"


@pytest.mark.parametrize("name", ["missing.ttl", "-", "a.jsonld", "a.ttl.gz", "folder.ttl", "pipe.ttl"])
def test_what_says_none_or_cannot_be_read_is_passed_over(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonld").write_text(TURTLE, encoding="utf8")
    (tmp_path / "a.ttl.gz").write_text(TURTLE, encoding="utf8")
    (tmp_path / "folder.ttl").mkdir()
    os.mkfifo(tmp_path / "pipe.ttl")
    assert declared_prefixes([tmp_path / name]) == {}
