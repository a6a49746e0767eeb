"""The head of a text record: front matter, labeled header, date marker; what it states and where the body begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus_tool.errors import Diagnostic
from corpus_tool.model.fields import field_of
from corpus_tool.model.record import Stated
from corpus_tool.text.furniture import MARKER, is_title, valid_marker_date

MAX_FRONT_MATTER = 1 << 16
"""Longest front matter, in characters; what is longer is text."""

_LABEL_LINE = re.compile(
    r"(?P<label>[^\W\d_][\w’'./()-]*(?:[ \u00a0_][\w’'./()-]+){0,4})[ \u00a0\u202f]?:(?:[ \t\u00a0]+|$)(?P<value>.*)$"
)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_YAML_LINE = re.compile(r"""[ \t]|- |-$|#|["']?[\w][\w .-]*["']?[ \t]*:(?:[ \t]|$)|[\]}]|$""")


@dataclass(slots=True)
class Header:
    """What the head of a record states; the body begins at `body_start` in the record."""

    kind: str = "none"
    body_start: int = 0
    fields: dict[str, Stated] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    notes: list[Diagnostic] = field(default_factory=list)
    problem: str = ""

    def put(self, label: str, stated: Stated, labels: Mapping[str, str]) -> None:
        """File a labeled value under its field, or under its own label where no field is known or it is taken."""
        name = field_of(label, dict(labels)) if labels else field_of(label)
        if name is None or name == "text":
            self.keep(label, stated.value)
        elif name in self.fields:
            self.notes.append(
                Diagnostic("duplicate-field", f"{label!r} is stated a second time: {stated.value[:60]!r}")
            )
            self.keep(label, stated.value)
        else:
            self.fields[name] = stated

    def keep(self, label: str, value: Any) -> None:
        """Keep a value under its label; a second one under `label#2`."""
        key, count = label, 1
        while key in self.extra:
            count += 1
            key = f"{label}#{count}"
        self.extra[key] = value


def read_header(raw: str, shape: str, labels: Mapping[str, str]) -> Header:
    """Read the head of one record; `shape` is `raw` with LF line ends at the same length.

    Front matter is tried first, then a labeled header, then a date marker, also one that a headline precedes.
    """
    start = _first_text(shape)
    if shape.startswith("---", start):
        header = _front_matter(raw, shape, start, labels)
        if header is not None:
            return header
    return labeled_header(raw, shape, start, labels) or _marker(raw, shape, start) or Header()


def _first_text(shape: str) -> int:
    """Where the first line that is not blank begins."""
    start = 0
    while True:
        end = shape.find("\n", start)
        line = shape[start : end if end >= 0 else len(shape)]
        if line.strip() or end < 0:
            return start
        start = end + 1


# --- YAML front matter -------------------------------------------------------------------------------------


def front_matter_span(shape: str, start: int) -> tuple[int, int, int] | None:
    """(end of the block, start and end of its YAML) where front matter opens at `start`; None elsewhere.

    Every line between the two fences must look like YAML, so that `---` around prose stays a separator.
    """
    match = _FRONT_MATTER.match(shape, start, start + MAX_FRONT_MATTER)
    if match is None:
        return None
    lines = match["yaml"].split("\n")
    keyed = any(":" in line for line in lines)
    if not keyed or not all(_YAML_LINE.match(line) for line in lines):
        return None
    if not next(line for line in lines if line.strip())[0].strip():  # an indented first line is no key
        return None
    return match.end(), match.start("yaml"), match.end("yaml")


def _front_matter(raw: str, shape: str, start: int, labels: Mapping[str, str]) -> Header | None:
    span = front_matter_span(shape, start)
    if span is None:
        if _is_unclosed(shape, start):
            return Header("front-matter", problem="the front matter that opens here is never closed by `---`")
        return None
    from corpus_tool.readers.yaml_text import YamlProblem, load_yaml

    header = Header("front-matter", body_start=span[0])
    try:
        values = load_yaml(shape[span[1] : span[2]])
    except YamlProblem as problem:
        header.problem = str(problem)
        return header
    if not isinstance(values, list):
        header.problem = "the front matter is no list of `key: value` lines"
        return header
    for key, value in values:
        if field_of(key, dict(labels)) == "authors" and isinstance(value, list):
            value = "; ".join(str(item) for item in value)
        if isinstance(value, str):
            header.put(key, Stated.in_field(value, "front-matter"), labels)
        else:
            header.keep(key, value)
    return header


def _is_unclosed(shape: str, start: int) -> bool:
    """A fence, two or more key lines or one known key, an empty line, and no other fence in the record."""
    after = shape.find("\n", start) + 1
    if (
        shape[start : after or None].strip() != "---"
        or not after
        or re.search(r"^---[ \t]*$", shape[after:], re.MULTILINE)
    ):
        return False
    first = shape[after:].split("\n", 1)[0]
    match = _LABEL_LINE.match(first)
    return match is not None and field_of(match["label"]) is not None


# --- `Label: value` lines ----------------------------------------------------------------------------------


def _label_lines(shape: str, start: int) -> Iterator[tuple[int, int, re.Match[str]]]:
    """(start, end, match) of the label lines from `start` on; a value's indented lines belong to it."""
    size = len(shape)
    while start < size:
        end = shape.find("\n", start)
        end = size if end < 0 else end
        match = _LABEL_LINE.match(shape[start:end])
        if match is None:
            return
        stop = end
        while stop < size and shape[stop + 1 : stop + 2] in (" ", "\t"):
            next_end = shape.find("\n", stop + 1)
            next_end = size if next_end < 0 else next_end
            if not shape[stop + 1 : next_end].strip():
                break
            stop = next_end
        yield start, stop, match
        start = stop + 1


def labeled_header(raw: str, shape: str, start: int, labels: Mapping[str, str]) -> Header | None:
    """A header of `Label: value` lines at `start`, if it is one.

    Two lines or more of which one has a known label, or one known label before an empty line. Without an empty
    line after it, two known labels are asked for, so that prose with a colon stays prose.
    """
    if ":" not in shape[start : start + 200]:
        return None
    known = 0
    found: list[tuple[int, int, re.Match[str]]] = []
    for line in _label_lines(shape, start):
        name = field_of(line[2]["label"], dict(labels))
        found.append(line)
        known += name is not None
        if name == "text":
            break
    if not known:
        return None
    last_end = found[-1][1]
    to_text = field_of(found[-1][2]["label"], dict(labels)) == "text"
    blank_after = not shape[last_end + 1 :].split("\n", 1)[0].strip()
    if not to_text and (known < 2 if not blank_after else len(found) == 1 and last_end >= len(shape)):
        return None
    header = Header("labeled", body_start=min(last_end + 1, len(raw)))
    for line_start, line_end, match in found:
        value_start = line_start + match.start("value")
        if to_text and line_start == found[-1][0]:
            header.body_start = value_start
            break
        value = " ".join(raw[value_start:line_end].split("\n")).strip()
        if value:
            header.put(
                match["label"],
                Stated(value, raw[line_start:line_end].strip(), "raw", line_start, line_end, "label"),
                labels,
            )
    return header


# --- date marker -------------------------------------------------------------------------------------------


def _marker(raw: str, shape: str, start: int) -> Header | None:
    """` date 2018-06 ` at the start of the record, or after its headline."""
    match = MARKER.match(shape, start)
    headline = None
    if match is None:
        headline_end = shape.find("\n", start)
        if headline_end < 0 or not is_title(shape[start:headline_end].strip()):
            return None
        next_start = headline_end + 1 + _first_text(shape[headline_end + 1 :])
        match = MARKER.match(shape, next_start)
        if match is None or next_start == headline_end + 1:
            return None
        headline = (start, headline_end)
    if not valid_marker_date(match["date"]):
        note = Diagnostic(
            "date-unusable", f"the marker {match['span']!r} names no date; it stays in the text"
        )
        return Header(notes=[note])
    header = Header("marker", body_start=match.end())
    header.fields["date"] = Stated(
        match["date"], match["span"], "raw", match.start("span"), match.end("span"), "marker"
    )
    if headline:
        text = raw[headline[0] : headline[1]]
        at = headline[0] + len(text) - len(text.lstrip())
        header.fields["title"] = Stated(
            text.strip(), text.strip(), "raw", at, at + len(text.strip()), "headline"
        )
    return header
