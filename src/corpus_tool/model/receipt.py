"""The receipt: what became of every file, and the sums that must add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus_tool.errors import Diagnostic

Outcome = Literal["loaded", "skipped", "error"]


@dataclass(slots=True)
class FileReport:
    """What became of one visited entry.

    `records` are the articles it newly gave; `rejected` and `known` come beside them: found = the sum of the
    three. `declared` is how many the file itself says it holds, where its format says so; `why` are the
    reasons for its format.
    """

    path: str
    outcome: Outcome = "loaded"
    reason: str | None = None
    format: str | None = None
    encoding: str | None = None
    records: int = 0
    rejected: int = 0
    known: int = 0
    declared: int | None = None
    sha256: str | None = None
    why: tuple[str, ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The row of the receipt."""
        row: dict[str, Any] = {
            "path": self.path,
            "outcome": self.outcome,
            "reason": self.reason,
            "format": self.format,
            "encoding": self.encoding,
            "records": self.records,
            "rejected": self.rejected,
            "known": self.known,
            "declared": self.declared,
            "diagnostics": [item.to_dict() for item in self.diagnostics],
        }
        if self.path == "-":
            row["sha256"] = self.sha256
        return row


@dataclass(slots=True)
class Receipt:
    """The reports of a run; with `keep` false only the sums are kept, so that memory stays flat.

    `codes` counts diagnostics by code. `stored` is None where nothing is stored.
    """

    keep: bool = True
    files: list[FileReport] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    records: int = 0
    known: int = 0
    rejected: int = 0
    stored: int | None = None

    def add(self, report: FileReport) -> None:
        """Count a finished file."""
        self.outcomes[report.outcome] += 1
        self.codes.update(item.code for item in report.diagnostics)
        self.records += report.records
        self.known += report.known
        self.rejected += report.rejected
        if self.keep:
            self.files.append(report)

    @property
    def damaged(self) -> bool:
        """Whether some input was rejected or damaged: the exit code is 3 then."""
        return bool(self.rejected or self.outcomes["error"])

    def totals(self) -> dict[str, int | None]:
        """The sums; found records = records + known + rejected."""
        return {
            "files": sum(self.outcomes.values()),
            "records": self.records,
            "stored": self.stored,
            "known": self.known,
            "rejected": self.rejected,
            "skipped": self.outcomes["skipped"],
            "errors": self.outcomes["error"],
        }

    def to_dict(self, tool: str, options: dict[str, Any]) -> dict[str, Any]:
        """The whole receipt."""
        return {
            "files": [r.to_dict() for r in self.files],
            "totals": self.totals(),
            "tool": tool,
            "options": options,
        }
