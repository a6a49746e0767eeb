"""Folding of text for search keys: two spellings of a word that a reader takes for one give the same key.

Full case folding (Unicode Standard, section 3.13) and compatibility decomposition (UAX 15, NFKD), without
accents and other diacritics, and with one form for each of what keyboards and typesetters write differently:
apostrophes, double quotation marks, dashes, blanks, and letters such as œ, ĳ, ß, ø and ł. Characters that
nobody sees (soft hyphen, zero-width ones, variation selectors) are dropped.

Of the combining marks only those go that stand for an accent, a Hebrew point or an Arabic vowel sign
(canonical combining classes 10 to 35 and 200 and over): the vowel signs of Indic scripts, the voicing marks
of kana and the like tell words apart.

A key is for comparing. Nothing that writes text may use it: it is no cleaning rule.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from corpus_tool.patterns import lazy
from corpus_tool.text.offsets import Layer, OffsetMap

if TYPE_CHECKING:
    from corpus_tool.text.offsets import Edit

_NOT_ASCII = lazy(r"[^\0-\x7f]")
_FEW = 32  # kinds of character that are replaced one after the other; Latin text has fewer

_ALIKE = {
    **dict.fromkeys("‘’‚‛ʹʻʼʽˈ′´", "'"),
    **dict.fromkeys("“”„‟«»‹›″〝〞〟", '"'),
    **dict.fromkeys("‐‑‒–—―−⁃", "-"),
    "⁄": "/",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
}
_DROPPED = frozenset("\u034f\u180b\u180c\u180d\u180f") | frozenset(map(chr, range(0xFE00, 0xFE10)))


class _Folds(dict[str, str]):
    """The fold of each character, found when it is first met."""

    def __missing__(self, character: str) -> str:
        folded = character
        while True:
            once = "".join(map(_fold_once, folded))
            if once == folded:
                break
            folded = once
        self[character] = folded
        return folded


def _fold_once(character: str) -> str:
    if character in _ALIKE:
        return _ALIKE[character]
    parts = unicodedata.normalize("NFKD", character.casefold())
    return "".join(part for part in parts if not _is_dropped(part))


def _is_dropped(character: str) -> bool:
    combining = unicodedata.combining(character)
    if 10 <= combining <= 35 or combining >= 200 or character in _DROPPED:
        return True
    return unicodedata.category(character) == "Cf" or "\U000e0100" <= character <= "\U000e01ef"


_folds = _Folds()


class _Table(dict[int, str]):
    """The same folds for `str.translate`, ASCII included."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folds[chr(code)]
        return folded


_table = _Table()


def fold(text: str) -> str:
    """The search key of the text; folding a key changes nothing.

    Each character is folded by itself, so the key of two texts joined is their keys joined.

    >>> fold("L’ŒUVRE d’Ĳsbrand – Señor Weiß")
    "l'oeuvre d'ijsbrand - senor weiss"
    """
    if text.isascii():
        return text.lower()
    found = set(_NOT_ASCII.findall(text))
    if len(found) > _FEW:
        return text.translate(_table)
    for character in found:
        text = text.replace(character, _folds[character])
    return text.casefold()


def fold_with_offsets(text: str) -> tuple[str, OffsetMap]:
    """The search key of the text, and the map that leads each span of the key back to its span of the text.

    The span takes in a whole character where part of its fold is asked for, and the accents and invisible
    characters that follow it. The map holds 16 bytes for each place where the length changes.

    >>> key, offsets = fold_with_offsets("un œuf")
    >>> key, offsets.to_source(3, 5)
    ('un oeuf', (3, 4))
    """
    return fold(text), OffsetMap().then(Layer(_edits(text)))


def _edits(text: str) -> list[Edit]:
    """The places where a key is longer or shorter than its text; a dropped character goes with the one before."""
    edits: list[Edit] = []
    for match in _NOT_ASCII.finditer(text):
        start, folded = match.start(), _folds[match[0]]
        if len(folded) == 1:
            continue
        if not folded and edits and edits[-1][1] == start:
            start, _, folded = edits.pop()
        elif not folded and start:
            start -= 1
            folded = text[start]  # its fold is one character as well, or it would have an edit
        edits.append((start, match.end(), folded))
    return edits
