import datetime

import pytest

from corpus_tool.infer.date.inference import DateHabits, DateInference, DateSources
from corpus_tool.infer.date.mentions import find_dates
from corpus_tool.infer.date.publication import infer_date, publication_date, reasons
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Evidence
from corpus_tool.model.options import DATE_METHODS, DateOptions
from corpus_tool.model.record import Stated
from tests.unit.building import PROSE


def answer(text: str, language: str | None = None, **more: object) -> str | None:
    """The publication date inferred, as EDTF."""
    found = infer_date(text, language=language, **more)
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
        f"{PROSE}\n\n" * 100 + "18 juni 2018" + f"\n\n{PROSE}" * 100,
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
        found = infer_date(text, language="nl", **sources)
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
    found = infer_date("", language="nl", **sources)
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
        found = infer_date(text, language="nl", **sources)
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
    """Every explicit date of a text with its span; impossible ones are left out."""
    text = "Op 18 juni 2018, in maart 2019 en op 31 juni 2018; op 4 juli ook, en op 03/04/2018."
    found = find_dates(text, language="nl")
    assert [str(item.date) for item in found] == ["2018-06-18", "2019-03", "XXXX-07-04", "2018-04-03"]
    assert [text[item.start : item.end] for item in found] == ["18 juni 2018", "maart 2019", "4 juli", "03/04/2018"]
    assert find_dates(PROSE) == []


QUIET = "De raad keurde het plan voor de oude haven goed. Het debat duurde tot na middernacht."
YEARLESS = f"BRUSSEL, 18 juni (Belga) - {QUIET}"


def weighed(sources: DateSources, **options: object) -> DateInference:
    """What the sources say together, where they say anything."""
    found = publication_date(sources, DateOptions(**options))
    assert found is not None
    return found


def test_a_deduced_date_is_stronger_than_an_imprint() -> None:
    """Below dated lines stands what a pair gives, below that an imprint, which is an alternative where it differs."""
    pair = "Gisteren, 19 juni 2018, keurde de raad het plan goed."
    for month, alternatives in (("juni", []), ("juli", ["2018-07"])):
        found = infer_date(f"Nummer 4, {month} 2018\n{pair}", language="nl")
        assert found is not None
        assert (str(found.date), found.method) == ("2018-06-20", "deduced")
        assert [str(date) for date in found.alternatives] == alternatives


def test_three_sources_of_which_two_agree() -> None:
    """The stronger and the one that makes it precise are evidence; the third is an alternative."""
    found = infer_date(
        f"BRUSSEL, 1 juli 2019 (Belga) - {QUIET}", language="nl", fields={"date": "2018-06"}, name="x_2018-06-20.txt"
    )
    assert found is not None
    assert (str(found.date), found.method) == ("2018-06-20", "field+name")
    assert [(evidence.where, evidence.text) for evidence in found.evidence] == [
        ("field", "2018-06"),
        ("name", "2018-06-20"),
    ]
    assert [str(date) for date in found.alternatives] == ["2019-07-01"]


@pytest.mark.parametrize(
    ("options", "habits", "date", "method"),
    [
        ({}, None, "XXXX-06-18", "dateline"),
        ({"reference": EdtfDate.parse("2019-03-02")}, None, "2018-06-18", "dateline+reference"),
        ({"reference": EdtfDate.parse("2019-06-18")}, None, "2019-06-18", "dateline+reference"),
        ({"reference": EdtfDate.parse("2019-06-17")}, None, "2018-06-18", "dateline+reference"),
        ({"reference": EdtfDate.parse("2017")}, None, "2017-06-18", "dateline+reference"),
        ({"reference": EdtfDate.parse("2017/..")}, None, "XXXX-06-18", "dateline"),
        ({"assume_year": 2016}, None, "2016-06-18", "dateline+assumed-year"),
        ({}, DateHabits("pers", year=2015), "2015-06-18", "dateline+folder-year"),
        ({"assume_year": 2016}, DateHabits("pers", year=2015), "2016-06-18", "dateline+assumed-year"),
        (
            {"reference": EdtfDate.parse("2019-03-02")},
            DateHabits("pers", year=2015),
            "2018-06-18",
            "dateline+reference",
        ),
    ],
)
def test_the_year_of_a_day_without_one(
    options: dict[str, object], habits: DateHabits | None, date: str, method: str
) -> None:
    """The one assumed, else that of the last such day up to the reference, else the folder's; the method says which."""
    found = weighed(DateSources(YEARLESS, "nl", habits=habits), **options)
    assert (str(found.date), found.method) == (date, method)
    plain = weighed(DateSources(YEARLESS, "nl"))
    assert (found.confidence < plain.confidence) == ("+" in method)


def test_a_day_that_the_year_does_not_have() -> None:
    """29 February stays without a year where the year of the anchor has none."""
    text = f"BRUSSEL, 29 februari (Belga) - {QUIET}"
    assert str(weighed(DateSources(text, "nl"), assume_year=2016).date) == "2016-02-29"
    assert str(weighed(DateSources(text, "nl"), assume_year=2015).date) == "XXXX-02-29"


def test_a_full_date_needs_no_anchor() -> None:
    """Neither an assumed year nor that of the folder touches a date that has one."""
    found = weighed(
        DateSources(f"BRUSSEL, 18 juni 2018 (Belga) - {QUIET}", "nl", habits=DateHabits("pers", year=2015)),
        assume_year=2016,
    )
    assert (str(found.date), found.method) == ("2018-06-18", "dateline")


def test_later_dates_leave_the_floor_to_others() -> None:
    """What lies after the reference is no answer and no alternative; the next source that speaks is."""
    sources = DateSources(YEARLESS, "nl", "krant_2018-03-03.txt", "https://a.org/2020/02/02/kop")
    found = weighed(sources, reference=EdtfDate.parse("2018-12-31"))
    assert (str(found.date), found.method) == ("2018-03-03", "name")
    assert [str(date) for date in found.alternatives] == ["2018-06-18"]


def test_a_reference_that_is_no_date() -> None:
    """Is an error of the caller."""
    with pytest.raises(ValueError, match="gisteren"):
        infer_date(QUIET, reference="gisteren")


ALL_SOURCES = DateSources(
    f"Nummer 4, juni 2018\nBRUSSEL, 18 juni 2018 (Belga) - {QUIET}",
    "nl",
    "krant_2018-03-03.txt",
    "https://a.org/2018/02/02/kop",
    {"date": Stated.in_field("2018-01-01")},
)


@pytest.mark.parametrize(
    ("methods", "date", "method", "others"),
    [
        (("url", "name"), "2018-02-02", "url", ["2018-03-03"]),
        (("name", "url"), "2018-02-02", "url", ["2018-03-03"]),
        (("name",), "2018-03-03", "name", []),
        (("dateline", "imprint"), "2018-06-18", "dateline", []),
        (("imprint",), "2018-06", "imprint", []),
    ],
)
def test_only_some_sources_may_speak(methods: tuple[str, ...], date: str, method: str, others: list[str]) -> None:
    """Those that are named, by trust and not in the order named; the others are no alternatives either."""
    found = weighed(ALL_SOURCES, methods=methods)
    assert (str(found.date), found.method) == (date, method)
    assert [str(date) for date in found.alternatives] == others
    assert weighed(ALL_SOURCES).method == "field"


def test_no_source_that_may_speak_says_anything() -> None:
    """There is no date then; an update is told all the same."""
    assert publication_date(ALL_SOURCES, DateOptions(methods=("byline",))) is None
    updated = DateSources(f"Bijgewerkt op 19 juni 2018\n{QUIET}", "nl", "krant_2018-03-03.txt")
    found = weighed(updated, methods=("byline",))
    assert (found.date, str(found.modified)) == (None, "2018-06-19")


def test_every_method_that_answers_can_be_asked_for() -> None:
    """What `--date-from` takes are the names that the library gives."""
    texts = [YEARLESS, "Publié le 18 juin 2018", "Door An Peeters | 18/06/2018", "18 juni 2018", "Zomer 2018"]
    texts += ["date: 2018-06", "Gisteren, 19 juni 2018, was er feest."]
    answers = [infer_date(text, language="nl") for text in texts]
    answers += [infer_date("", name="a_2018-06-18.txt"), infer_date("", url="https://a.org/2018/06/18/")]
    answers += [infer_date("", fields={"date": "2018"})]
    assert {found.method for found in answers if found} == {*DATE_METHODS}


def test_the_evidence_of_a_folder_is_its_path() -> None:
    """What other files of the folder teach is quoted from the path of the article."""
    path = "pers/2018/a.txt"
    found = weighed(DateSources(f"Posted 03/04/2018\n{QUIET}", habits=DateHabits("pers/2018", "dmy")))
    assert [evidence.rule for evidence in found.evidence] == ["numeric", "folder-dmy"]
    assert found.evidence[1] == Evidence("pers/2018", "name", 0, 9, "folder-dmy")
    assert path[: found.evidence[1].end] == found.evidence[1].text


def told(sources: DateSources, **options: object) -> dict[str, list[str]]:
    """What each kind of source says, by kind."""
    kinds: dict[str, list[str]] = {}
    for kind, said in reasons(sources, DateOptions(**options)):
        kinds.setdefault(kind, []).append(said)
    return kinds


def test_reasons_name_every_kind_of_source_once_by_trust() -> None:
    """Also the silent ones, for who asks why there is no date."""
    kinds = [kind for kind, _ in reasons(DateSources(QUIET, "nl"))]
    assert kinds == ["stated date", "URL", "file name", "dated lines", "relative pairs", "imprint"]
    assert {said for _, said in reasons(DateSources(QUIET, "nl"))} == {""}


def test_reasons_say_what_became_of_each() -> None:
    """Taken, differs, agrees and is more precise, agrees; with the date, the words and the method."""
    sources = DateSources(
        f"Nummer 4, juli 2018\n{YEARLESS}", "nl", "krant_2018-06-18.txt", None, {"date": Stated.in_field("2018-06")}
    )
    said = told(sources)
    assert said["stated date"] == ["2018-06, “2018-06”, field: taken, the most trusted that speaks"]
    assert said["file name"] == ["2018-06-18, “2018-06-18”, name: agrees and is more precise"]
    assert said["dated lines"] == ["XXXX-06-18, “18 juni”, dateline: agrees"]
    assert said["imprint"] == ["2018-07, “juli 2018”, imprint: differs, kept as an alternative"]
    assert said["URL"] == said["relative pairs"] == [""]


def test_reasons_say_which_were_not_asked() -> None:
    """Where only some sources may speak, the others are not said to be silent."""
    said = told(ALL_SOURCES, methods=("dateline",))
    assert said["dated lines"] == ["2018-06-18, “18 juni 2018”, dateline: taken, the most trusted that speaks"]
    assert {kind for kind, words in said.items() if words == ["not asked"]} == {*said} - {"dated lines"}


def test_reasons_fit_the_answer() -> None:
    """What is taken is the answer's, and every alternative is one that differs."""
    found = weighed(ALL_SOURCES)
    said = [words for _, words in reasons(ALL_SOURCES) if words]
    assert sum("taken" in words for words in said) == 1
    assert [words.split(",")[0] for words in said if "differs" in words] == [str(date) for date in found.alternatives]


@pytest.mark.parametrize("value", ["2018-06-20", " mercredi 20 juin 2018 à 8h00", "20/06/2018"])
def test_evidence_of_a_field_points_at_its_value(value: str) -> None:
    """Offsets are those of the value that was given, in a field as in a URL beside it."""
    url = "https://a.org/x/2018/06/20/kop"
    for sources in ({"fields": {"date": value}}, {"fields": {"date": "2018"}, "url": url}):
        found = infer_date("", language="fr", **sources)
        assert found is not None
        assert str(found.date) == "2018-06-20"
        for evidence in found.evidence:
            given = url if evidence.where == "url" else sources["fields"]["date"]
            assert given[evidence.start : evidence.end] == evidence.text


def test_a_value_that_is_no_date_hides_none_that_is() -> None:
    """Of two values for the date, and of a field and a header, the one that is a date counts."""
    assert answer("", fields={"date": "2018-06-18", "datum": "onbekend"}) == "2018-06-18"
    assert answer("", fields={"date": "onbekend", "datum": "2018-06-18"}) == "2018-06-18"
    found = infer_date("Datum: 18/06/2018\n\nDe raad.", language="nl", fields={"date": "onbekend"})
    assert found is not None
    assert (str(found.date), found.method) == ("2018-06-18", "header")


def test_a_leap_day_gets_the_last_year_that_has_one() -> None:
    """29 February before June 2018 was in 2016."""
    found = infer_date("BRUSSEL, 29 februari (Belga) - De raad kwam bijeen.", language="nl", reference="2018-06-19")
    assert str(found and found.date) == "2016-02-29"


def test_a_marker_before_a_very_long_line() -> None:
    """The first line need not end within the window of headers."""
    assert answer(" date 2018-06 " + "woord " * 1000) == "2018-06"
