"""Raw records again, for articles read before: from a corpus file that keeps them, else from their sources."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.article import Article
from corpus_tool.model.receipt import FileReport, Receipt
from corpus_tool.store.recognize import is_corpus_file, is_held

if TYPE_CHECKING:
    from corpus_tool.infer.kept import KeptRecord
    from corpus_tool.ingest.read_file import Recorded
    from corpus_tool.model.options import ReadOptions
    from corpus_tool.text.normalize import Change


def raw_bytes(article: Article, sources: Sequence[str] = ()) -> bytes:
    """The very bytes of an article's record: from the corpus file among `sources` that keeps them, else from its file.

    Where that cannot be read, or is another one by now, what the article carries of it. Raises CorpusToolError where it
    carries nothing.
    """
    kept = kept_record(article, sources)
    if kept is not None:
        return kept.data
    try:
        return _from_source(article)
    except CorpusToolError:
        carried = _carried(article)
        if carried is None:
            raise
        return carried


def _from_source(article: Article) -> bytes:
    import hashlib
    import stat

    from corpus_tool.ingest.walk import STDIN

    source = article.source
    if source.format == "parquet":  # a row has no bytes of its own in its file
        raise CorpusToolError(f"{article.name} is a row of a table and was read without its raw record")
    if source.path == STDIN:
        raise CorpusToolError("standard input is gone; its bytes cannot be read again", hint="save it to a file first")
    if source.sha256 is None:
        hint = f"read {source.path!r} itself, or export to JSON, which keeps the place"
        raise CorpusToolError("the place of this article in its source is not known", hint=hint)
    if is_held(source.path):
        raise CorpusToolError(f"{source.path!r} is a corpus file, not the file that was read")
    try:
        # O_NONBLOCK: the path may come from an export, and lead to a pipe that never opens.
        with open(os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            if not regular or hashlib.file_digest(file, "sha256").hexdigest() != source.sha256:
                raise CorpusToolError(f"{source.path!r} is not the file that was read", hint="read it again")
            file.seek(source.byte_start)
            return file.read(source.byte_end - source.byte_start)
    except OSError as error:
        raise CorpusToolError(f"{source.path!r} cannot be read: {error.strerror or error}") from None
    except ValueError:  # a NUL in the path
        raise CorpusToolError(f"{source.path!r} is no path of a file") from None


def _carried(article: Article) -> bytes | None:
    """The bytes of the raw record that an article carries, where its text gives them back."""
    source = article.source
    if article.raw is None or "\ufffd" in article.raw:  # what stood for bytes that nothing explains
        return None
    try:
        data = article.raw.encode(source.encoding, "surrogateescape")
    except (LookupError, UnicodeError):
        return None
    return data if len(data) == source.byte_end - source.byte_start or source.format == "parquet" else None


def kept_record(article: Article, sources: Sequence[str]) -> KeptRecord | None:
    """The raw record that a corpus file among the sources keeps of an article; None where none does."""
    for path in filter(is_corpus_file, sources):
        from corpus_tool.infer.kept import KeptRecord
        from corpus_tool.store.store import Store

        with Store.open(path) as store:
            found = store.raw_record(article)
        if found is not None:
            return KeptRecord(*found)
    return None


def record_of(article: Article, sources: Sequence[str], options: ReadOptions) -> Recorded:
    """The raw record that an article was made of: kept in a corpus file among `sources`, else read again.

    Raises CorpusToolError where the source is standard input, an export, or not what it was.
    """
    from corpus_tool.infer.kept import restored
    from corpus_tool.ingest.pipeline import Reading
    from corpus_tool.ingest.read_file import Recorded
    from corpus_tool.ingest.walk import STDIN, walk

    source = article.source
    kept = kept_record(article, sources)
    again = restored(kept, source) if kept is not None else None
    if again is not None:
        return Recorded(*again)
    if source.path == STDIN:
        raise CorpusToolError("standard input is gone; it cannot be read again", hint="save it to a file first")
    reading = Reading(replace(options, receipt=Receipt()))
    for found in walk(source.path):
        for recorded in reading.records(found, FileReport(found.path)):
            if recorded.record.number == source.record and recorded.record.id() == article.id:
                return recorded
    raise CorpusToolError(f"{source.path!r} does not hold the record of {article.name} any more", hint="read it again")


def date_reasons_of(article: Article, sources: Sequence[str], options: ReadOptions) -> list[tuple[str, str]]:
    """What each kind of source says of an article's date, and what became of it, in words.

    From the raw record that a corpus file keeps, else read again from `sources`. Empty for an export, for standard
    input, which cannot be read again, and for a date that was set by hand.
    """
    inferred = article.inference["date"]
    if inferred is not None and inferred.method == "user":
        return []
    from corpus_tool.infer.article import date_reasons
    from corpus_tool.infer.kept import restored
    from corpus_tool.ingest.learning import Habits
    from corpus_tool.ingest.pipeline import Reading
    from corpus_tool.ingest.walk import STDIN, check_sources, walk

    kept = kept_record(article, sources)
    again = restored(kept, article.source) if kept is not None else None
    if again is not None:
        return date_reasons(*again, options, article.language)
    checked = check_sources(source for source in sources if source != STDIN)
    habits = Habits(checked)
    reading = Reading(replace(options, receipt=Receipt()))
    for found in (found for source in checked for found in walk(source) if found.path == article.source.path):
        for record, origin, _ in reading.records(found, FileReport(found.path)):
            if record.number == article.source.record and record.complete is None and record.id() == article.id:
                return date_reasons(record, replace(origin, habits=habits.of(found)), options, article.language)
    return []


def changes_of(article: Article, sources: Sequence[str], options: ReadOptions) -> list[Change]:
    """What each cleaning rule changed in an article, in order; spans are characters of the decoded raw record.

    Where the text was a field's value, they are characters of that value.
    """
    from corpus_tool.infer.article import cleaned

    record = record_of(article, sources, options).record
    changes: list[Change] = []
    cleaned(record, options, changes)
    base = record.body_start or 0
    return [c._replace(raw_start=c.raw_start + base, raw_end=c.raw_end + base) for c in changes]


def raw_span(article: Article, start: int, end: int, sources: Sequence[str], options: ReadOptions) -> str:
    """What the characters `start` to `end` of an article's text were in its decoded raw record."""
    from corpus_tool.infer.article import text_of

    if not 0 <= start <= end <= len(article.text):
        raise UsageError(f"{start}:{end} is no span of the text, which has {len(article.text)} characters")
    record, origin, _ = record_of(article, sources, options)
    first, last = text_of(record, origin, options).to_raw(start, end)
    return record.body[first:last]
