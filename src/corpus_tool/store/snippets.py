"""The terms of a search in an article's text, and the stretch of it that shows most of them.

Text and terms are compared as `text.fold` folds them, so that what the index found in any spelling is shown. Words
are runs of letters and digits, as in the index. A term of several words may run over a line's end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus_tool.patterns import lazy
from corpus_tool.store.match import Search, Term
from corpus_tool.text.fold import fold_with_offsets

Span = tuple[int, int]

WIDTH_WORDS = 30
_WORD = lazy(r"[^\W_]+")
_BREAK = lazy(r"\n[^\S\n]*\n\s*")
_LONGEST_EDGE = 40  # characters of signs that a snippet takes along at a word


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text and what to highlight in it; all offsets are those of the whole text."""

    start: int
    end: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    """Words from `first` to `last` of a text, both included, that are a term."""

    first: int
    last: int
    term: int


def spans(text: str, search: Search, field: str = "text") -> list[Span]:
    """Where the terms of a search stand in a text, in order and apart; `field` says whose text it is.

    >>> from corpus_tool.store.match import parse_search
    >>> spans("Sa sœur et l’ICE", parse_search("soeur OR l'ice OR title:sa"))
    [(3, 7), (11, 16)]
    """
    return _Reading(text, search, field).spans()


def snippet(text: str, search: Search, width_words: int = WIDTH_WORDS, field: str = "text") -> Snippet:
    """The stretch of a paragraph, `width_words` long at most, with the most distinct terms; of equal ones the first.

    It is longer where one term is, or where a sign without blanks around it would be cut. A text that holds no term
    gives its opening.

    >>> from corpus_tool.store.match import parse_search
    >>> found = snippet("Eerst dit. Dan kwam de bank met geld.", parse_search("bank"), 3)
    >>> (found.start, found.end), found.spans
    ((20, 31), ((23, 27),))
    """
    return _Reading(text, search, field).snippet(max(1, width_words))


class _Reading:
    """A folded text, its words and the terms found in it."""

    def __init__(self, text: str, search: Search, field: str) -> None:
        self._text = text
        self._key, self._offsets = fold_with_offsets(text)
        terms = [term for term in search.terms if term.field in (None, field)]
        self._words = [match.span() for match in _WORD.finditer(self._key)]
        self._hits = list(_hits([self._key[start:end] for start, end in self._words], terms))

    def spans(self, first: int = 0, last: int | None = None) -> list[Span]:
        """What to highlight from one word to another: hits that share a word are one."""
        joined: list[list[int]] = []
        for hit in self._hits:
            if hit.first < first or (last is not None and hit.last > last):
                continue
            if joined and hit.first <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], hit.last)
            else:
                joined.append([hit.first, hit.last])
        return [self._offsets.to_source(self._words[start][0], self._words[end][1]) for start, end in joined]

    def snippet(self, width: int) -> Snippet:
        """The best window of so many words."""
        if not self._words:
            return Snippet(0, min(len(self._text.rstrip()), _LONGEST_EDGE), ())
        paragraphs = self._paragraphs()
        first, last = self._best(width, paragraphs) if self._hits else (0, 0)
        # What is left of the width is shared between both sides, within the paragraph.
        here = bisect_right(paragraphs, first) - 1
        low = paragraphs[here]
        high = max(last, paragraphs[here + 1] - 1 if here + 1 < len(paragraphs) else len(self._words) - 1)
        spare = max(0, width - (last - first + 1))
        before = min(first - low, max(spare // 2, spare - (high - last)))
        first, last = first - before, min(high, last + spare - before)
        start, end = self._offsets.to_source(self._words[first][0], self._words[last][1])
        return Snippet(*self._edges(start, end), tuple(self.spans(first, last)))

    def _paragraphs(self) -> list[int]:
        """The number of the first word of each paragraph."""
        starts = [start for start, _ in self._words]
        found = {bisect_left(starts, match.end()) for match in _BREAK.finditer(self._key)}
        return sorted({0, *(number for number in found if number < len(starts))})

    def _best(self, width: int, paragraphs: Sequence[int]) -> Span:
        """The first and last word of the hits that go together best."""
        all_terms = len({hit.term for hit in self._hits})
        best, found = (self._hits[0].first, self._hits[0].last), 0
        for hits in _by_paragraph(self._hits, paragraphs):
            for number, window in _windows(hits, width):
                if number > found:
                    best, found = window, number
                if found == all_terms:
                    return best
        return best

    def _edges(self, start: int, end: int) -> Span:
        """The span with the signs that stand at its words without a blank, such as a quotation mark or an elision."""
        low, high = max(0, start - _LONGEST_EDGE), min(len(self._text), end + _LONGEST_EDGE)
        before, after = start, end
        while before > low and not self._text[before - 1].isspace():
            before -= 1
        while after < high and not self._text[after].isspace():
            after += 1
        # A run that goes on beyond what is looked at could be cut in a word.
        start = before if before == 0 or self._text[before - 1].isspace() else start
        end = after if after == len(self._text) or self._text[after].isspace() else end
        return start, end


def _hits(words: Sequence[str], terms: Sequence[Term]) -> Iterator[_Hit]:
    """Every place of every term among folded words, by their first word."""
    first: dict[str, list[int]] = {}  # a word, and the terms that may begin there
    beginnings = {number: term.words[0] for number, term in enumerate(terms) if term.prefix and len(term.words) == 1}
    for word in set(words):
        first[word] = [number for number, beginning in beginnings.items() if word.startswith(beginning)]
    for number, term in enumerate(terms):
        if number not in beginnings and term.words[0] in first:
            first[term.words[0]].append(number)
    for place, word in enumerate(words):
        for number in first[word]:
            if len(terms[number].words) == 1 or _continues(words, place, terms[number]):
                yield _Hit(place, place + len(terms[number].words) - 1, number)


def _continues(words: Sequence[str], place: int, term: Term) -> bool:
    """Whether the words from a place on are those of a term."""
    there = words[place : place + len(term.words)]
    if not term.prefix:
        return tuple(there) == term.words
    return (
        len(there) == len(term.words) and tuple(there[:-1]) == term.words[:-1] and there[-1].startswith(term.words[-1])
    )


def _by_paragraph(hits: Iterable[_Hit], paragraphs: Sequence[int]) -> Iterator[list[_Hit]]:
    """The hits of each paragraph that has any, in order; one that runs into the next belongs to where it starts."""
    group: list[_Hit] = []
    here = -1
    for hit in hits:
        paragraph = bisect_right(paragraphs, hit.first) - 1
        if paragraph != here and group:
            yield group
            group = []
        here = paragraph
        group.append(hit)
    if group:
        yield group


def _windows(hits: Sequence[_Hit], width: int) -> Iterator[tuple[int, Span]]:
    """For each hit, how many distinct terms stand in the words from it on, and the span of them."""
    by_end = sorted(hits, key=lambda hit: (hit.last, hit.first))
    inside: Counter[int] = Counter()
    entered: set[_Hit] = set()
    coming = last = 0
    for hit in hits:
        while coming < len(by_end) and by_end[coming].last < hit.first + width:
            newcomer = by_end[coming]
            coming += 1
            if newcomer.first >= hit.first:
                inside[newcomer.term] += 1
                entered.add(newcomer)
                last = max(last, newcomer.last)
        if hit in entered:
            yield len(inside), (hit.first, max(last, hit.last))
            inside[hit.term] -= 1
            if not inside[hit.term]:
                del inside[hit.term]
        else:  # longer than the window
            yield 1, (hit.first, hit.last)
