"""Letters that the full-text index keeps as they are and `text.fold` makes plain: ø, ł, ﬁ, ², soft hyphens …

A search tries the likely spellings of a word; a concordance promises every hit, so that texts with such letters are
looked into whatever the index says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from corpus_tool.patterns import lazy
from corpus_tool.store.match import indexed, parse_search
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


MOST_CHOICES = 3
"""A search tries both spellings of each of so many letters of a word, in every combination."""

_CHOICE = lazy("oe|ae|ss|ij")


def expression_for(terms: Iterable[tuple[str, bool]]) -> str | None:
    """What the index finds of every text that has all of these folded words, or the beginnings of words, but for texts
    that are spelled oddly; None where it cannot help.

    >>> expression_for([("bus", False), ("kran", True)])
    '("bus" AND "kran"*)'
    """
    typed = [f'"{word}"{"*" if prefix else ""}' for word, prefix in terms if len(_CHOICE.findall(word)) <= MOST_CHOICES]
    return parse_search(" AND ".join(typed)).expression if typed else None


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
