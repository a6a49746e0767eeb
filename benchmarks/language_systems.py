"""The systems whose language identification is measured: backends as they are, and our decisions on top of them."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from language_items import language_of, spellings

from corpus_tool.errors import UsageError
from corpus_tool.infer.language.decide import decide_many
from corpus_tool.infer.language.registry import DETECTORS, load_detector

OURS = "ours"
POOL = "all"
CORE = (OURS, "pooled", "py3langid", "py3langid+ours", "langdetect", "langdetect+ours")
_POOLED = ("py3langid", "lingua", "fasttext")
_SLOW_ITEMS = 1000
_SLOW_ARTICLES = 72
_SLOW = ("langdetect", "lingua", POOL)
_FLOOR = 1e-6

PRIORS = ("none", "expected", "only")


class Answer(NamedTuple):
    """A language and how sure the system is of it."""

    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Languages:
    """What a run may tell a system: the languages to expect, and those there are."""

    expected: tuple[str, ...]
    only: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class System:
    """A backend, and whether our decisions or its greatest probability count; `detector` may remember answers."""

    name: str
    backend: str
    source: Any
    detector: Any
    decides: bool

    @property
    def item_limit(self) -> int | None:
        """How many items of a level a slow system gets."""
        return _SLOW_ITEMS if self.backend in _SLOW else None

    @property
    def article_limit(self) -> int | None:
        """How many mixed articles, and how many pure ones, a slow system gets."""
        return _SLOW_ARTICLES if self.backend in _SLOW else None

    def priors(self, languages: Languages) -> list[str]:
        """Which priors can be measured: a backend has no notion of expected languages."""
        return [prior for prior in PRIORS if prior != "expected" or (self.decides and languages.expected)]

    def answers(self, texts: Sequence[str], prior: str, languages: Languages) -> list[Answer]:
        """One answer a text."""
        if self.decides:
            found = self.decisions(texts, prior, languages, mixed=False)
            return [Answer(language_of(each.tag), each.confidence) for each in found]
        only = spellings(languages.only) if prior == "only" else ()
        return [_greatest(each) for each in self.detector.probabilities(list(texts), only)]

    def decisions(self, texts: Sequence[str], prior: str, languages: Languages, *, mixed: bool) -> list[Any]:
        """What our decisions make of the backend's answers."""
        return _decide(self.detector, texts, prior, languages, mixed=mixed)

    def work(self, *, mixed: bool) -> Callable[[list[str]], object]:
        """The function whose speed is measured: unprimed, nothing remembered."""
        if self.decides:
            return lambda texts: _decide(self.source, texts, "none", Languages((), ()), mixed=mixed)
        return lambda texts: self.source.probabilities(texts, ())


def _decide(detector: Any, texts: Sequence[str], prior: str, languages: Languages, *, mixed: bool) -> list[Any]:
    """Our decisions under a prior."""
    expected = languages.expected if prior == "expected" else ()
    only = languages.only if prior == "only" else ()
    return list(decide_many(list(texts), detector, expected=expected, only=only, mixed=mixed))


def _greatest(probabilities: dict[str, float]) -> Answer:
    """The most probable language, with the probabilities of its codes added up."""
    sums: dict[str, float] = {}
    for tag, share in probabilities.items():
        sums[language_of(tag)] = sums.get(language_of(tag), 0.0) + share
    language, share = max(sums.items(), key=lambda pair: (pair[1], pair[0]), default=("und", 0.0))
    return Answer(language, min(share, 1.0))


class Remembering:
    """A slow detector that is asked once for each text."""

    def __init__(self, detector: Any) -> None:
        self._detector = detector
        self._known: dict[tuple[str, tuple[str, ...]], dict[str, float]] = {}

    def __getattr__(self, name: str) -> Any:
        """All else is the detector's own."""
        return getattr(self._detector, name)

    def probabilities(self, texts: Sequence[str], only: tuple[str, ...] = ()) -> list[dict[str, float]]:
        """As the detector has them."""
        missing = [text for text in dict.fromkeys(texts) if (text, only) not in self._known]
        found = self._detector.probabilities(missing, only) if missing else []
        self._known |= {(text, only): each for text, each in zip(missing, found, strict=True)}
        return [self._known[text, only] for text in texts]


class Pool:
    """The mean of the log probabilities of several detectors; one that cannot tell does not count."""

    NAME = POOL

    def __init__(self, detectors: dict[str, Any]) -> None:
        self._detectors = detectors

    def version(self) -> str:
        """The versions of all."""
        return ", ".join(detector.version() for detector in self._detectors.values())

    def probabilities(self, texts: Sequence[str], only: tuple[str, ...] = ()) -> list[dict[str, float]]:
        """The normalized product of what the detectors give each language."""
        answers = [detector.probabilities(texts, only) for detector in self._detectors.values()]
        return [_mean(each) for each in zip(*answers, strict=True)]


def _mean(answers: Iterable[dict[str, float]]) -> dict[str, float]:
    """The geometric mean over the detectors that can tell, normalized."""
    telling: list[dict[str, float]] = []
    for answer in filter(None, answers):
        sums: dict[str, float] = {}
        for tag, share in answer.items():
            sums[language_of(tag)] = sums.get(language_of(tag), 0.0) + share
        telling.append(sums)
    languages = sorted({language for answer in telling for language in answer})
    logs = {
        language: sum(math.log(max(answer.get(language, 0.0), _FLOOR)) for answer in telling) / len(telling)
        for language in languages
    }
    top = max(logs.values(), default=0.0)
    weights = {language: math.exp(log - top) for language, log in logs.items()}
    total = sum(weights.values())
    return {language: weight / total for language, weight in weights.items()}


def load_systems(wanted: Sequence[str], *, only_core: bool) -> tuple[list[System], list[str]]:
    """The systems to measure and why others are left out; all that are installed where none is named."""
    names = list(wanted) or [name for name in _names() if not only_core or name in CORE]
    unknown = set(names) - set(_names())
    if unknown:
        sys.exit(f"no system is named {', '.join(sorted(unknown))}; there are: {', '.join(_names())}")
    needed = {_backend(name) for name in names}
    loaded: dict[str, Any] = {}
    left_out = []
    for backend in DETECTORS:
        if backend in needed or (POOL in needed and backend in _POOLED):
            try:
                detector: Any = load_detector(backend)
                detector.probabilities(["One line, so that the model is loaded."], ())
                loaded[backend] = detector
            except (UsageError, ImportError, AttributeError) as error:
                left_out.append(f"{backend}: {error}")
    remembering = {name: Remembering(each) if name in _SLOW else each for name, each in loaded.items()}
    if POOL in needed:
        _load_pool(loaded, remembering, left_out)
    systems = [
        System(name, _backend(name), loaded[_backend(name)], remembering[_backend(name)], _decides(name))
        for name in names
        if _backend(name) in loaded
    ]
    return systems, left_out


def _load_pool(loaded: dict[str, Any], remembering: dict[str, Any], left_out: list[str]) -> None:
    """Add the pool of the installed backends where there are two."""
    members = [name for name in _POOLED if name in loaded]
    if len(members) < 2:
        left_out.append(f"{POOL}: needs two of {', '.join(_POOLED)}")
        return
    loaded[POOL] = Pool({name: loaded[name] for name in members})
    remembering[POOL] = Pool({name: remembering[name] for name in members})


def _names() -> list[str]:
    """All systems, ours first."""
    others = [backend for backend in DETECTORS if backend != "pooled"] + [POOL]
    return [OURS, "pooled", *(name for backend in others for name in (backend, f"{backend}+ours"))]


def _backend(name: str) -> str:
    """The backend of a system."""
    return "pooled" if name == OURS else name.removesuffix("+ours")


def _decides(name: str) -> bool:
    """Whether our decisions count."""
    return name == OURS or name.endswith("+ours")


def cpu_seconds(work: Callable[[list[str]], object], items: list[str]) -> float:
    """CPU time of a call."""
    start = time.process_time()
    work(items)
    return time.process_time() - start


def langdetect_calls(texts: list[str]) -> None:
    """The peer: langdetect's own call on each text, with all its profiles, seeded."""
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0
    for text in texts:
        try:
            detect(text)
        except LangDetectException:
            continue
