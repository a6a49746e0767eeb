"""What a user types into `search`, as an expression for SQLite's FTS5 with all that it needs to find folded text.

The index splits and folds words with ``unicode61 remove_diacritics 2``: case and accents of Latin letters go, but
œ, æ, ß, ĳ, ø, ł and others stay letters of their own, for which `text.fold` has plain ones. So a word is looked for
in several spellings, joined by OR: as typed, folded, and with such letters where the folded word may have them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, pairwise

from corpus_tool.patterns import lazy
from corpus_tool.store.match_pieces import key_words
from corpus_tool.store.match_syntax import Group, Near, Node, Phrase, Within, Without, parse, walk
from corpus_tool.text.fold import fold

MOST_SPELLINGS = 16
"""How many spellings of a word, a phrase or a NEAR are looked for."""

_MOST_IN_ALL = 512  # of a query; one with many words gets fewer for each, but two

# What the index keeps and `fold` makes plain, the likely ones first.
_SPELLED = (
    *(("oe", "œ"), ("ae", "æ"), ("ss", "ß"), ("ij", "ĳ"), ("2", "₂"), ("2", "²"), ("3", "³"), ("o", "ø"), ("l", "ł")),
    *(("d", "đ"), ("i", "ı"), ("th", "þ"), ("d", "ð"), ("'", "ʼ"), ("h", "ħ"), ("t", "ŧ")),
    *(("е", "ё"), ("и", "й"), ("і", "ї"), ("у", "ў")),
    *(("α", "ά"), ("ε", "έ"), ("η", "ή"), ("ι", "ί"), ("ο", "ό"), ("υ", "ύ"), ("ω", "ώ")),
)
_JOINED = "œæßĳ"  # they come before all others: two letters of Dutch, French or German
_MARKS = frozenset(map(chr, (*range(0x300, 0x305), *range(0x306, 0x30D), 0x30F, 0x311, 0x31B, *range(0x323, 0x329))))
_MARKS |= frozenset(map(chr, (0x32D, 0x32E, 0x330, 0x331)))
_KEPT = "Ǡǡ\u037f"  # the tables of the index are older, or differ
_ALIKE = 0x528  # Latin, Greek and Cyrillic: the index has the small letters of Python
_WORD = lazy(r"[^\W_]+")
_APART = lazy(
    "[\0-/:-@\\[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2000-\u200a\u2010-\u2029\u202f-\u205f]+"
)

Slot = tuple[int, int, str]
"""A place in a folded word, from, up to, and the letter that the index may have there."""


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that an article holds in this order; with `prefix` the last one is the beginning of a word.

    `field` is the only one in which they count; None for any.
    """

    words: tuple[str, ...]
    prefix: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A query that was understood.

    `expression` goes into `MATCH`; `canonical` is the query with its groups and operators written out, which reads
    as the same query; `terms` are what to show in an article, without those after NOT.
    """

    typed: str
    expression: str
    canonical: str
    terms: tuple[Term, ...]

    def __str__(self) -> str:
        return self.canonical


@lru_cache(maxsize=16)
def parse_search(typed: str) -> Search:
    """The query that a user typed; UsageError with the place of what cannot be read.

    >>> search = parse_search('Microsoft (ICE OR "l’immigration")')
    >>> print(search)
    Microsoft AND (ICE OR "l’immigration")
    >>> parse_search("cœur").expression
    '("cœur" OR "coeur" OR "cøeur")'
    """
    tree = parse(typed)
    leaves = sum(isinstance(node, Phrase | Near) for node in walk(tree))
    spellings = max(2, min(MOST_SPELLINGS, _MOST_IN_ALL // leaves))
    return Search(typed, _expression(tree, spellings), _printed(tree), tuple(dict.fromkeys(_terms(tree))))


def _expression(node: Node, spellings: int) -> str:
    """The node for FTS5; a group stands in parentheses."""
    match node:
        case Phrase():
            found = _spellings((node,), spellings)
            return _grouped("OR", [_quoted(words, node) for (words,) in found])
        case Near(phrases, distance):
            rows = [" ".join(map(_quoted, words, phrases)) for words in _spellings(phrases, spellings)]
            return _grouped("OR", [f"NEAR({row}, {distance})" for row in rows])
        case Group(operator, parts):
            return _grouped(operator, [_expression(part, spellings) for part in parts])
        case Without(wanted, unwanted):
            others = _grouped("OR", [_expression(part, spellings) for part in unwanted])
            return f"({_expression(wanted, spellings)} NOT {others})"
        case Within(field, inner):
            return f"{field} : {_expression(inner, spellings)}"


def _grouped(operator: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({f' {operator} '.join(parts)})"


def _quoted(words: str, phrase: Phrase) -> str:
    return f'"{words}"{"*" if phrase.prefix else ""}'


def _spellings(phrases: tuple[Phrase, ...], most: int) -> list[tuple[str, ...]]:
    """The likeliest ways in which the index may spell phrases, each a string of words with blanks between them."""
    typed = "\n".join(" ".join(phrase.typed.split()) for phrase in phrases)
    composed = unicodedata.normalize("NFC", typed)
    found: dict[tuple[str, ...], None] = {}
    for spelled in chain((indexed(composed), indexed(typed)), _respelled(phrases)):
        words = tuple(_APART.sub(" ", part).strip() for part in spelled.split("\n"))
        if all(map(_WORD.search, words)):
            found[words] = None
        if len(found) == most:
            break
    return list(found)


def indexed(text: str) -> str:
    """Latin letters as the index has them, small and without accents; others as they are."""
    if text.isascii():
        return text.lower()
    return "".join(_indexed_letter(letter) for letter in text if letter not in _MARKS)


def _indexed_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    if letter in _KEPT:
        return letter
    if base.isascii() and base.isalpha():
        return base.lower()
    small = letter.lower()
    return small if ord(letter) < _ALIKE and len(small) == 1 else letter


def _respelled(phrases: tuple[Phrase, ...]) -> Iterator[str]:
    """Folded phrases, one a line; then with letters of `_SPELLED`: one at all its places, at one place, then two…"""
    keys = [fold(" ".join(phrase.typed.split())) for phrase in phrases]
    key = "\n".join(keys)
    yield key
    ends: list[int] = []
    end = -1
    for phrase, part in zip(phrases, keys, strict=True):
        end += len(part) + 1
        ends += [end] if phrase.prefix else []
    kinds: list[tuple[Slot, ...]] = [slots for plain, letter in _SPELLED if (slots := _slots(key, plain, letter, ends))]
    joined = [slots for slots in kinds if slots[0][2] in _JOINED]
    orders = (
        *((joined, 1), (joined, 2), (joined, 3), (joined, 4), (_singles(joined), 1)),
        *((kinds, 1), (_singles(kinds), 1), (kinds, 2), ([*kinds, *_singles(kinds)], 2), (kinds, 3)),
    )
    for chosen in chain.from_iterable(combinations(choices, count) for choices, count in orders):
        placed = sorted(set(chain.from_iterable(chosen)))
        if all(left[1] <= right[0] for left, right in pairwise(placed)):
            yield _put(key, placed)


def _singles(kinds: list[tuple[Slot, ...]]) -> list[tuple[Slot, ...]]:
    """Each place by itself, of the letters that have several."""
    return [(slot,) for slots in kinds if len(slots) > 1 for slot in slots]


def _slots(key: str, plain: str, letter: str, ends: list[int]) -> tuple[Slot, ...]:
    """The places of a folded text where the index may have a letter; of a prefix, also where it may begin one."""
    found: list[Slot] = []
    at = key.find(plain)
    while at >= 0:
        # A small digit stands after a letter: CO₂, m².
        if not plain.isdigit() or key[at - 1 : at].isalpha():
            found.append((at, at + len(plain), letter))
        at = key.find(plain, at + len(plain))
    for end in ends:
        found += [(end - n, end, letter) for n in range(1, len(plain)) if key.endswith(plain[:n], 0, end)]
    return tuple(found)


def _put(key: str, slots: list[Slot]) -> str:
    """The text with letters in their places."""
    for start, end, letter in reversed(slots):
        key = f"{key[:start]}{letter}{key[end:]}"
    return key


def _printed(node: Node) -> str:
    """The node as a user may type it."""
    match node:
        case Phrase(typed, prefix):
            bare = _APART.sub(" ", typed).strip()
            simple = _WORD.fullmatch(bare) and bare not in ("AND", "OR", "NOT", "NEAR")
            words = bare if simple else f'"{" ".join(typed.translate(_NOT_IN_QUOTES).split())}"'
            return f"{words}{'*' if prefix else ''}"
        case Near(phrases, distance):
            return f"NEAR({' '.join(map(_printed, phrases))}, {distance})"
        case Group(operator, parts):
            return f" {operator} ".join(map(_printed_part, parts))
        case Without(wanted, unwanted):
            return " NOT ".join(map(_printed_part, (wanted, *unwanted)))
        case Within(field, inner):
            return f"{field}:{_printed_part(inner)}"


_NOT_IN_QUOTES = {ord('"'): " ", ord("*"): " "}


def _printed_part(node: Node) -> str:
    return f"({_printed(node)})" if isinstance(node, Group | Without) else _printed(node)


def _terms(node: Node, field: str | None = None) -> Iterator[Term]:
    """What an article that is found may hold, in the order typed."""
    match node:
        case Phrase(typed, prefix):
            yield Term(key_words(typed), prefix, field)
        case Near(phrases):
            for phrase in phrases:
                yield from _terms(phrase, field)
        case Group(_, parts):
            for part in parts:
                yield from _terms(part, field)
        case Without(wanted):
            yield from _terms(wanted, field)
        case Within(name, inner):
            yield from _terms(inner, name)
