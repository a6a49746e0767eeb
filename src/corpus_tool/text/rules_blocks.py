"""Rules for whole blocks: which are boilerplate, whether the text was cut off, and of what kind the others are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from corpus_tool.model.article import Block
from corpus_tool.patterns import lazy
from corpus_tool.text.blocks import LIST_ITEM, SENTENCE_MARKS, find_blocks
from corpus_tool.text.boilerplate import MAX_LINE, Boilerplate
from corpus_tool.text.furniture import is_byline, is_date_line, is_dateline
from corpus_tool.text.offsets import Edit

AGENCY_TAIL = 400
"""How far from the end of the last paragraph an agency's sign is looked for."""

SHORT = 200
"""Longest byline, date line or caption, in code points."""


class Piece(NamedTuple):
    """A piece of boilerplate and its span in the text."""

    kind: str
    start: int
    end: int


@dataclass(slots=True)
class Findings:
    """What blocks are boilerplate, how the rest of the text is put together, and what that says."""

    pieces: list[Piece] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    agency: str | None = None
    truncated: bool = False


def find_pieces(text: str, language: str | None, lists: Boilerplate) -> Findings:
    """The boilerplate of a text: whole blocks, and the agency's sign at the end of its last paragraph.

    A text of nothing but boilerplate keeps it: it is all that there is. `truncated` says that the last word is
    a paywall's.
    """
    findings = Findings()
    kept: list[tuple[int, int]] = []
    start = 0
    for block in text.split("\n\n"):
        # Most blocks are paragraphs: a glance at the first line is enough.
        short = len(block) <= MAX_LINE or "\n" in block[: MAX_LINE + 1]
        kinds = lists.line_kinds(block, language) if short else ()
        if kinds:
            findings.pieces += _lines(text, start, start + len(block), kinds)
        else:
            kept.append((start, start + len(block)))
        start += len(block) + 2
    if not kept:
        return Findings()
    findings.truncated = _ends_in_paywall(findings.pieces, kept[-1][1])
    _take_agency(text, kept, findings, lists)
    if findings.pieces:
        findings.edits = list(_gaps(text, kept))
    return findings


def _ends_in_paywall(pieces: list[Piece], end: int) -> bool:
    return any(piece.kind == "paywall" and piece.start > end for piece in pieces)


def _lines(text: str, start: int, end: int, kinds: tuple[str, ...]) -> Iterator[Piece]:
    """One piece for each line of a block."""
    for kind in kinds:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield Piece(kind, start, stop)
        start = stop + 1


def _take_agency(text: str, kept: list[tuple[int, int]], findings: Findings, lists: Boilerplate) -> None:
    """Take the signs off the end of the last paragraph; the last of them names the agency."""
    while True:
        start, end = kept[-1]
        tail = max(start, end - AGENCY_TAIL)
        sign = lists.agency_sign(text[tail:end]) if _may_be_signed(text[tail:end], lists.agency) else None
        if sign is None:
            return
        at = tail + sign[0]
        stop = tail + len(text[tail:at].rstrip())
        if stop == start:
            return
        findings.pieces.append(Piece("agency", at, end))
        findings.agency = findings.agency or sign[1]
        kept[-1] = (start, stop)


def _may_be_signed(paragraph: str, agency: str) -> bool:
    """Whether a paragraph ends in a bracket or in the last word of an agency's name."""
    end = paragraph.rstrip().rstrip(".")
    word = _LAST_WORD.search(end[-_LONGEST_NAME:])
    return end.endswith((")", "]")) or (word is not None and word.group() in _last_words(agency))


_LAST_WORD = lazy(r"\w+\Z")
_LONGEST_NAME = 40


@cache
def _last_words(agency: str) -> frozenset[str]:
    words = (re.findall(r"\w+", name) for name in agency.split("|"))
    return frozenset(found[-1] for found in words if found)


def _gaps(text: str, kept: list[tuple[int, int]]) -> Iterator[Edit]:
    """The edits that leave the kept blocks, one empty line apart."""
    if kept[0][0]:
        yield 0, kept[0][0], ""
    for (_, end), (start, _) in pairwise(kept):
        if start - end > 2:
            yield end, start - 2, ""
    if kept[-1][1] < len(text):
        yield kept[-1][1], len(text), ""


# --- kinds -------------------------------------------------------------------------------------------------

_CAPTION_LABEL = (
    r"(?:op de )?(?:foto|beeld|afbeelding|bijschrift)|(?:sur la )?photo|(?:sur l['’])?image|légende|illustration"
    r"|(?:im )?bild|bildunterschrift|(?:in the )?picture|caption|picture"
)
_CAPTION = lazy(
    rf"(?:{_CAPTION_LABEL})(?: \((?:links|rechts|boven|onder|gauche|droite|left|right|above)\))? ?: ?\S"
    rf"|.{{20,}}?(?:[ (–-](?:©|\(c\)) ?|[ (](?:foto|photo|bild|beeld) ?: ?)[\w.’'&/@ -]{{2,40}}\)?$",
    re.IGNORECASE,
)
_DATELINE_ENDS = ("–", "—", "-")


def mark_blocks(text: str, *, subheads: bool = True, furniture: bool = True) -> tuple[Block, ...]:
    """The blocks of normalized text with their kinds: paragraph, subhead, byline, dateline, caption or list."""
    blocks = find_blocks(text)
    for at, (kind, start, end) in enumerate(blocks):
        marked = _furniture(text[start:end]) if furniture and _may_be_furniture(text, start, end) else None
        if marked is None and (subheads or kind != "subhead"):
            continue
        blocks[at] = Block(marked or "paragraph", start, end)
    return tuple(blocks)


def _may_be_furniture(text: str, start: int, end: int) -> bool:
    return end - start <= SHORT or LIST_ITEM.match(text, start) is not None


def _furniture(block: str) -> str | None:
    """The kind of a block that is no running text; None for all others."""
    lines = block.split("\n")
    if all(map(LIST_ITEM.match, lines)):
        # A single line after a dash may be speech.
        return "list" if len(lines) > 1 or block[0] not in "–—>" else None
    if len(block) > SHORT:
        return None
    if all(map(is_byline, lines)):
        return "byline"
    if block[-1:] not in SENTENCE_MARKS and all(map(is_date_line, lines)):
        return "dateline"
    if block[-1:] in _DATELINE_ENDS and len(lines) == 1 and is_dateline(f"{block} X"):
        return "dateline"
    marked = ":" in block or "©" in block or "(c)" in block.lower()
    return "caption" if marked and len(lines) == 1 and _CAPTION.match(block) else None
