"""A small dictionary that comes with the package: frequent words of the press in nl fr en de.

Most sentences have no name and no number, but many have such a word. The list is by hand, from general knowledge of
the languages (`data/link/frequent_words.tsv`); of rarer words a dictionary of the user's knows more (`link/lexicon`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from corpus_tool.link.terms import romanized

_TABLE = Path(__file__).parent.parent / "data" / "link" / "frequent_words.tsv"


class FrequentWords:
    """The list as a `Lexicon`.

    >>> FrequentWords().translations("oorlog", "nl", "fr")
    ['guerre', 'guerres']
    """

    def translations(self, term: str, source: str, target: str) -> Sequence[str]:
        """The words of the language `target` that stand on a line with a word of `source`; none for other languages."""
        return _translations(source, target).get(term, [])


@cache
def _translations(source: str, target: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meaning in _meanings():
        for word in meaning.get(source, ()) if source != target else ():
            found.setdefault(word, []).extend(meaning.get(target, ()))
    return {word: list(dict.fromkeys(others)) for word, others in found.items()}


@cache
def _meanings() -> list[dict[str, list[str]]]:
    rows = [row.split("\t") for row in _TABLE.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    head, *meanings = rows
    return [
        {tag: [key for word in cell.split() if (key := romanized(word))] for tag, cell in zip(head, cells, strict=True)}
        for cells in meanings
    ]
