"""Laws that hold for every EDTF date, or every two of them."""

import contextlib
import pickle
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.model.edtf import EdtfDate, EdtfError, span
from tests.properties.strategies import dated_edtf_dates, edtf_dates


def bounds(edtf: EdtfDate) -> tuple[date, date]:
    """First and last day, unbounded ends put at the ends of the calendar."""
    return edtf.earliest or date.min, edtf.latest or date.max


def can_mean(edtf: EdtfDate, day: date) -> bool:
    """Whether `day` fits the date, decided digit by digit and apart from the module's own arithmetic."""
    if not bounds(edtf)[0] <= day <= bounds(edtf)[1]:
        return False
    if edtf.precision in ("interval", "season"):
        return True
    # The text may be shorter than the day (`2018-06`): only the digits it has must agree.
    digits = edtf.unqualified.text
    return all(known in ("X", actual) for known, actual in zip(digits, day.isoformat(), strict=False))


@given(edtf_dates())
def test_parse_reads_what_str_writes(edtf: EdtfDate) -> None:
    """A date written and read again is the same date, with the same hash, also through pickle."""
    assert EdtfDate.parse(str(edtf)) == edtf
    assert hash(EdtfDate.parse(str(edtf))) == hash(edtf)
    restored = pickle.loads(pickle.dumps(edtf))
    assert (restored, restored.earliest, restored.latest) == (edtf, edtf.earliest, edtf.latest)


@given(st.text(alphabet="0123456789X-/.~?% x", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Text is either an EdtfError or a date written exactly so: nothing is silently corrected."""
    with contextlib.suppress(EdtfError):
        assert str(EdtfDate.parse(text)) == text


@given(edtf_dates())
def test_earliest_is_not_after_latest(edtf: EdtfDate) -> None:
    """The first day a date can mean is never after the last."""
    assert bounds(edtf)[0] <= bounds(edtf)[1]


@given(edtf_dates())
def test_bounds_are_missing_only_where_nothing_bounds(edtf: EdtfDate) -> None:
    """A bound is None just for yearless dates and at the open end of an interval."""
    yearless = edtf.precision == "yearless"
    assert (edtf.earliest is None) == (yearless or edtf.text.startswith(".."))
    assert (edtf.latest is None) == (yearless or edtf.text.endswith(".."))


@given(dated_edtf_dates())
def test_bounds_are_days_the_date_can_mean(edtf: EdtfDate) -> None:
    """The bounds are themselves possible days, so no tighter bounds exist."""
    assert all(can_mean(edtf, day) for day in (edtf.earliest, edtf.latest) if day)


@given(edtf_dates())
def test_qualifiers_change_neither_bounds_nor_precision(edtf: EdtfDate) -> None:
    """Qualifying a date, or not, leaves its bounds and its precision alone."""
    plain, both = edtf.unqualified, edtf.with_qualifier("%")
    assert not plain.approximate
    assert not plain.uncertain
    assert both.approximate
    assert both.uncertain
    assert both.unqualified == plain
    for variant in (plain, both):
        assert (variant.earliest, variant.latest, variant.precision) == (
            edtf.earliest,
            edtf.latest,
            edtf.precision,
        )


@given(edtf_dates())
def test_a_date_lies_within_and_overlaps_itself_if_it_has_a_year(edtf: EdtfDate) -> None:
    """Within and overlaps are reflexive for dates with a year and false for all others."""
    dated = edtf.precision != "yearless"
    assert edtf.within(edtf) is dated
    assert edtf.overlaps(edtf) is dated


@given(edtf_dates(), edtf_dates())
def test_within_implies_overlaps(one: EdtfDate, other: EdtfDate) -> None:
    """What lies within a date shares a day with it, and keeps to its bounds."""
    if one.within(other):
        assert one.overlaps(other)
        assert bounds(other)[0] <= bounds(one)[0]
        assert bounds(one)[1] <= bounds(other)[1]


@given(dated_edtf_dates(), dated_edtf_dates(), dated_edtf_dates())
def test_within_is_transitive(one: EdtfDate, two: EdtfDate, three: EdtfDate) -> None:
    """What lies within a date lies within all that this date lies within."""
    if one.within(two) and two.within(three):
        assert one.within(three)


@given(edtf_dates(), edtf_dates())
def test_overlaps_is_symmetric(one: EdtfDate, other: EdtfDate) -> None:
    """Sharing a day does not depend on who is asked."""
    assert one.overlaps(other) == other.overlaps(one)


@given(dated_edtf_dates(), st.dates(date(2009, 1, 1), date(2021, 12, 31)))
def test_a_day_overlaps_what_can_mean_it(edtf: EdtfDate, day: date) -> None:
    """For single days, overlaps and within both agree with comparing the digits."""
    single = EdtfDate.from_date(day)
    assert single.overlaps(edtf) == can_mean(edtf, day)
    assert single.within(edtf) == can_mean(edtf, day)


@given(edtf_dates(), edtf_dates())
def test_intersection_is_symmetric(one: EdtfDate, other: EdtfDate) -> None:
    """Both orders give the same date, qualifiers included."""
    assert one.intersection(other) == other.intersection(one)


@given(edtf_dates())
def test_intersection_with_itself_is_itself(edtf: EdtfDate) -> None:
    """A date allows of itself the same days; only an interval may be given its shorter name."""
    shared = edtf.intersection(edtf)
    assert shared is not None
    # The calendar cuts the winter of 9999 down to its December.
    if edtf.precision != "interval" and edtf.unqualified.text != "9999-24":
        assert shared == edtf
    assert (shared.approximate, shared.uncertain) == (edtf.approximate, edtf.uncertain)


@given(edtf_dates(), edtf_dates())
def test_intersection_keeps_to_the_bounds_of_both(one: EdtfDate, other: EdtfDate) -> None:
    """No day before either's first or after either's last is allowed by the intersection."""
    shared = one.intersection(other)
    if shared is not None:
        assert bounds(shared)[0] >= max(bounds(one)[0], bounds(other)[0])
        assert bounds(shared)[1] <= min(bounds(one)[1], bounds(other)[1])


@given(edtf_dates(), edtf_dates(), st.dates(date(2009, 1, 1), date(2021, 12, 31)))
def test_intersection_loses_no_shared_day(one: EdtfDate, other: EdtfDate, day: date) -> None:
    """A day that both can mean, the intersection can mean."""
    if can_mean(one, day) and can_mean(other, day):
        shared = one.intersection(other)
        assert shared is not None
        assert can_mean(shared, day)


@given(dated_edtf_dates(), dated_edtf_dates())
def test_intersection_exists_if_the_dates_overlap(one: EdtfDate, other: EdtfDate) -> None:
    """For dates with a year, an intersection is missing just where no day is shared."""
    assert (one.intersection(other) is None) == (not one.overlaps(other))


@given(st.dates(date(2009, 1, 1), date(2021, 12, 31)), edtf_dates())
def test_intersection_with_a_day_is_that_day(day: date, edtf: EdtfDate) -> None:
    """Nothing is more precise than a day."""
    shared = EdtfDate.from_date(day).intersection(edtf)
    assert (shared is not None) == can_mean(edtf, day)
    if shared is not None:
        assert shared.precision == "day"
        assert shared.earliest == shared.latest == day


@given(edtf_dates(), edtf_dates())
def test_intersection_invents_no_qualifier(one: EdtfDate, other: EdtfDate) -> None:
    """The intersection is approximate or uncertain only if a side is, and always if both are."""
    shared = one.intersection(other)
    if shared is not None:
        assert (one.approximate and other.approximate) <= shared.approximate
        assert shared.approximate <= (one.approximate or other.approximate)
        assert (one.uncertain and other.uncertain) <= shared.uncertain
        assert shared.uncertain <= (one.uncertain or other.uncertain)


@given(st.dates(), st.integers(0, 1000))
def test_span_has_exactly_its_days(first: date, length: int) -> None:
    """A span starts and ends on the days it was made of."""
    last = min(first, date.max - timedelta(length)) + timedelta(length)
    first = min(first, last)
    named = span(first, last)
    assert (named.earliest, named.latest) == (first, last)


@given(st.lists(edtf_dates(), max_size=6))
def test_sort_key_orders_all_dates(dates: list[EdtfDate]) -> None:
    """The order of dates does not depend on the order they came in: only equal dates have equal keys."""
    backward = dates[::-1]
    dates.sort(key=lambda edtf: edtf.sort_key)
    backward.sort(key=lambda edtf: edtf.sort_key)
    assert dates == backward
