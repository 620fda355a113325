"""The counts of a claim: words to quantities, with what the curator gave checked against them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from repatria.dossier import dates
from repatria.dossier.documents import JsonPath
from repatria.dossier.emit import date, integer
from repatria.dossier.index import PARTIES, REFERENTS, Entity
from repatria.dossier.passages import add_evidence, check_words
from repatria.dossier.scope import Entry, Scope, members
from repatria.quantity import Bounds, Reading, bounds, read_words
from repatria.terms import NS, concept, iri, rep

_P = {
    name: iri(NS + name)
    for name in (
        "Count", "Quantity", "hasCount", "measure", "population", "aggregation", "fromParty", "toParty",
        "referent", "quantity", "unit", "sumOf", "periodStartNotBefore", "periodStartNotAfter",
        "periodEndNotBefore", "periodEndNotAfter", "qualifier", "statedText", "statedValue", "statedMin",
        "min", "max", "boundsRule", "multiplier", "multiplicand",
    )
}  # fmt: skip

_DATES = "write YYYY-MM-DD, YYYY-MM or YYYY"


@dataclass(frozen=True, slots=True)
class Stated:
    """A quantity as stated: qualifier, value, lower numeral of a range, factor; and its bounds."""

    qualifier: str
    value: int
    low: int | None
    multiplier: int | None
    bounds: Bounds


def add_counts(scope: Scope, claim: NamedNode, path: JsonPath, entry: Entry, referents: list[Entity]) -> None:
    """Add the counts of a claim; ``referents`` are the happenings and agreements that it is about."""
    for number, count in enumerate(entry.get("counts", ())):
        node = NamedNode(f"{claim.value}/count/{number}")
        at: JsonPath = (*path, "counts", number)
        out = scope.out
        out.type(node, _P["Count"])
        out.link(claim, _P["hasCount"], node)
        for scheme in ("measure", "population", "aggregation"):
            found = scope.concept((*at, scheme), scheme, count[scheme])
            if found is not None:
                out.add(node, _P[scheme], found)
        scope.add_all(node, _P["fromParty"], scope.entities(at, count, "from", PARTIES))
        scope.add_all(node, _P["toParty"], scope.entities(at, count, "to", PARTIES))
        if "referent" in count:
            scope.add_all(node, _P["referent"], scope.entities(at, count, "referent", REFERENTS))
        elif len(referents) == 1:
            scope.add_all(node, _P["referent"], referents)
        if "unit" in count:
            out.add(node, _P["unit"], Literal(count["unit"]))
        for place, reference in members(at, count, "sum_of"):
            out.link(node, _P["sumOf"], scope.count(place, reference))
        _period(scope, node, at, count)
        _words_in_evidence(scope, node, at, entry, count)
        _quantity(scope, node, at, count)


def _period(scope: Scope, node: NamedNode, at: JsonPath, count: Entry) -> None:
    period = count.get("period")
    if period is None:
        return
    days: list[dt.date] = []
    for key in ("start", "end"):
        try:
            days += dates.span(period[key])
        except ValueError:
            scope.problem((*at, "period", key), "RP136", f"there is no such date as {period[key]}", _DATES)
            return
    if days[0] > days[3]:
        hint = "the earlier day comes first"
        scope.problem((*at, "period", "end"), "RP136", "the period ends before it begins", hint)
    names = ("periodStartNotBefore", "periodStartNotAfter", "periodEndNotBefore", "periodEndNotAfter")
    for name, value in zip(names, days, strict=True):
        scope.out.add(node, _P[name], date(value))


def _words_in_evidence(scope: Scope, node: NamedNode, at: JsonPath, entry: Entry, count: Entry) -> None:
    words, own, passage = count["words"], count.get("evidence"), entry.get("passage")
    check_words(scope, (*at, "words"), words, "“words”")
    if own is not None and scope.cited:
        message, hint = "a count of a cited claim has no evidence", "leave out `evidence`"
        scope.problem((*at, "evidence"), "RP140", message, hint)
    elif own is not None:
        add_evidence(scope, node, (*at, "evidence"), own, passage)
        if words not in own["fragment"]:
            hint = "choose a fragment that holds the words"
            scope.problem((*at, "words"), "RP132", f"“{words}” is not in the count's fragment", hint)
    elif passage is not None and words not in passage["fragment"]:
        hint = "choose a fragment that holds the words, or give the count its own `evidence`"
        scope.problem((*at, "words"), "RP132", f"“{words}” is not in the fragment of the claim", hint)


def _quantity(scope: Scope, count_node: NamedNode, at: JsonPath, count: Entry) -> None:
    stated = read_stated(scope, at, count)
    if stated is None:
        return
    out = scope.out
    node = NamedNode(count_node.value + "/quantity")
    out.type(node, _P["Quantity"])
    out.link(count_node, _P["quantity"], node)
    out.add(node, _P["qualifier"], concept("qualifier", stated.qualifier))
    out.add(node, _P["statedText"], Literal(count["words"]))
    out.add(node, _P["statedValue"], integer(stated.value))
    out.add(node, _P["min"], integer(stated.bounds.min))
    out.add(node, _P["boundsRule"], concept("rule", stated.bounds.rule))
    for name, number in (
        ("max", stated.bounds.max),
        ("statedMin", stated.low),
        ("multiplier", stated.multiplier),
    ):
        if number is not None:
            out.add(node, _P[name], integer(number))
    if "multiplicand" in count:
        target = scope.count((*at, "multiplicand"), count["multiplicand"])
        out.link(node, rep("multiplicand"), NamedNode(target.value + "/quantity"))


def read_stated(scope: Scope, at: JsonPath, count: Entry) -> Stated | None:
    """Return the quantity of a count, or None after reporting what is wrong with it."""
    words = count["words"]
    reading = read_words(words)
    if reading is None:
        reading = _given(count)
    elif not _agrees(scope, at, count, reading):
        return None
    if reading is None:
        hint = "give `qualifier` and `value`"
        scope.problem((*at, "words"), "RP130", f"“{words}” cannot be read as one number", hint)
        return None
    value = reading.value if reading.value is not None else _product(scope, at, count, reading)
    if value is None:
        return None
    try:
        found = bounds(reading.qualifier, value, low=reading.low, multiple=reading.multiple)
    except ValueError as error:
        hint = "mend the words, or what is given beside them"
        scope.problem((*at, "words"), "RP130", f"“{words}” has no bounds: {error}", hint)
        return None
    for key, number in (("min", found.min), ("max", found.max)):
        if key in count and count[key] != number:
            told = "no bound" if number is None else number
            hint = f"leave “{key}” out: it follows from the words"
            scope.problem((*at, key), "RP131", f"“{key}” is {count[key]}, but “{words}” gives {told}", hint)
            return None
    return Stated(reading.qualifier, value, reading.low, reading.multiplier, found)


def _given(count: Entry) -> Reading | None:
    """Return what the curator says that words mean which cannot be read."""
    qualifier = count.get("qualifier")
    if qualifier is None:
        return None
    low = count.get("min") if qualifier == "range" else None
    multiple = "exact" if qualifier == "multiple-of" else None
    value = None if qualifier == "multiple-of" else count.get("value")
    return Reading(qualifier, value, low, count.get("multiplier"), multiple)


def _agrees(scope: Scope, at: JsonPath, count: Entry, reading: Reading) -> bool:
    for key in ("qualifier", "value", "multiplier"):
        read = getattr(reading, key)
        if key in count and read is not None and count[key] != read:
            message = f"“{key}” is {count[key]}, but “{count['words']}” reads as {read}"
            scope.problem((*at, key), "RP131", message, f"leave “{key}” out, or mend the words")
            return False
    return True


def _product(scope: Scope, at: JsonPath, count: Entry, reading: Reading) -> int | None:
    """Return the value of a multiple, or the one that is given; None after reporting that there is none."""
    given: int | None = count.get("value")
    reference, base = count.get("multiplicand"), None
    if reference is not None and _source(reference) in ("", scope.source):
        target = _own_count(scope, reference)
        if target is None:
            hint = "check the key, and that it is no draft"
            scope.problem((*at, "multiplicand"), "RP124", f"there is no count {reference}", hint)
            return None
        base = _stated_value(target)
    if base is None or reading.multiplier is None:
        if given is None:  # of a count in another dossier the value is not known here
            needed = "value" if reference or reading.qualifier != "multiple-of" else "multiplicand"
            message = f"“{count['words']}” cannot be read as one number"
            scope.problem((*at, "words"), "RP130", message, f"give `{needed}`")
        return given
    product: int = reading.multiplier * base
    if given is not None and given != product:
        message = f"“value” is {given}, but {reading.multiplier} × {base} is {product}"
        scope.problem((*at, "value"), "RP131", message, "leave “value” out, or mend the words")
    return product


def _source(reference: str) -> str:
    return reference.partition("#")[0]


def _own_count(scope: Scope, reference: str) -> Entry | None:
    key, _, number = reference.partition("#")[2].rpartition("/")
    position = scope.keys.get(key)
    if position is None:
        return None
    counts: list[Entry] = scope.document.data["claims"][position].get("counts", [])
    return next((count for place, count in enumerate(counts) if str(place) == number), None)


def _stated_value(count: Entry) -> int | None:
    reading = read_words(count["words"])
    value: int | None = reading.value if reading is not None else None
    return count.get("value") if value is None else value
