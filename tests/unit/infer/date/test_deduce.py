import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool.infer.date.deduce import DEDUCE_CHARACTERS, deduce
from corpus_tool.infer.date.publication import infer_date


@pytest.mark.parametrize(
    ("language", "text", "date", "pair"),
    [
        ("nl", "Gisteren (19 juni 2018) keurde de raad het goed.", "2018-06-20", "Gisteren (19 juni 2018"),
        ("nl", "Op 19 juni 2018, gisteren dus, viel het besluit.", "2018-06-20", "19 juni 2018, gisteren"),
        ("nl", "Morgen, donderdag 21 juni 2018, komt de raad.", "2018-06-20", "Morgen, donderdag 21 juni 2018"),
        ("nl", "Vandaag, 20 juni 2018, komt de raad.", "2018-06-20", "Vandaag, 20 juni 2018"),
        ("nl", "Vorige maand, in mei 2018, was er feest.", "2018-06", "Vorige maand, in mei 2018"),
        ("nl", "Vorig jaar, in 2017, was er feest.", "2018", "Vorig jaar, in 2017"),
        ("fr", "Hier, mardi 19 juin 2018, le conseil a voté.", "2018-06-20", "Hier, mardi 19 juin 2018"),
        ("en", "Yesterday, June 19, 2018, the council met.", "2018-06-20", "Yesterday, June 19, 2018"),
        ("de", "Gestern, am 19. Juni 2018, tagte der Rat.", "2018-06-20", "Gestern, am 19. Juni 2018"),
        ("es", "Ayer, 19 de junio de 2018, votó el consejo.", "2018-06-20", "Ayer, 19 de junio de 2018"),
        ("it", "Ieri, 19 giugno 2018, il consiglio ha votato.", "2018-06-20", "Ieri, 19 giugno 2018"),
        ("pt", "Ontem, 19 de junho de 2018, votou o conselho.", "2018-06-20", "Ontem, 19 de junho de 2018"),
        (
            *("nl", "Op 20 juni 1882, vandaag precies 136 jaar geleden, viel de stad.", "2018-06-20"),
            "20 juni 1882, vandaag precies 136 jaar geleden",
        ),
    ],
)
def test_a_pair(language: str, text: str, date: str, pair: str) -> None:
    """A relative expression beside the date that it stands for gives the day it was written, with its place."""
    found = deduce(text, language)
    assert found is not None
    assert (str(found.date), text[found.start : found.end]) == (date, pair)
    inferred = infer_date(f"De raad kwam samen. {text}", language=language)
    assert inferred is not None
    assert (str(inferred.date), inferred.method) == (date, "deduced")
    assert [evidence.text for evidence in inferred.evidence] == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "Gisteren keurde de raad het plan van 19 juni 2018 goed.",
        "Gisteren. 19 juni 2018 was een mooie dag.",
        "Vorige week, op 12 juni 2018, was er feest.",
        "Gisteren, in juni 2018, was er feest.",
        "Gisteren, 19 juni, was er feest.",
        "Op 19 juni 2018 was er feest.",
        "Gisteren was er feest.",
        "",
        "Op 11 november 1918, vandaag vele jaren geleden, zwegen de wapens.",
    ],
)
def test_what_is_no_pair(text: str) -> None:
    """Words between the two, another sentence, units that do not fit, a day without a year, either one alone."""
    assert deduce(text, "nl") is None


def test_pairs_that_agree_and_pairs_that_do_not() -> None:
    """Two pairs that give one day give it; two days give nothing at all."""
    agreeing = "Gisteren, 19 juni 2018, was er feest. Morgen, 21 juni 2018, is er weer feest."
    found = deduce(agreeing, "nl")
    assert found is not None
    assert (str(found.date), agreeing[found.start : found.end]) == ("2018-06-20", "Gisteren, 19 juni 2018")
    conflicting = agreeing.replace("21", "25")
    assert deduce(conflicting, "nl") is None
    assert infer_date(conflicting, language="nl") is None


def test_a_pair_without_a_year_needs_a_reference() -> None:
    """With the last day the article can have appeared, its year is known."""
    text = "Gisteren, 19 juni, keurde de raad het goed."
    assert infer_date(text, language="nl") is None
    for reference, date in (("2018-12-31", "2018-06-20"), ("2018-03-01", "2017-06-20")):
        found = infer_date(text, language="nl", reference=reference)
        assert found is not None
        assert str(found.date) == date


def test_a_pair_dated_by_the_reference_says_so() -> None:
    """As for a dateline, the method names the reference and the confidence is lower."""
    dated = infer_date("Gisteren, 19 juni 2018, keurde de raad het goed.", language="nl")
    assumed = infer_date("Gisteren, 19 juni, keurde de raad het goed.", language="nl", reference="2018-12-31")
    assert dated is not None
    assert assumed is not None
    assert assumed.method == "deduced+reference"
    assert assumed.confidence < dated.confidence


def test_a_dateline_is_stronger_than_a_pair() -> None:
    """Where a line shows the date, pairs are not asked."""
    text = "BRUSSEL, 1 juli 2018 (Belga) - Gisteren, 19 juni 2018, keurde de raad het goed."
    found = infer_date(text, language="nl")
    assert found is not None
    assert (str(found.date), found.method, found.alternatives) == ("2018-07-01", "dateline", ())


def test_a_pair_after_the_reference_is_no_answer() -> None:
    """A day that the article cannot have appeared on is none."""
    text = "Gisteren, 19 juni 2018, keurde de raad het goed."
    assert infer_date(text, language="nl", reference="2018-06-19") is None
    assert infer_date(text, language="nl", reference="2018-06-20") is not None


def test_pairs_are_looked_for_in_the_opening() -> None:
    """A pair beyond it gives nothing."""
    pair = "Gisteren, 19 juni 2018, was er feest."
    assert deduce("Ja. " * ((DEDUCE_CHARACTERS - len(pair)) // 4) + pair, "nl") is not None
    assert deduce("Ja. " * (DEDUCE_CHARACTERS // 4) + pair, "nl") is None


@settings(max_examples=40, deadline=None)
@given(
    st.dates(datetime.date(1701, 1, 1), datetime.date(2089, 12, 30)), st.sampled_from([("gisteren", 1), ("morgen", -1)])
)
def test_any_day(day: datetime.date, said: tuple[str, int]) -> None:
    """Law: `gisteren` was written a day later, `morgen` a day before, over the ends of months and years."""
    word, days = said
    found = deduce(f"De raad vergadert {word} ({day.isoformat()}).", "nl")
    assert found is not None
    assert str(found.date) == str(day + datetime.timedelta(days=days))
