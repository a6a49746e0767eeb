"""Cognates: words of two languages that look alike once their spelling habits are taken off.

Consonants are written in one way (`ph` f, `c` k or s, `th` t, `sch` sh), frequent endings too (`-tie` and `-tion`,
`-iteit` and `-ité`), then the edit distance decides (Levenshtein 1966; the rewriting after Koehn and Knight 2002,
who took spelling for the first key to a lexicon from two unrelated corpora).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from corpus_tool.errors import MissingExtra
from corpus_tool.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    left, right = _buckets(a), _buckets(b)
    for beginning in sorted(left.keys() & right.keys()):
        ours, theirs = left[beginning], right[beginning]
        scores = cdist(
            [key for key, _ in ours],
            [key for key, _ in theirs],
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_WORTH_A_LOOK,
            dtype=np.float32,
        )
        rows, columns = np.nonzero(scores >= _WORTH_A_LOOK)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            one, other = ours[row][1], theirs[column][1]
            names = is_name_a(one) and is_name_b(other)
            similarity = plain = Levenshtein.normalized_similarity(one, other)
            if plain >= WRITTEN_ALIKE and (names or min(len(ours[row][0]), len(theirs[column][0])) >= LONG_KEY):
                similarity = max(plain, float(scores[row, column]))
            similarity = round(similarity, 4)
            long = min(len(one), len(other)) >= (SHORTEST_NAME if names else SHORTEST)
            if long and similarity >= (SIMILAR_NAMES if names else SIMILAR):
                found.append(Cognate(one, other, similarity))
    return _best(found)


def _buckets(terms: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    buckets: dict[str, list[tuple[str, str]]] = {}
    for term in sorted(terms):
        key = rewritten(term)
        if len(key) >= SHORTEST_NAME - 1:
            buckets.setdefault(key[:_PREFIX], []).append((key, term))
    return buckets


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
