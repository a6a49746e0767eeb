"""Rules for lines and blanks: words divided at line ends, hard-wrapped lines, no-break spaces, runs of blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from corpus_tool.patterns import lazy
from corpus_tool.text.blocks import LIST_ITEM, ends_sentence
from corpus_tool.text.offsets import Edit, edits_of
from corpus_tool.text.rules_hyphens import DROP, KEEP, hyphen_between

NARROWEST, WIDEST = 40, 90
"""How wide the widest line of a hard-wrapped block may be, in code points."""

FULL = 0.75
"""Share of the widest line that a line reaches, with the word that was moved to the next line, if it was wrapped."""

# --- hard-wrapped lines ------------------------------------------------------------------------------------

_BLANK = "\t \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"  # No-break spaces are their own rule
_EDGE = "\t \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_BLANKS = lazy(f"[{_BLANK}]+")
_DIVIDED = lazy("([\\w'’-]*\\w)([-‐–/\u00ad])$")
_SOFT = "\u00ad"
_FIRST_WORD = lazy(r"\w(?:[\w'’-]*\w)?")
_UNFINISHED = lazy(  # an article, preposition or conjunction, with which no line of verse or of a list ends
    r" (?:de|het|een|van|in|op|te|met|voor|door|bij|aan|en|of|dat|le|la|les|du|des|un|une|et|ou|à|au|aux|dans|pour|par"
    r"|sur|avec|que|der|die|das|den|dem|ein|eine|einen|und|im|am|von|zu|zum|zur|mit|für|auf|the|an?|and|or|to|for|with"
    r"|at|by|from|that)$"
)
_LABEL = lazy(r"[^\W\d_][\w-]{0,20} ?:\s")
_LONGEST_WORD = 80
_SINGLE_BREAK = lazy(r"\n(?=[^\n])(?<!\n\n)")


class _Line(NamedTuple):
    """A line without the blanks at its edges, its runs of blanks tidied, and where it stands in the text."""

    text: str
    start: int
    end: int


class _Break(NamedTuple):
    """A line break that wrapping set: the span of break and blanks, and what takes its place."""

    start: int
    end: int
    glue: str


def dehyphenate(text: str, _value: str, language: str | None) -> list[Edit]:
    """Join the halves of words that were divided at the ends of hard-wrapped lines, without the hyphen."""
    return [(b.start - 1, b.end, "") for b in _wrapped_breaks(text, language) if b.glue == DROP]


def unwrap(text: str, _value: str, language: str | None) -> list[Edit]:
    """Join hard-wrapped lines with a blank; a hyphen that belongs to its word needs none."""
    glues = {" ": " ", KEEP: ""}
    breaks = (b for b in _wrapped_breaks(text, language) if b.glue != DROP)
    return [(b.start, b.end, glues.get(b.glue, " ")) for b in breaks]


def holds_single_breaks(text: str) -> bool:
    """Whether two lines may follow each other without an empty line between them."""
    return _SINGLE_BREAK.search(text) is not None


def _wrapped_breaks(text: str, language: str | None) -> Iterator[_Break]:
    if not holds_single_breaks(text):
        return
    for block in _line_groups(text):
        for here, following in _wrapped(block):
            divided = _DIVIDED.search(here.text[-_LONGEST_WORD:])
            word = _FIRST_WORD.match(following.text[:_LONGEST_WORD])
            if not divided or not word:
                yield _Break(here.end, following.start, " ")
            elif divided[2] != _SOFT:  # the rule for soft hyphens joins the others
                hyphen = divided[2] in "-‐"
                glue = hyphen_between(divided[1], word.group(), language) if hyphen else KEEP
                yield _Break(here.end, following.start, glue)


def _line_groups(text: str) -> Iterator[list[_Line]]:
    """The lines of each block of two or more lines, unless the widest shows that they were not wrapped."""
    group: list[tuple[int, str]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        if line and not line.isspace():
            group.append((at, line))
        elif group:
            if len(group) > 1 and NARROWEST <= len(_line(*max(group, key=_width)).text) <= WIDEST:
                yield [_line(*item) for item in group]
            group = []
        at += len(line) + 1


def _width(item: tuple[int, str]) -> int:
    return len(item[1])


def _line(at: int, line: str) -> _Line:
    start = at + len(line) - len(line.lstrip(_EDGE))
    inner = line.strip(_EDGE)
    return _Line(_BLANKS.sub(" ", inner), start, start + len(inner))


def _wrapped(lines: list[_Line]) -> list[tuple[_Line, _Line]]:
    """The pairs of lines between which a block was hard-wrapped; none where it was not.

    A wrapped line is full, or ends inside a word. A line that is not full and has no small letter after it ends
    a paragraph or is a heading; with a small letter after it the lines are verse or a list. At least half of the
    wrapped lines must go on, by a small letter after them or a small word at their end, for a list of sentences or
    names can be as even as prose.
    """
    widest = max(len(line.text) for line in lines)
    if not NARROWEST <= widest <= WIDEST or _is_listing(lines):
        return []
    pairs, going_on, ended = [], 0, 0
    for here, following in pairwise(lines):
        inside = _DIVIDED.search(here.text[-_LONGEST_WORD:]) is not None and following.text[0].isalnum()
        small = following.text[0].islower() and not _LABEL.match(following.text)
        goes_on = inside or small or _UNFINISHED.search(here.text[-_LONGEST_WORD:]) is not None
        if inside or len(here.text) + 1 + len(following.text.partition(" ")[0]) >= FULL * widest:
            pairs.append((here, following))
            going_on += goes_on
        elif small:
            return []
        else:
            ended += 1
    return pairs if going_on * 2 >= len(pairs) and going_on > 0 and ended <= len(pairs) else []


def _is_listing(lines: list[_Line]) -> bool:
    """Whether lines are items of a list, rows of a table, or sentences of which each has its line."""
    items = sum(LIST_ITEM.match(line.text) is not None for line in lines)
    if LIST_ITEM.match(lines[0].text) or items > 1 or sum("|" in line.text for line in lines) > 1:
        return True
    return all(ends_sentence(line.text) or line.text.endswith((";", ":")) for line in lines[:-1])


# --- blanks ------------------------------------------------------------------------------------------------

_NBSP = lazy("[\u00a0\u202f\u2007]")
_NBSP_TYPOGRAPHIC = lazy("(?<!«)[\u00a0\u202f\u2007](?![:;!?»%€])")


def nbsp(text: str, value: str, _language: str | None) -> list[Edit]:
    """No-break spaces become plain ones; none is ever deleted."""
    if value == "keep" or not ("\u00a0" in text or "\u202f" in text or "\u2007" in text):
        return []
    return edits_of(_NBSP_TYPOGRAPHIC if value == "typographic" else _NBSP, " ", text)


# Each alternative begins with one character class, which the matcher finds fastest; one plain blank is no match.
_SPACES = lazy(
    f"[{_BLANK}](?:(?<! )|(?=[{_BLANK}\n]))[{_BLANK}]*+(?:\n[{_BLANK}\n]*+)?"
    f"|\n(?:[{_BLANK}][{_BLANK}\n]*+|\n[{_BLANK}\n]++)"
)
_UNTIDY_BREAK = lazy(r"\n(?: |\n\n|(?<= \n))")


def spaces(text: str, _value: str, _language: str | None) -> list[Edit]:
    """One blank between words, one empty line between blocks, none at the edges."""
    start, end = _inner(text)
    inner = text[start:end]
    edits: list[Edit] = [(0, start, "")] if start else []
    if _is_untidy(inner):
        edits += [(at + start, to + start, new) for at, to, new in edits_of(_SPACES, _tidy, inner)]
    if end < len(text):
        edits.append((end, len(text), ""))
    return edits


def _is_untidy(text: str) -> bool:
    """Whether a text without blanks at its edges has any that may have to be rewritten."""
    if "  " in text or "\t" in text or _UNTIDY_BREAK.search(text):
        return True
    return not text.isascii() and any(blank in text for blank in _EDGE[2:])


def _inner(text: str) -> tuple[int, int]:
    """The span of a text without the blanks at its edges."""
    stripped = text.lstrip(_EDGE + "\n")
    start = len(text) - len(stripped)
    return start, start + len(stripped.rstrip(_EDGE + "\n"))


def _tidy(match: re.Match[str]) -> str:
    if match.group() == "\u3000":
        return "\u3000"  # by itself it is the blank of full-width text
    breaks = match.group().count("\n")
    return " " if not breaks else "\n" if breaks == 1 else "\n\n"
