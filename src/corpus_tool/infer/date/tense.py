"""Whether what a text tells beside a date is past or to come, by the verbs of the sentence.

In Dutch and German the word after an opening time expression is the finite verb: `Maandag haalde`, `Op 4 juli
volgt`. Elsewhere the marker that stands nearest counts, one in the same clause before one in another: auxiliaries
and endings for the past, `will`, `zal`, `-ra` and verbs of what is announced for the future. A preposition right
before the date that looks ahead (`vanaf`, `d'ici`) decides where no verb does.
"""

from __future__ import annotations

import re
from functools import cache

from corpus_tool.infer.date.lexicon import Lexicon, lexicon
from corpus_tool.patterns import lazy

SENTENCE_MAX = 300
"""How far a sentence is looked at on each side, in characters."""

_STARTS = lazy(r"[.!?…](?=\s)|\n")
_CLAUSE = lazy(
    r"[,;:()«»\"“”]| - |\b(?:dat|die|maar|omdat|terwijl|que|qui|mais|that|which|but|dass|aber|weil|pero|che|ma|mas)\b"
)
_WORD = lazy(r"[^\W\d_][\w'-]*")
_OPENING_MAX = 40
"""Longest words and signs before a time expression that still opens its sentence: `Op`, `Vanaf`, `« Al in`."""


@cache
def _markers(language: str) -> re.Pattern[str]:
    """Verbs of the future before those of the past, where one word could be either."""
    words = _lexicon(language)
    future, past = words.filled(words.pattern("future")), words.filled(words.pattern("past"))
    return re.compile(rf"(?<!\w)(?:(?P<future>{future})|(?P<past>{past}))(?!\w)")


@cache
def _planned(language: str) -> re.Pattern[str]:
    words = _lexicon(language)
    return re.compile(
        rf"(?<!\w)(?:{words.filled(words.pattern('planned'))})(?:\s(?:le|de|den|the|el|il|l'|ao?|dem))?\s?$"
    )


@cache
def _opening(language: str) -> re.Pattern[str]:
    words = _lexicon(language)
    return re.compile(rf"\W*(?:{words.filled(words.pattern('opening'))}\s)*")


@cache
def _verbs(language: str, name: str) -> re.Pattern[str]:
    words = _lexicon(language)
    return re.compile(rf"(?<!\w)(?:{words.filled(words.pattern(name))})(?!\w)")


def _is_past_verb(verb: str, after: str, language: str) -> bool | None:
    """Whether a finite verb is of the past; `is` and `ist` are with a participle after them.

    A verb that no list has is of the present if it ends in -t: what is told so of another day is to come.
    """
    if _verbs(language, "be").fullmatch(verb):
        return _verbs(language, "participle").search(after) is not None
    if _verbs(language, "future").fullmatch(verb):
        return False
    if any(_verbs(language, name).fullmatch(verb) for name in ("past", "preterite_ending")):
        return True
    return False if verb.endswith("t") and not _verbs(language, "not_verbs").fullmatch(verb) else None


def _lexicon(language: str) -> Lexicon:
    words = lexicon(language)
    if words is None:
        raise ValueError(f"no words for dates in {language!r}")
    return words


def is_past(folded: str, start: int, end: int, language: str) -> bool | None:
    """True for what was, False for what is to come, None where nothing tells; `folded` as `fold` gives it.

    >>> text = "op 4 juli volgt het debat dat gisteren werd beloofd."
    >>> is_past(text, 3, 9, "nl"), is_past(text, 30, 38, "nl")
    (False, True)
    """
    low, high = _sentence(folded, start, end)
    verb_second = "preterite_ending" in _lexicon(language)
    if verb_second and (verb := _finite_verb(folded, low, start, end, high, language)) is not None:
        past = _is_past_verb(verb.group(), folded[verb.end() : high], language)
        if past is not None:
            return past
    before = _nearest(folded, low, start, language, backwards=True)
    after = _nearest(folded, end, high, language, backwards=False)
    nearest = min(filter(None, (before, after)), default=None)
    if nearest is not None:
        return nearest[-1]
    return False if _planned(language).search(folded, max(low, start - 25), start) else None


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around a span."""
    low, high = max(0, start - SENTENCE_MAX), min(len(folded), end + SENTENCE_MAX)
    for match in _STARTS.finditer(folded, low, start):
        low = match.end()
    stop = _STARTS.search(folded, end, high)
    return low, stop.start() if stop else high


def _finite_verb(folded: str, low: int, start: int, end: int, high: int, language: str) -> re.Match[str] | None:
    """The word right after an expression that opens its sentence; None where something comes between."""
    if start - low > _OPENING_MAX or not _opening(language).fullmatch(folded, low, start):
        return None
    return _WORD.match(folded, end + 1, high) if folded[end : end + 1].isspace() else None


def _nearest(folded: str, low: int, high: int, language: str, *, backwards: bool) -> tuple[int, int, bool] | None:
    """How many clause boundaries and characters away the nearest marker is, and whether it is of the past."""
    markers = list(_markers(language).finditer(folded, low, high))
    if not markers:
        return None
    marker = markers[-1] if backwards else markers[0]
    gap = (marker.end(), high) if backwards else (low, marker.start())
    boundaries = sum(1 for _ in _CLAUSE.finditer(folded, *gap))
    return boundaries, gap[1] - gap[0], marker.lastgroup == "past"
