"""The publication date of an article, from all that states or shows it, by trust.

Stated header > URL > file name > dateline, byline, line with a cue, date line > a date deduced from a pair > an
imprint. A weaker source may add precision to a stronger one that it agrees with; where they differ, the stronger wins
and the other becomes an alternative. Where nothing gives a good reason to speak, there is no date.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

from corpus_tool.infer.date.calibration import confidence_of_line, confidence_of_method
from corpus_tool.infer.date.deduce import Deduced, deduce
from corpus_tool.infer.date.expressions import Expression, find_expressions, parse_stated
from corpus_tool.infer.date.headers import first_usable, header_lines
from corpus_tool.infer.date.inference import Candidate, DateInference, DateSources
from corpus_tool.infer.date.lines import THRESHOLD, LineDate, line_dates
from corpus_tool.infer.date.names import date_in_name, date_in_url
from corpus_tool.infer.date.order import order_of_text
from corpus_tool.infer.date.spelled import DAY_FIRST
from corpus_tool.infer.date.yearless import in_some_year
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Evidence
from corpus_tool.model.fields import field_of
from corpus_tool.model.options import DateOptions, DayOrder
from corpus_tool.model.record import Stated

CLOSE_SCORE = 1.0
"""A date of another line counts as a rival where its score is so near the best."""
CONFLICT_FACTOR = 0.85
"""What a source of another date leaves of the confidence."""
ASSUMED_FACTOR = 0.9
"""What is left of it where the year, or the order of day and month, is not in the article itself."""

FOLDER = "folder-"
"""What the rules of evidence from other files of a folder begin with; its span is the folder in the path."""

NOTHING_SAID = DateOptions()


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
    the article can have appeared, as a date or EDTF: it gives the year of days that have none, and later dates are
    no answers. Raises ValueError where `reference` is no date.

    >>> str(infer_date(" date 2018-06 Vorige week trok een onweer over de kust.").date)
    '2018-06'
    """
    said = ((field_of(label) or label, Stated.in_field(str(value))) for label, value in (fields or {}).items() if value)
    stated = first_usable((*said, *header_lines(text)), language)
    options = DateOptions(reference=as_edtf(reference)) if reference is not None else NOTHING_SAID
    found = publication_date(DateSources(text, language, name, url, stated), options)
    return None if found is None or (found.date is None and found.modified is None) else found


def as_edtf(reference: str | datetime.date | EdtfDate) -> EdtfDate:
    """A reference as an EDTF date; ValueError where it is none."""
    if isinstance(reference, EdtfDate):
        return reference
    return EdtfDate.from_date(reference) if isinstance(reference, datetime.date) else EdtfDate.parse(reference)


def publication_date(sources: DateSources, options: DateOptions = NOTHING_SAID) -> DateInference | None:
    """Weigh what the sources say; None where none says anything."""
    weighing = _Weighing(sources, options)
    candidates = weighing.allowed()
    modified = weighing.modified()
    if not candidates:
        late = tuple(weighing.late())
        return DateInference(None, None, 0.0, modified=modified, remarks=late) if modified or late else None
    best = candidates[0]
    date, evidence, methods, remarks = best.date, [*best.evidence], [best.method], [*best.remarks]
    alternatives: list[EdtfDate] = []
    for other in candidates[1:]:
        shared = _narrower(date, other.date)
        if shared is None:
            if str(other.date) not in {str(date), *map(str, alternatives)}:
                alternatives.append(other.date)
        elif str(shared) != str(date):
            date = shared
            evidence += other.evidence
            methods.append(other.method)
            remarks += other.remarks
    confidence = best.confidence * (CONFLICT_FACTOR if alternatives else 1.0)
    return DateInference(
        date,
        "+".join(dict.fromkeys(methods)),
        round(confidence, 2),
        tuple(evidence),
        tuple(alternatives),
        modified,
        tuple(remarks),
        best.score,
    )


def reasons(sources: DateSources, options: DateOptions = NOTHING_SAID) -> list[tuple[str, str]]:
    """What each kind of source says of the date, the most trusted first, and what became of it; "" for silence."""
    weighing = _Weighing(sources, options)
    allowed = weighing.allowed()
    found = publication_date(sources, options)
    told = []
    for kind, methods in _KINDS.items():
        said = [item for item in allowed if item.method.split("+")[0] in methods]
        if not said:
            barred = options.methods and not {*methods} & {*options.methods}
            told.append((kind, "not asked" if barred else ""))
        told += [(kind, _became(item, allowed[0], found)) for item in said]
    return told


_KINDS = {
    "stated date": ("header", "field"),
    "URL": ("url",),
    "file name": ("name",),
    "dated lines": ("dateline", "byline", "cue", "date-line"),
    "relative pairs": ("deduced",),
    "imprint": ("imprint",),
}


def _became(item: Candidate, best: Candidate, found: DateInference | None) -> str:
    """What became of what one source says."""
    said = f"{item.date}, “{item.evidence[0].text}”, {item.method}"
    if item is best:
        return f"{said}: taken, the most trusted that speaks"
    if found is not None and item.date in found.alternatives:
        return f"{said}: differs, kept as an alternative"
    if found is not None and any(evidence in found.evidence for evidence in item.evidence):
        return f"{said}: agrees and is more precise"
    return f"{said}: agrees"


def _narrower(date: EdtfDate, other: EdtfDate) -> EdtfDate | None:
    """The date that both allow; None where they exclude each other."""
    return date if str(date) == str(other) else date.intersection(other)


class _Weighing:
    """The work on one article: what each source says of its date."""

    def __init__(self, sources: DateSources, options: DateOptions) -> None:
        self.sources = sources
        self.options = options
        self.day_order, self.order_evidence = self._day_order()
        self.lines = line_dates(sources.text, sources.language, self.day_order)

    def _day_order(self) -> tuple[DayOrder | None, Evidence | None]:
        """The order of numeric dates: as the user says, as the text shows, as its folder shows."""
        sources, habits = self.sources, self.sources.habits
        if self.options.day_order is not None:
            return self.options.day_order, None
        if (shown := order_of_text(sources.text)) is not None:
            order, start, end = shown
            return order, Evidence(sources.text[start:end], "text", start, end, f"day-order-{order}")
        # One file with months first says nothing of files in languages that write the day first.
        if habits is not None and habits.day_order is not None and (habits.day_order == "dmy" or not self._day_first()):
            folder = habits.folder or sources.name or ""  # a file of the current folder stands for it
            return habits.day_order, Evidence(folder, "name", 0, len(folder), f"{FOLDER}{habits.day_order}")
        return None, None

    def candidates(self) -> Iterator[Candidate]:
        """What each source says, the most trusted first."""
        sources = self.sources
        stated = sources.stated.get("date")
        if stated is not None and (date := self.read(stated.value)) is not None:
            method = "field" if stated.where == "field" else "name" if stated.where == "name" else "header"
            remarks = self._stated_remarks(stated.value) if date.precision == "year" else ()
            yield Candidate(date, method, confidence_of_method(method), (_evidence(stated),), remarks=remarks)
        if sources.url and (found := date_in_url(sources.url)) is not None:
            evidence = Evidence(sources.url[found.start : found.end], "url", found.start, found.end, found.rule)
            yield Candidate(found.date, "url", confidence_of_method("url"), (evidence,))
        if sources.name and (found := date_in_name(sources.name, self._name_order())) is not None:
            evidence = Evidence(sources.name[found.start : found.end], "name", found.start, found.end, found.rule)
            yield Candidate(found.date, "name", confidence_of_method("name"), (evidence,))
        yield from self._of_text()

    def _name_order(self) -> DayOrder | None:
        """The order of a numeric date in a name: as everywhere, else day first where the language writes so."""
        return self.day_order or ("dmy" if self._day_first() else None)

    def _day_first(self) -> bool:
        """Whether the language of the text writes the day first."""
        return (self.sources.language or "").split("-")[0] in DAY_FIRST

    def late(self) -> Iterator[tuple[str, str]]:
        """The dates that are no answer because they are after the reference."""
        for item in self.candidates():
            if not self.is_possible(item.date):
                yield "date-after-reference", f"{item.date} by {item.method} is after {self.options.reference}"

    def allowed(self) -> list[Candidate]:
        """What the sources say that may speak, with the years that are known, none after the reference."""
        methods = self.options.methods
        found = [item for item in self.candidates() if not methods or item.method.split("+")[0] in methods]
        return [item for item in map(self.with_year, found) if self.is_possible(item.date)]

    def read(self, value: str) -> EdtfDate | None:
        """The date that a stated value is."""
        return parse_stated(value, self.sources.language, self.day_order)

    def _of_text(self) -> Iterator[Candidate]:
        """The best dated line of the text and its rivals; without one a deduced date; then an imprint."""
        read = [(it.start, it.end) for it in self.sources.stated.values() if it.where == "text" and self.read(it.value)]
        lines = [line for line in self.lines if not line.is_update and line.score >= THRESHOLD]
        lines = [line for line in lines if not any(start < line.end and line.start < end for start, end in read)]
        dated = [line for line in lines if line.method != "imprint"]
        if dated:
            best = max(dated, key=lambda line: line.score)
            rivals = [line for line in dated if line.score >= best.score - CLOSE_SCORE]
            for line in sorted(rivals, key=lambda line: -line.score):
                yield self._of_line(line)
        elif (found := deduce(self.sources.text, self.sources.language, self.day_order, self._resolver())) is not None:
            evidence = Evidence(self.sources.text[found.start : found.end], "text", found.start, found.end, "pair")
            yield self._of_pair(found, evidence)
        for line in lines:
            if line.method == "imprint":
                yield self._of_line(line)
                return

    def _of_pair(self, found: Deduced, evidence: Evidence) -> Candidate:
        """A deduced date as a candidate; less sure where an anchor gave its year."""
        confidence = confidence_of_method("deduced")
        if not found.is_anchored:
            return Candidate(found.date, "deduced", confidence, (evidence,))
        return Candidate(found.date, f"deduced+{self._year(found.date)[1]}", confidence * ASSUMED_FACTOR, (evidence,))

    def _of_line(self, line: LineDate) -> Candidate:
        """A dated line as a candidate; the evidence of the order stands with it where it was needed."""
        expression = line.expression
        date = expression.date
        assert date is not None, "lines without a date are not given"
        evidence = [Evidence(self.sources.text[line.start : line.end], "text", line.start, line.end, expression.rule)]
        confidence = confidence_of_line(line.score)
        if expression.readings and self.order_evidence is not None:
            evidence.append(self.order_evidence)
            confidence *= ASSUMED_FACTOR if self.order_evidence.where == "name" else 1.0
        remarks = [*_order_remarks(expression, evidence[0].text)]
        if line.weekday_agrees is False:
            confidence *= CONFLICT_FACTOR
            remarks.append(("weekday-conflict", f"{evidence[0].text!r} stands beside another weekday than it has"))
        return Candidate(date, line.method, confidence, tuple(evidence), line.score, tuple(remarks))

    def _stated_remarks(self, value: str) -> tuple[tuple[str, str], ...]:
        """What deserves a look about a stated value of which only the year was taken."""
        found = find_expressions(value, self.sources.language, self.day_order)
        return tuple(remark for item in found for remark in _order_remarks(item, value[item.start : item.end]))

    def _resolver(self) -> Callable[[EdtfDate], EdtfDate] | None:
        """What gives days their year, where an anchor may."""
        habits = self.sources.habits
        anchored = self.options.assume_year or self.options.reference or (habits is not None and habits.year)
        return self._resolved if anchored else None

    def _resolved(self, date: EdtfDate) -> EdtfDate:
        """A day without a year with the year of an anchor, where there is one."""
        year, _ = self._year(date) if date.precision == "yearless" else (None, "")
        return date if year is None else date.intersection(EdtfDate.year(year)) or date

    def with_year(self, found: Candidate) -> Candidate:
        """A day without a year with the year that an anchor gives: the user, the reference, the folder."""
        if found.date.precision != "yearless":
            return found
        dated = self._resolved(found.date)
        if dated is found.date:
            return found
        rule = self._year(found.date)[1]
        method, habits = f"{found.method}+{rule}", self.sources.habits
        if rule == "folder-year" and habits is not None:
            folder = Evidence(habits.folder, "name", 0, len(habits.folder), rule)
            found = found._replace(evidence=(*found.evidence, folder))
        return found._replace(date=dated, method=method, confidence=found.confidence * ASSUMED_FACTOR)

    def _year(self, date: EdtfDate) -> tuple[int | None, str]:
        options, habits = self.options, self.sources.habits
        if options.assume_year is not None:
            return options.assume_year, "assumed-year"
        for anchor, rule in ((options.reference, "reference"), (self.modified(), "update")):
            last = anchor.latest if anchor is not None else None
            dated = in_some_year(date, EdtfDate.from_date(last), None) if last is not None else None
            if dated is not None and dated.earliest is not None:
                return dated.earliest.year, rule
        if habits is not None and habits.year is not None:
            return habits.year, "folder-year"
        return None, ""

    def is_possible(self, date: EdtfDate) -> bool:
        """Whether a date is not after the last day the article can have appeared."""
        reference = self.options.reference
        last = reference.latest if reference is not None else None
        return last is None or date.earliest is None or date.earliest <= last

    def modified(self) -> EdtfDate | None:
        """A stated update, or one that a line announces."""
        stated = self.sources.stated.get("date_modified")
        if stated is not None and (date := self.read(stated.value)) is not None:
            return date
        return next((line.expression.date for line in self.lines if line.is_update), None)


def _order_remarks(found: Expression, text: str) -> Iterator[tuple[str, str]]:
    """That a numeric date can be read in two ways, where only its year was taken."""
    if found.readings and found.date is not None and found.date.precision == "year":
        yield "day-order-unknown", f"{text!r} may be {' or '.join(map(str, found.readings))}"


def _evidence(stated: Stated) -> Evidence:
    return Evidence(stated.span, stated.where, stated.start, stated.end, stated.rule)
