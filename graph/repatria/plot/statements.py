"""The rows of one group of comparable counts as they are drawn: a statement each, or an interval of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from repatria.assess.results import Assessment, Interval, Statement, Thing
from repatria.plot.words import count_of, day, direction, wrapped

# A group with more statements is drawn by its distinct intervals, and at most so many of these.
MOST = 40


@dataclass(frozen=True, slots=True)
class Said:
    """One row: who says which number, where; ``voice`` is for whom, ``how`` act and source."""

    who: str
    voice: str
    number: str
    how: str
    interval: Interval
    polarity: bool
    narrator: bool
    side: Thing | None

    @property
    def left(self) -> tuple[list[str], list[str]]:
        """Who says it and for whom, broken into lines."""
        return wrapped(self.who, 29), wrapped(self.voice, 34, 1) if self.voice else []

    @property
    def right(self) -> tuple[list[str], list[str]]:
        """The number with its words, and how it is said, broken into lines."""
        return wrapped(self.number, 46), wrapped(self.how, 52)

    @property
    def lines(self) -> int:
        """How many lines of text the row takes."""
        return max(sum(map(len, self.left)), sum(map(len, self.right)))


def said_in(group: Assessment) -> tuple[list[Said], int]:
    """Return the rows of a group, and how many statements none of them stands for."""
    if len(group.statements) <= MOST:
        return [_statement(statement) for statement in group.statements], 0
    drawn = group.positions[:MOST]
    left = sum(len(position.statements) for position in group.positions[MOST:])
    return [_position(position.statements, position.interval) for position in drawn], left


def _statement(statement: Statement) -> Said:
    voice = f"for {statement.side}" if statement.side else ""
    who = " and ".join(thing.label for thing in statement.asserters)
    if statement.narrator:
        who, voice = str(statement.publisher or statement.source), "narrator’s own voice"
    return Said(
        who, "" if voice == f"for {who}" else voice, _number(statement),
        f"{statement.act} · {_where(statement)}",
        statement.interval, statement.polarity, statement.narrator, statement.side,
    )  # fmt: skip


def _position(statements: Sequence[Statement], interval: Interval) -> Said:
    first = _statement(statements[0])
    if len(statements) == 1:
        return first
    told = f"{'' if first.polarity else 'denied: '}{interval}"
    others = f"and {count_of(len(statements) - 1, 'more statement')}"
    return Said(first.who, others, told, f"first: {first.how}", interval, first.polarity, False, first.side)


def _number(statement: Statement) -> str:
    number = str(statement.interval)
    same = statement.words.replace(" to ", "–").strip() in (number, str(statement.interval.low))
    words = "" if same or not statement.words else f" “{statement.words}”"
    return f"{'' if statement.polarity else 'denied: '}{number}{words}"


def _where(statement: Statement) -> str:
    place = str(statement.publisher or statement.source)
    return f"{place}, {day(statement.published)}" if statement.published else place


def sides_in(groups: Sequence[Assessment]) -> dict[str, str]:
    """Return the parties for which statements speak: IRI to label, in order of label."""
    found = {s.side.iri: s.side.label for group in groups for s in group.statements if s.side}
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


def status_told(group: Assessment) -> str:
    """Return what the claims of a group are to each other."""
    if group.status == "contested" and group.within_rounding:
        return "contested, within rounding"
    if group.status == "corroborated" and group.independence:
        by = {"opposing-sides": "by opposing sides", "unaffiliated": "by somebody unaffiliated"}
        return f"corroborated {by.get(group.independence, group.independence)}"
    if group.status == "repeated":
        return "repeated, not corroborated"
    return "on one word only" if group.status == "uncontested" and group.asserters == 1 else group.status


def allowed_told(group: Assessment) -> str:
    """Return which numbers all claims of a group allow, and what else is disputed."""
    denied = any(not position.polarity for position in group.positions)
    who = "those that affirm allow" if denied else "all claims allow"
    told = [f"{who} {group.consensus}" if group.consensus else "no number fits all claims"]
    if group.claimed is None:
        told = ["no number is affirmed"]
    if group.count_disputed_by:
        told.append("number disputed")
    if group.composition_disputed_by:
        told.append("composition disputed")
    return ", ".join(told)


def kind_told(group: Assessment) -> str:
    """Return what a group counts: measure, direction, aggregation and whatever is not usual."""
    told = [group.measure.label]
    told += [direction(group.from_, group.to)] if group.from_ or group.to else []
    told.append(group.aggregation.label)
    told += [] if group.modality.iri.endswith("/fact") else [group.modality.label]
    told += [] if group.population.iri.endswith("/unspecified") else [f"population: {group.population}"]
    return " · ".join(told)
