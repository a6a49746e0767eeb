import pytest

from corpus_tool.infer.date.expressions import find_expressions
from corpus_tool.infer.date.reading import Reading, fold
from corpus_tool.infer.date.vague import find_long_periods


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("nl", "zomer van 2018", "2018-22"),
        ("nl", "najaar 2018", "2018-23"),
        ("nl", "zomer ’68", "1968-22"),
        ("nl", "winter 2008/2009", "2008-24"),
        ("nl", "winter 2008-09", "2008-24"),
        ("fr", "été 2018", "2018-22"),
        ("fr", "printemps de 2018", "2018-21"),
        ("en", "Spring 2018", "2018-21"),
        ("en", "fall of 2018", "2018-23"),
        ("de", "Frühjahr 2018", "2018-21"),
        ("es", "verano de 2018", "2018-22"),
        ("it", "estate del 2018", "2018-22"),
        ("pt", "verão de 2018", "2018-22"),
        ("nl", "tweede kwartaal van 2018", "2018-04/2018-06"),
        ("fr", "1er trimestre 2018", "2018-01/2018-03"),
        ("en", "Q2 2018", "2018-04/2018-06"),
        ("en", "2018-Q4", "2018-10/2018-12"),
        ("fr", "premier semestre 2018", "2018-01/2018-06"),
        ("en", "H2 2018", "2018-07/2018-12"),
        ("nl", "week 25 van 2018", "2018-06-18/2018-06-24"),
        ("fr", "semaine 25 de 2018", "2018-06-18/2018-06-24"),
        ("de", "KW 25/2018", "2018-06-18/2018-06-24"),
        ("nl", "2018-W25", "2018-06-18/2018-06-24"),
        ("nl", "2018-W25-3", "2018-06-20"),
        ("nl", "eind mei 2018", "2018-05"),
        ("fr", "mi-juin 2018", "2018-06"),
        ("en", "mid-June 2018", "2018-06"),
        ("de", "Anfang Juni 2018", "2018-06"),
        ("es", "finales de junio de 2018", "2018-06"),
    ],
)
def test_a_period(language: str, text: str, date: str) -> None:
    """A season, quarter, half or week of a year, and the vague part of a month, which is the month."""
    sentence = f"« {text} » kwam."
    found = list(find_expressions(sentence, language))
    assert [(str(item.date), sentence[item.start : item.end]) for item in found] == [(date, text)]


@pytest.mark.parametrize("text", ["zomer 2018", "Spring 2018", "Herbst 2018", "tweede kwartaal 2018"])
def test_without_a_language(text: str) -> None:
    """The words of all languages count where none is another word elsewhere."""
    assert len(list(find_expressions(text))) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "im Fall 2018"), (None, "fall 2018"), (None, "real estate 2018"), ("ja", "Spring 2018")],
)
def test_words_that_are_seasons_elsewhere(language: str | None, text: str) -> None:
    """German `Fall` is a case, English `estate` no summer."""
    assert list(find_expressions(text, language)) == []


@pytest.mark.parametrize("text", ["week 54 van 2018", "zomer 2008/2009", "zomer 2150", "2018-W60"])
def test_an_impossible_period(text: str) -> None:
    """It is void, or not found at all."""
    assert [item.date for item in find_expressions(text, "nl") if item.date] == []


def long_periods(text: str, language: str | None) -> list[tuple[str, str]]:
    """The decades, centuries and years of a text with their dates."""
    found = find_long_periods(Reading(text, fold(text), language, None, range(1000, 2100)))
    return [(text[item.start : item.end], str(item.date)) for item in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "In de jaren 90 en de jaren ’60.", [("jaren 90", "199X"), ("jaren ’60", "196X")]),
        ("nl", "de jaren zestig, de jaren 1830", [("jaren zestig", "196X"), ("jaren 1830", "183X")]),
        ("nl", "de jaren 00", [("jaren 00", "200X")]),
        ("fr", "les années soixante-dix", [("années soixante-dix", "197X")]),
        ("en", "the 1990s and the ’80s, the nineties", [("1990s", "199X"), ("’80s", "198X"), ("nineties", "199X")]),
        ("de", "den neunziger Jahren, den 80er Jahren", [("neunziger Jahren", "199X"), ("80er Jahren", "198X")]),
        ("it", "gli anni ’90", [("anni ’90", "199X")]),
        ("nl", "de 19e eeuw en de achttiende eeuw", [("19e eeuw", "18XX"), ("achttiende eeuw", "17XX")]),
        ("fr", "au XIXe siècle", [("XIXe siècle", "18XX")]),
        ("en", "the 19th century", [("19th century", "18XX")]),
        ("de", "im 19. Jahrhundert", [("19. Jahrhundert", "18XX")]),
        ("es", "el siglo XXI", [("siglo XXI", "20XX")]),
        ("nl", "In 1968 trokken ze; sinds 2015; (2014).", [("1968", "1968"), ("2015", "2015"), ("2014", "2014")]),
        ("fr", "en 2017, depuis 2015", [("2017", "2017"), ("2015", "2015")]),
        ("nl", "medio 2017 en eind 2018", [("medio 2017", "2017"), ("eind 2018", "2018")]),
        ("nl", "tussen 2014 en 2018", [("tussen 2014 en 2018", "2014/2018")]),
        ("fr", "de 2010 à 2012", [("de 2010 à 2012", "2010/2012")]),
        ("nl", "seizoen 2017-2018", [("seizoen 2017-2018", "2017/2018")]),
        (None, "in 1968 and in de jaren zestig", [("1968", "1968"), ("jaren zestig", "196X")]),
    ],
)
def test_long_periods(language: str | None, text: str, expected: list[tuple[str, str]]) -> None:
    """Decades, centuries, ranges of years, and years that the words beside them make one."""
    assert long_periods(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Zo’n 2018 toeschouwers, kamer 2018, in 2000 gevallen, in 1500 huizen en van 2000 euro.",
        "De man (46) en de 3 anderen kregen 2.018 euro; 2014-2018 punten; in 2018-1 en in 20,18 tellen.",
        "De 30e eeuw, de 5e eeuw, jaren lang.",
    ],
)
def test_numbers_that_are_no_years(text: str) -> None:
    """Amounts, ages and numbers of things."""
    assert long_periods(text, "nl") == []
