"""What would be read: each file's format, the reasons, the number of records, and what the first one states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_tool.ingest.pipeline import Reading
from corpus_tool.ingest.walk import check_sources, walk
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport
from corpus_tool.model.record import RawRecord

SAMPLE_CHARACTERS = 60


@dataclass(slots=True)
class Sniffed:
    """One visited entry: its report, why its format was chosen, and the first record as the file states it."""

    report: FileReport
    first: RawRecord | None = None

    def to_dict(self) -> dict[str, Any]:
        """The finding as a flat row."""
        report = self.report
        return {
            "path": report.path,
            "outcome": report.outcome,
            "format": report.format,
            "encoding": report.encoding,
            "articles": report.records,
            "rejected": report.rejected,
            "known": report.known,
            "why": list(report.why)
            or [item.message for item in report.diagnostics if item.severity in ("skipped", "error")],
            "fields": stated_fields(self.first) if self.first else {},
            "diagnostics": [item.to_dict() for item in report.diagnostics],
        }


def stated_fields(record: RawRecord) -> dict[str, str]:
    """What the record states, field by field, `extra.` before labels that are no field; the text by its first words."""
    if record.complete is not None:
        return {
            key: str(value)[:SAMPLE_CHARACTERS]
            for key, value in record.complete.items()
            if value not in (None, "", [], {})
        }
    fields = {name: stated.value[:SAMPLE_CHARACTERS] for name, stated in record.fields.items()}
    fields["text"] = " ".join(record.body[: 4 * SAMPLE_CHARACTERS].split())[:SAMPLE_CHARACTERS]
    return {
        **fields,
        **{f"extra.{key}": str(value)[:SAMPLE_CHARACTERS] for key, value in record.extra.items()},
    }


def sniff(sources: Sequence[str], options: ReadOptions) -> Iterator[Sniffed]:
    """Read every file of the sources as far as records, concluding nothing."""
    reading = Reading(options)
    for source in check_sources(sources):
        for found in walk(source):
            sniffed = Sniffed(FileReport(found.path))
            for recorded in reading.records(found, sniffed.report):
                sniffed.first = sniffed.first or recorded.record
            yield sniffed
