"""The pieces of a typed query: operators, fields, words, phrases in quotation marks; and errors with their place.

Nothing that is typed can be read as the syntax of SQLite: a piece is an operator or a field that we know, or
words. Signs that search for nothing (a dash between blanks, an emoji) are left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NoReturn

from corpus_tool.errors import UsageError
from corpus_tool.patterns import lazy
from corpus_tool.text.fold import fold

FIELDS = ("title", "text")
"""The columns of the index, which are the fields that a query may name."""

_SHOWN = 66  # columns of a query shown in an error, the caret below it: with what is around it less than 78

_CLOSES = {"“": '”“"', "„": '“”‟"', "‟": '”"', "«": "»", "»": "«»", "‹": "›", "〝": "〞", '"': '"'}
_QUOTES = "".join(_CLOSES) + "”›〞"
_BLANK = lazy(r"\s+")
_URL = lazy(rf"(?:[A-Za-z][A-Za-z0-9+.-]*://|www\.)[^\s(){_QUOTES}]*")
_DISTANCE = lazy(r",\s*([0-9]+)\s*(?=\))")
_WORD = lazy(rf"(?:(?!,\s*[0-9]+\s*\))[^\s(){_QUOTES}])+")
_NEAR = lazy(r"NEAR/([0-9]+)\Z")
_NEAR_GROUP = lazy(r"NEAR\s*\(")
_ALMOST_NEAR = lazy(r"NEAR(?:/|\Z)|[Nn]ear/[0-9]+\Z")
_MINUS = lazy(rf"(?:\A|(?<=[\s(]))-(?=[^\W\d_]|[({''.join(_CLOSES)}])")
_FIELD = lazy(r"([^:\d/@]+):")
_ANY_LETTER = lazy(r"[^\W_]\?[^\W_]")
_LOOSE_STAR = "* does not stand at the end of a word's beginning"
_KEY_WORD = lazy(r"[^\W_]+")
_UNSHOWABLE = lazy(r"[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")

Kind = Literal["(", ")", "AND", "OR", "NOT", "NEAR/", "NEAR(", "field", "phrase", "distance", "end"]
_OPERATORS: dict[str, Kind] = {"AND": "AND", "OR": "OR", "NOT": "NOT"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece and where it starts; its text is the words, the operator as typed, the field, or the digits."""

    kind: Kind
    start: int
    text: str = ""
    prefix: bool = False


def key_words(text: str) -> tuple[str, ...]:
    """The words of a text as search compares them: folded, apart at everything that is no letter or digit.

    >>> key_words("L’Œuvre de Noord-Holland")
    ('l', 'oeuvre', 'de', 'noord', 'holland')
    """
    return tuple(_KEY_WORD.findall(fold(text)))


def tidy(typed: str) -> str:
    """The query at the same length, with blanks for what SQLite and terminals cannot take: controls, half pairs."""
    return _UNSHOWABLE.sub(" ", typed)


def fault(typed: str, start: int, message: str, advice: str) -> UsageError:
    """The error of a query at one of its characters: the place in words, and as a caret below the query."""
    shown, column = _around(typed, start)
    return UsageError(f"{message}, at character {start + 1} of the search", f"{shown}\n{' ' * column}^\n{advice}")


def _around(typed: str, start: int) -> tuple[str, int]:
    """The part of a query around a character in one printable line, and the column of the character in it."""
    signs = [sign if sign.isprintable() else " " if sign.isspace() else "·" for sign in typed]
    cells = [_cells(sign) for sign in signs]
    first = last = start
    used = 0
    while used < _SHOWN and (first > 0 or last < len(signs)):
        if first > 0:
            first -= 1
            used += cells[first]
        if last < len(signs):
            used += cells[last]
            last += 1
    before, after = "… " if first else "", " …" if last < len(signs) else ""
    return f"{before}{''.join(signs[first:last])}{after}", len(before) + sum(cells[first:start])


def _cells(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def pieces_of(typed: str) -> Iterator[Piece]:
    """The pieces of a tidy query, and at last its end; UsageError with the place of what is none.

    >>> [(piece.kind, piece.text) for piece in pieces_of("title:rente -bank")]
    [('field', 'title'), ('phrase', 'rente'), ('NOT', '-'), ('phrase', 'bank'), ('end', '')]
    """
    at = 0
    while at < len(typed):
        sign = typed[at]
        piece: Piece | None = None
        if blank := _BLANK.match(typed, at):
            at = blank.end()
        elif sign == "(" or sign == ")":
            piece, at = Piece("(" if sign == "(" else ")", at), at + 1
        elif sign in _CLOSES:
            piece, at = _quoted(typed, at)
        elif sign in _QUOTES:  # it closes nothing
            at += 1
        elif distance := _DISTANCE.match(typed, at):
            piece, at = Piece("distance", distance.start(1), distance[1]), distance.end()
        elif _MINUS.match(typed, at):
            piece, at = Piece("NOT", at, "-"), at + 1
        elif near := _NEAR_GROUP.match(typed, at):
            piece, at = Piece("NEAR(", at), near.end()
        else:
            piece, at = _bare(typed, at)
        if piece:
            yield piece
    yield Piece("end", at)


def _quoted(typed: str, at: int) -> tuple[Piece, int]:
    """A phrase in quotation marks, with a star at its end or right after it; and where to go on."""
    closes = _CLOSES[typed[at]]
    end = min((place for sign in closes if (place := typed.find(sign, at + 1)) >= 0), default=-1)
    if end < 0:
        raise fault(typed, at, f"the quotation mark {typed[at]} is not closed", f"close it with {closes[0]}")
    words, after = typed[at + 1 : end], end + 1
    if not key_words(words):
        raise fault(typed, at, "there is no letter or digit between the quotation marks", "put words between them")
    words, prefix = _without_star(typed, at + 1, words)
    if typed.startswith("*", after):
        _check_star(typed, after, words)
        prefix, after = True, after + 1
    return Piece("phrase", at, words, prefix), after


def _bare(typed: str, at: int) -> tuple[Piece | None, int]:
    """What stands without quotation marks: an operator, a field, a URL or a word; and where to go on."""
    found = _URL.match(typed, at)
    if found:
        return _words(found[0], at), found.end()
    found = _WORD.match(typed, at)
    if found is None:  # a comma before what looks like the distance of NEAR
        return None, at + 1
    word = found[0]
    if operator := _OPERATORS.get(word):
        return Piece(operator, at, word), found.end()
    if near := _NEAR.match(word):
        return Piece("NEAR/", at, near[1]), found.end()
    if _ALMOST_NEAR.match(word):
        message = "NEAR needs a number of words" if word.startswith("NEAR") else "operators are written in capitals"
        advice = f'for example: rente NEAR/10 bank, or NEAR(rente bank, 10); as a word: "{word}"'
        raise fault(typed, at, message, advice)
    if (field := _FIELD.match(word)) and key_words(field[1]):
        return Piece("field", at, _field(typed, at, field[1])), at + field.end()
    if wildcard := _ANY_LETTER.search(word):
        _refuse_wildcard(typed, at + wildcard.start() + 1, "? stands inside a word")
    text, prefix = _without_star(typed, at, word)
    return _words(text, at, prefix), found.end()


def _words(text: str, at: int, prefix: bool = False) -> Piece | None:
    return Piece("phrase", at, text, prefix) if key_words(text) else None


def _field(typed: str, at: int, name: str) -> str:
    """The field that stands before a colon."""
    from difflib import get_close_matches

    if fold(name) in FIELDS:
        return fold(name)
    near = get_close_matches(fold(name), FIELDS, n=1)
    advice = f"did you mean {near[0]}:? " if near else ""
    known = " and ".join(f"{field}:" for field in FIELDS)
    advice += f"the fields are {known}; words with a colon stand in quotation marks"
    raise fault(typed, at, f"no field is named {name!r}", advice)


def _without_star(typed: str, at: int, words: str) -> tuple[str, bool]:
    """Words without the star at their end, and whether there was one; `at` is where they stand in the query."""
    star = words.find("*")
    if star < 0:
        return words, False
    if words[star + 1 :].strip(" ,;.!?"):
        _refuse_wildcard(typed, at + star, _LOOSE_STAR)
    _check_star(typed, at + star, words[:star])
    return words[:star], True


def _check_star(typed: str, at: int, before: str) -> None:
    """Refuse a star that does not stand right after a letter or digit."""
    if not _KEY_WORD.fullmatch(before[-1:]):
        _refuse_wildcard(typed, at, _LOOSE_STAR)


def _refuse_wildcard(typed: str, at: int, what: str) -> NoReturn:
    advice = (
        "here only the end of a word may be left open, as in migr*; kwic takes * and ? anywhere, as in *migr* or m?n"
    )
    raise fault(typed, at, f"the {what}", advice)
