"""Do the claims agree: the groups of an exchange or agreement, or all of them."""

from __future__ import annotations

import datetime as dt

from repatria.assess.containers import Assessments, Timeline
from repatria.assess.reading import keys
from repatria.assess.referents import Referents
from repatria.assess.results import Assessment, TimelineEntry
from repatria.assess.view import View, opened
from repatria.store import Dataset

STATUSES = ("contested", "corroborated", "repeated", "uncontested")


def compare(
    dataset: Dataset,
    about: str | None = None,
    *,
    measure: str | None = None,
    status: str | None = None,
    as_of: dt.date | None = None,
) -> Assessments:
    """Return the groups of comparable counts of a referent (IRI) with its stages, or all; contested first."""

    def scope(referents: Referents) -> set[str]:
        assert about is not None
        return {about, *referents.within(about)}

    with opened(dataset, as_of=as_of, scope=None if about is None else scope) as view:
        conditions = ["coalesce(measure = $1, $1 IS NULL)", "coalesce(status = $2, $2 IS NULL)"]
        gids = list(keys(view.connection, " AND ".join(conditions), [measure, status]))
        found = sorted(view.assessments(gids), key=lambda item: _order(item, view.referents))
        return Assessments(found, view.told(), view.undated)


def _order(item: Assessment, referents: Referents) -> tuple[object, ...]:
    referent = referents.get(item.referent.iri)
    day = (referent and (referent.not_before or referent.not_after)) or dt.date.max
    parties = (item.from_.label if item.from_ else "~", item.to.label if item.to else "~")
    return STATUSES.index(item.status), day, item.referent.iri, item.measure.label, *parties, item.iri


def timeline(
    dataset: Dataset,
    about: str | None = None,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    as_of: dt.date | None = None,
) -> Timeline:
    """Return happenings in the order of their days, with the groups that count what is said to have happened.

    ``about`` is an exchange, a series (with its stages) or an agreement (with
    the exchanges under it).
    """

    def scope(referents: Referents) -> set[str]:
        assert about is not None
        return {about, *referents.within(about), *referents.under(about)}

    with opened(dataset, as_of=as_of, scope=None if about is None else scope) as view:
        asked = set(view.referents) if about is None else scope(view.referents) & view.referents.keys()
        shown = [iri for iri in asked if _within(view.referents, iri, since, until)]
        gids = list(keys(view.connection, "modality_class = 'fact'"))
        grouped: dict[str, list[Assessment]] = {}
        for item in view.assessments(gids):
            grouped.setdefault(item.referent.iri, []).append(item)
        entries = [_entry(view, iri, grouped.get(iri, [])) for iri in shown]
        # On a day in the past an exchange of which nobody had spoken is not known of.
        silent = () if as_of is not None else ("Exchange", "RemainsExchange", "PrisonerExchange")
        entries = [entry for entry in entries if entry.assessments or entry.kind in silent]
        return Timeline(sorted(entries, key=_when), view.told(), view.undated)


def _within(referents: Referents, iri: str, since: dt.date | None, until: dt.date | None) -> bool:
    item = referents[iri]
    if item.kind == "Agreement":
        return False
    late = since is not None and (item.not_after or dt.date.max) < since
    return not late and (until is None or (item.not_before or dt.date.min) <= until)


def _entry(view: View, iri: str, groups: list[Assessment]) -> TimelineEntry:
    item, labels = view.referents[iri], view.labels
    return TimelineEntry(
        referent=labels.thing(iri),
        kind=item.kind,
        not_before=item.not_before,
        not_after=item.not_after,
        series=tuple(labels.thing(series) for series in sorted(item.series)),
        under=tuple(labels.thing(agreement) for agreement in sorted(item.under)),
        assessments=tuple(sorted(groups, key=lambda group: _order(group, view.referents)[3:])),
    )


def _when(entry: TimelineEntry) -> tuple[dt.date, dt.date, str]:
    first = entry.not_before or entry.not_after or dt.date.max
    return first, entry.not_after or dt.date.max, entry.referent.iri
