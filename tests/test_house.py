"""The floors of the house: imports go downward only, and modules and functions stay small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Package or module of the library → its floor; each may import its own floor and those below.
FLOORS = {
    "errors": 1,
    "resources": 1,
    "settings": 1,
    "terms": 1,
    "textfile": 1,
    "workspace": 1,
    "rdf": 1,
    "canonical": 2,
    "quantity": 2,
    "dossier": 2,
    "store": 3,
    "snapshot": 3,
    "shacl": 4,
    "query": 4,
    "export": 4,
    "description": 4,
    "assess": 4,
    "locating": 5,
    "validating": 5,
    "validation": 5,
    "session": 5,
    "describing": 5,
    "diff": 5,
    "opening": 5,
    "plot": 5,
    "building": 6,
}
CLI_FLOOR = 7
SOURCES = [*sorted((ROOT / "graph").rglob("*.py")), *sorted((ROOT / "cli").rglob("*.py"))]
CODE = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "bench").rglob("*.py"))]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _floor(path: Path) -> int:
    if path.is_relative_to(ROOT / "cli"):
        return CLI_FLOOR
    part = path.relative_to(ROOT / "graph" / "repatria").parts[0].removesuffix(".py")
    return FLOORS[part]


def _imported(tree: ast.AST) -> set[str]:
    """Return the parts of the library that a module imports at run time, wherever in it."""
    found: set[str] = set()
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            package, _, rest = name.partition(".")
            if package == "repatria" and rest.split(".")[0] in FLOORS:
                found.add(rest.split(".")[0])
            elif package == "repatria_cli":
                found.add("cli")
    return found


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p.parent.name != "repatria" or p.stem != "__init__"], ids=_name
)
def test_imports_go_downward(path: Path) -> None:
    own = _floor(path)
    for part in _imported(ast.parse(path.read_text(encoding="utf8"))):
        assert (CLI_FLOOR if part == "cli" else FLOORS[part]) <= own, f"imports {part} from above"


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_modules_and_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno <= 40, f"{node.name} is too long"


def test_every_part_of_the_library_has_a_floor() -> None:
    library = ROOT / "graph" / "repatria"
    parts = {p.stem for p in library.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert parts - {"__init__"} == set(FLOORS)


def test_no_drawer_for_odds_and_ends() -> None:
    assert not [p for p in SOURCES if p.stem in ("utils", "helpers", "common", "misc")]
