"""The pages say what there is: every command, error, rule and link, and nothing that is gone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import click
import pytest
import yaml
from tests.docs.blocks import PAGES, ROOT, blocks, steps
from tests.docs.session import PACKAGES, Session

import repatria
from repatria import errors
from repatria_cli.main import COMMANDS, cli

DOCS = ROOT / "docs"
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"\bRP[0-9]{3}\b")
_EXAMPLE = re.compile(r"^\s{2,}(repatria .+)$", re.MULTILINE)
# Files that examples in help texts name.
FILES = {
    "article.txt": "A plain text with bodies of 1,000 Ukrainian soldiers in it.\n",
    "my.rq": "ASK { ?count rep:countOf ?claim }\n",
    "old.nq": "<urn:example:a> <urn:example:b> <urn:example:c> .\n",
    "new.nq": "<urn:example:a> <urn:example:b> <urn:example:c> .\n",
    "mine.ttl": "<urn:example:a> <urn:example:b> <urn:example:c> .\n",
    "my-shapes.ttl": "<urn:example:s> a <http://www.w3.org/ns/shacl#NodeShape> .\n",
    "articles/article.txt": "A text of which no dossier tells.\n",
    ".config/fish/completions/other.fish": "",
}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf8")


def _without_blocks(path: Path) -> str:
    return re.sub(r"^```.*?^```$", "", _text(path), flags=re.MULTILINE | re.DOTALL)


def _anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings as code hosts make them."""
    found = (heading.strip().lower() for heading in _HEADING.findall(_without_blocks(path)))
    kept = ("".join(c for c in text if c in "-_ " or unicodedata.category(c)[0] in "LN") for text in found)
    return {text.replace(" ", "-") for text in kept}


def test_generated_parts_are_up_to_date(regenerate: bool) -> None:
    command = [sys.executable, "-m", "docs.generate", *([] if regenerate else ["--check"])]
    environment = {**os.environ, "PYTHONPATH": PACKAGES}
    done = subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_every_error_code_has_its_heading_and_every_heading_its_code() -> None:
    modules = [path for name in ("graph", "cli") for path in (ROOT / name).rglob("*.py")]
    used = {code for path in modules for code in _CODE.findall(_text(path))}
    told = [heading for heading in _HEADING.findall(_text(DOCS / "errors.md")) if _CODE.fullmatch(heading)]
    assert len(told) == len(set(told))
    assert set(told) == used


def test_exit_codes_of_all_classes_are_in_the_table() -> None:
    table = {int(code) for code in re.findall(r"^\| (\d+) \|", _text(DOCS / "exit-codes.md"), re.MULTILINE)}
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    used = {kind.exit_code for kind in classes if issubclass(kind, errors.RepatriaError)}
    assert used == {2, 3, 4}
    assert table == used | {0, 1, 130}


def test_every_command_is_documented_and_run_on_some_page() -> None:
    headings = set(_HEADING.findall(_text(DOCS / "cli.md")))
    assert headings >= {f"`repatria {name}`" for name in COMMANDS}
    run = {
        step.source.split()[1]
        for page in PAGES
        for block in blocks(page)
        if block.language == "console"
        for step in steps(block, "$ ", "> ")
        if step.source.startswith("repatria ")
    }
    assert run >= set(COMMANDS), f"never run: {set(COMMANDS) - run}"


def _examples() -> list[str]:
    context = click.Context(cli)
    helps = [cli.help, *(found.help for name in COMMANDS if (found := cli.get_command(context, name)))]
    return [example for text in helps for example in _EXAMPLE.findall(text or "")]


@pytest.mark.parametrize("example", _examples())
def test_examples_in_help_texts_work(example: str, session: Session) -> None:
    for name, text in FILES.items():
        session.write(name, text, append=False)
    output = session.run(example)
    if example.startswith("repatria verify"):  # the articles themselves are not there
        assert session.code == 1
        assert "RP150" in output
        return
    assert session.code == 0, output
    assert "error[" not in output


def test_every_command_has_an_example() -> None:
    assert {example.split()[1] for example in _examples()} >= set(COMMANDS)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_relative_links_resolve(page: Path) -> None:
    for link in _LINK.findall(_without_blocks(page)):
        if link.startswith(("http://", "https://")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name}: {link}"
        assert target.is_relative_to(ROOT), f"{page.name}: {link}"
        if anchor:
            assert anchor in _anchors(target), f"{page.name}: {link}"


def test_every_page_is_reached_from_the_readme() -> None:
    linked = {(ROOT / link.partition("#")[0]).resolve() for link in _LINK.findall(_text(ROOT / "README.md"))}
    assert {page for page in PAGES if page.parent == DOCS} <= linked


def test_citation_changelog_and_readme_name_the_version() -> None:
    citation = yaml.safe_load(_text(ROOT / "CITATION.cff"))
    assert citation["version"] == repatria.__version__
    first = re.search(r"^## (\S+) – (\S+)$", _text(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert first is not None
    assert first.groups() == (repatria.__version__, str(citation["date-released"]))
    assert f"version {repatria.__version__}" in _text(ROOT / "README.md")


def test_licences_are_stated_for_each_folder() -> None:
    assert "Apache License" in _text(ROOT / "LICENSE")
    for name in ("ontology", "shapes", "data"):
        text = _text(ROOT / name / "LICENSE")
        assert "https://creativecommons.org/licenses/by/4.0/legalcode" in text
        assert "Repatria, by The Repatria contributors" in text
        assert f"| `{name}/` |" in _text(ROOT / "README.md")


def test_pages_keep_no_thirteen_words_of_an_article(shared: Path) -> None:
    names = [item["file"] for item in json.loads(_text(shared / "articles" / "index.json"))]
    runs = {run for name in names for run in _runs(_text(shared / "articles" / name))}
    for page in (*PAGES, *DOCS.glob("pictures/*.svg")):
        assert not runs & set(_runs(_text(page))), page.name


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return [tuple(words[at : at + 13]) for at in range(len(words) - 12)]
