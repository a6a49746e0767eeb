"""Lines of a text that are there for their date: datelines, bylines, date lines, lines with a cue, imprints.

Each date in such a line gets a score: what it stands in, what stands beside it, where the line stands. Running text
scores nothing, so that births, laws and fixtures are no publication dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from corpus_tool.infer.date import cues, placing
from corpus_tool.infer.date.expressions import Expression, find_expressions, make_date
from corpus_tool.infer.date.placing import TOP_LINES
from corpus_tool.infer.date.reading import fold
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.options import DayOrder
from corpus_tool.patterns import lazy
from corpus_tool.text.furniture import MARKER, is_byline, is_date_line, is_dateline

TEXT_CHARACTERS = 8000
"""How much of a text is looked through, and as much of its end as `TAIL_CHARACTERS`."""
TAIL_CHARACTERS = 600
LINE_MAX = 160
"""Longest line that can be there for its date, in characters; a dateline's date stands in so many."""
YEARLESS_MAX = 40
"""Longest line that can be there for a day without a year, but for datelines."""
OPENING_MAX = 60
"""Within so many characters of a long line a date must begin that the line opens with."""

SCORES = {"cue": 4.5, "dateline": 4.0, "alone": 4.0, "byline": 3.5, "set-off": 3.2, "short": 3.0, "imprint": 2.6}
TIME_BONUS = 1.0
WEEKDAY_BONUS = 0.5
WEEKDAY_PENALTY = 1.0
TOP_BONUS = 0.5  # among the first lines
LATE_PENALTY = 0.7  # further down than headers go
LATE_LINES = 25
LOOSE_CUE_PENALTY = 2.0  # a cue in the midst of words: `un article publié le 3 mai`
LOOSE_CUE_WORDS = 5
RELATED_PENALTY = 3.5  # under a heading that announces other articles, or comments
YEARLESS_PENALTY = 1.5  # outside datelines
LIST_PENALTY = 1.6  # words with a date far down are a list of other articles
LIST_LINES = 12
WORD_PENALTY = 0.7  # for each word beside the date, after the third, that has no reason to be there
THRESHOLD = 2.0


class LineDate(NamedTuple):
    """A date that a line is there for: its place in the text, the method, the score; or one of an update."""

    expression: Expression
    start: int
    end: int
    method: str
    score: float
    weekday_agrees: bool | None
    is_update: bool = False


class _Line(NamedTuple):
    """A line with its number among those that are not blank, and where it starts."""

    number: int
    start: int
    text: str
    is_related: bool

    @property
    def is_short(self) -> bool:
        return len(self.text) <= LINE_MAX


class _Opening(NamedTuple):
    """The opening of a line with its dates, and the words beside them."""

    line: _Line
    window: str
    lowered: str
    expressions: list[Expression]
    rest: list[str]


_HAS_DIGIT = lazy(r"\d")
_YEARISH = lazy(r"[12]\d\d\d|['’]\d\d|\d ?[/.-] ?\d\d? ?[/.-] ?\d|[^\W\d_]-\d\d|[^\D0-9]")
_ISSUE_YEAR = lazy(r"(?<![\w/.-])(?:1[6-9]|20)\d\d(?![\w/-]|\.\d)")
_DAY_MONTH = lazy(r"(?P<d>[0-3]?\d)[/.](?P<m>[01]?\d)(?=\s*\([A-Z])")
_AGENCY_FIRST = lazy(r"\s*\([A-Z][\w/.+ -]{1,20}\)\s+(?:[-–—]\s+)?")


def line_dates(text: str, language: str | None, day_order: DayOrder | None = None) -> list[LineDate]:
    """The dates that lines of a text are there for, publication and update, each with its score, in order."""
    found: list[LineDate] = []
    for line in _lines(text):
        found += _dated(line, language, day_order)
    return found


def _lines(text: str) -> Iterator[_Line]:
    """The lines with a digit from the opening and the end of a text; blank ones do not count."""
    number, is_related = 0, False
    for start, part in _windows(text):
        for line in part.split("\n"):
            if line.strip():
                if len(line) <= OPENING_MAX and cues.RELATED.match(line.lower()):
                    is_related = True
                if _HAS_DIGIT.search(line[:LINE_MAX]):
                    skipped = _before_line(line) if number == 0 else 0
                    yield _Line(number, start + skipped, line[skipped:], is_related)
                number += 1
            start += len(line) + 1


def _windows(text: str) -> Iterator[tuple[int, str]]:
    """The opening and the end of a text in whole lines, each with where it starts."""
    if len(text) <= TEXT_CHARACTERS + TAIL_CHARACTERS:
        yield 0, text
        return
    end = text.rfind("\n", 0, TEXT_CHARACTERS)
    yield 0, text[: end if end > 0 else TEXT_CHARACTERS]
    tail = text.find("\n", len(text) - TAIL_CHARACTERS) + 1
    if tail > TEXT_CHARACTERS:
        yield tail, text[tail:]


def _before_line(line: str) -> int:
    """How much of the first line is a date marker, or an agency that stands before place and day."""
    match = MARKER.match(line) or _AGENCY_FIRST.match(line)
    return match.end() if match else 0


def _can_be_dated(line: _Line) -> bool:
    """Whether a line can be there for a date at all; most running text need not be read."""
    text = line.text
    if not line.is_short and not _HAS_DIGIT.search(text[:OPENING_MAX]):
        return is_dateline(text)
    opens_in_capitals = text[:2].isalpha() and text[:2].isupper()
    has_year = len(text) <= YEARLESS_MAX or opens_in_capitals or _YEARISH.search(text[:LINE_MAX]) is not None
    return has_year or is_dateline(text)


def _dated(line: _Line, language: str | None, day_order: DayOrder | None) -> Iterator[LineDate]:
    """The dates of one line that it is there for."""
    if not _can_be_dated(line):
        return
    window = line.text[:LINE_MAX]
    expressions = [found for found in find_expressions(window, language, day_order) if found.date is not None]
    if not expressions:
        yield from _yearless_numeric(line, window)
        yield from _issue_year(line, window)
        return
    if placing.opens_as_dateline(line.text, window, expressions[0], line.number):
        end = placing.dateline_end(window)
        if stated := [found for found in expressions if found.start < end]:
            yield from (_scored(line, found, "dateline", SCORES["dateline"]) for found in stated)
            return
    lowered = fold(window)
    opening = _Opening(line, window, lowered, expressions, cues.words_beside(lowered, expressions))
    for found in expressions:
        judged = _announced(opening, found) if _has_cue(opening, found) else _set(opening, found)
        if judged is not None:
            yield judged


def _has_cue(opening: _Opening, found: Expression) -> bool:
    """Whether a cue before a date says what it is."""
    lowered, line = opening.lowered, opening.line
    updated = cues.last_cue(cues.UPDATED, lowered, found.start)
    published = cues.last_cue(cues.PUBLISHED, lowered, found.start)
    if updated is not None and (published is None or updated.end() > published.end()):
        return line.is_short or updated.end() < OPENING_MAX
    if published is None:
        return False
    near = is_full(found) and found.start - published.end() < OPENING_MAX and cues.speaks_of_itself(published)
    return near or cues.leans_on(published, found, opening.expressions)


def _announced(opening: _Opening, found: Expression) -> LineDate | None:
    """A date that a cue announces: of an update, of this article, or perhaps of another one."""
    line = opening.line
    updated = cues.last_cue(cues.UPDATED, opening.lowered, found.start)
    published = cues.last_cue(cues.PUBLISHED, opening.lowered, found.start)
    if published is None or (updated is not None and updated.end() > published.end()):
        return _scored(line, found, "cue", SCORES["cue"])._replace(is_update=True) if is_full(found) else None
    if cues.speaks_of_itself(published):
        return _scored(line._replace(is_related=False), found, "cue", SCORES["cue"])
    if cues.is_elsewhere(opening.lowered[: published.start()]):
        return None
    if cues.opens_part(published):
        return _scored(line, found, "cue", SCORES["cue"])
    if is_full(found) and len(opening.rest) < LOOSE_CUE_WORDS:
        return _scored(line, found, "cue", SCORES["cue"] - LOOSE_CUE_PENALTY)
    return None


def _set(opening: _Opening, found: Expression) -> LineDate | None:
    """A date that stands in its line as one of publication does; None where it belongs to what the line tells."""
    line, window, rest = opening.line, opening.window, opening.rest
    if found.date is not None and found.date.precision not in ("day", "yearless") and not found.readings:
        return _imprint(opening, found)
    if line.number > 0 and placing.opens_list(window, found):
        return None
    if not rest and _is_span_of_life(opening.expressions):
        return None
    if cues.is_elsewhere(placing.part_before(opening.lowered, found)):
        return None
    if line.number < TOP_LINES and placing.follows_capitals(window, found):
        return _scored(line, found, "dateline", SCORES["dateline"])
    if rest and not is_full(found):
        return None
    if line.is_short and not rest:
        return _scored(line, found, "date-line", SCORES["alone"])
    if line.is_short and is_byline(line.text):
        return _scored(line, found, "byline", SCORES["byline"])
    method = placing.set_off(window, found, line.number, is_short=line.is_short)
    if method is not None:
        return _scored(line, found, method, SCORES["set-off"])
    return _among_words(opening, found) if line.is_short else None


def _among_words(opening: _Opening, found: Expression) -> LineDate | None:
    """A full date in a short line with other words, where signs, a time or a page show that it is there for itself."""
    line, window, rest = opening.line, opening.window, opening.rest
    timed = len(rest) <= 4 and placing.opens_line(window, found) and placing.has_time(window, found)
    if timed or placing.is_whole_part(window, found) or placing.has_page(window, found):
        return _scored(line, found, "date-line", SCORES["short"])
    separated = placing.is_separated(window, found, opens=line.number == 0)
    if separated or is_date_line(line.text) or placing.is_signed(window, found):
        score = SCORES["short"] - WORD_PENALTY * max(0, len(rest) - 3)
        return _scored(line, found, "date-line", score - (LIST_PENALTY if line.number > LIST_LINES else 0))
    return None


def is_full(found: Expression) -> bool:
    """Whether an expression names a day of a known year, if perhaps one of two."""
    return found.date is not None and (found.date.precision == "day" or bool(found.readings))


def _is_span_of_life(expressions: list[Expression]) -> bool:
    """Whether a line holds two days more than a year apart: `3 mei 1932 – 12 juni 2018`."""
    days = [found.date.earliest for found in expressions if is_full(found) and found.date and found.date.earliest]
    return len(days) > 1 and (max(days) - min(days)).days > 366


def _is_edition(opening: _Opening, found: Expression) -> bool:
    """Whether an outlet stands before a range of days: `Le Soir, samedi 16 et dimanche 17 juin 2018, p. 12`."""
    line, window = opening.line, opening.window
    named = placing.set_off(window, found, line.number, is_short=line.is_short) == "dateline"
    return named or placing.has_page(window, found)


def _imprint(opening: _Opening, found: Expression) -> LineDate | None:
    """A month, season or year that names an issue: alone in a line at the top, or beside a word for issues."""
    line, date = opening.line, found.date
    if line.number >= TOP_LINES or not line.is_short or date is None or date.earliest is None:
        return None
    is_year = date.precision == "year" and not found.readings
    is_period = date.precision == "interval" and cues.are_periods(opening.rest)
    is_period = is_period or (date.precision == "interval" and _is_edition(opening, found))
    if cues.names_an_issue(opening.lowered) or is_period or (not opening.rest and not is_year):
        return _scored(line, found, "imprint", SCORES["imprint"])
    return None


def _issue_year(line: _Line, window: str) -> Iterator[LineDate]:
    """The only year in a line at the top that has a word for issues: `Jaargang 9 (2011), nummer 4`."""
    is_sentence = line.text.rstrip().endswith((".", "!", "?"))
    if line.number >= TOP_LINES or not line.is_short or is_sentence or not cues.names_an_issue(window.lower()):
        return
    years = list(_ISSUE_YEAR.finditer(window))
    if len(years) == 1 and (date := make_date(int(years[0].group()))) is not None:
        found = Expression(date, years[0].start(), years[0].end(), "issue-year")
        yield _scored(line, found, "imprint", SCORES["imprint"])


def _yearless_numeric(line: _Line, window: str) -> Iterator[LineDate]:
    """The day and month of an agency's dateline: `ANTWERPEN 31/12 (BELGA) -`."""
    match = _DAY_MONTH.search(window) if line.number < TOP_LINES else None
    if match is None:
        return
    try:
        date = EdtfDate.parse(f"XXXX-{int(match['m']):02}-{int(match['d']):02}")
    except ValueError:
        return
    found = Expression(date, match.start(), match.end(), "day-month")
    if placing.follows_capitals(window, found):
        yield _scored(line, found, "dateline", SCORES["dateline"])


def _scored(line: _Line, found: Expression, method: str, score: float) -> LineDate:
    """A date with the bonuses and penalties of its place."""
    agrees = placing.weekday_agrees(line.text, found)
    if agrees is not None:
        score += WEEKDAY_BONUS if agrees else -WEEKDAY_PENALTY
    if placing.has_time(line.text, found):
        score += TIME_BONUS
    if found.date is not None and found.date.earliest is None and method != "dateline":
        score -= YEARLESS_PENALTY
    if line.number < TOP_LINES:
        score += TOP_BONUS
    elif line.number >= LATE_LINES and method != "cue":
        score -= LATE_PENALTY
    if line.is_related:
        score -= RELATED_PENALTY
    return LineDate(found, line.start + found.start, line.start + found.end, method, score, agrees)
