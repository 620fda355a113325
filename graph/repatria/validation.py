"""Validating: the graph of a workspace, files, quads or an endpoint; against the shipped shapes or others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from pyoxigraph import Quad

from repatria.errors import UsageError
from repatria.rdf import from_rdflib
from repatria.shacl import Report, Severity
from repatria.shacl.limits import Engine, Inference, Options, Progress, silent
from repatria.validating.guarded import run_guarded
from repatria.validating.inputs import Endpoint, Input, Quads, files, read_files, stored
from repatria.validating.job import Job, shipped_shapes
from repatria.workspace import Workspace

if TYPE_CHECKING:
    import rdflib

    from repatria.session import Graph

# A file or several, an open graph, an rdflib graph, or quads.
Data: TypeAlias = "str | Path | Graph | rdflib.Graph | Iterable[Quad] | Sequence[str | Path]"


def shapes_of(workspace: Workspace | None) -> list[Quad]:
    """Return the shipped shapes and those that ``workspace`` adds.

    Raises InputError for a file of the workspace that cannot be read.
    """
    return [*shipped_shapes(), *read_files(workspace.shapes if workspace else ())]


def validate(
    data: Data | None = None,
    shapes: Sequence[str | Path] | None = None,
    *,
    endpoint: str | None = None,
    workspace: Workspace | None = None,
    ontology: Sequence[str | Path] = (),
    inference: Inference = "none",
    engine: Engine = "auto",
    names: Sequence[str] = (),
    severity: Severity | str = Severity.INFO,
    max_results: int | None = None,
    timeout: float | None = None,
    locate: bool = True,
    progress: Progress = silent,
) -> Report:
    """Validate data against SHACL shapes and return the :class:`Report`.

    ``data`` is a file of RDF (- for standard input; or several, taken together), a :class:`Graph`, an
    rdflib graph, or quads; or a dossier or entity file, which is read with the entities of ``workspace``
    (without one: of that around the file), and whose own results count only; or else ``endpoint`` is the
    address of a SPARQL 1.1 endpoint, whose graph is asked and not downloaded. ``shapes`` are files of
    shapes; without them the shipped ones are used, and with these the shipped ontology and concepts count
    as data too, but for a graph that a build made. So do the axioms of the files ``ontology``, and what
    follows from them with ``inference`` ``rdfs``.

    ``engine`` ``pyshacl`` leaves all to pyshacl. ``names`` are the only shapes to run (IRI, CURIE, last part
    of the IRI, or label); ``severity`` is the least that is looked for. After ``max_results`` results, or
    ``timeout`` seconds, it stops: the report has what was found, and ``unfinished`` says so. ``locate``
    gives results their places in the files; ``progress`` is told how far it is. owl:imports are not followed.

    Raises Problems (all of a dossier); InputError RP301–RP306, RP311–RP313; UsageError RP200–RP202, RP219
    (limits and names of shapes); StoreError RP410–RP413 (the endpoint).
    """
    options = Options(inference, engine, tuple(names), Severity(severity), max_results)
    if (data is None) == (endpoint is None):
        hint = "give data or endpoint, and not both"
        raise UsageError("RP200", "what to validate is not said, or said twice", hint=hint)
    source = Endpoint(endpoint) if endpoint is not None else _input(data, workspace)
    job = _job(source, shapes, ontology, options)
    return _report(replace(job, locate=locate), timeout, progress)


def _job(
    source: Input,
    shapes: Sequence[str | Path] | None,
    ontology: Sequence[str | Path],
    options: Options,
) -> Job:
    workspace = getattr(source, "workspace", None)
    added = workspace.shapes if isinstance(workspace, Workspace) else ()
    files = None if shapes is None else _names(shapes)
    return Job(source, options, files, _names(added), _names(ontology))


def _names(paths: Iterable[str | Path]) -> tuple[str, ...]:
    return tuple(map(str, paths))


def _report(job: Job, timeout: float | None, progress: Progress) -> Report:
    for limit, name in ((timeout, "timeout"), (job.options.max_results, "max_results")):
        if limit is not None and not limit > 0:
            raise UsageError("RP200", f"{name} is not above 0: {limit:g}", hint="leave it out for no limit")
    if timeout is not None:
        return run_guarded(job, timeout, progress)
    report = job.begin(progress).report()
    return job.origins().settled(report, places=job.locate)


def _input(data: Data | None, workspace: Workspace | None) -> Input:
    if isinstance(data, (str, Path)):
        return files((str(data),), workspace)
    dataset = getattr(data, "dataset", None)
    if dataset is not None:
        return stored(dataset, getattr(data, "workspace", None))
    if hasattr(data, "namespace_manager"):
        return Quads(list(from_rdflib(_union(cast("rdflib.Graph", data)))))
    items: list[Any] = list(data)  # type: ignore[arg-type]
    paths = [item for item in items if isinstance(item, (str, Path))]
    return files(_names(paths), workspace) if paths else Quads(items)


def _union(graph: rdflib.Graph) -> rdflib.Graph:
    """Return the triples of all named graphs where ``graph`` is a Dataset."""
    import rdflib

    if not isinstance(graph, rdflib.Dataset):
        return graph
    union = rdflib.Graph(bind_namespaces="none")
    for subject, predicate, value, _ in graph.quads():
        union.add((subject, predicate, value))
    return union
