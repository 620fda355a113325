"""Who states the counts of the generated table: bodies, narrators, unnamed sources, joint claims."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from bench.world import PAPERS, STATES, body

_OBSERVERS = ("specimen-observers", "placeholder-society", "mockup-institute")
_BRANCHES = 4


class Voice(NamedTuple):
    """Who speaks: keys of the asserters, of the side (or "") and of the affiliations, joined by a blank."""

    asserter: str
    side: str
    affiliation: str
    narrator: bool = False


class Body(NamedTuple):
    """Somebody who speaks for others: the keys of the side and of the body above (or "")."""

    key: str
    side: str = ""
    above: str = ""


def bodies(number: int) -> Iterator[Body]:
    """Yield the ``number`` bodies of each state, its unnamed sources, and the branches of observers."""
    for state in STATES:
        yield Body(f"unnamed/sources-in-{state}", f"state/{state}")
        yield from (Body(f"org/{body(state, place)}", f"state/{state}") for place in range(number))
    for name in _OBSERVERS:
        yield from (Body(f"org/{name}-{branch}", above=f"org/{name}") for branch in range(1, _BRANCHES))


def speakers(random: Random, number: int, bodies: int) -> tuple[Voice, ...]:
    """Return the voices that are quoted on one exchange: ``number`` bodies of each state, and others."""
    own = {state: [body(state, random.randrange(bodies)) for _ in range(number)] for state in STATES}
    official = [_official(state, key) for state in STATES for key in own[state]]
    unnamed = [Voice(f"unnamed/sources-in-{state}", f"state/{state}", f"state/{state}") for state in STATES]
    others = [_observer(random) for _ in range(max(1, number // 2))]
    joint = [_together(random, own[STATES[0]], own[STATES[1]]), _same_side(random, own)]
    # Thrice: most of what is quoted comes from the officials of the two sides.
    return (*official * 3, *random.sample(unnamed, 1), *others, *(v for v in joint if v is not None))


def narrator(publisher: str) -> Voice:
    """Return the narrator's own voice of an outlet."""
    return Voice(f"org/{publisher}", "", f"org/{publisher}", narrator=True)


def publishers() -> list[str]:
    """Return the keys of the outlets."""
    return list(PAPERS)


def _official(state: str, key: str) -> Voice:
    return Voice(f"org/{key}", f"state/{state}", f"state/{state}")


def _observer(random: Random) -> Voice:
    """Return a body of no side; some are branches of another one."""
    name, branch = random.choice(_OBSERVERS), random.randrange(_BRANCHES)
    return Voice(f"org/{name}-{branch}" if branch else f"org/{name}", "", f"org/{name}")


def _together(random: Random, one: list[str], other: list[str]) -> Voice:
    """Return a joint claim of both sides: it has no side, and its affiliations are the two states."""
    joined = " ".join(sorted((f"org/{random.choice(one)}", f"org/{random.choice(other)}")))
    return Voice(joined, "", " ".join(f"state/{state}" for state in sorted(STATES)))


def _same_side(random: Random, own: dict[str, list[str]]) -> Voice | None:
    state = random.choice(STATES)
    keys = sorted(set(own[state]))
    if len(keys) < 2:
        return None
    joined = " ".join(f"org/{key}" for key in sorted(random.sample(keys, 2)))
    return Voice(joined, f"state/{state}", f"state/{state}")
