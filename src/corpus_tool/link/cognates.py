"""Cognates: words of two languages that look alike once their spelling habits are taken off.

Consonants are written in one way (`ph` f, `c` k or s, `th` t, `sch` sh), frequent endings too (`-tie` and `-tion`,
`-iteit` and `-ité`), then the edit distance decides (Levenshtein 1966; the rewriting after Koehn and Knight 2002,
who took spelling for the first key to a lexicon from two unrelated corpora).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.errors import MissingExtra
from corpus_tool.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SIMILAR = 0.85
SIMILAR_NAMES = 0.75
"""Names on both sides may differ more: transliterations of one name do."""

WRITTEN_ALIKE = 0.65
"""Words that are alike once they are rewritten must be so similar as they stand."""

LONG_KEY = 6
"""Words whose rewritten form is shorter must be alike as they stand: `partijen` (parties) is not `partie` (part)."""

_WORTH_A_LOOK = 0.7
SHORTEST = 5
SHORTEST_NAME = 4
_PREFIX = 2  # letters that both begin with, rewritten
_BEST = 2  # candidates that are kept for a word
_LEAST = SHORTEST_NAME - 1  # letters of a rewritten form
_ROUNDING = 1e-4

AT_ONCE = 512
"""Words that are compared at once with those of the same beginning."""

JUDGED_AT_ONCE = 100_000
"""Candidates that are judged at once."""

_ENDINGS: tuple[tuple[str, str], ...] = (
    ("ationen|ations|ation|aties|atie|aciones|acion|azione|azioni|acao", "ati"),
    ("tionen|tions|tion|ties|tie|ciones|cion|zione|zioni|cao", "ti"),
    ("sionen|sions|sion|sies|sie|siones|sione", "si"),
    ("iteiten|iteit|ites|ite|ities|ity|itaten|itat|idad|ita|idade", "it"),
    ("iques|ique|ische|isch|ischen|ischer|isches|ics|ic|ical|ieke|iek|iken|ik|ica|ico", "ik"),
    ("ismes|isme|ismus|ism|ismo", "ism"),
    ("istes|iste|isten|ists|ist|ista", "ist"),
    ("aires|aire|air|aries|ary|arisch|arischen|ario|ar", "ar"),
    ("euses|euse|eurs|eur|ors|or|oren|eure|euren|oer", "or"),
    ("logies|logie|logien|logy|logia", "logi"),
    ("ments|mente|menten|ment", "ment"),
    ("elles|elle|els|ele|elen|el|als|ale|alen|aux|al", "al"),
    ("ives|ive|ifs|if|ief|ieve|iv|iven|iver|ivo|iva", "if"),
    ("aten|aat|ats|at|ate|ates|ato", "at"),
    ("enten|ents|ente|entes|ent", "ent"),
    ("anten|ants|ante|antes|ant", "ant"),
    ("ies|ie|ien|y|ia", "i"),
)
_ENDING_OF = {ending: short for endings, short in _ENDINGS for ending in endings.split("|")}
_LONGEST_ENDING = max(map(len, _ENDING_OF))
_STEM = 3  # letters that stand before an ending

_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("tsch|tsj|tch|sch|sh|ch|sj", "x"),
    ("ph", "f"),
    ("th", "t"),
    ("rh", "r"),
    ("qu|ck|q", "k"),
    ("c(?=[eiy])", "s"),
    ("c", "k"),
    ("z", "s"),
    ("w", "v"),
    ("ij|y|ie|ee|ea|j", "i"),
    ("oe|ou|oo", "u"),
    ("ae|ai|ei", "e"),
    ("x(?=[ckst])", "k"),
)
_SPELLING = lazy("|".join(f"(?P<s{n}>{pattern})" for n, (pattern, _) in enumerate(_SPELLINGS)))
_DOUBLE = lazy(r"(.)\1+")
_INFLECTION = lazy(r"(?<=...)(?:en|es|e|s|n)$")


class Cognate(NamedTuple):
    """Two terms that look alike, and how much, from 0 to 1."""

    a: str
    b: str
    similarity: float


def rewritten(term: str) -> str:
    """A term in the spelling that languages share.

    >>> [rewritten(term) for term in ("migratie", "migration", "politiek", "politique", "families", "familles")]
    ['migrati', 'migrati', 'politik', 'politik', 'famili', 'famil']
    """
    stem, ending = term, ""
    for length in range(min(_LONGEST_ENDING, len(term) - _STEM), 0, -1):
        short = _ENDING_OF.get(term[-length:])
        if short is not None:
            stem, ending = term[:-length], short
            break
    else:
        stem = _INFLECTION.sub("", stem)
    return _DOUBLE.sub(r"\1", _SPELLING.sub(_spelled, stem) + ending)


def _spelled(match: re.Match[str]) -> str:
    return _SPELLINGS[int((match.lastgroup or "s0")[1:])][1]


def cognates(
    a: Iterable[str], b: Iterable[str], is_name_a: Callable[[str], bool], is_name_b: Callable[[str], bool]
) -> list[Cognate]:
    """The cognates among two lists of words, each word with its best, in order of the first.

    Two words are as similar as their rewritten forms, but not if they are written too differently; or as similar
    as they are written.
    """
    try:
        import numpy as np
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import cdist
    except ImportError:
        raise MissingExtra("finding twins", "links") from None
    found: list[Cognate] = []
    ones, others = _Words.of(a, is_name_a), _Words.of(b, is_name_b)
    waiting: list[tuple[Any, Any, Any]] = []
    for beginning in sorted(ones.buckets.keys() & others.buckets.keys()):
        for block in _blocks(ones, ones.buckets[beginning]):
            near = _of_like_length(ones, block, others, others.buckets[beginning])
            scores = cdist(
                ones.keys[block],
                others.keys[near],
                scorer=Levenshtein.normalized_similarity,
                score_cutoff=_WORTH_A_LOOK,
                dtype=np.float32,
            )
            like = np.flatnonzero(scores >= _WORTH_A_LOOK)
            if len(like):
                rows, columns = np.divmod(like, scores.shape[1])
                waiting.append((rows + block.start, columns + near.start, scores.ravel()[like]))
        if sum(len(rows) for rows, _, _ in waiting) >= JUDGED_AT_ONCE:
            found += _judged(ones, others, waiting)
            waiting.clear()
    return _best([*found, *_judged(ones, others, waiting)])


class _Words(NamedTuple):
    """Words with their keys, those of one beginning together, the shortest keys first."""

    terms: list[str]
    keys: list[str]
    lengths: list[int]
    names: list[bool]
    buckets: dict[str, slice]

    @classmethod
    def of(cls, terms: Iterable[str], is_name: Callable[[str], bool]) -> _Words:
        rows = sorted((key[:_PREFIX], len(key), key, term) for term in terms if len(key := rewritten(term)) >= _LEAST)
        buckets: dict[str, slice] = {}
        for at, row in enumerate(rows):
            buckets[row[0]] = slice(buckets[row[0]].start if row[0] in buckets else at, at + 1)
        words = [row[3] for row in rows]
        return cls(words, [row[2] for row in rows], [row[1] for row in rows], list(map(is_name, words)), buckets)


def _blocks(words: _Words, bucket: slice) -> Iterator[slice]:
    """A bucket in pieces: what is compared at once stays small and, where there are many words, of one length."""
    start = bucket.start
    while start < bucket.stop:
        stop = min(bucket.stop, start + AT_ONCE)
        if bucket.stop - bucket.start > AT_ONCE:
            stop = bisect_right(words.lengths, words.lengths[start], start, stop)
        yield slice(start, stop)
        start = stop


def _of_like_length(ones: _Words, block: slice, others: _Words, bucket: slice) -> slice:
    """The words of a bucket that are not too long or too short to be like any of a block."""
    shortest, longest = ones.lengths[block.start], ones.lengths[block.stop - 1]
    least, most = floor(shortest * _WORTH_A_LOOK), ceil(longest / _WORTH_A_LOOK)
    start = bisect_left(others.lengths, least, bucket.start, bucket.stop)
    return slice(start, bisect_right(others.lengths, most, start, bucket.stop))


def _judged(ones: _Words, others: _Words, waiting: list[tuple[Any, Any, Any]]) -> Iterator[Cognate]:
    """Which candidates, given as rows, columns and the similarity of their keys, are cognates."""
    import numpy as np
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cpdist

    if not waiting:
        return
    rows, columns, scores = (np.concatenate([part[n] for part in waiting]) for n in range(3))
    left, right = [ones.terms[row] for row in rows.tolist()], [others.terms[column] for column in columns.tolist()]
    plain = cpdist(left, right, scorer=Levenshtein.normalized_similarity, dtype=np.float64)
    names = np.array(ones.names)[rows] & np.array(others.names)[columns]
    long = np.minimum(np.array(ones.lengths)[rows], np.array(others.lengths)[columns]) >= LONG_KEY
    rewritten_counts = (plain >= WRITTEN_ALIKE) & (names | long)
    similar = np.where(rewritten_counts, np.maximum(plain, scores.astype(np.float64)), plain)
    for at in np.flatnonzero(similar >= SIMILAR_NAMES - _ROUNDING).tolist():
        one, other, similarity = left[at], right[at], round(float(similar[at]), 4)
        least, shortest = (SIMILAR_NAMES, SHORTEST_NAME) if names[at] else (SIMILAR, SHORTEST)
        if similarity >= least and min(len(one), len(other)) >= shortest:
            yield Cognate(one, other, similarity)


def _surest_first(pair: Cognate) -> tuple[float, str, str]:
    return -pair.similarity, pair.a, pair.b


def _best(found: list[Cognate]) -> list[Cognate]:
    """The pairs that are among the best of both words."""
    kept = set(found)
    for column in (0, 1):
        sides: dict[str, list[Cognate]] = {}
        for pair in found:
            sides.setdefault(str(pair[column]), []).append(pair)
        for pairs in sides.values():
            pairs.sort(key=_surest_first)
            kept -= set(pairs[_BEST:])
    return sorted(kept)
