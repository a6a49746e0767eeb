"""Two articles on a terminal: columns where it is wide, one below the other where it is narrow, the same marks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.console import Console

from corpus_tool.cli.side_by_side import WIDE, drawn, print_side_by_side
from corpus_tool.link.views import difference_view, twin_view
from corpus_tool.model.side_by_side import Head, Part, Piece, Row, SideBySide
from tests.unit.side_by_side import PASSAGES, alignment, dutch, french, text_article, twin_pair

SAME = " ".join(f"woord{n}" for n in range(60))
LONG = f"Begin hier.\n\n{SAME}\n\nOud einde."
STYLES = re.compile(r"\x1b\[[0-9;]*m")


def console(width: int, *, colored: bool = False) -> Console:
    """A console of a width, plain or with the sixteen colors."""
    return Console(
        width=width,
        force_terminal=colored,
        no_color=not colored,
        color_system="standard" if colored else None,
        highlight=False,
    )


def twins(width: int, *, colored: bool = False) -> list[str]:
    """The two articles as twins, as lines."""
    view = twin_view(dutch(), french(), twin_pair(), alignment(*PASSAGES))
    return drawn(view, console(width, colored=colored)).split("\n")


def between(lines: list[str], first: str, last: str) -> list[str]:
    """The lines from the one that begins so to the one that begins so."""
    at = [next(n for n, line in enumerate(lines) if line.startswith(start)) for start in (first, last)]
    return lines[at[0] : at[1] + 1]


def plain_view(left: str, right: str) -> SideBySide:
    """A row of two texts without any marks."""
    head = Head("c" * 16, "c", "Kop", None, None, None, None, 1)
    row = Row((Part((Piece(left),)),), (Part((Piece(right),)),))
    return SideBySide("twins", head, head, (row,))


def test_a_wide_terminal_has_two_columns() -> None:
    """Heads, evidence, and passages on one height with their number in both margins; terms between asterisks."""
    lines = twins(WIDE)
    assert lines[0] == f"{'Drie bussen voor Korten':<56}korten-fr"
    assert lines[1:3] == [
        "aaaaaaaaaaaaaaaa · 2018-06 · nl (Dutch) · De Kade ·     bbbbbbbbbbbbbbbb · date not known · fr (French) · 22",
        "23 words                                                words",
    ]
    assert [(line[:56].rstrip(), line[56:]) for line in between(lines, "[1]", "     De prijs")] == [
        ("[1]│ De stad Korten koopt drie *bussen* van", "[1]│ La ville de Korten achète trois *bus* à"),
        ("   │ *Vandermolen*.", "   │ *Vandermolen*."),
        ("", ""),
        ("     De *bussen*", "     Le maire s'en réjouit."),
        ("", ""),
        ("[2]│ Ze rijden vanaf maandag.", "[2]│ Ils rouleront dès lundi."),
        ("[3]│ *Vandermolen* levert ze uit *Lissewick*.", "[3]│ *Vandermolen* les livre de *Lissewick*."),
        ("     De prijs blijft geheim.", ""),
    ]


def test_a_narrow_terminal_has_one_text_after_the_other() -> None:
    """The same numbers stand in the margin of both texts."""
    lines = twins(60)
    assert between(lines, "── nl", "[2]│") == [
        "── nl aaaaaaaa " + "─" * 45,
        "",
        "[1]│ De stad Korten koopt drie *bussen* van *Vandermolen*.",
        "",
        "     De *bussen*",
        "",
        "[2]│ Ze rijden vanaf maandag.",
    ]
    assert [line[:3] for line in lines if line.startswith("[")] == ["[1]", "[2]", "[3]"] * 2


def test_the_evidence_has_counts_on_both_sides() -> None:
    """Shared terms with how often either text has them and their share; what has no words comes last."""
    said = " ".join(twins(200))
    assert "tier      likely" in said
    assert "score     17.2, 9.5 above the next best" in said
    terms = "Vandermolen 2 ↔ 2, 50% · Lissewick 1 ↔ 1, 15% · bussen 2 ↔ bus 1, 5% · characters, 30%"
    assert f"shared    {terms}" in said


def test_color_is_not_the_only_sign() -> None:
    """With color terms are bold and underlined, numbers colored; everything but asterisks is as without it."""
    colored = "\n".join(twins(WIDE, colored=True))
    assert "\x1b[1;4;33mbussen\x1b[0m" in colored
    assert "\x1b[35m[1]│ \x1b[0mDe stad" in colored
    words = [re.sub(r"[\s*]", "", text) for text in (STYLES.sub("", colored), "\n".join(twins(WIDE)))]
    assert words[0] == words[1]


@pytest.mark.parametrize("width", [24, 60, 109, 110, 111, 150, 400])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    """Wide letters and long words are folded; columns do not grow beyond what one can read."""
    wide = "日本語" * 80 + " é" * 30 + "x" * 300
    lines = drawn(plain_view(wide, wide), console(width)).split("\n")
    assert max(map(cell_len, lines)) <= min(width, 2 * 88 + 3)
    assert "".join(lines).replace(" ", "").count("語") == 160


def test_columns_stand_where_wide_letters_are() -> None:
    """The right column begins at the same cell, whatever stands left of it."""
    lines = drawn(plain_view("日本\n\nab\n\ne\u0301e\u0301", "x\n\nx\n\nx"), console(WIDE)).split("\n")
    ends = [line for line in lines if line.endswith(" x")]
    assert {cell_len(line) for line in ends} == {57}


def test_white_space_alone_takes_no_line() -> None:
    """A part that has nothing but line ends is not drawn."""
    view = plain_view("Een", "Twee")
    more = (*view.rows, Row((Part((Piece("\n\n\n"),), opens=False),), ()))
    assert drawn(SideBySide("twins", view.left, view.right, more), console(60)) == drawn(view, console(60))


def test_what_a_terminal_would_act_on_is_shown() -> None:
    """Escapes, bidi controls and half surrogates of texts, titles and terms come as escapes."""
    bad = "a\x1b[31m\x9b\u202e\ud800\rb"
    head = Head("c" * 16, "c", f"T{bad}", bad, bad, bad, None, 1)
    row = Row((Part((Piece(bad, term=1),)),), (Part((Piece(bad),)),))
    for width in (60, 150):
        text = drawn(SideBySide("twins", head, head, (row,)), console(width))
        assert all(line.isprintable() for line in text.split("\n"))
        assert r"*a\x1b[31m\x9b\u202e\ud800\rb*" in text


def compared(one: str, other: str, width: int, *, whole: bool = False) -> list[str]:
    """Two texts with what differs, as the lines below what is said of them."""
    view = difference_view(text_article(one), text_article(other))
    lines = drawn(view, console(width), whole=whole).split("\n")
    return lines[next(n for n, line in enumerate(lines) if line.startswith("marks")) + 2 :]


def test_changes_have_signs_and_numbers() -> None:
    """The sign says which side has it, the number leads to the other; a place has no words."""
    assert compared("De oude brug is dicht.", "De brug blijft dicht. Echt.", WIDE) == [
        "De [−1 oude] brug [~2 is] dicht.                        De [−1] brug [~2 blijft] dicht.",
        "                                                        [+3 Echt.]",
        "",
    ]


def test_what_is_long_and_the_same_is_folded() -> None:
    """Whole rows become a line with their words; inside a row the words beside a change stay."""
    assert compared(LONG, LONG.replace("Oud", "Nieuw"), WIDE) == [
        f"{'… 62 words the same …':^109}".rstrip(),
        "",
        f"{'[~1 Oud] einde.':<56}[~1 Nieuw] einde.",
        "",
    ]
    lines = compared(f"Oud {SAME} slot.", f"Nieuw {SAME} slot.", 80)
    assert " ".join(" ".join(lines).split()).count("woord7 … 45 words the same … woord53") == 2


def test_the_whole_can_be_shown() -> None:
    """Without folding every word stands there; short stretches are never folded."""
    assert "woord31" in " ".join(compared(LONG, LONG.replace("Oud", "Nieuw"), WIDE, whole=True))
    assert not any("…" in line for line in compared("Kort en oud.", "Kort en nieuw.", WIDE))


@pytest.mark.parametrize(
    ("columns", "first"), [("200", "Drie bussen voor Korten  "), ("70", "Drie bussen voor Korten")]
)
def test_printing_takes_the_width_of_the_terminal(
    columns: str, first: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a pipe there are no escapes and no pager."""
    monkeypatch.setenv("COLUMNS", columns)
    view = twin_view(dutch(), french(), twin_pair(), alignment(*PASSAGES))
    print_side_by_side(view, "auto")
    out = capsys.readouterr().out
    assert out.startswith(first)
    assert "\x1b" not in out
    assert out.endswith("\n")
    assert not out.endswith("\n\n")


def test_a_long_page_goes_through_the_pager(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal that is lower than the page; a dumb one gets it all at once."""
    shown: list[str] = []
    pager: Callable[[str], None] = shown.append
    monkeypatch.setattr("pydoc.pager", pager)
    monkeypatch.setattr("corpus_tool.cli.side_by_side.to_terminal", lambda: True)
    monkeypatch.setenv("LINES", "10")
    monkeypatch.setenv("TERM", "xterm")
    view = twin_view(dutch(), french(), twin_pair(), alignment(*PASSAGES))
    print_side_by_side(view, "never")
    assert (capsys.readouterr().out, len(shown)) == ("", 1)
    monkeypatch.setenv("TERM", "dumb")
    print_side_by_side(view, "never")
    assert (capsys.readouterr().out, len(shown)) == (shown[0], 1)
