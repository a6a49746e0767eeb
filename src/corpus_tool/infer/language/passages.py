"""Text in several languages: segments at sentence ends and quotation marks, and the likeliest way through them.

Each segment is judged among a few candidate languages; the sequence of languages is the one with the highest sum of
log probabilities, where each change of language has a cost (Viterbi, 1967; Lui, Lau and Baldwin, 2014, take mixed
documents apart in a like way).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf, log
from typing import NamedTuple

from corpus_tool.infer.language.letters import LANGUAGES
from corpus_tool.infer.language.pooled import WORD_WEIGHT_WITHIN, softmax, within_nats
from corpus_tool.infer.language.registry import Detector, among
from corpus_tool.infer.language.words import WordEvidence, listed_languages, word_evidence, words_of
from corpus_tool.patterns import lazy


class LanguageSpan(NamedTuple):
    """A stretch of a text in one language; offsets in code points, half-open."""

    start: int
    end: int
    tag: str


FLOOR = 1e-4  # the least probability of a language in a segment
SWITCH_COST = 1.5  # nats for a change of language
BLOCK_SWITCH_COST = 1.2  # between two blocks, where it is likelier
MIN_WORDS = 4  # fewer say too little by themselves: names and titles are in any language

NEIGHBORLY = 0.9  # of another language in a segment that says nothing: it goes with its neighbors, or is main
NAME_SHARE = 0.6  # of the words of a segment
PLAIN_MARGIN = 3.0  # nats of frequent words by which a segment is plainly in the main language
FOREIGN_WORDS = 6  # different ones, and …
BEYOND_MARGIN = 4.0  # nats that one of the four must be behind for another language to be looked at
FOREIGN_MARGIN = 12.0  # … nats by which they make a language a candidate

_CUT = lazy(
    r"[.!?…][\"'”’»)\]]{0,4}\s+|\n+"  # the end of a sentence or of a block
    r"|[“”„«»\"]"  # either side of a quotation
    r"|(?<!\w)[‘'](?=\w)|(?<=[\w.!?,])[’'](?!\w)"
)


def segments(text: str) -> list[tuple[int, int]]:
    """Where a text is cut: after sentences and blocks, and after each quotation mark.

    >>> segments("Hij zei: “We do not know.” Toen ging hij.")
    [(0, 10), (10, 27), (27, 41)]
    """
    cuts = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]


class _Segment(NamedTuple):
    """A segment with its words in lower case, and what they say where they are not too few."""

    text: str
    words: list[str]
    evidence: WordEvidence | None


def language_spans(
    text: str, main: str, detector: Detector, *, expected: Sequence[str] = (), only: tuple[str, ...] = ()
) -> tuple[LanguageSpan, ...]:
    """The text as stretches of one language each, covering it in order; one stretch where it is not mixed."""
    places = segments(text)
    parts = [_segment(text[start:end]) for start, end in places]
    candidates = tuple(tag for tag in _candidates(parts, main, expected) if tag == main or among(tag, only))
    nothing = dict.fromkeys(candidates, NEIGHBORLY) | {main: 1.0}
    emissions = [nothing] * len(parts)
    doubtful = []
    for place, part in enumerate(parts):
        if part.evidence is None:
            continue
        if _is_plain(part.evidence, main, candidates):
            emissions[place] = {main: 1.0}
        elif not _is_name(part.text):
            doubtful.append(place)
    if not doubtful or len(candidates) < 2:
        return (LanguageSpan(0, len(text), main),)
    judged = _judged([parts[place] for place in doubtful], candidates, detector)
    for place, shares in zip(doubtful, judged, strict=True):
        emissions[place] = shares
    opens_block = [start == 0 or text[start - 1] == "\n" for start, _ in places]
    costs = [BLOCK_SWITCH_COST if opens else SWITCH_COST for opens in opens_block]
    path = _likeliest(emissions, costs, candidates, main)
    _end_passages(path, [shares is not nothing for shares in emissions], opens_block, main)
    return _joined(places, path)


def _end_passages(path: list[str], decided: list[bool], opens_block: list[bool], main: str) -> None:
    """Give what says nothing after a passage back to the main language, where its block opened in that.

    In `Hij zei: “We know nothing.” Daarna zweeg ze.` the last sentence does not belong to the quotation.
    """
    opening: str | None = None
    after_passage = False
    for place, tag in enumerate(path):
        if opens_block[place]:
            opening, after_passage = None, False
        if decided[place]:
            opening = opening or tag
            after_passage = tag != main
        elif after_passage and opening == main:
            path[place] = main


def _segment(text: str) -> _Segment:
    words = words_of(text)
    return _Segment(text, words, word_evidence(words) if len(words) >= MIN_WORDS else None)


def _is_name(text: str) -> bool:
    """Whether most words are written like a name or a title: those are in any language."""
    words = text.split()
    return sum(word.strip("\"'“”‘’«»„(),.:;!?").istitle() for word in words) >= NAME_SHARE * len(words)


def _candidates(parts: list[_Segment], main: str, expected: Sequence[str]) -> tuple[str, ...]:
    """The main language, the expected ones, the four we know best, and what frequent words of a segment point to."""
    codes = {tag.split("-")[0]: None for tag in expected}
    found = {main: None} | {tag: None for tag in codes if not among(main, (tag,))}
    if main in LANGUAGES:
        found |= dict.fromkeys(LANGUAGES)
    for part in parts:
        if part.evidence is not None and len(set(part.words)) >= FOREIGN_WORDS:
            best, most = part.evidence.best()
            if most > FOREIGN_MARGIN and most - part.evidence.of(main) > FOREIGN_MARGIN:
                found[best] = None
    return tuple(found)


def _is_plain(evidence: WordEvidence, main: str, candidates: Sequence[str]) -> bool:
    """Whether frequent words leave no doubt that a segment is in the main language."""
    own = evidence.of(main)
    return all(own - evidence.of(tag) >= PLAIN_MARGIN for tag in candidates if tag != main)


def _judged(parts: list[_Segment], candidates: tuple[str, ...], detector: Detector) -> list[dict[str, float]]:
    """The probability of each candidate for each segment: by words and spelling, beyond their reach by the backend."""
    if not set(candidates) <= {*listed_languages()}:
        found = detector.probabilities([part.text for part in parts])
        shares = [{tag: max(FLOOR, answer.get(tag, 0.0)) for tag in candidates} for answer in found]
        return [{tag: share / sum(answer.values()) for tag, share in answer.items()} for answer in shares]
    return [softmax(_nats(part, candidates)) for part in parts]


def _nats(part: _Segment, candidates: tuple[str, ...]) -> dict[str, float]:
    """What words say of the candidates, the main language first; with spelling, unless they point beyond the four."""
    evidence = part.evidence or word_evidence(part.words)
    spelled = [tag for tag in candidates if tag in LANGUAGES]
    if (
        candidates[0] in LANGUAGES
        and max(map(evidence.of, candidates)) < max(map(evidence.of, spelled)) + BEYOND_MARGIN
    ):
        within = within_nats(part.words, evidence)
        return {tag: within[tag] for tag in spelled}
    return {tag: WORD_WEIGHT_WITHIN * evidence.of(tag) for tag in candidates}


def _likeliest(
    emissions: list[dict[str, float]], costs: list[float], candidates: tuple[str, ...], main: str
) -> list[str]:
    """The sequence of languages with the highest probability; before and after the text is the main language."""
    scores = {tag: 0.0 if tag == main else -inf for tag in candidates}
    origins: list[dict[str, str]] = []
    for shares, cost in zip([*emissions, {main: 1.0}], [*costs, BLOCK_SWITCH_COST], strict=True):
        best = max(candidates, key=scores.__getitem__)
        origin = {tag: tag if scores[tag] >= scores[best] - cost else best for tag in candidates}
        scores = {
            tag: scores[before] - (cost if before != tag else 0.0) + log(max(FLOOR, shares.get(tag, 0.0)))
            for tag, before in origin.items()
        }
        origins.append(origin)
    path = [main]
    for origin in reversed(origins[1:]):
        path.append(origin[path[-1]])
    return path[:0:-1]


def _joined(places: list[tuple[int, int]], path: list[str]) -> tuple[LanguageSpan, ...]:
    """Neighboring segments of one language as one stretch."""
    spans: list[LanguageSpan] = []
    for (start, end), tag in zip(places, path, strict=True):
        if spans and spans[-1].tag == tag:
            start = spans.pop().start
        spans.append(LanguageSpan(start, end, tag))
    return tuple(spans)
