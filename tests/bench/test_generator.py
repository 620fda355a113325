"""Generated dossiers are dossiers: they build, conform, verify, and are the same from the same seed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bench.children import ROOT, run
from bench.corpora import Generated
from bench.figures import Figure, markdown
from bench.generator import Corpus
from bench.writing import Form, write_workspace

from bench import validating
from repatria.building import all_quads, build
from repatria.building.evidence import verify_workspace
from repatria.workspace import read_workspace


def _written(folder: Path, claims: int, form: Form = "yaml", seed: int = 1) -> dict[str, bytes]:
    write_workspace(folder, Corpus(claims, seed), form)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _quads(folder: Path) -> list[str]:
    return sorted(map(str, all_quads(read_workspace(folder))))


def test_a_hundred_claims_build_conform_and_stand_in_their_articles(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    write_workspace(place, Corpus(100), articles=True)
    workspace = read_workspace(place)
    summary = build(workspace)
    assert summary.conforms is True
    assert summary.warnings == 0
    assert summary.totals["claims"] == 100
    assert summary.totals["sources"] == len(list((place / "articles").iterdir())) == len(Corpus(100).sizes)
    found = verify_workspace(workspace, place / "articles")
    assert found.mismatches == ()
    assert found.passages == 100


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    first = _written(tmp_path / "a", 60)
    assert first == _written(tmp_path / "b", 60)
    assert first != _written(tmp_path / "c", 60, seed=2)


def test_yaml_and_json_lines_give_the_same_quads(tmp_path: Path) -> None:
    _written(tmp_path / "yaml", 300)
    _written(tmp_path / "jsonl", 300, "jsonl")
    quads = _quads(tmp_path / "yaml")
    assert len(quads) > 10_000
    assert quads == _quads(tmp_path / "jsonl")


def test_what_the_claims_are_made_of() -> None:
    dossiers = [dossier for dossier, _ in Corpus(5000).dossiers()]
    claims = [claim for dossier in dossiers for claim in dossier["claims"]]
    assert len(claims) == 5000
    assert 16 < len(claims) / len(dossiers) < 20
    assert {dossier["language"] for dossier in dossiers} == {"en", "uk", "ru"}
    links = sum(
        not claim.keys().isdisjoint(("refers_to", "alternative_to", "disputes", "confirms"))
        for claim in claims
    )
    assert 0.04 < links / len(claims) < 0.06
    hops = {
        1 if claim["asserter"] in dossier["publisher"] else 1 + len(claim.get("via", [0]))
        for dossier in dossiers
        for claim in dossier["claims"]
    }
    assert hops == {1, 2, 3}
    words = {count["words"].rstrip("0123456789, ") for claim in claims for count in claim.get("counts", ())}
    assert {"at least", "nearly", "понад", "не менее", "dozens", "сотні"} <= words


def test_every_sized_benchmark_and_the_cold_starts_run_to_the_end(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    only = [part for name in ("parse", "store", "rebuild", "cold") for part in ("--only", name)]
    usage = run(
        [sys.executable, str(ROOT / "bench" / "run"), "--claims", "100", *only, "--markdown", str(page)],
        tmp_path,
    )
    rows = usage.output.splitlines()[2:]
    names = [row.split("  ")[0] for row in rows]
    assert names == [
        "parse YAML", "parse JSON lines", "store", "store, peak memory",
        "rebuild, wall clock", "rebuild, CPU", "full build, assessed",
        "rebuild, assessed, wall clock", "rebuild, assessed, CPU",
        "cold, --version", "cold, query", "cold, query",
    ]  # fmt: skip
    told = [name for name, row in zip(names, rows, strict=True) if row.endswith(("  ok", "  missed"))]
    assert told == [name for name in names if name != "full build, assessed"]
    assert page.read_text(encoding="utf8").count("\n| ") == len(rows) + 2


def test_validation_finds_what_pyshacl_finds(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.nt", ROOT / "bench" / "neutral.ttl"
    corpus = Generated(6, tmp_path / "corpus")
    corpus.folder.mkdir()
    written = validating.write_data(corpus, data)
    lines = data.read_bytes().splitlines(keepends=True)
    assert len(lines) == written
    # Each selector has one start.
    data.write_bytes(b"".join(line for line in lines if b"/ns/oa#start" not in line))
    job = validating.Job("6 claims", 6, data, shapes, own=False)
    _, results = validating.ours(job)
    assert results > 0
    # Raises where another engine finds another number.
    peer = validating.other("pyshacl", job, results)
    assert peer is not None
    assert "pyshacl" in peer.told


def test_a_figure_is_told_beside_its_target() -> None:
    slow = Figure("parse", "100 claims", "1.00 s CPU", "–", 100.0, " claims/s", 5000, at_least=True)
    quick = Figure("store", "100 claims", "1.00 s CPU", "bare bulk load 1.00 s CPU", 1.0, "×", 1.3)
    assert not slow.met
    assert quick.met
    table = markdown([slow, quick])
    assert "| 100 claims/s | ≥ 5,000 claims/s | missed |" in table
    assert "| 1× | ≤ 1.3× | ok |" in table


def test_an_unknown_benchmark_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="invalid choice"):
        run([sys.executable, str(ROOT / "bench" / "run"), "--only", "nothing"], tmp_path)
