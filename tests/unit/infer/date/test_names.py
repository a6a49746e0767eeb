import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool.infer.date.names import date_in_name, date_in_url
from corpus_tool.infer.date.publication import infer_date
from corpus_tool.model.options import DayOrder


@pytest.mark.parametrize(
    ("name", "date", "rule"),
    [
        ("2018-06-20_krant_1234.txt", "2018-06-20", "name-day"),
        ("20180620.txt", "2018-06-20", "name-day"),
        ("krant_20180620.txt", "2018-06-20", "name-day"),
        ("dmf20180620_0356.txt", "2018-06-20", "name-day"),
        ("krant.2018.06.20.txt", "2018-06-20", "name-day"),
        ("pers/2018/06/20/kop.txt", "2018-06-20", "name-day"),
        ("20180620T1632.json", "2018-06-20", "name-day"),
        ("2018-06-20/2018-06-20.txt", "2018-06-20", "name-day"),
        ("krant-2018-06.csv", "2018-06", "name-month"),
        ("krant_2018_06.csv", "2018-06", "name-month"),
        ("pers/2018/06/kop.txt", "2018-06", "name-month"),
        ("NYT_1987_front.txt", "1987", "name-year"),
        ("krant 2018.txt", "2018", "name-year"),
        ("٢٠١٨-٠٦-٢٠.txt", "2018-06-20", "name-day"),
        ("krant_20-06-2018.txt", "2018-06-20", "name-day"),
        ("krant_06-20-2018.txt", "2018-06-20", "name-day"),
        ("krant_06-06-2018.txt", "2018-06-06", "name-day"),
        ("krant_04-03-2018.txt", "2018", "name-year"),
    ],
)
def test_a_date_in_a_name(name: str, date: str, rule: str) -> None:
    """A full day, a month, or a lone year between signs of the stem, with its place and rule."""
    found = date_in_name(name)
    assert found is not None
    assert (str(found.date), found.rule) == (date, rule)
    assert name[found.start : found.end].strip("-_./T") == name[found.start : found.end]


@pytest.mark.parametrize(
    "name",
    [
        "000_2f415c78e3aaf97c.txt",
        "lot3_00201812.txt",
        "2f20180618ab.txt",
        "a20180618.txt",
        "2018-06-31.txt",
        "2018-13-01.txt",
        "20181332.txt",
        "2018-06-20_2018-06-21.txt",
        "2018-06_2018-07.txt",
        "2017_2018_x.txt",
        "krant_2018-02-30.txt",
        "krant_2018-13.txt",
        "krant_2018-06-20_2018-06-21.txt",
        "2018.txt",
        "pers/2018/kop.txt",
        "1234.txt",
        "1599-01-01.txt",
        "artikel-12345678901.txt",
        "kop.txt",
        "",
    ],
)
def test_a_name_without_a_date(name: str) -> None:
    """Hashes, counters, impossible days, two different days and bare years say nothing."""
    assert date_in_name(name) is None


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.org/economie/2018/06/20/kop_5318.html", "2018-06-20"),
        ("https://example.org/cnt/dmf20180618_03567890", "2018-06-18"),
        ("https://example.org/a/2018-06-20/kop", "2018-06-20"),
        ("https://example.org/2018/06/kop/", "2018-06"),
        ("https://example.org/?d=2018-06-20", "2018-06-20"),
    ],
)
def test_a_date_in_a_url(url: str, date: str) -> None:
    """A full day or `/2018/06/`."""
    found = date_in_url(url)
    assert found is not None
    assert str(found.date) == date
    assert url[found.start : found.end].strip("/") == url[found.start : found.end]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/artikel/5-tips-voor-2019",
        "https://example.org/2018/kop",
        "https://example.org/news/article-20180932-4411.html",
        "https://example.org/12345678",
        "https://example.org/2018/06/20/van-2017/05/01",
    ],
)
def test_a_url_without_a_date(url: str) -> None:
    """A year alone, an impossible day, a number and two days say nothing."""
    assert date_in_url(url) is None


@pytest.mark.parametrize(
    ("name", "order", "date", "rule"),
    [
        ("krant_03-04-2018.txt", "dmy", "2018-04-03", "name-day"),
        ("krant_03-04-2018.txt", "mdy", "2018-03-04", "name-day"),
        ("krant_03-04-2018.txt", None, "2018", "name-year"),
        ("krant_20-06-2018.txt", "mdy", "2018-06-20", "name-day"),
        ("krant_06-20-2018.txt", "dmy", "2018-06-20", "name-day"),
        ("2018-03-04_krant.txt", "dmy", "2018-03-04", "name-day"),
    ],
)
def test_the_order_of_a_numeric_date_in_a_name(name: str, order: DayOrder | None, date: str, rule: str) -> None:
    """The order says which number is the day, unless the numbers themselves do."""
    found = date_in_name(name, order)
    assert found is not None
    assert (str(found.date), found.rule) == (date, rule)


@pytest.mark.parametrize(("language", "date"), [("nl", "2018-04-03"), ("fr-BE", "2018-04-03"), (None, "2018")])
def test_the_language_tells_the_order_in_a_name(language: str | None, date: str) -> None:
    """Where the language of the text writes the day first, so does the name of its file."""
    found = infer_date("", language=language, name="krant_03-04-2018.txt")
    assert found is not None
    assert str(found.date) == date


def test_the_order_that_a_text_shows_holds_for_its_name() -> None:
    """A date in the text that can be read one way only tells how its file is named."""
    found = infer_date("Op 06/20/2018 ging het plein open.", language="nl", name="krant_03-04-2018.txt")
    assert found is not None
    assert str(found.date) == "2018-03-04"


@pytest.mark.parametrize(
    ("name", "date", "read"),
    [
        ("Gazette 7 mei 2013 p4.txt", "2013-05-07", "7 mei 2013"),
        ("pers/le_4_mars_2012.txt", "2012-03-04", "4_mars_2012"),
        ("March-4-2012-front.txt", "2012-03-04", "March-4-2012"),
        ("krant 20. Juni 2018.txt", "2018-06-20", "20. Juni 2018"),
    ],
)
def test_a_month_by_its_name(name: str, date: str, read: str) -> None:
    """A full date with the name of its month, words apart by blanks, underscores or hyphens."""
    found = date_in_name(name)
    assert found is not None
    assert (str(found.date), found.rule, name[found.start : found.end]) == (date, "name-day", read)


@pytest.mark.parametrize(
    "name", ["3 mei 2018, 4 mei 2018.txt", "krant 31 juni 2018.txt", "van 3 mei 2018 tot 5 juni 2018.txt"]
)
def test_a_spelled_name_that_says_no_day(name: str) -> None:
    """Two days, a range and an impossible day leave the year alone."""
    found = date_in_name(name)
    assert found is not None
    assert (str(found.date), found.rule) == ("2018", "name-year")


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.org/2018/6/3/kop", "2018-06-03"),
        ("https://example.org/2018/6/3", "2018-06-03"),
        ("https://example.org/world/2018/jun/20/kop-van-het-stuk", "2018-06-20"),
        ("https://example.org/2018/may/3/", "2018-05-03"),
    ],
)
def test_a_short_day_in_a_url(url: str, date: str) -> None:
    """A month of one digit or of three letters, between slashes."""
    found = date_in_url(url)
    assert found is not None
    assert (str(found.date), found.rule) == (date, "url-day")
    assert url[found.start : found.end].startswith("/2018/")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2018/6/",
        "https://example.org/2018/13/3/kop",
        "https://example.org/2018/xyz/3/kop",
        "https://example.org/2018/6/32/kop",
        "https://example.org/2018/6/3a/kop",
        "https://example.org/2018/jun/3/2018/jun/4/",
    ],
)
def test_a_url_without_a_short_day(url: str) -> None:
    """A lone month of one digit, numbers and letters that are none, and two days say nothing."""
    assert date_in_url(url) is None


WORDS = ("2018", "06", "20", "3", "04", "mei", "7", "June", "1599", "2100", "٢٠١٨", "krant", "dmf", "20180620", "T1632")
NAMES = st.lists(
    st.sampled_from(WORDS) | st.sampled_from([*"-_./ ", ".txt", "//"]) | st.text(max_size=3), max_size=10
).map("".join)


@settings(max_examples=150, deadline=None)
@given(NAMES, st.sampled_from([None, "dmy", "mdy"]))
def test_any_name_and_any_url(name: str, order: DayOrder | None) -> None:
    """Law: no name and no URL raises; what is read stands where it is said to, and holds a digit."""
    for found in (date_in_name(name, order), date_in_url(name)):
        if found is not None:
            assert 0 <= found.start < found.end <= len(name)
            assert any(map(str.isdigit, name[found.start : found.end]))
            assert found.date.earliest is not None
            assert 1600 <= found.date.earliest.year <= 2099


@pytest.mark.parametrize("name", ["18½½½2018.txt", "krant_03②②②2018.txt"])
def test_signs_that_are_numbers_and_no_digits(name: str) -> None:
    """They are no month, and no reason to stop."""
    found = date_in_name(name)
    assert found is None or found.date.precision == "year"
    assert date_in_url("https://example.org/2018/½½½/12") is None
