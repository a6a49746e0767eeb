"""Bars and sparklines of signs, in eighths of a sign where the terminal's encoding has them, in ASCII elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_HEIGHTS = "·▁▂▃▄▅▆▇█"
_ASCII_HEIGHTS = ".123456789"


def blocks_shown() -> bool:
    """Whether standard output can show the signs that bars are made of."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        f"{_EIGHTHS}{_HEIGHTS}".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def bar(value: float, largest: float, width: int, *, blocks: bool = True) -> str:
    """A bar of `width` signs for the largest value; what is not nothing is seen.

    >>> bar(5, 16, 4), bar(1, 1000, 4), bar(0, 16, 4)
    ('█▎', '▏', '')
    >>> bar(16, 16, 4, blocks=False), bar(1, 1000, 4, blocks=False)
    ('####', '#')
    """
    if value <= 0 or largest <= 0:
        return ""
    if not blocks:
        return "#" * max(1, round(value / largest * width))
    eighths = max(1, round(value / largest * width * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def sparkline(values: Sequence[float], largest: float, *, blocks: bool = True) -> str:
    """A sign for each value, as high as the value is beside the largest: `·` is none, `█` the largest.

    In ASCII a dot is none and 9 the largest.

    >>> sparkline([0, 1, 8, 4], 8), sparkline([0, 1, 8, 4], 8, blocks=False)
    ('·▁█▄', '.295')
    """
    heights = _HEIGHTS if blocks else _ASCII_HEIGHTS
    top = len(heights) - 1
    # A height of k stands for more than k - 1 of the top's parts: what is not nothing is seen.
    return "".join(heights[min(top, -int(-value * top // largest))] if value > 0 else heights[0] for value in values)


def signs(*, blocks: bool = True) -> tuple[str, str]:
    """The sign of the largest value of a sparkline, and that of nothing."""
    heights = _HEIGHTS if blocks else _ASCII_HEIGHTS
    return heights[-1], heights[0]
