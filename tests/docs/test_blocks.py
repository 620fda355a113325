"""Every code block of README.md and docs/ is run, and says what happens."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from tests.docs.blocks import (
    COMMANDS,
    EXECUTED,
    PAGES,
    ROOT,
    SHOWN,
    Block,
    Step,
    blocks,
    rewrite,
    steps,
    transcript,
)
from tests.docs.meaning import meaning
from tests.docs.session import Session

import repatria
from repatria.query.rows import Rows
from repatria.query.run import Triples
from repatria.rdf import read_quads
from repatria.resources import folder
from repatria.terms import prefixes

INSTALL = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/repatria build\n"
TEST = "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/pytest\n"
# Page → number of its blocks that are executed; a page that is not named has none.
NUMBER_OF_BLOCKS = {
    "README.md": 8,
    "docs/agreement.md": 19,
    "docs/cli.md": 6,
    "docs/description.md": 2,
    "docs/diff.md": 12,
    "docs/dossier.md": 4,
    "docs/exit-codes.md": 1,
    "docs/exports.md": 16,
    "docs/formatting.md": 6,
    "docs/guide.md": 35,
    "docs/model.md": 8,
    "docs/plots.md": 6,
    "docs/python.md": 12,
    "docs/queries.md": 1,
    "docs/validation.md": 12,
}
SHELL, PYTHON = ("$ ", "> "), (">>> ", "... ")


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _stop_at_difference(block: Block, step: Step, got: str) -> None:
    told = f"{block}\n$ {step.source}\n{got}"
    assert meaning(step.source, got) == meaning(step.source, step.output), told
    assert "Traceback" not in got, told


def _console(block: Block, session: Session, write: bool) -> str:
    """Run a transcript; a command that fails must be followed by ``echo $?``."""
    done = []
    shown = steps(block, *SHELL)
    for step, following in zip(shown, [*shown[1:], None], strict=True):
        got = session.run(step.source)
        told = following is not None and following.source == "echo $?"
        assert session.code == 0 or told, f"{block}: {step.source}: exit code {session.code}\n{got}"
        if not write:
            _stop_at_difference(block, step, got)
        same = step.output and _same(step, got)
        done.append(Step(step.source, step.output if same else got))
    return transcript(done, *SHELL)


def _same(step: Step, got: str) -> bool:
    try:
        return meaning(step.source, got) == meaning(step.source, step.output)
    except ValueError:
        return False


def _prompt(block: Block, session: Session, write: bool) -> str:
    done = []
    for step in steps(block, *PYTHON):
        got = session.interact(step.source)
        if not write:
            _stop_at_difference(block, step, got)
        done.append(Step(step.source, got))
    return transcript(done, *PYTHON)


def _true_of_dataset(block: Block) -> None:
    """A Turtle block says what the shipped dataset, ontology and shapes say."""
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in prefixes().items())
    said = {quad.triple for quad in parse(f"{head}{block.text}".encode(), format=RdfFormat.TURTLE)}
    assert said, block
    missing = said - _shipped()
    assert not missing, f"{block}: not in the graph: {missing}"


def _shipped() -> set[object]:
    quads: list[Quad] = list(repatria.open(folder("data") / "repatria.nq").dataset.quads())
    for name in ("ontology", "shapes"):
        for path in folder(name).glob("*.ttl"):
            quads += read_quads(path, name=path.name)
    return {quad.triple for quad in quads}


def _answered(block: Block) -> None:
    """A SPARQL block, asked of the shipped dataset, has an answer."""
    answer = repatria.open(folder("data") / "repatria.nq").query(block.text)
    if isinstance(answer, Triples):
        assert list(answer), f"{block}: no triples"
    elif isinstance(answer, Rows):
        assert len(answer), f"{block}: no rows"


def _execute(block: Block, session: Session, write: bool) -> str:
    """Run one block and return its text as it should be."""
    if block.order:
        session.write(block.target, block.text, block.order == "append")
    elif block.language == "console":
        return _console(block, session, write)
    elif block.language == "pycon":
        return _prompt(block, session, write)
    elif block.language == "python":
        session.execute(block.text)
    elif block.language == "turtle":
        _true_of_dataset(block)
    elif block.language == "sparql":
        _answered(block)
    else:
        pytest.fail(f"{block}: say by <!-- file: … --> where this belongs")
    return block.text


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_blocks_do_what_the_page_says(page: Path, session: Session, regenerate: bool) -> None:
    changed = []
    for block in blocks(page):
        if block.executed:
            new = _execute(block, session, regenerate)
            if new != block.text:
                changed.append((block, new))
    if regenerate and changed:
        rewrite(page, changed)


def test_every_block_is_of_a_known_kind_and_the_executed_ones_are_counted() -> None:
    counted: Counter[str] = Counter()
    for page in PAGES:
        for block in blocks(page):
            assert block.language in EXECUTED | COMMANDS | SHOWN, f"{block}: unknown kind “{block.language}”"
            if block.language in COMMANDS:
                assert block.text in (INSTALL, TEST), f"{block}: neither of the two commands"
            counted[_name(page)] += block.executed
    assert {page: number for page, number in counted.items() if number} == NUMBER_OF_BLOCKS


def test_readme_has_exactly_the_two_commands() -> None:
    found = [block.text for block in blocks(ROOT / "README.md") if block.language in COMMANDS]
    assert found == [INSTALL, TEST]
