import time
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.text import tokens
from corpus_tool.text.tokens import count_words, words

BOUNDARY = regex.compile(r"(?w)\b")
LETTER_OR_DIGIT = regex.compile(r"[\p{L}\p{N}]")
LEADING_APOSTROPHE = regex.compile(r"['’][\p{M}\p{Cf}]*")


def reference_words(text: str) -> list[tuple[int, int]]:
    """Segments of the regex module with a letter or digit, without the apostrophe it attaches to a vowel."""
    boundaries = [match.start() for match in BOUNDARY.finditer(text)]
    segments = pairwise(boundaries)
    spans = [span for span in segments if LETTER_OR_DIGIT.search(text, *span)]
    quotes = [LEADING_APOSTROPHE.match(text, *span) for span in spans]
    return [(quote.end() if quote else start, end) for (start, end), quote in zip(spans, quotes, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("zo’n zo'n l’œuvre aujourd'hui", ["zo’n", "zo'n", "l’œuvre", "aujourd'hui"]),
        ("'een' ‘woord’ ’amour’", ["een", "woord", "amour"]),
        ("Het kost 1.234,56 euro.", ["Het", "kost", "1.234,56", "euro"]),
        ("om 12:30; 1,2,3", ["om", "12", "30", "1,2,3"]),
        ("a.b a·b a:b a1.b2", ["a.b", "a·b", "a:b", "a1", "b2"]),
        ("Noord-Holland", ["Noord", "Holland"]),
        ("foo_bar _x_ __ _", ["foo_bar", "_x_"]),
        ("10\u202f000 km²", ["10\u202f000", "km", "²"]),
        ("e\u0301te\u0301 sa\xadmen a\u200db", ["e\u0301te\u0301", "sa\xadmen", "a\u200db"]),
        ("日本の、テスト", ["日", "本", "の", "テスト"]),
        ("Привет, κόσμε", ["Привет", "κόσμε"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("👍 👍🏽 🇳🇱 ❤️ … — « » € %", []),
        ("🇳🇱a 日", ["a", "日"]),
    ],
)
def test_segments_with_a_letter_or_digit_are_words(text: str, expected: list[str]) -> None:
    """The worked cases of UAX 29 give the words one counts by hand, and the count is their number."""
    assert [text[start:end] for start, end in words(text)] == expected
    assert count_words(text) == len(expected)


@pytest.mark.parametrize("template", ["{}", "a{}a", "1{}1", "a{}1", "1{}a", "{}a", "a{}", "_{}_a", "{}{}"])
def test_every_simple_character_has_its_word_break_class(template: str) -> None:
    """Each character the standard-library pattern takes on breaks or joins as the reference has it."""
    characters = [c for c in map(chr, range(0x110000)) if tokens._not_simple().match(c) is None]
    flags = {chr(c) for c in range(0x1F1E6, 0x1F200)}
    differing = [
        character
        for character in characters
        if character not in flags and list(words(text := template.format(*2 * [character]))) != reference_words(text)
    ]
    assert len(characters) > 5000
    assert differing == []


@given(st.text(alphabet="aéя1_\u202f.:’',;·\u2044²- \n😀"))
def test_simple_text_has_the_boundaries_of_the_reference(text: str) -> None:
    """Any sequence of the classes the standard-library pattern knows has the words of the reference."""
    assert list(words(text)) == reference_words(text)
    assert count_words(text) == len(reference_words(text))


@given(st.text(alphabet="aé1_\u202f.:’' \u0301\xad\u200d日のカא\"ส\U0001f3fd\ufe0f"))
def test_other_text_has_the_boundaries_of_the_reference(text: str) -> None:
    """Scripts and marks beyond the standard-library pattern have the words of the reference."""
    assert list(words(text)) == reference_words(text)
    assert count_words(text) == len(reference_words(text))


@pytest.mark.parametrize("unit", ["_", "'a", "1.", "²", "\u0301", " \u0301", "🇳", "日🇳🇱", "\u200d", 'א"'])
def test_time_is_linear_in_a_run_of_one_character(unit: str) -> None:
    """A hundred thousand repetitions take well under the seconds that a quadratic pattern needs."""
    text = unit * 100_000
    begin = time.process_time()
    assert count_words(text) == sum(1 for _ in words(text))
    assert time.process_time() - begin < 2
