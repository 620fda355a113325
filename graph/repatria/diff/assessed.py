"""Assessments: computed from the claims, so that only what comes out is told, not each statement."""

from __future__ import annotations

from repatria.diff.claims import told_of
from repatria.diff.items import Matter, changes, item, title_of
from repatria.diff.model import CHANGED, Item
from repatria.diff.words import Described, all_of
from repatria.terms import NS

OUTCOMES = (NS + "status", NS + "delivererStatus", NS + "recipientStatus")


def assessment(matter: Matter) -> Item:
    """Return a group of counts, or a fulfilment, with its status before and now where that changed."""
    before, now = matter.before(), matter.now()
    latest = now if matter.iri in now else before
    found = changes(before, now, matter.iri, "", matter) if matter.kind == CHANGED else []
    outcome = [change for change in found if change.property in OUTCOMES]
    return item(matter, _title(matter, latest), outcome)


def _title(matter: Matter, things: Described) -> str:
    measure, giver, receiver, referent, status = (
        title_of(matter.words, all_of(things, matter.iri, NS + name))
        for name in ("measure", "fromParty", "toParty", "referent", "status")
    )
    of = told_of(measure, giver, receiver, referent)
    return of if matter.kind == CHANGED or not status else f"{of}: {status}"
