"""Data dictionaries of the flat table: CSV on the Web metadata, and a Frictionless Data Package.

W3C "Metadata Vocabulary for Tabular Data" (2015), and the Data Package and
Table Schema specifications, version 2. Both are made from the list of columns.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from repatria.export.columns import COLUMNS, Column
from repatria.terms import prefixes

_TITLE = "Counts as they are claimed: one row for each count of a claim"
_KEY = "count_iri"
_DIALECT = {"header": True, "delimiter": ",", "doubleQuote": True}
_CSVW_TYPES: dict[str, Any] = {"iri": "anyURI", "date": {"base": "date", "format": "yyyy-MM-dd"}}
_FIELDS: dict[str, dict[str, Any]] = {
    "iri": {"type": "string", "format": "uri"},
    "date": {"type": "date", "format": "default"},
    "boolean": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
}


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table that was written: name of the file, its format, size in bytes, SHA-256 (hex), number of rows.

    ``format`` is csv or parquet; ``packed``: the file is a CSV in gzip.
    """

    name: str
    format: str
    size: int
    sha256: str
    rows: int
    packed: bool = False


def dictionaries(file: TableFile) -> dict[str, bytes]:
    """Return the data dictionaries of a file by the names of the files that they belong in."""
    found = {f"{file.name}.datapackage.json": _text(datapackage(file))}
    if file.format == "csv":
        found[f"{file.name}-metadata.json"] = _text(csvw(file))
    return found


def csvw(file: TableFile) -> dict[str, Any]:
    """Return the CSV on the Web metadata of a CSV file; of a packed one those of the file in it."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file.name.removesuffix(".gz") if file.packed else file.name,
        "dc:title": _TITLE,
        "dialect": {
            "encoding": "utf-8",
            "header": True,
            "delimiter": ",",
            "doubleQuote": True,
            "lineTerminators": ["\r\n", "\n"],
        },
        "tableSchema": {
            "columns": [_csvw_column(column) for column in COLUMNS],
            "primaryKey": _KEY,
            "aboutUrl": "{+count_iri}",
        },
    }


def _csvw_column(column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": _CSVW_TYPES.get(column.kind, column.kind),
        "propertyUrl": _url(column.property),
        "null": "",
        "required": column.required,
    }
    return made | ({"separator": column.separator} if column.separator else {})


def datapackage(file: TableFile) -> dict[str, Any]:
    """Return a Data Package with the file as its one resource."""
    mediatype = "text/csv" if file.format == "csv" else "application/vnd.apache.parquet"
    resource: dict[str, Any] = {
        "name": "counts",
        "type": "table",
        "path": file.name,
        "title": _TITLE,
        "format": file.format,
        "mediatype": mediatype,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [_field(column) for column in COLUMNS],
            "missingValues": [""],
            "primaryKey": [_KEY],
        },
    }
    if file.format == "csv":
        resource |= {
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        }
    if file.packed:
        resource["compression"] = "gz"
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "repatria-counts",
        "title": _TITLE,
        "resources": [resource],
    }


def _field(column: Column) -> dict[str, Any]:
    several = f" Several are separated by “{column.separator}”." if column.separator else ""
    # What is several IRIs is no IRI.
    kind = _FIELDS.get(column.kind, {"type": column.kind}) if not column.separator else {"type": "string"}
    made: dict[str, Any] = {
        "name": column.name,
        **kind,
        "description": column.description + several,
        "rdfType": _url(column.property),
    }
    if column.required:
        made["constraints"] = {"required": True, **({"unique": True} if column.name == _KEY else {})}
    return made


def _url(property: str) -> str:
    """Return the IRI of a property written as CURIE."""
    prefix, _, name = property.partition(":")
    return prefixes()[prefix] + name


def _text(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
