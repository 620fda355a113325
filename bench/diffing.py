"""A million statements against a million of which a hundred changed: ``repatria diff``, whole process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from pyoxigraph import RdfFormat, Store

from bench.children import ROOT, Usage, repatria, run
from bench.corpora import Generated
from bench.figures import Figure

# So many generated claims are a little more than a million statements.
CLAIMS, STATEMENTS = 20_000, 1_000_000
_REPLACED, _GONE, _COME = 50, 25, 25
_SECONDS, _MEMORY = 10, 1_500


def measure(generated: Generated, statements: int = STATEMENTS) -> Iterator[Figure]:
    """Compare two files in the same order, and one with its lines shuffled, beside sort and comm."""
    generated.built()
    store = (generated.workspace("yaml") / ".repatria" / "current").resolve() / "store"
    folder = generated.folder
    # In a process of its own: what this one holds would be told as the memory of those that it starts.
    run([sys.executable, "-m", "bench.diffing", str(store), str(folder), str(statements)], ROOT)
    peer = run(["sh", "-c", _COMM], folder)
    for name in ("in order", "shuffled"):
        yield from _compared(f"{statements:,} statements, {name}", folder, f"{name.split()[-1]}.nq", peer)
    for path in folder.glob("*.nq"):
        path.unlink()


_COMM = "export LC_ALL=C; sort old.nq > sorted; sort order.nq | comm -3 sorted - > out; rm sorted out"


def main(store: str, folder: str, statements: str) -> None:
    """Write statements of a store as lines: as they are, changed, and changed and shuffled."""
    dump = Path(folder, "dump.nq")
    Store.read_only(store).dump(str(dump), format=RdfFormat.N_QUADS)
    lines = sorted(dump.read_bytes().splitlines(keepends=True))[: int(statements)]
    dump.unlink()
    if len(lines) < int(statements):
        raise RuntimeError(f"the store has only {len(lines)} statements")
    Path(folder, "old.nq").write_bytes(b"".join(lines))
    changed = _changed(lines)
    Path(folder, "order.nq").write_bytes(b"".join(changed))
    Random(2).shuffle(changed)
    Path(folder, "shuffled.nq").write_bytes(b"".join(changed))


def _changed(lines: list[bytes]) -> list[bytes]:
    """Return lines of which 50 are replaced, 25 are gone, and to which 25 came."""
    chosen = Random(1).sample(range(len(lines)), _REPLACED + _GONE)
    found: list[bytes] = list(lines)
    for number in chosen[:_REPLACED]:
        found[number] = _other(lines[number], number)
    for number in sorted(chosen[_REPLACED:], reverse=True):
        del found[number]
    return [*found, *(_other(lines[number], -number) for number in chosen[:_COME])]


def _other(line: bytes, number: int) -> bytes:
    subject, predicate, _ = line.split(b" ", 2)
    return b"%s %s <http://example.org/changed/%d> .\n" % (subject, predicate, number)


def _compared(name: str, folder: Path, new: str, peer: Usage) -> Iterator[Figure]:
    command = " ".join([*repatria(), "diff", "old.nq", new])
    # That the two differ is told by the exit code 1.
    usage = run(["sh", "-c", f"{command}; test $? -eq 1"], folder)
    told = usage.output.splitlines()[2]
    expected = f"{_REPLACED + _COME} statements added, {_REPLACED + _GONE} removed"
    if told != expected:
        raise RuntimeError(f"repatria diff tells “{told}” instead of “{expected}”")
    compared = f"sort and comm {peer.cpu:.2f} s CPU"
    yield Figure("diff", name, f"{usage.cpu:.2f} s CPU", compared, usage.cpu, " s", _SECONDS)
    yield Figure("diff, peak memory", name, f"{usage.peak:.0f} MB", "–", usage.peak, " MB", _MEMORY)


if __name__ == "__main__":
    main(*sys.argv[1:])
