"""What is inferred of a date: the sources that may tell it, what each says, and the answer with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Evidence
from corpus_tool.model.options import DayOrder
from corpus_tool.model.record import Stated


class Candidate(NamedTuple):
    """What one source says, and the probability that it is right when it speaks alone."""

    date: EdtfDate
    method: str
    confidence: float
    evidence: tuple[Evidence, ...]
    score: float | None = None
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DateHabits:
    """What the other files of a folder teach about the dates in one of its articles.

    `day_order` is set where numeric dates in the folder are all of one order, `year`
    where all files that state one state this. `folder` is their path.
    """

    folder: str
    day_order: DayOrder | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class DateSources:
    """All that may tell when an article appeared; absent sources are None or empty."""

    text: str = ""
    language: str | None = None
    name: str | None = None
    url: str | None = None
    stated: Mapping[str, Stated] = field(default_factory=dict)
    habits: DateHabits | None = None


@dataclass(frozen=True, slots=True)
class DateInference:
    """A publication date with what speaks for it; `date` is None where only `modified` is known.

    `confidence` is a probability; `alternatives` are dates that other sources gave and that do not agree;
    `remarks` are codes and words for what deserves a look, such as a weekday that the date does not have; `score` is
    that of the line it stands in, None where it comes from elsewhere.
    """

    date: EdtfDate | None
    method: str | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[EdtfDate, ...] = ()
    modified: EdtfDate | None = None
    remarks: tuple[tuple[str, str], ...] = ()
    score: float | None = None
