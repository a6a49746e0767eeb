"""Where the records of a text file are: separator lines, markers, front matter, repeated headers, `<doc>`.

The whole file is judged once. Every character ends in a piece, in a separator, or in a gap that is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus_tool.model.fields import fold_label
from corpus_tool.model.options import ReadOptions
from corpus_tool.readers.headers import front_matter_span, labeled_header
from corpus_tool.text.furniture import MARKER, is_dateline, is_title, valid_marker_date

_SEPARATOR = re.compile(r"^(?P<line>(?P<sign>[=*#-])(?P=sign){2,})[ \t]*(?:\n|\Z)|^\f[ \t]*\n?", re.MULTILINE)
_DOC = re.compile(r"^[ \t]*<doc\b(?P<attributes>[^<>\n]*)>[ \t]*\n?", re.MULTILINE | re.IGNORECASE)
_DOC_END = re.compile(r"^[ \t]*</doc>[ \t]*(?:\n|\Z)", re.MULTILINE | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)[ \t]*=[ \t]*(?:"([^"]*)"|'([^']*)')""")


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
    that look like separators and were read as text; `loose` are spans of text that no record holds.
    """

    pieces: list[Piece] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    separated: bool = False
    empty: list[int] = field(default_factory=list)
    suspects: list[tuple[int, str, int]] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)


class Candidate(NamedTuple):
    """A line that may be a separator: its sign and length (a form feed has sign FF, length 1)."""

    sign: str
    length: int
    start: int
    end: int


def lay_out(shape: str, options: ReadOptions) -> Layout:
    """Find the records of a text whose line ends are LF; a pattern given by the user decides alone."""
    pattern = options.effective_split()
    if pattern is not None:
        return _by_cuts(shape, _user_cuts(shape, pattern, options), f"records are split by {pattern!r}")
    if docs := list(_DOC.finditer(shape)):
        return _by_docs(shape, docs)
    layout = Layout()
    fences = _front_matter_blocks(shape)
    cuts, separator = _separator_cuts(shape, fences, layout)
    cuts += [Cut(start, start, {}, "front matter") for start, _ in fences[1:]]
    cuts += _marker_cuts(shape) + _header_cuts(shape, options)
    reason = f"lines of {separator} separate records" if separator else ""
    found = _by_cuts(shape, sorted(cuts), reason)
    found.reasons += [
        f"{count} × {kind} opens a record"
        for kind, count in Counter(c.kind for c in cuts if c.kind != "separator").items()
    ]
    found.suspects = layout.suspects
    return found


def _by_cuts(shape: str, cuts: list[Cut], reason: str) -> Layout:
    """The pieces between cuts; blank ones are noted where they stand between two separators."""
    layout = Layout(reasons=[reason] if reason else [], separated=bool(cuts))
    start, stated, opened = 0, {}, False
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


def _user_cuts(shape: str, pattern: str, options: ReadOptions) -> list[Cut]:
    """Where the user's pattern matches; its named groups are stated by the record that follows."""
    import regex

    compiled = regex.compile(pattern, regex.MULTILINE)
    seconds = options.pattern_seconds * (
        1 + len(shape) / 5_000_000
    )  # a long file may take longer than a line
    return [
        Cut(
            m.start(),
            m.end(),
            {key: value.strip() for key, value in m.groupdict().items() if value},
            "separator",
        )
        for m in compiled.finditer(shape, timeout=seconds)
        if m.end() > m.start()
    ]


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
            stated = {
                m[1]: m[2] if m[2] is not None else m[3] for m in _ATTRIBUTE.finditer(match["attributes"])
            }
            layout.pieces.append(Piece(match.end(), end, stated))
        else:
            layout.empty.append(match.start())
        if closing and shape[closing.end() : limit].strip():
            layout.loose.append((closing.end(), limit))
    return layout


def _front_matter_blocks(shape: str) -> list[tuple[int, int]]:
    """Spans of front matter, if the file opens with one (after nothing but separators and blank lines)."""
    if "---" not in shape:
        return []
    start = 0
    while match := re.compile(r"[ \t]*\n|(?P<sign>[=*#])(?P=sign){2,}[ \t]*\n").match(shape, start):
        start = match.end()
    spans: list[tuple[int, int]] = []
    span = front_matter_span(shape, start)
    while span is not None:
        spans.append((start, span[0]))
        following = re.compile(r"^---[ \t]*\n", re.MULTILINE).finditer(shape, span[0])
        span = None
        for match in following:
            span = front_matter_span(shape, match.start())
            if span is not None:
                start = match.start()
                break
    return spans


def _separator_cuts(shape: str, fences: list[tuple[int, int]], layout: Layout) -> tuple[list[Cut], str]:
    """The separator lines that win, and how they look; the others become suspects of the layout."""
    candidates = [
        Candidate(m["sign"] or "\f", len(m["line"] or "\f"), m.start(), m.end())
        for m in _SEPARATOR.finditer(shape)
        if not any(start <= m.start() < end for start, end in fences)
    ]
    groups: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault((candidate.sign, candidate.length), []).append(candidate)
    winner: list[Candidate] = []
    if groups:
        openings = {key: sum(opens(shape, c.end) for c in group) for key, group in groups.items()}
        best = max(groups, key=lambda key: openings[key])  # the first of those with most openings
        if _separates(shape, groups[best], openings[best]):
            winner = groups.pop(best)
    layout.suspects = [
        (group[0].start, shape[group[0].start : group[0].end].strip(" \t\n"), len(group))
        for key, group in groups.items()
        if key[0] != "\f"
    ]
    name = (
        ""
        if not winner
        else "form feeds"
        if winner[0].sign == "\f"
        else f"`{winner[0].sign * winner[0].length}`"
    )
    return [Cut(c.start, c.end, {}, "separator") for c in winner], name


def _separates(shape: str, group: list[Candidate], openings: int) -> bool:
    """Whether the lines of one kind and length separate records, by the rules for one and for several."""
    if len(group) == 1:
        only = group[0]
        if not shape[: only.start].strip() and not shape[only.end :].strip():
            return True  # a file of one separator and nothing else
        if _underlines(shape, only) and not shape[: only.start].strip().count("\n"):
            return False
        return opens(shape, only.end) if only.sign == "=" else opens_with_marker(shape, only.end)
    pieces = _stretches(shape, group)
    if len(pieces) < 2:
        return True
    if all(_underlines(shape, c) for c in group) and ("\n" not in pieces[0] or openings * 2 < len(group)):
        return False
    # Lines without any opening after them divide one article into sections; `=` does not, unless that article
    # has its headline before the first.
    return openings > 0 or (group[0].sign == "=" and not opens(shape, 0))


def _stretches(shape: str, group: list[Candidate]) -> list[str]:
    """What stands between the lines of a group, blank stretches left out."""
    starts = [0, *(c.end for c in group)]
    ends = [*(c.start for c in group), len(shape)]
    return [text for start, end in zip(starts, ends, strict=True) if (text := shape[start:end].strip())]


def _underlines(shape: str, candidate: Candidate) -> bool:
    """Whether the line right above is a one-line heading: short, no sentence, an empty line or nothing above it."""
    lines = shape[max(0, candidate.start - 500) : candidate.start].split("\n")
    heading = lines[-2].strip() if len(lines) > 1 else ""
    above = lines[-3].strip() if len(lines) > 2 else ""
    return is_title(heading) and (not above or _SEPARATOR.match(above + "\n") is not None)


def opens_with_marker(shape: str, position: int) -> bool:
    """Whether a date marker, a labeled header or front matter comes next."""
    start = _next_text(shape, position)
    match = MARKER.match(shape, start)
    if match is not None and valid_marker_date(match["date"]):
        return True
    window = shape[start : start + 4000]
    if window.startswith("---") and front_matter_span(window, 0):
        return True
    return labeled_header(window, window, 0, {}) is not None


def opens(shape: str, position: int) -> bool:
    """Whether an article opens here: a marker, a header, a dateline, or a headline with an empty line after it."""
    start = _next_text(shape, position)
    if start >= len(shape):
        return False
    if opens_with_marker(shape, start):
        return True
    end = shape.find("\n", start)
    line = shape[start : end if end >= 0 else len(shape)].strip()
    if is_dateline(line):
        return True
    if end < 0 or not is_title(line) or line.startswith("##") or _SEPARATOR.match(line + "\n"):
        return False
    after = _BLANK_LINES.match(shape, end + 1)
    return after is not None and after.end() < len(shape) and _SEPARATOR.match(shape, after.end()) is None


_BLANK_LINES = re.compile(r"(?:[ \t\u00a0]*\n)+")
_BLANKS_AND_SEPARATORS = re.compile(r"(?:[ \t\u00a0]*\n|([=*#-])\1{2,}[ \t]*\n|\f)*")


def _next_text(shape: str, position: int) -> int:
    """Past blank lines, to the line where something stands; separators of any kind end the search."""
    match = re.compile(r"(?:[ \t\u00a0]*\n|\f)*").match(shape, position)
    return match.end() if match else position


def _marker_cuts(shape: str) -> list[Cut]:
    """Markers that open further records, spelled like the first one, with a month or a day.

    The first stands at the top of the file, or after its headline; then a headline before a later marker goes
    with that marker too.
    """
    if "dat" not in shape[:500].lower():
        return []
    top = _next_text(shape, 0)
    first = MARKER.match(shape, top)
    titled = False
    if first is None:
        end = shape.find("\n", top)
        if end < 0 or not is_title(shape[top:end].strip()):
            return []
        first = MARKER.match(shape, _next_text(shape, end))
        titled = True
        if first is None:
            return []
    cuts: list[Cut] = []
    for match in MARKER.finditer(shape, first.end()):
        same = match["word"] == first["word"] and bool(match["colon"]) == bool(first["colon"])
        if same and "-" in match["date"] and valid_marker_date(match["date"]):
            start = _headline_before(shape, match.start()) if titled else match.start()
            cuts.append(Cut(start, start, {}, "date marker"))
    return cuts


def _headline_before(shape: str, position: int) -> int:
    """Where the headline block right before a marker begins; the marker itself where there is none."""
    before = shape[:position].rstrip(" \t\n")
    if "\n" not in shape[len(before) : position]:
        return position
    start = before.rfind("\n") + 1
    above = shape[:start].rstrip(" \t")
    blank_above = not above or above.endswith("\n\n") or not above.split("\n")[-2].strip()
    return start if blank_above and is_title(before[start:].strip()) else position


_FIRST_LABEL = re.compile(r"[^\W\d_][^:\n]{0,40}?[ \u00a0]?:")


def _header_cuts(shape: str, options: ReadOptions) -> list[Cut]:
    """Labeled headers after an empty line that begin with the label the file's first header begins with."""
    top = _next_text(shape, 0)
    label = _FIRST_LABEL.match(shape, top)
    labels = options.labels()
    if label is None or labeled_header(shape, shape, top, labels) is None:
        return []
    first = fold_label(label.group().rstrip(":"))
    cuts: list[Cut] = []
    for match in re.compile(r"(?<=\n)[ \t]*\n(?=" + re.escape(label.group()) + ")").finditer(
        shape, label.end()
    ):
        header = labeled_header(shape, shape[: match.end() + 4000], match.end(), labels)
        if header is not None and len(header.fields) + len(header.extra) >= 2 and first:
            cuts.append(Cut(match.end(), match.end(), {}, "labeled header"))
    return cuts
