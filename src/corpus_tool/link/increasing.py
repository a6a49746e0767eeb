"""The longest order that two sequences have in common, of things matched with each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_increasing(values: Sequence[int]) -> list[int]:
    """The places of a longest strictly increasing subsequence (C. Schensted, 1961), in n log n steps.

    >>> longest_increasing([3, 1, 4, 1, 5])
    [1, 2, 4]
    """
    ends: list[int] = []  # the smallest value at which a chain of each length can end
    last: list[int] = []  # and where it stands
    before: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(last[length - 1] if length else None)
        ends[length : length + 1] = [value]  # puts it at the end where none is that long yet
        last[length : length + 1] = [at]
    chain: list[int] = []
    place = last[-1] if last else None
    while place is not None:
        chain.append(place)
        place = before[place]
    return chain[::-1]
