"""The page docs/benchmarks.md, written by ``bench/run --markdown``."""

from __future__ import annotations

from collections.abc import Sequence

from bench.figures import Figure, machine, markdown

_PAGE = """\
# Benchmarks

`bench/run` measures Repatria on generated dossiers and prints each figure beside its target. These \
are the figures of one run on a machine that others used at the same time ({machine}): compare the \
ratios, not the seconds. They are no tests; a slow machine fails nothing.

{table}
## What is measured

- **Input.** `bench/generator.py` makes dossiers of 14 to 22 claims of plainly fictional bodies, \
from a seed: the same bytes on every machine. A third of the claims state a number, in English, \
Ukrainian or Russian words with varied qualifiers; chains have one to three hops; one claim in \
twenty points at another one. A claim gives about 53 quads, near to the 51 of the shipped dataset.
- **parse.** CPU time of one core from files to quads, checked against the schema, all references \
resolved; the quads of each dossier are dropped. Best of 5 to 7.
- **store.** CPU time of `repatria build --full --no-validate` without reading dossiers and making \
quads, against pyoxigraph's `bulk_extend` of the same quads in chunks of 2,000 claims, ready in \
memory, into an empty store on disk. The build's side includes the entity files, the hashes of all \
inputs, opening and flushing the store, the check of all links between claims, the manifest and the \
swap. Peak memory is that of the whole build.
- **rebuild.** `repatria build --no-validate` after one dossier of the YAML workspace changed, whole \
process. Best of 5.
- **cold.** CPU time (user and system) of whole processes, best of 11, in turn with the peer: \
`repatria --version` against `python -c "import click"`; a query against a script that imports click \
and pyoxigraph, opens the same data and asks the same: the shipped `repatria.nq` read into memory, \
and a store of about 50,000 quads on disk.
- **validate.** CPU time of the validation that `repatria build` does on the shipped dataset against \
pyshacl alone on the same triples and shapes, one run each; both must find the same number of \
results.

A run with other sizes: `bench/run --claims 1000000`; one benchmark: `bench/run --only cold`.
"""


def document(figures: Sequence[Figure]) -> str:
    """Return the page with these figures."""
    return _PAGE.format(machine=machine(), table=markdown(figures))
