"""What a build reads again, what it refuses, and that the graph does not depend on the way to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from repatria.building import build
from repatria.errors import InputError, Problems, UsageError
from repatria.snapshot import Layout
from repatria.workspace import Workspace, read_workspace

Nquads = Callable[[Workspace], list[str]]
Dossier = Callable[..., Path]
COUNT = ", counts: [{{words: '{}', measure: photographs, population: example, aggregation: stock}}]"


def problems(workspace: Workspace, full: bool = False) -> list[str]:
    with pytest.raises(Problems) as caught:
        build(workspace, check=False, full=full)
    return [f"{e.code} {e.location}" for e in caught.value.errors]


def test_two_folders_give_the_same_lines(
    tmp_path: Path, make_workspace: Callable[[Path], Workspace], root: Path, nquads: Nquads
) -> None:
    found = []
    for name in ("here", "another place"):
        workspace = make_workspace(tmp_path / name)
        for part in ("entities", "sources"):
            shutil.rmtree(workspace.root / part)
            shutil.copytree(root / "data" / part, workspace.root / part)
        build(workspace, check=False)
        found.append(nquads(workspace))
    assert found[0] == found[1]
    assert len(found[0]) > 5000


def test_no_node_is_blank_and_every_quad_has_a_graph(
    workspace: Workspace, root: Path, nquads: Nquads
) -> None:
    shutil.rmtree(workspace.root / "sources")
    shutil.copytree(root / "data" / "sources", workspace.root / "sources")
    for path in (root / "data" / "entities").glob("*.yaml"):
        shutil.copy(path, workspace.root / "entities")
    (workspace.root / "entities" / "entities.yaml").unlink()
    build(workspace, check=False)
    for line in nquads(workspace):
        assert "_:" not in line.partition('"')[0]
        (quad,) = parse(line, format=RdfFormat.N_QUADS)
        assert "graph/" in str(quad.graph_name)


def test_nothing_is_done_when_nothing_changed(workspace: Workspace, dossier: Dossier) -> None:
    path = dossier("one", "")
    assert build(workspace, check=False).full
    before = Layout(workspace.store).current_build()
    for touch in (False, True):
        if touch:
            os.utime(path, (1, 1))
            os.utime(workspace.root / "entities" / "entities.yaml", (1, 1))
        summary = build(workspace, check=False)
        assert summary.unchanged
        assert (summary.rebuilt, summary.full) == (0, False)
        assert Layout(workspace.store).current_build() == before
    path.write_text(path.read_text(encoding="utf8").replace("announce", "state"), encoding="utf8")
    assert not build(workspace, check=False).unchanged


def test_only_what_changed_is_read_again(workspace: Workspace, dossier: Dossier, nquads: Nquads) -> None:
    for number in range(5):
        dossier(f"source-{number}", COUNT.format(5))
    build(workspace, check=False)
    dossier("source-3", COUNT.format(6))
    summary = build(workspace, check=False)
    assert (summary.rebuilt, summary.full, summary.unchanged) == (1, False, False)
    stated = [line for line in nquads(workspace) if '#statedText> "' in line]
    assert sorted(line.split('"')[1] for line in stated) == ["5", "5", "5", "5", "6"]
    assert summary.totals["counts"] == 5


def test_a_removed_dossier_leaves_nothing_behind(
    workspace: Workspace, dossier: Dossier, nquads: Nquads
) -> None:
    dossier("one", "")
    build(workspace, check=False)
    before = nquads(workspace)
    outside = "external: {published: 2025-07-18, source: example-page}\n"
    path = dossier("two", ", said: Friday", head=outside)
    build(workspace, check=False)
    assert len(nquads(workspace)) > len(before)
    path.unlink()
    summary = build(workspace, check=False)
    assert not summary.unchanged
    assert summary.totals["sources"] == 1
    assert nquads(workspace) == before


@pytest.mark.parametrize(
    ("old", "new", "rebuilt"),
    [
        ("Exampleville agreement", "Agreement of Exampleville", 0),
        ("key: example-agency", "key: agency-of-examples", 1),
        ("{en: Example Agency, uk", "{en: Agency, uk", 0),
        ("ru: Агентство примеров}", "ru: Агентство}", 0),
        ("ru: Министерство примеров}", "ru: Агентство примеров}", None),
        ("places:\n", "places:\n  - {key: new-place, labels: {en: Агенція прикладів}}\n", 0),
    ],
)
def test_changed_entities_concern_only_who_refers_to_them(
    old: str, new: str, rebuilt: int | None, workspace: Workspace, dossier: Dossier, nquads: Nquads
) -> None:
    dossier("by-key", "")
    dossier("by-label", "", asserter="Агенція прикладів")
    dossier(
        "by-another-label", "", asserter="Агентство примеров" if rebuilt is None else "Ministry of Examples"
    )
    dossier("with-slash-and-kinds", ", about: exampleland, target: Exampleville", asserter="“an official”")
    build(workspace, check=False)
    entities = workspace.root / "entities" / "entities.yaml"
    text = entities.read_text(encoding="utf8")
    assert text.count(old) == 1
    entities.write_text(text.replace(old, new), encoding="utf8")
    if rebuilt is None:  # the name now means two bodies
        found = workspace.root / "sources" / "by-another-label.yaml"
        assert problems(workspace) == [f"RP121 {found.relative_to(workspace.root)}:7:25"]
        return
    summary = build(workspace, check=False)
    assert (summary.rebuilt, summary.full, summary.unchanged) == (rebuilt, False, False)
    incremental = nquads(workspace)
    build(workspace, full=True, check=False)
    assert nquads(workspace) == incremental


@pytest.mark.parametrize("full", [False, True])
def test_links_to_what_was_removed_are_told_with_their_places(
    full: bool, workspace: Workspace, dossier: Dossier
) -> None:
    claimed = dossier("claimed", COUNT.format(5), "")
    dossier(
        "linking",
        ', refers_to: "claimed#c1"',
        COUNT.format(5).replace("stock", "stock, sum_of: ['claimed#c0/0']"),
    )
    dossier("revising", "", head="revision_of: claimed\n")
    exchange = (
        "exchanges:\n  - {key: other, type: remains-exchange, labels: {en: Other}, parties: [exampleland],\n"
    )
    exchange += "     derived_from: [example-page, 'claimed#c0']}\n"
    (workspace.root / "entities" / "more.yaml").write_text(exchange, encoding="utf8")
    build(workspace, check=False)
    sums = "sources/linking.yaml:8:" + str(
        claimed.with_name("linking.yaml").read_text().splitlines()[7].index("'claimed#") + 1
    )
    links = "sources/linking.yaml:7:" + str(
        claimed.with_name("linking.yaml").read_text().splitlines()[6].index('"claimed#') + 1
    )
    dossier("claimed", COUNT.format(5))
    assert problems(workspace, full=full) == [f"RP124 {links}"]
    dossier("claimed", "")
    assert problems(workspace, full=full) == [f"RP124 {links}", f"RP124 {sums}"]
    claimed.unlink()
    assert problems(workspace, full=full) == [
        "RP124 entities/more.yaml:3:35",
        f"RP124 {links}",
        f"RP124 {sums}",
        "RP124 sources/revising.yaml:2:14",
    ]


@pytest.mark.parametrize("full", [False, True])
def test_a_source_id_used_twice_is_told(full: bool, workspace: Workspace, dossier: Dossier) -> None:
    first = dossier("one", "")
    build(workspace, check=False)
    shutil.copy(first, first.with_name("copy.yaml"))
    (found,) = problems(workspace, full=full)
    assert found in ("RP139 sources/copy.yaml:1:5", "RP139 sources/one.yaml:1:5")


def test_a_dossier_that_moves_to_another_file_is_the_same(
    workspace: Workspace, dossier: Dossier, nquads: Nquads
) -> None:
    path = dossier("one", "")
    dossier("two", ', refers_to: "one#c0"')
    build(workspace, check=False)
    before = nquads(workspace)
    path.rename(path.with_name("zwei.yaml"))
    assert build(workspace, check=False).rebuilt == 1
    assert nquads(workspace) == before


def test_broken_input_keeps_the_old_graph(workspace: Workspace, dossier: Dossier, nquads: Nquads) -> None:
    path = dossier("one", "")
    build(workspace, check=False)
    before, current = nquads(workspace), Layout(workspace.store).current_build()
    path.write_text(path.read_text(encoding="utf8").replace("announce", "shout"), encoding="utf8")
    assert problems(workspace) == ["RP112 sources/one.yaml:7:52"]
    assert nquads(workspace) == before
    assert Layout(workspace.store).current_build() == current
    assert [path.name for path in Layout(workspace.store).builds.iterdir()] == [
        current.name if current else ""
    ]


SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rep: <https://w3id.org/repatria/ns#> .
<http://example.org/shape> a sh:NodeShape ; sh:targetClass rep:Quantity ;
    sh:property <http://example.org/most> .
<http://example.org/most> sh:path rep:statedValue ; sh:maxInclusive 5 ; sh:severity sh:Violation .
"""


def test_a_violation_keeps_the_old_graph(workspace: Workspace, dossier: Dossier, nquads: Nquads) -> None:
    (workspace.root / "shape.ttl").write_text(SHAPE, encoding="utf8")
    config = workspace.root / "repatria.toml"
    config.write_text(config.read_text(encoding="utf8") + 'shapes = ["shape.ttl"]\n', encoding="utf8")
    workspace = read_workspace(workspace.root)
    dossier("one", COUNT.format(5))
    first = build(workspace)
    assert first.conforms, first.report.text({}) if first.report else ""
    assert build(workspace).unchanged
    before = nquads(workspace)
    dossier("one", COUNT.format(6))
    refused = build(workspace)
    assert refused.conforms is False
    assert refused.report is not None
    assert "<http://example.org/most>" in {str(result.source_shape) for result in refused.report.results}
    assert nquads(workspace) == before
    (workspace.root / "shape.ttl").write_text(
        SHAPE.replace("maxInclusive 5", "maxInclusive 6"), encoding="utf8"
    )
    assert build(workspace).conforms
    assert nquads(workspace) != before
    (workspace.root / "shape.ttl").write_text(SHAPE, encoding="utf8")
    assert build(workspace).conforms is False, "changed shapes are asked again"


def test_an_unvalidated_graph_is_validated_when_asked(workspace: Workspace, dossier: Dossier) -> None:
    dossier("one", "")
    assert build(workspace, check=False).conforms is None
    summary = build(workspace)
    assert summary.conforms is not None
    assert not summary.unchanged


def test_no_such_workspace_or_folder(tmp_path: Path, workspace: Workspace) -> None:
    with pytest.raises(UsageError) as caught:
        read_workspace(tmp_path)
    assert caught.value.code == "RP206"
    shutil.rmtree(workspace.root / "sources")
    with pytest.raises(InputError) as missing:
        build(workspace)
    assert missing.value.code == "RP101"
    assert str(missing.value.location).endswith("/sources")
