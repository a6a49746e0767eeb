"""Cleaning rules in a table, in their fixed order, each with its edits; nothing is changed out of sight."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import NamedTuple

from corpus_tool.errors import UsageError
from corpus_tool.model.article import Block, Removed
from corpus_tool.patterns import lazy
from corpus_tool.text.blocks import find_blocks
from corpus_tool.text.lines import with_lf
from corpus_tool.text.offsets import Edit, Layer, OffsetMap, apply, edits_of

MAX_ROUNDS = 32
"""How often the rules run again when one of them changed something another may now see.

Only mojibake inside mojibake needs a further round, and each level of it doubles the length of the wreck.
"""


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
    offsets: OffsetMap = field(default_factory=OffsetMap)

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
        before, settled = text, True
        for rule in TEXT_RULES:
            text, fired = _run(rule, settings[rule.name], text, layers, changes)
            settled = settled and (not fired or rule.name in _BLANK_RULES)
        if text == before or (settled and not _MOJIBAKE.search(text)):
            break
    blocks = find_blocks(text)
    if settings["subheads"] == "off":
        blocks = [Block("paragraph", b.start, b.end) for b in blocks]
    return Normalized(text, tuple(blocks), (), changes, False, OffsetMap(tuple(layers)))


def normalize_line(value: str, rules: Mapping[str, str] | None = None) -> str:
    """A stated value cleaned like text, on one line."""
    return " ".join(normalize(value, rules=rules).text.split("\n")).replace("  ", " ").strip()


def check_rules(rules: Mapping[str, str]) -> Mapping[str, str]:
    """The same mapping, once every name and value is known; UsageError otherwise."""
    for name, value in rules.items():
        rule = next((r for r in RULES if r.name == name), None)
        if rule is None:
            raise UsageError(f"no rule is named {name!r}", f"the rules are: {', '.join(r.name for r in RULES)}")
        if value not in rule.values:
            raise UsageError(f"rule {name} has no value {value!r}", f"its values are: {', '.join(rule.values)}")
    return rules


def _run(rule: Rule, value: str, text: str, layers: list[Layer], changes: dict[str, int]) -> tuple[str, bool]:
    """The text after one rule, and whether the rule changed anything."""
    if value == "off" or not (edits := rule.edits(text, value)):
        return text, False
    changes[rule.name] = changes.get(rule.name, 0) + len(edits)
    # Edits that keep every character in its place need no layer: the map is the identity there.
    if any(len(new) != end - start for start, end, new in edits):
        layers.append(Layer(edits))
    return apply(text, edits), True


# --- mojibake: UTF-8 that was decoded as cp1252 or latin-1 -------------------------------------------------

_CP1252_SIGNS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_CONTINUATION = f"\x80-\xbf{_CP1252_SIGNS}"
# What mojibake cannot avoid. It begins with one character class, which the matcher finds fastest;
# `qualité »` with its no-break space is French, and no Chinese sign in three bytes.
_MOJIBAKE = lazy(
    f"[\x80-\x9f\xc2-\xf4](?:(?<=[\x80-\x9f])|(?<=Ã) |(?<=[\xc2-\xdf])[{_CONTINUATION}]"
    f"|(?<=[\xe0-\xef])(?!\xa0»)[{_CONTINUATION}]{{2}}|(?<=[\xf0-\xf4])[{_CONTINUATION}]{{3}})"
)
# Beside other C1 codes that are cp1252 punctuation, U+0085 is its `…`; otherwise it ends a line.
_C1_PUNCTUATION = lazy("(?<![\xc2-\xf4\x80-\xbf])[\x91-\x97]")
# 8-bit control sequences are no letters; the line is repaired in the next round, once they are gone.
_EIGHT_BIT_SEQUENCE = lazy(
    "(?<![\xc2-\xf4\x80-\xbf])(?:\x9b[0-?]+[@-~]|[\x90\x98\x9d-\x9f][^\x07\x1b\x90\x98\x9c-\x9f\n]*+(?:\x07|\x1b\\\\|\x9c))"
)
# `“Â”` would become a control character: between signs it is a letter by itself.
_LONE_LETTER = lazy(f"(?<![^\\W\\d_])Â[{_CP1252_SIGNS}](?![^\\W\\d_])")
_ASCII_WORD_CHARACTER = lazy("[A-Za-z0-9]")


def _mojibake(text: str, _value: str) -> list[Edit]:
    if text.isascii() or not _MOJIBAKE.search(text):
        return []
    breaks = with_lf(text) if "\x85" in text and not _C1_PUNCTUATION.search(text) else text
    edits: list[Edit] = []
    start = 0
    while start < len(text):
        end = breaks.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if _MOJIBAKE.search(line) and not _EIGHT_BIT_SEQUENCE.search(line):
            edits += _repairs(line, start)
        start = end + 1
    return edits


def _repairs(line: str, start: int) -> list[Edit]:
    """The edits that repair a line; none where that would lose a letter or bring in a replacement mark."""
    repaired = _ftfy()(line)
    marks = line.count("\ufffd") + line.count("ï¿½")
    if repaired == line or repaired.count("\ufffd") > marks or _LONE_LETTER.search(line):
        return []
    # ASCII letters and digits survive every wreck: what stands between two of them is one place.
    old = [m.start() for m in _ASCII_WORD_CHARACTER.finditer(line)]
    new = [m.start() for m in _ASCII_WORD_CHARACTER.finditer(repaired)]
    if [line[at] for at in old] != [repaired[at] for at in new]:
        return []
    edits: list[Edit] = []
    done = shown = 0
    for end, until in zip([*old, len(line)], [*new, len(repaired)], strict=True):
        if line[done:end] != repaired[shown:until]:
            edits.append(_trimmed(line[done:end], repaired[shown:until], start + done))
        done, shown = end + 1, until + 1
    return edits


def _trimmed(old: str, new: str, start: int) -> Edit:
    """One edit, as narrow as the ends that the two versions share allow."""
    limit = min(len(old), len(new))
    head = next((at for at in range(limit) if old[at] != new[at]), limit)
    limit -= head
    tail = next((at for at in range(limit) if old[-1 - at] != new[-1 - at]), limit)
    return start + head, start + len(old) - tail, new[head : len(new) - tail]


@cache
def _ftfy() -> Callable[[str], str]:
    """`ftfy.fix_encoding` that leaves alone what cannot be restored; imported late, for most texts never need it."""
    from ftfy import TextFixerConfig, fix_encoding

    return partial(fix_encoding, config=TextFixerConfig(replace_lossy_sequences=False))


# --- line ends, controls, composition ----------------------------------------------------------------------

_NEWLINES = lazy("\r\n?|[\x0b\x85\u2028]|[\u2029\x0c]")


def _newlines(text: str, _value: str) -> list[Edit]:
    if not any(end in text for end in "\r\x0b\x0c\x85\u2028\u2029"):
        return []
    return edits_of(_NEWLINES, lambda m: "\n\n" if m.group() in "\u2029\x0c" else "\n", text)


# No part of a pattern may read on where another match can begin: a million openings stay a linear search.
_ESCAPES = (
    "(?:\x1b\\[|\x9b)[0-?]*+[ -/]*+[@-~]"  # CSI
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])"  # OSC, DCS, SOS, PM, APC …
    "[^\x07\x1b\x90\x98\x9c-\x9f\n]*+(?:\x07|\x1b\\\\|\x9c)"  # … to their end on the same line
    "|\x1b[ -/]{0,2}[0-~]?"  # any other escape
)
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_DROPPED = f"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\U000e0001{_NONCHARACTERS}"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_RTL_BLOCKS = lazy("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# The flags of England, Scotland and Wales are spelled in tag characters; anywhere else these hide text.
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_TAGS = "[\U000e0020-\U000e007f]+"
# Joiners belong to emoji and to scripts that need them; beside plain letters they only hide a difference.
_PLAIN_JOINERS = "(?<=[\x00-\u024f])[\u200c\u200d]++|(?<![\u0600-\u1aff\u200c\u200d])[\u200c\u200d]++(?=[\x00-\u024f])"
_REMOVED = f"(?P<flag>{_FLAG})|(?:{_ESCAPES}|[{_DROPPED}])++|{_TAGS}|{_PLAIN_JOINERS}"
_CONTROLS = lazy(_REMOVED)
_CONTROLS_AND_BIDI = lazy(f"{_REMOVED}|[{_BIDI}]+")
# Characters of Latin, Greek and Cyrillic text and its signs, none of which is a control.
_UNSUSPECTED = lazy(
    "[^\t-\r -~\x85\xa0-\u02ff\u0370-\u052f\u1e00-\u1fff\u2010-\u2029\u202f-\u205e\u20a0-\u20cf\u2100-\u2bff]"
)


def _controls(text: str, _value: str) -> list[Edit]:
    if _is_printable(text) or not _UNSUSPECTED.search(text):
        return []
    pattern = _CONTROLS if _holds_rtl_letter(text) else _CONTROLS_AND_BIDI
    return edits_of(pattern, lambda m: m["flag"] or "", text)


def _is_printable(text: str) -> bool:
    """Whether a text has printable characters, LF and no-break spaces only: no control or surrogate hides in it."""
    return text.replace("\n", "").replace("\xa0", "").isprintable()


def _holds_rtl_letter(text: str) -> bool:
    return any(unicodedata.bidirectional(m.group()) in ("R", "AL") for m in _RTL_BLOCKS.finditer(text))


_SURROGATES = lazy("[\ud800-\udfff]")


def _surrogates(text: str, _value: str) -> list[Edit]:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return edits_of(_SURROGATES, "\ufffd", text)
    return []


_NON_ASCII_RUN = lazy(r"[\x00-\x7f]?[^\x00-\x7f]+")
_MOST_MARKS = 200
"""Longest run of combining marks that is composed; sorting more would take quadratic time, and no word has them."""


def _nfc(text: str, _value: str) -> list[Edit]:
    if text.isascii() or (not _UNSUSPECTED.search(text) and unicodedata.is_normalized("NFC", text)):
        return []
    return edits_of(_NON_ASCII_RUN, lambda m: _compose(m.group()), text)


def _compose(run: str) -> str:
    if len(run) > _MOST_MARKS:
        marks = 0
        for character in run:
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > _MOST_MARKS:
                return run
    return unicodedata.normalize("NFC", run)


def _soft_hyphen(text: str, _value: str) -> list[Edit]:
    return edits_of(_SOFT_HYPHEN, "", text) if "\u00ad" in text else []


_SOFT_HYPHEN = lazy("\u00ad+")

# --- spaces ------------------------------------------------------------------------------------------------

_NBSP = lazy("[\u00a0\u202f\u2007]")
_NBSP_TYPOGRAPHIC = lazy("(?<!«)[\u00a0\u202f\u2007](?![:;!?»%€])")


def _nbsp(text: str, value: str) -> list[Edit]:
    if value == "keep" or text.isascii():
        return []
    return edits_of(_NBSP_TYPOGRAPHIC if value == "typographic" else _NBSP, " ", text)


# Blanks that may be rewritten; no-break spaces are their own rule.
_BLANK = "\t \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
# Each alternative begins with one character class, which the matcher finds fastest.
_SPACES = lazy(f"[{_BLANK}]+(?:\n[{_BLANK}\n]*)?|\n(?:[{_BLANK}][{_BLANK}\n]*|\n[{_BLANK}\n]+)")
_EDGE = "\n\t \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_ODD_BLANKS = lazy("[\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]")
_UNTIDY = ("  ", " \n", "\n ", "\n\n\n", "\t")


def _spaces(text: str, _value: str) -> list[Edit]:
    start, end = _inner(text)
    inner = text[start:end]
    edits: list[Edit] = [(0, start, "")] if start else []
    if any(run in inner for run in _UNTIDY) or not (text.isascii() or not _ODD_BLANKS.search(inner)):
        edits += [(at + start, to + start, new) for at, to, new in edits_of(_SPACES, _tidy, inner)]
    if end < len(text):
        edits.append((end, len(text), ""))
    return edits


def _inner(text: str) -> tuple[int, int]:
    """The span of a text without the blanks at its edges."""
    stripped = text.lstrip(_EDGE)
    start = len(text) - len(stripped)
    return start, start + len(stripped.rstrip(_EDGE))


def _tidy(match: re.Match[str]) -> str:
    if match.group() == "\u3000":
        return "\u3000"  # by itself it is the blank of full-width text
    breaks = match.group().count("\n")
    return " " if not breaks else "\n" if breaks == 1 else "\n\n"


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
_BLANK_RULES = frozenset(("newlines", "nbsp", "spaces"))
"""Rules after which no other rule sees anything new, but where mojibake may end in a blank."""

DEFAULTS: dict[str, str] = {rule.name: rule.values[0] for rule in RULES}
ALL_OFF: dict[str, str] = {rule.name: "keep" if rule.name == "nbsp" else rule.values[-1] for rule in RULES}
