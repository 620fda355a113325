"""The picture of who claims which number: a row for each statement, grouped by what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from repatria.assess.results import Assessment, Interval
from repatria.plot.drawing import ALL, CLAIMS, Drawing, Scope
from repatria.plot.figure import Sign, figure
from repatria.plot.sheet import MARGIN, NOBODY, Sheet, voice_of
from repatria.plot.statements import Said, allowed_told, kind_told, said_in, sides_in, status_told
from repatria.plot.style import Look, looks
from repatria.plot.words import count_of, sentence

# More groups than these make no picture; contested ones come first.
GROUPS = 80
_COLUMNS = (
    "exchange",
    "what is counted",
    "status",
    "who",
    "for",
    "number",
    "act, source",
    "at least",
    "at most",
)


def compare_chart(groups: Sequence[Assessment], scope: Scope = ALL) -> Drawing:
    """Draw assessments: the claims on one exchange together, each as an interval.

    Those of one exchange stay together, in the order in which they are given.
    """
    order: dict[str, list[Assessment]] = {}
    for group in groups:
        order.setdefault(group.referent.iri, []).append(group)
    drawn = [group for found in order.values() for group in found][:GROUPS]
    names = sides_in(drawn)
    styles = looks(names)
    panels = [Sheet(drawn, styles).chart()] if drawn else []
    title = "Who claims which number"
    contested = sum(group.status == "contested" for group in drawn)
    subtitle = (
        f"{count_of(len(drawn), 'group')} of comparable claims, {contested or 'none'} of them contested"
    )
    subtitle = subtitle if drawn else "No comparable numbers of this kind are in the graph."
    notes = [
        f"{CLAIMS} Scales differ from group to group, and need not start at zero.",
        *_more(groups, drawn),
    ]
    notes += scope.notes()
    description = " ".join([f"{title}. {sentence(subtitle)}", *map(_told, drawn), *notes])
    table = tuple(line for group in drawn for line in _table(group))
    chart = figure(title, subtitle, panels, _signs(drawn, names, styles), notes, MARGIN)
    return Drawing("compare", title, subtitle, tuple(notes), description, _COLUMNS, table, chart)


def _signs(groups: Sequence[Assessment], names: dict[str, str], styles: dict[str, Look]) -> list[Sign]:
    found = [said for group in groups for said in said_in(group)[0]]
    signs = [
        Sign(f"who speaks for {name}", "point", styles[iri], styles[iri].shape) for iri, name in names.items()
    ]
    if any(voice_of(said) == "nobody" for said in found):
        signs.append(Sign("who speaks for no party", "point", NOBODY, "cross"))
    if any(voice_of(said) == "narrator" for said in found):
        signs.append(Sign("narrator’s own voice: origin not known", "point", None, "circle", True))
    if any(not said.polarity for said in found):
        signs.append(Sign("denial", "cross"))
    if any(said.interval.high is None for said in found):
        signs.append(Sign("no upper bound", "arrow"))
    if any(group.consensus for group in groups):
        signs.append(Sign("what all claims allow", "allowed"))
    return signs


def _more(groups: Sequence[Assessment], drawn: Sequence[Assessment]) -> list[str]:
    notes = []
    if len(groups) > len(drawn):
        notes.append(
            f"Not drawn: {count_of(len(groups) - len(drawn), 'more group')}; name an exchange to see its own."
        )
    hidden = sum(said_in(group)[1] for group in drawn)
    if hidden:
        notes.append(f"Not drawn, in groups with very many: {count_of(hidden, 'statement')}.")
    return notes


def _told(group: Assessment) -> str:
    kind = kind_told(group).replace(" · ", ", ").replace("→", "to")
    head = f"{group.referent}, {kind}: {status_told(group)}; {allowed_told(group).replace('–', ' to ')}"
    return sentence(f"{head}. {'; '.join(_read_out(said) for said in said_in(group)[0])}")


def _read_out(said: Said) -> str:
    voice = f" ({said.voice})" if said.voice else ""
    return f"{said.who}{voice}: {said.number}, {said.how}".replace("–", " to ").replace(" · ", ", ")


def _table(group: Assessment) -> list[tuple[str, ...]]:
    head = (group.referent.label, kind_told(group), status_told(group))
    return [
        (*head, said.who, said.voice, said.number, said.how, f"{said.interval.low:,}", _most(said.interval))
        for said in said_in(group)[0]
    ]


def _most(interval: Interval) -> str:
    return "no bound" if interval.high is None else f"{interval.high:,}"
