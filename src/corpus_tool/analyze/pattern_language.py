r"""The language in which a concordance is asked for words: what was typed, taken into its parts.

`*` is any run of letters and digits within a word, `?` one of them, a backslash takes their meaning from `*`, `?` and
`\`. Blanks stand between the words of a phrase. Everything else is itself. Quotation marks around the whole pattern are
left off, for those who are used to set phrases between them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus_tool.errors import UsageError
from corpus_tool.text.fold import fold

SPACED = frozenset(':;!?%"')
"""Signs that some typesetters set blanks around, and some do not."""

HINT = "docs/concordance.md has the pattern language; --regex takes a regular expression"


@dataclass(frozen=True, slots=True)
class Literal:
    """Letters and signs without blanks: folded, or as typed where case and accents count."""

    text: str


@dataclass(frozen=True, slots=True)
class Star:
    """A run of at least so many letters and digits: one where the star is a word by itself."""

    least: int = 0


@dataclass(frozen=True, slots=True)
class One:
    """One letter or digit, with its accents."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The blanks between two words."""


Part = Literal | Star | One | Gap


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """What an index of folded words can look up: a word, or with `prefix` how one begins."""

    folded: str
    prefix: bool = False


def parse(typed: str, *, case: bool = False) -> list[Part]:
    """The parts of a pattern; UsageError with the position of what is wrong.

    >>> parse("L’*migr*")
    [Literal(text="l'"), Star(least=0), Literal(text='migr'), Star(least=0)]
    """
    quoted = len(typed) > 2 and typed[0] == typed[-1] == '"' and '"' not in typed[1:-1]
    read = _read(typed, 1 if quoted else 0, len(typed) - quoted)
    parts = _without_loose_gaps(_wildcards_in_order(_spelled(read, case=case)))
    if not parts:
        raise UsageError("the pattern is empty" if not typed.strip() else f"the pattern {typed!r} is empty", HINT)
    return _lone_stars(parts)


def _read(typed: str, at: int, end: int) -> Iterator[Part]:
    """Each character as a part of its own."""
    while at < end:
        sign = typed[at]
        if sign == "\\":
            at += 1
            if at == end or typed[at] not in "*?\\":
                raise UsageError(f"the pattern {typed!r} has a stray backslash at position {at}", HINT)
            yield Literal(typed[at])
        elif sign == "*":
            yield Star()
        elif sign == "?":
            yield One()
        else:
            yield Gap() if sign.isspace() else Literal(sign)
        at += 1


def _spelled(parts: Iterable[Part], *, case: bool) -> Iterator[Part]:
    """Neighboring literals as one, in the spelling in which they are compared."""
    text = ""
    for part in (*parts, Gap()):
        if isinstance(part, Literal):
            text += part.text
            continue
        # Some signs, such as a lone diaeresis, fold to a blank.
        for number, piece in enumerate((_exact(text) if case else fold(text)).split(" ")):
            if number:
                yield Gap()
            if piece:
                yield Literal(piece)
        text = ""
        yield part


def _exact(text: str) -> str:
    """Composed letters as they are; signs folded, since an apostrophe has no case."""
    return "".join(sign if is_word(sign) else fold(sign) for sign in unicodedata.normalize("NFC", text))


def is_word(character: str) -> bool:
    """Whether words are made of a character: a letter, a digit or a mark.

    >>> [is_word(sign) for sign in "é2'-_"]
    [True, True, False, False, False]
    """
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _wildcards_in_order(parts: Iterable[Part]) -> list[Part]:
    """Of wildcards in a row the question marks first, then one star: `*?` asks for the same as `?*`."""
    ordered: list[Part] = []
    for part in parts:
        last = ordered[-1] if ordered else None
        if isinstance(part, Star) and isinstance(last, Star):
            continue
        if isinstance(part, One) and isinstance(last, Star):
            ordered.insert(-1, part)
        else:
            ordered.append(part)
    return ordered


def _without_loose_gaps(parts: list[Part]) -> list[Part]:
    """Without blanks at the ends, twice, or beside signs that may have blanks or not."""
    kept: list[Part] = []
    for number, part in enumerate(parts):
        if isinstance(part, Gap):
            before = kept[-1] if kept else Gap()
            after = next((later for later in parts[number:] if not isinstance(later, Gap)), Gap())
            if isinstance(before, Gap) or isinstance(after, Gap) or _ends(before) in SPACED or _begins(after) in SPACED:
                continue
        last = kept[-1] if kept else None
        if isinstance(part, Literal) and isinstance(last, Literal):
            kept[-1] = Literal(last.text + part.text)
        else:
            kept.append(part)
    return kept


def _lone_stars(parts: list[Part]) -> list[Part]:
    """A star that is a word by itself stands for a letter at least."""
    around = [Gap(), *parts, Gap()]
    return [
        Star(1) if isinstance(part, Star) and not (_joins(_ends(before)) or _joins(_begins(after))) else part
        for before, part, after in zip(around, parts, around[2:], strict=False)
    ]


def _begins(part: Part) -> str:
    """The first character of a part; a letter for a wildcard, a blank for a gap."""
    return part.text[0] if isinstance(part, Literal) else " " if isinstance(part, Gap) else "a"


def _ends(part: Part) -> str:
    return part.text[-1] if isinstance(part, Literal) else _begins(part)


def _joins(sign: str) -> bool:
    return is_word(sign)


def begins_word(parts: list[Part]) -> bool:
    """Whether the first part is, or begins with, a part of a word."""
    return is_word(_begins(parts[0]))


def ends_word(parts: list[Part]) -> bool:
    """Whether the last part is, or ends with, a part of a word."""
    return is_word(_ends(parts[-1]))


def index_terms(parts: Iterable[Part]) -> tuple[IndexTerm | None, ...]:
    """What an index can look up for each word of a pattern, in order; None for a word that begins with a wildcard.

    >>> index_terms(parse("l'immigr* *ale"))
    (IndexTerm(folded='l', prefix=False), IndexTerm(folded='immigr', prefix=True), None)
    """
    terms: list[IndexTerm | None] = []
    begun, wild, known = False, False, ""
    for sign in (*_signs(parts), " "):
        if sign == "*":
            begun = wild = True
        elif is_word(sign):
            begun, known = True, known if wild else known + sign
        elif begun:
            terms.append(IndexTerm(known, wild) if known else None)
            begun, wild, known = False, False, ""
    return tuple(terms)


def _signs(parts: Iterable[Part]) -> Iterator[str]:
    """The folded characters of the parts, `*` for any wildcard, and no other star."""
    for part in parts:
        if isinstance(part, Literal):
            yield from fold(part.text).replace("*", " ")
        else:
            yield " " if isinstance(part, Gap) else "*"
