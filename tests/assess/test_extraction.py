"""What a build gathers from one dossier after the other is what is asked of its whole graph."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from repatria.assess.database import connect
from repatria.assess.extraction import extract
from repatria.assess.tables import folder, parquet
from repatria.building import build, write
from repatria.opening import open_workspace
from repatria.workspace import Workspace

# Dossiers that point at each other in all ways that the assessment asks for.
FIRST = """\
id: sample-watch-2025-08
publisher: sample-watch
published: 2025-08-12
language: en
evidence: cited
url: https://example.org/watch/2025/08/12
claims:
  - key: in-all
    asserter: [ministry-of-examples, sample-office]
    act: state
    modality: actual
    about: handover-2025-06-06
    counts:
      - {words: "45", measure: remains-transferred, aggregation: two-way-total, population: unspecified,
         sum_of: ["example-gazette-2025-08#other-number/0", "sample-herald-2025-08#other-number/0"]}
  - key: confirmed
    asserter: sample-office
    act: confirm
    modality: actual
    about: handover-2025-05-02
    confirms: {claim: "example-gazette-2025-08#rounded", aspect: [count, occurrence]}
  - key: disputed
    asserter: sample-watch
    act: deny
    modality: actual
    about: handover-2025-08-01
    disputes: {aspect: [composition]}
  - key: withdrawn
    asserter: sample-watch
    act: state
    modality: actual
    about: handover-2025-05-02
    retracted: {date: 2025-08-20, reason: "The page is gone."}
    counts:
      - {words: around 900, measure: remains-transferred, from: exampleland, to: samplestan,
         population: unspecified, aggregation: single-event}
"""
SECOND = """\
id: example-gazette-2025-09
publisher: example-gazette
published: 2025-09-01
language: en
evidence: cited
url: https://example.org/gazette/2025/09/01
claims:
  - key: corrected
    asserter: ministry-of-examples
    act: announce
    modality: actual
    about: handover-2025-05-02
    supersedes: ["example-gazette-2025-08#rounded"]
    counts:
      - {words: "1,003", measure: remains-transferred, from: exampleland, to: samplestan,
         population: unspecified, aggregation: single-event}
"""
ROWS = {"counts": 11, "links": 3, "sums": 2, "missing": 0}


@pytest.mark.parametrize("claims", [1, 2000])
def test_gathered_tables_are_those_of_the_graph(
    copy: Callable[[str], Workspace], monkeypatch: pytest.MonkeyPatch, claims: int
) -> None:
    workspace = copy("contradiction")
    (workspace.root / "sources" / "a.yaml").write_text(FIRST, encoding="utf8")
    (workspace.root / "sources" / "z.yaml").write_text(SECOND, encoding="utf8")
    monkeypatch.setattr(write, "CHUNK_CLAIMS", claims)
    assert build(workspace, check=False).full
    dataset = open_workspace(workspace).dataset
    place = folder(dataset)
    assert place is not None
    assert not (place / "gathered").exists()
    with connect() as connection:
        extract(connection, dataset)
        for name, number in ROWS.items():
            rows = "SELECT * REPLACE (NULL AS status)" if name == "counts" else "SELECT *"
            beside = f"{rows} FROM {parquet(place / name)}"
            others = f"(FROM {name} EXCEPT ALL ({beside})) UNION ALL (({beside}) EXCEPT ALL FROM {name})"
            assert connection.execute(others).fetchall() == []
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (number,)
