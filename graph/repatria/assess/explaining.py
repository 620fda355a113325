"""The whole chain behind a claim or a group: passage, claim, count, bounds rule, comparison, status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from repatria.assess.containers import Explanation
from repatria.assess.reading import keys, sum_check
from repatria.assess.referents import Referents
from repatria.assess.results import Assessment, Position, Statement, Step
from repatria.assess.view import View, opened
from repatria.errors import UsageError
from repatria.query.names import find
from repatria.query.run import ask_all, texts
from repatria.query.tokens import bind
from repatria.store import Dataset
from repatria.terms import Names, iri

_KEY = re.compile(r"(?:assessment:)?([0-9a-f]{16})")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SOURCE = """
SELECT ?source ?publisher ?date ?url WHERE {
  ?this rep:source ?source .
  OPTIONAL { ?source schema:publisher/skos:prefLabel ?publisher FILTER(LANG(?publisher) = "en") }
  OPTIONAL { ?source schema:datePublished|rep:externalDate ?date }
  OPTIONAL { ?source schema:url ?url }
} ORDER BY ?source ?publisher ?date ?url LIMIT 1"""
_PLACE = """
SELECT ?place ?start ?end ?exact WHERE {
  ?this rep:passage|rep:evidence|(rep:hasCount/rep:evidence) ?place .
  ?place oa:hasSelector ?where . ?where oa:start ?start ; oa:end ?end .
  OPTIONAL { ?place oa:hasSelector/oa:exact ?exact }
} ORDER BY ?start DESC(?end)"""
_CHAIN = """
SELECT ?label WHERE {
  ?this rep:hop ?hop . ?hop rep:order ?order ; prov:agent ?agent .
  OPTIONAL { ?agent skos:prefLabel ?name FILTER(LANG(?name) = "en") }
  BIND(COALESCE(?name, STR(?agent)) AS ?label)
} ORDER BY ?order ?label"""
_SAID = """
SELECT ?act ?modality ?hedge ?said ?polarity WHERE {
  ?this rep:act/skos:prefLabel ?act ; rep:modality/skos:prefLabel ?modality .
  FILTER(LANG(?act) = "en" && LANG(?modality) = "en")
  OPTIONAL { ?this rep:hedge ?hedge } OPTIONAL { ?this rep:saidOn ?said }
  OPTIONAL { ?this rep:polarity ?polarity }
} ORDER BY ?act ?modality ?hedge ?said LIMIT 1"""
_COUNTS = """
SELECT ?count ?referent ?words ?rule ?definition WHERE {
  ?this rep:hasCount ?count . ?count rep:quantity ?quantity . ?quantity rep:statedText ?words .
  OPTIONAL { ?count rep:referent ?referent }
  OPTIONAL { ?quantity rep:boundsRule ?bounds .
    OPTIONAL { ?bounds skos:prefLabel ?rule FILTER(LANG(?rule) = "en") }
    OPTIONAL { ?bounds skos:definition ?definition FILTER(LANG(?definition) = "en") } }
} ORDER BY ?count ?rule ?definition"""
_LINKS = """
SELECT ?kind ?aspect ?target ?label WHERE {
  { ?this rep:confirms ?target ; rep:confirmsAspect ?of BIND("confirms" AS ?kind) }
  UNION { ?this rep:disputes ?target ; rep:disputesAspect ?of BIND("disputes" AS ?kind) }
  UNION {
    ?this rep:disputesAspect ?of ; rep:about ?target BIND("disputes" AS ?kind)
    FILTER NOT EXISTS { ?this rep:disputes ?other }
  }
  ?of skos:notation ?aspect .
  OPTIONAL { ?target skos:prefLabel ?label FILTER(LANG(?label) = "en") }
} ORDER BY ?kind ?aspect ?target ?label"""
_ENDED = """
SELECT ?kind ?by WHERE {
  { ?this rep:supersededBy ?by BIND("superseded" AS ?kind) }
  UNION { ?this prov:wasInvalidatedBy ?by BIND("retracted" AS ?kind) }
} ORDER BY ?kind ?by"""


def explain(dataset: Dataset, name: str) -> Explanation:
    """Return the explanation of a claim, a count (as its claim) or a group.

    Raises UsageError RP201, RP202, and RP201 for what is neither.
    """
    start = Names(dataset.base).entity("assessment", "")
    key = _KEY.fullmatch(name.removeprefix(start).partition("/")[0])
    if key:
        return _group(dataset, key[1])
    found = find(dataset, name)
    for node in (found, _claim_of(dataset, found)):
        if node is not None and _is_claim(dataset, node):
            return _claim(dataset, node)
    hint = "name a claim as source#key, or a group by the key that `repatria compare` shows"
    raise UsageError("RP201", f"“{name}” is neither a claim nor a group of counts", hint=hint)


def _links(dataset: Dataset, node: NamedNode) -> Iterator[Step]:
    """Yield what the claim confirms or disputes of another, or of what it is about."""
    for kind, aspect, target, label in _asked(dataset, _LINKS, node):
        source, _, key = target.removeprefix(Names(dataset.base).entity("claim", "")).partition("/")
        told = f"{source}#{key}" if key and not target.startswith(source) else label or target
        also = "" if aspect == "count" or kind == "disputes" else ", which says nothing of the number"
        yield Step(kind, f"the {aspect} of {told}{also}", target)


def _is_claim(dataset: Dataset, node: NamedNode) -> bool:
    kind = iri("https://w3id.org/repatria/ns#Claim")
    return next(iter(dataset.store.quads_for_pattern(node, iri(_TYPE), kind, None)), None) is not None


def _claim_of(dataset: Dataset, node: NamedNode) -> NamedNode | None:
    place = iri("https://w3id.org/repatria/ns#countOf")
    quad = next(iter(dataset.store.quads_for_pattern(node, place, None, None)), None)
    return quad.object if quad is not None and isinstance(quad.object, NamedNode) else None


def _asked(dataset: Dataset, query: str, node: NamedNode) -> list[tuple[str, ...]]:
    return ask_all(dataset, bind(query, {"this": str(node)}), texts)


def _group(dataset: Dataset, key: str) -> Explanation:
    with opened(dataset) as view:
        found = view.assessments(list(keys(view.connection, "gid = $1", [key])))
        if not found:
            hint = "`repatria compare` shows the keys of all groups"
            raise UsageError("RP201", f"there is no group with the key “{key}”", hint=hint)
        steps = (
            *_group_steps(found[0]),
            *_sum_steps(view, key),
            Step("status", _status(found[0]), found[0].iri),
        )
        return Explanation(_heading(found[0]), steps, tuple(view.told()))


def _claim(dataset: Dataset, node: NamedNode) -> Explanation:
    counts = _asked(dataset, _COUNTS, node)
    wanted = {row[1] for row in counts if row[1]}
    source, _, key = node.value.removeprefix(Names(dataset.base).entity("claim", "")).partition("/")
    links = list(_links(dataset, node))
    steps = [*_origin(dataset, node), *links]

    def scope(referents: Referents) -> set[str]:
        # With what its totals and commitments are held against.
        return {iri for one in wanted for iri in (one, *referents.within(one), *referents.under(one))}

    with opened(dataset, scope=scope) as view:
        told: set[str] = set()
        for count, _, words, rule, definition in counts:
            if count not in told:
                told.add(count)
                steps += _count_steps(view, count, words, rule, definition)
        problems = tuple(problem for problem in view.told() if problem.subject.startswith(node.value))
    if not counts and not links:
        steps.append(
            Step("count", "The claim states no number, so that there is nothing to compare.", node.value)
        )
    return Explanation(f"Claim {source}#{key}", tuple(steps), problems)


def _origin(dataset: Dataset, node: NamedNode) -> Iterator[Step]:
    """Yield the steps from the source to what was said."""
    for source, publisher, date, url in _asked(dataset, _SOURCE, node):
        parts = [
            publisher or "unnamed publisher",
            f"published {date}" if date else "publication date unknown",
            url,
        ]
        yield Step("source", ", ".join(part for part in parts if part), source)
    for place, start, end, exact in _asked(dataset, _PLACE, node):
        title = "evidence" if exact else "passage"
        words = f": “{exact}”" if exact else " of the normalised text"
        yield Step(title, f"characters {start} to {end}{words}", place)
    chain = " → ".join(row[0] for row in _asked(dataset, _CHAIN, node))
    yield Step("attribution", f"{chain} (from the publisher to the asserter)", node.value)
    for act, modality, hedge, said, polarity in _asked(dataset, _SAID, node):
        parts = [act, f"content: {modality}"]
        parts += [f"hedged by “{hedge}”"] if hedge else []
        parts += [f"said on {said}"] if said else []
        parts += ["a denial"] if polarity == "false" else []
        yield Step("claim", ", ".join(parts), node.value)
    for kind, by in _asked(dataset, _ENDED, node):
        text = (
            "superseded by a later version of the source"
            if kind == "superseded"
            else "retracted by the curators"
        )
        yield Step("standing", f"{text}: it is not compared any more", by)


def _count_steps(view: View, count: str, words: str, rule: str, definition: str) -> Iterator[Step]:
    row = view.connection.execute("SELECT low, high, key FROM counts WHERE count = $1", [count]).fetchone()
    if row is None or row[0] is None:
        yield Step("count", f"“{words}”: its bounds cannot be compared", count)
        return
    gids = list(keys(view.connection, "gid IN (SELECT gid FROM spoken WHERE count = $1)", [count]))
    groups = view.assessments(gids)
    low, high, key = row
    span = f"{low:,} or more" if high is None else f"{low:,}" if low == high else f"{low:,} to {high:,}"
    yield Step("count", f"“{words}”", count)
    yield Step("bounds", f"{span}, by the rule “{rule}”{': ' + definition if definition else ''}", count)
    if key is None:
        yield Step(
            "comparison", "It refers to no exchange or agreement, so that it is compared with nothing.", count
        )
    elif not groups:
        yield Step(
            "comparison", "The claim does not stand any more, so that it is compared with nothing.", count
        )
    for group in groups:
        yield from _comparison_steps(view, group, count)


def _comparison_steps(view: View, group: Assessment, count: str) -> Iterator[Step]:
    """Yield how the count stands to the others of its group, and what became of it."""
    yield Step("group", _heading(group), group.iri)
    own = next(p for p in group.positions if any(s.count == count for s in p.statements))
    same = [statement for statement in own.statements if statement.count != count]
    if same:
        yield Step("comparison", f"agrees with {_voices(same)}: the same interval", own.iri)
    for comparison in group.comparisons:
        if own in (comparison.left, comparison.right):
            other = comparison.right if comparison.left == own else comparison.left
            text = f"{comparison.relation}: {comparison.reason} The other: {_voices(other.statements)}."
            yield Step("comparison", text, comparison.iri)
    yield from _sum_steps(view, group.iri.rpartition("/")[2])
    yield Step("status", _status(group), group.iri)
    for outcome in view.totals.outcomes:
        group_iri = view.names.entity("assessment", outcome.group.value.gid)
        if own.iri == f"{group_iri}/position/{outcome.position}":
            yield Step("fulfilment", outcome.reason, view.names.entity("fulfilment", outcome.key))


def _group_steps(group: Assessment) -> Iterator[Step]:
    alike = "same referent, measure, direction, aggregation and modality; a population that may be compared"
    yield Step("group", f"What is compared: {alike}.", group.iri)
    for position in group.positions:
        yield Step("position", _position(position), position.iri)
    for cluster in group.clusters:
        text = f"{cluster.interval}: {cluster.positions} intervals of {cluster.claims} claims that overlap"
        yield Step("cluster", text, group.iri)
    for comparison in group.comparisons:
        yield Step("comparison", f"{comparison.relation}: {comparison.reason}", comparison.iri)


def _sum_steps(view: View, key: str) -> Iterator[Step]:
    """Yield the sums of which a group is the total or a part."""
    for check in view.totals.checks:
        if key in (check.gid, *check.parts):
            found = sum_check(check, view.names)
            role = "" if check.gid == key else "as a part: "
            yield Step("sum", role + found.reason, found.iri)


def _position(position: Position) -> str:
    words = "; ".join(dict.fromkeys(f"“{s.words}”" for s in position.statements))
    denied = "" if position.polarity else "denied: "
    return f"{denied}{position.interval} ({words}), stated by {_voices(position.statements)}"


def _voices(statements: tuple[Statement, ...] | list[Statement]) -> str:
    names = dict.fromkeys("; ".join(agent.label for agent in s.asserters) for s in statements)
    shown = list(names)[:5]
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(shown) + more


def _status(group: Assessment) -> str:
    grade = f", independence: {group.independence}" if group.independence else ""
    return f"{group.status}{grade}. {group.reason}"


def _heading(group: Assessment) -> str:
    direction = f", {group.from_.label} → {group.to.label}" if group.from_ and group.to else ""
    kind = f"{group.aggregation.label}, {group.modality.label}, population {group.population.label}"
    return f"{group.referent.label}: {group.measure.label}{direction} ({kind})"
