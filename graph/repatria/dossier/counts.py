"""The counts of a claim: words to quantities, with what the curator gave checked against them."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from repatria.dossier import dates
from repatria.dossier.documents import JsonPath
from repatria.dossier.emit import date, integer
from repatria.dossier.index import PARTIES, REFERENTS
from repatria.dossier.passages import add_evidence
from repatria.dossier.scope import Entry, Scope, listed
from repatria.quantity import Bounds, bounds, read_words
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


@dataclass(frozen=True, slots=True)
class Stated:
    """A quantity as stated: qualifier, value, lower numeral of a range, factor; and its bounds."""

    qualifier: str
    value: int
    low: int | None
    multiplier: int | None
    bounds: Bounds


def add_counts(scope: Scope, claim: NamedNode, path: JsonPath, entry: Entry) -> None:
    """Add the counts of a claim."""
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
        scope.add_all(node, _P["fromParty"], scope.nodes(at, count, "from", PARTIES))
        scope.add_all(node, _P["toParty"], scope.nodes(at, count, "to", PARTIES))
        _referent(scope, node, path, at, entry, count)
        if "unit" in count:
            out.add(node, _P["unit"], Literal(count["unit"]))
        for reference in count.get("sum_of", ()):
            out.link(node, _P["sumOf"], scope.count((*at, "sum_of"), reference))
        _period(scope, node, at, count)
        _words_in_evidence(scope, node, at, entry, count)
        _quantity(scope, node, at, count)


def _referent(scope: Scope, node: NamedNode, path: JsonPath, at: JsonPath, entry: Entry, count: Entry) -> None:
    if "referent" in count:
        scope.add_all(node, _P["referent"], scope.nodes(at, count, "referent", REFERENTS))
        return
    about = [scope.find((*path, "about"), reference) for reference in listed(entry.get("about"))]
    found = [entity for entity in about if entity is not None and entity.kind in REFERENTS]
    if len(found) == 1:
        scope.out.link(node, _P["referent"], found[0].node)


def _period(scope: Scope, node: NamedNode, at: JsonPath, count: Entry) -> None:
    period = count.get("period")
    if period is None:
        return
    days = []
    for key in ("start", "end"):
        try:
            days += dates.span(period[key])
        except ValueError:
            scope.problem((*at, "period", key), "RP136", f"there is no such date as {period[key]}")
            return
    if days[0] > days[3]:
        scope.problem((*at, "period", "end"), "RP136", "the period ends before it begins")
    names = ("periodStartNotBefore", "periodStartNotAfter", "periodEndNotBefore", "periodEndNotAfter")
    for name, value in zip(names, days, strict=True):
        scope.out.add(node, _P[name], date(value))


def _words_in_evidence(scope: Scope, node: NamedNode, at: JsonPath, entry: Entry, count: Entry) -> None:
    words = count["words"]
    own = count.get("evidence")
    if own is not None:
        add_evidence(scope, node, (*at, "evidence"), own, entry.get("passage"))
        if words not in own["fragment"]:
            scope.problem((*at, "words"), "RP132", f"“{words}” is not in the count's fragment")
    elif "passage" in entry and words not in entry["passage"]["fragment"]:
        scope.problem(
            (*at, "words"),
            "RP132",
            f"“{words}” is not in the fragment of the claim",
            "choose a fragment that holds the words, or give the count its own `evidence`",
        )


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
    qualifier = count.get("qualifier") or (reading.qualifier if reading else None)
    multiplier = count.get("multiplier") or (reading.multiplier if reading else None)
    value = _value(scope, at, count, reading.value if reading else None, multiplier)
    if qualifier is None or value is None:
        hint = "give `multiplicand`" if qualifier == "multiple-of" else "give `qualifier` and `value`"
        scope.problem((*at, "words"), "RP130", f"“{words}” cannot be read as one number", hint)
        return None
    if reading is not None and not _agrees(scope, at, count, reading.qualifier, reading.value):
        return None
    low = reading.low if reading else count.get("min") if qualifier == "range" else None
    multiple = (reading.multiple if reading else None) or ("exact" if qualifier == "multiple-of" else None)
    try:
        found = bounds(qualifier, value, low=low, multiple=multiple)
    except ValueError as error:
        scope.problem((*at, "words"), "RP130", f"“{words}” has no bounds: {error}")
        return None
    for key, number in (("min", found.min), ("max", found.max)):
        if key in count and count[key] != number:
            told = "no bound" if number is None else number
            scope.problem((*at, key), "RP131", f"“{key}” is {count[key]}, but “{words}” gives {told}")
            return None
    return Stated(qualifier, value, low, multiplier, found)


def _agrees(scope: Scope, at: JsonPath, count: Entry, qualifier: str, value: int | None) -> bool:
    for key, read in (("qualifier", qualifier), ("value", value)):
        if key in count and read is not None and count[key] != read:
            message = f"“{key}” is {count[key]}, but “{count['words']}” reads as {read}"
            scope.problem((*at, key), "RP131", message, f"leave “{key}” out, or mend the words")
            return False
    return True


def _value(scope: Scope, at: JsonPath, count: Entry, read: int | None, multiplier: int | None) -> int | None:
    given: int | None = count.get("value")
    if read is not None or multiplier is None or "multiplicand" not in count:
        return read if read is not None else given
    reference = count["multiplicand"]
    source, _, rest = reference.partition("#")
    if source not in ("", scope.source):
        return given  # the shapes check it against the other dossier's number
    key, _, number = rest.rpartition("/")
    position = next((n for n, c in enumerate(scope.document.data["claims"]) if c.get("key") == key), None)
    counts = [] if position is None else scope.document.data["claims"][position].get("counts", [])
    if position is None or int(number) >= len(counts) or counts[int(number)] is count:
        scope.problem((*at, "multiplicand"), "RP124", f"there is no count {reference}")
        return None
    base = read_words(counts[int(number)]["words"])
    base_value = counts[int(number)].get("value", base.value if base else None)
    if base_value is None:
        return given
    product: int = multiplier * base_value
    if given is not None and given != product:
        scope.problem((*at, "value"), "RP131", f"“value” is {given}, but {multiplier} × {base_value} is {product}")
    return product
