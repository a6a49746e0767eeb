"""The language backends in a table; each is a module with a name, a version and `probabilities`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

from corpus_tool.errors import UsageError

Probabilities = dict[str, float]
"""Language tag → probability, for one text; empty where the backend cannot tell."""


class Detector(Protocol):
    """A module that identifies languages."""

    def version(self) -> str:
        """Name and version of the backend, as it stands in evidence."""

    def probabilities(self, texts: Sequence[str], expected: tuple[str, ...]) -> list[Probabilities]:
        """For each text the probability of each language; only `expected` ones where it is not empty."""


DETECTORS: dict[str, str] = {"langdetect": "corpus_tool.infer.language.langdetect_backend"}
"""Backend name → its module, imported when first used."""

NO_DETECTOR = "none"


def load_detector(name: str) -> Detector | None:
    """The backend of a name, None for "none"; UsageError with the names there are."""
    if name == NO_DETECTOR:
        return None
    if name not in DETECTORS:
        known = ", ".join([*DETECTORS, NO_DETECTOR])
        raise UsageError(f"no language detector is named {name!r}", f"the detectors are: {known}")
    module: Detector = import_module(DETECTORS[name])
    return module
