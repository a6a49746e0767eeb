"""The language of a text: what is shown to the backend, what is made of its answer, and which passages differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus_tool.infer.language.confidence import HIGHEST, Asked, confidence
from corpus_tool.infer.language.passages import LanguageSpan, language_spans
from corpus_tool.infer.language.registry import (
    DEFAULT_DETECTOR,
    Detector,
    Probabilities,
    among,
    is_one_language,
    language_code,
    load_detector,
)
from corpus_tool.infer.language.sample import Sample, take_sample
from corpus_tool.infer.language.words import VERSION as WORDS
from corpus_tool.infer.language.words import certain_language, word_evidence, words_of

UNDETERMINED = "und"
NO_LANGUAGE = "zxx"
NO_LANGUAGE_CONFIDENCE = 0.99
PRIOR = 5
"""By how much an expected language is likelier than another before the text is read."""
MIN_CONFIDENCE = 0.2
"""Below this an answer is worse than none."""


@dataclass(frozen=True, slots=True)
class Language:
    """The language of a text: a BCP 47 tag, `und` where it cannot be decided, `zxx` where there is none.

    `confidence` is the probability that the tag is right; `backend` what gave the answer, with what it was told to
    expect. `shares` are the parts of the characters in each language, to four digits; `spans` the stretches of one
    language each, which cover the text in order. Both have one entry where the text is not mixed.
    """

    tag: str
    confidence: float
    backend: str
    shares: dict[str, float] = field(default_factory=dict)
    spans: tuple[LanguageSpan, ...] = ()

    @property
    def is_mixed(self) -> bool:
        """Whether there are passages in another language."""
        return len(self.shares) > 1


def identify_language(
    text: str, *, expected: tuple[str, ...] | str = (), only: tuple[str, ...] | str = (), backend: str | None = None
) -> Language:
    """The language of a text by a named backend, and its passages in other languages.

    `expected` languages are likelier than others beforehand; no language outside `only` is answered. Raises
    UsageError for an unknown backend. The same text gives the same answer in every run.

    >>> identify_language("12,5 % – 1.234").tag
    'zxx'
    """
    expected, only = _tags(expected), _tags(only)
    detector = load_detector(backend or DEFAULT_DETECTOR)
    if detector is None:
        return Language(UNDETERMINED, 0.0, "none")
    return decide_many([text], detector, expected=expected, only=only)[0]


def _tags(told: tuple[str, ...] | str) -> tuple[str, ...]:
    """Languages as they may be told: several, or a string with commas."""
    return tuple(tag.strip() for tag in told.split(",") if tag.strip()) if isinstance(told, str) else tuple(told)


def decide_many(
    texts: Sequence[str],
    detector: Detector,
    *,
    titles: Sequence[str | None] = (),
    expected: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    mixed: bool = True,
) -> list[Language]:
    """The language of each text, with one call of the backend for all of them; each answer is for its text alone.

    A title is read before its text, and is no part of the spans. With `mixed` false each text is one span.
    """
    headed = map(_headed, titles, texts) if titles else texts
    samples = [take_sample(text) for text in headed]
    told = f" among {','.join(only)}" if only else ""
    told += f" expecting {','.join(expected)} ×{PRIOR}" if expected else ""
    answers = [_without_backend(sample, detector, only, told) for sample in samples]
    asked = [sample.shown for sample, answer in zip(samples, answers, strict=True) if answer is None]
    found = iter(detector.probabilities(asked, only) if asked else ())
    decided = []
    for text, sample, answer in zip(texts, samples, answers, strict=True):
        whole = _in_one(answer or _judged(next(found), sample, detector, expected, only, told), text)
        decided.append(_in_passages(whole, text, detector, expected, only) if mixed else whole)
    return decided


def same_language(tag: str, other: str) -> bool:
    """Whether two tags may name one language, so that a stated one and a detected one do not contradict.

    `und` and `zxx` contradict nothing.

    >>> same_language("nl-BE", "nl"), same_language("nb", "no"), same_language("nl", "af")
    (True, True, False)
    """
    names = {_ALIKE.get(code, code) for code in map(language_code, (tag, other))}
    return len(names) == 1 or not names.isdisjoint((UNDETERMINED, NO_LANGUAGE, "mul"))


# Written so alike that backends do not agree on which is which.
_ALIKE = {"nn": "no", "hr": "sr", "bs": "sr", "sh": "sr", "prs": "fa"}


def _headed(title: str | None, text: str) -> str:
    return f"{title}\n{text}" if title else text


def _without_backend(sample: Sample, detector: Detector, only: tuple[str, ...], told: str) -> Language | None:
    """No language where there are no words; the one that frequent words leave no doubt about, before ours is asked."""
    if not sample.is_language:
        return Language(NO_LANGUAGE, NO_LANGUAGE_CONFIDENCE, WORDS + told)
    if not getattr(detector, "WORDS_FIRST", False):
        return None
    certain = certain_language(word_evidence(words_of(sample.shown)))
    return Language(certain, HIGHEST, WORDS + told) if certain is not None and among(certain, only) else None


def _judged(
    shares: Probabilities,
    sample: Sample,
    detector: Detector,
    expected: tuple[str, ...],
    only: tuple[str, ...],
    told: str,
) -> Language:
    """The likeliest language, expected ones being likelier beforehand; undetermined where that is hardly better."""
    alone = bool(only) and is_one_language(only)  # one alone has what it has among all, whatever is expected
    likelier = () if alone else expected
    weighed = {tag: share * (PRIOR if likelier and among(tag, likelier) else 1) for tag, share in shares.items()}
    total = 1.0 if alone else sum(weighed.values())
    backend = detector.version() + told
    if not any(weighed.values()):
        return Language(UNDETERMINED, HIGHEST, backend)
    asked: Asked = "only" if only else "expected" if expected else "open"
    tag, share = max(weighed.items(), key=lambda item: (item[1], item[0]))
    sure = confidence(detector.NAME, asked, share / total, sample.letters)
    if sure < MIN_CONFIDENCE:
        return Language(UNDETERMINED, round(1 - sure, 3), backend)
    return Language(tag, sure, backend)


def _in_one(answer: Language, text: str) -> Language:
    """The answer for the whole text."""
    return Language(
        answer.tag, answer.confidence, answer.backend, {answer.tag: 1.0}, (LanguageSpan(0, len(text), answer.tag),)
    )


def _in_passages(
    answer: Language, text: str, detector: Detector, expected: tuple[str, ...], only: tuple[str, ...]
) -> Language:
    """The answer with the passages that differ; the language of most of the text is the text's."""
    if answer.tag in (UNDETERMINED, NO_LANGUAGE):
        return answer
    spans = language_spans(text, answer.tag, detector, expected=expected or only, only=only)
    if len(spans) < 2:
        return answer
    sizes: Counter[str] = Counter()
    for span in spans:
        sizes[span.tag] += span.end - span.start
    shares = {tag: round(size / len(text), 4) for tag, size in sizes.most_common()}
    return Language(next(iter(shares)), answer.confidence, answer.backend, shares, spans)
