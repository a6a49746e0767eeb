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

_SKIPPED = lazy(r"https?://\S+|www\.\S+|(?<!\S)[^\s@]{1,64}@[^\s@]{1,255}|<[^<>\n]{1,200}>|[@#]\w+")
_SIGNS = ("http", "www.", "@", "<", "#")
_WORD = lazy(r"[^\W\d_]+")
_PIECE = lazy(r"[^\n,;|•·]+")
_NAME = lazy(r"(?:[^\W\d_]\.)+|[^\W\d_]+(?:[-'’][^\W\d_]+)*")


_PARTICLES = frozenset(
    ("van", "de", "den", "der", "het", "ten", "ter", "te", "du", "des", "la", "le", "von", "zu", "da", "di")
)


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
    size = letters = capitals = 0
    for line in text[:LOOKED_THROUGH].split("\n"):
        shown = _without_addresses(line[: SAMPLE_CHARACTERS + 1 - size])
        words = _WORD.findall(shown)
        found = sum(len(word) for word in words if word.isalpha())  # ½ and ② are in words too
        if found and found >= LETTER_SHARE * (len(shown) - shown.count(" ")):
            lines.append(_whole_words(shown, SAMPLE_CHARACTERS - size))
            size += len(lines[-1]) + 1
            letters += found
            capitals += sum(len(word) for word in words if word.isupper())
        if size >= SAMPLE_CHARACTERS:
            break
    shown = "\n".join(lines)
    if 2 * capitals > letters:
        return Sample(shown.lower(), letters, True)
    return Sample(shown, letters, letters > 0 and not _is_list_of_names(shown))


def _without_addresses(line: str) -> str:
    """The line without addresses, markup and handles; most lines have no sign of any."""
    return _SKIPPED.sub(" ", line) if any(map(line.__contains__, _SIGNS)) else line


def _whole_words(line: str, room: int) -> str:
    """The line, cut at a word where it is longer than the room that is left."""
    if len(line) <= room:
        return line
    cut = line.rfind(" ", room // 2, room)
    return line[: cut if cut > 0 else room]


def _is_list_of_names(shown: str) -> bool:
    """Whether nearly every piece between commas and line ends is a few capitalized words."""
    pieces = [piece.split() for piece in _PIECE.findall(shown[:400])]
    names = sum(1 < len(words) <= LONGEST_NAME and all(map(_is_name, words)) for words in pieces)
    return names >= NAMES and names >= NAME_SHARE * len(pieces)


def _is_name(word: str) -> bool:
    """Whether a word is written like a name, its initials, or a particle of one."""
    return word in _PARTICLES or (word[0].isupper() and _NAME.fullmatch(word) is not None)
