"""A date from a twin: from a sure pair alone, for an undated article alone, no more precise than what survives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.link.dating import NEARBY_DAYS, approximate_date, date_from_twin
from corpus_tool.link.evidence import Found, Shared
from corpus_tool.link.twins import TwinDates, TwinPair
from corpus_tool.model.edtf import EdtfDate

JUNE = ("2018-06-01", "2018-06-30")
EVIDENCE = (
    Shared("same", Found("Vliet", ((4, 9),)), Found("Vliet", ((10, 15), (20, 25))), 0.7),
    Shared("characters", Found("", ()), Found("", ()), 0.3),
)
PAIR = TwinPair("a1", "b1", 30.0, "sure", True, 20.0, 50, TwinDates(JUNE, None, None, False), EVIDENCE)


def test_the_undated_twin_gets_a_month() -> None:
    """The date is approximate, its method says where it is from, its evidence who and what."""
    found = date_from_twin(PAIR, "b1", "2018-06")
    assert found is not None
    date, inferred = found
    assert str(date) == "2018-06~"
    assert inferred.method == "twin"
    assert [(item.text, item.rule) for item in inferred.evidence] == [("2018-06", "twin-a1"), ("Vliet", "shared-same")]
    assert (inferred.evidence[1].start, inferred.evidence[1].end) == (10, 15)


@pytest.mark.parametrize(
    ("pair", "undated"),
    [
        (replace(PAIR, tier="likely"), "b1"),
        (replace(PAIR, tier=None), "b1"),
        (PAIR, "a1"),
        (PAIR, "c1"),
        (replace(PAIR, dates=TwinDates(None, None, None, False)), "b1"),
        (replace(PAIR, dates=TwinDates(JUNE, JUNE, 0, False)), "b1"),
    ],
)
def test_nothing_else_is_suggested(pair: TwinPair, undated: str) -> None:
    """No suggestion below sure, for a dated article, a stranger, or where neither is dated."""
    assert date_from_twin(pair, undated, "2018-06") is None


@pytest.mark.parametrize(
    ("known", "suggested"),
    [
        ("2018-06-18", "2018-06~"),
        ("2018-06-02", "2018-05/2018-06"),
        ("2018-12-30", "2018-12/2019-01"),
        ("2018-06?", "2018-06~"),
        ("2018-22", "2018-22~"),
        ("2018-06-16/2018-06-17", "2018-06~"),
        ("2018-06/..", None),
        ("XXXX-06-18", None),
        ("soon", None),
    ],
)
def test_precision_that_survives(known: str, suggested: str | None) -> None:
    """A day becomes its month, or two months near the turn; what is open or has no year gives nothing."""
    assert (str(found) if (found := approximate_date(known)) else None) == suggested


@given(st.dates())
def test_the_day_itself_stays_possible(day: object) -> None:
    """The suggestion holds the day of the twin."""
    found = approximate_date(str(day))
    assert found is None or EdtfDate.parse(str(day)).overlaps(found)
    assert NEARBY_DAYS < 28
