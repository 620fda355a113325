"""The data dictionaries say what is in the table, and validators of others agree."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import csvw
import frictionless
import pytest

from repatria.export.columns import COLUMNS
from repatria.export.dictionary import TableFile, dictionaries
from repatria.export.exporting import export_bytes
from repatria.export.selecting import Selection
from repatria.store import Dataset
from repatria.terms import NS, ORG, RDF, prefixes

NAMES = [column.name for column in COLUMNS]


@pytest.fixture
def folder(dataset: Dataset, tmp_path: Path) -> Path:
    """A folder with the table of the shipped dataset as CSV, and its dictionaries."""
    data = export_bytes(dataset, "csv", Selection())
    (tmp_path / "counts.csv").write_bytes(data)
    file = TableFile("counts.csv", "csv", len(data), hashlib.sha256(data).hexdigest(), 31)
    for name, text in dictionaries(file).items():
        (tmp_path / name).write_bytes(text)
    return tmp_path


def table(folder: Path) -> Any:
    """Read the CSV by its metadata, and say whether it is as they say."""
    found = csvw.CSVW(
        str(folder / "counts.csv"), md_url=str(folder / "counts.csv-metadata.json"), validate=True
    )
    return found, found.is_valid


def report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(folder)  # frictionless trusts no path from elsewhere
    return frictionless.validate("counts.csv.datapackage.json", type="package")


def test_csv_on_the_web(folder: Path) -> None:
    found, valid = table(folder)
    assert valid
    assert not found.warnings
    rows = list(found.tables[0])
    assert len(rows) == 31
    row = next(r for r in rows if r["claim"] == "moscow-times-2025-12-19#s1-03")
    assert (row["min"], row["max"], row["affirmed"], row["hedge"]) == (1003, 1003, True, None)
    assert row["said_on"].isoformat().startswith("2025-12-19")
    assert row["post"] == ["Adviser (aide) to the President of Russia", "Chief negotiator of Russia"]


# It finds them as warnings of its own.
@pytest.mark.filterwarnings("always:Invalid column value:UserWarning")
def test_csv_on_the_web_finds_what_is_wrong(folder: Path) -> None:
    text = (folder / "counts.csv").read_bytes()
    for right, wrong in ((b",1003,1003,", b",many,1003,"), (b",2025-12-19,", b",19.12.2025,")):
        assert right in text
        (folder / "counts.csv").write_bytes(text.replace(right, wrong, 1))
        assert not table(folder)[1]


def test_frictionless(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = report(folder, monkeypatch)
    assert found.valid, found.flatten(["type", "note"])
    assert found.tasks[0].stats["rows"] == 31


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b",1003,1003,", b",many,1003,"),
        (b",2025-12-19,", b",19.12.2025,"),
        (b"count_iri,claim", b"count,claim"),
    ],
)
def test_frictionless_finds_what_is_wrong(
    folder: Path, right: bytes, wrong: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (folder / "counts.csv").read_bytes()
    (folder / "counts.csv").write_bytes(text.replace(right, wrong, 1))
    assert not report(folder, monkeypatch).valid


def test_both_list_the_columns_of_the_file(folder: Path) -> None:
    web = json.loads((folder / "counts.csv-metadata.json").read_text(encoding="utf8"))
    package = json.loads((folder / "counts.csv.datapackage.json").read_text(encoding="utf8"))
    header = (folder / "counts.csv").read_text(encoding="utf8").split("\n", 1)[0].rstrip("\r").split(",")
    assert header == NAMES
    assert [column["name"] for column in web["tableSchema"]["columns"]] == NAMES
    assert [field["name"] for field in package["resources"][0]["schema"]["fields"]] == NAMES
    assert web["url"] == package["resources"][0]["path"] == "counts.csv"
    assert web["tableSchema"]["primaryKey"] == "count_iri"
    assert web["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    hashed = hashlib.sha256((folder / "counts.csv").read_bytes()).hexdigest()
    assert package["resources"][0]["hash"] == f"sha256:{hashed}"


def test_properties_are_iris_of_the_model(folder: Path) -> None:
    web = json.loads((folder / "counts.csv-metadata.json").read_text(encoding="utf8"))
    urls = {column["name"]: column["propertyUrl"] for column in web["tableSchema"]["columns"]}
    assert urls["min"] == NS + "min"
    spaces = tuple(prefixes().values())
    assert all(url.startswith(spaces) for url in urls.values())
    assert ORG not in urls["side"]
    assert urls["referent_kind"] == RDF + "type"


def test_a_packed_table_and_a_parquet_file() -> None:
    packed = dictionaries(TableFile("counts.csv.gz", "csv", 1, "0" * 64, 1, packed=True))
    assert set(packed) == {"counts.csv.gz.datapackage.json", "counts.csv.gz-metadata.json"}
    assert json.loads(packed["counts.csv.gz-metadata.json"])["url"] == "counts.csv"
    assert json.loads(packed["counts.csv.gz.datapackage.json"])["resources"][0]["compression"] == "gz"
    parquet = dictionaries(TableFile("counts.parquet", "parquet", 1, "0" * 64, 1))
    assert set(parquet) == {"counts.parquet.datapackage.json"}
    resource = json.loads(parquet["counts.parquet.datapackage.json"])["resources"][0]
    assert (resource["format"], "dialect" in resource, "encoding" in resource) == ("parquet", False, False)
