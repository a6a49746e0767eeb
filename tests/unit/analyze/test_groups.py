"""Groups of articles: keys, and what a date that is not precise enough says under a calendar unit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.analyze.groups import (
    KEYS,
    UNITS,
    UNKNOWN,
    Group,
    Grouping,
    Value,
    key_order,
    natural_order,
    unit_number,
    unit_value,
)
from corpus_tool.errors import UsageError
from corpus_tool.model.edtf import EdtfDate
from tests.properties.strategies import edtf_dates
from tests.unit.building import article


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("2018-06-18", "day", "2018-06-18"),
        ("2018-06-18", "week", "2018-W25"),
        ("2018-06-18", "month", "2018-06"),
        ("2018-06-18", "decade", "201X"),
        ("2018-12-31", "week", "2019-W01"),
        ("2018-06-XX", "month", "2018-06"),
        ("2018-06~", "month", "2018-06"),
        ("2018-06-16/2018-06-17", "month", "2018-06"),
        ("2018-06-16/2018-06-17", "week", "2018-W24"),
        ("2018-21", "year", "2018"),
        ("2018-XX-18", "year", "2018"),
        ("201X", "decade", "201X"),
        ("0001-01-01", "week", "0001-W01"),
        ("9999-12-31", "week", "9999-W52"),
    ],
)
def test_a_date_falls_into_the_unit_that_holds_all_its_days(text: str, unit: str, expected: str) -> None:
    """Also a month, season or interval, where it does not cross the border of a unit."""
    assert unit_value(text, unit) == Value(expected)


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("2018-06", "day", "2018-06"),
        ("2018-06", "week", "2018-06"),
        ("2018", "month", "2018"),
        ("2018?", "month", "2018"),
        ("2018-21", "month", "2018-21"),
        ("2018-24", "year", "2018-24"),
        ("2018-XX-18", "month", "2018-XX-18"),
        ("201X", "year", "201X"),
        ("20XX", "decade", "20XX"),
        ("2018-06-30/2018-07-01", "month", "2018-06-30/2018-07-01"),
        ("2018/..", "year", "2018/.."),
        ("XXXX-06-18", "month", "XXXX-06-18"),
    ],
)
def test_a_date_that_is_too_wide_stands_for_itself(text: str, unit: str, expected: str) -> None:
    """It is marked partial, and no part of it is made up or spread."""
    assert unit_value(text, unit) == Value(expected, partial=True)


@given(edtf_dates(), st.sampled_from(sorted(UNITS)))
def test_a_unit_is_never_more_than_is_known(found: EdtfDate, unit: str) -> None:
    """A whole unit has all days the date can mean; a partial one is the date itself."""
    value = unit_value(found.text, unit)
    if value.partial:
        assert value.text == found.unqualified.text
    else:
        assert found.earliest is not None
        assert found.latest is not None
        number = UNITS[unit].number
        assert value.text is not None
        assert number(found.earliest) == number(found.latest) == unit_number(value.text, unit)


@given(st.dates(), st.dates(), st.sampled_from(sorted(UNITS)))
def test_labels_and_numbers_of_units_sort_as_days_do(one: date, other: date, unit: str) -> None:
    """The number of a label is that of its days, and labels are in the order of numbers."""
    number, label = UNITS[unit]
    assert unit_number(label(number(one)), unit) == number(one)
    if one <= other:
        assert number(one) <= number(other)
        assert label(number(one)) <= label(number(other))


def test_units_follow_without_gaps() -> None:
    """The number after the last of a year is the first of the next."""
    assert unit_number("2019-01", "month") == unit_number("2018-12", "month") + 1
    assert unit_number("2021-W01", "week") == unit_number("2020-W53", "week") + 1
    assert unit_number("2019-01-01", "day") == unit_number("2018-12-31", "day") + 1


def test_keys_read_what_they_say() -> None:
    """Every key gives the value of its field; `dated` and `mixed` say whether."""
    held = article(
        language="nl-BE",
        outlet="De Krant",
        section=None,
        date="2018-06",
        authors=("A. Peeters", "C. Dubois"),
        languages={"nl": 0.8, "fr": 0.2},
        extra={"Pagina": 4},
    )
    names = ("language", "outlet", "section", "month", "day", "dated", "mixed", "extra.Pagina", "format")
    grouping = Grouping(names)
    assert list(grouping.groups(grouping.values(held))) == [
        (
            Value("nl-BE"),
            Value("De Krant"),
            UNKNOWN,
            Value("2018-06"),
            Value("2018-06", partial=True),
            Value("dated"),
            Value("mixed"),
            Value("4"),
            Value(held.source.format),
        )
    ]
    assert set(names) - {"extra.Pagina"} < set(KEYS)


def test_an_article_of_two_authors_stands_in_two_groups() -> None:
    """Once in each, also where a name is given twice; without an author in the group of the unknown."""
    grouping = Grouping(("author", "year"))
    groups = list(grouping.groups([["B", "A", "B"], "2018"]))
    assert groups == [(Value("B"), Value("2018")), (Value("A"), Value("2018"))]
    assert list(grouping.groups([[], None])) == [(UNKNOWN, UNKNOWN)]


def test_what_is_typed_is_split_at_commas() -> None:
    """Repeated and with blanks; the fields to read are named once each, the date always among them."""
    grouping = Grouping.parse(["month, day", "language"])
    assert (grouping.names, grouping.fields) == (("month", "day", "language"), ("date", "language"))
    assert Grouping.parse([]).names == ()
    assert list(Grouping(()).groups([None])) == [()]


@pytest.mark.parametrize("typed", ["moth", "text", "extra.", "language,language"])
def test_what_is_no_key_is_refused(typed: str) -> None:
    """With the keys that there are, or the one that is named twice."""
    with pytest.raises(UsageError) as error:
        Grouping.parse([typed])
    assert typed.split(",")[0] in error.value.message
    assert error.value.hint


def test_the_natural_order_is_time_and_size() -> None:
    """Units in time, then partial dates, then undated; languages by their articles over all months."""
    grouping = Grouping(("language", "month"))
    nl, fr = Value("nl"), Value("fr")
    sizes: dict[Group, int] = {
        (fr, Value("2018-01")): 9,
        (nl, UNKNOWN): 4,
        (nl, Value("2018", partial=True)): 5,
        (nl, Value("2018-02")): 1,
        (nl, Value("2017-12")): 2,
        (UNKNOWN, Value("2018-01")): 30,
    }
    assert [(group[0].text, group[1].text) for group in natural_order(grouping, sizes)] == [
        ("nl", "2017-12"),
        ("nl", "2018-02"),
        ("nl", "2018"),
        ("nl", None),
        ("fr", "2018-01"),
        (None, "2018-01"),
    ]


def test_groups_sort_by_their_values() -> None:
    """In the order of the texts, partial dates and the unknown behind them."""
    groups = [(UNKNOWN,), (Value("2017", partial=True),), (Value("b"),), (Value("a"),)]
    assert sorted(groups, key=key_order) == groups[::-1]
