"""Two articles side by side: which stretches share a row, what is marked, and what is said of the pair."""

from __future__ import annotations

import pytest

from corpus_tool.link.alignment import Alignment, Passage
from corpus_tool.link.duplicates import Pair
from corpus_tool.link.twins import TwinDates
from corpus_tool.link.views import difference_view, twin_view
from corpus_tool.model.side_by_side import Change, Fact, Part, Piece, SharedTerm, SideBySide
from tests.unit.side_by_side import DUTCH, FRENCH, PASSAGES, alignment, dutch, french, text_article, twin_pair


def texts(parts: tuple[Part, ...]) -> list[tuple[int | None, str]]:
    """The parts of a cell, each with the number of its passage."""
    return [(part.passage, part.text.strip()) for part in parts]


def changes(view: SideBySide) -> list[list[tuple[str, int, str]]]:
    """The changes of both sides: kind, number, and the words there."""
    return [
        [
            (piece.change.kind, piece.change.number, piece.text)
            for cell in view.cells(side)
            for part in cell
            for piece in part.pieces
            if piece.change
        ]
        for side in ("left", "right")
    ]


def rows_of(one: str, other: str) -> list[tuple[str, str]]:
    """The rows of two texts compared, as text."""
    view = difference_view(text_article(one), text_article(other))
    assert (view.text("left"), view.text("right")) == (one, other)
    return [("".join(part.text for part in row.left), "".join(part.text for part in row.right)) for row in view.rows]


def test_each_passage_has_a_row_and_the_rest_stands_between() -> None:
    """Three passages; the French sentence and the Dutch subhead without a counterpart share a row."""
    view = twin_view(dutch(), french(), twin_pair(), alignment(*PASSAGES))
    assert [(texts(row.left), texts(row.right)) for row in view.rows] == [
        ([(1, "De stad Korten koopt drie bussen van Vandermolen.")], [(1, FRENCH[:50])]),
        ([(None, "De bussen")], [(None, "Le maire s'en réjouit.")]),
        ([(2, "Ze rijden vanaf maandag.")], [(2, "Ils rouleront dès lundi.")]),
        ([(3, "Vandermolen levert ze uit Lissewick.")], [(3, "Vandermolen les livre de Lissewick.")]),
        ([(None, "De prijs blijft geheim.")], []),
    ]
    assert (view.text("left"), view.text("right"), view.passages()) == (DUTCH, FRENCH, 3)


def test_passages_that_cross_keep_their_numbers() -> None:
    """Of crossing passages the most that do not cross share rows; the others are marked where they stand."""
    crossing = (Passage((0,), (3,), 0.5), Passage((2,), (0,), 0.5), Passage((3,), (2,), 0.5))
    view = twin_view(dutch(), french(), twin_pair(), alignment(*crossing))
    both = [(texts(row.left), texts(row.right)) for row in view.rows]
    assert both[1] == ([(2, "Ze rijden vanaf maandag.")], [(2, FRENCH[:50])])
    assert both[3] == ([(3, "Vandermolen levert ze uit Lissewick.")], [(3, "Ils rouleront dès lundi.")])
    assert (both[0][0][0][0], both[4][1][0][0]) == (1, 1)
    assert (view.text("left"), view.text("right")) == (DUTCH, FRENCH)


def test_of_passages_that_overlap_the_earlier_stays() -> None:
    """So do passages of sentences that are not there: no row, no number."""
    odd = (Passage((0, 1), (0,), 0.9), Passage((1,), (1,), 0.8), Passage((2,), (9,), 0.8), Passage((), (1,), 0.1))
    view = twin_view(dutch(), french(), twin_pair(), alignment(*odd))
    assert view.passages() == 1
    assert texts(view.rows[0].left) == [(1, "De stad Korten koopt drie bussen van Vandermolen."), (1, "De bussen")]
    assert [part.begins for part in view.rows[0].left] == [True, False]


def test_shared_terms_are_marked_by_their_line() -> None:
    """Terms with words come first, each marked at all its places; counts are those of the texts."""
    view = twin_view(dutch(), french(), twin_pair(), alignment(*PASSAGES))
    assert view.terms == (
        SharedTerm("same", "Vandermolen", "Vandermolen", 2, 2, 0.5),
        SharedTerm("same", "Lissewick", "Lissewick", 1, 1, 0.15),
        SharedTerm("gazetteer", "bussen", "bus", 2, 1, 0.05),
        SharedTerm("characters", "", "", 0, 0, 0.3),
    )
    marked = [(piece.term, piece.text) for part in view.rows[3].right for piece in part.pieces if piece.term]
    assert marked == [(1, "Vandermolen"), (2, "Lissewick")]


def test_a_pair_may_be_named_the_other_way_round() -> None:
    """The article asked for stands on the left, with its own terms."""
    turned = alignment(
        *(Passage(each.b, each.a, each.score) for each in PASSAGES), a=FRENCH, b=DUTCH, tags=("fr", "nl")
    )
    view = twin_view(french(), dutch(), twin_pair(), turned)
    assert (view.left.language, view.right.language) == ("fr", "nl")
    assert view.terms[2] == SharedTerm("gazetteer", "bus", "bussen", 1, 2, 0.05)
    assert view.text("left") == FRENCH


def test_what_is_said_of_twins() -> None:
    """Tier, score, dates and passages; a refused pair says why, without rivals there is no next best."""
    view = twin_view(dutch(), french(), twin_pair(), alignment(*PASSAGES))
    assert view.facts == (
        Fact("tier", "likely"),
        Fact("score", "17.2, 9.5 above the next best"),
        Fact("passages", "3: 3 of 5 and 3 of 4 sentences, aligned as a translation"),
    )
    days = TwinDates(("2018-06-18", "2018-06-18"), ("2018-06-19", "2018-06-19"), 1, True)
    refused = twin_pair(tier=None, dates=days, candidates=1, reasons=("below the threshold: 3.0 of 8.0",))
    said = twin_view(dutch(), french(), refused, Alignment("comparable", (), (), ())).facts
    assert said == (
        Fact("tier", "none"),
        Fact("score", "17.2"),
        Fact("dates", "1 day apart, one of them inferred"),
        Fact("why not", "below the threshold: 3.0 of 8.0"),
        Fact("passages", "none that are likely the same, aligned as comparable texts"),
    )


def test_the_head_says_what_is_known() -> None:
    """Id, name, title, date, language, outlet, address and words of each article."""
    view = twin_view(dutch(), french(), twin_pair(), alignment())
    assert view.left == ("a" * 16, "a", "Drie bussen voor Korten", "2018-06", "nl", "De Kade", None, 23)
    assert (view.right.title, view.right.name, view.right.date) == (None, "korten-fr", None)


def test_changes_are_numbered_on_both_sides() -> None:
    """A changed word has one number on both sides; what only one has is a place on the other."""
    view = difference_view(
        text_article("De oude brug is dicht. Niemand weet waarom."),
        text_article("De brug blijft dicht. Niemand weet, zegt men, waarom."),
    )
    assert changes(view) == [
        [("left", 1, "oude"), ("changed", 2, "is"), ("right", 3, "")],
        [("left", 1, ""), ("changed", 2, "blijft"), ("right", 3, "zegt men,")],
    ]
    place = [piece for part in view.rows[0].right for piece in part.pieces][:2]
    assert place == [Piece("De"), Piece("", None, Change(1, "left"))]


def test_rows_begin_where_both_open_a_block() -> None:
    """A paragraph that only one has faces nothing, and leaves no place in the other."""
    one = "Eerste alinea hier.\n\nTweede alinea daar."
    other = "Eerste alinea hier.\n\nDeze is nieuw.\n\nTweede alinea daar.\n\nNog een slot."
    assert rows_of(one, other) == [
        ("Eerste alinea hier.\n\n", "Eerste alinea hier.\n\n"),
        ("", "Deze is nieuw.\n\n"),
        ("Tweede alinea daar.", "Tweede alinea daar.\n\n"),
        ("", "Nog een slot."),
    ]
    assert changes(difference_view(text_article(one), text_article(other))) == [
        [],
        [("right", 1, "Deze is nieuw."), ("right", 2, "Nog een slot.")],
    ]


def test_rows_begin_where_a_sentence_faces_a_block() -> None:
    """Paragraphs that the other text has joined are cut at their sentences; a block in a sentence cuts nothing."""
    assert rows_of("Een zin. Twee zinnen. Drie zinnen.", "Een zin. Twee zinnen.\n\nDrie zinnen.") == [
        ("Een zin. Twee zinnen. ", "Een zin. Twee zinnen.\n\n"),
        ("Drie zinnen.", "Drie zinnen."),
    ]
    assert len(rows_of("Een zin zonder einde.", "Een zin\n\nzonder einde.")) == 1
    assert rows_of("Slot.\n\nNa.", "Slot. Nog iets.\n\nNa.")[1] == ("", "Nog iets.\n\n")


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("Slot. Einde.\n\nNa.", "Slot. Einde, of niet.\n\nNa.", ("right", 1, ""), ("right", 1, "of niet.")),
        ("Voor.\n\nDe brug.", "Voor.\n\nPas op, de brug.", ("right", 1, ""), ("right", 1, "Pas op,")),
    ],
)
def test_a_place_stands_in_its_own_block(
    one: str, other: str, left: tuple[str, int, str], right: tuple[str, int, str]
) -> None:
    """Words put in at the end of a block are missed at its end, those at the beginning of one at its beginning."""
    view = difference_view(text_article(one), text_article(other))
    assert changes(view) == [[left], [right]]
    marked = [[any(piece.change for part in cell for piece in part.pieces) for cell in row] for row in view.rows]
    assert [row for row in marked if any(row)] == [[True, True]]


def test_what_is_said_of_near_duplicates() -> None:
    """The kind and what is shared where a pair is known; always the words that are the same."""
    one, other = text_article("Een twee drie vier."), text_article("Een twee drie vijf zes.")
    counted = (
        Fact("same words", "75% of the left, 60% of the right"),
        Fact("differences", "1 changed, 0 only left, 0 only right"),
    )
    assert difference_view(one, other).facts == counted
    known = difference_view(one, other, Pair("a", "b", 8, 9, 9)).facts
    assert known == (Fact("kind", "near"), Fact("Jaccard", "0.80, 89% of the shorter one"), *counted)
    assert difference_view(one, one).facts[-1] == Fact("differences", "none in the words")


def test_texts_without_words_are_shown() -> None:
    """Empty texts and such of signs alone have nothing to compare, and are there all the same."""
    assert rows_of("…", "") == [("…", "")]
    assert rows_of("", "") == []
    assert rows_of("— ***", "Woord.") == [("— ***", ""), ("", "Woord.")]
