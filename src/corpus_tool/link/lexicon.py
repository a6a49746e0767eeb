"""Dictionaries of the user's: which words of another language a word can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Protocol
from xml.etree.ElementTree import iterparse

from corpus_tool.link.terms import romanized


class Lexicon(Protocol):
    """Anything that translates single words."""

    def translations(self, term: str, source: str, target: str) -> Sequence[str]:
        """The words of the language `target` that a word of `source` can be; both as `terms.romanized` gives them."""
        ...


class WordPairs:
    """A dictionary in memory, of pairs of single words; read both ways.

    >>> WordPairs("nl", "fr", [("ouder", "parent"), ("Grens", "frontière")]).translations("frontiere", "fr", "nl")
    ['grens']
    """

    def __init__(self, source: str, target: str, pairs: Iterable[tuple[str, str]]) -> None:
        forth: dict[str, list[str]] = {}
        back: dict[str, list[str]] = {}
        for pair in pairs:
            one, other = (romanized(word) if word.isalpha() else "" for word in pair)
            if one and other:
                forth.setdefault(one, []).append(other)
                back.setdefault(other, []).append(one)
        self._tables: Mapping[tuple[str, str], dict[str, list[str]]] = {(source, target): forth, (target, source): back}

    def translations(self, term: str, source: str, target: str) -> Sequence[str]:
        """The other words of the pairs that a word stands in; none for other languages."""
        return self._tables.get((source, target), {}).get(term, [])


def pairs_of_tsv(lines: Iterable[str]) -> list[tuple[str, str]]:
    """The word pairs of a table: two columns parted by a tab; lines that begin with `#` and others are left out."""
    cells = (line.rstrip("\r\n").split("\t") for line in lines if not line.startswith("#"))
    return [(row[0].strip(), row[1].strip()) for row in cells if len(row) >= 2]


def pairs_of_tei(stream: IO[bytes]) -> list[tuple[str, str]]:
    """The word pairs of a FreeDict dictionary (TEI P5): each `orth` of an entry with each `quote` of a translation.

    Raises `xml.etree.ElementTree.ParseError` where the XML is damaged.
    """
    pairs: list[tuple[str, str]] = []
    for _, entry in iterparse(stream):
        if _tag(entry.tag) != "entry":
            continue
        words = [node.text or "" for node in entry.iter() if _tag(node.tag) == "orth"]
        others = [
            quote.text or ""
            for cit in entry.iter()
            if _tag(cit.tag) == "cit" and cit.get("type") in ("trans", "translation")
            for quote in cit.iter()
            if _tag(quote.tag) == "quote"
        ]
        pairs += [(word.strip(), other.strip()) for word in words for other in others]
        entry.clear()
    return pairs


def _tag(name: str) -> str:
    return name.rpartition("}")[2]
