"""Which claims a selection means: names, days, and all filters together."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import repatria
from repatria.errors import UsageError
from repatria.export.selecting import Selection, in_words, selected, selection
from repatria.store import Dataset


def claims(dataset: Dataset, **filters: Any) -> set[str]:
    return selected(dataset, selection(dataset, **filters))


def queried(dataset: Dataset, **filters: Any) -> set[str]:
    """Return the claims that the saved query gives, which leaves out those that no longer stand."""
    return {str(row.claim) for row in repatria.Graph(dataset).claims(**filters)}


@pytest.mark.parametrize(
    ("filters", "asked"),
    [
        ({"source": "moscow-times-2025-12-19"}, {"source": "moscow-times-2025-12-19"}),
        ({"exchange": "exchange-2025-12-19"}, {"about": "exchange-2025-12-19"}),
        ({"by": "vladimir-medinsky"}, {"by": "vladimir-medinsky"}),
        ({"by": "coordination-headquarters"}, {"by": "coordination-headquarters"}),
        ({"since": "2025-07-17"}, {"since": "2025-07-17"}),
        ({"until": "2025-07-17"}, {"until": "2025-07-17"}),
        (
            {"since": "2025-06-09", "until": dt.date(2025, 12, 18)},
            {"since": "2025-06-09", "until": "2025-12-18"},
        ),
        (
            {"by": "medinsky", "source": "moscow-times-2025-07-17", "until": "2025-07-17"},
            {"by": "medinsky", "source": "moscow-times-2025-07-17", "until": "2025-07-17"},
        ),
    ],
)
def test_filters_mean_what_they_mean_to_claims(
    dataset: Dataset, filters: dict[str, Any], asked: dict[str, Any]
) -> None:
    found = claims(dataset, **filters)
    assert found == queried(dataset, **asked)
    assert found != {row.claim for row in repatria.Graph(dataset).claims()}


def test_a_series_stands_for_its_stages(dataset: Dataset) -> None:
    series = claims(dataset, exchange="exchanges-2025-06")
    alone = queried(dataset, about="exchanges-2025-06")
    stages = dataset.store.query(
        "SELECT ?stage { ?stage rep:partOfSeries+ event:exchanges-2025-06 }",
        prefixes=dataset.prefixes, use_default_graph_as_union=True,
    )  # fmt: skip
    expected = alone.union(*(queried(dataset, about=row["stage"].value) for row in stages))  # type: ignore[union-attr]
    assert alone <= expected == series


def test_an_agreement_stands_for_what_was_done_under_it(dataset: Dataset) -> None:
    agreement = "istanbul-agreement-2025-06"
    under = dataset.store.query(
        f"SELECT ?what {{ ?what rep:partOfSeries*/rep:under agreement:{agreement} }}",
        prefixes=dataset.prefixes, use_default_graph_as_union=True,
    )  # fmt: skip
    exchanges = {row["what"].value for row in under}  # type: ignore[union-attr]
    assert exchanges
    expected = queried(dataset, about=agreement).union(*(queried(dataset, about=iri) for iri in exchanges))
    assert claims(dataset, agreement=agreement) == expected


@pytest.mark.parametrize(
    "name", ["Vladimir Medinsky", "Володимир Мединський", "Владимир Мединский", "medinsky"]
)
def test_names_in_three_languages(dataset: Dataset, name: str) -> None:
    assert claims(dataset, by=name) == claims(dataset, by="vladimir-medinsky")


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        ({"by": "nobody-of-this-name"}, "RP201"),
        ({"source": "istanbul-agreement-2025-06"}, "RP201"),
        ({"exchange": "istanbul-agreement-2025-06"}, "RP201"),
        ({"agreement": "exchange-2025-12-19"}, "RP201"),
        ({"by": "exchange-2025-12-19"}, "RP201"),
        ({"exchange": "exchange"}, "RP202"),
        ({"since": "yesterday"}, "RP203"),
        ({"until": "20250717"}, "RP203"),
    ],
)
def test_names_and_days_that_mean_nothing_or_too_much(
    dataset: Dataset, filters: dict[str, str], code: str
) -> None:
    with pytest.raises(UsageError) as raised:
        selection(dataset, **filters)
    assert raised.value.code == code
    if code == "RP202":
        assert "exchange-2025-12-19" in raised.value.hint, "the candidates are listed"


def test_filters_that_no_claim_fits_are_told_in_words(dataset: Dataset) -> None:
    with pytest.raises(UsageError) as raised:
        claims(dataset, by="medinsky", until="2001-01-01")
    assert raised.value.code == "RP210"
    assert raised.value.message == "no claim fits: claims by Vladimir Medinsky until 2001-01-01"


def test_in_words(dataset: Dataset) -> None:
    assert in_words(dataset, Selection()) == ""
    chosen = selection(
        dataset, exchange="exchange-2025-12-19", by="medinsky", since="2025-07-01", until="2025-12-31"
    )
    about = "claims about Exchange of remains of 19 December 2025"
    assert in_words(dataset, chosen) == f"{about} by Vladimir Medinsky since 2025-07-01 until 2025-12-31"
    assert chosen
    assert not selection(dataset)
