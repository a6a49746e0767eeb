"""Rules for text that went through a wrong decoder or an encoder too many: mojibake, C1 codes, entities."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, partial

from corpus_tool.patterns import lazy
from corpus_tool.text.lines import with_lf
from corpus_tool.text.offsets import Edit, edits_of
from corpus_tool.text.rules_characters import COMMON

# --- mojibake: UTF-8 that was decoded as cp1252 or latin-1 -------------------------------------------------

_CP1252_SIGNS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_CONTINUATION = f"\x80-\xbf{_CP1252_SIGNS}"
# A no-break space of which A0 already became a plain one. A letter `Â` at the end of a word in capitals stays.
_LOST_NO_BREAK = "(?<=Â)(?<=[a-zß-öø-ÿ0-9«»“”’)%€.…,;:!?©]Â) (?=[^\\s])"
# What mojibake cannot avoid. It begins with one character class, which the matcher finds fastest;
# `qualité »` with its no-break space is French, and no Chinese sign in three bytes.
_LEAD = "\xc2-\xf4"
_LED = (
    f"(?<=Ã) |{_LOST_NO_BREAK}|(?<=[\xc2-\xdf])[{_CONTINUATION}]"
    f"|(?<=[\xe0-\xef])(?!\xa0»)[{_CONTINUATION}]{{2}}|(?<=[\xf0-\xf4])[{_CONTINUATION}]{{3}}"
)
_MOJIBAKE = lazy(f"[{_LEAD}](?:{_LED})")
# Mojibake and characters that are rare in press text, in one search: most texts have neither.
_SUSPECT = lazy(f"[^{COMMON}](?:(?<![{_LEAD}])|{_LED})")
# 8-bit control sequences are no letters; the line is repaired in the next round, once they are gone.
_EIGHT_BIT_SEQUENCE = lazy(
    "(?<![\xc2-\xf4\x80-\xbf])(?:\x9b[0-?]+[@-~]|[\x90\x98\x9d-\x9f][^\x07\x1b\x90\x98\x9c-\x9f\n]*+(?:\x07|\x1b\\\\|\x9c))"
)
# `“Â”` would become a control character: between signs it is a letter by itself.
_LONE_LETTER = lazy(f"(?<![^\\W\\d_])Â[{_CP1252_SIGNS}](?![^\\W\\d_])")
_ASCII_WORD_CHARACTER = lazy("[A-Za-z0-9]")
_SHORTENED = lazy(f"Â{_LOST_NO_BREAK}")


def is_suspect(text: str) -> bool:
    """Whether a text holds anything that the rules for encodings and for rare characters may change."""
    return _SUSPECT.search(text) is not None


def mojibake(text: str, _value: str, _language: str | None) -> list[Edit]:
    """Repair line by line what is UTF-8 read as cp1252 or latin-1, once or more often."""
    if not _MOJIBAKE.search(text):
        return []
    breaks = with_lf(text) if "\x85" in text and not _has_c1_signs(text) else text
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


def may_be_mojibake(text: str) -> bool:
    """Whether changed blanks may have made mojibake visible."""
    return _MOJIBAKE.search(text) is not None


def _repairs(line: str, start: int) -> list[Edit]:
    """The edits that repair a line; none where that would lose a letter or bring in a replacement mark."""
    restored = _SHORTENED.sub("Â\xa0", line)
    repaired = _ftfy()(restored)
    if restored != line:
        repaired = repaired.replace("Â\xa0", "\xa0")
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
        before, after = line[done:end], repaired[shown:until]
        if before != after and before.translate(_C1) != after:  # single C1 codes are another rule's
            edits.append(_trimmed(before, after, start + done))
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


# --- C1 codes that are cp1252 signs read as latin-1 --------------------------------------------------------

_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
_C1 = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in _UNDEFINED}
_C1_CODE = lazy(f"(?P<sequence>{_EIGHT_BIT_SEQUENCE.pattern})|[{''.join(map(chr, _C1))}]")
_C1_SIGNS = lazy("(?<![\xc2-\xf4\x80-\xbf])[\x91-\x97]")


def c1_punctuation(text: str, _value: str, _language: str | None) -> list[Edit]:
    """C1 codes become the cp1252 signs of their bytes; U+0085 only beside others, for else it ends a line."""
    keep_nel = "\x85" in text and not _has_c1_signs(text)

    def sign(match: re.Match[str]) -> str:
        kept = match["sequence"] is not None or (keep_nel and match.group() == "\x85")
        return match.group() if kept else _C1[ord(match.group())]

    return edits_of(_C1_CODE, sign, text)


def _has_c1_signs(text: str) -> bool:
    """Whether quotation marks and dashes of cp1252 stand in the text as C1 codes."""
    return _C1_SIGNS.search(text) is not None


# --- entities ----------------------------------------------------------------------------------------------

# Whole runs of what an entity can be spelled with, so that no entity begins in one match and ends in another.
_ENTITY_RUN = lazy(r"(?<![A-Za-z0-9#;&])(?=[A-Za-z0-9#;]*+&)[A-Za-z0-9#;&]++")
_ENTITY = lazy(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_URL = lazy(r"\b(?:https?|ftp)://\S+|\bwww\.\S+|(?<![\w.-])[\w-]++(?:\.[\w-]++)++/\S*+")
_MOST_LETTERS_OF_MATHEMATICS = 3
"""HTML 5 gives two and three letters to hundreds of mathematical signs; `R&D;` and `Q&it;` are no such sign."""


def entities(text: str, _value: str, _language: str | None) -> list[Edit]:
    """Character references with their semicolon become characters, outside URLs, at most two levels deep."""
    if "&" not in text or ";" not in text or not _ENTITY.search(text):
        return []
    urls = [m.span() for m in _URL.finditer(text)]
    starts = [start for start, _ in urls]
    edits: list[Edit] = []
    for match in _ENTITY_RUN.finditer(text):
        at = bisect_right(starts, match.start()) - 1
        if (at < 0 or match.start() >= urls[at][1]) and (new := _decoded(match.group())) != match.group():
            edits.append((*match.span(), new))
    return edits


def _decoded(run: str) -> str:
    """The run with its entities decoded twice; as it stood where that leaves one that is nested deeper."""
    if not _ENTITY.search(run):
        return run
    decoded = _ENTITY.sub(_character, _ENTITY.sub(_character, run))
    # Compatibility forms and hidden characters, which later rules take away, must not bring an entity to light.
    seen = "".join(c for c in unicodedata.normalize("NFKC", decoded) if c.isprintable() or c.isspace())
    return run if any(_character(m) != m.group() for m in _ENTITY.finditer(seen)) else decoded


def _character(match: re.Match[str]) -> str:
    """The character of an entity; the entity where it has none."""
    entity = match.group()
    if entity[1] == "#":
        from html import unescape

        character = unescape(entity)
        return entity if character in ("", "\ufffd") else character
    return _names().get(entity[1:], entity)


@cache
def _names() -> dict[str, str]:
    from html.entities import html5, name2codepoint

    longer = {n: c for n, c in html5.items() if n.endswith(";") and len(n) > _MOST_LETTERS_OF_MATHEMATICS + 1}
    return {**longer, **{f"{name};": chr(code) for name, code in name2codepoint.items()}}
