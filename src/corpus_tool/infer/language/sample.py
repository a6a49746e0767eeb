"""What of a text is shown to a backend: a bounded number of lines that are made of words."""

from __future__ import annotations

from typing import NamedTuple

from corpus_tool.patterns import lazy

SAMPLE_CHARACTERS = 1000
"""How much of a text is shown: three sentences already decide a whole article."""
LOOKED_THROUGH = 20_000
"""How far into a text lines are looked for, where it opens with tables."""

LETTER_SHARE = 0.4  # of a line's signs; scripts that write vowels as marks have about 0.6
NAMES = 4  # so many names in a row, and hardly anything else, are a list
NAME_SHARE = 0.9
LONGEST_NAME = 4  # words

_SKIPPED = lazy(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|<[^<>\n]{1,200}>|[@#]\w+")
_PIECE = lazy(r"[^\n,;|•·]+")
_NAME = lazy(r"(?:(?:[^\W\d_]\.)+|[^\W\d_a-zà-öø-ÿ][^\W\d_A-ZÀ-ÖØ-Þ]*(?:[-'’][^\W\d_]+)*)")


class Sample(NamedTuple):
    """What is shown, the letters in it, and whether it has words at all: numbers, names and tables have none."""

    shown: str
    letters: int
    is_language: bool


def take_sample(text: str) -> Sample:
    """The opening lines that are mostly letters, without addresses and markup, in lower case if mostly capitals.

    >>> take_sample("3-2  4-1\\nDE RAAD KEURDE HET GOED")
    Sample(shown='de raad keurde het goed', letters=19, is_language=True)
    """
    lines: list[str] = []
    size = letters = 0
    for line in text[:LOOKED_THROUGH].split("\n"):
        shown = _SKIPPED.sub(" ", line[: SAMPLE_CHARACTERS + 1 - size])
        found = sum(map(str.isalpha, shown))
        if found >= LETTER_SHARE * (len(shown) - shown.count(" ")) and found:
            lines.append(_whole_words(shown, SAMPLE_CHARACTERS - size))
            size += len(lines[-1]) + 1
            letters += found
        if size >= SAMPLE_CHARACTERS:
            break
    shown = "\n".join(lines)
    if 2 * sum(map(str.isupper, shown)) > letters:
        return Sample(shown.lower(), letters, letters > 0)
    return Sample(shown, letters, letters > 0 and not _is_list_of_names(shown))


def _whole_words(line: str, room: int) -> str:
    """The line, cut at a word where it is longer than the room that is left."""
    if len(line) <= room:
        return line
    cut = line.rfind(" ", room // 2, room)
    return line[: cut if cut > 0 else room]


def _is_list_of_names(shown: str) -> bool:
    """Whether nearly every piece between commas and line ends is a few capitalized words."""
    pieces = [piece.split() for piece in _PIECE.findall(shown[:400])]
    names = sum(1 < len(words) <= LONGEST_NAME and all(map(_NAME.fullmatch, words)) for words in pieces)
    return names >= NAMES and names >= NAME_SHARE * len(pieces)
