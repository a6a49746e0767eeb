"""Our own pool: frequent words, the spelling of short texts, and py3langid.

Three sources of evidence are weighed in nats. Frequent words alone decide whole articles and most sentences, at once
and without loading a model; those are never asked about here (`WORDS_FIRST`). Among Dutch, French, English and
German, words and spelling together beat any single model on openings and single words. For all else py3langid gives
the probabilities, and the two correct it where they can.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

from corpus_tool.infer.language import py3langid_backend
from corpus_tool.infer.language.letters import LANGUAGES, letter_evidence
from corpus_tool.infer.language.registry import Probabilities, known_among, restricted
from corpus_tool.infer.language.words import VERSION as WORDS
from corpus_tool.infer.language.words import WordEvidence, common_languages, listed_languages, word_evidence, words_of

NAME = "pooled"
WORDS_FIRST = True

# Weights of a nat. Words of a text are not independent of each other, so that each tells less than it seems to.
WORD_WEIGHT = 0.2
WORD_WEIGHT_WITHIN = 0.5  # among the four languages that spelling tells apart
SPELLING_WEIGHT = 0.8
SPELLED_WORDS = 5  # the spelling of more words than these tells no more than that of these
FLOOR = 1e-7
RARER = 0.5  # how likely a text in Latin letters is, beforehand, to be in a language of which little is printed

_BEYOND_LATIN = "\u0370"  # Greek is the first script after Latin

SPELLED_SURE = 0.999  # wrong for 1 in 1,000 openings of five words
LONGEST_SPELLED = 12  # words of a text whose spelling is looked at


def version() -> str:
    """The word lists and py3langid, each with its version."""
    return f"{WORDS} + {py3langid_backend.version()}"


def probabilities(texts: Sequence[str], only: tuple[str, ...] = ()) -> list[Probabilities]:
    """As the Protocol says; py3langid is asked where words and spelling cannot decide among the wanted languages."""
    words = [words_of(text) for text in texts]
    answers = [_spelled(found, only) for found in words]
    asked = [place for place, answer in enumerate(answers) if answer is None]
    if asked:
        known = frozenset(known_among(NAME, {*py3langid_backend.unread(), *listed_languages()}, only))
        found = py3langid_backend.probabilities([texts[place] for place in asked])
        for place, shares in zip(asked, found, strict=True):
            answers[place] = restricted(_pooled(shares, words[place]), known)
    return [answer or {} for answer in answers]


def _spelled(words: list[str], only: tuple[str, ...]) -> Probabilities | None:
    """Words and spelling alone, where only languages are wanted that they tell apart, and one of them stands out."""
    if len(only) < 2 or not words or not set(only) <= {*LANGUAGES}:
        return None
    nats = within_nats(words, word_evidence(words))
    shares = softmax({tag: nats[tag] for tag in only})
    return shares if max(shares.values()) >= SPELLED_SURE else None


def within_nats(words: list[str], evidence: WordEvidence) -> dict[str, float]:
    """What words and spelling say of Dutch, French, English and German against each other."""
    nats = {tag: WORD_WEIGHT_WITHIN * evidence.of(tag) for tag in LANGUAGES}
    spelled = words[:LONGEST_SPELLED]
    weight = SPELLING_WEIGHT * min(1.0, SPELLED_WORDS / max(1, len(spelled)))
    for tag, said in letter_evidence(spelled).items():
        nats[tag] += weight * said
    return nats


def _pooled(shares: Probabilities, words: list[str]) -> Probabilities:
    """What py3langid says, corrected by words in all listed languages, and by spelling within the four."""
    if not words:
        return shares
    evidence = word_evidence(words)
    common = common_languages() if 2 * sum(word < _BEYOND_LATIN for word in words) > len(words) else shares.keys()
    listed = dict.fromkeys(listed_languages(), 0.0)  # some of them are unknown to py3langid
    said = {
        tag: log((share + FLOOR) * (1 if tag in common else RARER))
        for tag, share in (listed | (shares or py3langid_backend.unread())).items()
    }
    pooled = softmax({tag: nats + WORD_WEIGHT * evidence.of(tag) for tag, nats in said.items()})
    among_four = softmax({tag: said[tag] + nats for tag, nats in within_nats(words, evidence).items()})
    mass = sum(pooled[tag] for tag in among_four)
    return pooled | {tag: share * mass for tag, share in among_four.items()}


def softmax(nats: dict[str, float]) -> Probabilities:
    """Probabilities in proportion to the exponentials."""
    if not nats:
        return {}
    highest = max(nats.values())
    shares = {tag: exp(value - highest) for tag, value in nats.items()}
    total = sum(shares.values())
    return {tag: share / total for tag, share in shares.items()}
