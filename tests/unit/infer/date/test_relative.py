import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.infer.date.relative import Relative, find_relative
from corpus_tool.infer.date.resolve import Meaning, resolve
from corpus_tool.model.edtf import EdtfDate

WEDNESDAY = datetime.date(2018, 6, 20)


@pytest.mark.parametrize(
    ("language", "text", "span", "unit", "offset"),
    [
        ("nl", "Gisteravond brandde het.", "Gisteravond", "day", -1),
        ("nl", "Hij komt overmorgen.", "overmorgen", "day", 2),
        ("nl", "vorige week", "vorige week", "week", -1),
        ("nl", "het afgelopen weekend", "afgelopen weekend", "weekend", -1),
        ("nl", "komende maandagavond", "komende maandagavond", "weekday", 1),
        ("nl", "drie weken geleden", "drie weken geleden", "week", -3),
        ("nl", "over 2 maanden", "over 2 maanden", "month", 2),
        ("nl", "begin volgend jaar", "begin volgend jaar", "year", 1),
        ("nl", "in januari", "januari", "month", None),
        ("nl", "eind mei", "eind mei", "month", None),
        ("nl", "op maandag", "maandag", "weekday", None),
        ("fr", "il l’a dit hier soir", "hier soir", "day", -1),
        ("fr", "la semaine dernière", "semaine dernière", "week", -1),
        ("fr", "l’an dernier", "an dernier", "year", -1),
        ("fr", "ce mois-ci", "ce mois-ci", "month", 0),
        ("fr", "Il y a trois jours, elle est partie", "Il y a trois jours", "day", -3),
        ("fr", "en juin dernier", "juin dernier", "month", -1),
        ("en", "the day before yesterday", "the day before yesterday", "day", -2),
        ("en", "two years ago", "two years ago", "year", -2),
        ("en", "last summer", "last summer", "summer", -1),
        ("de", "am gestrigen Dienstag", "gestrigen Dienstag", "day", -1),
        ("de", "vor zwei Wochen", "vor zwei Wochen", "week", -2),
        ("de", "im vergangenen Jahr", "vergangenen Jahr", "year", -1),
        ("es", "pasado mañana", "pasado mañana", "day", 2),
        ("es", "el mes que viene", "mes que viene", "month", 1),
        ("it", "l’altro ieri", "l’altro ieri", "day", -2),
        ("it", "quest’anno", "quest’anno", "year", 0),
        ("pt", "na semana passada", "semana passada", "week", -1),
        ("pt", "na próxima segunda-feira", "próxima segunda-feira", "weekday", 1),
    ],
)
def test_an_expression(language: str, text: str, span: str, unit: str, offset: int | None) -> None:
    """Its span without the preposition, what it counts, and how many of them away."""
    found = list(find_relative(text, language))
    assert [(text[item.start : item.end], item.unit, item.offset) for item in found] == [(span, unit, offset)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "’s Morgens leest hij De Morgen; de volgende dag niet. Hier, elke maandag, Goede Vrijdag."),
        ("nl", "Mei Li en April zaten ma en do in de trein; een half jaar geleden, een paar dagen later."),
        (
            "fr",
            "Le lundi, avril marche sur mars ; les jeunes d’aujourd’hui ; du lundi au vendredi ; le vendredi saint.",
        ),
        ("en", "They may march on Sundays; every Monday the sun sat. Good Friday. The next day. The boy of tomorrow."),
        ("de", "Am Morgen, eines Morgens, guten Morgen; der Morgen kam. Frau Sonntag hört Herrn Freitag."),
        ("es", "Por la mañana, la mañana, los lunes, hoy en día."),
        ("it", "Il lunedì, al giorno d’oggi, ogni sabato."),
        ("pt", "De manhã, a segunda parte, hoje em dia, às segundas-feiras."),
        (None, "Hier, morgen, demain, mañana, oggi."),
        ("ja", "gisteren"),
    ],
)
def test_what_is_none(language: str | None, text: str) -> None:
    """Habits, mornings, names, feasts, and words that mean something else in another language."""
    assert [text[item.start : item.end] for item in find_relative(text, language)] == []


def test_without_a_language() -> None:
    """Words that mean the same wherever they occur."""
    text = "Gisteren, last Monday, la semaine dernière, vor zwei Wochen."
    found = [text[item.start : item.end] for item in find_relative(text, None)]
    assert found == ["Gisteren", "last Monday", "semaine dernière", "vor zwei Wochen"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("juni vorig jaar", "2017-06"),
        ("zomer van vorig jaar", "2017-22"),
        ("maandag vorige week", "2018-06-11"),
        ("volgende week dinsdag", "2018-06-26"),
    ],
)
def test_in_a_year_or_week_that_is_said(text: str, date: str) -> None:
    """`maandag vorige week` needs no tense."""
    (item,) = find_relative(text, "nl")
    assert str(item.resolve(WEDNESDAY)) == date


@pytest.mark.parametrize(
    ("meaning", "past", "date"),
    [
        (Meaning("day", -1), None, "2018-06-19"),
        (Meaning("weekday", None, 0), None, "2018-06-18"),
        (Meaning("weekday", None, 2), True, "2018-06-20"),
        (Meaning("weekday", None, 2), False, "2018-06-27"),
        (Meaning("weekday", -1, 2), None, "2018-06-13"),
        (Meaning("weekday", 1, 4), None, "2018-06-22"),
        (Meaning("weekday", 0, 4), False, "2018-06-22"),
        (Meaning("week", -1), None, "2018-06-11/2018-06-17"),
        (Meaning("weekend", -1), None, "2018-06-16/2018-06-17"),
        (Meaning("weekend", 0), None, "2018-06-23/2018-06-24"),
        (Meaning("weekend", 0), True, "2018-06-16/2018-06-17"),
        (Meaning("weekend", 1), None, "2018-06-23/2018-06-24"),
        (Meaning("month", -6), None, "2017-12"),
        (Meaning("month", None, 1), None, "2018-01"),
        (Meaning("month", None, 9), True, "2017-09"),
        (Meaning("month", None, 9), False, "2018-09"),
        (Meaning("month", -1, 6), None, "2017-06"),
        (Meaning("month", 1, 6), None, "2019-06"),
        (Meaning("monthday", -1, 618), None, "2018-06-18"),
        (Meaning("monthday", 1, 618), None, "2019-06-18"),
        (Meaning("summer", -1), None, "2017-22"),
        (Meaning("summer", 0), None, "2018-22"),
        (Meaning("summer", 1), None, "2019-22"),
        (Meaning("winter", -1), None, "2017-24"),
        (Meaning("year", -10), None, "2008"),
        (Meaning("quarter", -1), None, "2018-01/2018-03"),
        (Meaning("decade", -1), None, "200X"),
        (Meaning("century", -1), None, "19XX"),
    ],
)
def test_what_it_stands_for(meaning: Meaning, past: bool | None, date: str) -> None:
    """Counted from a Wednesday in June, at the precision of the unit."""
    assert str(resolve(meaning, WEDNESDAY, past)) == date


@pytest.mark.parametrize(
    ("unit", "reference", "date"),
    [
        ("month", "2018-06", "2018-05"),
        ("year", "2018-06", "2017"),
        ("day", "2018-06", None),
        ("year", "XXXX-06-18", None),
    ],
)
def test_a_reference_longer_than_a_day(unit: str, reference: str, date: str | None) -> None:
    """Only what all its days agree on is known."""
    found = resolve(Meaning(unit, -1), EdtfDate.parse(reference), None)
    assert (None if found is None else str(found)) == date


def test_how_long_it_took_is_no_date() -> None:
    """`in three days` lies ahead unless the sentence is in the past."""
    (item,) = find_relative("in three days", "en")
    assert item.resolve(WEDNESDAY, past=True) is None
    assert str(item.resolve(WEDNESDAY)) == "2018-06-23"


@given(
    st.sampled_from(["day", "weekday", "week", "weekend", "month", "monthday", "winter", "summer", "year", "quarter"]),
    st.none() | st.integers(-999, 999),
    st.integers(0, 1231),
    st.dates(),
    st.none() | st.booleans(),
)
def test_any_expression_gives_a_date_or_none(
    unit: str, offset: int | None, value: int, day: datetime.date, past: bool | None
) -> None:
    """Beyond the calendar there is none."""
    Relative(0, 1, "any", unit, offset, value).resolve(day, past)
