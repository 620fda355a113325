"""Whatever stands in a dossier: errors with places, never an exception."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repatria.dossier.documents import read_documents
from repatria.dossier.index import Index
from repatria.dossier.schema import check, typer
from repatria.dossier.sources import build_source
from repatria.dossier.yamltext import parse_yaml
from repatria.errors import RepatriaError
from repatria.terms import Names

DATA = Path(__file__).parent.parent / "data" / "dossiers"


def refuse(error: RepatriaError) -> None:
    pytest.fail(str(error))


def loaded(path: Path) -> Any:
    return parse_yaml(path.name, path.read_text(encoding="utf8"), typer("dossier"), refuse)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["#c1", "a#b/0", "draft", "2025-00-00", "0000-01-01", "Q1", "exact"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def places_in(data: Any) -> list[tuple[Any, Any]]:
    """Return (container, key or index) of everything inside ``data``."""
    found: list[tuple[Any, Any]] = []
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        found.append((data, key))
        if isinstance(value, (dict, list)):
            found += places_in(value)
    return found


WHOLE = [loaded(path) for path in sorted((DATA / "accept").glob("*.yaml"))]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_dossier_breaks_the_loader(data: st.DataObject, tmp_path: Path) -> None:
    dossier = json.loads(json.dumps(data.draw(st.sampled_from(WHOLE))))
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places_in(dossier)))
        if data.draw(st.booleans()):
            container[key] = data.draw(ANYTHING)
        elif isinstance(container, dict):
            del container[key]
            container[data.draw(st.text(max_size=5))] = data.draw(ANYTHING)
        if not dossier:
            break
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps(dossier), encoding="utf8")
    errors: list[RepatriaError] = []
    for document in read_documents(path, typer("dossier"), errors.append):
        if check(document, "dossier", errors.append):
            build_source(document, Index(Names("http://example.org/")), errors.append)
    for error in errors:
        assert error.location is not None
        assert error.location.line
        assert "\n" not in str(error)
