"""Tasks on the flat table, each measured in a process of its own: ``python -m bench.assessed TASK …``.

Each imports only what it needs: what is imported is measured as well.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def table(folder: str, total: str) -> dict[str, Any]:
    """Generate the table of so many counts."""
    from bench.counts import Counts
    from bench.counttable import write_table

    write_table(Path(folder), Counts(int(total)))
    return {}


def assess(folder: str, out: str) -> dict[str, Any]:
    """Assess a table: Parquet files in, tables and quads out."""
    from bench.counttable import BASE, read_entities
    from repatria.assess.materialise import assess_tables

    place, target = Path(folder), Path(out)
    target.mkdir()
    referents = read_entities(place)
    started = time.process_time()
    outcome = assess_tables(place, referents, target, BASE)
    seconds = time.process_time() - started
    return {"seconds": seconds, "groups": sum(outcome.statuses.values()), "statuses": outcome.statuses}


def join(build: str, answer: str) -> dict[str, Any]:
    """Run the self-join on the store of a build."""
    from bench.selfjoin import join

    return join(Path(build) / "store", Path(answer))


def load(assessed: str, store: str) -> dict[str, Any]:
    """Load the quads of an assessment into an empty store on disk."""
    from pyoxigraph import Store

    from bench.contradictions import load_assessments

    started = time.process_time()
    target = Store(store)
    load_assessments(target, Path(assessed))
    target.flush()
    return {"seconds": time.process_time() - started, "quads": len(target)}


def claims(folder: str, build: str) -> dict[str, Any]:
    """Load the claims of a table as RDF into the store of a build."""
    from bench.reassessed import load_claims

    return load_claims(Path(folder), Path(build))


def extract(folder: str, build: str) -> dict[str, Any]:
    """Make the flat table from the RDF of a build; it must be the table that the RDF was made from."""
    from bench.reassessed import extract_tables

    return extract_tables(Path(folder), Path(build))


def full(build: str) -> dict[str, Any]:
    """Assess the store of a build in full."""
    from bench.reassessed import assess_build

    return assess_build(Path(build))


def reassess(folder: str, old: str, new: str, nth: str, great: str) -> dict[str, Any]:
    """Change one dossier and assess anew what it touches."""
    from bench.reassessed import reassess

    return reassess(Path(folder), Path(old), Path(new), int(nth), great == "great")


def same(new: str) -> dict[str, Any]:
    """Compare what was assessed anew with a full assessment."""
    from bench.reassessed import same_in_full

    return same_in_full(Path(new))


def check(assessed: str, answer: str) -> dict[str, Any]:
    """Compare the assessments with the answer of the self-join."""
    from bench.contradictions import check

    same, large = check(Path(assessed), Path(answer))
    return {"same": same, "large": large}


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "table": table, "assess": assess, "join": join, "load": load, "check": check,
    "claims": claims, "extract": extract, "full": full, "reassess": reassess, "same": same,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))
