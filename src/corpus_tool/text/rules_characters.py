"""Rules for single characters: line ends, controls, composition, ligatures, widths, hyphens, the author's marks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from corpus_tool.patterns import lazy
from corpus_tool.text.offsets import Edit, edits_of

COMMON = (
    "\t-\r -~\x85\xa0-\xac\xae-\xc1\xf5-\u0131\u0134-\u02ff\u0370-\u0373\u0375-\u037d\u037f-\u0386\u0388-\u0481"
    "\u048a-\u052f\u1e00-\u1eff\u2010-\u2029\u202f-\u205e\u20a0-\u20cf\u2100-\u2125\u2127-\u2129\u212c-\u2328"
    "\u232b-\u2adb\u2add-\u2bff"
)
"""Latin, Greek and Cyrillic letters and signs that no rule for rare characters changes, as a set of a pattern.

The letters \xc2-\xf4 are left out, for mojibake begins with them.
"""

_NEWLINES = lazy("\r\n?|[\x0b\x85\u2028]|[\u2029\x0c]")


def newlines(text: str, _value: str, _language: str | None) -> list[Edit]:
    """One LF for every line end, two for the ends of paragraphs and pages."""
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
# What any of these begins with: the matcher then passes over all other characters at a glance.
_OPENERS = f"{_DROPPED}\u200c\u200d\U0001f3f4\U000e0020-\U000e007f"


@cache
def _controls_pattern(openers: str, more: str) -> re.Pattern[str]:
    """Compiled late, for it takes a millisecond and most texts hold no control."""
    return re.compile(f"(?=[{openers}])(?:{_REMOVED}{more})")


def controls(text: str, _value: str, _language: str | None) -> list[Edit]:
    """Drop control characters, whole escape sequences, and what is invisible without a reason."""
    bidi = not _holds_rtl_letter(text)
    pattern = _controls_pattern(_OPENERS + _BIDI, f"|[{_BIDI}]+") if bidi else _controls_pattern(_OPENERS, "")
    return edits_of(pattern, lambda m: m["flag"] or "", text)


def _holds_rtl_letter(text: str) -> bool:
    return any(unicodedata.bidirectional(m.group()) in ("R", "AL") for m in _RTL_BLOCKS.finditer(text))


_SURROGATES = lazy("[\ud800-\udfff]")


def surrogates(text: str, _value: str, _language: str | None) -> list[Edit]:
    """U+FFFD for each lone surrogate, which no encoding can carry."""
    return edits_of(_SURROGATES, "\ufffd", text)


_NON_ASCII_RUN = lazy(r"[\x00-\x7f]?[^\x00-\x7f]+")
_MOST_MARKS = 200
"""Longest run of combining marks that is composed; sorting more would take quadratic time, and no word has them."""


def nfc(text: str, _value: str, _language: str | None) -> list[Edit]:
    """Compose letters and accents."""
    if unicodedata.is_normalized("NFC", text):
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


_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"}
_LIGATURE = lazy(f"[{''.join(_LIGATURES)}]")


def ligatures(text: str, _value: str, _language: str | None) -> list[Edit]:
    """Typesetters' ligatures and the Dutch ĳ become letters; œ, æ and ß are letters."""
    return edits_of(_LIGATURE, lambda m: _LIGATURES[m.group()], text)


_FULLWIDTH = lazy("[！-～]+(?:\u3000[！-～]+)*")
_LATIN = lazy("[A-Za-zÀ-ÖØ-öø-ɏ]")
_EAST_ASIAN = lazy(
    "[\u1100-\u11ff\u2e80-\u2fff\u3001-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def fullwidth(text: str, _value: str, _language: str | None) -> list[Edit]:
    """Full-width letters, digits and signs become plain on lines that are Latin and not East Asian."""
    if not _FULLWIDTH.search(text):
        return []
    edits: list[Edit] = []
    start = 0
    for line in text.split("\n"):
        if _LATIN.search(line) and not _EAST_ASIAN.search(line):
            edits += [(start + at, start + to, new) for at, to, new in edits_of(_FULLWIDTH, _narrow, line)]
        start += len(line) + 1
    return edits


def _narrow(match: re.Match[str]) -> str:
    return match.group().translate(_NARROW)


_NARROW = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}

# At a line end it shows that the word goes on: the break goes with it.
_SOFT_HYPHEN = lazy("\u00ad+(?:(?<=[^\\W\\d_]\u00ad)[ \t]*+\n[ \t]*+(?=[^\\W\\d_]))?")


def soft_hyphen(text: str, _value: str, _language: str | None) -> list[Edit]:
    """Drop soft hyphens, and the line break after one between letters."""
    return edits_of(_SOFT_HYPHEN, "", text) if "\u00ad" in text else []


# --- the author's marks: off unless asked for --------------------------------------------------------------

_QUOTES = lazy("[‘’‚‛“”„‟]")
_DASHES = lazy("[‐‑‒–—―−]")


def quotes(text: str, _value: str, _language: str | None) -> list[Edit]:
    """Curly and low quotation marks become ' and "; guillemets, whose blanks belong to them, stay."""
    return [] if text.isascii() else edits_of(_QUOTES, lambda m: "'" if m.group() < "“" else '"', text)


def dashes(text: str, _value: str, _language: str | None) -> list[Edit]:
    """Dashes, typographic hyphens and the minus sign become the ASCII hyphen."""
    return [] if text.isascii() else edits_of(_DASHES, "-", text)


_ELLIPSIS = lazy("…")


def ellipsis(text: str, _value: str, _language: str | None) -> list[Edit]:
    """The sign … becomes three full stops."""
    return edits_of(_ELLIPSIS, "...", text) if "…" in text else []
