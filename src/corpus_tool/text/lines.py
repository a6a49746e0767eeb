"""Lines of decoded text, whatever ends them, without moving a character."""

from __future__ import annotations

import re

# U+0085 inside the wreck of a UTF-8 sequence (`Ã` + U+0085 was `Å`) is a letter's second byte, no line end.
_NEL = re.compile("(?<![\xc2-\xf4\x80-\xbf])\x85")
_OTHER_ENDS = ("\u2028", "\u2029")


def with_lf(text: str) -> str:
    """The text with every line end as LF, at the same length, so that offsets hold for the original.

    CR LF becomes a blank and LF; CR, NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR become LF. VT and FF stay.

    >>> with_lf("a\\r\\nb\\rc")
    'a \\nb\\nc'
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if text.isascii():
        return text
    if "\x85" in text:
        text = _NEL.sub("\n", text)
    for end in _OTHER_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    return text


def line_number(text: str, position: int) -> int:
    """The 1-based line of a position, counted as editors do: by LF, or by CR where there is no LF."""
    return text.count("\n" if "\n" in text else "\r", 0, position) + 1
