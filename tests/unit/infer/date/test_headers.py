import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool.infer.date.headers import HEADER_LINES, header_lines
from corpus_tool.infer.date.publication import infer_date

BODY = "De raad keurde het plan voor de oude haven goed. Het debat duurde tot na middernacht."


@pytest.mark.parametrize(
    ("text", "name", "value", "rule"),
    [
        ("date 2018-06 De raad keurde het goed.", "date", "2018-06", "marker"),
        ("Datum: 20.06.2018", "date", "20.06.2018", "label"),
        ("Gepubliceerd op: maandag 18 juni 2018", "date", "maandag 18 juni 2018", "label"),
        ("Date de publication : 3 mai 2018", "date", "3 mai 2018", "label"),
        ("fecha: 3 de mayo de 2018", "date", "3 de mayo de 2018", "label"),
        ("Updated: 21 June 2018", "date_modified", "21 June 2018", "label"),
        ("Bijgewerkt: 21 juni 2018", "date_modified", "21 juni 2018", "label"),
        ("DATE=20180620;LANG=fr", "date", "20180620", "label"),
        ("LANG=nl\tDATE=2018-06-20\tX=1", "date", "2018-06-20", "label"),
        ("[titel: Kop][datum: 20 juni 2018] Tekst", "date", "20 juni 2018", "label"),
        ("PD 29 décembre 2011", "date", "29 décembre 2011", "label"),
        ("**** *krant_a *date_2015-03-04", "date", "2015-03-04", "star"),
        ('<DOC id="CNA_ENG_19940531.0390" type="story">', "date", "1994-05-31", "document-id"),
        ("a1\t2018.06.20\tEen stuk", "date", "2018-06-20", "cell"),
    ],
)
def test_what_states_a_date(text: str, name: str, value: str, rule: str) -> None:
    """Markers, labels, pairs, codes, stars, ids of documents and cells, each with its place."""
    [(found, stated)] = header_lines(f"{text}\n{BODY}")
    assert (found, stated.value, stated.rule, stated.where) == (name, value, rule, "text")
    assert text[stated.start : stated.end] == stated.span


@pytest.mark.parametrize(
    "line",
    [
        "PD Partij van de Dag 2018",
        "Dag 5 jongens van hier",
        "day: Monday 2",
        "Titel: 2018-06-20",
        "Oplage: 2018",
        "De raad: 20 juni 2018 was een goede dag",
        "date 2018-02-30 De raad keurde het goed.",
        "",
    ],
)
def test_what_states_none(line: str) -> None:
    """Codes that are words too, labels of something else and days that do not exist."""
    assert list(header_lines(f"{line}\n{BODY}")) == []


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Datum: 20.06.2018", "2018-06-20"),
        ("DATE=20180620;LANG=fr", "2018-06-20"),
        ("PD 29 décembre 2011", "2011-12-29"),
        ("**** *krant_a *date_2015-03", "2015-03"),
        ('<DOC id="CNA_ENG_19940531.0390" type="story">', "1994-05-31"),
    ],
)
def test_a_header_dates_the_text(line: str, date: str) -> None:
    """What the first lines state is the publication date, by the method `header`."""
    found = infer_date(f"{line}\n{BODY}", language="fr")
    assert found is not None
    assert (str(found.date), found.method) == (date, "header")


def test_a_given_field_is_stronger_than_a_header() -> None:
    """What the caller states replaces what the text states of the same field, and nothing else."""
    text = f"datum: 2018-06-20\nbijgewerkt: 2018-06-22\n{BODY}"
    found = infer_date(text, fields={"date": "2017-01-01"})
    assert found is not None
    assert (str(found.date), found.method, str(found.modified)) == ("2017-01-01", "field", "2018-06-22")


def test_headers_are_looked_for_in_the_first_lines() -> None:
    """The last line that counts, and the one after it."""
    label = "datum: 2018-06-20"
    lines = ["Een regel"] * (HEADER_LINES - 1)
    assert [name for name, _ in header_lines("\n".join([*lines, label]))] == ["date"]
    assert list(header_lines("\n".join([*lines, "Nog een", label]))) == []


STATED = """
date 2018-06 tekst|Datum : 3 mei 2018 |DATE=20180620;X= 2;UPDATED=2018-06-21|*date_2018|a\t2018-06\tb|PD 3 mei 2018
[date: 2018-06-20] |<DOC id="X_20180620.1">|\u00a0 datum: \u00a02018|Titel: kop
"""
LINES = st.sampled_from(STATED.strip().replace("\n", "|").split("|"))


@settings(max_examples=80, deadline=None)
@given(st.lists(LINES | st.text(max_size=12), max_size=8).map("\n".join))
def test_places_of_headers(text: str) -> None:
    """Law: the place of what is stated leads to the very characters."""
    for name, stated in header_lines(text):
        assert name in ("date", "date_modified")
        assert text[stated.start : stated.end] == stated.span


@pytest.mark.parametrize("blank", ["\u202f", "\u2003", "\x0c"])
def test_the_place_of_a_value_after_an_odd_blank(blank: str) -> None:
    """Any blank may stand between label and value, and the place is that of the value."""
    text = f"datum: {blank}18 juni 2018\n{BODY}"
    [(_, stated)] = header_lines(text)
    assert text[stated.start : stated.end] == stated.span == "18 juni 2018"


def test_of_two_headers_the_first_counts() -> None:
    """As in a labeled file, where a field is stated twice."""
    found = infer_date(f"datum: 2018-06-20\ndatum: 2019-07-21\n{BODY}")
    assert found is not None
    assert str(found.date) == "2018-06-20"
