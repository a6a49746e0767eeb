import datetime

import pytest

from corpus_tool.infer.date.publication import DateInference, find_dates, infer_date
from tests.unit.building import PROSE


def answer(text: str, language: str | None = None, **more: object) -> str | None:
    """The publication date inferred, as EDTF."""
    found = infer_date(text, language=language, **more)  # type: ignore[arg-type]
    return None if found is None or found.date is None else str(found.date)


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        (f" date 2018-06 {PROSE}", "nl", "2018-06"),
        (f"datum: 2018-06-20\ntitel: Kop\n\n{PROSE}", "nl", "2018-06-20"),
        (f"Titel: Kop\nGepubliceerd op: maandag 18 juni 2018\n\n{PROSE}", "nl", "2018-06-18"),
        (f"---\ntitle: Kop\ndate: 2018-06-20T16:32:00+02:00\n---\n{PROSE}", "en", "2018-06-20"),
        (f"ID=7;DATE=20180620;LANG=fr\n{PROSE}", "fr", "2018-06-20"),
        (f"BRUSSEL, 18 juni 2018 (Belga) - {PROSE}", "nl", "2018-06-18"),
        (f"BRUSSEL, 18 juni (Belga) - {PROSE}", "nl", "XXXX-06-18"),
        (f"Paris, le 3 mai 2019. {PROSE}", "fr", "2019-05-03"),
        (f"Roma, 1° maggio 2018 - {PROSE}", "it", "2018-05-01"),
        (f"18 juni 2018 - Wet van 2 februari 1994 gewijzigd\n\n{PROSE}", "nl", "2018-06-18"),
        (f"Kop van het stuk\n18/06/18 | Redactie\n{PROSE}", "nl", "2018-06-18"),
        (f"Le 18/06/18 à 16h32, par la rédaction\n{PROSE}", "fr", "2018-06-18"),
        (f"Stand: 20. Juni 2018 16:32 Uhr\n{PROSE}", "de", "2018-06-20"),
        (f"20 de junio de 2018 a las 16:32\n{PROSE}", "es", "2018-06-20"),
        (f"di Anna Verdi - 05/09/2017 ore 18:40\n{PROSE}", "it", "2017-09-05"),
        (f"Par Jean Martin | 03/04/2018\n{PROSE}", "fr", "2018-04-03"),
        (f"Posted 03/04/2018\n{PROSE}", "en", "2018"),
        (f"{PROSE}\nPublié le 22 mars 2016 à 8h00", "fr", "2016-03-22"),
    ],
)
def test_what_shows_the_date(text: str, language: str, date: str) -> None:
    """Stated headers, datelines, and lines at the top that are there for their date."""
    assert answer(text, language) == date


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "Op 18 juni 2018 keurde de raad het plan goed, zei de schepen gisteren.",
        "18 juni 2018, de dag waarop alles veranderde, staat in ieders geheugen.",
        "De wet van 15 december 1980 wordt herzien, zegt de minister vandaag.",
        "Geboren op 5 oktober 1943 te Namen, begon de zanger in 1962 te zingen.",
        "Vanaf 1 januari 2030 mogen dieselwagens de stad niet meer in.",
        f"{PROSE}\n13 november 2015 - Zware aanslagen treffen het hart van Parijs",
        f"31 juni 2018\n{PROSE}",
        f"datum: 2018-13-01\n\n{PROSE}",
        f"{PROSE}\n\n" * 40 + "18 juni 2018",
        "",
    ],
)
def test_what_does_not_show_the_date(text: str) -> None:
    """Dates in running text, laws, births, chronologies, impossible days and the far end of a text say nothing."""
    assert answer(text, "nl") is None


@pytest.mark.parametrize(
    ("text", "date", "modified"),
    [
        ("Publié le 20/06/2018 à 16h32 | Mis à jour le 22/06/2018 à 09h10", "2018-06-20", "2018-06-22"),
        ("Gepubliceerd op 18 juni 2018\nLaatst gewijzigd: 19 juni 2018", "2018-06-18", "2018-06-19"),
        ("Aktualisiert am 22.06.2018, veröffentlicht am 20.06.2018", "2018-06-20", "2018-06-22"),
        ("Actualizado 23/06/2018 10:05 | Publicado 20/06/2018 21:30", "2018-06-20", "2018-06-23"),
        ("Bijgewerkt op 19 juni 2018", None, "2018-06-19"),
    ],
)
def test_an_update_is_told_from_the_publication(text: str, date: str | None, modified: str) -> None:
    """The cue right before a date says which of the two it is."""
    found = infer_date(f"{text}\n{PROSE}", language="fr")
    assert isinstance(found, DateInference)
    assert (None if found.date is None else str(found.date), str(found.modified)) == (date, modified)
    assert (found.method is None) == (date is None)


def test_the_order_of_trust() -> None:
    """Header > URL > file name > dateline; what differs becomes an alternative."""
    sources = {
        "fields": {"datum": "2018-01-01"},
        "url": "https://example.org/2018/02/02/kop",
        "name": "krant_2018-03-03.txt",
    }
    text = f"BRUSSEL, 4 april 2018 (Belga) - {PROSE}"
    order = ["2018-01-01", "2018-02-02", "2018-03-03", "2018-04-04"]
    for number, key in enumerate((*sources, None)):
        found = infer_date(text, language="nl", **sources)  # type: ignore[arg-type]
        assert found is not None
        assert [str(found.date), *map(str, found.alternatives)] == order[number:]
        if key:
            del sources[key]


def test_confidence_falls_with_a_conflict() -> None:
    """A date that something contradicts is less sure, and never surer than certain."""
    alone = infer_date(f" date 2018-06 {PROSE}")
    contradicted = infer_date(f" date 2018-06 {PROSE}", name="krant_2019-01-01.txt")
    assert alone is not None
    assert contradicted is not None
    assert 0 < contradicted.confidence < alone.confidence <= 1


@pytest.mark.parametrize(
    ("sources", "date", "rules"),
    [
        ({"fields": {"date": "2018-06"}, "name": "x/2018-06-20.txt"}, "2018-06-20", ["field", "name-day"]),
        ({"fields": {"date": "2018"}, "url": "https://a.org/2018/06/"}, "2018-06", ["field", "url-month"]),
        ({"fields": {"date": "18 juni"}, "name": "krant_2018.txt"}, "2018-06-18", ["field", "name-year"]),
        ({"fields": {"date": "2018-06-20"}, "name": "krant_2018-06.txt"}, "2018-06-20", ["field"]),
    ],
)
def test_a_weaker_source_that_agrees_adds_precision(sources: dict[str, object], date: str, rules: list[str]) -> None:
    """Two sources that agree give what both know, each with its evidence; one that adds nothing is not named."""
    found = infer_date("", language="nl", **sources)  # type: ignore[arg-type]
    assert found is not None
    assert str(found.date) == date
    assert [evidence.rule for evidence in found.evidence] == rules
    assert found.alternatives == ()


def test_a_dateline_without_a_year_gets_it_from_the_header() -> None:
    """A header that says the month and a dateline that says the day make one date."""
    found = infer_date(f" date 2018-06 \nBRUSSEL, 18 juni (Belga) - {PROSE}", language="nl")
    assert found is not None
    assert (str(found.date), found.method) == ("2018-06-18", "header+dateline")


def test_evidence_points_at_the_text() -> None:
    """Offsets are those of the text given, of the name, of the URL."""
    text = f"Kop\nGepubliceerd op 18 juni 2018 om 8:15\n{PROSE}"
    for sources, where, value in (
        ({}, "text", text),
        ({"name": "x/krant_2018-06-18.txt"}, "name", "x/krant_2018-06-18.txt"),
        ({"url": "https://a.org/2018/06/18/"}, "url", "https://a.org/2018/06/18/"),
    ):
        found = infer_date(text, language="nl", **sources)  # type: ignore[arg-type]
        assert found is not None
        [evidence] = found.evidence
        assert evidence.where == where
        assert value[evidence.start : evidence.end] == evidence.text


def test_a_date_after_the_reference_is_no_answer() -> None:
    """The last day the article can have appeared, as EDTF or as a day; it is never itself the answer."""
    text = f" date 2018-06-20 {PROSE}"
    assert answer(text, reference="2018-06-20") == "2018-06-20"
    assert answer(text, reference=datetime.date(2018, 6, 19)) is None
    assert answer(text, reference="2018-05") is None
    assert answer(text, reference="2018") == "2018-06-20"
    assert answer(PROSE, reference="2018") is None


def test_fields_by_any_label() -> None:
    """Stated values come under any known label; what is no date label says nothing."""
    assert answer("", fields={"Publicatiedatum": "18 juni 2018"}) == "2018-06-18"
    assert answer("", fields={"oplage": "2018-06-18"}) is None


def test_find_dates() -> None:
    """Every explicit date of a text with its span; impossible ones and those without a year are left out."""
    text = "Op 18 juni 2018, in maart 2019 en op 31 juni 2018; op 4 juli ook, en op 03/04/2018."
    found = find_dates(text, language="nl")
    assert [str(item.date) for item in found] == ["2018-06-18", "2019-03", "2018-04-03"]
    assert [text[item.start : item.end] for item in found] == ["18 juni 2018", "maart 2019", "03/04/2018"]
    assert find_dates(PROSE) == []
