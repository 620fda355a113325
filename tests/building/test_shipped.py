"""The shipped dataset: what is committed is what the dossiers give."""

from __future__ import annotations

from pathlib import Path

from repatria_cli.main import main

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "data" / "repatria.nq"


def test_the_committed_graph_is_what_the_dossiers_give(tmp_path: Path) -> None:
    """Mended by: repatria build --to nquads -o data/repatria.nq"""
    fresh = tmp_path / "fresh.nq"
    assert main(["-w", str(ROOT), "build", "--to", "nquads", "-o", str(fresh)]) == 0
    assert fresh.read_bytes() == SHIPPED.read_bytes()


def test_no_statement_stands_in_two_graphs() -> None:
    """The union of all graphs would show it twice."""
    statements = [line.rsplit(" <", 1)[0] for line in SHIPPED.read_text(encoding="utf8").splitlines()]
    assert len(statements) == len(set(statements))
