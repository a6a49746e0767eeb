"""Where the records of a text file are: separator lines, markers, front matter, repeated headers, `<doc>`.

The whole file is judged once. Every character ends in a piece, in a separator, or in a gap that is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus_tool.model.options import ReadOptions
from corpus_tool.patterns import lazy
from corpus_tool.readers.headers import (
    fence_key,
    find_marker,
    front_matter_span,
    has_labeled_header,
    stands_apart,
    unclosed_front_matter,
)
from corpus_tool.readers.separators import Candidate, Judgment, judge
from corpus_tool.text.furniture import MARKER, TITLE_MAX, is_title, valid_marker_date

_DOC = lazy(r"^[ \t]*<doc\b(?P<attributes>[^<>\n]*)>[ \t]*\n?", re.MULTILINE | re.IGNORECASE)
_DOC_END = lazy(r"^[ \t]*</doc>[ \t]*(?:\n|\Z)", re.MULTILINE | re.IGNORECASE)
_BEFORE_DOC = lazy(r"(?:\s|<\?[^<>]*>|<!--.*?-->|<!doctype[^<>]*>|<(?!doc\b)\w+[^<>\n]*>)*", re.I | re.S)
_ATTRIBUTE = lazy(r"""([\w:.-]+)[ \t]*=[ \t]*(?:"([^"]*)"|'([^']*)')""")
_RULE = lazy(r"[ \t\u00a0]*\n|([=*#-])\1{2,}[ \t]*(?:\n|\Z)|\f")
_RULE_LINE = lazy(r"([=*#-])\1{2,}[ \t]*")
_RULE_AND_FENCE = lazy(r"^([=*#])\1{2,}[ \t]*\n(?:[ \t]*\n)*(?=---[ \t]*\n)", re.MULTILINE)
_FENCE_LINE = lazy(r"^---[ \t]*\n", re.MULTILINE)
_FIRST_LABEL = lazy(r"[^\W\d_][^:\n]{0,40}?[ \u00a0]?:")
_NAME = lazy(r"(?:(?:[A-ZÀ-Þ][\w’'.-]*|van|de|der|den|ter|ten|von|du|di|la|le|en|et|&)(?: |$)){2,5}$")


class Piece(NamedTuple):
    """One stretch that is a record, with the fields that its separator states."""

    start: int
    end: int
    stated: dict[str, str]


class Cut(NamedTuple):
    """A place where one record ends and the next begins; the span between belongs to neither."""

    start: int
    end: int
    stated: dict[str, str]
    kind: str


@dataclass(slots=True)
class Layout:
    """The records of a file, why they are thought to be there, and what was noticed on the way.

    `empty` are offsets of empty stretches between separators; `suspects` are (offset, line, count) of lines
    that look like separators and were read as text, `used` those that were not; `loose` are spans of text that
    no record holds.
    """

    pieces: list[Piece] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    separated: bool = False
    empty: list[int] = field(default_factory=list)
    suspects: list[tuple[int, str, int]] = field(default_factory=list)
    used: list[tuple[int, str, int]] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)

    def undivided(self, size: int) -> Layout:
        """The same file as one record, every line that looks like a separator being text."""
        return Layout([Piece(0, size, {})], suspects=[*self.suspects, *self.used])


def lay_out(shape: str, options: ReadOptions, text: str | None = None) -> Layout:
    """Find the records of a text whose line ends are LF; a pattern given by the user decides alone.

    `text` is the text with its own line ends, at the same length.
    """
    pattern = options.effective_split()
    if pattern is not None:
        cuts = _user_cuts(shape if text is None else text, pattern, options)
        return _by_cuts(shape, cuts, [f"records are split by {pattern!r}"])
    if docs := _docs(shape):
        return _by_docs(shape, docs)
    labels = options.labels()
    fences = _front_matter_blocks(shape)
    judgment = judge(shape, fences, labels)
    openings = [Cut(start, start, {}, "front matter") for start, _ in fences if start > _top(shape)]
    if not fences:
        openings += _header_cuts(shape, labels) or _marker_cuts(shape, labels)
    cuts = sorted([Cut(c.start, c.end, {}, "separator") for c in judgment.separators] + openings)
    layout = _by_cuts(shape, cuts, _reasons(judgment, openings))
    layout.suspects = [_suspect(shape, group) for group in judgment.text]
    layout.used = [_suspect(shape, judgment.separators)] if judgment.separators else []
    return layout


def _reasons(judgment: Judgment, openings: list[Cut]) -> list[str]:
    counted = Counter(cut.kind for cut in openings)
    reasons = [f"{count} × {kind} opens a further record" for kind, count in counted.items()]
    if judgment.separators:
        first = judgment.separators[0]
        name = "form feeds" if first.sign == "\f" else f"lines of `{first.sign * first.length}`"
        reasons.insert(0, f"{name} separate records")
    return reasons


def _suspect(shape: str, group: list[Candidate]) -> tuple[int, str, int]:
    return group[0].start, shape[group[0].start : group[0].end].strip(" \t\n"), len(group)


def _by_cuts(shape: str, cuts: list[Cut], reasons: list[str]) -> Layout:
    """The pieces between cuts; blank ones are noted where they stand between two separators."""
    layout = Layout(reasons=reasons, separated=bool(cuts))
    start, opened = 0, False
    stated: dict[str, str] = {}
    for cut in [*cuts, Cut(len(shape), len(shape), {}, "end")]:
        if cut.start < start:
            continue
        if shape[start : cut.start].strip():
            layout.pieces.append(Piece(start, cut.start, stated))
        elif opened and cut.kind == "separator":
            layout.empty.append(start)
        opened = opened or cut.kind == "separator"
        start, stated = cut.end, cut.stated
    if not layout.pieces:
        layout.empty = []
    return layout


# --- `--split REGEX` ---------------------------------------------------------------------------------------


def _user_cuts(text: str, pattern: str, options: ReadOptions) -> list[Cut]:
    """Where the user's pattern matches; its named groups are stated by the record that follows.

    CR LF is one line end for the pattern. A match of no width cuts at a line start only, for a pattern that
    can match nothing would match everywhere.
    """
    import regex

    returns = [m.start() - n for n, m in enumerate(re.finditer("\r\n", text))]
    lines = text.replace("\r\n", "\n")
    compiled = regex.compile(pattern, regex.MULTILINE)
    # A long file may take longer than a line.
    seconds = options.pattern_seconds * (1 + len(text) / 5_000_000)
    cuts = []
    for match in compiled.finditer(lines, timeout=seconds):
        start, end = match.span()
        if end > start or (start and lines[start - 1] in "\n\r"):
            stated = {key: value.strip() for key, value in match.groupdict().items() if value}
            start, end = (position + bisect_left(returns, position) for position in (start, end))
            cuts.append(Cut(start, end, stated, "separator"))
    return cuts


# --- `<doc …>` ---------------------------------------------------------------------------------------------


def _docs(shape: str) -> list[re.Match[str]]:
    """The `<doc …>` lines of a file that opens with one, other tags aside."""
    if "<doc" not in shape[:5000].lower():
        return []
    first = _DOC.search(shape, 0, 10_000)
    if first is None:
        return []
    before = _BEFORE_DOC.match(shape, 0, first.start())
    if before is None or before.end() < first.start():
        return []
    return list(_DOC.finditer(shape))


def _by_docs(shape: str, docs: list[re.Match[str]]) -> Layout:
    """`<doc …>` lines open records, their attributes are fields, `</doc>` closes them."""
    layout = Layout(reasons=[f"{len(docs)} × `<doc …>` opens a record"], separated=True)
    starts = [match.start() for match in docs[1:]] + [len(shape)]
    if shape[: docs[0].start()].strip():
        layout.loose.append((0, docs[0].start()))
    for match, limit in zip(docs, starts, strict=True):
        closing = _DOC_END.search(shape, match.end(), limit)
        end = closing.start() if closing else limit
        if shape[match.end() : end].strip():
            layout.pieces.append(Piece(match.end(), end, _attributes(match["attributes"])))
        else:
            layout.empty.append(match.start())
        if closing and shape[closing.end() : limit].strip():
            layout.loose.append((closing.end(), limit))
    return layout


def _attributes(text: str) -> dict[str, str]:
    from html import unescape

    return {m[1]: unescape(m[2] if m[2] is not None else m[3]) for m in _ATTRIBUTE.finditer(text)}


# --- front matter ------------------------------------------------------------------------------------------


def _front_matter_blocks(shape: str) -> list[tuple[int, int]]:
    """Spans of front matter, if the file opens with one (after nothing but separators and blank lines).

    Later ones share a key with the first, so that `---` around key lines in a text stays text. One that is
    never closed is the span of its `---` line; it can open the file where a closed one follows.
    """
    if "---" not in shape:
        return []
    start = _first_fence(shape)
    if fence_key(shape, start) is None:
        return []
    span = front_matter_span(shape, start)
    keys = _keys(shape, start, span)
    later = list(_later_blocks(shape, span[0] if span else start + 4, keys))
    if span:
        return [(start, span[0]), *later]
    if unclosed_front_matter(shape, start) or any(end - begin > 5 for begin, end in later):
        return [(start, shape.find("\n", start) + 1), *later]
    return []


def _first_fence(shape: str) -> int:
    """Where the first front matter can open: at the top, or else right after a line of another sign."""
    start = 0
    while not shape.startswith("---", start) and (match := _RULE.match(shape, start)):
        start = match.end()
    if not shape.startswith("---", start) and (match := _RULE_AND_FENCE.search(shape)):
        return match.end() if front_matter_span(shape, match.end()) else start
    return start


def _later_blocks(shape: str, start: int, keys: set[str]) -> Iterator[tuple[int, int]]:
    for match in _FENCE_LINE.finditer(shape, start):
        if match.start() < start:
            continue
        if fence_key(shape, match.start()) not in keys:
            continue
        span = front_matter_span(shape, match.start())
        start = span[0] if span else match.end()
        yield match.start(), start


def _keys(shape: str, start: int, span: tuple[int, int, int] | None) -> set[str]:
    first = fence_key(shape, start)
    inside = shape[span[1] : span[2]].split("\n") if span else []
    return {key for key in (first, *(line.partition(":")[0].strip("\"' ") for line in inside)) if key}


# --- date markers ------------------------------------------------------------------------------------------


def _marker_cuts(shape: str, labels: dict[str, str]) -> list[Cut]:
    """Markers that open further records, spelled like the first one, with a month or a day.

    The first stands at the top of the file, or after its headline. A headline before a later one goes with it.
    """
    top = _top(shape)
    if "dat" not in shape[top : top + 500].lower() or has_labeled_header(shape, top, top + 4000, labels):
        return []
    first = find_marker(shape, top)
    if first is None:
        return []
    word, colon, end = first.match["word"], bool(first.match["colon"]), first.match.end()
    cuts = []
    for match in MARKER.finditer(shape, end):
        same = match["word"] == word and bool(match["colon"]) == colon
        if same and "-" in match["date"] and valid_marker_date(match["date"]):
            start = _headline_before(shape, match, end, titled=first.headline is not None)
            cuts.append(Cut(start, start, {}, "date marker"))
            end = match.end()
    return cuts


def _top(shape: str) -> int:
    """Where the first line stands that is neither blank nor a line of signs."""
    start = 0
    while match := _RULE.match(shape, start):
        start = match.end()
    return start


def _headline_before(shape: str, marker: re.Match[str], floor: int, *, titled: bool) -> int:
    """Where the headline right before a marker begins; the marker itself where there is none.

    Where the file's first marker has no headline, a name before a later one is rather the author of what
    stands above.
    """
    window = shape[max(floor, marker.start() - 3 * TITLE_MAX) : marker.start()]
    before = window.rstrip(" \t\u00a0\n")
    lines = before.rsplit("\n", 2)
    headline, above = lines[-1], lines[-2].strip() if len(lines) > 1 else None
    if above is None or not (above == "" or _RULE_LINE.fullmatch(above)) or not is_title(headline.strip()):
        return marker.start()
    if window.count("\n", len(before)) < 2 and not stands_apart(shape, marker):
        return marker.start()
    if not titled and _NAME.match(headline.strip()):
        return marker.start()
    return marker.start() - len(window) + len(before) - len(headline)


# --- labeled headers ---------------------------------------------------------------------------------------


def _header_cuts(shape: str, labels: dict[str, str]) -> list[Cut]:
    """Labeled headers after an empty line that begin with the label the file's first header begins with."""
    top = _top(shape)
    label = _FIRST_LABEL.match(shape, top)
    if label is None or not has_labeled_header(shape, top, top + 70_000, labels):
        return []
    again = re.compile(r"(?<=\n)[ \t]*\n(?=" + re.escape(label.group()) + ")")
    return [
        Cut(match.end(), match.end(), {}, "labeled header")
        for match in again.finditer(shape, label.end())
        if has_labeled_header(shape, match.end(), match.end() + 4000, labels)
    ]
