"""Cleaning rules in a table, in their fixed order, each with its edits; nothing is changed out of sight."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from corpus_tool.errors import UsageError
from corpus_tool.model.article import Block, Removed
from corpus_tool.text.blocks import find_blocks
from corpus_tool.text.offsets import Edit, Layer, OffsetMap, apply, edits_of

MAX_ROUNDS = 8
"""How often the rules run again when one of them changed something another may now see."""


@dataclass(frozen=True, slots=True)
class Normalized:
    """Clean text that can lead every span of itself back to what it came from.

    `changes` counts, per rule, the places it changed. `blocks` are spans of `text`.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    removed: tuple[Removed, ...] = ()
    changes: Mapping[str, int] = field(default_factory=dict)
    truncated: bool = False
    offsets: OffsetMap = OffsetMap()

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The span of the raw text that became `text[start:end]`."""
        return self.offsets.to_source(start, end)

    def without(self, block: Block) -> Normalized:
        """The text without one block and without the empty line that set it off."""
        start, end = block.start, block.end
        if end + 2 <= len(self.text):
            end += 2
        else:
            start = max(0, start - 2)
        width = end - start
        kept = [b for b in self.blocks if b != block]
        moved = tuple(Block(b.kind, b.start - width, b.end - width) if b.start >= end else b for b in kept)
        return replace(
            self,
            text=self.text[:start] + self.text[end:],
            blocks=moved,
            offsets=self.offsets.then(Layer([(start, end, "")])),
        )


class Rule(NamedTuple):
    """One cleaning rule: its name, the values it takes (the first is the default), help, and how it finds edits."""

    name: str
    values: tuple[str, ...]
    help: str
    edits: Callable[[str, str], list[Edit]]


def normalize(
    raw: str,
    *,
    language: str | None = None,  # noqa: ARG001 — part of the public call; rules that depend on it come later
    rules: Mapping[str, str] | None = None,
) -> Normalized:
    """Clean a text by the rules of `RULES`; `rules` gives a value for those that should not have their default.

    Running it on its own result changes nothing. Raises UsageError for an unknown rule or value.

    >>> normalize("Hij\\u00a0zei  ja.\\r\\n\\r\\n\\r\\nEn toen").text
    'Hij zei ja.\\n\\nEn toen'
    """
    settings = DEFAULTS if not rules else {**DEFAULTS, **check_rules(rules)}
    changes: dict[str, int] = {}
    layers: list[Layer] = []
    text = raw
    for _ in range(MAX_ROUNDS):
        before = text
        for rule in TEXT_RULES:
            text = _run(rule, settings[rule.name], text, layers, changes)
        if text is before or text == before:
            break
    blocks = find_blocks(text)
    if settings["subheads"] == "off":
        blocks = [Block("paragraph", b.start, b.end) for b in blocks]
    return Normalized(text, tuple(blocks), (), changes, False, OffsetMap(tuple(layers)))


def normalize_line(value: str) -> str:
    """A stated value cleaned like text, on one line."""
    return " ".join(normalize(value).text.split("\n")).replace("  ", " ").strip()


def check_rules(rules: Mapping[str, str]) -> Mapping[str, str]:
    """The same mapping, once every name and value is known; UsageError otherwise."""
    for name, value in rules.items():
        rule = next((r for r in RULES if r.name == name), None)
        if rule is None:
            raise UsageError(
                f"no rule is named {name!r}", f"the rules are: {', '.join(r.name for r in RULES)}"
            )
        if value not in rule.values:
            raise UsageError(
                f"rule {name} has no value {value!r}", f"its values are: {', '.join(rule.values)}"
            )
    return rules


def _run(rule: Rule, value: str, text: str, layers: list[Layer], changes: dict[str, int]) -> str:
    if value == "off" or not (edits := rule.edits(text, value)):
        return text
    changes[rule.name] = changes.get(rule.name, 0) + len(edits)
    # Edits that keep every character in its place need no layer: the map is the identity there.
    if any(len(new) != end - start for start, end, new in edits):
        layers.append(Layer(edits))
    return apply(text, edits)


# --- mojibake: UTF-8 that was decoded as cp1252 or latin-1 -------------------------------------------------

_CONTINUATION = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(
    f"[\xc2-\xdf][{_CONTINUATION}]|[\xe0-\xef][{_CONTINUATION}]{{2}}|[\xf0-\xf4][{_CONTINUATION}]{{3}}"
    "|Ã |[\x80-\x9f]"
)


def _mojibake(text: str, _value: str) -> list[Edit]:
    if text.isascii() or not _MOJIBAKE.search(text):
        return []
    from ftfy import fix_encoding  # imported here: most texts never need it

    edits: list[Edit] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        line = text[start:end]
        if _MOJIBAKE.search(line):
            repaired = fix_encoding(line)
            if repaired != line and _keeps_letters(line, repaired):
                edits.append(_trimmed(line, repaired, start))
        start = end
    return edits


def _keeps_letters(line: str, repaired: str) -> bool:
    """A repair may turn wreckage into letters; it may not lose an ASCII letter or bring in a replacement mark."""
    if repaired.count("\ufffd") > line.count("\ufffd"):
        return False
    return [c for c in line if c.isascii() and c.isalnum()] == [
        c for c in repaired if c.isascii() and c.isalnum()
    ]


def _trimmed(old: str, new: str, start: int) -> Edit:
    """One edit for a line, as narrow as the ends the two versions share allow."""
    head = 0
    limit = min(len(old), len(new))
    while head < limit and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < limit - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start + head, start + len(old) - tail, new[head : len(new) - tail]


# --- line ends, controls, composition ----------------------------------------------------------------------

_NEWLINES = re.compile("\r\n?|[\x0b\x85\u2028]|[\u2029\x0c]")
_HAS_NEWLINES = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")


def _newlines(text: str, _value: str) -> list[Edit]:
    if not _HAS_NEWLINES.search(text):
        return []
    return edits_of(_NEWLINES, lambda m: "\n\n" if m.group() in "\u2029\x0c" else "\n", text)


_ESCAPES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    "|\x1b[ -/]*[0-~]?"  # any other escape
)
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_DROPPED = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff\U000e0001"
_NONCHARACTERS = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
_CONTROLS = re.compile(f"[{_DROPPED}{_NONCHARACTERS}]")
_BIDI_CONTROLS = re.compile(f"[{_BIDI}]")
_SUSPECT = re.compile(f"[{_DROPPED}{_NONCHARACTERS}{_BIDI}\U000e0020-\U000e007f\u200c\u200d\ud800-\udfff]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Tag characters spell a flag after a black flag; anywhere else they hide text.
_TAGS = re.compile("(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+")
# Joiners belong to emoji and to scripts that need them; between plain letters they only hide a difference.
_PLAIN_JOINERS = re.compile("(?<=[\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u024f])")
_SURROGATES = re.compile("[\ud800-\udfff]")


def _controls(text: str, _value: str) -> list[Edit]:
    if not _SUSPECT.search(text):
        return []
    edits = edits_of(_ESCAPES, "", text) if _ESCAPES.search(text) else []
    covered = [(start, end) for start, end, _ in edits]
    patterns = [_CONTROLS, _TAGS, _PLAIN_JOINERS]
    if not _RTL.search(text):
        patterns.append(_BIDI_CONTROLS)
    for pattern in patterns:
        edits += [edit for edit in edits_of(pattern, "", text) if not _inside(edit, covered)]
    return sorted(set(edits))


def _inside(edit: Edit, spans: list[tuple[int, int]]) -> bool:
    from bisect import bisect_right

    index = bisect_right(spans, (edit[0], len(spans) and 1 << 62)) - 1
    return index >= 0 and edit[1] <= spans[index][1]


def _surrogates(text: str, _value: str) -> list[Edit]:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return edits_of(_SURROGATES, "\ufffd", text)
    return []


_NON_ASCII_RUN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


def _nfc(text: str, _value: str) -> list[Edit]:
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return []
    return edits_of(_NON_ASCII_RUN, lambda m: unicodedata.normalize("NFC", m.group()), text)


def _soft_hyphen(text: str, _value: str) -> list[Edit]:
    return edits_of(_SOFT_HYPHEN, "", text) if "\u00ad" in text else []


_SOFT_HYPHEN = re.compile("\u00ad+")

# --- spaces ------------------------------------------------------------------------------------------------

_NBSP = re.compile("[\u00a0\u202f\u2007]")
_NBSP_TYPOGRAPHIC = re.compile("(?<!«)[\u00a0\u202f\u2007](?![:;!?»%€])")


def _nbsp(text: str, value: str) -> list[Edit]:
    if value == "keep" or text.isascii():
        return []
    return edits_of(_NBSP_TYPOGRAPHIC if value == "typographic" else _NBSP, " ", text)


_BLANK = (
    "\t \u1680\u2000-\u200a\u205f\u3000"  # blanks that may be rewritten; no-break spaces are their own rule
)
_SPACES = re.compile(
    f"[{_BLANK}]*\n[{_BLANK}\n]*|[{_BLANK}]{{2,}}|[\t\u1680\u2000-\u200a\u205f\u3000]|\\A[{_BLANK}]+|[{_BLANK}]+\\Z"
)
_UNTIDY = re.compile(
    f"[{_BLANK}]{{2}}|[\t\u1680\u2000-\u200a\u205f\u3000]|[{_BLANK}]\n|\n[{_BLANK}]|\n\n\n|\\A[{_BLANK}\n]|[{_BLANK}\n]\\Z"
)


def _spaces(text: str, _value: str) -> list[Edit]:
    if not _UNTIDY.search(text):
        return []
    size = len(text)

    def tidy(match: re.Match[str]) -> str:
        if match.start() == 0 or match.end() == size:
            return ""
        breaks = match.group().count("\n")
        return " " if not breaks else "\n" if breaks == 1 else "\n\n"

    return edits_of(_SPACES, tidy, text)


_ON_OFF = ("on", "off")
TEXT_RULES: tuple[Rule, ...] = (
    Rule("mojibake", _ON_OFF, "repair UTF-8 that was read as cp1252 or latin-1, line by line", _mojibake),
    Rule("newlines", _ON_OFF, "CR LF, CR, NEL, LS, VT become LF; PS and FF an empty line", _newlines),
    Rule(
        "controls",
        _ON_OFF,
        "drop control characters, escape sequences, zero-width and bidi controls",
        _controls,
    ),
    Rule(
        "surrogates",
        ("on",),
        "bytes that could not be decoded and half surrogate pairs become U+FFFD",
        _surrogates,
    ),
    Rule("nfc", _ON_OFF, "compose letters and accents (Unicode NFC)", _nfc),
    Rule("soft-hyphen", _ON_OFF, "drop U+00AD", _soft_hyphen),
    Rule(
        "nbsp",
        ("space", "keep", "typographic"),
        "no-break spaces become plain ones; typographic keeps the French",
        _nbsp,
    ),
    Rule(
        "spaces",
        _ON_OFF,
        "one blank between words, one empty line between blocks, none at the edges",
        _spaces,
    ),
)
SUBHEADS = Rule(
    "subheads", _ON_OFF, "mark short lines between empty lines as headings; the text stays", lambda _t, _v: []
)
RULES: tuple[Rule, ...] = (*TEXT_RULES, SUBHEADS)
DEFAULTS: dict[str, str] = {rule.name: rule.values[0] for rule in RULES}
ALL_OFF: dict[str, str] = {rule.name: "keep" if rule.name == "nbsp" else rule.values[-1] for rule in RULES}
