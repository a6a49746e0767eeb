"""The project's own gold items for dates: what the text says about itself, and what its expressions mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus_tool import find_dates, infer_date

HERE = Path(__file__).parent / "dates"
FILES = ("written", "written2", "written3", "pages", "relative")
"""Every item of these is a test; holdout.yaml is only counted, by benchmarks/dates.py."""

NOT_REACHED = {
    "w115": "a month right after a slash is not read, so that only the first of two months counts",
    "w173": "years counted in words beyond twelve are not read",
    "t008": "a year that stands apart from its day in an old masthead is not joined to it",
    "t009": "a month that character recognition has misread is not read",
    "p013": "of a list of dated headlines near the top a short one is taken for a date line",
    "p045": "a name and a day in a list of deaths near the top look like a signature",
}
"""Items that are answered otherwise, each with the fault."""


def items() -> list[Any]:
    """The items with their ids; those that are not reached are expected to fail."""
    found = [item for name in FILES for item in yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))]
    return [pytest.param(item, id=item["id"], marks=_marks(item["id"])) for item in found]


def _marks(name: str) -> list[pytest.MarkDecorator]:
    """What is expected to fail, and why."""
    return [pytest.mark.xfail(strict=True, reason=NOT_REACHED[name])] if name in NOT_REACHED else []


def answer(item: dict[str, Any]) -> str | None:
    """What the library says of an item."""
    reference = str(item["ref"]) if item.get("ref") else None
    text, kind = item["text"], item.get("kind", "text")
    if item.get("task") == "mention":
        mentions = [str(found.date) for found in find_dates(text, language=item["lang"], reference=reference)]
        return ", ".join(mentions) or None
    found = infer_date(
        text if kind == "text" else "",
        language=item["lang"],
        name=text if kind == "filename" else None,
        url=text if kind == "url" else None,
        reference=reference,
    )
    return None if found is None or found.date is None else str(found.date)


@pytest.mark.parametrize("item", items())
def test_gold(item: dict[str, Any]) -> None:
    """The answer is the gold one, or one that is right too."""
    right = {None if item["gold"] is None else str(item["gold"])}
    right |= {None if value == "unknown" else str(value) for value in item.get("accept", ())}
    assert answer(item) in right
