"""How evenly a word is spread over the parts of a corpus. The parts are articles.

Of part i, s_i is its share of all words and v_i its share of the occurrences of the word. The formulas on lists of
parts are for checking by hand; the classes give the same figures for every word of a stream of articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log2, sqrt
from typing import Any, NamedTuple, Protocol


def gries_dp(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """Gries's DP (2008): half the sum of |v_i - s_i|. 0 is as even as can be, near 1 all in one small part.

    His example, `a` 1 to 5 times in five parts of 9, 10, 10, 10 and 11 words:

    >>> round(gries_dp([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 2)
    0.18
    """
    found, size = sum(counts), sum(sizes)
    return sum(abs(count / found - part / size) for count, part in zip(counts, sizes, strict=True)) / 2


def dp_norm(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """DP divided by its largest value, 1 - the smallest s_i (Lijffijt and Gries 2012), so that 1 can be reached.

    Their example, two thirds of the occurrences in one of three equal parts and the rest in another, where DP is 1/3:

    >>> round(dp_norm([2, 1, 0], [10, 10, 10]), 3)
    0.5
    """
    return gries_dp(counts, sizes) / (1 - min(sizes) / sum(sizes))


def juilland_d(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """Juilland's D (Juilland and Chang-Rodríguez 1964): 1 - V / √(n - 1), of n parts. 1 is even, 0 all in one part.

    V is the coefficient of variation, with the standard deviation of a population, of the frequencies relative to the
    size of each part (the percentages that Gries 2008 uses where parts differ in size). His example:

    >>> round(juilland_d([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 3)
    0.785
    """
    rates = [count / part for count, part in zip(counts, sizes, strict=True)]
    mean = sum(rates) / len(rates)
    deviation = sqrt(sum((rate - mean) ** 2 for rate in rates) / len(rates))
    return 1 - deviation / mean / sqrt(len(rates) - 1)


class Corpus(NamedTuple):
    """What a measure must know of the whole: the words in it, the parts that are not empty, the smallest of these."""

    tokens: int
    parts: int
    smallest: int


class Spread(Protocol):
    """A measure that sees the parts one after the other, each with the counts of its words."""

    def add(self, size: int, counts: Counter[str]) -> None:
        """See a part; the counts may be kept and must not change afterwards."""

    @property
    def pending(self) -> int:
        """How many counts are held until `settle`."""

    def settle(self, frequencies: Mapping[str, int], tokens: int) -> None:
        """Take in what is pending, given the frequencies and words so far."""

    def finish(self, frequencies: Mapping[str, int], tokens: int) -> None:
        """Take in the rest, given those of the whole corpus."""

    def value(self, word: str, frequency: int, corpus: Corpus) -> float | None:
        """The measure of a word; None where it is not defined, as with one part."""

    def doubt(self, word: str, frequency: int, corpus: Corpus) -> float:
        """By how much the value may be off at most, mostly 0."""


class Deviation:
    """Gries's DP in one pass, in memory that grows with the vocabulary and hardly with the articles.

    Since both shares sum to 1, DP = 1 - Σ min(v_i, s_i), and only parts with the word add to the sum. Which of the two
    is smaller shows when the frequency f of the word and the size N of the corpus are known: v_i = f_i / f is, where
    the word is rarer in the part than in the corpus, n_i / f_i > N / f. So the parts of a word are summed, n_i and f_i,
    in bins of nearly equal n_i / f_i: in all bins but the one that N / f falls into, the smaller of the two sums is the
    sum of the smaller ones.

    In that bin it is too large by something, which `doubt` bounds. As f_i is at least 1, no part of a word lies there
    whose N / f is larger than the longest article: for nearly all words the figure is exact, with bins of an octave
    (n_i / f_i from 256 to 511). The frequent words get bins 32 times as narrow, as soon as they are known to
    occur more than once in the words of eight usual articles.

    The last block is decided part by part. So with less than PENDING counts (see `frequency.py`) all figures are exact.
    """

    def __init__(self, *, normalized: bool = False) -> None:
        self._normalized = normalized
        self._parts: list[tuple[int, Counter[str]]] = []
        self.pending = 0
        self._squares = 0
        # The sums of n_i and f_i are kept in one number, n_i above: that takes half the time and memory.
        self._decided: defaultdict[str, int] = defaultdict(int)
        self._octaves: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._narrow: dict[str, defaultdict[int, int]] = {}

    def add(self, size: int, counts: Counter[str]) -> None:
        """See a part."""
        self._parts.append((size, counts))
        self.pending += len(counts)

    def settle(self, frequencies: Mapping[str, int], tokens: int) -> None:
        """Take in what is pending: of words that are frequent by now in narrow bins, of others by octaves."""
        self._find_frequent(frequencies, tokens)
        narrow, octaves = self._narrow.get, self._octaves
        for size, counts in self._parts:
            above = size << _ABOVE
            once, width = octaves[size.bit_length() - 1], log2(size)  # most words stand once in an article
            for word, found in counts.items():
                bins = narrow(word)
                if bins is not None:
                    bins[int(_NARROW * (width - log2(found)))] += above + found
                elif found == 1:
                    once[word] += above + 1
                else:
                    octaves[(size // found).bit_length() - 1][word] += above + found
        self._forget()

    def _find_frequent(self, frequencies: Mapping[str, int], tokens: int) -> None:
        """Words get narrow bins where they are frequent so far, beyond chance: less three deviations of Poisson."""
        self._squares += sum(size * size for size, _ in self._parts)
        usual = self._squares / tokens  # size of the article that a word taken at random stands in
        least = ((3 + sqrt(9 + 4 * tokens / (8 * usual))) / 2) ** 2
        for word in set().union(*(counts for _, counts in self._parts)):
            if frequencies[word] >= least and word not in self._narrow:
                self._narrow[word] = defaultdict(int)

    def finish(self, frequencies: Mapping[str, int], tokens: int) -> None:
        """Take in the rest, where it is known which of the two is smaller."""
        for size, counts in self._parts:
            for word, found in counts.items():
                self._decided[word] += found if found * tokens < frequencies[word] * size else size << _ABOVE
        self._forget()

    def _forget(self) -> None:
        self._parts = []
        self.pending = 0

    def _bins(self, word: str) -> Iterator[tuple[float, float, int, int]]:
        """The bins of a word: the least and the largest n_i / f_i in it, and the sums of n_i and f_i."""
        for number, octave in self._octaves.items():
            if word in octave:
                yield 2.0**number, 2.0 ** (number + 1), *divmod(octave[word], 1 << _ABOVE)
        for number, sums in self._narrow.get(word, {}).items():
            yield 2 ** (number / _NARROW), 2 ** ((number + 1) / _NARROW), *divmod(sums, 1 << _ABOVE)

    def value(self, word: str, frequency: int, corpus: Corpus) -> float | None:
        """DP of a word, of whole numbers until the last division; DPnorm where that was asked for."""
        size, found = divmod(self._decided.get(word, 0), 1 << _ABOVE)
        shared = size * frequency + found * corpus.tokens
        for _, _, sizes, counts in self._bins(word):
            shared += min(sizes * frequency, counts * corpus.tokens)
        largest = self._largest(frequency, corpus)
        return (frequency * corpus.tokens - shared) / largest if largest else None

    def _largest(self, frequency: int, corpus: Corpus) -> int:
        """What the difference is divided by; 0 where DPnorm is not defined, with one part."""
        return frequency * (corpus.tokens - (corpus.smallest if self._normalized else 0))

    def doubt(self, word: str, frequency: int, corpus: Corpus) -> float:
        """The most by which the value may be too small: mostly 0.

        The sum of the smaller ones is least where all parts of a bin lie at its two ends.
        """
        off = 0.0
        for least, most, sizes, counts in self._bins(word):
            low, high = (end * frequency / corpus.tokens for end in (least, most))
            shares, expected = counts * corpus.tokens, sizes * frequency
            if low < 1 < high:
                at_high = min(max((expected - low * shares) / (high - low), 0), shares)
                off += max(0.0, min(expected, shares) - (at_high + low * (shares - at_high)))
        largest = self._largest(frequency, corpus)
        return off / largest if largest else 0.0


_ABOVE = 40
"""Bits for a sum of f_i: more words than any corpus has."""

_NARROW = 32
"""Narrow bins in an octave."""


class Variation:
    """Juilland's D in one pass: the sums of the relative frequencies of each word and of their squares."""

    pending = 0

    def __init__(self) -> None:
        self._sums: defaultdict[str, float] = defaultdict(float)
        self._squares: defaultdict[str, float] = defaultdict(float)

    def add(self, size: int, counts: Counter[str]) -> None:
        """See a part."""
        for word, found in counts.items():
            rate = found / size
            self._sums[word] += rate
            self._squares[word] += rate * rate

    def settle(self, frequencies: Mapping[str, int], tokens: int) -> None:
        """Nothing is pending."""

    def finish(self, frequencies: Mapping[str, int], tokens: int) -> None:
        """Nothing is pending."""

    def value(self, word: str, frequency: int, corpus: Corpus) -> float | None:  # noqa: ARG002 — of the protocol
        """D of a word; None with one part."""
        if corpus.parts < 2:
            return None
        mean = self._sums[word] / corpus.parts
        variance = max(0.0, self._squares[word] / corpus.parts - mean * mean)
        return 1 - sqrt(variance) / mean / sqrt(corpus.parts - 1)

    def doubt(self, word: str, frequency: int, corpus: Corpus) -> float:  # noqa: ARG002 — of the protocol
        """None."""
        return 0.0


class Measure(NamedTuple):
    """A measure of dispersion: the name of its column, what it is called, its formula, and where that stands."""

    column: str
    title: str
    formula: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """The measure as it stands in JSON."""
        return {**self._asdict(), "parts": "articles"}


_GRIES = (
    "Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus "
    "Linguistics 13(4), 403-437"
)
MEASURES: dict[str, Measure] = {
    "dp": Measure("dp", "Gries's DP, deviation of proportions", "Σ |v_i - s_i| / 2", _GRIES),
    "dpnorm": Measure(
        "dpnorm",
        "DPnorm, DP divided by its largest value",
        "DP / (1 - min s_i)",
        "Lijffijt, J. and Gries, S. Th. (2012). Correction to Gries' \"Dispersions and adjusted frequencies in "
        'corpora". International Journal of Corpus Linguistics 17(1), 147-149',
    ),
    "juilland-d": Measure(
        "juilland_d",
        "Juilland's D, of relative frequencies",
        "1 - V / √(n - 1)",
        "Juilland, A. and Chang-Rodríguez, E. (1964). Frequency Dictionary of Spanish Words. The Hague: Mouton; with "
        f"relative frequencies as in {_GRIES}",
    ),
}
"""The measures by the name that asks for them."""


def spread_of(name: str) -> Spread:
    """A measure of MEASURES that has seen nothing yet."""
    if name == "juilland-d":
        return Variation()
    return Deviation(normalized=name == "dpnorm")
