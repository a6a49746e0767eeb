"""The language of a text: what is shown to the backend, and what is made of its answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus_tool.infer.language.registry import Detector, load_detector
from corpus_tool.patterns import lazy

SAMPLE_CHARACTERS = 1000
"""How much of a text is shown to the backend: three sentences already decide a whole article."""

UNDETERMINED = "und"
NO_LANGUAGE = "zxx"
MIN_PROBABILITY = 0.5

# A backend's probability says little about short texts: langdetect answers 1.00 when wrong. Shares of right
# answers by letters shown, from its scores on words, five-word openings and sentences of news.
_CEILINGS = ((12, 0.5), (30, 0.85), (80, 0.97), (300, 0.99))
_LONG_CEILING = 0.999

_SKIPPED = lazy(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|<[^<>\n]{1,200}>|[@#]\w+")
_LETTER = lazy(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Language:
    """The language of a text: a BCP 47 tag, `und` where it cannot be decided, `zxx` where there is none.

    `confidence` is a probability; `shares` are the backend's probabilities; `spans` the part that was read.
    """

    tag: str
    confidence: float
    backend: str
    shares: dict[str, float] = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()


def identify_language(text: str, *, expected: tuple[str, ...] = (), backend: str | None = None) -> Language:
    """The language of a text by a named backend (langdetect by default), among `expected` where given.

    Raises UsageError for an unknown backend. The same text gives the same answer in every run.

    >>> identify_language("12,5 % – 1.234").tag
    'zxx'
    """
    detector = load_detector(backend or "langdetect")
    if detector is None:
        return Language(UNDETERMINED, 0.0, "none")
    return decide(text, detector, expected)


def decide(text: str, detector: Detector, expected: tuple[str, ...]) -> Language:
    """Show the backend a bounded, cleaned sample and judge its answer by how much it saw."""
    shown, end = sample(text)
    letters = len(_LETTER.findall(shown))
    if not letters:
        return Language(NO_LANGUAGE, 0.99, detector.version(), spans=((0, end),))
    shares = detector.probabilities([shown], expected)[0]
    tag, probability = max(shares.items(), key=lambda item: (item[1], item[0]), default=(UNDETERMINED, 0.0))
    confidence = round(min(probability, ceiling(letters)), 3)
    if probability < MIN_PROBABILITY:
        tag, confidence = UNDETERMINED, round(1 - probability, 3)
    return Language(
        tag,
        confidence,
        detector.version(),
        {key: round(value, 4) for key, value in shares.items()},
        ((0, end),),
    )


def sample(text: str) -> tuple[str, int]:
    """What is shown to a backend, and where that part of the text ends.

    Addresses and markup are left out; capitals are lowered where they prevail, for profiles know few of them.
    """
    end = len(text)
    if end > SAMPLE_CHARACTERS:
        cut = text.rfind(" ", SAMPLE_CHARACTERS // 2, SAMPLE_CHARACTERS)
        end = cut if cut > 0 else SAMPLE_CHARACTERS
    shown = _SKIPPED.sub(" ", text[:end])
    upper = sum(map(str.isupper, shown))
    if upper * 2 > len(_LETTER.findall(shown)):
        shown = shown.lower()
    return shown, end


def ceiling(letters: int) -> float:
    """The highest confidence that so many letters can give."""
    return next((share for limit, share in _CEILINGS if letters < limit), _LONG_CEILING)
