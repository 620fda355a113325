"""The obvious way to find contradictions: one SPARQL query that joins the counts with themselves."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from pyoxigraph import QuerySolutions

from bench.counttable import BASE
from repatria.query.run import Query, evaluate
from repatria.store import open_disk

_PERIOD = ("periodStartNotBefore", "periodStartNotAfter", "periodEndNotBefore", "periodEndNotAfter")
_OPTIONAL = ("fromParty", "toParty", *_PERIOD)
EQUAL = ("referent", "measure", "aggregation", "class", *_OPTIONAL)
_INTERVALS = ("lowA", "maxA", "lowB", "maxB")
# Both sides are found by themselves and matched on all that must be equal at once: written as one pattern,
# which is plainer, the store takes some fifty times as long on 2,000 counts.
_SIDE = """{
  ?count~ rep:referent ?referent ; rep:measure ?measure ; rep:aggregation ?aggregation ;
    rep:population ?population~ ; rep:countOf ?claim~ ; rep:quantity ?quantity~ .
  ?claim~ rep:polarity ?polarity~ ; rep:modality/skos:broader ?class .
  FILTER NOT EXISTS { ?claim~ rep:supersededBy|prov:wasInvalidatedBy ?end~ }
  ?quantity~ rep:min ?low~ .
  OPTIONAL { ?quantity~ rep:max ?max~ }
  %s
}"""
_ABSENT = 'OPTIONAL { ?count~ rep:NAME ?NAME~ } BIND(COALESCE(?NAME~, "") AS ?NAME)'
_WHERE = """
  FILTER(?populationA = ?populationB || ?populationA = population:unspecified
    || ?populationB = population:unspecified)
  FILTER(?polarityA)
  FILTER(IF(?polarityB, COALESCE(?lowB > ?maxA, false),
    ?lowA >= ?lowB && (!BOUND(?maxB) || COALESCE(?maxA <= ?maxB, false))))"""


def query() -> str:
    """Return the self-join: each two intervals of comparable counts that contradict each other."""
    side = _SIDE % "\n  ".join(_ABSENT.replace("NAME", name) for name in _OPTIONAL)
    names = " ".join(f"?{name}" for name in (*EQUAL, "polarityB", *_INTERVALS))
    sides = " ".join(side.replace("~", name) for name in "AB")
    return f"SELECT DISTINCT {names} WHERE {{ {sides} {_WHERE} }}"


def join(store: Path, answer: Path) -> dict[str, Any]:
    """Write what the join finds to ``answer``, a line for each pair: what is equal, and the intervals."""
    dataset = open_disk(store, BASE)
    started = time.process_time()
    found = evaluate(dataset, Query(query()))
    assert isinstance(found, QuerySolutions)
    rows = [[getattr(term, "value", "") for term in row] for row in found]
    seconds = time.process_time() - started
    answer.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return {"seconds": seconds, "pairs": len(rows)}
