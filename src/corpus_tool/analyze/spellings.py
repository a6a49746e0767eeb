"""Which characters a reader takes for one, as classes of regular expressions over a text as it stands.

To fold every text that is searched would cost more than the search, and what is found would have to be led back.
Here it is the pattern that is unfolded: `e` becomes `[eEéÉèÈ…]`. What folds to what is what `text/fold.py` says.

There are over a million characters, and a text has a hundred of them: they are learned in blocks of 128, the first
time that a text holds one. What was compiled before is compiled anew then; news has a few dozen blocks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus_tool.text.fold import fold

BLOCK = 128
"""Characters that are learned together."""

_USUAL = (*range(7), 0x2000 // BLOCK, 0x2080 // BLOCK)  # Latin, accents, punctuation, currencies


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of characters, as they stand in a regular expression.

    `letter`: letters and digits. `solid`: letters, digits and marks; one of them beside a word makes it longer.
    `word`: what stands inside words, which is these and what nobody sees, such as the soft hyphen; `other`: what does
    not. `after`: what stands in words and is no letter or digit. `dropped` folds to nothing; `invisible` has no shape.
    """

    letter: str
    solid: str
    word: str
    other: str
    after: str
    dropped: str
    invisible: str


class Spellings:
    """What each character met so far folds to, and whether words are made of it.

    `of` has the characters that fold to a string, `word` all that stand in words; `version` counts how often something
    was learned.
    """

    __slots__ = (
        "_classes",
        "_dropped",
        "_invisible",
        "_known",
        "_letters",
        "_marks",
        "_unknown",
        "of",
        "version",
        "word",
    )

    def __init__(self) -> None:
        self.of: dict[str, list[str]] = {}
        self.word: set[str] = set()
        self.version = 0
        self._letters: list[str] = []
        self._marks: list[str] = []
        self._invisible: list[str] = []
        self._dropped: list[str] = []
        self._known: set[int] = set()
        self._classes: Classes | None = None
        self._add(_USUAL)

    def learn(self, text: str) -> None:
        """Know every character of a text; where they are known there is nothing to do."""
        if text.isascii() or self._unknown.search(text) is None:
            return
        self._add({ord(character) // BLOCK for character in self._unknown.findall(text)})

    @property
    def classes(self) -> Classes:
        """The classes of the characters known."""
        if self._classes is None:
            word = character_class(self.word)
            self._classes = Classes(
                letter=character_class(self._letters),
                solid=character_class([*self._letters, *self._marks]),
                word=word,
                other=f"[^{word[1:]}",
                after=character_class([*self._marks, *self._invisible]),
                dropped=character_class(self._dropped),
                invisible=character_class(self._invisible),
            )
        return self._classes

    def _add(self, blocks: Iterable[int]) -> None:
        for block in sorted(blocks):
            self._known.add(block)
            for code in _codes(block):
                self._learn(chr(code))
        known = character_class(chr(code) for block in self._known for code in _codes(block))
        self._unknown = re.compile(f"[^{known[1:]}")
        self._classes = None
        self.version += 1

    def _learn(self, character: str) -> None:
        folded = fold(character)
        if folded:
            self.of.setdefault(folded, []).append(character)
        else:
            self._dropped.append(character)
        if character.isalnum():
            self._letters.append(character)
        elif unicodedata.category(character)[0] == "M":
            self._marks.append(character)
        elif not folded:
            self._invisible.append(character)
        else:
            return
        self.word.add(character)


@cache
def spellings() -> Spellings:
    """What this process knows of characters, for all patterns."""
    return Spellings()


def _codes(block: int) -> range:
    return range(block * BLOCK, (block + 1) * BLOCK)


def character_class(characters: Iterable[str]) -> str:
    r"""Characters as a class of a regular expression: ranges of code points, all escaped.

    >>> character_class("cab")
    '[\\U00000061-\\U00000063]'
    """
    runs = _runs(sorted(map(ord, characters)))
    return "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in runs) + "]"


def _runs(codes: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of numbers without a gap."""
    start = 0
    for place, code in enumerate(codes):
        if place + 1 == len(codes) or codes[place + 1] > code + 1:
            yield codes[start], code
            start = place + 1
