import pytest

from corpus_tool.text.blocks import ends_sentence, find_blocks, is_heading

SENTENCES = [
    "Klaar.",
    "Wat nu?",
    "Nee!",
    "En toen…",
    "Hij zei: “Nee.”",
    "« Non ! »",
    "„Ja.“",
    "(Zo is het.)",
    "“Ja!”  ",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_mark_ends_a_sentence_also_inside_closing_marks(text: str) -> None:
    """Quotation marks, brackets and blanks after the mark do not hide it."""
    assert ends_sentence(text)
    assert not is_heading(text)


@pytest.mark.parametrize("text", ["Nieuwe oproep", "Zij zei “ja”", "Namur – Huy 2-1", "Colère"])
def test_a_short_line_without_a_sentence_mark_has_the_form_of_a_heading(text: str) -> None:
    """What does not end as a sentence can head one."""
    assert not ends_sentence(text)
    assert is_heading(text)


@pytest.mark.parametrize("text", ["", "- een punt", "1. een punt", "123", "eerst,", "zoals:", "a\nb", "woord " * 30])
def test_lists_numbers_and_long_or_open_lines_head_nothing(text: str) -> None:
    """A heading is one short line with letters, no list item, and does not wait for more."""
    assert not is_heading(text)


def test_a_subhead_stands_between_two_blocks() -> None:
    """Neither the first nor the last block is a subhead; a short sentence is none either."""
    blocks = find_blocks("Kop\n\nEerste alinea.\n\nTussenkop\n\nTweede.\n\nUnaniem.\n\nSlot")
    assert [b.kind for b in blocks] == ["paragraph", "paragraph", "subhead", "paragraph", "paragraph", "paragraph"]


def test_no_text_has_no_blocks() -> None:
    """The empty text has no block, not an empty one."""
    assert find_blocks("") == []
