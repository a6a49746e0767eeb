"""One reading run of a command: problems as they come, progress, the receipt, the line at the end."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, BinaryIO

from corpus_tool.cli.options import General, Values
from corpus_tool.cli.visible import visible
from corpus_tool.corpus import Tally, is_stream, read, read_all, total_bytes
from corpus_tool.errors import Diagnostic, ExitCode
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport

SHOWN = {"error": 20, "rejected": 20, "skipped": 5, "warning": 3}
"""How many problems of one code are told on stderr before only counting; notices are told with --verbose."""

PROGRESS_AFTER = 1.0
PROGRESS_EVERY = 0.2


class Session:
    """Reads sources for a command and says on stderr what became of them."""

    def __init__(self, sources: Sequence[str], options: ReadOptions, told: General, values: Values) -> None:
        self.sources = sources
        self.options = options
        self.told = told
        self._values = values
        self._lines: Counter[str] = Counter()
        self._stack = ExitStack()
        self._receipt: BinaryIO | None = None
        self._progress = Progress(sources) if sys.stderr.isatty() and not told.quiet else None

    def __enter__(self) -> Session:
        if self.told.receipt is not None:
            from corpus_tool.writers.files import write_file

            self._receipt = self._stack.enter_context(write_file(self.told.receipt, force=True))
            self._receipt.write(b'{"files": [')
        return self

    def __exit__(self, *error: Any) -> None:
        if self._progress is not None:
            self._progress.clear()
        self._stack.__exit__(*error)

    def stream(self) -> Iterator[Article]:
        """The articles one by one, in constant memory."""
        articles = read(self.sources, options=self.options, on_report=self._report)
        return articles if self._progress is None else self._progress.watch(articles)

    def held(self) -> tuple[Iterable[Article], bool]:
        """The articles with the places of their copies where the sources are small, and whether they stream instead."""
        if is_stream(self.sources):
            return self.stream(), True
        return read_all(self.sources, options=self.options, on_report=self._report), False

    def _report(self, report: FileReport) -> None:
        if self._receipt is not None:
            from corpus_tool.writers.base import to_json

            before = "\n" if not self._lines["receipt row"] else ",\n"
            self._lines["receipt row"] += 1
            self._receipt.write(f"{before}{to_json(report.to_dict())}".encode())
        if self._progress is not None:
            self._progress.file_done(report.path)
        if not self.told.quiet:
            for diagnostic in report.diagnostics:
                self._tell(report.path, diagnostic)

    def _tell(self, path: str, diagnostic: Diagnostic) -> None:
        severity = diagnostic.severity
        limit = None if self.told.verbose else SHOWN.get(severity, 0)
        self._lines[diagnostic.code] += 1
        if limit is not None and self._lines[diagnostic.code] > limit:
            return
        self.say(f"{severity}: {place(path, diagnostic)}: {diagnostic.message} [{diagnostic.code}]")

    def say(self, line: str) -> None:
        """One line on stderr, above the progress."""
        if self._progress is not None:
            self._progress.clear()
        print(f"corpus-tool: {visible(line)}", file=sys.stderr)

    def report_quietly(self, report: FileReport) -> None:
        """Count a file without a word but for what is wrong with it: for a command about one article."""
        self._report(
            replace(report, diagnostics=[d for d in report.diagnostics if d.severity in ("error", "rejected")])
        )

    def finish(self, tally: Tally, *, done: str = "", silent: bool = False) -> int:
        """Close the receipt, say the sums, and give the exit code that the input asks for."""
        receipt = self.options.receipt
        if self._receipt is not None:
            from corpus_tool import __version__
            from corpus_tool.writers.base import to_json

            rest = to_json({"totals": receipt.totals(), "tool": __version__, "options": shown_options(self._values)})
            self._receipt.write(f"\n], {rest[1:]}\n".encode())
        if not (self.told.quiet or silent):
            if self._progress is not None:
                self._progress.clear()
            for line in self._summary(tally, done):
                print(f"corpus-tool: {visible(line)}", file=sys.stderr)
        return ExitCode.DAMAGED_INPUT if receipt.damaged else ExitCode.DONE

    def _summary(self, tally: Tally, done: str) -> Iterator[str]:
        receipt = self.options.receipt
        more = {
            code: count - SHOWN.get(_severity(code), 0) for code, count in self._lines.items() if code != "receipt row"
        }
        hidden = [f"{count} more [{code}]" for code, count in more.items() if count > 0 and _severity(code) != "notice"]
        if hidden and not self.told.verbose:
            yield f"and {', '.join(hidden)}; --verbose tells all, --receipt FILE keeps all"
        totals = receipt.totals()
        parts = [_count(tally.given, "article")]
        if tally.given != tally.read:
            parts = [f"{tally.given:,} of {_count(tally.read, 'article')}"]
        parts[0] += f" from {_count(totals['files'] or 0, 'file')}"
        if tally.matched != tally.given:
            parts.append(f"{tally.matched:,} matched")
        if tally.by_overlap:
            parts.append(f"{tally.by_overlap:,} only because the date is not known to the day")
        for name, one in (
            ("known", "already known"),
            ("skipped", "skipped"),
            ("rejected", "rejected"),
            ("errors", "in error"),
        ):
            if totals[name]:
                parts.append(f"{totals[name]:,} {one}")
        notices = sum(count for code, count in receipt.codes.items() if _severity(code) == "notice")
        if notices and not self.told.verbose:
            parts.append(_count(notices, "notice"))
        if tally.cut_short:
            parts.append("reading ended at the limit")
        yield " · ".join(parts) + (f" → {done}" if done else "")


def _severity(code: str) -> str:
    from corpus_tool.errors import CODES

    return CODES[code].severity


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def place(path: str, diagnostic: Diagnostic) -> str:
    """Where a finding was made: file, record, line."""
    parts = [path]
    if diagnostic.record is not None:
        parts.append(f"record {diagnostic.record:,}")
    if diagnostic.line is not None:
        parts.append(f"line {diagnostic.line:,}")
    return ", ".join(parts)


def shown_options(values: Values) -> dict[str, Any]:
    """The options that were given, for the receipt."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in sorted(values.items())
        if value not in (None, False, ())
    }


class Progress:
    """Articles, rate and time left on a terminal's stderr, once work has lasted over a second."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources
        self._start = self._last = time.monotonic()
        self._total: int | None = None
        self._done_bytes = 0
        self._articles = 0
        self._drawn = False

    def watch(self, articles: Iterator[Article]) -> Iterator[Article]:
        """The same articles, counted."""
        for article in articles:
            self._articles += 1
            now = time.monotonic()
            if now - self._start > PROGRESS_AFTER and now - self._last > PROGRESS_EVERY:
                self._last = now
                self._draw(now - self._start, article.source.byte_end)
            yield article

    def file_done(self, path: str) -> None:
        """A file was read to its end."""
        import os

        try:
            self._done_bytes += os.stat(path).st_size
        except OSError:
            return

    def _draw(self, elapsed: float, here: int) -> None:
        if self._total is None:
            self._total = total_bytes(self._sources) or 0
        rate = self._articles / elapsed
        line = f"{self._articles:,} articles · {rate:,.0f}/s"
        done = self._done_bytes + here
        if self._total and done:
            left = max(0.0, elapsed * (self._total - done) / done)
            line += f" · {left:,.0f} s left"
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
        self._drawn = True

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False
