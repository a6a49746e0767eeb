"""Shingles: the runs of five words that a text is made of, and a sketch that stands for them.

A text is compared as the set of its shingles (U. Manber, 1994; A. Broder, 1997). Words are runs of letters and digits
of the folded text, as in full-text search, so that case, accents, punctuation and line breaks make no difference.
Shingles are known by hashes of 56 bits; two different ones have the same by chance once in 7 x 10^16 pairs.

A sketch holds the shingles whose hash is below an eighth of the range, at least the 32 smallest (Broder's samples
modulo m, made for containment, and the smallest k of E. Cohen, 1997, for short texts). What two texts share in it
estimates what they share, whatever their lengths.

Everything is computed for many texts at once: a letter is a number of 64 bits, a word the polynomial of its letters,
a shingle that of its words (modulo 2^64).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from corpus_tool.errors import MissingExtra
from corpus_tool.text.fold import fold

try:
    import numpy as np
except ImportError:
    raise MissingExtra("Comparing articles", "links") from None

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Numbers = NDArray[np.int64]

WORDS = 5
"""The words of a shingle."""

LEAST = 16
"""A text of fewer different shingles is the same as another or it is not: there is no near."""

SAMPLE_LEAST = 32
"""A sketch has at least so many shingles, where the text has them."""

HASH_BITS = 56
SAMPLE_BITS = 32
SAMPLED = 1 << SAMPLE_BITS - 3
"""A sketch has the shingles below this, of `SAMPLE_BITS` bits: one in eight."""

BATCH_TEXTS = 256
"""So many texts are hashed together; their number stands in the bits that a hash leaves free."""

BATCH_CHARACTERS = 1 << 17
"""So many characters are hashed together: their numbers fit into the cache of a processor."""

_STEP = 0x9E3779B97F4A7C15  # 2^64 divided by the golden ratio (D. Knuth)
_LETTER_BASE, _WORD_BASE = 0xD1342543DE82EF97, 0xDA942042E4DD58B7
_ALL = (1 << 64) - 1
_HEAD = struct.Struct("<QII")


class Sketch(NamedTuple):
    """What stands for a text: the hash of its words in order, how many these are, its different shingles, a sample.

    `sample` has `SAMPLE_BITS` bits of each sampled hash, ascending, in little-endian order; nothing for a text of
    fewer than `LEAST` different shingles.
    """

    print: int
    words: int
    size: int
    sample: bytes

    def to_bytes(self) -> bytes:
        """The sketch as it is stored: 16 bytes, and 4 for each sampled shingle."""
        return _HEAD.pack(self.print, self.words, self.size) + self.sample

    @classmethod
    def from_bytes(cls, data: bytes) -> Sketch:
        """The reverse of `to_bytes`; ValueError where that did not write it."""
        if len(data) < _HEAD.size or (len(data) - _HEAD.size) % 4:
            raise ValueError(f"{len(data)} bytes are no sketch")
        mark, words, size = _HEAD.unpack_from(data)
        return cls(mark, words, size, data[_HEAD.size :])


def sketch(text: str) -> Sketch:
    """The sketch of one text; `sketches` is faster for many.

    >>> sketch("Zo’n œuvre!") == sketch("ZO'N OEUVRE"), sketch("Zo’n œuvre!").words
    (True, 3)
    """
    return next(sketches([text]))


def sketches(texts: Iterable[str]) -> Iterator[Sketch]:
    """The sketch of each text, in order; what stands for a text does not depend on those beside it."""
    for batch in _batches(texts):
        yield from _sketch_batch(*_hashed(batch))


def shingle_sets(texts: Iterable[str]) -> Iterator[Hashes]:
    """The different shingles of each text, as ascending hashes.

    >>> [len(found) for found in shingle_sets(["een twee drie vier vijf zes", "te kort", "na na na na na na na"])]
    [2, 0, 1]
    """
    for batch in _batches(texts):
        words, ends = _hashed(batch)
        found, bounds = _distinct(words, ends)
        found &= np.uint64((1 << HASH_BITS) - 1)
        yield from (found[start:end] for start, end in pairwise(bounds.tolist()))


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    characters = 0
    for text in texts:
        if batch and (characters + len(text) > BATCH_CHARACTERS or len(batch) == BATCH_TEXTS):
            yield batch
            batch, characters = [], 0
        batch.append(text)
        characters += len(text)
    if batch:
        yield batch


def _sketch_batch(words: Hashes, ends: Numbers) -> Iterator[Sketch]:
    found, bounds = _distinct(words, ends)
    numbers = np.arange(len(ends), dtype=np.uint64) << np.uint64(HASH_BITS)
    below = np.searchsorted(found, numbers + np.uint64(SAMPLED << HASH_BITS - SAMPLE_BITS))
    sizes = np.diff(bounds)
    taken = np.where(sizes < LEAST, 0, np.maximum(below - bounds[:-1], np.minimum(sizes, SAMPLE_LEAST)))
    sample = (found >> np.uint64(HASH_BITS - SAMPLE_BITS)).astype("<u4")
    counts = np.diff(ends, prepend=0)
    columns = (_prints(words, ends), counts, sizes, bounds[:-1], bounds[:-1] + taken)
    for mark, count, size, start, end in zip(*(column.tolist() for column in columns), strict=True):
        yield Sketch(mark, count, size, sample[start:end].tobytes())


def _distinct(words: Hashes, ends: Numbers) -> tuple[Hashes, Numbers]:
    """The different shingles of all texts, each below the number of its text, sorted; and where each text begins."""
    numbers = np.arange(len(ends) + 1, dtype=np.uint64)
    text_of = np.repeat(numbers[:-1], np.diff(ends, prepend=0))
    places = max(0, len(words) - WORDS + 1)
    shingles = np.zeros(places, np.uint64)
    for place in range(WORDS):
        shingles += words[place : place + places] * np.uint64(pow(_WORD_BASE, place + 1, 1 << 64))
    shingles = mixed(shingles) >> np.uint64(64 - HASH_BITS)
    shingles |= text_of[:places] << np.uint64(HASH_BITS)
    shingles = shingles[text_of[:places] == text_of[WORDS - 1 :]]
    shingles.sort()
    shingles = shingles[changes(shingles)]
    # The last number may be 2^64, which is 0: the end is known without it.
    starts = np.searchsorted(shingles, numbers[:-1] << np.uint64(HASH_BITS))
    return shingles, np.append(starts, len(shingles))


def _prints(words: Hashes, ends: Numbers) -> Hashes:
    """A hash of each text's words in their order."""
    starts = ends - np.diff(ends, prepend=0)
    return mixed(_polynomials(words, starts, ends, _WORD_BASE) + (ends - starts).astype(np.uint64))


def _hashed(texts: Sequence[str]) -> tuple[Hashes, Numbers]:
    """The hashes of the words of all texts, one after the other; and where each text ends."""
    if len(texts) == 1 and len(texts[0]) > BATCH_CHARACTERS:
        words = np.concatenate([_hashed([piece])[0] for piece in _pieces(texts[0])])
        return words, np.array([len(words)])
    letters, lengths = _letters().of(texts)
    inside = letters != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    # The texts are joined by what is no letter, before the first and after the last as well.
    starts, ends = edges[::2], edges[1::2]
    words = mixed(_polynomials(letters, starts, ends, _LETTER_BASE))
    return words, np.searchsorted(starts, np.cumsum(np.array(lengths) + 1))


def _pieces(text: str) -> Iterator[str]:
    """A long text, cut between words where it has blanks at all."""
    start = 0
    while start < len(text):
        end = start + BATCH_CHARACTERS
        if end < len(text):
            blank = max(text.rfind("\n", start, end), text.rfind(" ", start, end))
            end = blank + 1 if blank >= start else end
        yield text[start:end]
        start = end


def _polynomials(values: Hashes, starts: Numbers, ends: Numbers, base: int) -> Hashes:
    """For each span, the sum of its values, each times the base to the power of its place in the span."""
    powers, inverse = _powers(base, len(values) + 1)
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * powers[: len(values)], out=sums[1:])
    result: Hashes = (sums[ends] - sums[starts]) * inverse[starts]
    return result


def _powers(base: int, length: int) -> tuple[Hashes, Hashes]:
    """At least so many powers of the base, from 0, and of its inverse modulo 2^64."""
    return _powers_below(base, max(2 * BATCH_CHARACTERS, 1 << length.bit_length()))


@cache
def _powers_below(base: int, length: int) -> tuple[Hashes, Hashes]:
    inverse = pow(base, -1, 1 << 64)
    return _powers_of(base, inverse, length), _powers_of(inverse, base, length)


def _powers_of(base: int, inverse: int, length: int) -> Hashes:
    powers: Hashes = np.cumprod(np.full(length, base, np.uint64), dtype=np.uint64) * np.uint64(inverse)
    return powers


def mixed(values: Hashes) -> Hashes:
    """Numbers in which every bit depends on all bits (the finalizer of SplitMix64: G. Steele and others, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def changes(values: Hashes) -> NDArray[np.bool_]:
    """Where a value is another than the one before, as the first is."""
    result = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=result[1:])
    return result


class _Letters:
    """The number of each character: that of its fold, 0 for what stands in no word. Learned when first met."""

    def __init__(self) -> None:
        self._numbers = np.zeros(0x110000, np.uint64)  # takes memory only where it is written
        self._known = np.zeros(0x110000, bool)
        self._odd: dict[int, str] = {}  # folds that are no single character
        self._learn(range(128))

    def of(self, texts: Sequence[str]) -> tuple[Hashes, list[int]]:
        """The numbers of all characters, a 0 before and after each text; and the lengths of the folded texts."""
        codes = _codes(texts)
        found = set(np.unique(codes[codes > 127]).tolist()) if codes.max() > 127 else set()
        self._learn(found)
        odd = found & self._odd.keys()
        if odd:
            table = {code: self._odd[code] for code in odd}
            texts = [_replaced(text, table) for text in texts]
            codes = _codes(texts)
        return self._numbers[codes], [len(text) for text in texts]

    def _learn(self, codes: Iterable[int]) -> None:
        for code in codes:
            if self._known[code]:
                continue
            folded = fold(chr(code))
            self._known[code] = True
            if len(folded) != 1:
                self._odd[code] = folded
                self._learn(map(ord, folded))
            elif folded.isalnum():
                number = np.array([(ord(folded) + 1) * _STEP & _ALL], np.uint64)
                self._numbers[code] = mixed(number)[0]


@cache
def _letters() -> _Letters:
    return _Letters()


def _codes(texts: Sequence[str]) -> NDArray[np.uint32]:
    joined = "\n".join(("", *texts, ""))
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)


def _replaced(text: str, table: dict[int, str]) -> str:
    """The text with some characters replaced: one after the other where they are few."""
    if text.isascii():
        return text
    if len(table) > BATCH_TEXTS // 8:
        return text.translate(table)
    for code, folded in table.items():
        text = text.replace(chr(code), folded)
    return text
