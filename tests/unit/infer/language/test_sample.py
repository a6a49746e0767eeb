import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.infer.language.sample import LOOKED_THROUGH, SAMPLE_CHARACTERS, take_sample
from tests.unit.infer.language.texts import OTHER_SCRIPTS, PARAGRAPHS


def test_a_bounded_opening() -> None:
    """So many characters of whole words, from the beginning; a word without end is cut."""
    text = "woord " * 1000
    shown = take_sample(text).shown
    assert SAMPLE_CHARACTERS - 6 <= len(shown) <= SAMPLE_CHARACTERS
    assert text.startswith(shown)
    assert text[len(shown)] == " "
    assert take_sample("x" * 5000).shown == "x" * SAMPLE_CHARACTERS
    lines = "\n".join(["Een regel van de krant."] * 200)
    assert SAMPLE_CHARACTERS - 30 < len(take_sample(lines).shown) <= SAMPLE_CHARACTERS
    assert take_sample(f"{'x' * 800}\n{'y' * 800}").letters <= SAMPLE_CHARACTERS


def test_a_short_text_is_shown_whole() -> None:
    """What is short and plain is shown as it is, with its number of letters."""
    assert take_sample("De raad zegt ja.\nDe krant ook.") == ("De raad zegt ja.\nDe krant ook.", 22, True)
    assert take_sample("") == ("", 0, False)


def test_addresses_and_markup_are_left_out() -> None:
    """Addresses of pages and of mail, tags, handles: they are in no language."""
    text = "Zie https://a.org/the/new www.krant.be <b>hier</b> @wie #dat of mail an@krant.be nu"
    assert take_sample(text).shown.split() == ["Zie", "hier", "of", "mail", "nu"]
    for sign in ("https://example.org/the/house", "www.krant.be", "an@krant.be", "<b>", "@wie", "#dat"):
        assert take_sample(sign) == ("", 0, False)
        assert take_sample(f"de krant {sign} van nu").shown.split() == ["de", "krant", "van", "nu"]


def test_tables_are_skipped() -> None:
    """Lines that are mostly digits and signs, and empty ones, are passed over; the lines between them are shown."""
    text = "1. 12,5 %  3-2\n\nDe uitslag van gisteren:\n---- 1.234 x\nKV 3-2  4-1  (0-0)\nMeer nieuws volgt."
    assert take_sample(text).shown == "De uitslag van gisteren:\nMeer nieuws volgt."
    assert take_sample("12,5 % | 3\n4-1 (0-0)") == ("", 0, False)


def test_a_text_below_a_long_table_is_found() -> None:
    """Lines are looked for as far down as the limit says, and no farther."""
    row = "12 34 56\n"
    below = PARAGRAPHS["nl"]
    assert take_sample(row * 1000 + below).shown == take_sample(below).shown
    assert not take_sample(row * (LOOKED_THROUGH // len(row) + 1) + below).is_language


def test_capitals_are_lowered() -> None:
    """Where capitals prevail the sample is in lower case; otherwise it stays as it is."""
    assert take_sample("DE RAAD zegt ja NU") == ("de raad zegt ja nu", 14, True)
    assert take_sample("De Raad zegt ja").shown == "De Raad zegt ja"
    assert take_sample("ÉTÉ À LIÈGE, ÇA CONTINUE").shown == "été à liège, ça continue"


@pytest.mark.parametrize(
    "text",
    [
        "Jan Peeters, Marie Claes, Piet De Smet, Sofie Van Hove, Karel Maes",
        "Jean-Luc Dupont\nAnne O’Brien\nJ.P. Morel\nÉlise Lambert",
        "Sofie Van den Broeck, Jan van der Linden, Piet de Smet, An Peeters",
        "Anna Schmidt; Jörg Müller; Uwe Krüger; Ilse Weiß",
        "Иван Петров, Анна Смирнова, Олег Кузнецов, Мария Попова",
    ],
)
def test_a_list_of_names_is_no_language(text: str) -> None:
    """Names alone, on lines or between commas, could stand in any language."""
    assert not take_sample(text).is_language


@pytest.mark.parametrize(
    "text",
    [
        "Jan Peeters, Marie Claes, Piet De Smet",
        "Aanwezig waren Jan Peeters, Marie Claes, Piet De Smet, Sofie Van Hove en nog enkele anderen uit de buurt.",
        "Brand In Gent",
        "Gent, Brussel, Luik, Namen, Antwerpen",
        "de oude haven, het nieuwe plein, een lange brug, het kleine park",
        PARAGRAPHS["nl"],
        PARAGRAPHS["de"],
        *OTHER_SCRIPTS.values(),
    ],
)
def test_what_is_no_list_of_names(text: str) -> None:
    """A few names only, names in a sentence, single words, a headline, running text in any script."""
    assert take_sample(text).is_language


PIECES = [
    "De raad zegt ja. ",
    "\n",
    "1.234 ",
    "https://a.org/x ",
    "<b>",
    "İ",
    "ŉ",
    "@wie ",
    "WOORD ",
    "Jan Maes, ",
    "x" * 300,
]
"""Two of them grow when they are lowered or raised."""


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=60).map("".join))
def test_any_text_works(text: str) -> None:
    """Law: whatever the text, so many characters at most are shown, and nothing where there are no letters."""
    sample = take_sample(text)
    assert len(sample.shown) <= SAMPLE_CHARACTERS + sample.shown.count("i̇")
    assert 0 <= sample.letters <= min(len(text), SAMPLE_CHARACTERS + 1)
    assert not sample.is_language or sample.letters > 0
    assert (sample.shown == "") == (sample.letters == 0)
    assert take_sample(text) == sample


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=30).map("".join))
def test_what_is_shown_stands_in_the_text(text: str) -> None:
    """Law: apart from what is left out, each line shown begins a line of the text, in the same order."""
    lines = iter(text.casefold().split("\n"))
    for shown in take_sample(text).shown.casefold().split("\n"):
        assert not shown.strip() or any(_leaves(shown, line) for line in lines)


def _leaves(shown: str, line: str) -> bool:
    """Whether leaving out signs of a line gives what is shown of it, blanks aside."""
    signs = iter(line)
    return all(sign in signs for sign in shown if not sign.isspace())
