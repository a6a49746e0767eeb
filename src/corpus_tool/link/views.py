"""Two articles laid side by side: twins by their aligned passages, near-duplicates by what differs.

A row begins on both sides at once: where a passage begins or ends, or, in near-duplicates, where the same words open a
block. What stands between two passages shares a row. Nothing of either text is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise
from typing import TYPE_CHECKING, NamedTuple

from corpus_tool.link.differences import Difference, differences
from corpus_tool.link.duplicates import Options, Pair
from corpus_tool.link.increasing import longest_increasing
from corpus_tool.link.laid_text import LaidText, Mark, Passage, Span, Taken, after_blanks, block_starts
from corpus_tool.model.article import Article
from corpus_tool.model.side_by_side import Change, ChangeKind, Fact, Head, Row, SharedTerm, SideBySide
from corpus_tool.patterns import lazy
from corpus_tool.text.fold import fold_with_offsets
from corpus_tool.text.segment import sentences

if TYPE_CHECKING:
    from corpus_tool.link.alignment import Alignment
    from corpus_tool.link.evidence import Found
    from corpus_tool.link.twins import TwinPair

Place = tuple[int, int]
"""A place in the left text and one in the right."""

_WORD = lazy(r"[^\W_]+")  # as in `differences`
_SIGNS = lazy(r"[^\w\s]*")
_KINDS: dict[str, ChangeKind] = {"changed": "changed", "first": "left", "second": "right"}


def twin_view(a: Article, b: Article, pair: TwinPair, alignment: Alignment) -> SideBySide:
    """Two twins side by side, a on the left; the alignment is that of a with b, the pair may be that of b with a.

    Passages are numbered from 1 in the order of the left text. Of two that overlap the earlier one is taken; one that
    would cross others, were all on one height, keeps its number and stands where each text has it.
    """
    evidence = sorted(pair.evidence, key=lambda piece: not (piece.a.text or piece.b.text))  # wordless parts at the end
    found = [(piece.a, piece.b) if pair.a == a.id else (piece.b, piece.a) for piece in evidence]
    spans = _passages(a, b, alignment)
    left, right = (
        LaidText(
            article,
            [Passage(*both[side], number) for number, both in enumerate(spans, 1)],
            _term_marks(terms[side] for terms in found),
        )
        for side, article in enumerate((a, b))
    )
    terms = [
        SharedTerm(piece.kind, one.text, other.text, len(one.spans), len(other.spans), piece.share)
        for piece, (one, other) in zip(evidence, found, strict=True)
    ]
    cuts = [place for one, other in _uncrossed(spans) for place in zip(one, other, strict=True)]
    facts = _twin_facts(pair, alignment, len(spans))
    return SideBySide("twins", _head(a), _head(b), _rows(left, right, cuts), tuple(facts), tuple(terms))


def difference_view(a: Article, b: Article, pair: Pair | None = None, options: Options | None = None) -> SideBySide:
    """Two articles of one language side by side, and the words in which they differ.

    `pair` says what they share, and `options` what counts as a duplicate.
    """
    found = differences(a.text, b.text)
    one, other = _Words(a), _Words(b)
    cuts = [(0, 0), *_same_openings(found, one, other), (len(a.text), len(b.text))]
    stretches = list(_stretches(found, cuts, one, other))
    left = LaidText(a, marks=_change_marks(one, (each for each, _ in stretches)))
    right = LaidText(b, marks=_change_marks(other, (each for _, each in stretches)))
    shared = () if pair is None else _shared_facts(pair, options or Options())
    facts = _difference_facts(Counter(each.change.kind for each, _ in stretches), found, one, other)
    return SideBySide("differences", _head(a), _head(b), _rows(left, right, cuts), (*shared, *facts))


def _head(article: Article) -> Head:
    return Head(*(getattr(article, name) for name in Head._fields))


def _rows(left: LaidText, right: LaidText, cuts: Iterable[Place]) -> tuple[Row, ...]:
    """The rows between cuts that go forward in both texts."""
    places = pairwise([(0, 0), *cuts, (len(left.text), len(right.text))])
    return tuple(
        Row(left.parts(start[0], end[0]), right.parts(start[1], end[1])) for start, end in places if start != end
    )


def _passages(a: Article, b: Article, alignment: Alignment) -> list[tuple[Span, Span]]:
    """Where each passage stands in both texts, up to its next sentence, in the order of the first."""
    found = []
    taken = Taken(len(a.text)), Taken(len(b.text))
    for passage in alignment.passages:
        one = _span(passage.a, alignment.sentences_a, a.text)
        other = _span(passage.b, alignment.sentences_b, b.text)
        if one[0] < one[1] and other[0] < other[1] and taken[0].is_free(*one) and taken[1].is_free(*other):
            taken[0].take(*one)
            taken[1].take(*other)
            found.append((one, other))
    return sorted(found)


def _span(numbers: Iterable[int], known: Sequence[Span], text: str) -> Span:
    """The characters of these sentences, with the white space behind them; none where there is no such sentence."""
    inside = [known[number] for number in numbers if 0 <= number < len(known)]
    if not inside:
        return 0, 0
    start, end = min(start for start, _ in inside), max(end for _, end in inside)
    return after_blanks(text, max(start, 0)), after_blanks(text, end)


def _uncrossed(passages: Sequence[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """The most passages that come in the same order in both texts."""
    return [passages[at] for at in longest_increasing([start for _, (start, _) in passages])]


def _term_marks(sides: Iterable[Found]) -> Iterator[Mark]:
    """The places of each term, by the number of its line."""
    for number, side in enumerate(sides, 1):
        for start, end in side.spans:
            yield Mark(start, end, term=number)


def _twin_facts(pair: TwinPair, alignment: Alignment, passages: int) -> Iterator[Fact]:
    yield Fact("tier", pair.tier or "none")
    rivals = f", {pair.margin:.1f} above the next best" if pair.candidates > 1 else ""
    yield Fact("score", f"{pair.score:.1f}{rivals}")
    if pair.dates.gap_days is not None:
        days = pair.dates.gap_days
        apart = "the same days" if days == 0 else f"{days:,} day{'' if days == 1 else 's'} apart"
        yield Fact("dates", f"{apart}, one of them inferred" if pair.dates.inferred else apart)
    for reason in pair.reasons:
        yield Fact("why not", reason)
    sides = ((passage.a for passage in alignment.passages), (passage.b for passage in alignment.passages))
    inside = [len({number for numbers in side for number in numbers}) for side in sides]
    counted = f"{inside[0]} of {len(alignment.sentences_a)} and {inside[1]} of {len(alignment.sentences_b)} sentences"
    aligned = f"{passages}: {counted}" if passages else "none that are likely the same"
    yield Fact("passages", f"{aligned}, aligned as {_MODES[alignment.mode]}")


_MODES = {"translation": "a translation", "comparable": "comparable texts"}


# What differs


class _Words:
    """The words of a text as `differences` has them, and which of them open a block or a sentence."""

    def __init__(self, article: Article) -> None:
        key, offsets = fold_with_offsets(article.text)
        self.text = article.text
        self._starts = [offsets.to_source(*match.span())[0] for match in _WORD.finditer(key)]
        opening = (start for start, _ in sentences(article.text, article.language))
        self._sentences = {self.before(start): start for start in reversed(list(opening))}
        self._blocks = {self.before(start): start for start, _ in reversed(block_starts(article))}

    def before(self, place: int) -> int:
        """How many words begin before a place in the text."""
        return bisect_left(self._starts, place)

    def opening(self, word: int, *, of_block: bool) -> int | None:
        """Where the block, or the sentence or block, begins that this word opens; None where it opens none."""
        if word == len(self._starts):
            return len(self.text)
        start = self._blocks.get(word)
        return start if start is not None or of_block else self._sentences.get(word)


def _same_openings(found: Iterable[Difference], one: _Words, other: _Words) -> Iterator[Place]:
    """The places where a block begins in one text and a block or sentence in the other, at the same words."""
    last = 0, 0
    for each in found:
        words = one.before(each.first[0]), other.before(each.second[0])
        steps = one.before(each.first[1]) - words[0] if each.kind == "same" else 1
        for at, beside in ((words[0] + step, words[1] + step) for step in range(steps)):
            place = _same_opening(one, other, at, beside)
            if place is not None and place[0] >= last[0] and place[1] >= last[1]:
                yield place
                last = place


def _same_opening(one: _Words, other: _Words, at: int, beside: int) -> Place | None:
    for of_block in (True, False):
        left, right = one.opening(at, of_block=of_block), other.opening(beside, of_block=not of_block)
        if left is not None and right is not None:
            return left, right
    return None


class _Stretch(NamedTuple):
    """A change in one text: its span, where the next stretch begins, and where the row begins that it opens, if any.

    `has_row` says that it fills rows of its own.
    """

    change: Change
    span: Span
    limit: int
    row: int | None
    has_row: bool


def _stretches(
    found: Sequence[Difference], cuts: Iterable[Place], one: _Words, other: _Words
) -> Iterator[tuple[_Stretch, _Stretch]]:
    rows = {(one.before(left), other.before(right)): (left, right) for left, right in cuts}
    numbers = count(1)
    end = Difference("same", (len(one.text),) * 2, (len(other.text),) * 2)
    for each, following in pairwise([*found, end]):
        if each.kind == "same":
            continue
        change = Change(next(numbers), _KINDS[each.kind])
        row = rows.get((one.before(each.first[0]), other.before(each.second[0])))
        has_row = row is not None and (one.before(each.first[1]), other.before(each.second[1])) in rows
        yield (
            _Stretch(change, each.first, following.first[0], row and row[0], has_row),
            _Stretch(change, each.second, following.second[0], row and row[1], has_row),
        )


def _change_marks(words: _Words, stretches: Iterable[_Stretch]) -> Iterator[Mark]:
    """The changed stretches of a text; one that only one text has takes the signs behind it along."""
    for each in stretches:
        start, end = each.span
        match = None if each.change.kind == "changed" else _SIGNS.match(words.text, end, each.limit)
        stop = match.end() if match else end
        if start < end:
            yield Mark(start, stop, change=each.change)
        elif not each.has_row:
            place = stop if each.row is None else each.row
            yield Mark(place, place, change=each.change)


def _shared_facts(pair: Pair, options: Options) -> Iterator[Fact]:
    yield Fact("kind", pair.kind(options) or "none")
    yield Fact("Jaccard", f"{pair.jaccard:.2f}, {pair.containment:.0%} of the shorter one")


def _difference_facts(
    kinds: Counter[ChangeKind], found: Iterable[Difference], one: _Words, other: _Words
) -> Iterator[Fact]:
    same = sum(one.before(each.first[1]) - one.before(each.first[0]) for each in found if each.kind == "same")
    # Counted otherwise than `words` is, so that shares say it better than numbers.
    left, right = (same / max(1, side.before(len(side.text))) for side in (one, other))
    yield Fact("same words", f"{left:.0%} of the left, {right:.0%} of the right")
    counted = f"{kinds['changed']:,} changed, {kinds['left']:,} only left, {kinds['right']:,} only right"
    yield Fact("differences", counted if kinds else "none in the words")
