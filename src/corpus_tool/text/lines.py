"""Lines of decoded text, whatever ends them, without moving a character."""

from __future__ import annotations

from corpus_tool.patterns import lazy

# U+0085 inside the wreck of a UTF-8 sequence (`Ã` + U+0085 was `Å`) is a letter's later byte, no line end; two
# of them after a letter (`é` + U+0085 U+0085) are an empty line.
_NEL = lazy(
    "(?<![\xc2-\xdf])(?<![\xe0-\xf4][\x80-\x84\x86-\xbf])(?<![\xf0-\xf4][\x80-\xbf]{2})"
    "\x85(?:(?<![\xe0-\xf4]\x85)|(?![\x80-\x84\x86-\xbf]))"
)
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
