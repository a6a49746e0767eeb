"""TMX 1.4b (LISA OSCAR, 2005): pairs of passages as a translation memory, for tools of translators.

Elements stand in the order of its DTD; a unit has its properties first, then one variant for each language. The
characters that XML 1.0 forbids (controls, half surrogates, U+FFFE, U+FFFF) have no form in XML at all, not even an
escaped one: they are spelled `\\uXXXX`. Those that it allows and that no reader should meet raw (carriage return,
C1 and bidi controls, separators of lines and paragraphs) are references, and come back as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

from corpus_tool.patterns import lazy
from corpus_tool.version import __version__

NAME = "tmx"
SUMMARY = "TMX 1.4b: passages of two articles as a translation memory"
ENDINGS = (".tmx",)

TOOL = "corpus-tool"
UNDETERMINED = "und"
ANY_LANGUAGE = "*all*"
"""What the header says of the source language where it is not the same for all units."""

_SPECIAL = lazy(
    '[&<>"\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]'
)
_FORBIDDEN = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # outside `Char` of XML 1.0
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_BLANKS = lazy("[\t\n]")


class Unit(NamedTuple):
    """A passage in two languages: texts, BCP 47 tags, the ids of the articles, and how sure it is (None: not said)."""

    text_a: str
    text_b: str
    language_a: str | None
    language_b: str | None
    article_a: str
    article_b: str
    score: float | None = None


def write(units: Iterable[Unit], out: BinaryIO, *, source_language: str | None = None) -> None:
    """Write units one by one, without closing `out`.

    `source_language` is the one that all were translated from, where that is known.
    """
    source = _attribute(source_language or ANY_LANGUAGE)
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tmx version="1.4">\n'
        f'<header creationtool="{TOOL}" creationtoolversion="{_attribute(__version__)}" segtype="block" '
        f'o-tmf="{TOOL}" adminlang="en" srclang="{source}" datatype="plaintext"/>\n'
        "<body>\n".encode()
    )
    for unit in units:
        out.write(_unit(unit).encode())
    out.write(b"</body>\n</tmx>\n")


def _unit(unit: Unit) -> str:
    score = "" if unit.score is None else f'<prop type="x-score">{unit.score:.3f}</prop>'
    one = _variant(unit.language_a, unit.article_a, unit.text_a)
    other = _variant(unit.language_b, unit.article_b, unit.text_b)
    return f"<tu>{score}\n{one}{other}</tu>\n"


def _variant(language: str | None, article: str, text: str) -> str:
    tag = _attribute(language or UNDETERMINED)
    return f'<tuv xml:lang="{tag}"><prop type="x-article">{_escaped(article)}</prop><seg>{_escaped(text)}</seg></tuv>\n'


def _escaped(text: str) -> str:
    """Text as it may stand in XML.

    >>> _escaped("A&B <i>\\x00\\u202e")
    'A&amp;B &lt;i&gt;\\\\u0000&#x202e;'
    """
    return _SPECIAL.sub(_reference, text)


def _reference(match: re.Match[str]) -> str:
    character = match.group()
    if _FORBIDDEN.match(character):
        return f"\\u{ord(character):04x}"
    return _ENTITIES.get(character) or f"&#x{ord(character):x};"


def _attribute(value: str) -> str:
    """The same in an attribute, where a reader makes blanks of tabs and line ends unless they are escaped."""
    return _BLANKS.sub(lambda match: f"&#{ord(match.group())};", _escaped(value))
