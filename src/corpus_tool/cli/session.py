"""One reading run of a command: problems as they come, progress, the receipt, the line at the end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

from corpus_tool.cli.output import check_apart, check_target
from corpus_tool.cli.streams import tell
from corpus_tool.cli.typed import General, Values
from corpus_tool.cli.visible import visible
from corpus_tool.corpus import Corpus, is_stream, read, read_all
from corpus_tool.errors import CODES, Diagnostic, ExitCode
from corpus_tool.ingest.walk import check_sources
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport
from corpus_tool.selection import Selection, Tally
from corpus_tool.store.recognize import is_corpus_file
from corpus_tool.stored import StoredArticles

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus_tool.store.links import Kind
    from corpus_tool.store.store import CitedRow, Store, Sum

SHOWN = {"error": 20, "rejected": 20, "skipped": 5, "warning": 3}
"""How many problems of one code are told on stderr before only counting; notices are told with --verbose."""

DAMAGE = ("error", "rejected")
"""What is told even with --quiet: the reason for exit code 3."""

NOTHING_TO_DO = "Nothing to do."
RECEIPT_IN_MEMORY = 4 << 20


class Session:
    """Reads sources for a command and says on stderr what became of them.

    Entering it refuses what could only fail later: a source that does not exist, a receipt that may not be
    written. `on_screen` says that articles go to the terminal as they come, where a progress line would be in
    their way. One corpus file as the only source is asked itself, unless `pushdown` is false.
    """

    def __init__(
        self,
        sources: Sequence[str],
        options: ReadOptions,
        told: General,
        values: Values,
        *,
        on_screen: bool = False,
        pushdown: bool = True,
    ) -> None:
        self.sources = sources
        self.options = options
        self.told = told
        self.values = values
        self._lines: Counter[str] = Counter()
        self._rows: IO[bytes] | None = None
        self._progress: Any = None
        self.pushdown = pushdown
        single = pushdown and len(sources) == 1 and is_corpus_file(sources[0])
        self.corpus = Corpus.open(sources[0]) if single else None
        self.in_passing = False
        if self.corpus is not None:
            self.corpus.store.stand_still()
        if sys.stderr.isatty() and not told.quiet and not on_screen and self.corpus is None:
            from corpus_tool.cli.progress import Progress

            self._progress = Progress(sources)

    def __enter__(self) -> Session:
        check_sources(self.sources)
        check_apart(self.told.receipt, self.values.get("output"), self.values.get("others"))
        if self.told.receipt is not None:
            from tempfile import SpooledTemporaryFile

            check_target(self.told.receipt, force=self.told.force)
            # The rows wait elsewhere: a file that grows in a source folder would be found by the reading itself.
            self._rows = SpooledTemporaryFile(RECEIPT_IN_MEMORY)
        if self.values.get("canonical") is not None and self.pushdown:
            self._know_duplicates()
        return self

    def __exit__(self, *error: Any) -> None:
        if self._progress is not None:
            self._progress.clear()
        if self._rows is not None:
            self._rows.close()
        if self.corpus is not None:
            self.corpus.close()

    def _know_duplicates(self) -> None:
        """Warn where a corpus file does not know all duplicates; look for them among other sources in passing."""
        if self.corpus is None:
            self.keep_in_passing().dedupe()
        else:
            self.corpus.store.check_knows_duplicates()
            warn_of_stale(self.corpus.store, "duplicates", self.say)

    def keep_in_passing(self, *, quietly: bool = False) -> Corpus:
        """The corpus file that is asked, or all articles of other sources as one that is gone in the end."""
        if self.corpus is None:
            told = self.report_quietly if quietly else self.report
            held = quietly or not is_stream(self.sources)
            articles = read_all(self.sources, options=self.options, on_report=told) if held else self.stream()
            self.corpus = Corpus.in_passing(articles)
            self.in_passing = True
            if self._progress is not None:
                self._progress.clear()
        return self.corpus

    def judged(self, selection: Selection) -> Selection:
        """A selection whose articles can be judged one by one: it knows which of them repeat others."""
        if selection.query.canonical is None or self.corpus is None:
            return selection
        return replace(selection, query=replace(selection.query, copies=self.corpus.copies()))

    def stream(self, *, light: bool = False, match: str | None = None) -> Iterable[Article]:
        """The articles one by one, in constant memory.

        From a corpus file `light` ones where that is enough, and only those that the full-text expression `match`
        proposes.
        """
        if self.corpus is not None:
            self.count_corpus()
            return StoredArticles(self.corpus.store, light=light, raw=self.options.keep_raw, match=match)
        articles = read(self.sources, options=self.options, on_report=self.report)
        return articles if self._progress is None else self._progress.watch(articles)

    def count_corpus(self) -> None:
        """Report the corpus file that is asked as a file that was read."""
        assert self.corpus is not None
        if self.in_passing:  # its sources were reported as they were read
            return
        report = FileReport(self.corpus.path, format="corpus", records=len(self.corpus))
        self.options.receipt.add(report)
        self.report(report)

    def cited(self, selection: Selection, match: str | None, tally: Tally) -> Iterator[CitedRow] | None:
        """The articles of a corpus file as a concordance needs them; None where there is more to do."""
        if self.corpus is None or selection.sample is not None:
            return None
        rows = self.corpus.store.cited(selection.query, match)
        if rows is not None:
            self.count_corpus()
            tally.read = len(self.corpus)
            tally.matched = tally.given = self.corpus.store.count(selection.query) or 0
            tally.by_overlap = self.corpus.articles.count_by_overlap(selection.query, tally.matched)
        return rows

    def sums(self, fields: Sequence[str], selection: Selection, tally: Tally) -> Iterable[Sum] | None:
        """Articles, words and characters by these fields, summed by the corpus file; None where it cannot."""
        if self.corpus is None or selection.sample is not None:
            return None
        found = self.corpus.store.sums(fields, selection.query)
        if found is None:
            return None
        self.count_corpus()
        rows = list(found)
        tally.read = len(self.corpus)
        tally.matched = tally.given = sum(row.articles for row in rows)
        tally.by_overlap = self.corpus.articles.count_by_overlap(selection.query, tally.matched)
        return rows

    def ends_early(self, limit: int | None) -> bool:
        """Whether reading ends as soon as a limit is reached, because the sources are a stream."""
        return limit is not None and self.corpus is None and is_stream(self.sources)

    def held(self) -> tuple[Iterable[Article], bool]:
        """The articles with the places of their copies where the sources are small, and whether they stream instead."""
        if self.corpus is not None:
            return self.stream(), False
        if is_stream(self.sources):
            return self.stream(), True
        articles = read_all(self.sources, options=self.options, on_report=self.report)
        if self._progress is not None:
            self._progress.clear()
        return articles, False

    def article_done(self, byte_end: int) -> None:
        """Move the progress on by an article that ends at this byte of its file."""
        if self._progress is not None:
            self._progress.article_done(byte_end)

    def report(self, report: FileReport) -> None:
        """Tell of a file that is done, and keep its row."""
        if self._rows is not None:
            from corpus_tool.writers.base import to_json

            self._rows.write(f"{',' if self._rows.tell() else ''}\n{to_json(report.to_dict())}".encode())
        if self._progress is not None:
            self._progress.file_done(report.path, self.options.receipt.records)
        for diagnostic in report.diagnostics:
            damage = diagnostic.severity in DAMAGE
            if damage and self.options.strict:
                continue  # what ends the run is its error message
            if damage or not self.told.quiet:
                self._tell(report.path, diagnostic)

    def report_quietly(self, report: FileReport) -> None:
        """The same without a word but for damage: for a command about one article."""
        self.report(replace(report, diagnostics=[d for d in report.diagnostics if d.severity in DAMAGE]))

    def _tell(self, path: str, diagnostic: Diagnostic) -> None:
        severity = diagnostic.severity
        limit = None if self.told.verbose else SHOWN.get(severity, 0)
        self._lines[diagnostic.code] += 1
        if limit is not None and self._lines[diagnostic.code] > limit:
            return
        told = visible(f"{severity}: {place(path, diagnostic)}: {diagnostic.message} [{diagnostic.code}]")
        advice = CODES[diagnostic.code].advice
        if self._lines[diagnostic.code] == 1 and severity != "notice" and advice != NOTHING_TO_DO:
            told += f"\n  {advice}"
        self.say(told)

    def say(self, line: str) -> None:
        """What is visible already, on stderr above the progress."""
        if self._progress is not None:
            self._progress.clear()
        tell(f"corpus-tool: {line}")

    def finish(self, tally: Tally, *, done: str = "", silent: bool = False) -> int:
        """Write the receipt, say the sums, and give the exit code that the input asks for."""
        if self._rows is not None:
            self._write_receipt(self._rows)
        if not (self.told.quiet or silent):
            for line in self._summary(tally, done):
                self.say(visible(line))
        return ExitCode.DAMAGED_INPUT if self.options.receipt.damaged else ExitCode.DONE

    def _write_receipt(self, rows: IO[bytes]) -> None:
        from shutil import copyfileobj

        from corpus_tool import __version__
        from corpus_tool.writers.base import to_json
        from corpus_tool.writers.files import write_file

        totals = self.options.receipt.totals()
        rest = to_json({"totals": totals, "tool": __version__, "options": shown_options(self.values)})
        assert self.told.receipt is not None
        with write_file(self.told.receipt, force=self.told.force) as out:
            out.write(b'{"files": [')
            rows.seek(0)
            copyfileobj(rows, out)
            out.write(f"\n], {rest[1:]}\n".encode())

    def _summary(self, tally: Tally, done: str) -> Iterator[str]:
        hidden = ", ".join(f"{count:,} more [{code}]" for code, count in self._untold())
        if hidden:
            yield f"and {hidden}; --verbose tells all, --receipt FILE keeps all"
        totals = self.options.receipt.totals()
        given = count(tally.given, "article")
        if tally.given != tally.read:
            given = f"{tally.given:,} of {count(tally.read, 'article')}"
        parts = [f"{given} from {count(totals['files'] or 0, 'file')}"]
        if tally.matched != tally.given:
            parts.append(f"{tally.matched:,} matched")
        if tally.by_overlap:
            parts.append(f"{tally.by_overlap:,} only because the date is not known to the day")
        names = {"known": "already known", "skipped": "skipped", "rejected": "rejected", "errors": "in error"}
        parts += [f"{totals[name]:,} {words}" for name, words in names.items() if totals[name]]
        notices = sum(n for code, n in self.options.receipt.codes.items() if CODES[code].severity == "notice")
        if notices and not self.told.verbose:
            parts.append(count(notices, "notice"))
        if tally.cut_short:
            parts.append("reading ended at the limit")
        yield " · ".join(parts) + (f" → {done}" if done else "")

    def _untold(self) -> Iterator[tuple[str, int]]:
        """The codes of which only the first findings were told, and how many were not; notices are summed instead."""
        if self.told.verbose:
            return
        for code, found in self._lines.items():
            severity = CODES[code].severity
            if severity != "notice" and found > SHOWN[severity]:
                yield code, found - SHOWN[severity]


def warn_of_stale(store: Store, kind: Kind, say: Callable[[str], None]) -> None:
    """Say where articles came or changed since duplicates or twins were looked for."""
    from corpus_tool.store.links import kept

    found = kept(store, kind)
    if found is not None and not found.up_to_date:
        command = "dedupe" if kind == "duplicates" else "twins"
        say(
            f"warning: articles came or changed since {kind} were looked for\n"
            f"  bring them up to date: corpus-tool {command} {visible(store.path)}"
        )


def count(number: int, noun: str) -> str:
    """A number of things in words.

    >>> count(1, "article"), count(1204, "article")
    ('1 article', '1,204 articles')
    """
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
        if value is not None and value is not False and value != ()
    }
