"""lingua as a backend: 75 languages, n-grams up to five letters; only the models that are wanted are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from corpus_tool.infer.language.registry import Probabilities, is_one_language, known_among

NAME = "lingua"

# lingua adds up the languages in an order that changes, and with it the last of sixteen digits.
_DIGITS = 9


@cache
def version() -> str:
    """`lingua` with its installed version."""
    from importlib.metadata import version as installed

    return f"lingua {installed('lingua-language-detector')}"


@cache
def _languages() -> dict[str, Any]:
    """Tag → lingua's language; its codes are those of ISO 639-1, Bokmål and Nynorsk apart."""
    from lingua import Language

    return {language.iso_code_639_1.name.lower(): language for language in Language.all()}


@cache
def _detector(tags: frozenset[str]) -> Any:
    """A detector of some languages; it loads their models when it first needs them, a gigabyte for all."""
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(*(_languages()[tag] for tag in sorted(tags))).build()


def probabilities(texts: Sequence[str], only: tuple[str, ...] = ()) -> list[Probabilities]:
    """As the Protocol says; a text without letters gives an empty answer."""
    known = frozenset(known_among("lingua", _languages(), only))
    detector = _detector(frozenset(_languages()) if is_one_language(known) else known)
    return [_probabilities(text, detector, known) for text in texts]


def _probabilities(text: str, detector: Any, known: frozenset[str]) -> Probabilities:
    encodable = text.encode("utf-8", "replace").decode()  # lone surrogates cannot be handed to Rust
    values = detector.compute_language_confidence_values(encodable)
    found = {value.language.iso_code_639_1.name.lower(): round(value.value, _DIGITS) for value in values}
    return {tag: found[tag] for tag in sorted(found, key=lambda tag: (-found[tag], tag)) if found[tag] and tag in known}
