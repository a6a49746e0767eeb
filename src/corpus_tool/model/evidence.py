"""Why we believe a value: the method, the confidence, and the text it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

PASSAGE = "passage-"
"""What the rule of a passage in another language begins with; its tag follows."""

MOST = 1 << 63
"""Integers of our formats have 64 bits, as those of SQLite and Parquet."""

Where = Literal["text", "raw", "field", "name", "url"]


def checked(value: Any, *types: type) -> Any:
    """The value, if it is of one of these types and not a boolean taken for a number; TypeError otherwise."""
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise TypeError(f"{value!r:.40} is not {' or '.join(kind.__name__ for kind in types)}")
    if isinstance(value, int) and not -MOST <= value < MOST:
        raise TypeError("a number of more than 64 bits")
    return value


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span that was read, and the rule that read it.

    Offsets are code points, half-open: of `Article.text` for "text", of the decoded raw record for "raw",
    of the value itself for "field", "name" (a file name or path) and "url".
    """

    text: str
    where: Where
    start: int
    end: int
    rule: str

    def to_dict(self) -> dict[str, Any]:
        """The span as it stands in JSON."""
        return {
            "text": self.text,
            "where": self.where,
            "start": self.start,
            "end": self.end,
            "rule": self.rule,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Evidence:
        """The reverse of `to_dict`; KeyError or TypeError where the shape is another."""
        return cls(
            text=checked(data["text"], str),
            where=checked(data["where"], str),
            start=checked(data["start"], int),
            end=checked(data["end"], int),
            rule=checked(data["rule"], str),
        )


@dataclass(frozen=True, slots=True)
class Inferred:
    """How one field came to its value; `confidence` is a probability, 0 to 1.

    `alternatives` is None for fields that have none by nature, and a tuple of EDTF strings for dates.
    """

    method: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[str, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The reasoning as it stands in JSON."""
        data: dict[str, Any] = {
            "method": self.method,
            "confidence": self.confidence,
            "evidence": [item.to_dict() for item in self.evidence],
        }
        if self.alternatives is not None:
            data["alternatives"] = list(self.alternatives)
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> Inferred | None:
        """The reverse of `to_dict`; KeyError or TypeError where the shape is another."""
        if data is None:
            return None
        alternatives = checked(data.get("alternatives"), list, type(None))
        return cls(
            method=checked(data["method"], str),
            confidence=checked(data["confidence"], float, int),
            evidence=tuple(Evidence.from_dict(item) for item in checked(data["evidence"], list)),
            alternatives=None if alternatives is None else tuple(checked(date, str) for date in alternatives),
        )
