r"""Frequencies of words and n-grams.

A word is what search finds as one: a run of letters, digits and marks (Unicode categories L*, N*, M*), without what
nobody sees in it (soft hyphens and the like). It is the word of UAX 29 cut further, at every apostrophe, hyphen,
underscore and full stop: `l’immigration` is `l` and `immigration`, `zo’n` is `zo` and `n`. Only a full stop or comma
between two digits belongs to the number, `1.234,56`. Title and text are counted.

N-grams are of words that follow one another in one paragraph, whatever signs stand between them; the title is a
paragraph of its own. Within sentences they end where `text/segment.py` ends a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, Literal, NamedTuple

from corpus_tool.analyze.dispersion import Corpus, Spread, spread_of
from corpus_tool.patterns import lazy
from corpus_tool.text.fold import fold

if TYPE_CHECKING:
    from corpus_tool.analyze.groups import Group, Grouping
    from corpus_tool.model.article import Article

Tokenizer = Callable[[str], list[str]]

PENDING = 1 << 19
"""Counts of a word in an article that are held at most, in all groups, for the sake of dispersion: some 50 MB."""

_NOT_ASCII = lazy(r"[^\0-\x7f]")
_IN_NUMBER = lazy(r"[0-9][.,](?=[0-9])")
_WORD = lazy(r"[^\W_]+(?:[\x01\x02][^\W_]+)*")
_JOINED = {".": "\x01", ",": "\x02"}  # what stands for a sign inside a number until words are cut
_BACK = str.maketrans({"\x01": ".", "\x02": ","})


class _Plain(dict[str, bool]):
    """Whether a character may be folded before words are cut: it neither makes words nor ends them by its fold."""

    def __missing__(self, character: str) -> bool:
        folded = fold(character)
        if character.isalpha():
            plain = folded.isalpha() and len(character.lower()) == 1
        else:
            makes_words = character.isalnum() or unicodedata.category(character)[0] == "M" or not folded
            plain = not (makes_words or any(map(str.isalnum, folded)) or folded in _JOINED)
        self[character] = plain
        return plain


_plain = _Plain()


class _Cut(dict[int, str]):
    """For `str.translate`: what belongs to words as it is spelled, a blank for all other characters."""

    def __init__(self, spelled: Callable[[str], str]) -> None:
        super().__init__({1: ".", 2: ","})
        self._spelled = spelled

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)[0]
        if character.isalnum() or category == "M":
            cut = self._spelled(character).replace(" ", "")
        else:
            cut = " " if fold(character) else ""
        self[code] = cut
        return cut


def tokenizer(*, case: bool = False, accents: bool = False) -> Tokenizer:
    """What cuts a text into its words: without case and accents, as search compares them, unless told otherwise.

    `accents` keeps accents, `case` keeps words as they are written, accents too.

    >>> tokenizer()("L’Œuvre coûte 1.234,56 euro.")
    ['l', 'oeuvre', 'coute', '1.234,56', 'euro']
    >>> tokenizer(accents=True)("L’Œuvre coûte"), tokenizer(case=True)("L’Œuvre coûte")
    (['l', 'œuvre', 'coûte'], ['L', 'Œuvre', 'coûte'])
    """
    table = _Cut(str if case else str.lower if accents else fold)

    def cut(text: str) -> list[str]:
        words = _with_numbers_joined(text).translate(table).split()
        if text.isascii():
            return words
        # Marks alone are no word, nor are letters that fold to an apostrophe (`ʹ`).
        return [word for word in words if any(map(str.isalnum, fold(word)))]

    def cut_folded(text: str) -> list[str]:
        # The fold of nearly every Dutch or French text is ASCII, and `str.translate` is ten times as fast on that.
        return cut(fold(text) if _is_plain(text) else text)

    def cut_accented(text: str) -> list[str]:
        # On what is not ASCII a pattern is three times as fast as `str.translate`, but it knows no marks.
        if text.isascii() or not _is_plain(text):
            return cut(text)
        words = _WORD.findall(_with_numbers_joined(text if case else text.lower()))
        return [word.translate(_BACK) if "\x01" in word or "\x02" in word else word for word in words]

    return cut_accented if case or accents else cut_folded


def _with_numbers_joined(text: str) -> str:
    """The text with stand-ins for the signs inside numbers."""
    if "\x01" in text or "\x02" in text:
        text = text.replace("\x01", " ").replace("\x02", " ")
    return _IN_NUMBER.sub(_join, text)


def _join(match: re.Match[str]) -> str:
    return match[0][0] + _JOINED[match[0][1]]


def _is_plain(text: str) -> bool:
    return text.isascii() or all(map(_plain.__getitem__, set(_NOT_ASCII.findall(text))))


Within = Literal["paragraph", "sentence"]


@dataclass(frozen=True, slots=True)
class Units:
    """What is counted: words, or with `size` above 1 n-grams of them, which end where a paragraph or sentence does."""

    size: int = 1
    case: bool = False
    accents: bool = False
    within: Within = "paragraph"

    def cutter(self) -> Callable[[Article], list[str]]:
        """What gives the words or n-grams of an article in order, those of the title first."""
        words = tokenizer(case=self.case, accents=self.accents)
        if self.size == 1:
            return lambda article: words(f"{article.title or ''}\n\n{article.text}")
        parts = _sentences if self.within == "sentence" else _paragraphs
        return lambda article: [gram for part in parts(article) for gram in ngrams(words(part), self.size)]


def ngrams(words: list[str], size: int) -> list[str]:
    """Runs of so many words, with blanks between them.

    >>> ngrams(["er", "was", "eens"], 2)
    ['er was', 'was eens']
    """
    return list(map(" ".join, zip(*(words[start:] for start in range(size)), strict=False)))


def _paragraphs(article: Article) -> Iterator[str]:
    if article.title:
        yield article.title
    yield from article.text.split("\n\n")


def _sentences(article: Article) -> Iterator[str]:
    from corpus_tool.text.segment import sentences

    for part in _paragraphs(article):
        for start, end in sentences(part, article.language):
            yield part[start:end]


class Frequency(NamedTuple):
    """A row of a frequency list; `relative` is to so many words as asked for, `dispersion` None where undefined."""

    rank: int
    word: str
    frequency: int
    relative: float
    documents: int
    dispersion: float | None


@dataclass(frozen=True, slots=True)
class Listing:
    """Which words of a list are given, and in which order. What is left out counts in the totals all the same."""

    min_count: int = 1
    keep: Callable[[str], bool] | None = None
    sort: Literal["frequency", "documents", "dispersion", "word"] = "frequency"
    reverse: bool = False
    limit: int | None = None
    per: int = 1_000_000


class FrequencyList:
    """The words of the articles of a group, as they come: how often, in how many articles, how evenly.

    `parts` are the articles that have words; an article without any is in `articles` only.
    """

    def __init__(self, spread: Spread | None = None) -> None:
        self.articles = 0
        self.tokens = 0
        self.parts = 0
        self.smallest = 0
        self.frequencies: Counter[str] = Counter()
        self.documents: Counter[str] = Counter()
        self.spread = spread

    def add(self, words: list[str]) -> None:
        """Add the words of an article."""
        self.articles += 1
        if not words:
            return
        counts = Counter(words)
        self.tokens += len(words)
        self.parts += 1
        self.smallest = min(self.smallest or len(words), len(words))
        self.frequencies.update(words)
        self.documents.update(counts.keys())
        if self.spread is not None:
            self.spread.add(len(words), counts)

    @property
    def pending(self) -> int:
        """Counts that are held for the dispersion."""
        return 0 if self.spread is None else self.spread.pending

    def settle(self, *, last: bool = False) -> None:
        """Take in what is held; with `last` for good."""
        if self.spread is not None:
            (self.spread.finish if last else self.spread.settle)(self.frequencies, self.tokens)

    @property
    def types(self) -> int:
        """How many different words there are."""
        return len(self.frequencies)

    @property
    def hapaxes(self) -> int:
        """How many words occur once (hapax legomena)."""
        return sum(1 for count in self.frequencies.values() if count == 1)

    @property
    def _corpus(self) -> Corpus:
        return Corpus(self.tokens, self.parts, self.smallest)

    def dispersion(self, word: str) -> float | None:
        """The dispersion of a word, once all is settled."""
        return None if self.spread is None else self.spread.value(word, self.frequencies[word], self._corpus)

    def doubt(self, word: str) -> float:
        """By how much the dispersion of a word may be off."""
        return 0.0 if self.spread is None else self.spread.doubt(word, self.frequencies[word], self._corpus)

    def matching(self, listing: Listing) -> list[str]:
        """The words that a listing takes, in no order."""
        keep, least = listing.keep, listing.min_count
        words: Iterable[str] = self.frequencies
        if least > 1:
            words = (word for word, count in self.frequencies.items() if count >= least)
        return [word for word in words if keep(word)] if keep is not None else list(words)

    def rows(self, listing: Listing, words: list[str] | None = None) -> list[Frequency]:
        """The rows of a listing, of `words` where `matching` gave them before; the rank is the place in its order."""
        words = self.matching(listing) if words is None else words
        order = self._order(listing)
        if listing.reverse or listing.limit is None:
            words = sorted(words, key=order)[:: -1 if listing.reverse else 1][: listing.limit]
        else:
            words = nsmallest(listing.limit, words, key=order)
        return [self._row(rank, word, listing.per) for rank, word in enumerate(words, 1)]

    def _order(self, listing: Listing) -> Callable[[str], tuple[float, str]]:
        if listing.sort == "word":
            return lambda word: (0, word)
        if listing.sort == "documents":
            return lambda word: (-self.documents[word], word)
        if listing.sort == "dispersion":
            return lambda word: (self.dispersion(word) or 0.0, word)
        return lambda word: (-self.frequencies[word], word)

    def _row(self, rank: int, word: str, per: int) -> Frequency:
        found = self.frequencies[word]
        relative = found * per / self.tokens
        return Frequency(rank, word, found, relative, self.documents[word], self.dispersion(word))


@dataclass(slots=True)
class FrequencyLists:
    """A frequency list for each group of articles; one list, of the group (), without keys."""

    grouping: Grouping
    units: Units = field(default_factory=Units)
    dispersion: str | None = "dp"
    lists: dict[Group, FrequencyList] = field(default_factory=dict)

    def read(self, articles: Iterable[Article]) -> None:
        """Count the articles, once."""
        cut = self.units.cutter()
        pending = 0
        for article in articles:
            words = cut(article)
            for group in self.grouping.groups(self.grouping.values(article)):
                found = self._list(group)
                before = found.pending
                found.add(words)
                pending += found.pending - before
            if pending >= PENDING:
                pending = self._settle_largest(pending)
        for found in self.lists.values():
            found.settle(last=True)

    def _list(self, group: Group) -> FrequencyList:
        found = self.lists.get(group)
        if found is None:
            found = FrequencyList(spread_of(self.dispersion) if self.dispersion else None)
            self.lists[group] = found
        return found

    def _settle_largest(self, pending: int) -> int:
        """Settle the groups that hold most until half is left: a block shows more, the larger it is."""
        for found in sorted(self.lists.values(), key=lambda found: -found.pending):
            if pending <= PENDING // 2:
                break
            pending -= found.pending
            found.settle()
        return pending

    def sizes(self) -> Mapping[Group, int]:
        """How many articles each group has."""
        return {group: found.articles for group, found in self.lists.items()}
