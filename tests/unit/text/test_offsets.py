import re

from corpus_tool.text.offsets import Layer, OffsetMap, apply, edits_of


def test_a_deletion_leads_past_and_before_itself() -> None:
    """After a deletion starts map behind it, ends before it."""
    offsets = OffsetMap((Layer([(2, 4, "")]),))
    assert offsets.to_source(0, 2) == (0, 2)
    assert offsets.to_source(2, 3) == (4, 5)
    assert offsets.to_source(1, 3) == (1, 5)


def test_part_of_a_replacement_maps_to_all_of_it() -> None:
    """A span inside a replacement leads to everything that was replaced."""
    offsets = OffsetMap((Layer([(1, 2, "xyz")]),))
    assert offsets.to_source(2, 3) == (1, 2)
    assert offsets.to_source(4, 5) == (2, 3)


def test_an_insertion_where_text_was_deleted_has_an_empty_source() -> None:
    """A span never maps to one that ends before it begins."""
    offsets = OffsetMap((Layer([(1, 3, "")]), Layer([(1, 1, "x")])))
    assert offsets.to_source(1, 2) == (3, 3)


def test_edits_are_what_sub_would_change() -> None:
    """Matches that change nothing are no edits, and applying the edits is substituting."""
    pattern = re.compile("[ab]")
    edits = edits_of(pattern, "a", "abca")
    assert edits == [(1, 2, "a")]
    assert apply("abca", edits) == "aaca"


def test_a_layer_without_edits_is_left_out() -> None:
    """An empty layer adds nothing to the map."""
    assert OffsetMap().then(Layer([])) == OffsetMap()
