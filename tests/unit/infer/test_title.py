import pytest
from hypothesis import given

from corpus_tool.infer.title import find_title
from corpus_tool.text.normalize import normalize
from tests.properties.strategies import unruly_texts
from tests.unit.building import PROSE


def title(text: str) -> str | None:
    """The headline found in a text."""
    normalized = normalize(text)
    block = find_title(normalized)
    return None if block is None else normalized.text[block.start : block.end]


@pytest.mark.parametrize(
    "headline",
    [
        "Raad keurt plan goed",
        "Migration : le géant entre deux chaises",
        "« Nous n’avons pas le choix »",
        "Haven 2030",
        "x" * 200,
        "1.200 banen op de tocht",
    ],
)
@pytest.mark.parametrize("before", ["", "Door An Peeters\n\n", "18 juni 2018\n\n", "Rubriek: Sport\n\n"])
def test_a_headline_is_found(headline: str, before: str) -> None:
    """One line without a sentence mark, with text after it; byline, date and label lines are passed over."""
    assert title(f"{before}{headline}\n\n{PROSE}") == headline


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"{PROSE}\n\nRaad keurt plan goed\n\n{PROSE}",
        "Raad keurt plan goed",
        f"De raad keurde het plan goed.\n\n{PROSE}",
        f"“De raad keurde het plan goed.”\n\n{PROSE}",
        f"Wat nu?\n\n{PROSE}",
        f"{'x' * 201}\n\n{PROSE}",
        f"Eerste regel\ntweede regel\n\n{PROSE}",
        f"BRUSSEL, 18 juni (Belga) - De raad\n\n{PROSE}",
        f"18 juni 2018\n\n{PROSE}",
        f"Door An Peeters\n\n{PROSE}",
        f"- een lijst\n\n{PROSE}",
        f"12345\n\n{PROSE}",
        f"Rubriek: Sport\n\n{PROSE}",
        f"Foto: Jan Claes\n\n{PROSE}",
        "",
    ],
)
def test_no_headline_is_invented(text: str) -> None:
    """Running text, sentences, long lines, datelines, dates, bylines and a lone line are no titles."""
    assert title(text) is None


def test_furniture_is_passed_over_only_so_far() -> None:
    """After a few lines of furniture the search ends."""
    assert title("Door An Peeters\n\n" * 3 + f"Kop\n\n{PROSE}") == "Kop"
    assert title("Door An Peeters\n\n" * 4 + f"Kop\n\n{PROSE}") is None


@given(unruly_texts(80))
def test_a_title_is_one_block_with_text_after_it(text: str) -> None:
    """Law: whatever the text, a title is a single line of at most 200 characters and not the last block."""
    normalized = normalize(f"{text}\n\n{PROSE}")
    block = find_title(normalized)
    if block is not None:
        assert block in normalized.blocks[:-1]
        shown = normalized.text[block.start : block.end]
        assert 0 < len(shown) <= 200
        assert "\n" not in shown
