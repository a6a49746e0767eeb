"""py3langid as a backend: 139 languages, n-grams of bytes, probabilities that allow for the length of the text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from corpus_tool.infer.language.registry import Probabilities, known_among, restricted

NAME = "py3langid"


@cache
def version() -> str:
    """`py3langid` with its installed version."""
    from importlib.metadata import version as installed

    return f"py3langid {installed('py3langid')}"


@cache
def _identifier() -> Any:
    """The model with all its languages: unpacking it takes half a second, so it is done once, when first asked."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def probabilities(texts: Sequence[str], only: tuple[str, ...] = ()) -> list[Probabilities]:
    """As the Protocol says; a text without a single known n-gram gives an empty answer."""
    rank = _identifier().rank
    answers = [answer if (answer := dict(rank(text))) != unread() else {} for text in texts]
    if not only:
        return answers
    known = known_among("py3langid", _identifier().labels, only)
    return [restricted(answer, known) for answer in answers]


@cache
def unread() -> Probabilities:
    """What the model says where it knows nothing: all its classes alike, of which a few languages have two."""
    return dict(_identifier().rank(""))
