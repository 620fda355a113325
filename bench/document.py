"""The page docs/benchmarks.md, written by ``bench/run --markdown``."""

from __future__ import annotations

from collections.abc import Sequence

from bench.assessing import MEMORY
from bench.engines import SECONDS as PEER_SECONDS
from bench.figures import Figure, machine, markdown
from bench.reassessing import CHECKED, JOIN_SECONDS

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
- **store.** CPU time of `repatria build --full --no-validate --no-assess` without reading dossiers and \
making quads, against pyoxigraph's `bulk_extend` of the same quads in chunks of 2,000 claims, ready in \
memory, into an empty store on disk. The build's side includes the entity files, the hashes of all \
inputs, opening and flushing the store, the check of all links between claims, the manifest and the \
swap. Peak memory is that of the whole build.
- **export.** CPU time of `repatria export -o FILE`, whole process, from the store on disk of a full \
build to sorted lines on disk, with hash and description, against a bare script that calls pyoxigraph's \
`Store.dump` on the same store; the number of lines must be the same. Peak memory of the whole process. \
*write Turtle* is the canonical Turtle of triples that are ready in memory, against the serializers of \
pyoxigraph (in the order given) and rdflib; *export Turtle* is the whole command, of which half is reading \
the store. 10⁷ quads: `bench/run --only export --claims 190000`.
- **rebuild.** `repatria build --no-validate --no-assess` after one dossier of the YAML workspace \
changed, whole process. Best of 5. *Assessed* is the same with the assessment of what the dossier \
touches: the generated claims speak of few exchanges, so that these are hundreds of counts and the totals \
of all agreements. *full build, assessed* is a build of all dossiers with the assessment, against one \
without, whole process.
- **cold.** CPU time (user and system) of whole processes, best of 11, in turn with the peer: \
`repatria --version` against `python -c "import click"`; a query against a script that imports click \
and pyoxigraph, opens the same data and asks the same: the shipped `repatria.nq` read into memory, \
and a store of about 50,000 quads on disk.
- **validate.** CPU time and peak memory of whole processes: `repatria validate DATA --shapes SHAPES \
--format csv`, and scripts that call each other engine with the same two files (N-Triples and Turtle): \
pyshacl on rdflib, pyshifty, TopBraid on Java, pyrudof. The data are generated claims of which one triple \
in 1,009 is left out, with the terms they use; the shapes are all of the project's own, and \
`bench/neutral.ttl`, core constraints on Web Annotation, SKOS, PROV and schema.org. The figure is how many \
times less CPU time Repatria takes, best of 3 runs up to 100,000 triples; all must find the same number of \
results. An engine is ended after {peer} s, and left out where it needs more than 12 GB. Against the \
floor, which is pyoxigraph only loading the data, it is how many times more. *On disk* is `repatria \
validate` of the store of a build, with all of the project's rules.
- **diff.** CPU time and peak memory of `repatria diff` as text, whole process, on N-Quads of generated \
claims of which 50 statements are replaced, 25 removed and 25 added; once with both files in the same \
order, once with the lines of one shuffled. *sort and comm* give the lines that differ, and no more.
- **Counts.** `bench/counts.py` makes the flat table that is assessed, from a seed: Parquet files with \
the columns that a build writes. Most exchanges have 5 to 40 counts of few distinct intervals, of \
several measures, in both directions, as single events, totals of series, cumulative totals, totals of \
both directions and agreed totals; facts, commitments, plans, offers and conjectures; denials, \
narrators, joint claims, confirmations and disputes; about 1 % of the groups contradict. A tenth of all \
counts speak of one exchange, in hundreds of distinct intervals.
- **assess.** CPU time from table in to assessments out, as tables and quads, in a process of its own \
that is bound to one core and ended beyond {memory:,} MB; imports are left out. *Whole process* has \
them, and the start of the interpreter. *Flatness* is the time per count at the greatest size against \
that at the smallest.
- **assess, load quads.** `bulk_load` of these quads into an empty store on disk, apart from the rest.
- **assess, load claims; extract; in a build.** The same counts as RDF, with all that the assessment asks \
for, about 23 quads a count, in chunks as a build makes them: loaded into a store on disk; made into the \
flat table, which must be the one that the RDF was made from, by asking each chunk while it is in memory \
and reading the answers; assessed in full as a build does it, with that, up to the quads in the store.
- **assess, self-join.** The obvious way to find contradictions: one SPARQL query that joins the counts \
with themselves and returns each two distinct intervals that contradict, on that store. It does far less \
than an assessment, and is ended after {seconds} s. At {checked:,} counts both must find the same pairs; \
in groups told by clusters and extremes the extremes must be among those of the join.
- **re-assess.** The six counts of one dossier get other numbers, and what they touch is assessed anew, as \
a build does it: a dossier on the exchange with a tenth of all counts, and the best of three others. The \
store was compacted after the full assessment, which RocksDB else does in the background of the next \
builds. The target is a second and the time that the counts touched take in the full assessment. At \
{checked:,} counts the assessments must be those of a full one.

A run with other sizes: `bench/run --claims 1000000 --counts 50000`; one benchmark: \
`bench/run --only cold`.
"""


def document(figures: Sequence[Figure]) -> str:
    """Return the page with these figures."""
    limits = {"memory": MEMORY, "seconds": JOIN_SECONDS, "checked": CHECKED, "peer": PEER_SECONDS}
    return _PAGE.format(machine=machine(), table=markdown(figures), **limits)
