"""The head of a text record: front matter, labeled header, date marker; what it states, where the body begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from corpus_tool.errors import Diagnostic
from corpus_tool.model.fields import field_of
from corpus_tool.model.record import Stated
from corpus_tool.patterns import lazy
from corpus_tool.readers.extra import keep
from corpus_tool.text.blocks import ends_sentence
from corpus_tool.text.furniture import MARKER, TITLE_MAX, is_title, valid_marker_date

MAX_FRONT_MATTER = 1 << 16
"""Longest front matter, in characters; what is longer is text."""

_LABEL_LINE = lazy(
    r"(?P<label>[^\W\d_][\w’'./()&-]*+(?:[ \u00a0][\w’'./()&-]++){0,4}+)[ \u00a0\u202f]?:"
    r"(?:[ \t\u00a0\u202f]+|$)(?P<value>.*)$"
)
_LABEL_REACH = 160  # a label's colon stands this near the start of its line
_RUNNING_TEXT = 60  # a value that is longer and ends as a sentence does is no value of an unknown label

_UNDERLINE = lazy(r"([=*#-])\1{2,}[ \t]*\n(?=.*\S)", re.DOTALL)
_FENCE = lazy(r"^---[ \t]*$", re.MULTILINE)
_FRONT_MATTER = lazy(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_KEY_LINE = lazy(r"""["']?(?P<key>\w[\w .-]{0,60}?)["']?[ \t]*:(?:[ \t]|$)""")
_YAML_LINE = lazy(r"""[ \t]|- |-$|#|["']?\w[\w .-]*["']?[ \t]*:(?:[ \t]|$)|[\]}]|$""")


@dataclass(slots=True)
class Header:
    """What the head of a record states; the body begins at `body_start` in the record."""

    kind: str = "none"
    body_start: int = 0
    fields: dict[str, Stated] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    notes: list[Diagnostic] = field(default_factory=list)
    problem: str = ""
    doubled: set[str] = field(default_factory=set)

    def put(self, label: str, stated: Stated, labels: dict[str, str]) -> None:
        """File a labeled value under its field, or under its own label where no field is known or it is taken."""
        name = field_of(label, labels)
        if name is None or name == "text":
            keep(self.extra, label, stated.value)
        elif name not in self.fields:
            self.fields[name] = stated
        else:
            keep(self.extra, label, stated.value)
            self._note_doubled(name, label, stated.value)

    def _note_doubled(self, name: str, label: str, value: str) -> None:
        """One notice a field, so that a hundred thousand doubled lines do not give as many."""
        if name not in self.doubled and value != self.fields[name].value:
            self.doubled.add(name)
            self.notes.append(Diagnostic("duplicate-field", f"{label!r} is stated a second time: {value[:60]!r}"))


def read_header(raw: str, shape: str, labels: dict[str, str]) -> Header:
    """Read the head of one record; `shape` is `raw` with LF line ends at the same length.

    Front matter is tried first, then a labeled header, then a date marker, also one that a headline precedes.
    """
    start = first_text(shape)
    if shape.startswith("---", start):
        header = _front_matter(shape, start, labels)
        if header is not None:
            return header
    header = _labeled(shape, start, labels) or _marker(raw, shape, start)
    return header or _underlined(raw, shape, start) or Header()


def first_text(shape: str, start: int = 0, limit: int | None = None) -> int:
    """Where the first line from `start` on begins that is not blank; looked for up to `limit`."""
    while True:
        end = shape.find("\n", start, limit)
        if end < 0 or (end > start and not shape[start:end].isspace()):
            return start
        start = end + 1


# --- YAML front matter -------------------------------------------------------------------------------------


def front_matter_span(shape: str, start: int) -> tuple[int, int, int] | None:
    """(end of the block, start and end of its YAML) where front matter opens at `start`; None elsewhere.

    A known key or two keys are asked for, and no prose after an empty line, so that `---` around prose stays
    a separator; a line that is no YAML among the keys is broken front matter.
    """
    match = _FRONT_MATTER.match(shape, start, start + MAX_FRONT_MATTER)
    if match is None:
        return None
    lines = match["yaml"].split("\n")
    keys = [m["key"] for line in lines if (m := _KEY_LINE.match(line))]
    first = next((line for line in lines if line.strip()), "")
    if not _KEY_LINE.match(first) or (len(keys) < 2 and field_of(keys[0]) is None):
        return None
    odd = [line for line in lines if not _YAML_LINE.match(line)]
    if odd and (len(odd) > len(keys) or "" in map(str.strip, lines[: lines.index(odd[0])])):
        return None
    return match.end(), match.start("yaml"), match.end("yaml")


def fence_key(shape: str, start: int) -> str | None:
    """The key on the line right after a `---` line at `start`."""
    fence = _FENCE.match(shape, start)
    key = _KEY_LINE.match(shape, fence.end() + 1) if fence else None
    return key["key"] if key else None


def unclosed_front_matter(shape: str, start: int) -> bool:
    """Whether `---` and a known key open front matter at `start` and no `---` line follows that could close it."""
    key = fence_key(shape, start)
    return key is not None and field_of(key) is not None and _FENCE.search(shape, start + 4) is None


def _front_matter(shape: str, start: int, labels: dict[str, str]) -> Header | None:
    span = front_matter_span(shape, start)
    if span is None:
        if unclosed_front_matter(shape, start):
            return Header("front-matter", problem="the front matter that opens here is never closed by `---`")
        return None
    from corpus_tool.yaml_text import YamlError, load_yaml

    header = Header("front-matter", body_start=span[0])
    try:
        values = load_yaml(shape[span[1] : span[2]])
    except YamlError as error:
        header.problem = str(error)
        return header
    if not isinstance(values, list):
        header.problem = "the front matter is no list of `key: value` lines"
        return header
    for key, value in values:
        _put_yaml(header, key, value, labels)
    return header


def _put_yaml(header: Header, key: str, value: Any, labels: dict[str, str]) -> None:
    """File one key of front matter; a list of authors becomes one value, an empty value states nothing."""
    if isinstance(value, list) and field_of(key, labels) == "authors":
        names = [item.get("name", "") if isinstance(item, dict) else item for item in value]
        value = "; ".join(name for name in names if isinstance(name, str) and name)
    if isinstance(value, str):
        if value.strip():
            header.put(key, Stated.in_field(value, "front-matter", key), labels)
    else:
        keep(header.extra, key, value)


# --- `Label: value` lines ----------------------------------------------------------------------------------


class _Label(NamedTuple):
    """One label with its value, which begins at `value` and ends at `end`; `first_end` ends its first line."""

    start: int
    first_end: int
    end: int
    value: int
    label: str
    name: str | None


def has_labeled_header(shape: str, start: int, end: int, labels: dict[str, str]) -> bool:
    """Whether a labeled header opens at `start`, judged on the text up to `end`."""
    return bool(_header_lines(shape[start:end], 0, labels))


def _labeled(shape: str, start: int, labels: dict[str, str]) -> Header | None:
    """A header of `Label: value` lines at `start`, if it is one."""
    lines = _header_lines(shape, start, labels)
    if not lines:
        return None
    header = Header("labeled", body_start=min(lines[-1].end + 1, len(shape)))
    if closing := _FENCE.match(shape, header.body_start):  # front matter that nothing opened
        header.body_start = closing.end()
    if lines[-1].name == "text":
        header.body_start = lines.pop().value
    for line in lines:
        value = " ".join(part.strip() for part in shape[line.value : line.end].split("\n")).strip()
        if value:
            span = shape[line.start : line.end].rstrip()
            stated = Stated(value, span, "raw", line.start, line.start + len(span), "label", line.label)
            header.put(line.label, stated, labels)
    return header


def _header_lines(shape: str, start: int, labels: dict[str, str]) -> list[_Label]:
    """The label lines that make a header at `start`; none where it is prose or a single date marker.

    One label must be known. Two lines are a header before an empty line, a single one only if it is sure of
    itself; without an empty line two known labels are asked for, and the last of them ends the header.
    """
    if shape.find(":", start, start + _LABEL_REACH) < 0:
        return []
    lines = list(_label_lines(shape, start, labels))
    if not any(line.name for line in lines):
        return []
    if lines[-1].name == "text":
        return lines if len(lines) > 1 or not shape[lines[0].value : lines[0].end].strip() else []
    if shape[lines[-1].end + 1 : _line_end(shape, lines[-1].end + 1)].rstrip() not in ("", "---"):
        return _before_text(lines)
    lines = _without_body(shape, lines)
    if len(lines) == 1 and not _stands_alone(shape, lines[0]):
        return []
    return lines


def _label_lines(shape: str, start: int, labels: dict[str, str]) -> Iterator[_Label]:
    """Label lines from `start` on, up to the label of the text; a value's indented lines belong to it."""
    size = len(shape)
    while start < size:
        first_end = _line_end(shape, start)
        if shape.find(":", start, min(first_end, start + _LABEL_REACH)) < 0:
            return
        match = _LABEL_LINE.match(shape, start, first_end)
        if match is None:
            return
        name = field_of(match["label"], labels)
        end = first_end if name == "text" else _continued(shape, first_end)
        yield _Label(start, first_end, end, match.start("value"), match["label"], name)
        if name == "text":
            return
        start = end + 1


def _continued(shape: str, end: int) -> int:
    """The end of a value that goes on in indented lines."""
    while shape[end + 1 : end + 2] in (" ", "\t"):
        following = _line_end(shape, end + 1)
        if shape[end + 1 : following].isspace() or MARKER.match(shape, end + 1):
            break
        end = following
    return end


def _line_end(shape: str, start: int) -> int:
    end = shape.find("\n", start)
    return len(shape) if end < 0 else end


def _before_text(lines: list[_Label]) -> list[_Label]:
    """The header's lines where text follows without an empty line: up to the last known label, two at least."""
    while lines[-1].name is None:
        lines.pop()
    if sum(line.name is not None for line in lines) < 2:
        return []
    return [*lines[:-1], lines[-1]._replace(end=lines[-1].first_end)]


def _without_body(shape: str, lines: list[_Label]) -> list[_Label]:
    """The header's lines without what is rather its text: a sentence under an unknown label at their end.

    Where nothing follows, a short sentence is text too (`Brussel: de raad keurde … goed.`), and so are
    indented lines below the last label.
    """
    last = not shape[lines[-1].end :].strip()
    while lines and lines[-1].name is None and ends_sentence(value := shape[lines[-1].value : lines[-1].end]):
        if len(value) <= _RUNNING_TEXT and not last:
            break
        lines.pop()
    if last and lines:
        lines[-1] = lines[-1]._replace(end=lines[-1].first_end)
    return lines


def _stands_alone(shape: str, line: _Label) -> bool:
    """Whether a single label line can be a header: not a marker, not a headline with a colon, with text after it."""
    if line.end + 1 >= len(shape) or MARKER.match(shape, line.start):
        return False
    value = shape[line.value : line.end].strip()
    if line.name in ("date", "date_modified"):
        return any(map(str.isdecimal, value))
    if line.name in ("title", "language", "url"):
        return bool(value)
    return line.name is not None and value[:1].isupper() and len(value.split()) <= 3


# --- date marker -------------------------------------------------------------------------------------------


class Marker(NamedTuple):
    """A date marker, with the span of the headline that stands before it."""

    match: re.Match[str]
    headline: tuple[int, int] | None


def find_marker(shape: str, start: int) -> Marker | None:
    """The marker ` date 2018-06 ` on the line at `start`, or after the headline that stands there."""
    if match := MARKER.match(shape, start):
        return Marker(match, None)
    end = shape.find("\n", start, start + TITLE_MAX + 100)
    if end < 0:
        return None
    following = first_text(shape, end + 1)
    match = MARKER.match(shape, following)
    if match is None or not is_title(shape[start:end].strip()):
        return None
    if following == end + 1 and not stands_apart(shape, match):
        return None
    return Marker(match, (start, end))


def stands_apart(shape: str, match: re.Match[str]) -> bool:
    """Whether a marker right below a line of text is no word of hard-wrapped prose.

    It is indented, has a colon or the line for itself.
    """
    alone = match.end() >= len(shape) or shape[match.end()] == "\n"
    return match.start("span") > match.start() or bool(match["colon"]) or alone


def _marker(raw: str, shape: str, start: int) -> Header | None:
    found = find_marker(shape, start)
    if found is None:
        return None
    match = found.match
    if not valid_marker_date(match["date"]):
        message = f"the marker {match['span']!r} names no date; it stays in the text"
        return Header(notes=[Diagnostic("date-unusable", message)])
    header = Header("marker", body_start=match.end())
    header.fields["date"] = Stated(match["date"], match["span"], "raw", *match.span("span"), "marker")
    if found.headline:
        header.fields["title"] = _headline(raw, *found.headline)
    return header


def _headline(raw: str, start: int, end: int) -> Stated:
    """The headline on a line as a stated title."""
    text = raw[start:end].strip()
    at = raw.index(text, start)
    return Stated(text, text, "raw", at, at + len(text), "headline")


# --- underlined headline -----------------------------------------------------------------------------------


def _underlined(raw: str, shape: str, start: int) -> Header | None:
    """A headline with a line of signs right below it, as Markdown writes one."""
    end = shape.find("\n", start, start + TITLE_MAX + 100)
    match = _UNDERLINE.match(shape, end + 1) if end >= 0 else None
    if match is None or not is_title(shape[start:end].strip()):
        return None
    return Header("headline", match.end(), {"title": _headline(raw, start, end)})
