r"""Words of a text, in the sense of Unicode Standard Annex #29 (word boundaries, default rules).

A word is a segment between two UAX 29 word boundaries that contains a letter or a digit (general
category L* or N*), the definition that UAX 29 section 4 suggests. Spaces, punctuation, symbols, emoji
and a lone underscore are segments, but not words:

    l’œuvre        1 word    WB6/7: ’ ' . · : between letters do not break (nor does the colon of a:b)
    1.234,56       1 word    WB11/12: . , ; ’ ' between digits do not break
    12:30          2 words   the colon joins letters only
    foo_bar        1 word    WB13a/b: underscore and U+202F NARROW NO-BREAK SPACE extend a word
    Noord-Holland  2 words   the hyphen breaks
    CO₂            2 words   ₂ is a number that no rule joins to a letter (WB999)
    日本の、テスト   4 words   each ideograph and each Hiragana character; WB13: one Katakana run

Two matchers give the same boundaries. Text of Latin, Greek and Cyrillic letters, punctuation and symbols
goes through one pattern of the standard library. Text with any other character (other scripts, combining
marks, soft hyphens, joiners, emoji variation selectors) goes through the default boundaries of the
``regex`` module (``(?w)\b``), which is four to five times slower.

Differences from the reference ``(?w)\b`` of ``regex`` 2026.11.15, none of which changes a count in NTREX
in Dutch, French, German or English (``benchmarks/words.py``):

- It attaches an apostrophe to a vowel after it (``'een'`` is ``'een`` and ``'``), contrary to WB999; here
  the word is ``een``. It attaches a flag (regional indicators) to a letter after it; here the flag is
  left out. Neither changes the count.
- It breaks ``l'`` from a letter if a combining mark or soft hyphen stands between them, contrary to WB4 and
  WB6/7. Such text goes through ``regex`` here too, so it counts two words.

The colon is MidLetter in the tables of ``regex`` 2026.11.15, so ``a:b`` is one word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

# Members of the Word_Break classes among the characters that _NOT_SIMPLE lets through. Escapes are for the
# characters a reader cannot see or would take for another.
_LETTER = (
    r"A-Za-zªµºÀ-ÖØ-öø-\u02c1"
    r"\u0370-\u0374\u0376\u0377\u037a-\u037d\u037f\u0386\u0388-\u03f5\u03f7-\u03ff"
    r"\u0400-\u0481\u048a-\u052f\u1e00-\u1eff"
)
_DIGIT = "0-9"
_CONNECTOR = r"_\u202f\u203f\u2040\u2054"  # ExtendNumLet
_MID_LETTER = r".:'‘’·\u0387\u2024\u2027"  # MidLetter, MidNumLet, Single_Quote
_MID_NUMBER = r".,;'‘’\u037e\u2024\u2044"  # MidNum, MidNumLet, Single_Quote
_LONE_NUMBER = "²³¹¼½¾⁴-⁹₀-₉"  # category No, class Other: a word by itself

_NOT_SIMPLE = (
    r"[^\0-\u00ac\u00ae-\u00b7\u00b9-\u02c1"  # without the soft hyphen and the cedilla (ALetter, not L*)
    r"\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u052f\u1e00-\u1eff"
    r"\u2000-\u200b\u2010-\u2029\u202f-\u205f\u2074-\u207e\u2080-\u208e\u20a0-\u20c0\u2116\u2122"
    r"\u2190-\u23ff\u2500-\u2775\u2794-\u2bff\ufffd"
    r"\U0001f1e6-\U0001f1ff\U0001f300-\U0001f3fa\U0001f400-\U0001faff]"  # without skin tones
)

# A middle character joins if a letter (or digit) is on both sides. It is matched before what precedes it is
# looked at, since a pattern that starts with a character set is rejected fastest.
_SIMPLE_WORD = (
    rf"[{_LETTER}{_DIGIT}][{_LETTER}{_DIGIT}{_CONNECTOR}]*+"
    rf"(?:(?:[{_MID_LETTER}](?<=[{_LETTER}].)[{_LETTER}]|[{_MID_NUMBER}](?<=[{_DIGIT}].)[{_DIGIT}])"
    rf"[{_LETTER}{_DIGIT}{_CONNECTOR}]*+)*+"
    rf"|[{_LONE_NUMBER}]"
)
# Connectors before the first letter belong to the word. The look-behind keeps a long line of underscores
# from being tried again at each of them.
_LEADING_CONNECTORS = rf"(?:(?<![{_CONNECTOR}])[{_CONNECTOR}]++(?=[{_LETTER}{_DIGIT}]))?+"


def count_words(text: str) -> int:
    """Return the number of words of the text.

    >>> count_words("Zo’n 1.234,56 euro in Noord-Holland!")
    6
    """
    if _not_simple().search(text) is None:
        return len(_simple_word_starts().findall(text))
    return len(_any_word_starts().findall(_without_flags(text)))


def words(text: str) -> Iterator[tuple[int, int]]:
    """Iterate over the words of the text as (start, end) offsets in code points.

    >>> list(words("l’œuvre, 12 %"))
    [(0, 7), (9, 11)]
    """
    if _not_simple().search(text) is None:
        return (match.span() for match in _simple_words().finditer(text))
    return (match.span() for match in _any_words().finditer(_without_flags(text)))


@cache
def _not_simple() -> re.Pattern[str]:
    return re.compile(_NOT_SIMPLE)


# Counting needs the start of each word only. The empty group makes findall return the same empty string for
# each of them instead of a copy of the match.


@cache
def _simple_word_starts() -> re.Pattern[str]:
    return re.compile(f"(?:{_SIMPLE_WORD})()", re.DOTALL)


@cache
def _simple_words() -> re.Pattern[str]:
    return re.compile(f"{_LEADING_CONNECTORS}(?:{_SIMPLE_WORD})", re.DOTALL)


# From a boundary, over what is neither letter nor digit and has no boundary after it, to the first letter or
# digit.
_ANY_WORD_START = r"(?:[^\p{L}\p{N}]\B)*+[\p{L}\p{N}]"


@cache
def _any_word_starts() -> Any:
    import regex  # 14 ms, and most Dutch and French articles need the standard library only

    return regex.compile(rf"(?w)\b{_ANY_WORD_START}()")


@cache
def _any_words() -> Any:
    import regex

    leading_apostrophe = r"(?:['’][\p{M}\p{Cf}]*+\B)?+\K"  # \K starts the match after it
    return regex.compile(rf"(?w)\b{leading_apostrophe}{_ANY_WORD_START}(?:\B.)*+", regex.DOTALL)


def _without_flags(text: str) -> str:
    """Replace regional indicators by a symbol of the same length, which is neither part of a word.

    ``regex`` looks back over the whole run of indicators at each of them for WB15/16 (quadratic: 25 s for
    100,000 in a row), and does not break between an indicator and a letter.
    """
    return _regional_indicators().sub("•", text)


@cache
def _regional_indicators() -> re.Pattern[str]:
    return re.compile("[\U0001f1e6-\U0001f1ff]")
