# ruff: noqa: E501  (a case is one line)
"""The separator rule, both sides of each of its clauses, and the other places where a record opens."""

from __future__ import annotations

import pytest

from corpus_tool.model.options import Profile, ReadOptions
from corpus_tool.readers.layout import Layout, lay_out
from corpus_tool.text.lines import with_lf

# Three articles of a headline and a text, and stretches of running text without one.
A = "Nieuw zwembad open\n\nDe raad keurde het plan goed.\n"
B = "Brand in de haven\n\nNiemand raakte gewond bij de brand.\n"
C = "Tour trekt door Luik\n\nDe renners reden door de stad.\n"
X = "De raad keurde het plan maandag goed.\n"
Y = "Niemand raakte gewond bij de brand.\n"
Z = "De renners reden door de stad.\n"


def laid_out(text: str, options: ReadOptions | None = None) -> Layout:
    """The layout of a text as it stands in a file."""
    return lay_out(with_lf(text), options or ReadOptions(), text)


def openings(text: str, options: ReadOptions | None = None) -> list[str]:
    """The first two words of each record."""
    return [" ".join(text[piece.start : piece.end].split()[:2]) for piece in laid_out(text, options).pieces]


ABC = ["Nieuw zwembad", "Brand in", "Tour trekt"]
XYZ = ["De raad", "Niemand raakte", "De renners"]
ONE = ABC[:1]

SEPARATED = {
    # Every sign, three or more of it, alone from column 0, trailing blanks allowed.
    "equals": (f"{A}=====\n{B}=====\n{C}", ABC),
    "hyphens": (f"{A}-----\n{B}-----\n{C}", ABC),
    "three hyphens": (f"{A}---\n{B}---\n{C}", ABC),
    "stars": (f"{A}***\n{B}***\n{C}", ABC),
    "hashes": (f"{A}###\n{B}###\n{C}", ABC),
    "form feeds": (f"{A}\f{B}\f{C}", ABC),
    "form feeds on lines of their own": (f"{A}\f\n{B}\f\n{C}", ABC),
    "form feeds at line ends": (f"{A[:-1]}\f\n{B[:-1]}\f\n{C}", ABC),
    "a line of 78 signs": (f"{A}{'=' * 78}\n{B}{'=' * 78}\n{C}", ABC),
    "trailing blanks": (f"{A}=====  \t\n{B}=====\n{C}", ABC),
    "empty lines around": (f"{A}\n\n=====\n\n{B}\n\n=====\n\n{C}", ABC),
    "no line end at the end": (f"{A}=====\n{B}=====", ABC[:2]),
    # Two or more always separate.
    "also the first": (f"=====\n{A}=====\n{B}", ABC[:2]),
    "also the last": (f"{A}=====\n{B}=====\n", ABC[:2]),
    "also doubled": (f"{A}=====\n=====\n{B}", ABC[:2]),
    "also before running text": (f"{A}=====\n{Y}=====\n{C}", [ABC[0], XYZ[1], ABC[2]]),
    "also around one article": (f"=====\n{A}=====\n", ONE),
    "also doubled at the end": (f"{A}=====\n=====\n", ONE),
    "running text only": (f"{X}=====\n{Y}=====\n{Z}", XYZ),
    "running text only, between stars": (f"{X}***\n{Y}***\n{Z}", XYZ),
    "running text, a line above the first": (f"***\n{X}***\n{Y}***\n{Z}", XYZ),
    "titles without an empty line": ("Kop een\nTekst een.\n=====\nKop twee\nTekst twee.\n=====\nKop drie\nTekst.\n", ["Kop een", "Kop twee", "Kop drie"]),
    "one-line records": ("Een kop\n=====\nTwee kop\n=====\nDrie kop\n", ["Een kop", "Twee kop", "Drie kop"]),
    # Which kind and length wins.
    "most openings win": (f"{A}***\n{X}=====\n{B}=====\n{C}", ["Nieuw zwembad", "Brand in", "Tour trekt"]),
    "the later kind can win": (f"{A}-----\n{X}-----\n{Y}===\n{B}===\n{C}", ABC),
    "a tie goes to the first": (f"{A}***\n{B}***\n{X}=====\n{C}=====\n{Y}", ["Nieuw zwembad", "Brand in", "De raad"]),
    "another length beside": (f"{A}=====\n{B}===============\n{C}", ABC[:2]),
    "the first of a tie that can separate": (f"{A}---\n{B}=====\n{C}", ["Nieuw zwembad", "Tour trekt"]),
    # Underlines and headings.
    "bylines above": (f"{A}\nJan Janssen\n=====\n{B}\nEls Peeters\n=====\n{C}", ABC),
    "bylines right under the text": (f"{A}Jan Janssen\n=====\n{B}Els Peeters\n=====\n{C}", ABC),
    "underlined headlines between stars": ("***\n".join(f"{kop}\n=====\n\nTekst van {n}.\n" for n, kop in enumerate(("Kop A", "Kop B", "Kop C"))), ["Kop A", "Kop B", "Kop C"]),
    # One line alone.
    "a single line of equals before a headline": (f"{A}=====\n{B}", ABC[:2]),
    "a single line of equals before a dateline": (f"{A}=====\nBRUSSEL (Belga) - De raad keurde het goed.\n", ["Nieuw zwembad", "BRUSSEL (Belga)"]),
    "a single line of equals at the top": (f"=====\n{A}", ONE),
    "a single line of stars before a marker": (f"{A}***\n date 2018-06 {X}", ["Nieuw zwembad", "date 2018-06"]),
    "a single line of hyphens before a header": (f"{A}---\nTitel: Brand\nDatum: 2018-06-20\n\n{Y}", ["Nieuw zwembad", "Titel: Brand"]),
    "a single form feed before a marker": (f"{A}\f date 2018-06 {X}", ["Nieuw zwembad", "date 2018-06"]),
    "a byline right above a single line": (f"{A}\nJan Janssen\n=====\n{B}", ABC[:2]),
    # What opens an article.
    "two-line headlines": (f"{A}=====\nEen lange kop die over\ntwee regels loopt\n\n{Y}", ["Nieuw zwembad", "Een lange"]),
    "a headline with its byline": (f"{A}=====\nBrand in de haven\nDoor Jan Janssen\n\n{Y}", ABC[:2]),
    "a headline with its date": (f"{A}=====\nBrand in de haven\n18 juni 2018\n\n{Y}", ABC[:2]),
    "a date line above the headline": (f"{A}=====\n18 juni 2018\n\n{B}", ["Nieuw zwembad", "18 juni"]),
    "a headline right above a paragraph on one line": (f"{A}=====\nBrand in de haven\n{Y[:-1]} {Y[:-1]} {Y[:-1]} {Y}", ABC[:2]),
    "front matter after a line of equals": (f"{A}=====\n---\ntitle: Brand\n---\n{Y}", ["Nieuw zwembad", "--- title:"]),
    "headlines of one hash": (f"# Kop een\n\n{X}\n---\n\n# Kop twee\n\n{Y}\n---\n\n# Kop drie\n\n{Z}", ["# Kop"] * 3),
    # Headers and front matter with `---`.
    "headers between hyphens": ("---\n".join(f"Titel: Kop\nDatum: 2018-06-2{n}\n\n{X}" for n in range(3)), ["Titel: Kop"] * 3),
    "headers, hyphens first": ("".join(f"---\nTitel: Kop\nDatum: 2018-06-2{n}\n\n{X}" for n in range(3)), ["Titel: Kop"] * 3),
    "front matter again and again": ("".join(f"---\ntitle: Kop\ndate: 2018-06-2{n}\n---\n{X}" for n in range(3)), ["--- title:"] * 3),
    "front matter between lines of equals": ("=====\n".join(f"---\ntitle: Kop\n---\n{X}" for _ in range(3)), ["--- title:"] * 3),
    # Every line end.
    "CRLF": (f"{A}=====\n{B}".replace("\n", "\r\n"), ABC[:2]),
    "CR": (f"{A}=====\n{B}".replace("\n", "\r"), ABC[:2]),
    "LS": (f"{A}=====\n{B}".replace("\n", "\u2028"), ABC[:2]),
    "PS": (f"{A}=====\n{B}".replace("\n", "\u2029"), ABC[:2]),
    "NEL": (f"{A}=====\n{B}=====\n{C}".replace("\n", "\x85"), ABC),
    "mixed": (f"{A}=====\r{B}=====\r\n{C}", ABC),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SEPARATED.values(), ids=SEPARATED)
def test_separators_separate(text: str, expected: list[str]) -> None:
    """A line that the rule calls a separator ends one record and begins the next."""
    assert openings(text) == expected


ONE_RECORD = {
    # Sections and headings of one article.
    "scene breaks": f"{A}\n***\n\n{X}\n***\n\n{Y}",
    "sections between lines of equals": f"{A}=====\n{X}=====\n{Y}",
    "sections between hyphens after a marker": f" date 2018-06 {X}\n---\n\n{Y}\n---\n\n{Z}",
    "sections with headings of two hashes": f"# Kop\n\n{X}\n---\n\n## Deel een\n\n{Y}\n---\n\n## Deel twee\n\n{Z}",
    "a setext headline": f"Nieuw zwembad open\n=====\n\n{X}",
    "setext headings": f"Nieuw zwembad open\n=====\n\n{X}\nDe brand\n=====\n\n{Y}\nDe tour\n=====\n\n{Z}",
    "setext headings of two levels": f"Nieuw zwembad\n=======\n\n{X}\nDe brand\n--------\n\n{Y}\nDe renner\n--------\n\n{Z}",
    "setext headings below running text": f"{X}\nDe brand\n=====\n\n{Y}\nDe tour\n=====\n\n{Z}",
    "an underlined headline before another heading": f"Nieuw zwembad open\n=====\n\nTussenkop\n\n{X}",
    "a ruled table": f"{A}\n-----\nAnderlecht 3\nGenk 1\n-----\n\n{X}",
    "a signature": f"{A}-- \nJan Janssen\n",
    "pages of one text": f"{A}\f{X}\f{Y}",
    "pages of one text without a headline": f"{X}\f{Y}\f{Z}",
    "a page break in mid-sentence": "Nieuw zwembad open\n\nDe raad keurde het\n\fplan goed.\n\fen ging naar huis.\n",
    # One line alone.
    "a single line of equals before running text": f"{A}=====\n{Y}",
    "a single line of equals before hard-wrapped text": f"{A}=====\nNiemand raakte gewond bij de\nbrand in de haven van vorige nacht.\n",
    "a closed header": f"Titel: Een\nDatum: 2018\n---\n{X}",
    "a single line of stars before a headline": f"{A}***\n{B}",
    "a single line of hyphens before a headline": f"{A}---\n{B}",
    "a single line of hashes before a headline": f"{A}###\n{B}",
    "a single form feed before a headline": f"{A}\f{B}",
    "a single line of equals at the end": f"{A}=====\n",
    # Text, not separators.
    "two signs": f"{A}==\n{B}==\n{C}",
    "indented": f"{A}  =====\n{B}  =====\n{C}",
    "quoted": f"{A}> =====\n{B}> =====\n{C}",
    "escaped": f"{A}\\=====\n{B}\\=====\n{C}",
    "inside a line": f"{A}De uitslag was ===== gelijk.\n{B}",
    "signs and a word": f"{A}===== einde\n{B}===== einde\n{C}",
    "mixed signs": f"{A}=-=-=\n{B}=-=-=\n{C}",
    "spaced stars": f"{A}* * *\n{B}* * *\n{C}",
    "another sign": f"{A}_____\n{B}_____\n{C}",
    "a form feed inside a line": f"{A}Een \f twee \f drie.\n",
    # Front matter.
    "front matter": f"---\ntitle: Kop\ndate: 2018-06\n---\n{X}",
    "front matter with scene breaks": f"---\ntitle: Kop\n---\n{X}\n***\n\n{Y}\n***\n\n{Z}",
    "front matter with rules": f"---\ntitle: Kop\n---\n{X}\n---\n\n{Y}\n---\n\n{Z}",
    "front matter with a ruled note": f"---\ntitle: Kop\n---\n{X}\n---\nNoot: van de redactie\n---\n{Y}",
    "unclosed front matter": f"---\ntitle: Kop\n\n{X}",
}  # fmt: skip


@pytest.mark.parametrize("text", ONE_RECORD.values(), ids=ONE_RECORD)
def test_text_stays_whole(text: str) -> None:
    """A line that the rule calls text leaves the file one record, from its first to its last character."""
    assert [(piece.start, piece.end) for piece in laid_out(text).pieces] == [(0, len(text))]


@pytest.mark.parametrize(
    "text",
    ["=====\n", "=====\n" * 500, "\ufeff***\n\n***"[1:], "=====\n***\n---\n", "\f\f\n", "---\n---\n", "\r\n=====\r\n"],
)
def test_a_file_of_separators_has_no_record(text: str) -> None:
    """Separators of any kind and nothing else give no record, nor a notice about empty stretches."""
    layout = laid_out(text)
    assert layout.separated
    assert (layout.pieces, layout.empty, layout.suspects) == ([], [], [])


@pytest.mark.parametrize(
    ("text", "suspects"),
    [
        (f"{A}=====\n{B}===============\n{C}", [("===============", 1)]),
        (f"{A}=====\n{B}***\n{X}***\n{Y}=====\n{C}", [("***", 2)]),
        (f"{A}=====\n{Y}", [("=====", 1)]),
        (f"{A}***\n{X}***\n{Y}", [("***", 2)]),
        (f"{A}  =====\n> =====\n\\=====\n", []),
        (f"{A}\f{X}\f{Y}", [("\f", 2)]),
        (f"{A}=====\n{B}", []),
        (f"---\ntitle: Kop\n---\n{X}", []),
    ],
)
def test_unused_lines_are_suspects(text: str, suspects: list[tuple[str, int]]) -> None:
    """A line of signs that was read as text is named once per kind and length; one that separates is not."""
    assert [(line, count) for _, line, count in laid_out(text).suspects] == suspects


@pytest.mark.parametrize(
    ("text", "count"),
    [(f"{A}=====\n=====\n\n=====\n{B}", 2), (f"=====\n{A}=====\n{B}=====\n", 0), (f"{A}=====\n \t\n=====\n{B}", 1)],
)
def test_empty_stretches_are_noticed(text: str, count: int) -> None:
    """Nothing between two separators is a notice; nothing before the first or after the last is not."""
    assert len(laid_out(text).empty) == count


MARKED = {
    "two markers": (f" date 2018-06 {X}\n date 2018-07 {Y}", ["date 2018-06", "date 2018-07"]),
    "a day": (f"date 2018-06-20\n{X}\ndate 2018-07-01\n{Y}", ["date 2018-06-20", "date 2018-07-01"]),
    "with a colon": (f"date: 2018-06-20\n{X}\ndate: 2018-07\n{Y}", ["date: 2018-06-20", "date: 2018-07"]),
    "capitals": (f"DATE 2018\n{X}\nDATE 2018-07\n{Y}", ["DATE 2018", "DATE 2018-07"]),
    "Dutch": (f"Datum 2018-06\n{X}\nDatum 2018-07\n{Y}", ["Datum 2018-06", "Datum 2018-07"]),
    "after headlines": (f"Kop een\n\n date 2018-06 {X}\nKop twee\n\n date 2018-07 {Y}", ["Kop een", "Kop twee"]),
    "right after headlines": (f"Kop een\n date 2018-06\n{X}\nKop twee\n date 2018-07\n{Y}", ["Kop een", "Kop twee"]),
    "only the second has a headline": (f" date 2018-06 {X}\nKop van twee\n\n date 2018-07 {Y}", ["date 2018-06", "Kop van"]),
    "a name before the second": (f" date 2018-06 {X}\nJan Janssen\n\n date 2018-07 {Y}", ["date 2018-06", "date 2018-07"]),
    "below a separator": (f"=====\n date 2018-06 {X}\n date 2018-07 {Y}", ["date 2018-06", "date 2018-07"]),
    "headlines between separators": (f"Kop een\n\n date 2018-06 {X}=====\nKop twee\n\n date 2018-07 {Y}=====\nKop drie\n\n date 2018-08 {Z}", ["Kop een", "Kop twee", "Kop drie"]),
    # The other side of each.
    "another case": (f" date 2018-06 {X}\n Date 2018-07 {Y}", ["date 2018-06"]),
    "a colon where the first has none": (f" date 2018-06 {X}\n date: 2018-07 {Y}", ["date 2018-06"]),
    "another word": (f" date 2018-06 {X}\n datum 2018-07 {Y}", ["date 2018-06"]),
    "a bare year": (f" date 2018-06 {X}\n date 2018 {Y}", ["date 2018-06"]),
    "an impossible month": (f" date 2018-06 {X}\n date 2018-13 {Y}", ["date 2018-06"]),
    "inside a line": (f" date 2018-06 {X}Op date 2018-07 {Y}", ["date 2018-06"]),
    "hard-wrapped prose that opens without one": (f"De raad koos als\ndate 2018-06 en stemde.\n\n{X}date 2018-07 {Y}", ["De raad"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKED.values(), ids=MARKED)
def test_markers_open_articles(text: str, expected: list[str]) -> None:
    """A marker spelled like the file's first one, with a month or a day, opens an article, with its headline."""
    starts = [text[p.start : p.end].strip().split("\n")[0] for p in laid_out(text).pieces]
    assert [" ".join(line.split()[:2]) for line in starts] == expected


HEADED = {
    "the same first label": (f"Titel: Een\nDatum: 2018\n\n{X}\nTitel: Twee\nDatum: 2019\n\n{Y}", 2),
    "the date first": (f"date: 2018-06-20\ntitle: Een\n\n{X}\ndate: 2018-06-21\ntitle: Twee\n\n{Y}", 2),
    "the date in the middle": (f"title: Een\nauthor: Els\ndate: 2018-06-20\n\n{X}\ntitle: Twee\nauthor: Jan\ndate: 2018-06-21\n\n{Y}", 2),
    "another first label": (f"Titel: Een\nDatum: 2018\n\n{X}\nBron: De Standaard\nTitel: Twee\n\n{Y}", 1),
    "no empty line before": (f"Titel: Een\nDatum: 2018\n\n{X}Titel: Twee\nDatum: 2019\n\n{Y}", 1),
    "a colon in prose": (f"Titel: Een\nDatum: 2018\n\n{X}\nBrussel: {X}\nTitel: niets dan proza, en lang ook.\nMeer proza volgt.\n", 1),
}  # fmt: skip


@pytest.mark.parametrize(("text", "count"), HEADED.values(), ids=HEADED)
def test_repeated_headers_open_articles(text: str, count: int) -> None:
    """A header after an empty line that begins as the first one does opens an article."""
    assert len(laid_out(text).pieces) == count


def test_doc_lines_open_records() -> None:
    """`<doc …>` opens a record and states its attributes; what stands outside is named."""
    text = f'<corpus>\n<doc id="1" date="2018-06" outlet="Le Monde &amp; fils">\n{X}</doc>\nlos\n<doc id=\'2\'>\n{Y}</doc>\n<doc>\n</doc>\n</corpus>\n'
    layout = laid_out(text)
    assert [piece.stated for piece in layout.pieces] == [
        {"id": "1", "date": "2018-06", "outlet": "Le Monde & fils"},
        {"id": "2"},
    ]
    assert [text[p.start : p.end] for p in layout.pieces] == [X, Y]
    assert [text[start:end].strip() for start, end in layout.loose] == ["<corpus>", "los", "</corpus>"]
    assert len(layout.empty) == 1


def test_a_doc_line_in_an_article_is_text() -> None:
    """A file that opens with prose is not cut at a line that happens to be `<doc …>`."""
    assert len(laid_out(f"{A}\n<doc id='1'>\n{X}").pieces) == 1


def test_a_pattern_decides_alone() -> None:
    """`--split` cuts where it matches, and its named groups are stated by the record that follows."""
    options = ReadOptions(split=r"^\[(?P<outlet>[^\]]+)\]$\n")
    text = f"=====\n[De Standaard]\n{A}=====\n[Le Soir]\n{B}"
    layout = laid_out(text, options)
    assert [piece.stated for piece in layout.pieces] == [{}, {"outlet": "De Standaard"}, {"outlet": "Le Soir"}]
    assert layout.suspects == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_pattern_sees_line_ends(end: str) -> None:
    """`$` matches before CR LF as before LF, and the offsets hold for the original."""
    text = f"{X}--8<--\n{Y}--8<--\n{Z}".replace("\n", end)
    pattern = r"^--8<--$\n" if end != "\r" else r"--8<--\r"
    pieces = laid_out(text, ReadOptions(split=pattern)).pieces
    assert [text[p.start : p.end].strip() for p in pieces] == [X.strip(), Y.strip(), Z.strip()]


def test_a_pattern_of_no_width_cuts_at_line_starts() -> None:
    """A look-ahead keeps what it finds in the record, and one that matches everywhere does not cut in a word."""
    text = f"Kop: een\n{X}Kop: twee\n{Y}"
    assert openings(text, ReadOptions(split="(?=^Kop:)")) == ["Kop: een", "Kop: twee"]
    assert openings(f"{X}{Y}", ReadOptions(split="x*")) == XYZ[:2]


def test_a_slow_pattern_is_stopped() -> None:
    """A pattern that backtracks without end is a TimeoutError, not a hanging run."""
    options = ReadOptions(split="(a|aa)+$", pattern_seconds=0.05)
    with pytest.raises(TimeoutError):
        lay_out("a" * 45 + "b", options)


def test_labels_of_a_profile_make_headers() -> None:
    """A label that only the user's profile knows opens an article after a single line of signs."""
    profile = Profile("mine", labels={"stuk": "title", "dag": "date"})
    text = f"{A}***\nStuk: Brand\nDag: 20 juni\n\n{Y}"
    assert len(laid_out(text, ReadOptions(profile=profile)).pieces) == 2
    assert len(laid_out(text).pieces) == 1


def test_reasons_tell_what_was_found() -> None:
    """The reasons name the separator and what else opened records."""
    assert laid_out(f"{A}=====\n{B}").reasons == ["lines of `=====` separate records"]
    assert laid_out(f"{A}\f{B}\f{C}").reasons == ["form feeds separate records"]
    assert laid_out(f" date 2018-06 {X}\n date 2018-07 {Y}").reasons == ["1 × date marker opens a further record"]
    assert laid_out(A).reasons == []
