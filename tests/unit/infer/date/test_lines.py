import pytest

from corpus_tool.infer.date.inference import DateInference
from corpus_tool.infer.date.lines import line_dates
from corpus_tool.infer.date.publication import infer_date

BODY = "De raad keurde het plan voor de oude haven goed. Het debat duurde tot na middernacht."

LIKE_AN_OUTLET = pytest.mark.xfail(strict=True, reason="two clubs with a dash look like an outlet and a place")


def inferred(text: str, language: str | None = None, **more: object) -> DateInference | None:
    """What the library infers of a text."""
    return infer_date(text, language=language, **more)


def answer(text: str, language: str | None = None) -> tuple[str | None, str | None]:
    """The publication date of a text and its method; twice None where there is no date."""
    found = inferred(text, language)
    return (None, None) if found is None or found.date is None else (str(found.date), found.method)


PUBLISHED = [
    ("nl", "Gepubliceerd op 18 juni 2018"),
    ("nl", "Verschenen op maandag 18 juni 2018"),
    ("fr", "Publié le 18 juin 2018"),
    ("fr", "Mis en ligne le lundi 18 juin 2018 à 9h15"),
    ("en", "Published on 18 June 2018"),
    ("en", "Posted June 18, 2018"),
    ("de", "Veröffentlicht am 18. Juni 2018"),
    ("de", "Erschienen am 18.06.2018"),
    ("es", "Publicado el 18 de junio de 2018"),
    ("it", "Pubblicato il 18 giugno 2018"),
    ("pt", "Publicado em 18 de junho de 2018"),
]

UPDATED = [
    ("nl", "Bijgewerkt op 19 juni 2018"),
    ("nl", "Laatst gewijzigd: 19 juni 2018"),
    ("fr", "Mis à jour le 19 juin 2018"),
    ("fr", "Modifié le 19 juin 2018 à 9h15"),
    ("en", "Last updated: 19 June 2018"),
    ("en", "Updated June 19, 2018"),
    ("de", "Aktualisiert am 19. Juni 2018"),
    ("es", "Actualizado el 19 de junio de 2018"),
    ("it", "Aggiornato il 19 giugno 2018"),
    ("pt", "Atualizado em 19 de junho de 2018"),
]


@pytest.mark.parametrize(("language", "line"), PUBLISHED)
def test_a_cue_of_publication(language: str, line: str) -> None:
    """A line that says the article was published gives its date, above the text and below it."""
    for text in (f"Een kop\n{line}\n{BODY}", f"{BODY}\n{line}"):
        found = inferred(text, language)
        assert found is not None
        assert (str(found.date), found.method, found.modified) == ("2018-06-18", "cue", None)


@pytest.mark.parametrize(("language", "line"), UPDATED)
def test_a_cue_of_an_update(language: str, line: str) -> None:
    """An update is told, and is no publication."""
    found = inferred(f"Een kop\n{line}\n{BODY}", language)
    assert found is not None
    assert (found.date, found.method, str(found.modified)) == (None, None, "2018-06-19")


@pytest.mark.parametrize(("language", "line"), UPDATED)
def test_an_update_beside_a_dateline(language: str, line: str) -> None:
    """The date of an update is neither the answer nor a rival of it."""
    found = inferred(f"Een kop\n{line}\nGENT, 18 juni 2018 (Belga) - {BODY}", language)
    assert found is not None
    assert (str(found.date), str(found.modified), found.alternatives) == ("2018-06-18", "2018-06-19", ())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "De krant schreef in een artikel gepubliceerd op 3 mei 2017 dat het plan veel te duur was."),
        ("nl", "Het onderzoek werd gepubliceerd op 3 mei 2017 in een vakblad over zeevissen en kustbewoners."),
        ("fr", "Dans un article publié le 3 mai 2017 par le quotidien, deux anciens élus de la ville le dénonçaient."),
        ("en", "In an article published on 3 May 2017 two former members of the council had already attacked it."),
        (
            "de",
            "In einem Beitrag, der am 3. Mai 2017 veröffentlicht wurde, kritisierten zwei frühere Stadträte den Plan.",
        ),
        ("es", "En un artículo publicado el 3 de mayo de 2017, dos antiguos concejales de la ciudad lo criticaban."),
        ("it", "In un articolo pubblicato il 3 maggio 2017, due ex consiglieri della città criticavano già il piano."),
        ("pt", "Num artigo publicado em 3 de maio de 2017, dois antigos vereadores da cidade criticavam o plano."),
        ("fr", "Dans un article publié le 3 mai 2017, le quotidien dénonçait déjà."),
        ("de", "Ein Artikel, erschienen am 3. Mai 2017, griff den Plan schon an."),
    ],
)
def test_a_cue_about_another_article(language: str, sentence: str) -> None:
    """A sentence that tells when something else was published does not date this text."""
    assert answer(f"{BODY}\n\n{sentence}\n\n{BODY}", language) == (None, None)
    assert answer(f"{sentence}\n\n{BODY}", language) == (None, None)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("nl", "Dit artikel is eerder verschenen op 18 juni 2018."),
        ("en", "This article was originally published on 18 June 2018."),
    ],
)
def test_a_cue_about_this_article(language: str, line: str) -> None:
    """A sentence that speaks of this very article does."""
    assert answer(f"{BODY}\n\n{line}", language) == ("2018-06-18", "cue")


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("nl", f"BRUSSEL, 18 juni 2018 (Belga) - {BODY}", "2018-06-18"),
        ("nl", f"(Belga) BRUSSEL, 18 juni 2018 - {BODY}", "2018-06-18"),
        ("fr", "PARIS, 18 juin 2018 (AFP) – Le conseil a approuvé le projet.", "2018-06-18"),
        ("fr", "Paris, le 18 juin 2018. Le conseil a approuvé le projet.", "2018-06-18"),
        ("en", "LONDON, June 18, 2018 (Reuters) - The council approved the plan.", "2018-06-18"),
        ("de", "BERLIN, 18. Juni 2018 (dpa) - Der Rat stimmte dem Plan zu.", "2018-06-18"),
        ("es", "MADRID, 18 de junio de 2018 (EFE) - El consejo aprobó el plan.", "2018-06-18"),
        ("it", "ROMA, 18 giugno 2018 (ANSA) - Il consiglio ha approvato il piano.", "2018-06-18"),
        ("pt", "LISBOA, 18 de junho de 2018 (Lusa) - O conselho aprovou o plano.", "2018-06-18"),
        ("nl", f"GENT, 18 juni (Belga) - {BODY}", "XXXX-06-18"),
        ("nl", f"ANTWERPEN 31/12 (BELGA) - {BODY}", "XXXX-12-31"),
        ("en", "LONDON, June 18 (Reuters) - The council approved the plan.", "XXXX-06-18"),
    ],
)
def test_a_dateline(language: str, text: str, date: str) -> None:
    """Place, day and agency before the first sentence; a day without a year stays so."""
    assert answer(text, language) == (date, "dateline")


@pytest.mark.parametrize(
    ("language", "line", "date", "method"),
    [
        ("nl", "18 juni 2018", "2018-06-18", "date-line"),
        ("nl", "maandag 18 juni 2018, 16.32 uur", "2018-06-18", "date-line"),
        ("fr", "Lundi 18 juin 2018", "2018-06-18", "date-line"),
        ("nl", "Door An Peeters | 18/06/2018", "2018-06-18", "byline"),
        ("it", "di Anna Verdi - 18/06/2018 ore 18:40", "2018-06-18", "byline"),
    ],
)
def test_a_date_line_and_a_byline(language: str, line: str, date: str, method: str) -> None:
    """A date that stands alone in its line, or beside a name."""
    assert answer(f"Een kop boven het stuk\n{line}\n{BODY}", language) == (date, method)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("nl", "Op 18 juni 2018 keurde de raad het goed."),
        ("nl", "18 juni 2018, de dag waarop alles veranderde, staat in ieders geheugen."),
        ("nl", "Anna Peeters, geboren op 5 oktober 1943, begon als zangeres."),
        ("nl", "Geboren: 5 oktober 1943"),
        ("fr", "Né le 5 octobre 1943"),
        ("en", "Born 5 October 1943"),
        ("nl", "Overleden op 3 mei 2004"),
        ("nl", "Wet van 15 december 1980"),
        ("fr", "Loi du 15 décembre 1980"),
        ("nl", "Koninklijk besluit van 3 mei 2004"),
        ("nl", "22/06/2019: Anderlecht - Club Brugge"),
        ("nl", "22 juni 2019 Anderlecht - Club Brugge"),
        pytest.param("nl", "Anderlecht - Club Brugge, zaterdag 22 juni 2019 om 20.30 uur", marks=LIKE_AN_OUTLET),
        ("nl", "© 2018 Voorbeeldkrant"),
        ("en", "Copyright 18 June 2018 Example News"),
        ("fr", "© 18 juin 2018 Le Journal"),
        ("nl", "Foto: An Peeters, 3 mei 2004"),
        ("nl", "Vanaf 3 mei 2004"),
        ("en", "Deadline: 3 May 2004"),
        ("nl", "Brand in juni 2018"),
        ("nl", "2018"),
    ],
)
def test_what_dates_no_article(language: str, line: str) -> None:
    """Running text, births, laws, fixtures, copyright and captions give no date, inside a text or above it."""
    assert answer(f"{BODY}\n\n{line}\n\n{BODY}", language) == (None, None)
    assert answer(f"{line}\n\n{BODY}", language) == (None, None)


RELATED = [
    ("nl", "Lees ook"),
    ("fr", "Lire aussi"),
    ("en", "Read more"),
    ("de", "Lesen Sie auch"),
    ("es", "Lee también"),
    ("it", "Leggi anche"),
    ("pt", "Leia também"),
]


@pytest.mark.parametrize(("language", "heading"), RELATED)
def test_a_list_of_other_articles(language: str, heading: str) -> None:
    """The dates below a heading that announces other articles are theirs."""
    others = "12/06/2018\nEen ander stuk\n11/06/2018\nNog een ander stuk"
    assert answer(f"{BODY}\n\n{heading}\n{others}", language) == (None, None)
    found = inferred(f"Een kop\n18/06/2018\n{BODY}\n\n{heading}\n{others}", language)
    assert found is not None
    assert (str(found.date), found.alternatives) == ("2018-06-18", ())
    below_a_kicker = inferred(f"{BODY}\n\nTot hier dit stuk\n{others}", language)
    assert below_a_kicker is not None  # it is the heading that silences them


@pytest.mark.parametrize(
    ("language", "line", "date"),
    [
        ("nl", "Juni 2018", "2018-06"),
        ("nl", "Jaargang 9, nummer 4, juni 2018", "2018-06"),
        ("pt", "Edição 44, junho de 2018", "2018-06"),
        ("nl", "Zomer 2018", "2018-22"),
        ("fr", "Automne 2018", "2018-23"),
        ("en", "Vol. 3, Spring 2018", "2018-21"),
        ("nl", "Tweede kwartaal 2018", "2018-04/2018-06"),
        ("fr", "N° 12, 2e trimestre 2018", "2018-04/2018-06"),
        ("en", "Q2 2018", "2018-04/2018-06"),
        ("nl", "Week 25 van 2018", "2018-06-18/2018-06-24"),
        ("de", "KW 25/2018", "2018-06-18/2018-06-24"),
        ("nl", "Weekend van 16 en 17 juni 2018", "2018-06-16/2018-06-17"),
        ("fr", "Samedi 16 et dimanche 17 juin 2018", "2018-06-16/2018-06-17"),
        ("nl", "Jaargang 9 (2011), nummer 4", "2011"),
    ],
)
def test_an_imprint(language: str, line: str, date: str) -> None:
    """A month, season, quarter, week, weekend or year that names an issue, at the top and not far down."""
    assert answer(f"{line}\n\n{BODY}", language) == (date, "imprint")
    assert answer(f"{BODY}\n\n" * 8 + line + f"\n\n{BODY}" * 8, language) == (None, None)


def test_an_imprint_gives_way() -> None:
    """A dateline is trusted more: an imprint adds the year it lacks, or is an alternative."""
    dateline = "BRUSSEL, 18 juni (Belga) - "
    assert answer(f"Nummer 4, juni 2018\n{dateline}{BODY}", "nl") == ("2018-06-18", "dateline+imprint")
    found = inferred(f"Nummer 4, juli 2018\nBRUSSEL, 18 juni 2018 (Belga) - {BODY}", "nl")
    assert found is not None
    assert (str(found.date), [str(date) for date in found.alternatives]) == ("2018-06-18", ["2018-07"])


def test_a_weekday_that_the_date_does_not_have() -> None:
    """It lowers the confidence and is told, with the date; a right one, or none, is not."""
    right, bare, wrong = (
        inferred(f"Kop\n{weekday}18 juni 2018\n{BODY}", "nl") for weekday in ("Maandag ", "", "Zondag ")
    )
    assert right is not None
    assert bare is not None
    assert wrong is not None
    assert str(right.date) == str(bare.date) == str(wrong.date) == "2018-06-18"
    assert (right.remarks, bare.remarks) == ((), ())
    [(code, message)] = wrong.remarks
    assert code == "weekday-conflict"
    assert "18 juni 2018" in message
    assert wrong.confidence < bare.confidence <= right.confidence


def test_rival_lines() -> None:
    """Another date that a line shows as clearly is an alternative and makes the answer less sure."""
    alone, rivaled = inferred(f"18 juni 2018\n{BODY}", "nl"), inferred(f"18 juni 2018\n20 juni 2018\n{BODY}", "nl")
    assert alone is not None
    assert rivaled is not None
    assert (str(rivaled.date), [str(date) for date in rivaled.alternatives]) == ("2018-06-18", ["2018-06-20"])
    assert rivaled.confidence < alone.confidence


def test_a_word_between_sets_a_cue_apart_from_a_date() -> None:
    """Of a line with two cues each date has the one right before it, in whichever order they stand."""
    found = inferred(f"Mis à jour le 19 juin 2018 | Publié le 18 juin 2018\n{BODY}", "fr")
    turned = inferred(f"Publié le 18 juin 2018 | Mis à jour le 19 juin 2018\n{BODY}", "fr")
    assert found is not None
    assert turned is not None
    assert {(str(item.date), str(item.modified)) for item in (found, turned)} == {("2018-06-18", "2018-06-19")}


def test_places_of_dated_lines() -> None:
    """Each date of a line has its place in the text, in the opening and at the end."""
    text = f"Kop\n  Maandag 18 juni 2018\n{BODY}\n\n" + f"{BODY}\n" * 200 + "Bijgewerkt op 19 juni 2018"
    found = line_dates(text, "nl")
    assert [text[item.start : item.end] for item in found] == ["18 juni 2018", "19 juni 2018"]
    assert [item.is_update for item in found] == [False, True]


def test_empty_texts_have_no_dated_lines() -> None:
    """Nothing, blanks and text without a digit."""
    assert [line_dates(text, None) for text in ("", " \n\n\t", BODY)] == [[], [], []]


def test_letters_that_grow_in_lower_case() -> None:
    """A line with letters whose lower case is longer is read like any other."""
    line = "Publié le 18 juin 2018 par nous tous ici"
    assert answer(f"Journal | {line}\n{BODY}", "fr") == ("2018-06-18", "cue")
    assert answer(f"İİİİİİİ | {line}\n{BODY}", "fr") == ("2018-06-18", "cue")


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("fr", "Le Soir, samedi 16 et dimanche 17 juin 2018, p. 12", "2018-06-16/2018-06-17"),
        ("fr", "Le Soir, 16-17 juin 2018", "2018-06-16/2018-06-17"),
        ("nl", "Jan de Vries\n\n3 mei 1932 – 12 juni 2018", None),
        ("nl", "Agenda\n\nzaterdag 14 september 2019", None),
    ],
)
def test_editions_lives_and_agendas(language: str, text: str, date: str | None) -> None:
    """An outlet before two days is an edition; two days years apart are a life; under `Agenda` stand events."""
    assert answer(f"{text}\n\n{BODY}", language)[0] == date


def test_a_weekday_that_contradicts_makes_an_answer_less_sure() -> None:
    """20 June 2018 was a Wednesday."""
    right, wrong = (inferred(f"{day} 20 juni 2018\n\n{BODY}", "nl") for day in ("woensdag", "maandag"))
    assert right is not None
    assert wrong is not None
    assert wrong.confidence < 0.9 <= right.confidence
    assert [code for code, _ in wrong.remarks] == ["weekday-conflict"]
