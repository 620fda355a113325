"""Hand-made results of an assessment, of fictional bodies, to draw."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from repatria.assess.results import (
    Assessment,
    Interval,
    Position,
    SideTotal,
    Statement,
    TallyRow,
    Thing,
    Unit,
)

BASE = "http://example.org/id/"


def thing(kind: str, label: str) -> Thing:
    """A thing whose key is made of its label."""
    return Thing(f"{BASE}{kind}/{'-'.join(label.lower().split())}", label)


EXAMPLELAND = thing("state", "Exampleland")
SAMPLESTAN = thing("state", "Samplestan")
MINISTRY = thing("org", "Ministry of Examples")
OFFICE = thing("org", "Sample Office")
WATCH = thing("org", "Example Watch")
GAZETTE = thing("org", "Example Gazette")
COURIER = thing("org", "Sample Courier")
PARCELS = thing("measure", "parcels handed over")
LETTERS = thing("measure", "letters handed over")
UNSPECIFIED = thing("population", "unspecified")
SINGLE = thing("aggregation", "single event")
FACT = thing("modality", "fact")
ANNOUNCE, CONFIRM, DENY, STATE = (thing("act", act) for act in ("announce", "confirm", "deny", "state"))
DAY = dt.date(2025, 7, 17)
SIDES = (EXAMPLELAND, SAMPLESTAN)


def exchange(day: dt.date, label: str = "") -> Thing:
    """An exchange named by its date."""
    return Thing(f"{BASE}event/exchange-{day}", label or f"Exchange of {day.day} {day:%B} {day.year}")


def unit(
    day: dt.date | None,
    low: int,
    high: int | None,
    *,
    contested: bool = False,
    label: str = "",
    last: dt.date | None = None,
) -> Unit:
    """A counted exchange of a day, or of one of the days from ``day`` to ``last``."""
    referent = exchange(day, label) if day else Thing(f"{BASE}event/undated", "Undated exchange")
    key = f"{BASE}assessment/{referent.iri[-10:]}"
    return Unit(referent, day, last or day, Interval(low, high), contested, key, (f"{BASE}claim/x",))


def row(
    units: Sequence[Unit],
    way: tuple[Thing, Thing] = SIDES,
    *,
    key: str = "",
    measure: Thing = PARCELS,
    sides: Sequence[SideTotal] = (),
) -> TallyRow:
    """A row of a tally with the total of its units."""
    total = sum((unit.interval for unit in units), Interval(0, 0))
    contested = sum(unit.contested for unit in units)
    return TallyRow(key, measure, *way, total, contested, tuple(sides), tuple(units))


def few() -> list[TallyRow]:
    """Two directions, six exchanges: one contested, one of uncertain date, one without a date."""
    there = [
        unit(dt.date(2025, 6, 7), 1200, 1212, last=dt.date(2025, 6, 9)),
        unit(dt.date(2025, 7, 17), 1000, 1000),
        unit(dt.date(2025, 8, 19), 1000, 1003, contested=True),
        unit(dt.date(2025, 10, 23), 1000, 1000),
        unit(dt.date(2025, 12, 19), 1003, 1003),
    ]
    back = [
        unit(dt.date(2025, 6, 7), 27, 27, last=dt.date(2025, 6, 9)),
        unit(dt.date(2025, 7, 17), 19, 19),
        unit(dt.date(2025, 12, 19), 26, 31, contested=True),
        unit(None, 40, 45),
    ]
    return [row(there), row(back, SIDES[::-1])]


def unbounded() -> list[TallyRow]:
    """A direction whose upper bound is lost on the way."""
    there = [unit(dt.date(2025, 3, 1), 100, 120), unit(dt.date(2025, 5, 9), 50, None),
             unit(dt.date(2025, 9, 1), 200, 200)]  # fmt: skip
    back = [unit(dt.date(2025, 3, 1), 90, 110), unit(dt.date(2025, 9, 1), 150, 170)]
    return [row(there), row(back, SIDES[::-1])]


def many(number: int = 60, seed: int = 7) -> list[TallyRow]:
    """So many exchanges over three years, in both directions, of two measures."""
    chance = random.Random(seed)
    days = sorted(dt.date(2022, 9, 1) + dt.timedelta(chance.randrange(1100)) for _ in range(number))
    rows = []
    for measure, size in ((PARCELS, 1000), (LETTERS, 200)):
        for way, share in ((SIDES, 1.0), (SIDES[::-1], 0.6)):
            units = []
            for day in dict.fromkeys(days):
                low = max(1, int(chance.lognormvariate(0, 0.8) * size * share / 3))
                wide = chance.random() < 0.4
                high = low + int(low * chance.random() * 0.3) if wide else low
                units.append(unit(day, low, high, contested=wide and chance.random() < 0.3))
            rows.append(row(units, way, measure=measure))
    return rows


def by_month() -> list[TallyRow]:
    """Totals by month, with the words of both sides and of others; one without upper bound."""
    rows = []
    for number, key in enumerate(("2025-06", "2025-07", "2025-08", "2025-10")):
        day = dt.date(2025, int(key[-2:]), 7)
        low = 900 + 100 * number
        units = [unit(day, low, None if number == 3 else low + 90 * number, contested=number == 2)]
        sides = [SideTotal(EXAMPLELAND, 1, units[0].interval), SideTotal(SAMPLESTAN, 1, Interval(low, low))]
        rows.append(
            row(units, key=key, sides=sides + [SideTotal(None, 1, Interval(low, low + 200))][: number % 2])
        )
        if number != 1:
            back = [unit(day, 19 + number, 26 + number)]
            sides = [SideTotal(SAMPLESTAN, 1, Interval(19 + number, 26 + number))]
            rows.append(row(back, SIDES[::-1], key=key, sides=sides))
    return rows


def statement(
    who: Thing | tuple[Thing, ...],
    low: int,
    high: int | None,
    words: str = "",
    *,
    side: Thing | None = None,
    act: Thing = STATE,
    narrator: bool = False,
    polarity: bool = True,
    publisher: Thing = GAZETTE,
    published: dt.date | None = DAY,
) -> Statement:
    """A count as somebody states it."""
    asserters = (who,) if isinstance(who, Thing) else who
    source = thing("source", f"{publisher.label} {published}")
    interval = Interval(low, high)
    return Statement(
        f"{BASE}count/1", f"{BASE}claim/1", asserters, side, narrator, act, words or str(interval),
        interval, polarity, False, UNSPECIFIED, source, publisher, published, published, None, None,
    )  # fmt: skip


def group(
    referent: Thing,
    statements: Sequence[Statement],
    status: str = "uncontested",
    *,
    consensus: Interval | None = None,
    independence: str | None = None,
    way: tuple[Thing | None, Thing | None] = SIDES,
    measure: Thing = PARCELS,
) -> Assessment:
    """A group of comparable counts."""
    found = dict.fromkeys((s.interval, s.polarity) for s in statements)
    positions = tuple(
        Position(f"{BASE}position/{n}", *key, tuple(s for s in statements if (s.interval, s.polarity) == key))
        for n, key in enumerate(found)
    )
    affirmed = [s.interval for s in statements if s.polarity]
    highs = [interval.high for interval in affirmed]
    high = None if None in highs else max((h for h in highs if h is not None), default=0)
    claimed = Interval(min(i.low for i in affirmed), high) if affirmed else None
    sides = tuple(dict.fromkeys(s.side for s in statements if s.side))
    return Assessment(
        f"{BASE}assessment/{referent.iri[-10:]}", referent, measure, *way, SINGLE, FACT, UNSPECIFIED, None,
        status, independence, consensus, claimed, False, False, len(statements),
        len({s.asserters for s in statements}), sides, positions, (), (), (), (), (), (), "",
    )  # fmt: skip


def compared() -> list[Assessment]:
    """A contested group with a denial, a corroborated one without upper bounds, one on one word only."""
    contested = [
        statement(MINISTRY, 1003, 1003, side=EXAMPLELAND, act=ANNOUNCE),
        statement(OFFICE, 1000, 1000, side=SAMPLESTAN, publisher=COURIER),
        statement(WATCH, 900, 1100, "around 1,000", publisher=COURIER, published=dt.date(2025, 8, 20)),
        statement(GAZETTE, 1001, None, "more than 1,000", narrator=True),
        statement(OFFICE, 1003, 1003, side=SAMPLESTAN, act=DENY, polarity=False, publisher=COURIER),
    ]
    corroborated = [
        statement(MINISTRY, 1200, 1200, side=EXAMPLELAND, act=ANNOUNCE),
        statement((OFFICE, SAMPLESTAN), 1200, 1212, "1,200 to 1,212", side=SAMPLESTAN, act=CONFIRM),
        statement(WATCH, 1000, None, "at least 1,000", published=None),
    ]
    alone = [statement(MINISTRY, 19, 26, "19 to 26", side=EXAMPLELAND)]
    return [
        group(exchange(dt.date(2025, 8, 19)), contested, "contested"),
        group(exchange(dt.date(2025, 6, 7)), corroborated, "corroborated", consensus=Interval(1200, 1200),
              independence="opposing-sides"),
        group(exchange(dt.date(2025, 6, 7)), alone, way=SIDES[::-1], consensus=Interval(19, 26)),
    ]  # fmt: skip


def many_compared(number: int = 60, seed: int = 7) -> list[Assessment]:
    """So many exchanges over three years, with one to four statements each."""
    chance = random.Random(seed)
    groups = []
    for day in sorted({dt.date(2022, 9, 1) + dt.timedelta(chance.randrange(1100)) for _ in range(number)}):
        size = int(chance.lognormvariate(0, 0.8) * 300) + 1
        statements = [statement(MINISTRY, size, size, side=EXAMPLELAND, act=ANNOUNCE, published=day)]
        if chance.random() < 0.5:
            statements.append(statement(OFFICE, size, size, side=SAMPLESTAN, act=CONFIRM, published=day))
        if chance.random() < 0.3:
            statements.append(statement(GAZETTE, size + 1, None, f"more than {size}", narrator=True))
        contested = len(statements) > 1 and statements[-1].narrator
        status = "contested" if contested else "corroborated" if len(statements) > 1 else "uncontested"
        consensus = None if contested else Interval(size, size)
        grade = "opposing-sides" if status == "corroborated" else None
        groups.append(group(exchange(day), statements, status, consensus=consensus, independence=grade))
    return sorted(groups, key=lambda g: g.status != "contested")


CYRILLIC = Thing(f"{BASE}state/primer", "Соединённые Штаты Примера и Образца")
OTHER = Thing(f"{BASE}state/zrazok", "Зразкова Федеративна Республіка Ґанок")


def cyrillic() -> list[TallyRow]:
    """Long labels in Cyrillic."""
    measure = Thing(f"{BASE}measure/x", "передані посилки та листи (за заявами сторін)")
    label = "Обмін посилками на північному пункті пропуску 17 липня 2025 року"
    units = [unit(DAY, 1000, 1100, label=label), unit(dt.date(2025, 9, 2), 1001, None, label="Ще один обмін")]
    back = [unit(DAY, 980, 1090, label=label, contested=True), unit(dt.date(2025, 9, 2), 1000, 1010)]
    sides = [SideTotal(CYRILLIC, 2, Interval(2001, None)), SideTotal(OTHER, 1, Interval(980, 1000))]
    return [row(units, (CYRILLIC, OTHER), measure=measure, sides=sides),
            row(back, (OTHER, CYRILLIC), measure=measure, sides=sides[1:])]  # fmt: skip


def cyrillic_compared() -> list[Assessment]:
    """Long labels in Cyrillic, and an asserter with a very long name."""
    body = Thing(
        f"{BASE}org/long", "Координационный комитет по делам образцов при Министерстве примеров и проб"
    )
    paper = Thing(f"{BASE}org/paper", "Общественно-политический еженедельник «Примерный вестник»")
    statements = [
        statement(
            (body, MINISTRY), 1000, 1100, "от тысячи до тысячи ста посылок", side=CYRILLIC, publisher=paper
        ),
        statement(paper, 1050, None, "более тысячи пятидесяти", narrator=True, publisher=paper),
        statement(OFFICE, 900, 950, side=OTHER, polarity=False, act=DENY, publisher=paper),
    ]
    label = "Обмін посилками на північному пункті пропуску 17 липня 2025 року"
    return [group(exchange(DAY, label), statements, "repeated", consensus=Interval(1050, 1100),
                  way=(CYRILLIC, OTHER))]  # fmt: skip
