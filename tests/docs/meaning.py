"""What an output says: RDF as a set of statements, JSON as values, all else line by line."""

from __future__ import annotations

import json
import re

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

_RDF = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_JSON = frozenset(("json", "sparql-json"))
_FORMAT = re.compile(r"--(?:format|to) (\S+)")
_GRAPH_BY_DEFAULT = re.compile(r"repatria (?:export|query .*\b(?:CONSTRUCT|DESCRIBE)\b)", re.DOTALL)
_SECONDS = re.compile(r"\b\d+\.\d s\b")


def meaning(command: str, output: str) -> object:
    """Return what ``output`` of ``command`` says, in a form to compare.

    Wall-clock times are left out, and so is white space at the ends of lines.
    Raises ValueError (with SyntaxError as its cause) for RDF or JSON that cannot be read.
    """
    found = _FORMAT.search(command)
    default = "turtle" if _GRAPH_BY_DEFAULT.match(command) else ""
    name = found[1] if found else default
    if "|" in command or " -o " in command or not output.strip() or "error[" in output:
        name = ""
    if name in _RDF:
        return statements(output, _RDF[name])
    if name in _JSON:
        return json.loads(output)
    if name == "jsonl":
        return [json.loads(line) for line in output.splitlines()]
    return [_SECONDS.sub("… s", line.rstrip()) for line in output.splitlines()]


def statements(text: str, syntax: RdfFormat) -> frozenset[str]:
    """Return the statements of an RDF document, blank nodes named by their place in the graph."""
    try:
        dataset = Dataset(parse(text.encode(), format=syntax))
    except SyntaxError as error:
        raise ValueError(str(error)) from error
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, dataset))
