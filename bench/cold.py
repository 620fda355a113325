"""Cold starts: CPU time of whole processes against bare scripts that do the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench.children import Usage, interleaved, repatria
from bench.corpora import Generated
from bench.figures import Figure
from repatria.resources import folder

# So many generated claims are about 50,000 quads.
STORE_CLAIMS = 900
_TIMES = 11
_QUERY = (
    "SELECT ?count ?words WHERE { ?count rep:quantity ?quantity . ?quantity rep:statedText ?words }"
    " ORDER BY ?count"
)
_BARE = """
import sys
import click
import pyoxigraph

{store}
query = "PREFIX rep: <https://w3id.org/repatria/ns#> {query}"
click.echo("count,words")
for count, words in store.query(query, use_default_graph_as_union=True):
    click.echo(count.value + "," + words.value)
"""
_MEMORY = "store = pyoxigraph.Store()\nstore.bulk_load(path={path!r}, format=pyoxigraph.RdfFormat.N_QUADS)"
_DISK = "store = pyoxigraph.Store.read_only({path!r})"


def measure(generated: Generated) -> Iterator[Figure]:
    """Measure the start alone, a query on the shipped dataset, and one on a store on disk."""
    place = generated.folder
    commands = [[*repatria(), "--version"], [sys.executable, "-c", "import click"]]
    ours, peer = interleaved(commands, place, _TIMES)
    yield _figure("cold, --version", "–", ours, peer, "import click", 1.3)
    yield _query(place, "shipped dataset", [], _MEMORY.format(path=str(folder("data") / "repatria.nq")))
    generated.built()
    workspace = generated.workspace("yaml")
    store = (workspace / ".repatria" / "current").resolve() / "store"
    yield _query(place, f"store of {generated.name}", ["-w", str(workspace)], _DISK.format(path=str(store)))


def _query(place: Path, name: str, options: list[str], store: str) -> Figure:
    script = _BARE.format(store=store, query=_QUERY)
    commands = [[*repatria(), *options, "query", _QUERY], [sys.executable, "-c", script]]
    ours, peer = interleaved(commands, place, _TIMES)
    if len(ours.output.splitlines()) != len(peer.output.splitlines()) or len(peer.output.splitlines()) < 2:
        raise RuntimeError(f"the answers on the {name} differ")
    return _figure("cold, query", name, ours, peer, "bare script", 2)


def _figure(name: str, input_: str, ours: Usage, peer: Usage, peer_name: str, target: float) -> Figure:
    measured, compared = f"{ours.cpu * 1000:.0f} ms CPU", f"{peer_name} {peer.cpu * 1000:.0f} ms CPU"
    return Figure(name, input_, measured, compared, ours.cpu / peer.cpu, "×", target)
