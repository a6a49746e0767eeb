# ruff: noqa: E501  (a case is one line)
"""What the head of a record states: labeled headers, date markers, front matter."""

from __future__ import annotations

import pytest

from corpus_tool.readers.headers import Header, find_marker, front_matter_span, read_header
from corpus_tool.text.lines import with_lf

BODY = "De raad keurde het plan maandag goed.\n"


def header_of(text: str, labels: dict[str, str] | None = None) -> Header:
    """The header of a record that holds this text."""
    return read_header(text, with_lf(text), labels or {})


def stated(header: Header) -> dict[str, str]:
    """Field → value."""
    return {name: said.value for name, said in header.fields.items()}


LABELED = {
    "nl": (f"Titel: Een\nDatum: 20 juni 2018\nBron: De Standaard\nAuteur: Els\nRubriek: Binnenland\nTaal: nl\n\n{BODY}", {"title": "Een", "date": "20 juni 2018", "outlet": "De Standaard", "authors": "Els", "section": "Binnenland", "language": "nl"}),
    "fr": (f"Titre : Un\nDate : 20 juin 2018\nJournal : Le Soir\nRubrique : Monde\n\n{BODY}", {"title": "Un", "date": "20 juin 2018", "outlet": "Le Soir", "section": "Monde"}),
    "de": (f"Überschrift: Eins\nDatum: 20. Juni 2018\nQuelle: FAZ\n\n{BODY}", {"title": "Eins", "date": "20. Juni 2018", "outlet": "FAZ"}),
    "en": (f"Title: One\nPublication date: June 20, 2018\nURL: https://a.example/1\n\n{BODY}", {"title": "One", "date": "June 20, 2018", "url": "https://a.example/1"}),
    "no-break space before the colon": (f"Titre\u00a0: Un\nDate\u00a0: 2018\n\n{BODY}", {"title": "Un", "date": "2018"}),
    "no-break space after the colon": (f"Titre:\u00a0Un\nDate:\u00a02018\n\n{BODY}", {"title": "Un", "date": "2018"}),
    "narrow no-break space": (f"Titre\u202f: Un\nDate\u202f:\u202f2018\n\n{BODY}", {"title": "Un", "date": "2018"}),
    "capitals": (f"TITEL: Een\nDATUM: 2018\n\n{BODY}", {"title": "Een", "date": "2018"}),
    "wrapped values": (f"Titel: Een lange\n  kop\nDatum: 2018\n\n{BODY}", {"title": "Een lange kop", "date": "2018"}),
    "CRLF": (f"Titel: Een\r\nDatum: 2018\r\n\r\n{BODY}", {"title": "Een", "date": "2018"}),
    "empty lines above": (f"\n \nTitel: Een\nDatum: 2018\n\n{BODY}", {"title": "Een", "date": "2018"}),
    "an empty value": (f"Titel: Een\nAuteur:\nDatum: 2018\n\n{BODY}", {"title": "Een", "date": "2018"}),
    "no empty line after": (f"Titel: Een\nDatum: 2018\n{BODY}", {"title": "Een", "date": "2018"}),
    "a dateline right after": (f"Titel: Een\nDatum: 2018\nBrussel: {BODY}", {"title": "Een", "date": "2018"}),
    "an indented text right after": (f"Titel: Een\nDatum: 2018\n   {BODY}", {"title": "Een", "date": "2018"}),
    "a label of the text": (f"Titel: Een\nTekst: {BODY}", {"title": "Een"}),
    "a label of the text on its own line": (f"Titel: Een\nText:\n{BODY}", {"title": "Een"}),
    "a label of the text alone": (f"Tekst:\n{BODY}", {}),
    "a closing fence": (f"Titel: Een\nDatum: 2018\n---\n{BODY}", {"title": "Een", "date": "2018"}),
    "a closing fence below one label": (f"Titel: Een\n---\n{BODY}", {"title": "Een"}),
    "one known label": (f"Titel: Een\n\n{BODY}", {"title": "Een"}),
    "one dated label": (f"Datum: 20 juni 2018\n\n{BODY}", {"date": "20 juni 2018"}),
    "one outlet": (f"Bron: De Standaard\n\n{BODY}", {"outlet": "De Standaard"}),
    "a date marker before other labels": (f"date: 2018-06-20\ntitle: Een\n\n{BODY}", {"title": "Een", "date": "2018-06-20"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LABELED.values(), ids=LABELED)
def test_labeled_headers_are_read(text: str, expected: dict[str, str]) -> None:
    """Known labels become fields, and the text begins after them."""
    header = header_of(text)
    assert (header.kind, stated(header)) == ("labeled", expected)
    assert text[header.body_start :].strip().removeprefix("Brussel: ") == BODY.strip()


PROSE = {
    "a dateline": f"Brussel: de raad keurde het plan goed.\n\n{BODY}",
    "a headline with a colon": f"Immigration : Microsoft entre deux chaises\n\n{BODY}",
    "a headline that opens with a known word": f"Document : ce que dit le rapport\n\n{BODY}",
    "a headline about the press": f"Media: nieuwe regels voor kranten op komst\n\n{BODY}",
    "a column called date": f"Date : le jour où tout a changé\n\n{BODY}",
    "one label and running text": f"Titel: Een\n{BODY}",
    "one label and nothing after it": "Titel: Een",
    "an address": f"https://a.example/1\n\n{BODY}",
    "a time": f"12:30 De raad komt samen\n\n{BODY}",
    "a long line": f"{'a_' * 200}: x\n\n{BODY}",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_with_a_colon_is_no_header(text: str) -> None:
    """Datelines and headlines with a colon stay in the text."""
    header = header_of(text)
    assert (header.kind, header.body_start) == ("none", 0)


def test_unknown_labels_are_kept() -> None:
    """Every label that states no field stands in `extra` under its own name."""
    header = header_of(f"Titel: Een\nOplage: 300.000\nMots-clés : climat, COP21\nPagina: 4\n\n{BODY}")
    assert header.extra == {"Oplage": "300.000", "Mots-clés": "climat, COP21", "Pagina": "4"}


def test_doubled_labels_are_kept_and_noted_once() -> None:
    """The first value is used, the others stand in `extra`, and one notice says so."""
    header = header_of(f"Titel: Een\nTitel: Twee\nKop: Drie\nTitel: Vier\nPagina: 1\nPagina: 2\n\n{BODY}")
    assert stated(header) == {"title": "Een"}
    assert header.extra == {"Titel": "Twee", "Kop": "Drie", "Titel#2": "Vier", "Pagina": "1", "Pagina#2": "2"}
    assert [note.code for note in header.notes] == ["duplicate-field"]


def test_the_same_value_twice_is_no_conflict() -> None:
    """A doubled label with the same value needs no notice."""
    assert header_of(f"Titel: Een\nKop: Een\n\n{BODY}").notes == []


def test_a_header_without_a_body_has_none() -> None:
    """Two label lines and nothing else are a header with an empty body."""
    text = "Titel: Een\nDatum: 2018\n"
    header = header_of(text)
    assert (header.kind, text[header.body_start :]) == ("labeled", "")


def test_labels_of_a_profile_go_first() -> None:
    """A profile's label states its field, also where it means another by default."""
    text = f"Stuk: Een\nBron: 2018\n\n{BODY}"
    assert stated(header_of(text, {"stuk": "title", "bron": "date"})) == {"title": "Een", "date": "2018"}


def test_evidence_is_what_stands_there() -> None:
    """A stated value's span and offsets lead to the characters of the record."""
    text = f"\nTitel: Een lange\n  kop  \nDatum: 2018\n\n{BODY}"
    for said in header_of(text).fields.values():
        assert text[said.start : said.end] == said.span


MARKED = {
    "month": (f" date 2018-06 {BODY}", {"date": "2018-06"}),
    "month, text on the next line": (f"date 2018-06\n{BODY}", {"date": "2018-06"}),
    "day with a colon": (f"date: 2018-06-20\n\n{BODY}", {"date": "2018-06-20"}),
    "day with a colon, no empty line": (f"date: 2018-06-20\n{BODY}", {"date": "2018-06-20"}),
    "year in capitals": (f"DATE 2018\n{BODY}", {"date": "2018"}),
    "Dutch": (f"datum : 2018-06-20 {BODY}", {"date": "2018-06-20"}),
    "CRLF": (f"date 2018-06\r\n{BODY}", {"date": "2018-06"}),
    "after a headline": (f"Nieuw zwembad open\n\n date 2018-06 {BODY}", {"date": "2018-06", "title": "Nieuw zwembad open"}),
    "right after a headline": (f"Nieuw zwembad open\n date 2018-06 {BODY}", {"date": "2018-06", "title": "Nieuw zwembad open"}),
    "right after a headline, alone on its line": (f"Nieuw zwembad open\ndate 2018-06\n{BODY}", {"date": "2018-06", "title": "Nieuw zwembad open"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKED.values(), ids=MARKED)
def test_markers_are_read(text: str, expected: dict[str, str]) -> None:
    """A marker states the date, a headline before it the title, and the text begins after both."""
    header = header_of(text)
    assert (header.kind, stated(header)) == ("marker", expected)
    assert text[header.body_start :].strip() == BODY.strip()
    for said in header.fields.values():
        assert text[said.start : said.end] == said.span


@pytest.mark.parametrize(
    "text",
    [
        f"De raad koos als\ndate 2018-06 en stemde.\n\n{BODY}",
        f"{BODY}\n date 2018-06 {BODY}",
        f"date 2018-6 {BODY}",
        f"date 20180 {BODY}",
        f"updated 2018-06 {BODY}",
        f"date de 2018 {BODY}",
    ],
)
def test_prose_with_a_date_is_no_marker(text: str) -> None:
    """A date in running text, or one that is spelled otherwise, is no marker."""
    header = header_of(text)
    assert (header.kind, header.body_start, header.notes) == ("none", 0, [])


@pytest.mark.parametrize("date", ["2018-13", "2018-00", "2018-02-30", "0000", "9999-01"])
def test_an_impossible_marker_stays_text(date: str) -> None:
    """A marker that names no date stays in the text, and a notice says so."""
    header = header_of(f" date {date} {BODY}")
    assert (header.body_start, [note.code for note in header.notes]) == (0, ["date-unusable"])


@pytest.mark.parametrize("line", ["=====", "---", "=====  "])
def test_an_underlined_headline_is_the_title(line: str) -> None:
    """A line of signs right below a headline is no text, and the headline is the title."""
    text = f"Nieuw zwembad open\n{line}\n\n{BODY}"
    header = header_of(text)
    assert (stated(header), text[header.body_start :].strip()) == ({"title": "Nieuw zwembad open"}, BODY.strip())


@pytest.mark.parametrize("text", [f"{BODY}=====\n{BODY}", f"Kop\n\n=====\n{BODY}", "Kop\n=====\n", f"Kop\n==\n{BODY}"])
def test_a_line_of_signs_elsewhere_is_text(text: str) -> None:
    """Below a sentence, an empty line, or with nothing after it, it underlines no headline."""
    assert (header_of(text).fields, header_of(text).body_start) == ({}, 0)


def test_find_marker_gives_the_headline() -> None:
    """The headline's span is given apart from the marker."""
    text = f"Kop\n\n date 2018-06 {BODY}"
    found = find_marker(text, 0)
    assert found is not None
    assert found.headline == (0, 3)
    assert found.match["date"] == "2018-06"


FRONT_MATTER = {
    "plain": (f"---\ntitle: Goed\ndate: 2018-06-19\nlang: nl\n---\n{BODY}", {"title": "Goed", "date": "2018-06-19", "language": "nl"}),
    "dots": (f"---\ntitle: Goed\n...\n{BODY}", {"title": "Goed"}),
    "norway": (f"---\ntitle: on\nlang: no\n---\n{BODY}", {"title": "on", "language": "no"}),
    "quoted": (f"---\ntitle: '[/] [red]'\n---\n{BODY}", {"title": "[/] [red]"}),
    "authors": (f"---\ntitle: A\nauthors: [Els, Jan]\n---\n{BODY}", {"title": "A", "authors": "Els; Jan"}),
    "authors as a list": (f"---\ntitle: A\nauthors:\n- Els\n- name: Jan\n---\n{BODY}", {"title": "A", "authors": "Els; Jan"}),
    "empty values": (f"---\ntitle: A\ndate:\n---\n{BODY}", {"title": "A"}),
    "a folded value": (f"---\ntitle: >\n  Een\n  kop\n---\n{BODY}", {"title": "Een kop\n"}),
    "a comment and an empty line": (f"---\n# van de redactie\n\ntitle: A\n---\n{BODY}".replace("# van de redactie\n\n", ""), {"title": "A"}),
    "CRLF": (f"---\r\ntitle: Goed\r\n---\r\n{BODY}", {"title": "Goed"}),
    "an undecodable byte": (f"---\ntitle: Li\udce8ge\n---\n{BODY}", {"title": "Li\ufffdge"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FRONT_MATTER.values(), ids=FRONT_MATTER)
def test_front_matter_is_read(text: str, expected: dict[str, str]) -> None:
    """Keys become fields as plain strings, and the text begins after the closing fence."""
    header = header_of(text)
    assert (header.kind, header.problem, stated(header)) == ("front-matter", "", expected)
    assert text[header.body_start :] == BODY


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: &a x\nb: *a\n---\n", "anchors"),
        ("title: !!python/object/apply:os.system ['x']\n---\n", "tags"),
        ("title: 'x\n---\n", "line"),
        ("title: x\nlosse regel\n---\n", "line 4"),
        ("title:\n\t- x\n---\n", "line"),
        ("title: x\n\n", "never closed"),
        ("title: x\nb: " + "[" * 5000 + "\n---\n", "nested"),
    ],
)
def test_broken_front_matter_is_a_problem(front: str, reason: str) -> None:
    """Front matter that cannot be read, or asks for what is refused, is a problem that says why."""
    header = header_of(f"---\n{front}{BODY}")
    assert header.kind == "front-matter"
    assert reason in header.problem


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{BODY}---\n{BODY}",
        f"---\nBrussel: {BODY}---\n{BODY}",
        f"---\n\n---\n{BODY}",
        f"---\n{BODY}",
        f"----\ntitle: A\n----\n{BODY}",
        f"---\ntitle: A\n\n{BODY}---\n{BODY}",
        f"--- title: A\n---\n{BODY}",
    ],
)
def test_hyphens_around_prose_are_no_front_matter(text: str) -> None:
    """`---` lines around anything but key lines are no fences."""
    assert front_matter_span(text, 0) is None
    assert header_of(text).kind != "front-matter"
