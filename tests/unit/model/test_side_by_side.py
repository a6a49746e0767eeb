"""The values of a view: its texts are the pieces of its rows."""

from corpus_tool.model.side_by_side import SIDES, Head, Part, Piece, Row, SideBySide

HEAD = Head("a" * 16, "a", None, None, "nl", None, None, 3)


def test_a_text_is_all_its_pieces() -> None:
    """Pieces of all rows in order, white space included; a side of a row may be empty."""
    opening = Part((Piece("Een "), Piece("twee", term=1), Piece("\n\n")), passage=1, begins=True)
    rows = (Row((opening,), ()), Row((Part((Piece("drie"),), passage=2, begins=True),), (Part((Piece("x"),)),)))
    view = SideBySide("twins", HEAD, HEAD._replace(id="b" * 16), rows)
    assert [view.text(side) for side in SIDES] == ["Een twee\n\ndrie", "x"]
    assert [len(list(view.cells(side))) for side in SIDES] == [2, 2]
    assert [view.head(side).id[0] for side in SIDES] == ["a", "b"]
    assert view.passages() == 2
    assert SideBySide("twins", HEAD, HEAD, ()).passages() == 0
