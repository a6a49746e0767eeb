"""The progress line: articles, rate and time left on a terminal's stderr."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence

from corpus_tool.corpus import total_bytes
from corpus_tool.model.article import Article

AFTER_SECONDS = 1.0
EVERY_SECONDS = 0.2


class Progress:
    """Drawn once work has lasted over a second, a few times a second; taken away before anything else is said."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources
        self._total: int | None = None
        self._done_bytes = 0
        self._articles = 0
        self._line = _Line()

    def watch(self, articles: Iterator[Article]) -> Iterator[Article]:
        """The same articles, counted."""
        try:
            for article in articles:
                self.article_done(article.source.byte_end)
                yield article
        finally:
            self.clear()

    def article_done(self, byte_end: int) -> None:
        """One more article, which ends at this byte of its file."""
        self._articles += 1
        self._draw_if_due(byte_end)

    def file_done(self, path: str, records: int) -> None:
        """A file was read to its end; `records` is for readings that are not watched article by article."""
        self._articles = max(self._articles, records)
        try:
            self._done_bytes += os.stat(path).st_size
        except OSError:
            return
        self._draw_if_due(0)

    def _draw_if_due(self, here: int) -> None:
        elapsed = self._line.due()
        if not elapsed:
            return
        if self._total is None:
            self._total = total_bytes(self._sources) or 0
        line = f"{self._articles:,} articles · {self._articles / elapsed:,.0f}/s"
        done = self._done_bytes + here
        if self._total and done:
            line += f" · {max(0.0, elapsed * (self._total - done) / done):,.0f} s left"
        self._line.draw(line)

    def clear(self) -> None:
        """Take the line away."""
        self._line.clear()


class Counted:
    """The same line over a known number of articles."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._line = _Line()

    def one(self, _: int) -> None:
        """One article more."""
        self._done += 1
        elapsed = self._line.due()
        if elapsed:
            rate = self._done / elapsed
            left = max(self._total - self._done, 0) / rate
            self._line.draw(f"{self._done:,} of {self._total:,} · {rate:,.0f}/s · {left:,.0f} s left")

    def clear(self) -> None:
        """Take the line away."""
        self._line.clear()


class _Line:
    """A line on stderr that is drawn over itself."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()
        self._drawn = False

    def due(self) -> float:
        """The seconds since the beginning where the line is to be drawn now, else 0."""
        now = time.monotonic()
        if now - self._start <= AFTER_SECONDS or now - self._last <= EVERY_SECONDS:
            return 0.0
        self._last = now
        return now - self._start

    def draw(self, line: str) -> None:
        """Draw it over what stands there."""
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
        self._drawn = True

    def clear(self) -> None:
        """Take it away."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False
