"""The publication date of an article, from all that states or shows it, by trust.

Stated header > URL > file name > dateline > a line at the top that is there for its date. A weaker source may
add precision to a stronger one that it agrees with; where they differ, the stronger wins and the other becomes
an alternative.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus_tool.infer.date.expressions import NOISE, TIME_AFTER, Expression, find_expressions, parse_stated
from corpus_tool.infer.date.names import date_in_name, date_in_url
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Evidence
from corpus_tool.model.fields import field_of
from corpus_tool.model.record import Stated
from corpus_tool.patterns import lazy
from corpus_tool.text.furniture import MARKER, is_byline, is_date_line, is_dateline, valid_marker_date

TOP_CHARACTERS = 1500
"""How much of a text can hold its dateline and the lines above it."""

TOP_LINES = 8

CONFIDENCE = {
    "header": 0.99,
    "field": 0.98,
    "url": 0.95,
    "name": 0.9,
    "dateline": 0.95,
    "date-line": 0.92,
    "cue": 0.96,
}
"""Confidence per method, before a fitted table exists: shares of right answers we would stake on each source."""


@dataclass(frozen=True, slots=True)
class DateInference:
    """A publication date with what speaks for it; `date` is None where only `modified` is known.

    `confidence` is a probability; `alternatives` are dates that weaker sources gave and that do not agree.
    """

    date: EdtfDate | None
    method: str | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[EdtfDate, ...] = ()
    modified: EdtfDate | None = None


class Candidate(NamedTuple):
    """What one source says."""

    date: EdtfDate
    method: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DateSources:
    """All that may tell when an article appeared; absent sources are None or empty."""

    text: str = ""
    language: str | None = None
    name: str | None = None
    url: str | None = None
    stated: Mapping[str, Stated] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression in running text, with its span there."""

    date: EdtfDate
    start: int
    end: int


def find_dates(
    text: str,
    *,
    language: str | None = None,
    reference: object = None,  # noqa: ARG001 — part of the public call; what needs it is not read yet
) -> list[DateMention]:
    """Every explicit date of a text that names a year, with its span.

    `reference` is part of the call's final form; expressions that need one (`gisteren`, `18 juni`) are not
    read yet.

    >>> [str(m.date) for m in find_dates("Op 18 juni 2018 en in maart 2019.")]
    ['2018-06-18', '2019-03']
    """
    return [
        DateMention(item.date, item.start, item.end)
        for item in find_expressions(text, language)
        if item.date is not None and item.date.earliest is not None
    ]


def infer_date(
    text: str,
    *,
    language: str | None = None,
    name: str | None = None,
    url: str | None = None,
    fields: Mapping[str, str] | None = None,
    reference: str | datetime.date | None = None,
) -> DateInference | None:
    """The publication date of a text, or None where nothing tells it.

    `name` is a file name or path; `fields` holds stated values by any known label; `reference` is the last day
    the article can have appeared: later dates are not answers.

    >>> str(infer_date(" date 2018-06 Vorige week trok een onweer over de kust.").date)
    '2018-06'
    """
    stated = {field_of(label) or label: Stated.in_field(value) for label, value in (fields or {}).items() if value}
    stated = {**dict(_header_lines(text)), **stated}
    found = publication_date(DateSources(text, language, name, url, stated))
    if found is None or reference is None or found.date is None:
        return found
    last = reference if isinstance(reference, datetime.date) else EdtfDate.parse(reference).latest
    too_late = last is not None and found.date.earliest is not None and found.date.earliest > last
    return None if too_late else found


_PAIRS = lazy(r"[ \t]*[^\W\d_]\w{0,30}=[^;|\t\n]*(?:[;|\t]|$)")
_PAIR = lazy(r"(?:^|[;|\t])[ \t]*(?P<label>[^\W\d_]\w{0,30})=(?P<value>[^;|\t\n]+)")
_LABEL = lazy(r"^[ \t]*([^\W\d_][^:\n]{0,40}?)[ \u00a0]?:[ \t]+(.+)$")


def _header_lines(text: str) -> Iterator[tuple[str, Stated]]:
    """Date marker and date labels in the first lines of a text."""
    start = 0
    for line in text[: TOP_CHARACTERS * 2].split("\n")[:20]:
        marker = MARKER.match(line)
        label = _LABEL.match(line)
        if marker and not start and valid_marker_date(marker["date"]):
            yield (
                "date",
                Stated(marker["date"], marker["span"], "text", marker.start("span"), marker.end("span"), "marker"),
            )
        elif label and (name := field_of(label[1])) in ("date", "date_modified") and name:
            value = label[2].strip()
            at = start + label.start(2)
            yield name, Stated(value, value, "text", at, at + len(value), "label")
        elif _PAIRS.match(line):
            for pair in _PAIR.finditer(line):
                if (name := field_of(pair["label"])) in ("date", "date_modified") and name:
                    at = start + pair.start("value")
                    value = pair["value"]
                    yield name, Stated(value, value, "text", at, at + len(value), "label")
        start += len(line) + 1


def publication_date(sources: DateSources) -> DateInference | None:
    """Weigh what the sources say; None where none says anything."""
    candidates = list(_candidates(sources))
    modified = _modified(sources)
    if not candidates:
        return None if modified is None else DateInference(None, None, 0.0, modified=modified)
    best = candidates[0]
    date, evidence, methods = best.date, [best.evidence], [best.method]
    alternatives: list[EdtfDate] = []
    for other in candidates[1:]:
        shared = _narrower(date, other.date)
        if shared is None:
            if str(other.date) not in {str(date), *map(str, alternatives)}:
                alternatives.append(other.date)
        elif str(shared) != str(date):
            date = shared
            evidence.append(other.evidence)
            methods.append(other.method)
    confidence = CONFIDENCE[best.method] - (0.1 if alternatives else 0.0)
    return DateInference(
        date,
        "+".join(dict.fromkeys(methods)),
        round(confidence, 2),
        tuple(evidence),
        tuple(alternatives),
        modified,
    )


def _narrower(date: EdtfDate, other: EdtfDate) -> EdtfDate | None:
    """The date that both allow; None where they exclude each other."""
    return date if str(date) == str(other) else date.intersection(other)


def _candidates(sources: DateSources) -> Iterator[Candidate]:
    """What each source says, the most trusted first."""
    stated = sources.stated.get("date")
    if stated is not None and (date := parse_stated(stated.value, sources.language)) is not None:
        method = "field" if stated.where == "field" else "name" if stated.where == "name" else "header"
        yield Candidate(date, method, _evidence(stated))
    if sources.url and (found := date_in_url(sources.url)) is not None:
        evidence = Evidence(sources.url[found.start : found.end], "url", found.start, found.end, found.rule)
        yield Candidate(found.date, "url", evidence)
    if sources.name and (found := date_in_name(sources.name)) is not None:
        evidence = Evidence(sources.name[found.start : found.end], "name", found.start, found.end, found.rule)
        yield Candidate(found.date, "name", evidence)
    yield from _top_of_text(sources)


def _evidence(stated: Stated) -> Evidence:
    return Evidence(stated.span, stated.where, stated.start, stated.end, stated.rule)


_LINE_MAX = 120
"""Longest line that is there for its date, in characters; a dateline's date stands in so many."""
_OPENING_MAX = 60
"""Within so many characters of a long line a date must begin that the line opens with."""

_HAS_DIGIT = lazy(r"\d")
_PUBLISHED = lazy(
    r"\b(?:publiée?|mise? en ligne|paru|gepubliceerd|geplaatst|(?:first )?published|posted|veröffentlicht|stand"
    r"|publicad[oa]|pubblicat[oa])\b",
    re.IGNORECASE,
)
_UPDATED = lazy(
    r"\b(?:mise? à jour|modifiée?|bijgewerkt|(?:laatst )?gewijzigd|update[dn]?|aktualisiert|last modified"
    r"|actualizad[oa]|aggiornat[oa])\b",
    re.IGNORECASE,
)


def _top_lines(text: str) -> Iterator[tuple[int, str]]:
    """The first lines of a text with their offsets, blank ones left out."""
    start = count = 0
    for line in text[:TOP_CHARACTERS].split("\n"):
        if line.strip():
            yield start, line
            count += 1
        start += len(line) + 1
        if count >= TOP_LINES:
            return


def _top_of_text(sources: DateSources) -> Iterator[Candidate]:
    """Dates in a dateline, or in a short line at the top that is there for its date; never in running text."""
    read = [stated.start for stated in sources.stated.values() if stated.where == "text"]
    for number, (start, line) in enumerate(_top_lines(sources.text)):
        if not _HAS_DIGIT.search(line[:200]) or any(start <= at <= start + len(line) for at in read):
            continue
        for found, cue in _dated_line(line, sources.language, opens=number == 0):
            if cue == "updated" or found.date is None:
                continue
            span = (start + found.start, start + found.end)
            evidence = Evidence(sources.text[span[0] : span[1]], "text", *span, found.rule)
            yield Candidate(found.date, cue, evidence)
            return


def _dated_line(line: str, language: str | None, *, opens: bool) -> Iterator[tuple[Expression, str]]:
    """The date expressions of a line that is furniture, each with what it is there for; `opens` on the first line."""
    dateline = is_dateline(line)
    if len(line) > _LINE_MAX and not dateline and not _HAS_DIGIT.search(line[:_OPENING_MAX]):
        return  # running text whose first date, if any, stands too far in
    window = line[:_LINE_MAX]
    expressions = list(find_expressions(window, language))
    if dateline:
        yield from ((found, "dateline") for found in expressions if not _dash_before(window, found.start))
    elif len(line) <= _LINE_MAX and (is_date_line(line) or is_byline(line) or _nothing_else(line, expressions)):
        for found in expressions:
            cue = _cue(window, found.start)
            if cue == "updated" or found.date is None or found.date.earliest is not None:
                yield found, cue
    elif expressions and (method := _set_off(line, expressions[0], opens=opens)):
        yield expressions[0], method


def _cue(line: str, position: int) -> str:
    """What the last cue before a date announces: an update, a publication, or nothing."""
    updated = max((match.start() for match in _UPDATED.finditer(line, 0, position)), default=-1)
    published = max((match.start() for match in _PUBLISHED.finditer(line, 0, position)), default=-1)
    if updated > published:
        return "updated"
    return "cue" if published >= 0 else "date-line"


def _nothing_else(line: str, expressions: list[Expression]) -> bool:
    """Whether a line holds dates, weekdays, times and cues, and not another word."""
    if not any(found.date is not None and found.date.precision == "day" for found in expressions):
        return False
    for found in reversed(expressions):
        line = f"{line[: found.start]} {line[found.end :]}"
    rest = NOISE.sub(" ", _UPDATED.sub(" ", _PUBLISHED.sub(" ", line)))
    return not any(map(str.isalnum, rest))


# What sets a full date off from the words beside it. A comma alone does not: `20 juni 2018, de dag waarop`.
_PLACE_BEFORE = lazy(r"[A-ZÀ-Þ][^\W\d_]+(?:[ ’'-][A-ZÀ-Þ]?[^\W\d_]+){0,3},(?P<article> le| den)? ")
_AUTHOR_BEFORE = lazy(r"(?:di|da|por|de|av|af) [A-ZÀ-Þ][\w’'.-]+(?: [\w’'.-]+){0,3} [-–—|•·] ")
_SIGN_AFTER = lazy(r"\s*[|•·]|, (?:par|door|by|von|di|por) ")
_DASH_AFTER = lazy(r"\s[-–—]\s")


def _set_off(line: str, found: Expression, *, opens: bool) -> str | None:
    """The method of a full date that opens a line and is set off from what follows; None for running text.

    A dash sets off on the first line only: further down such lines are those of a chronology.
    """
    if found.date is None or found.date.precision != "day":
        return None
    before, after = line[: found.start], line[found.end : _LINE_MAX]
    time = TIME_AFTER.match(after)
    after = after[time.end() :] if time else after
    dash = opens and _DASH_AFTER.match(after) is not None
    if not NOISE.sub("", before) and (dash or _SIGN_AFTER.match(after)):
        return "date-line"
    place = _PLACE_BEFORE.fullmatch(before) if opens else None
    if place and (dash or (place["article"] and after.startswith(". "))):
        return "dateline"
    if _AUTHOR_BEFORE.fullmatch(before) and len(line) <= _LINE_MAX and not NOISE.sub("", after):
        return "date-line"
    return None


def _dash_before(line: str, position: int) -> bool:
    """Whether the dateline's closing dash stands before a position: what follows it is running text."""
    return re.search(r"\s[-–—]\s", line[:position]) is not None


def _modified(sources: DateSources) -> EdtfDate | None:
    """A stated update, or one that a line at the top announces."""
    stated = sources.stated.get("date_modified")
    if stated is not None and (date := parse_stated(stated.value, sources.language)) is not None:
        return date
    for _, line in _top_lines(sources.text):
        if _HAS_DIGIT.search(line[:200]) and _UPDATED.search(line[:120]):
            for found, cue in _dated_line(line, sources.language, opens=False):
                if cue == "updated" and found.date is not None:
                    return found.date
    return None
