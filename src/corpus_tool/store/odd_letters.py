"""Letters that the full-text index keeps as they are and `text.fold` makes plain: ø, ł, ﬁ, ², soft hyphens …

A search tries the likely spellings of a word; a concordance promises every hit, so that texts with such letters are
looked into whatever the index says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from corpus_tool.patterns import lazy
from corpus_tool.store.match import indexed
from corpus_tool.text.fold import fold

SPELLED_OUT = "œæßĳŒÆĲẞ"
"""What every search looks for in both spellings."""

_NOT_ASCII = lazy(r"[^\0-\x7f]")


def oddly_spelled(text: str) -> bool:
    """Whether a text has a letter that the index and a folded comparison take for different ones.

    >>> oddly_spelled("l’été à Liège, un œuf"), oddly_spelled("Łódź")
    (False, True)
    """
    return not text.isascii() and any(map(_is_odd, set(_NOT_ASCII.findall(text))))


MOST_CHOICES = 4
"""Words with more letters that may be joined are left to be looked for in the texts."""

_JOINED = {"oe": "œ", "ae": "æ", "ss": "ß", "ij": "ĳ"}
_CHOICE = lazy("oe|ae|s(?=s)|ij")


def expression_for(terms: Iterable[tuple[str, bool]]) -> str | None:
    """What the index finds of every text with these folded words, or beginnings of words, but for oddly spelled ones.

    None where it cannot help.

    >>> expression_for([("ice", False), ("oeuvr", True)])
    '("ice") AND ("oeuvr"* OR "œuvr"*)'
    """
    found = []
    for word, prefix in terms:
        if len(_CHOICE.findall(word)) <= MOST_CHOICES:
            spelled = (f'"{spelling}"{"*" if prefix else ""}' for spelling in _spellings(word))
            found.append(f"({' OR '.join(spelled)})")
    return " AND ".join(found) or None


def _spellings(word: str) -> list[str]:
    """A word with each of its joined letters in both spellings, in every combination."""
    if not word:
        return [""]
    found = [word[0] + rest for rest in _spellings(word[1:])]
    if word[:2] in _JOINED:
        found += [_JOINED[word[:2]] + rest for rest in _spellings(word[2:])]
    return found


@lru_cache(maxsize=65536)
def _is_odd(letter: str) -> bool:
    if letter in SPELLED_OUT:
        return False
    if letter > "\uffff":  # the index takes emoji that are newer than its tables for letters
        return True
    if not letter.isalnum() and unicodedata.ucd_3_2_0.category(letter) == "Cn":
        return True  # and so the signs that are newer: ₽, ⏸
    folded = fold(letter)
    # An apostrophe that is a letter (ʼ) joins two words in the index, and parts them when it is folded.
    return folded != indexed(letter) and (not folded or letter.isalnum() or any(map(str.isalnum, folded)))
