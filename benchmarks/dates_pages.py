"""The plain text of real news pages: whether systems give the day that a page shows, and nothing where it shows none.

A file of pages has a JSON object a line: `text`; `date`, the true date or null; `shown`, whether the text shows it;
`lang`, which may be missing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from dates_peers import Answer, Question, System


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page and its date."""

    text: str
    date: str | None
    shown: bool
    language: str | None

    def right(self, answer: Answer) -> bool:
        """Whether an answer is the page's date at its very precision."""
        return answer.date is not None and answer.date == self.date


@dataclass(frozen=True, slots=True)
class PageScore:
    """What a system said of each page, and the CPU seconds it took."""

    system: str
    answers: list[Answer]
    seconds: float


def load_pages(path: Path) -> list[Page]:
    """The pages of a file of JSON lines."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Page(row["text"], None if row.get("date") is None else str(row["date"]), bool(row["shown"]), row.get("lang"))
        for row in rows
    ]


def ask_pages(system: System, pages: list[Page]) -> PageScore:
    """The answers of a system, which has a page of each language once before the clock runs."""
    questions = [Question(page.text, page.language) for page in pages]
    for question in {question.language: question for question in questions}.values():
        system.publication(question)
    system.reset()
    start = process_time()
    answers = [system.publication(question) for question in questions]
    return PageScore(system.name, answers, process_time() - start)


def page_row(score: PageScore, pages: list[Page]) -> list[object]:
    """A system's row: exact when shown, answered, right of answered, silent when not shown, milliseconds a page."""
    pairs = list(zip(pages, score.answers, strict=True))
    shown = [page.right(answer) for page, answer in pairs if page.shown]
    answered = [page.right(answer) for page, answer in pairs if answer.date is not None]
    silent = [answer.date is None for page, answer in pairs if not page.shown]
    shares = [share(shown), len(answered), share(answered), share(silent)]
    return [score.system, len(pages), *shares, f"{score.seconds / max(len(pages), 1) * 1000:.2f}"]


def share(found: list[bool]) -> str:
    """How many of some are true, as a share; a dash where there are none."""
    return f"{sum(found) / len(found):.3f}" if found else "–"
