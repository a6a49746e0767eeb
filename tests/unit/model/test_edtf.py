"""Dates in the Extended Date/Time Format: examples, boundaries and errors."""

import dataclasses
import time
from datetime import date, datetime

import pytest

from corpus_tool.model.edtf import EdtfDate, EdtfError, span

parse = EdtfDate.parse

# text, earliest, latest, precision; "-" is None
EXAMPLES = [
    ("2018-06-20", "2018-06-20", "2018-06-20", "day"),
    ("2018-06", "2018-06-01", "2018-06-30", "month"),
    ("2018", "2018-01-01", "2018-12-31", "year"),
    ("2018-21", "2018-03-01", "2018-05-31", "season"),
    ("2018-22", "2018-06-01", "2018-08-31", "season"),
    ("2018-23", "2018-09-01", "2018-11-30", "season"),
    ("2018-24", "2018-12-01", "2019-02-28", "season"),
    ("2015-24", "2015-12-01", "2016-02-29", "season"),
    ("9999-24", "9999-12-01", "9999-12-31", "season"),
    ("2018-21?", "2018-03-01", "2018-05-31", "season"),
    ("2018-06~", "2018-06-01", "2018-06-30", "month"),
    ("2018-06-20?", "2018-06-20", "2018-06-20", "day"),
    ("2018%", "2018-01-01", "2018-12-31", "year"),
    ("201X", "2010-01-01", "2019-12-31", "decade"),
    ("20XX", "2000-01-01", "2099-12-31", "century"),
    ("201X~", "2010-01-01", "2019-12-31", "decade"),
    ("00XX", "0001-01-01", "0099-12-31", "century"),
    ("999X", "9990-01-01", "9999-12-31", "decade"),
    ("0001", "0001-01-01", "0001-12-31", "year"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "day"),
    ("2018-XX", "2018-01-01", "2018-12-31", "year"),
    ("2018-XX-XX", "2018-01-01", "2018-12-31", "year"),
    ("2018-02-XX", "2018-02-01", "2018-02-28", "month"),
    ("2018-XX-18", "2018-01-18", "2018-12-18", "year"),
    ("2018-XX-31", "2018-01-31", "2018-12-31", "year"),
    ("201X-06-18", "2010-06-18", "2019-06-18", "decade"),
    ("20XX-06", "2000-06-01", "2099-06-30", "century"),
    ("201X-02-29", "2012-02-29", "2016-02-29", "decade"),
    ("XXXX-06-18", "-", "-", "yearless"),
    ("XXXX-06", "-", "-", "yearless"),
    ("XXXX-06-XX", "-", "-", "yearless"),
    ("XXXX-XX-18", "-", "-", "yearless"),
    ("XXXX-02-29", "-", "-", "yearless"),
    ("2016-02-29", "2016-02-29", "2016-02-29", "day"),
    ("2000-02", "2000-02-01", "2000-02-29", "month"),
    ("1900-02", "1900-02-01", "1900-02-28", "month"),
    ("2018-06-16/2018-06-17", "2018-06-16", "2018-06-17", "interval"),
    ("2018-06-16/2018-06-16", "2018-06-16", "2018-06-16", "interval"),
    ("2018-06~/2018-08?", "2018-06-01", "2018-08-31", "interval"),
    ("2018/2018-06", "2018-01-01", "2018-06-30", "interval"),
    ("2018-22/2018-24", "2018-06-01", "2019-02-28", "interval"),
    ("199X/2018", "1990-01-01", "2018-12-31", "interval"),
    ("2018-06/..", "2018-06-01", "-", "interval"),
    ("../2018", "-", "2018-12-31", "interval"),
    ("2018-06~/..", "2018-06-01", "-", "interval"),
]

NOT_DATES = [
    "",
    " ",
    "2018-06-20 ",
    " 2018",
    "2018\n",
    "2018-6-20",
    "18-06-20",
    "20180620",
    "2018-06-20T12:00:00",
    "2018/06/20",
    "20-06-2018",
    "12018",
    "-2018",
    "0000",
    "0000-06-20",
    "0000-24",
    "2018-00",
    "2018-13",
    "2018-20",
    "2018-25",
    "2018-21-03",
    "2018-06-00",
    "2018-06-31",
    "2018-06-32",
    "2018-02-30",
    "2018-02-29",
    "1900-02-29",
    "XXXX-02-30",
    "201X-06-31",
    "2018-XX-32",
    "199X-21",
    "201x",
    "2018-xx",
    "2XXX",
    "X018",
    "2018-1X",
    "2018-06-2X",
    "XXXX",
    "XXXX-XX",
    "XXXX-XX-XX",
    "XXXX-21",
    "2018-06~~",
    "2018~-06",
    "?2018",
    "2018-06?~",
    "\u0662\u0660\u0661\u0668",  # 2018 in Arabic-Indic digits
    "2018-0\u0666",
    "20\u00b98",  # superscript one: str.isdigit() accepts it
    "2018\u201306",  # an en dash
    "/",
    "..",
    "../..",
    "2018/",
    "/2018",
    "2018/..~",
    "2018/2017",
    "2018-06-17/2018-06-16",
    "2017/2018/2019",
    "2018 / 2019",
    "XXXX-06-16/XXXX-06-17",
    "2018/XXXX-06",
    "2018-13/2019",
    "9" * 5_000,
    "2018-" + "X" * 5_000,
    "/" * 5_000,
]


def day_or_none(text: str) -> date | None:
    """The day of the table, None for a dash."""
    return None if text == "-" else date.fromisoformat(text)


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), EXAMPLES)
def test_examples(text: str, earliest: str, latest: str, precision: str) -> None:
    """Each supported form is read with the right bounds and precision, and written unchanged."""
    edtf = parse(text)
    assert str(edtf) == text
    assert (edtf.earliest, edtf.latest) == (day_or_none(earliest), day_or_none(latest))
    assert edtf.precision == precision


@pytest.mark.parametrize("text", NOT_DATES, ids=lambda text: ascii(text[:24]))
def test_refuses(text: str) -> None:
    """Whatever is no date of the supported forms is a ValueError that shows how a date may look."""
    with pytest.raises(EdtfError, match="a date may look like 2018-06-18") as caught:
        parse(text)
    assert isinstance(caught.value, ValueError)
    assert len(str(caught.value)) < 500


def test_long_text_is_refused_quickly() -> None:
    """Reading stops at the first character too many, also in texts made to look like dates."""
    start = time.perf_counter()
    for text in ("1" * 5_000, "2018-06" * 5_000, "X" * 5_000, "2018/" * 5_000, "2018" + "~" * 5_000):
        with pytest.raises(EdtfError):
            parse(text)
    assert time.perf_counter() - start < 0.1


def test_the_constructor_refuses_like_parse() -> None:
    """There is no way to make an invalid date."""
    with pytest.raises(EdtfError):
        EdtfDate("2018-02-30")


def test_constructors_write_edtf() -> None:
    """Each constructor gives the date of the same EDTF string."""
    assert EdtfDate.day(2018, 6, 1) == parse("2018-06-01")
    assert EdtfDate.month(2018, 6) == parse("2018-06")
    assert EdtfDate.year(987) == parse("0987")
    assert EdtfDate.season(2018, 24) == parse("2018-24")
    assert EdtfDate.interval(parse("2018-06~"), parse("2018-08")) == parse("2018-06~/2018-08")
    assert EdtfDate.interval(parse("2018-06"), None) == parse("2018-06/..")
    assert EdtfDate.interval(None, parse("2018")) == parse("../2018")
    assert EdtfDate.from_date(date(2018, 6, 20)) == parse("2018-06-20")
    assert EdtfDate.from_date(datetime(2018, 6, 20, 23, 59)) == parse("2018-06-20")


def test_constructors_refuse_numbers_out_of_range() -> None:
    """No constructor takes the season's code for a month, a month for a season, or a year of five digits."""
    for build in (
        lambda: EdtfDate.day(2018, 2, 29),
        lambda: EdtfDate.day(2018, 21, 1),
        lambda: EdtfDate.month(2018, 21),
        lambda: EdtfDate.month(2018, 0),
        lambda: EdtfDate.month(2018, -6),
        lambda: EdtfDate.year(0),
        lambda: EdtfDate.year(10_000),
        lambda: EdtfDate.year(-5),
        lambda: EdtfDate.season(2018, 6),
        lambda: EdtfDate.season(2018, 25),
        lambda: EdtfDate.interval(None, None),
        lambda: EdtfDate.interval(parse("2018/2019"), None),
        lambda: EdtfDate.interval(parse("XXXX-06"), parse("2018")),
        lambda: EdtfDate.interval(parse("2019"), parse("2018")),
    ):
        with pytest.raises(EdtfError):
            build()


def test_is_an_immutable_value() -> None:
    """Equal dates are one member of a set, and no attribute can be changed or added."""
    edtf = parse("2018-06")
    assert {edtf, parse("2018-06")} == {edtf}
    assert edtf != parse("2018-06-XX")
    assert repr(edtf) == "EdtfDate(text='2018-06')"
    assert not hasattr(edtf, "__dict__")
    with pytest.raises(dataclasses.FrozenInstanceError):
        edtf.text = "2019"


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain", "unqualified"),
    [
        ("2018-06", False, False, "2018-06"),
        ("2018-06~", True, False, "2018-06"),
        ("2018-06?", False, True, "2018-06"),
        ("2018-06%", True, True, "2018-06"),
        ("2018-06~/2018-08?", True, True, "2018-06/2018-08"),
        ("2018-06?/..", False, True, "2018-06/.."),
    ],
)
def test_qualifiers(text: str, approximate: bool, uncertain: bool, unqualified: str) -> None:
    """The qualifiers `~`, `?` and `%` mean approximate, uncertain and both, on a date or an end."""
    edtf = parse(text)
    assert (edtf.approximate, edtf.uncertain) == (approximate, uncertain)
    assert str(edtf.unqualified) == unqualified


def test_with_qualifier_replaces_the_qualifiers() -> None:
    """The new qualifier takes the place of the old, on every closed end of an interval."""
    assert str(parse("2018-06?").with_qualifier("~")) == "2018-06~"
    assert str(parse("2018-06?/2018-08").with_qualifier("%")) == "2018-06%/2018-08%"
    assert str(parse("../2018").with_qualifier("?")) == "../2018?"


def test_with_qualifier_refuses_other_signs() -> None:
    """Only the three qualifiers of EDTF are added, and never none."""
    for sign in ("", "!", "~?"):
        with pytest.raises(EdtfError, match="a qualifier is"):
            parse("2018").with_qualifier(sign)


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "within"),
    [
        ("2018-06-18", "2018-06", True, True),
        ("2018-06", "2018-06-18", True, False),
        ("2018-06", "2018-07", False, False),
        ("2018-06-30", "2018-07-01", False, False),
        ("2018-06/2018-08", "2018-22", True, True),
        ("2018-22", "2018-06/2018-08", True, True),
        ("2019-02", "2018-24", True, True),
        ("2018-24", "2018", True, False),
        ("2018", "201X", True, True),
        ("201X", "20XX", True, True),
        ("2018~", "2018-XX?", True, True),
        ("2018-06", "2018/..", True, True),
        ("2018/..", "2018", True, False),
        ("2018/..", "2017/..", True, True),
        ("../2018", "2018/..", True, False),
        ("../2017", "2018/..", False, False),
        ("2018-06-10", "2018-XX-18", False, False),
        ("2018-06-18", "2018-XX-18", True, True),
        ("2018-XX-18", "2018", True, True),
        ("2018-06", "2018-XX-18", True, False),
        ("2018-XX-31", "2018-06", False, False),
        ("2018-06-18/2018-07-18", "2018-XX-18", True, False),
        ("201X-06-18", "201X-06", True, True),
        ("XXXX-06-18", "2018-06-18", False, False),
        ("2018-06-18", "XXXX-06-18", False, False),
        ("XXXX-06-18", "XXXX-06-18", False, False),
    ],
)
def test_overlaps_and_within(one: str, other: str, overlaps: bool, within: bool) -> None:
    """Dates overlap by their days, gaps included; open ends are unbounded; yearless dates meet nothing."""
    assert parse(one).overlaps(parse(other)) is overlaps
    assert parse(one).within(parse(other)) is within


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2018-06", "XXXX-06-18", "2018-06-18"),
        ("2018", "2018-06", "2018-06"),
        ("2018", "2019", None),
        ("2018-06", "XXXX-07-18", None),
        ("2018", "XXXX-XX-18", "2018-XX-18"),
        ("2018-XX-18", "XXXX-06", "2018-06-18"),
        ("2018-06", "XXXX-XX-31", None),
        ("2018", "XXXX-02-29", None),
        ("201X", "XXXX-06-18", "201X-06-18"),
        ("201X", "20XX", "201X"),
        ("XXXX-06", "XXXX-XX-18", "XXXX-06-18"),
        ("2018", "2018-XX", "2018-XX"),
        ("2018-22", "XXXX-06", "2018-06"),
        ("2018-22", "2018-06-18", "2018-06-18"),
        ("2018-22", "2018", "2018-22"),
        ("2018-22", "2018-06/2018-08", "2018-22"),
        ("2018-24", "2019", "2019-01-01/2019-02-28"),
        ("2018-24", "2018", "2018-12"),
        ("9999-24", "9999", "9999-12"),
        ("2018-05-15/2018-06-30", "2018-06-01/2018-07-15", "2018-06"),
        ("2018-06-01/2018-06-30", "2018", "2018-06"),
        ("2018-06-10/2018-06-20", "2018-06-15/2018-06-25", "2018-06-15/2018-06-20"),
        ("2018-06-10/2018-06-20", "2018-06-20/2018-06-25", "2018-06-20"),
        ("2018-06-10/2018-06-20", "2018-06-21/2018-06-25", None),
        ("2017-06/2018", "2018/2019-06", "2018"),
        ("2018-06/..", "../2018-08", "2018-06-01/2018-08-31"),
        ("2018-06/..", "2019/..", "2019/.."),
        ("2018-06/..", "2019", "2019"),
        ("2018-06-17/2018-06-19", "XXXX-06-18", "2018-06-18"),
        ("2018-06-17/2018-06-19", "XXXX-06-20", None),
        ("2017/2018", "XXXX-06-18", "2017-06-18/2018-06-18"),
        ("2018/..", "XXXX-06-18", "2018-06-18/.."),
        ("../2018", "XXXX-06-18", "../2018-06-18"),
        ("2018-03/2018-05", "2018-XX-18", "2018-03-18/2018-05-18"),
        ("2018/2019", "2018-XX-18", "2018-XX-18"),
    ],
)
def test_intersection(one: str, other: str, shared: str | None) -> None:
    """The intersection is the most precise date both allow, in either order."""
    expected = None if shared is None else parse(shared)
    assert parse(one).intersection(parse(other)) == expected
    assert parse(other).intersection(parse(one)) == expected


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2018~", "2018-06-18", "2018-06-18"),
        ("2018", "2018-06-18~", "2018-06-18~"),
        ("2018?", "2018-06-18~", "2018-06-18~"),
        ("2018-06-18", "2018-06-18?", "2018-06-18?"),
        ("2018-06-18~", "2018-06-18?", "2018-06-18%"),
        ("2018-06", "XXXX-06-18?", "2018-06-18?"),
        ("2018-06~", "XXXX-06-18?", "2018-06-18%"),
        ("2018-06-18", "XXXX-06~", "2018-06-18"),
        ("2018-06~/2018-08", "2018", "2018-06~/2018-08"),
        ("2018-06-01/2018-06-30", "2018~", "2018-06"),
        ("2018-06~/2018-08", "2018-07/2018-09", "2018-07-01~/2018-08-31~"),
    ],
)
def test_intersection_keeps_the_qualifiers_of_what_contributes(one: str, other: str, shared: str) -> None:
    """A qualifier survives only from a side that rules out a day the other allows, or from equal sides."""
    assert str(parse(one).intersection(parse(other))) == shared
    assert str(parse(other).intersection(parse(one))) == shared


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2018-06-18", "2018-06-18", "2018-06-18"),
        ("2018-06-01", "2018-06-30", "2018-06"),
        ("2018-02-01", "2018-02-28", "2018-02"),
        ("2016-02-01", "2016-02-28", "2016-02-01/2016-02-28"),
        ("2018-01-01", "2018-12-31", "2018"),
        ("2018-01-01", "2019-12-31", "2018-01-01/2019-12-31"),
        ("2018-06-01", "2018-08-31", "2018-06-01/2018-08-31"),
        ("2018-06-01", "2019-06-30", "2018-06-01/2019-06-30"),
        ("9999-12-01", "9999-12-31", "9999-12"),
        ("0001-01-01", "0001-12-31", "0001"),
    ],
)
def test_span(first: str, last: str, text: str) -> None:
    """A span is named by the day, month or year it fills exactly, else as an interval of days."""
    assert str(span(date.fromisoformat(first), date.fromisoformat(last))) == text


def test_span_refuses_a_last_day_before_the_first() -> None:
    """Days in the wrong order are an error, also within one month."""
    with pytest.raises(EdtfError, match="ends before it starts"):
        span(date(2018, 6, 30), date(2018, 6, 1))


def test_sort_key_orders_by_first_day_then_last_day() -> None:
    """A finer date sorts before the coarser one that starts with it; unknown bounds sort last."""
    texts = ["XXXX-06", "2018", "../2018", "2018-01", "2018-01~", "2017/..", "2018-01-01", "2017"]
    ordered = sorted(map(parse, texts), key=lambda edtf: edtf.sort_key)
    assert [str(edtf) for edtf in ordered] == [
        *("2017", "2017/..", "2018-01-01", "2018-01", "2018-01~", "2018", "../2018", "XXXX-06")
    ]
