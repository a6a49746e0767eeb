"""CLD2 as a backend: the fastest; it says which part of a text is in which language, not how likely that is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from corpus_tool.infer.language.registry import Probabilities, known_among
from corpus_tool.patterns import lazy

NAME = "pycld2"

# Codes that BCP 47 has replaced or has none for: unknown (`un`), ignored (`xxx`), and jokes such as Pig Latin (`zzp`).
# `sr-ME` and `zh-Hant` are BCP 47 as they are; `zh` stands for the other script.
_TAGS = {"iw": "he", "jw": "jv", "bh": "bho", "zh": "zh-Hans"}
_NO_LANGUAGE = ("un", "xx", "zz")

# What CLD2 refuses: controls, lone surrogates, and the code points that are never characters.
_NEVER = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_REFUSED = lazy(rf"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NEVER}]")

# CLD2 gives percents of the text: 99 for a text in Dutch, 56 and 43 for one in Dutch and French; we take them as they
# are, since a language with 56 has that chance of being what a reader calls the language of it. What is not known is
# left over, and `only` does not share it out: 2 % of quoted French do not make a Dutch text French. Where CLD2 calls
# its answer unreliable (always on a few words), we ask for its best effort, and weigh that by how often it was right
# on one to five words from sentences of four languages: three times in four where it is content with it, else one.
_BEST_EFFORT = {True: 0.75, False: 0.25}


@cache
def version() -> str:
    """`pycld2` with its installed version."""
    from importlib.metadata import version as installed

    return f"pycld2 {installed('pycld2')}"


def _tag(code: str) -> str | None:
    """The BCP 47 tag of a code, None where it names no language."""
    return None if code.startswith(_NO_LANGUAGE) else _TAGS.get(code, code)


@cache
def _tags() -> frozenset[str]:
    """All languages that CLD2 detects."""
    import pycld2

    tags = {_tag(code) for name, code in pycld2.LANGUAGES if name in pycld2.DETECTED_LANGUAGES}
    return frozenset(tag for tag in tags if tag)


def probabilities(texts: Sequence[str], only: tuple[str, ...] = ()) -> list[Probabilities]:
    """As the Protocol says, but that several languages of `only` need not sum to 1; unknown is empty."""
    known = frozenset(known_among("pycld2", _tags(), only))
    return [_probabilities(text, known) for text in texts]


def _probabilities(text: str, known: frozenset[str]) -> Probabilities:
    import pycld2

    clean = _REFUSED.sub(" ", text).encode()
    reliable, _, details = pycld2.detect(clean, isPlainText=True)
    weight = 1.0
    if not reliable:
        content, _, details = pycld2.detect(clean, isPlainText=True, bestEffort=True)
        weight = _BEST_EFFORT[content]
    found: Probabilities = {}
    for _, code, percent, _ in details:
        tag = _tag(code)
        if tag in known and percent:
            found[tag] = found.get(tag, 0.0) + weight * percent / 100
    return found
