import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.infer.date.expressions import MAX_STATED, find_expressions, make_date, parse_stated, western_digits
from tests.properties.strategies import edtf_dates


def dates(text: str, language: str | None = None) -> list[str | None]:
    """The dates that a text spells, None for impossible ones."""
    return [None if found.date is None else str(found.date) for found in find_expressions(text, language)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2018-06-20", "2018-06-20"),
        ("2018-06", "2018-06"),
        ("2018-06-20T16:32:00+02:00", "2018-06-20"),
        ("2018/06/20", "2018-06-20"),
        ("18 juni 2018", "2018-06-18"),
        ("18 JUNI 2018", "2018-06-18"),
        ("22 mrt. 2016", "2016-03-22"),
        ("1er janvier 2019", "2019-01-01"),
        ("14 févr. 2017", "2017-02-14"),
        ("1° maggio 2018", "2018-05-01"),
        ("20. Juni 2018", "2018-06-20"),
        ("20 de junio de 2018", "2018-06-20"),
        ("4th of July, 2016", "2016-07-04"),
        ("June 19, 2018", "2018-06-19"),
        ("20 giu. '18", "2018-06-20"),
        ("20-jun-2018", "2018-06-20"),
        ("20.06.2018", "2018-06-20"),
        ("20.06.18", "2018-06-20"),
        ("20/06/49", "2049-06-20"),
        ("20/06/50", "1950-06-20"),
        ("18-06-'18", "2018-06-18"),
        ("juni 2018", "2018-06"),
        ("juin 2018", "2018-06"),
        ("May 2018", "2018-05"),
        ("18 juni", "XXXX-06-18"),
        ("29 februari", "XXXX-02-29"),
        ("١٨/٠٦/٢٠١٨", "2018-06-18"),
        ("１８ juni ２０１８", "2018-06-18"),
        ("19 - 11 - 2017", "2017-11-19"),
        ("18. 6. 2018", "2018-06-18"),
        ("20sten juni 2018", "2018-06-20"),
        ("18 de junio del 2018", "2018-06-18"),
        ("1.º de maio de 2018", "2018-05-01"),
        ("20 juni ’18", "2018-06-20"),
        ("mei ’68", "1968-05"),
        ("mai 68", "1968-05"),
        ("06/2018", "2018-06"),
        ("jun/2018", "2018-06"),
        ("June the 19th, 2018", "2018-06-19"),
        ("18 czerwca 2018", "2018-06-18"),
        ("18 giugno 2018", "2018-06-18"),
    ],
)
def test_a_date_expression(text: str, date: str) -> None:
    """ISO, numeric and with month names, at the precision given; inside a sentence just as alone."""
    assert dates(text) == [date]
    assert dates(f"Op {text} kwam het.") == [date]


@pytest.mark.parametrize(
    ("language", "date"),
    [("nl", "2018-04-03"), ("fr-BE", "2018-04-03"), ("de", "2018-04-03"), ("en", "2018"), (None, "2018")],
)
def test_the_order_of_numeric_dates(language: str | None, date: str) -> None:
    """Day before month where the press writes so; where the order is not known only the year is."""
    assert dates("03/04/2018", language) == [date]


def test_an_order_that_is_stated() -> None:
    """It decides before the language, but not between the numbers of dates with points."""
    for text, order, date in (
        ("03/04/2018", "mdy", "2018-03-04"),
        ("03/04/2018", "dmy", "2018-04-03"),
        ("03.04.2018", "mdy", "2018-04-03"),
    ):
        assert [str(item.date) for item in find_expressions(text, "nl", order)] == [date]


@pytest.mark.parametrize(("language", "date"), [("en-GB", "2018-04-03"), ("en-US", "2018-03-04")])
def test_the_order_of_a_region(language: str, date: str) -> None:
    """English alone is ambiguous, British and American English are not."""
    assert dates("03/04/2018", language) == [date]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/04/2018", ["2018-04-03", "2018-03-04"]),
        ("03-04-18", ["2018-04-03", "2018-03-04"]),
        ("13/04/2018", []),
        ("04/04/2018", []),
        ("03.04.2018", []),
        ("3 april 2018", []),
    ],
)
def test_both_readings(text: str, readings: list[str]) -> None:
    """A numeric date that could be read both ways has both, day first, then month first."""
    (found,) = find_expressions(text, "nl")
    assert [str(reading) for reading in found.readings] == readings


@pytest.mark.parametrize(
    ("language", "text", "span"),
    [
        ("fr", "Le 1er juillet.", "1er juillet"),
        ("nl", "Op 22 mrt. 2016.", "22 mrt. 2016"),
        ("it", "Il 18 mag. si vota", "18 mag."),
        ("nl", "Op 2018-06-20T16:32:00+02:00.", "2018-06-20"),
        ("nl", "Op 18 juni 2018 om 16.32 uur", "18 juni 2018"),
        ("en", "Wednesday, June 18 at noon", "June 18"),
    ],
)
def test_where_an_expression_ends(language: str, text: str, span: str) -> None:
    """With the point of an abbreviation, without the full stop of a sentence, a time or a time zone."""
    assert [text[item.start : item.end] for item in find_expressions(text, language)] == [span]


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("en", "children under 18 may enter", []),
        ("en", "on 18 May", ["XXXX-05-18"]),
        (None, "le 18 mai", ["XXXX-05-18"]),
    ],
)
def test_a_month_that_is_a_verb(language: str | None, text: str, date: list[str]) -> None:
    """English `may` and `march` need a capital where no year stands beside them."""
    assert dates(text, language) == date


def test_years_that_a_text_can_speak_of() -> None:
    """An article cannot have appeared in 1302; a text can speak of it."""
    assert dates("11 juli 1302", "nl") == [None]
    (found,) = find_expressions("11 juli 1302", "nl", years=range(1000, 2100))
    assert str(found.date) == "1302-07-11"


@pytest.mark.parametrize(
    ("text", "date"), [("13/11/2015", "2015-11-13"), ("11/13/2015", "2015-11-13"), ("04/04/2018", "2018-04-04")]
)
def test_an_order_that_the_numbers_tell(text: str, date: str) -> None:
    """A number over 12 is the day, equal numbers need no order."""
    assert dates(text, "en") == [date]


@pytest.mark.parametrize(
    "text",
    ["31 juni 2018", "30 februari 2018", "2018-02-30", "2018-13", "32/01/2018", "13/13/2018", "31 juni", "1599-01-01"],
)
def test_an_impossible_date_is_void_as_a_whole(text: str) -> None:
    """No part of it is kept: not the month, not the year."""
    assert dates(text, "nl") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "De man (46) betaalde 20,18 euro voor 3-4 kilo kersen; bel 02/345.67.89.",
        "Version 10.3.1 ships with section 2.4 fixed; the match ended 6-4, 7-5.",
        "Do not march on the bridge, the mayor may say.",
        "Hier, en janvier, il marche; za 3-2, mei en mars.",
        "https://example.org/2018/06/20/kop",
        "IBAN BE71 0961 2345 6769",
        "2018-06-20-01",
        "192.168.10.12",
        "Op 18 mag hij, met 20 leden en 3 out.",
        "Het 18 mei-akkoord, versie 10.12.18, arrest nr. 12/2018, 12.10.2018.4",
        "La mission Mars 2020; june 18; May 18:30",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Amounts, scores, versions, numbers and words that look like months are none."""
    assert dates(text, "nl") == []


def test_spans() -> None:
    """Each expression has its place in the text, several of them in order."""
    text = "Op 18 juni 2018 en op 2018-06-20: niets."
    assert [text[found.start : found.end] for found in find_expressions(text)] == ["18 juni 2018", "2018-06-20"]


@given(st.text(alphabet="0123456789-/. '’juniMayde,T:ère", max_size=40))
def test_any_text_gives_dates_that_exist(text: str) -> None:
    """Whatever the text, spans lie inside it, in order, and years are those an article can have."""
    last = 0
    for found in find_expressions(text, "nl"):
        assert last <= found.start < found.end <= len(text)
        last = found.end
        if found.date is not None and found.date.earliest is not None:
            assert 1600 <= found.date.earliest.year <= 2099


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2018", "2018"),
        ("2018-06", "2018-06"),
        ("20180620", "2018-06-20"),
        (" 2018-06-20 ", "2018-06-20"),
        ("2018-06-20 16:32:00", "2018-06-20"),
        ("2018-06-20T23:59:59-11:00", "2018-06-20"),
        ("2018-06-20T16:32:00.000Z", "2018-06-20"),
        ("mardi 19 juin 2018 à 16h32", "2018-06-19"),
        ("Wed, 20 Jun 2018 16:32:00 GMT", "2018-06-20"),
        ("maandag 18 juni 2018, 14u35", "2018-06-18"),
        ("Mo., 18.06.2018 um 14:35 Uhr", "2018-06-18"),
        ("2018-21", "2018-21"),
        ("2018-24", "2018-24"),
        ("2018-06~", "2018-06~"),
        ("2018?", "2018?"),
        ("201X", "201X"),
        ("XXXX-06-18", "XXXX-06-18"),
        ("2018-06-16/2018-06-17", "2018-06-16/2018-06-17"),
        ("2018-06/..", "2018-06/.."),
        ("18 juni", "XXXX-06-18"),
        ("٢٠١٨", "2018"),
    ],
)
def test_a_stated_date(value: str, date: str) -> None:
    """A value states its date at its own precision, with weekday, time and zone beside it; the zone moves no day."""
    found = parse_stated(value, "nl")
    assert str(found) == date


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "gisteren", "7", "12", "123", "99999999", "20181332", "2018-13", "2018-02-30", "31 juni 2018"),
        *("1599", "2100", "1529452800", "2018-06-20 of later", "18 juni 2018 en 19 juni 2018", "2018-06-20 2018-06-21"),
        *(
            "na 2018",
            "juni",
            "1500-06-18",
            "2018-06-17/2018-06-16",
            "x" * (MAX_STATED + 1),
            "2018-06 " + " " * MAX_STATED + "x",
        ),
    ],
)
def test_a_value_that_states_no_date(value: str) -> None:
    """What is no date, no possible date, or more than a date, states none; nothing is filled in."""
    assert parse_stated(value, "nl") is None


@given(edtf_dates())
def test_an_edtf_date_states_itself(date: object) -> None:
    """Law: what our own exports hold is read as it is, years that an article can have provided."""
    found = parse_stated(str(date))
    assert found is None or str(found) == str(date)


def test_make_date() -> None:
    """Years 1600 to 2099, at the precision given."""
    assert [str(make_date(*parts)) for parts in ((2018,), (2018, 6), (2018, 6, 20))] == [
        "2018",
        "2018-06",
        "2018-06-20",
    ]
    for parts in ((1599,), (2100,), (2018, 13), (2018, 0), (2018, 2, 29), (2018, 6, 0)):
        assert make_date(*parts) is None


def test_western_digits() -> None:
    """Every decimal digit of Unicode counts, at the same length; fractions and superscripts do not."""
    assert western_digits("٢٠१८ ½² é") == "2018 ½² é"
