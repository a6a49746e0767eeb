"""The separator rule: which lines of signs separate the articles of a file, judged once per file."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import IntEnum
from typing import NamedTuple

from corpus_tool.patterns import lazy
from corpus_tool.readers.headers import first_text, has_labeled_header
from corpus_tool.text.furniture import (
    MARKER,
    TITLE_MAX,
    is_byline,
    is_date_line,
    is_dateline,
    is_title,
    valid_marker_date,
)

_LINE = lazy(r"^(?P<line>(?P<sign>[=*#-])(?P=sign){2,})[ \t]*(?:\n|\Z)", re.MULTILINE)
_FORM_FEED = lazy(r"^\f[ \t]*\n?|[ \t]*\f[ \t]*(?:\n|\Z)", re.MULTILINE)
_BLANK_LINE = lazy(r"\n[ \t\u00a0]*\n")
_BLOCK_REACH = 1000  # a headline's block ends within as many characters
_UNWRAPPED = 120  # a line that is longer is a paragraph, not a line of hard-wrapped text
_HEADER_REACH = 4000  # a header is looked for in as many characters


class Opening(IntEnum):
    """What stands after a place where an article may open."""

    NONE = 0
    HEADLINE = 1  # or a dateline
    MARKER = 2  # a date marker, a labeled header, or front matter


class Candidate(NamedTuple):
    """A line that may be a separator: its sign and length (a form feed has sign FF, length 1)."""

    sign: str
    length: int
    start: int
    end: int


class Judgment(NamedTuple):
    """The lines that separate, and those of every other kind and length, which are text."""

    separators: list[Candidate]
    text: list[list[Candidate]]


def judge(shape: str, fences: list[tuple[int, int]], labels: dict[str, str]) -> Judgment:
    """Apply the separator rule to a text; `fences` are the spans of its front matter, which hold no separator."""
    candidates = _candidates(shape, fences)
    if not candidates:
        return Judgment([], [])
    if _nothing_else(shape, candidates, fences):
        return Judgment(candidates, [])
    page = _Page(shape, candidates, {start for start, _ in fences}, labels)
    able = [group for group in page.groups if page.separates(group)]
    winner = max(able, key=page.openings, default=[])  # the first of equals
    return Judgment(
        [candidates[index] for index in winner],
        [[candidates[index] for index in group] for group in page.groups if group is not winner],
    )


def _candidates(shape: str, fences: list[tuple[int, int]]) -> list[Candidate]:
    """Lines of signs and form feeds outside front matter, in order."""
    found: list[Candidate] = []
    if any(sign * 3 in shape for sign in "=*-#"):
        found = [Candidate(m["sign"], len(m["line"]), *m.span()) for m in _LINE.finditer(shape)]
    if "\f" in shape:
        breaks = [Candidate("\f", 1, *m.span()) for m in _FORM_FEED.finditer(shape)]
        found = sorted([*found, *(c for c in breaks if not _in_sentence(shape, c))], key=lambda c: c.start)
    if not fences:
        return found
    starts = [start for start, _ in fences]
    return [c for c in found if not _within(c.start, starts, fences)]


def _in_sentence(shape: str, page_break: Candidate) -> bool:
    """Whether a sentence goes on after a form feed: the end of a page, not of an article."""
    line = shape[page_break.end : page_break.end + 200].lstrip()
    return line[:1].islower() and MARKER.match(line) is None and ":" not in line[:40]


def _within(position: int, starts: list[int], spans: list[tuple[int, int]]) -> bool:
    index = bisect_left(starts, position + 1) - 1
    return index >= 0 and position < spans[index][1]


def _nothing_else(shape: str, candidates: list[Candidate], fences: list[tuple[int, int]]) -> bool:
    """Whether a file holds separators only."""
    starts = [0, *(c.end for c in candidates)]
    ends = [*(c.start for c in candidates), len(shape)]
    return not fences and not any(shape[s:e].strip() for s, e in zip(starts, ends, strict=True))


class _Page:
    """A text with its candidates; what each one stands before and under is judged once."""

    def __init__(self, shape: str, candidates: list[Candidate], fenced: set[int], labels: dict[str, str]) -> None:
        self._shape = shape
        self._candidates = candidates
        self._fenced = fenced
        self._labels = labels
        self._judged: dict[int, Opening] = {}
        self._underlining: dict[tuple[str, int], bool] = {}
        self._groups: dict[tuple[str, int], list[int]] = {}
        for index, candidate in enumerate(candidates):
            self._groups.setdefault(candidate[:2], []).append(index)

    @property
    def groups(self) -> list[list[int]]:
        """The candidates of each kind and length, in the order of their first lines."""
        return list(self._groups.values())

    def openings(self, group: list[int]) -> int:
        """How many candidates of a group stand before an opening."""
        return sum(self.opening(index) is not Opening.NONE for index in group)

    def separates(self, group: list[int]) -> bool:
        """Whether the candidates of one kind and length separate articles."""
        if self._are_underlines(self._candidates[group[0]]) and self._is_page_of_headings(group):
            return False
        if len(group) == 1:
            asked = Opening.HEADLINE if self._candidates[group[0]].sign == "=" else Opening.MARKER
            return self.opening(group[0]) >= asked
        return self.openings(group) > 0 or self._separates_running_text(group)

    def _separates_running_text(self, group: list[int]) -> bool:
        """Whether candidates without any opening after them separate articles rather than sections of one.

        Sections are of an article whose headline stands before the first, and nothing is divided by lines
        that stand before or after all of the text. Form feeds in running text are page breaks.
        """
        first = self._candidates[group[0]]
        if first.sign == "\f":
            return False
        leads = not self._shape[: first.start].strip()
        trails = not self._shape[first.end :].strip("=*#- \t\n\f")
        return leads or trails or self.opening(-1) is Opening.NONE

    def _is_page_of_headings(self, group: list[int]) -> bool:
        """Whether underlined lines are headings, not bylines above a separator.

        The first is the file's first line, or most have running text below.
        """
        first = self._shape[: self._candidates[group[0]].start].strip()
        return "\n" not in first or self.openings(group) * 2 < len(group)

    def _underlines(self, index: int) -> bool:
        """Whether a one-line heading stands right above a candidate, under an empty line or a line of other signs."""
        sign, length, start, _ = self._candidates[index]
        if sign == "\f":
            return False
        lines = self._shape[max(0, start - 2 * TITLE_MAX) : start].split("\n")
        above = lines[-3].strip() if len(lines) > 2 else ""
        ruled = _LINE.match(above)
        apart = not above or (ruled is not None and above != sign * length)
        return apart and len(lines) > 1 and is_title(lines[-2].strip())

    def _are_underlines(self, candidate: Candidate) -> bool:
        """Whether every candidate of one kind and length underlines a heading."""
        kind = candidate[:2]
        if kind not in self._underlining:
            self._underlining[kind] = all(self._underlines(index) for index in self._groups[kind])
        return self._underlining[kind]

    def opening(self, index: int) -> Opening:
        """What opens after a candidate, before the next one; after -1 is the start of the file."""
        if index not in self._judged:
            self._judged[index] = self._judge(index)
        return self._judged[index]

    def _judge(self, index: int) -> Opening:
        limit = self._limit(index)
        start = first_text(self._shape, self._candidates[index].end if index >= 0 else 0, limit)
        if start >= limit:
            return Opening.NONE
        if start in self._fenced or opens_with_marker(self._shape, start, limit, self._labels):
            return Opening.MARKER
        if self._opens_with_headline(start, limit, index + 1):
            return Opening.HEADLINE
        return Opening.NONE

    def _opens_with_headline(self, start: int, limit: int, following: int) -> bool:
        block = _BLANK_LINE.search(self._shape, start, min(limit, start + _BLOCK_REACH))
        end = block.start() if block else limit
        lines = [line.strip() for line in self._shape[start : min(end, start + _BLOCK_REACH)].split("\n")]
        if is_dateline(lines[0][:120]) or is_date_line(lines[0]):
            return True
        if len(lines) > 1 and is_title(lines[0]) and len(lines[1]) > _UNWRAPPED:
            return True  # a short line above a whole paragraph on one line, with no empty line between
        if not is_title_block([line for line in lines if line]):
            return False
        return bool(self._shape[end:limit].strip()) or self._is_underlined(following)

    def _is_underlined(self, index: int) -> bool:
        """Whether a candidate underlines the headline right above it, as all of its kind do, with text below."""
        if index >= len(self._candidates) or not self._are_underlines(self._candidates[index]):
            return False
        return first_text(self._shape, self._candidates[index].end, self._limit(index)) < self._limit(index)

    def _limit(self, index: int) -> int:
        """Where the stretch after a candidate ends: at the next one."""
        following = index + 1
        return self._candidates[following].start if following < len(self._candidates) else len(self._shape)


def opens_with_marker(shape: str, start: int, limit: int, labels: dict[str, str]) -> bool:
    """Whether a date marker or a labeled header stands at `start`."""
    match = MARKER.match(shape[start : start + 200])  # right after a form feed no line begins
    if match is not None and valid_marker_date(match["date"]):
        return True
    return has_labeled_header(shape, start, min(limit, start + _HEADER_REACH), labels)


def is_title_block(lines: list[str]) -> bool:
    """Whether the lines of a block are a headline: one or two lines, then perhaps a byline or a date line.

    `##` heads a section, not an article.
    """
    if not lines:
        return False
    headline = [line for line in lines[:4] if not (is_byline(line) or is_date_line(line))]
    if not 0 < len(headline) <= 2 or len(lines) > 4 or headline[0] != lines[0] or lines[0].startswith("##"):
        return False
    return is_title(" ".join(headline)) and is_title(lines[0])
