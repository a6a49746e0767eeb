"""A text cut into parts: at blocks, passages and marks, with every character once."""

from __future__ import annotations

import pytest

from corpus_tool.link.laid_text import LaidText, Mark, Passage, Taken, block_starts
from corpus_tool.model.article import Block, Normalization
from corpus_tool.model.side_by_side import Change, Part, Piece
from tests.unit.building import article
from tests.unit.side_by_side import text_article

TEXT = "Eerste zin. Tweede zin.\n\nKop\n\nDerde zin hier."


def laid(*marks: Mark, passages: tuple[Passage, ...] = ()) -> list[Part]:
    """All parts of the text with these marks and passages."""
    return list(LaidText(text_article(TEXT), passages, marks).parts(0, len(TEXT)))


def test_parts_are_blocks_with_the_white_space_behind_them() -> None:
    """Three blocks, of which one is a subhead; nothing between them is lost."""
    parts = laid()
    assert [part.text for part in parts] == ["Eerste zin. Tweede zin.\n\n", "Kop\n\n", "Derde zin hier."]
    assert [(part.kind, part.opens) for part in parts] == [("paragraph", True), ("subhead", True), ("paragraph", True)]


def test_a_passage_over_two_blocks_begins_once() -> None:
    """A passage cuts the block in which it begins, and goes on in the next."""
    parts = laid(passages=(Passage(12, 30, 7),))
    assert [part.text for part in parts] == ["Eerste zin. ", "Tweede zin.\n\n", "Kop\n\n", "Derde zin hier."]
    assert [(part.passage, part.begins, part.opens) for part in parts] == [
        (None, False, True),
        (7, True, False),
        (7, False, True),
        (None, False, True),
    ]


def test_a_mark_is_cut_where_a_block_ends() -> None:
    """A marked stretch over two blocks is a marked piece in each."""
    parts = laid(Mark(19, 28, term=2))
    assert [part.pieces for part in parts[:2]] == [
        (Piece("Eerste zin. Tweede "), Piece("zin.\n\n", 2)),
        (Piece("Kop", 2), Piece("\n\n")),
    ]


def test_of_marks_that_overlap_the_first_given_stays() -> None:
    """The surest evidence comes first; marks outside the text are none."""
    parts = laid(
        Mark(12, 22, term=1), Mark(7, 13, term=2), Mark(0, 6, term=3), Mark(40, 99, term=4), Mark(-3, 2, term=5)
    )
    assert parts[0].pieces == (Piece("Eerste", 3), Piece(" zin. "), Piece("Tweede zin", 1), Piece(".\n\n"))
    assert not any(piece.term for part in parts[1:] for piece in part.pieces)


@pytest.mark.parametrize(("place", "part"), [(0, 0), (11, 0), (25, 1), (len(TEXT), 2)])
def test_an_empty_mark_is_a_place(place: int, part: int) -> None:
    """It takes no characters; between two parts it belongs to the second, at the end to the last."""
    change = Change(1, "right")
    parts = laid(Mark(place, place, change=change))
    assert "".join(each.text for each in parts) == TEXT
    assert [number for number, each in enumerate(parts) if Piece("", None, change) in each.pieces] == [part]


def test_a_stretch_of_the_text_alone() -> None:
    """Parts of a row: the first does not open its block, nothing gives no parts."""
    text = LaidText(text_article(TEXT))
    assert [(part.text, part.opens) for part in text.parts(7, 28)] == [("zin. Tweede zin.\n\n", False), ("Kop", True)]
    assert text.parts(5, 5) == ()


def test_text_that_no_block_has_is_a_paragraph() -> None:
    """Blocks that leave something out, overlap or lie outside do not hide any of the text."""
    blocks = (Block("subhead", 3, 6), Block("paragraph", 4, 8), Block("paragraph", 12, 15), Block("paragraph", 18, 99))
    odd = article(text="ab cde fgh  ijk lm", normalization=Normalization(blocks=blocks))
    assert block_starts(odd) == [
        (0, "paragraph"),
        (3, "subhead"),
        (7, "paragraph"),
        (12, "paragraph"),
        (16, "paragraph"),
    ]
    bare = article(text="a\n\nb", normalization=Normalization())
    assert block_starts(bare) == [(0, "paragraph"), (3, "paragraph")]
    assert block_starts(article(text="", normalization=Normalization())) == [(0, "paragraph")]


def test_neighbors_do_not_overlap() -> None:
    """What ends where another begins is free; what reaches into one is not."""
    taken = Taken(10)
    taken.take(0, 5)
    taken.take(5, 7)
    assert [taken.is_free(*span) for span in ((7, 10), (5, 6), (4, 5), (6, 8), (7, 11))] == [True, *[False] * 4]
