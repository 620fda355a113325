"""What stands beside an export: its description, and the data dictionaries of a table."""

from __future__ import annotations

from repatria.description import FileInfo, Statistics, dataset_statistics, descriptions
from repatria.export.dictionary import TableFile, dictionaries
from repatria.export.exporting import Written
from repatria.export.formats import EXPORT_FORMATS
from repatria.export.selecting import Selection
from repatria.store import Dataset


def to_count(dataset: Dataset, chosen: Selection) -> Statistics | None:
    """Return what an export counts its statements with, or None where a build has counted them already."""
    known = not chosen and dataset.origin.kind != "memory"
    return None if known else Statistics(dataset.base)


def files_beside(
    dataset: Dataset, name: str, written: Written, statistics: Statistics | None
) -> dict[str, bytes]:
    """Return the files that belong beside the export ``name`` (without folder), by their names.

    ``statistics`` are those of the statements that were written, None for those of the whole graph.
    """
    found = _descriptions(dataset, name, written, statistics)
    if written.rows is not None:
        found |= dictionaries(
            TableFile(name, written.format, written.size, written.sha256, written.rows, written.packed)
        )
    return found


def _descriptions(
    dataset: Dataset, name: str, written: Written, statistics: Statistics | None
) -> dict[str, bytes]:
    file = FileInfo(
        name=name,
        media_type=EXPORT_FORMATS[written.format].media_type,
        format=written.format,
        size=written.size,
        sha256=written.sha256,
        compressed=written.packed,
        selection=written.selection,
        assessments=written.with_assessments,
        rows=written.rows,
    )
    known = statistics
    if written.rows is not None:  # a table holds no statements
        known = None if written.selection else dataset_statistics(dataset)
    elif known is None:
        known = dataset_statistics(dataset, assessments=written.with_assessments)
    return descriptions(dataset, known, file)
