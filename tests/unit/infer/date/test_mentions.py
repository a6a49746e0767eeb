import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.infer.date.mentions import DateMention, find_dates
from corpus_tool.infer.date.reading import read_near
from corpus_tool.model.edtf import EdtfDate


def dates(text: str, language: str | None = "nl", reference: str | None = "2018-06-20") -> list[tuple[str, str]]:
    """The spans of a text that are dates, each with its date."""
    found = find_dates(text, language=language, reference=reference)
    return [(text[item.start : item.end], str(item.date)) for item in found]


def test_explicit_and_relative_dates_in_order() -> None:
    """Each with its span, at the precision of its words."""
    text = "Op 18 juni 2018, en gisteren, en vorige week, en in januari, en in 1968."
    assert dates(text) == [
        ("18 juni 2018", "2018-06-18"),
        ("gisteren", "2018-06-19"),
        ("vorige week", "2018-06-11/2018-06-17"),
        ("januari", "2018-01"),
        ("1968", "1968"),
    ]


def test_without_a_reference() -> None:
    """Days and months without a year stay so; what counts from the day of the article is left out."""
    assert dates("Op 18 juni, in januari, gisteren en van 3 tot 5 mei.", reference=None) == [
        ("18 juni", "XXXX-06-18"),
        ("januari", "XXXX-01"),
        ("3", "XXXX-05-03"),
        ("5 mei", "XXXX-05-05"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Op 4 juli volgt het debat.", [("4 juli", "2018-07-04")]),
        ("Op 4 juli volgde het debat.", [("4 juli", "2017-07-04")]),
        ("Op 29 februari viel er sneeuw.", [("29 februari", "2016-02-29")]),
        ("Dinsdag 4 juli was er een debat.", [("4 juli", "2017-07-04")]),
        ("Op woensdag 4 juli was er een debat.", [("4 juli", "2018-07-04")]),
        ("Maandag (18 juni) viel er regen.", [("18 juni", "2018-06-18")]),
        ("De zaal was van 3 tot 5 mei dicht.", [("3 tot 5 mei", "2018-05-03/2018-05-05")]),
        ("De zaal was van 30 december tot 2 januari dicht.", [("30 december tot 2 januari", "2017-12-30/2018-01-02")]),
        ("Het museum sloot van mei tot juli.", [("mei tot juli", "2017-05/2017-07")]),
        ("Op 18 juni van vorig jaar.", [("18 juni van vorig jaar", "2017-06-18")]),
        ("Op 18 juni jl. viel er regen.", [("18 juni jl.", "2018-06-18")]),
        ("Op 11 juli 1302 won het leger.", [("11 juli 1302", "1302-07-11")]),
        ("Op 31 juni 2018 viel er regen.", []),
        ("De wet van 2 februari 1994.", [("2 februari 1994", "1994-02-02")]),
    ],
)
def test_days_and_months_without_a_year(text: str, expected: list[tuple[str, str]]) -> None:
    """By the tense of the sentence, a weekday beside them, or the words that tell their year."""
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le 18 juin dernier.", [("18 juin dernier", "2018-06-18")]),
        ("fr", "En juin de l’an dernier.", [("juin de l’an dernier", "2017-06")]),
        ("fr", "Mardi 19 juin à 16h32, 12, rue du 4 septembre.", [("19 juin", "2018-06-19")]),
        ("es", "El próximo 4 de julio.", [("próximo 4 de julio", "2018-07-04")]),
        ("en", "On June 18 he said it would end on Monday.", [("June 18", "2018-06-18"), ("Monday", "2018-06-18")]),
        ("it", "Lo scorso 4 giugno.", [("scorso 4 giugno", "2018-06-04")]),
        ("de", "Die Brücke bleibt bis Ende August gesperrt.", [("Ende August", "2018-08")]),
        (None, "Gisteren, 18 juni 2018.", [("Gisteren", "2018-06-19"), ("18 juni 2018", "2018-06-18")]),
    ],
)
def test_other_languages(language: str | None, text: str, expected: list[tuple[str, str]]) -> None:
    """The same in each language that has its words."""
    assert dates(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "De man (46) betaalde 20,18 euro voor 3-4 kilo kersen; bel 02/345.67.89."),
        ("fr", "Anderlecht s’impose 3-2, 12.345 spectateurs, de 12 à 20,18 euros. Tél. 04 12 05 20 18."),
        ("en", "Version 10.3.1 ships with section 2.4 fixed; the match ended 6-4, 7-5."),
        ("de", "Nach Paragraf 20.6 gilt Absatz 18; das Spiel endete 3:2 (1:1) vor 2018 Zuschauern."),
        ("it", "Il volo AZ 2018 è partito dal gate 12-06 con 145 passeggeri a bordo."),
        ("en", "Do not march on the bridge, the mayor may say on the radio."),
        ("nl", "Op 18 mag hij, met 20 leden; ISBN 978-90-12-12018-5; 50.8503, 4.3517; om 20.18 uur."),
    ],
)
def test_numbers_and_words_that_are_no_dates(language: str, text: str) -> None:
    """Ages, prices, scores, versions, flights, phone numbers, times."""
    assert dates(text, language) == []


def test_a_reference_in_any_form() -> None:
    """A date, an EDTF string or an EDTF date; of a month only what all its days agree on."""
    for reference in ("2018-06-20", datetime.date(2018, 6, 20), EdtfDate.parse("2018-06-20")):
        assert find_dates("gisteren", language="nl", reference=reference) == [
            DateMention(EdtfDate.parse("2018-06-19"), 0, 8)
        ]
    assert dates("vorige maand, gisteren", reference="2018-06") == [("vorige maand", "2018-05")]
    with pytest.raises(ValueError, match="not a date"):
        find_dates("gisteren", language="nl", reference="soon")


PIECES = [
    "12",
    " ",
    "juni",
    "mei",
    "2018",
    "van ",
    "tot ",
    "-",
    "/",
    "gisteren",
    "vorig jaar",
    "maandag",
    "’18",
    ", ",
    "in ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["nl", "fr", None]), st.dates())
def test_any_text(pieces: list[str], language: str | None, reference: datetime.date) -> None:
    """Whatever the text, spans lie inside it, in order, and none inside another."""
    text, last = "".join(pieces), 0
    for item in find_dates(text, language=language, reference=reference):
        assert last <= item.start < item.end <= len(text)
        last = item.end


class Counting:
    """A pattern that counts how often it is tried."""

    def __init__(self) -> None:
        self.tried: list[int] = []

    def match(self, _text: str, position: int) -> None:
        """Note the place, match nothing."""
        self.tried.append(position)


@given(st.text(alphabet="1a ' ", max_size=200), st.integers(0, 300))
def test_no_place_is_tried_twice(text: str, before: int) -> None:
    """The cost grows with the text, not with its square, however many numbers it has."""
    counting = Counting()
    assert list(read_near(text, re.compile(r"\d+"), counting, before, lambda match: match)) == []
    assert len(counting.tried) == len(set(counting.tried))


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("nl", "Sinds april is hij ziek.", "2018-04"),
        ("nl", "Sinds maandag is hij ziek.", "2018-06-18"),
        ("de", "Seit April ist er krank.", "2018-04"),
    ],
)
def test_what_began_is_past(language: str, text: str, date: str) -> None:
    """A verb in the present tense does not send a beginning into the future."""
    assert [str(found.date) for found in find_dates(text, language=language, reference="2018-06-20")] == [date]
