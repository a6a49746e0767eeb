"""`corpus-tool check`: whether a corpus file is whole."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.corpus_options import check_corpus, say
from corpus_tool.cli.options import PATH, format_option, general_options, option
from corpus_tool.cli.typed import general
from corpus_tool.errors import ExitCode

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from corpus_tool.store.check import Problem, Step

EXAMPLES = (
    ("check press.db", "every page, article, raw record and index entry"),
    ("check press.db --quick", "the header, the pages and the counts only"),
    ("check *.db --json > report.json", "several files, for a program"),
)
COLUMNS = ("corpus", "step", "outcome", "checked", "problems", "article", "what", "next")
PROBLEM, NOTICE = "problem", "notice"

FROM_COPY = "Restore the file from a copy; `corpus-tool export {path} -o FILE` saves what can still be read."
ANEW = "Restore the file from a copy, or `remove` the article and `add` its source again."
NEXT = {
    "schema": FROM_COPY,
    "pages": FROM_COPY,
    "references": FROM_COPY,
    "counts": "Make the index anew: sqlite3 {path} \"INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')\"",
    "articles": ANEW,
    "records": ANEW,
    "offsets": "Please report it: the article can be read, but not led back to its raw record.",
    "runs": "The articles are not touched by it; restore the file from a copy to have its history.",
    "links": 'Take them out: sqlite3 {path} "DELETE FROM looked_for; DELETE FROM duplicates; DELETE FROM twins", '
    "then look for them again: corpus-tool dedupe {path}, corpus-tool twins {path}",
    "index": "Make the index anew: sqlite3 {path} \"INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')\"",
}
"""Step → the next thing to try where it found problems."""


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Check corpus files one after another."""
    paths = values["corpora"]
    if not paths:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.checking import check
    from corpus_tool.cli.output import to_terminal

    told = general(values)
    for path in paths:
        _check_kind(path)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    report = _Report(name, told.color)
    progress = CheckProgress() if sys.stderr.isatty() and not told.quiet else None
    damaged = 0
    for path in paths:
        report.begin(path)
        found = 0
        try:
            for step in check(path, quick=values["quick"], on_tick=progress):
                if progress is not None:
                    progress.clear()
                report.add(path, step)
                found += step.found
        finally:
            if progress is not None:
                progress.clear()
        damaged += bool(found)
        problems = f"damaged: {found:,} problem{'' if found == 1 else 's'}"
        say(f"{path} is {problems if found else 'whole'}", quiet=told.quiet and not found)
    report.end()
    return ExitCode.DAMAGED_INPUT if damaged else ExitCode.DONE


def _check_kind(path: str) -> None:
    """UsageError where a path does not exist, CorpusToolError for no corpus file; a damaged one is to be told of."""
    from corpus_tool.errors import CorpusToolError

    try:
        check_corpus(path)
    except CorpusToolError as error:
        if error.code != ExitCode.DAMAGED_INPUT:
            raise


class _Report:
    """What is printed: on a terminal each step when it is done, else all at the end."""

    def __init__(self, name: str, color: str) -> None:
        self._name = name
        self._color = color
        self._rows: list[dict[str, Any]] = []
        self._files: list[dict[str, Any]] = []
        self._console: Console | None = None

    def begin(self, path: str) -> None:
        """A file is about to be checked."""
        self._files.append({"corpus": path, "whole": True, "steps": []})
        if self._name == "table":
            from rich.text import Text

            from corpus_tool.cli.console import draw, make_console
            from corpus_tool.cli.visible import visible

            self._console = make_console(self._color)
            draw(self._console, Text(visible(path), style="bold", overflow="fold"))

    def add(self, path: str, step: Step) -> None:
        """A step is done."""
        if self._console is not None:
            from corpus_tool.cli.console import draw

            draw(self._console, *_lines(path, step))
        elif self._name == "tsv":
            self._rows += _rows(path, step)
        else:
            self._files[-1]["steps"].append(_to_dict(path, step))
            self._files[-1]["whole"] &= not step.found

    def end(self) -> None:
        """All is checked."""
        from corpus_tool.cli.tables import print_rows

        if self._name == "json":
            print_rows(self._files, ("corpus", "whole", "steps"), self._name, self._color)
        elif self._name == "tsv":
            print_rows(self._rows, COLUMNS, self._name, self._color)


def advice(path: str, step: Step) -> str:
    """The next thing to try where a step found problems."""
    from shlex import quote

    return NEXT[step.name].format(path=quote(path))


def _rows(path: str, step: Step) -> Iterator[dict[str, Any]]:
    """A row for the step, then one for each problem that is shown, and for each notice."""
    row = {**dict.fromkeys(COLUMNS), "corpus": path, "step": step.name}
    yield {**row, "outcome": step.outcome, "checked": step.checked, "problems": step.found, "what": step.unit}
    for problem in step.problems:
        yield {
            **row,
            "outcome": PROBLEM,
            "article": problem.article,
            "what": problem.what,
            "next": advice(path, step),
        }
    for kind, count in _untold(step):
        yield {**row, "outcome": PROBLEM, "what": f"{count:,} more [{kind}]"}
    for notice in step.notices:
        yield {**row, "outcome": NOTICE, "what": notice}


def _to_dict(path: str, step: Step) -> dict[str, Any]:
    return {
        "step": step.name,
        "outcome": step.outcome,
        "checked": step.checked,
        "unit": step.unit,
        "problems": step.found,
        "kinds": dict(step.counted),
        "shown": [problem._asdict() for problem in step.problems],
        "next": advice(path, step) if step.found else None,
        "notices": step.notices,
    }


def _untold(step: Step) -> Iterator[tuple[str, int]]:
    """The kinds of problems of which not all are shown, and how many are not."""
    for kind, count in step.counted.items():
        shown = sum(problem.kind == kind for problem in step.problems)
        if count > shown:
            yield kind, count - shown


_STYLES = {"whole": "green", "damaged": "bold red", "not checked": "yellow"}


def _lines(path: str, step: Step) -> Iterator[RenderableType]:
    """A step on a terminal: its name, outcome and count on a line, problems and notices below."""
    from rich.padding import Padding
    from rich.text import Text

    head = Text(f"  {step.name:<11} ")
    head.append(f"{step.outcome:<12}", style=_STYLES[step.outcome])
    yield head.append(f"{step.checked:>11,} {step.unit.removesuffix('s') if step.checked == 1 else step.unit}")
    below = [(_shown(problem), "") for problem in step.problems]
    below += [(f"and {count:,} more [{kind}]", "") for kind, count in _untold(step)]
    below += [(advice(path, step), "bold")] if step.found else []
    below += [(notice, "dim") for notice in step.notices]
    from corpus_tool.cli.visible import visible

    for line, style in below:
        yield Padding(Text(visible(line), style=style, overflow="fold"), (0, 0, 0, 6))


def _shown(problem: Problem) -> str:
    return f"{problem.article}: {problem.what}" if problem.article else problem.what


class CheckProgress:
    """A line on a terminal's stderr: the step at work, its rate and the time left where they can be told."""

    def __init__(self) -> None:
        self._step = ""
        self._begun = self._drawn_at = time.monotonic()
        self._drawn = False

    def __call__(self, step: str, done: int, total: int) -> None:
        """So much of a step is done."""
        from corpus_tool.cli.progress import AFTER_SECONDS, EVERY_SECONDS

        now = time.monotonic()
        if step != self._step:
            self._step, self._begun = step, now
        elapsed = now - self._begun
        if elapsed > AFTER_SECONDS and now - self._drawn_at > EVERY_SECONDS:
            self._drawn_at, self._drawn = now, True
            sys.stderr.write(f"\r\x1b[K{progress_line(step, done, total, elapsed)}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False


def progress_line(step: str, done: int, total: int, elapsed: float) -> str:
    """How far a step is after so many seconds.

    >>> progress_line("articles", 500, 1500, 2.0)
    'articles · 500 of 1,500 · 250/s · 4 s left'
    """
    if not done:
        return f"{step} · {elapsed:,.0f} s"
    left = f" · {elapsed * max(total - done, 0) / done:,.0f} s left" if total else ""
    return f"{step} · {done:,} of {total:,} · {done / elapsed:,.0f}/s{left}"


command = Command(
    name="check",
    callback=run,
    params=[
        click.Argument(["corpora"], nargs=-1, type=PATH, metavar="CORPUS…"),
        option("What to check", "--quick", is_flag=True, help="Header, pages and counts only; no article is read."),
        format_option(("table", "tsv", "json")),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *general_options(),
    ],
    help="Whether a corpus file is whole: pages, hashes, offsets, index.",
    examples=EXAMPLES,
    notes="Nothing is changed; others may read meanwhile, and writers wait while the index is compared. Steps: schema "
    "(every table and index has its SQL), pages (SQLite's own check), references, counts (each article is in the "
    "index), articles (the digest of every row; counts, blocks, evidence and dates agree with the text), records (raw "
    "bytes give the article's id, and are as many as its place says), offsets (the text is made again from the raw "
    "record, and its blocks lead back to it in order; told where this version makes another text), runs, links (what "
    "is kept of duplicates and twins can be read), index (it holds the words of the articles). Exit code 0: whole, 3: "
    "damaged, 1: no corpus file. Of each kind of problem 20 are shown, and all are counted.",
)
