"""What a line about an article says of it, where whole articles would be too much to hold."""

from __future__ import annotations

from typing import NamedTuple

OPENING = 120


class Listed(NamedTuple):
    """An article in a line: `opening` has the first characters of its text, for one without a title."""

    id: str
    name: str
    title: str | None
    date: str | None
    language: str | None
    outlet: str | None
    words: int
    opening: str = ""
