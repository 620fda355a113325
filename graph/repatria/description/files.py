"""The description beside an export: what is in the file, its size and hash, and whence it comes."""

from __future__ import annotations

import hashlib
import io
import re
import uuid
from dataclasses import dataclass, replace

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from repatria import __version__
from repatria.description.about import About, about_dataset, described
from repatria.description.citing import cite
from repatria.description.dataset import (
    Describer,
    describe_dataset,
    describe_numbers,
    say_activity,
    say_common,
    say_licence,
    text,
)
from repatria.description.jsonld import write_jsonld
from repatria.description.statistics import Statistics
from repatria.description.vocabulary import (
    FILE_TYPE_OF,
    FILE_TYPES,
    FORMATS,
    MEDIA_TYPES,
    SPDX,
    below,
    dcat,
    spdx,
    void,
)
from repatria.dossier.emit import date
from repatria.store import Dataset
from repatria.terms import DCTERMS, PROV, SKOS, XSD, iri

_ASSESSED = "the claims and the assessments computed from them"


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A file that was written.

    ``name`` without folder; ``media_type`` such as ``text/turtle``; ``format``
    as the command line calls it; ``size`` in bytes and ``sha256`` (hex) of the
    file as it is, compressed with gzip or not; ``selection`` says in words
    what was selected, empty for the whole dataset; ``assessments`` says
    whether these are in the file; ``rows`` how many rows a table has, None
    for graphs.
    """

    name: str
    media_type: str
    format: str
    size: int
    sha256: str
    compressed: bool = False
    selection: str = ""
    assessments: bool = False
    rows: int | None = None


def describe_file(dataset: Dataset, statistics: Statistics | None, file: FileInfo) -> list[Quad]:
    """Return the description of a file with statements of ``dataset``, without repetitions.

    ``statistics`` are those of the statements in the file; None for a table
    of selected rows, which holds no statements.
    """
    out = Describer(DefaultGraph())
    about = about_dataset(dataset)
    # The name of a file may be no text.
    file = replace(file, name=file.name.encode(errors="replace").decode())
    if described(dataset) is None:
        # A graph that does not name itself is named by the file, never taken for the dataset of the base.
        name = uuid.uuid5(uuid.NAMESPACE_URL, f"sha256:{file.sha256}").urn
        about = About(NamedNode(name), title=file.name)
    part = _part(about, file)
    describe_dataset(out, about, statistics if part is None else None)
    if part is not None:
        _describe_part(out, about, part, file)
        if statistics is not None:
            describe_numbers(out, part, statistics)
    _describe_distribution(out, about, part or about.node, file)
    return list(dict.fromkeys(out.quads))


def _part(about: About, file: FileInfo) -> NamedNode | None:
    """Return the IRI of what is in the file, None if it is the whole dataset."""
    if not file.selection:
        return below(about.node, "with-assessments") if file.assessments else None
    words = f"{file.selection}, with assessments" if file.assessments else file.selection
    slug = re.sub(r"[^0-9a-z]+", "-", words.lower()).strip("-")[:60].strip("-")
    return below(about.node, "part", f"{slug}-{hashlib.sha256(words.encode()).hexdigest()[:8]}")


def _describe_part(out: Describer, about: About, part: NamedNode, file: FileInfo) -> None:
    """Describe what is in the file as a part of the dataset, or the dataset as a part of it."""
    words = file.selection or _ASSESSED
    if file.selection and file.assessments:
        words += ", with the assessments of it"
    outer, inner = (about.node, part) if file.selection else (part, about.node)
    out.type(part, dcat("Dataset"), void("Dataset"), iri(PROV + "Entity"))
    title = f"{about.title}: {words}" if about.title else words
    out.add(part, iri(DCTERMS + "title"), text(title, ""))
    out.add(part, iri(DCTERMS + "description"), Literal(f"What is in this file: {words}.", language="en"))
    out.add(inner, iri(DCTERMS + "isPartOf"), outer)
    out.add(outer, void("subset"), inner)
    out.add(part, iri(PROV + "wasDerivedFrom"), about.version)
    say_common(out, part, about)


def _describe_distribution(out: Describer, about: About, held: NamedNode, file: FileInfo) -> None:
    said, node = about.settings, below(about.node, "distribution", file.name)
    out.add(held, dcat("distribution"), node)
    out.type(node, dcat("Distribution"), iri(PROV + "Entity"))
    out.add(node, iri(DCTERMS + "title"), Literal(file.name))
    kind = f"A table of {file.rows} rows." if file.rows is not None else f"A graph as {file.media_type}."
    out.add(node, iri(DCTERMS + "description"), Literal(kind, language="en"))
    if said.issued:
        out.add(node, iri(DCTERMS + "issued"), date(said.issued))
    if said.licence:
        say_licence(out, node, said.licence)
    if said.landing_page:
        out.add(node, dcat("accessURL"), NamedNode(said.landing_page))
    out.add(node, iri(DCTERMS + "bibliographicCitation"), Literal(cite(about, (file.name, file.sha256))))
    out.add(node, iri(PROV + "wasDerivedFrom"), about.version)
    activity = below(about.node, "export")
    say_activity(out, node, activity, __version__)
    out.add(activity, iri(PROV + "used"), about.version)
    _describe_bytes(out, held, node, file)


def _describe_bytes(out: Describer, held: NamedNode, node: NamedNode, file: FileInfo) -> None:
    media = {"mediaType": file.media_type} | (
        {"compressFormat": "application/gzip"} if file.compressed else {}
    )
    for name, value in media.items():
        out.add(node, dcat(name), NamedNode(MEDIA_TYPES + value))
        out.type(NamedNode(MEDIA_TYPES + value), iri(DCTERMS + "MediaType"))
    if file.format in FORMATS:
        out.add(held, void("feature"), iri(FORMATS[file.format]))
    if file.format in FILE_TYPE_OF:
        kind = iri(f"{FILE_TYPES}/{FILE_TYPE_OF[file.format]}")
        out.add(node, iri(DCTERMS + "format"), kind)
        out.type(kind, iri(DCTERMS + "MediaTypeOrExtent"))
        out.add(kind, iri(SKOS + "inScheme"), iri(FILE_TYPES))
    size = Literal(str(file.size), datatype=iri(XSD + "nonNegativeInteger"))
    out.add(node, dcat("byteSize"), size)
    checksum = below(node, "sha256")
    out.add(node, spdx("checksum"), checksum)
    out.type(checksum, spdx("Checksum"))
    out.add(checksum, spdx("algorithm"), spdx("checksumAlgorithm_sha256"))
    out.type(spdx("checksumAlgorithm_sha256"), spdx("ChecksumAlgorithm"))
    out.add(checksum, spdx("checksumValue"), Literal(file.sha256, datatype=iri(XSD + "hexBinary")))


def descriptions(dataset: Dataset, statistics: Statistics | None, file: FileInfo) -> dict[str, bytes]:
    """Return the files that belong beside a file, by name: ``NAME.dcat.ttl`` and ``NAME.dcat.jsonld``.

    Both hold what :func:`describe_file` returns.
    """
    from repatria.export.graphs import write_graph

    quads = describe_file(dataset, statistics, file)
    prefixes = {**dataset.prefixes, "spdx": SPDX, "media": MEDIA_TYPES}
    turtle, jsonld = io.BytesIO(), io.BytesIO()
    write_graph(quads, "turtle", turtle, prefixes)
    write_jsonld(quads, jsonld, prefixes)
    return {f"{file.name}.dcat.ttl": turtle.getvalue(), f"{file.name}.dcat.jsonld": jsonld.getvalue()}
