"""However a workspace was edited, step by step: a build's report is that of a validation of everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.building.test_incremental import KINDS, Edits

from repatria.building import build, changed_report, checking, files_report
from repatria.errors import Problems, StoreError
from repatria.opening import open_workspace
from repatria.shacl import Report, engine, validate
from repatria.shacl.loading import over
from repatria.snapshot import Layout, open_current
from repatria.validating import inputs
from repatria.validation import shapes_of
from repatria.workspace import Workspace, read_workspace

# A claim is warned of by its own count, by how many claims its source has, by what other claims say of it.
SHAPES = """
@prefix ex: <http://example.org/shapes/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rep: <https://w3id.org/repatria/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:names sh:declare [ sh:prefix "rep" ; sh:namespace "https://w3id.org/repatria/ns#"^^xsd:anyURI ] .
ex:claim a sh:NodeShape ; sh:targetClass rep:Claim ; sh:severity sh:Warning ;
  sh:property [ sh:path ( rep:hasCount rep:quantity rep:min ) ; sh:maxInclusive 500 ;
    sh:severity sh:Warning ] ;
  sh:property [ sh:path [ sh:inversePath rep:confirms ] ; sh:maxCount 0 ; sh:severity sh:Warning ] ;
  sh:sparql [ sh:prefixes ex:names ; sh:severity sh:Warning ; sh:message "with {?value}" ; sh:select \"\"\"
    SELECT DISTINCT $this ?value WHERE {
      $this rep:source ?source ; rep:asserter ?voice . ?value rep:source ?source ; rep:asserter ?voice .
      FILTER(?value != $this)
    }\"\"\" ] .
ex:source a sh:NodeShape ; sh:targetClass rep:Source ;
  sh:property [ sh:path [ sh:inversePath rep:source ] ; sh:maxCount 2 ; sh:severity sh:Warning ] .
"""
FORBIDDEN = SHAPES.replace("sh:Warning", "sh:Violation")


def shaped(workspace: Workspace, shapes: str = SHAPES) -> Workspace:
    (workspace.root / "own.ttl").write_text(shapes, encoding="utf8")
    settings = workspace.root / "repatria.toml"
    text = settings.read_text(encoding="utf8")
    if "shapes" not in text:
        settings.write_text(f'{text}shapes = ["own.ttl"]\n', encoding="utf8")
    return read_workspace(workspace.root)


def in_full(workspace: Workspace) -> str:
    store = open_current(Layout(workspace.store), workspace.base).store
    return told(validate(over(store), shapes_of(workspace)))


def own(report: Report | None) -> int:
    """Return how many results are by the workspace's own shapes."""
    assert report is not None
    return sum(str(result.rule).startswith("<http://example.org/shapes/") for result in report.results)


def told(report: Report | None) -> str:
    assert report is not None
    return report.to_rdf().decode()


@pytest.mark.parametrize("seed", range(2))
def test_step_by_step_the_report_is_that_of_everything(seed: int, workspace: Workspace) -> None:
    workspace = shaped(workspace)
    edits = Edits(workspace, seed)
    found = {told(build(workspace).report)}
    for _ in range(4):
        edits.random.choice(KINDS)(edits)
        edits.write()
        summary = build(workspace)
        if not summary.unchanged:
            assert not summary.full, "the step was no incremental one"
            assert told(summary.report) == in_full(workspace)
            found.add(told(summary.report))
    assert len(found) > 1, "no step changed the report"


def test_only_what_changed_is_validated(
    workspace: Workspace, dossier: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        dossier(name, "", "")
    build(workspace)
    monkeypatch.setattr(checking, "validate_kept", None)
    dossier("b", "", ", hedge: allegedly")
    assert build(workspace).conforms
    dossier("b", "")
    build(workspace, check=False)
    dossier("c", "")
    build(workspace, check=False)
    assert own(changed_report(workspace)) == 0


def test_what_was_not_validated_is_validated_later(
    workspace: Workspace, dossier: Callable[..., Path]
) -> None:
    workspace = shaped(workspace)
    dossier("a", "", "")
    build(workspace)
    report = changed_report(workspace)
    assert told(report) == in_full(workspace)
    files = {result.place.location.file for result in report.results if result.place}
    assert files == {"sources/a.yaml", "entities/entities.yaml"}
    dossier("a", "", "", "")
    build(workspace, check=False)
    dossier("b", "", "")
    build(workspace, check=False)
    report = changed_report(workspace)
    assert told(report) == in_full(workspace)
    assert own(report) == 1 + 6 + 2
    assert told(changed_report(workspace)) == told(report)


def test_without_a_report_everything_is_validated(workspace: Workspace, dossier: Callable[..., Path]) -> None:
    workspace = shaped(workspace)
    dossier("a", "", "")
    build(workspace, check=False)
    assert own(changed_report(workspace)) == 2
    # Against other shapes, the report tells nothing.
    shaped(workspace, SHAPES.replace("maxCount 2", "maxCount 1"))
    assert own(changed_report(workspace)) == 3


def test_a_report_is_only_kept_of_what_is_published(
    workspace: Workspace, dossier: Callable[..., Path]
) -> None:
    workspace = shaped(workspace, FORBIDDEN)
    dossier("a", "")
    assert build(workspace).conforms
    dossier("a", "", "")
    for _ in range(2):
        summary = build(workspace)
        assert summary.conforms is False
        assert own(summary.report) == 2
    assert own(changed_report(workspace)) == 0
    dossier("a", "")
    dossier("b", "")
    assert build(workspace).conforms


def test_files_are_validated_without_a_build(workspace: Workspace, dossier: Callable[..., Path]) -> None:
    workspace = shaped(workspace)
    dossier("a", "")
    assert own(files_report(workspace)) == 0
    with pytest.raises(StoreError, match="nothing is built"):
        open_current(Layout(workspace.store), workspace.base)
    build(workspace)
    dossier("a", "", "")
    for _ in range(2):
        assert own(files_report(workspace)) == 2
    assert own(changed_report(workspace)) == 0
    dossier("a", ", act: nothing")
    with pytest.raises(Problems):
        files_report(workspace)
    dossier("a", "")
    assert own(files_report(workspace)) == 0


def test_a_store_is_validated_where_it_is_or_in_memory_alike(
    workspace: Workspace, dossier: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = shaped(workspace)
    dossier("a", "", "", "")
    build(workspace, check=False)
    copied = open_workspace(workspace).validate()
    assert own(copied) > 2
    monkeypatch.setattr(inputs, "_COPIED", 0)
    monkeypatch.setattr(inputs, "_in_memory", None)
    monkeypatch.setattr(engine, "load", None)
    where_it_is = open_workspace(workspace).validate()
    assert told(where_it_is) == told(copied)
    assert where_it_is.counted == copied.counted
