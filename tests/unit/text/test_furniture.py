import time

import pytest

from corpus_tool.text.furniture import MARKER, is_byline, is_date_line, is_dateline, is_title, valid_marker_date

DATELINES = [
    "BRUSSEL, 18 juni (Belga) - De raad",
    "BRUXELLES (Belga) – Le conseil",
    "PARIS, 15 avril 2019 (AFP) - Le feu",
    "WASHINGTON, June 19, 2018 (AP) — The House",
    "Berlin (dpa) - Der Senat",
    "NEW YORK (AP) -- The city",
    "Wien, 3. Mai 2017 (APA) - Der",
    "’s-Gravenhage (ANP) - Het kabinet",
    "Bruxelles, 18 juin 2018, (Belga) - Le",
    "Paris, le 15 avril 2019 - Le",
    "LONDON (Reuters): The",
    "SINT-NIKLAAS - De raad keurde het plan goed.",
    "GENT/ANTWERPEN – „Dit kan niet”, zei hij.",
]
BYLINES = [
    "Door onze redactie",
    "Par la rédaction | 20/06/2018",
    "By the newsroom, June 24, 2016",
    "Par Prénom Nom",
    "By Jane Doe",
    "Von Max Müller",
    "Door Jan Peeters en Els de Wit",
    "Par Jean Dupont avec AFP",
    "Van onze correspondent",
    "De notre correspondant à Paris",
    "Van onze verslaggever Jan Peeters",
    "Von unserem Korrespondenten",
    "Tekst: Jan Peeters",
    "Redactie",
    "By Jane Doe, Science Editor",
    "Door Els de Wit, 18 juni 2018",
    "Par l’envoyé spécial",
    "Par AFP",
    "BY JANE DOE",
    "DOOR ONZE REDACTIE",
]
DATE_LINES = [
    "maandag 18 juni 2018",
    "Lundi 18 juin 2018 à 10h30",
    "Publié le 20 juin 2018",
    "18/06/2018",
    "June 19, 2018",
    "2018-06-20",
    "Bijgewerkt op 18 juni 2018 om 12:30",
    "Montag, 18. Juni 2018",
    "Mon 18 Jun 2018 10.30 BST",
    "Brussel, 18 juni 2018",
    "Le Soir, 18 juin 2018",
    "18 juin 2018 | Politique",
    "Published: 20 June 2018, 10:30 AM",
]
TITLES = [
    "Microsoft: twee stoelen - een analyse",
    "Anderlecht - Club Brugge 2-1",
    "INTERVIEW - Een schepen spreekt",
    "NAVO-top in Gent",
    "Door brand verwoeste school weer open",
    "Par ici la sortie",
    "Par temps de crise, le conseil hésite",
    "By the book: how a mayor lost",
    "Von Berlin nach Paris: eine Reise",
    "Von der Leyen reist nach Kiew",
    "Redactie krant staakt drie dagen",
    "Notre avenir en jeu",
    "Text messages reveal plot",
    "Door Brussel fietsen",
    "België gaat op slot tot minstens 5 april",
    "Attentats du 22 mars 2016",
    "Brand in juni 2018",
    "14 juli in Parijs",
    "1 mei zonder stoet",
    "Le 11 novembre, jour de mémoire",
    "Mai 1968: was bleibt",
    "Verkiezingen 2019",
    "2018 was het warmste jaar",
    "Wat nu? Vijf vragen over de fusie",
    "Brexit op 31 oktober 2019",
    "Trump (72) - een profiel",
]
NO_TITLES = [
    "De raad keurde het goed.",
    "Hij zei “ja.”",
    "Wat nu?",
    "Nee!",
    "Komt terug…",
    "Il a dit « non ! »",
    "„Wir schaffen das.“",
    "",
    "123",
    "- een punt",
    "1. een punt",
    "Zoals gezegd:",
    "Het ging mis. De raad stemde",
    "woord " * 50,
]


@pytest.mark.parametrize("line", DATELINES)
def test_place_with_date_or_agency_and_a_dash_is_a_dateline(line: str) -> None:
    """Datelines of four languages are known, and are no titles."""
    assert is_dateline(line)
    assert not is_title(line)


@pytest.mark.parametrize("line", BYLINES)
def test_staff_and_names_make_a_byline(line: str) -> None:
    """Who wrote it, with what may follow a name, is no title."""
    assert is_byline(line)
    assert not is_title(line)


@pytest.mark.parametrize("line", DATE_LINES)
def test_a_date_that_stands_apart_makes_a_date_line(line: str) -> None:
    """Weekday, time, cue, place, outlet and section may stand beside the date."""
    assert is_date_line(line)
    assert not is_title(line)


@pytest.mark.parametrize("line", TITLES)
def test_a_headline_is_no_furniture(line: str) -> None:
    """Headlines that begin like a byline, hold a dash, or hold a date stay headlines."""
    assert is_title(line)
    assert not any((is_dateline(line), is_byline(line), is_date_line(line)))


@pytest.mark.parametrize("line", NO_TITLES)
def test_sentences_lists_and_open_lines_are_no_titles(line: str) -> None:
    """A sentence mark ends a title's chances, also inside closing quotation marks."""
    assert not is_title(line)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (" date 2018-06 Vorige week", "2018-06"),
        ("DATE: 2018\nx", "2018"),
        ("datum 2018-06-20", "2018-06-20"),
        ("date : 2018-06-20 x", "2018-06-20"),
    ],
)
def test_a_marker_opens_a_line(text: str, date: str) -> None:
    """The word, an optional colon and an ISO date, at a line's start."""
    match = MARKER.search(text)
    assert match is not None
    assert match["date"] == date


@pytest.mark.parametrize("text", ["de date 2018", "date 20181", "date 2018-6", "dates 2018", "date18", "date: juin"])
def test_other_words_and_dates_are_no_markers(text: str) -> None:
    """Inside a line, without a blank, or with another form of date there is no marker."""
    assert MARKER.search(text) is None


@pytest.mark.parametrize(
    ("value", "valid"), [("2018", True), ("2018-06", True), ("2018-13", False), ("2018-02-30", False), ("0123", False)]
)
def test_a_marker_date_exists_and_is_of_the_press_age(value: str, valid: bool) -> None:
    """Months and days exist, and years are those in which papers appeared."""
    assert valid_marker_date(value) is valid


@pytest.mark.parametrize("unit", ["A-", "Aa ", "Aa, ", "de la ", "18 juni ", "’", "(", "| ", "Door Jan ", "1/2/", "d’"])
def test_time_is_bounded_on_long_lines(unit: str) -> None:
    """No repetition of what a shape is made of takes long to judge."""
    started = time.perf_counter()
    for size in (110, 190, 100_000):
        line = (unit * size)[:size] + "\x01"
        is_title(line), is_dateline(line), is_byline(line), is_date_line(line)
    assert time.perf_counter() - started < 1
