"""Terms of an article: what can be the same in another language, whatever script it is written in.

A word becomes its search key (`text.fold`) in Latin letters; scripts other than Latin are transliterated
character by character (anyascii). A run of letters is a word here: elision and hyphen part (`l'ICE` has `ICE`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from corpus_tool.errors import MissingExtra
from corpus_tool.patterns import lazy
from corpus_tool.text.fold import fold
from corpus_tool.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Callable

_LETTERS = lazy(r"[^\W\d_]+")
_MARKED = lazy(r"[\u0300-\u036f\u0590-\u1cff\u200b-\u200d\u2e80-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufeff]")
_KEY = lazy(r"[a-z0-9]+")
_NAME = lazy(r"[ \u00a0](?<=[\w,;:–-].)(?:[dlDL][’'])?([^\W\d_a-z][^\W\d_]*)")

MIN_LETTERS = 2
"""Shorter words say nothing across languages."""


def romanized(word: str) -> str:
    """The search key of a word in lower-case ASCII letters; empty where nothing can be spelled so.

    >>> romanized("Äquator"), romanized("L’Œuvre")
    ('aquator', 'loeuvre')
    """
    key = fold(word)
    if not key.isascii():
        key = _transliterate()(key).lower()
    return key if key.isalnum() else "".join(_KEY.findall(key))


@cache
def _transliterate() -> Callable[[str], str]:
    try:
        from anyascii import anyascii
    except ImportError:
        raise MissingExtra("finding twins in other scripts", "links") from None
    return cast("Callable[[str], str]", anyascii)


def word_spans(text: str) -> list[tuple[int, int]]:
    """The words of a text as (start, end) offsets; in scripts with marks or without blanks those of UAX 29.

    >>> [text[a:b] for text in ["l’ICE dit-elle"] for a, b in word_spans(text)]
    ['l', 'ICE', 'dit', 'elle']
    """
    if _MARKED.search(text) is None:
        return [match.span() for match in _LETTERS.finditer(text)]
    return [span for span in words(text) if not text[span[0]].isdigit()]


def word_forms(text: str) -> list[str]:
    """The words of a text as they stand, in the order of `word_spans`."""
    if _MARKED.search(text) is None:
        return _LETTERS.findall(text)
    return [text[start:end] for start, end in word_spans(text)]


def name_forms(text: str) -> set[str]:
    """Words with a capital inside a sentence: names, mostly (in German, nouns as well).

    >>> sorted(name_forms("Gisteren zag Anna de VS. De reis van Bo"))
    ['Anna', 'Bo', 'VS']
    """
    return {form for form in _NAME.findall(text) if form[0].isupper()}


def grams(term: str) -> list[str]:
    """The character 4-grams of a term with its edges marked; a three-letter term has two.

    >>> grams("blog")
    ['_blo', 'blog', 'log_']
    """
    edged = f"_{term}_"
    return [edged[at : at + 4] for at in range(len(edged) - 3)]
