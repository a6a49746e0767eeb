"""Whether a corpus file is whole: what SQL can tell, and whether each article agrees with its text and raw record."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise

from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.infer.article import text_of
from corpus_tool.infer.kept import KeptRecord, decoded, identifier, restored
from corpus_tool.model.article import Article
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.options import ReadOptions
from corpus_tool.store.check import (
    OnTick,
    Step,
    StoredRow,
    add_if_short,
    counts_step,
    index_step,
    links_step,
    pages_step,
    references_step,
    rows_to_check,
    runs_step,
    schema_step,
)
from corpus_tool.store.odd_letters import oddly_spelled
from corpus_tool.store.records import known, unpacked
from corpus_tool.store.rows import article_of, digest_of
from corpus_tool.store.store import Store
from corpus_tool.text.normalize import Normalized, check_rules
from corpus_tool.text.tokens import count_words
from corpus_tool.version import __version__

MOST_RULES = 8
"""So many different settings of the cleaning rules are tried to make a text again."""

_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What reading a damaged value can raise."""

QUICK = ("schema", "pages", "counts", "runs")
ALL = ("schema", "pages", "references", "counts", "articles", "records", "offsets", "runs", "links", "index")
"""The names of the steps, in their order."""


def check(path: str, *, quick: bool = False, on_tick: OnTick | None = None) -> Iterator[Step]:
    """The steps of a check one after another, each when it is done; nothing is changed, and memory stays flat.

    Raises CorpusToolError for what is no corpus file, or one of a later version. `quick` looks at no article.
    """
    try:
        store = Store.open(path)
    except CorpusToolError as error:
        if error.code != ExitCode.DAMAGED_INPUT:
            raise
        step = Step("schema", "tables, indexes and views")
        step.add("unreadable", error.message)
        add_if_short(path, step)
        yield step
        return
    with store:
        store.connection.execute("BEGIN")  # all steps see the file as it is now, whoever writes meanwhile
        yield schema_step(store)
        yield pages_step(store, quick=quick, on_tick=on_tick)
        if not quick:
            yield references_step(store)
        yield counts_step(store)
        if not quick:
            yield from _Articles(store, on_tick).steps()
        yield runs_step(store)
        if not quick:
            yield links_step(store)
            yield index_step(store, on_tick=on_tick)


class _Articles:
    """The look at each article: its row, the raw record kept of it, and the way back from its text to that record."""

    def __init__(self, store: Store, on_tick: OnTick | None) -> None:
        self._store = store
        self._on_tick = on_tick
        self.rows = Step("articles", "articles")
        self.records = Step("records", "raw records")
        self.offsets = Step("offsets", "texts")
        self._foreign = self._other = self._not_again = 0
        self._options = [ReadOptions()]
        self._same_version = True

    def steps(self) -> Iterator[Step]:
        """The three steps, made in one pass over the file."""
        with self.rows.reading(self._store.path):
            self._read_runs()
        total = self._total()
        for row in rows_to_check(self._store, self.rows):
            self.rows.checked += 1
            self._check(row)
            if self._on_tick is not None:
                self._on_tick(self.rows.name, self.rows.checked, total)
        self._tell()
        yield from (self.rows, self.records, self.offsets)

    def _total(self) -> int:
        with self.rows.reading(self._store.path):
            return int(self._store.connection.execute("SELECT count(*) FROM articles").fetchone()[0])
        return 0

    def _read_runs(self) -> None:
        """With which cleaning rules articles were read, and whether by this version alone."""
        found: list[Mapping[str, str]] = []
        for tool, told in self._store.connection.execute("SELECT tool, options FROM runs"):
            self._same_version &= tool == __version__
            try:
                rules = json.loads(told).get("rules", {})
                if rules not in found and len(found) < MOST_RULES:
                    check_rules(rules)
                    found.append(rules)
            except (*_UNREADABLE, CorpusToolError):
                continue  # the step about runs tells what cannot be read
        self._options = [ReadOptions(rules=rules) for rules in found] or self._options

    def _check(self, row: StoredRow) -> None:
        try:
            article = article_of(row.values)
            same = digest_of(article) == row.digest
        except _UNREADABLE as error:
            self.rows.add("unreadable", f"its values cannot be read: {error!s:.80}", row.id)
            return
        if not same:
            self.rows.add("digest", "its row is not what was written: the digest is another", article.id)
        elif row.odd != oddly_spelled(f"{article.title} {article.text}"):
            self.rows.add("spelling", "`oddly_spelled` says otherwise: a concordance may miss it", article.id)
        kept = self._kept(row, article)
        for kind, what in disagreements(article, words=self._same_version):
            if row.facts is None:  # an export said so, which may have been edited
                self._foreign += 1
            else:
                self.rows.add(kind, what, article.id)
        if kept is not None and same:
            self._check_record(kept, article)

    def _kept(self, row: StoredRow, article: Article) -> KeptRecord | None:
        """The raw record of an article; None where none is kept, or it cannot be read."""
        if row.raw is None:
            return None
        self.records.checked += 1
        try:
            return KeptRecord(*unpacked(row.raw, row.facts, known(article)))
        except (zlib.error, *_UNREADABLE) as error:
            self.records.add("unreadable", f"its raw record cannot be read: {error!s:.80}", article.id)
            return None

    def _check_record(self, kept: KeptRecord, article: Article) -> None:
        try:
            raw = decoded(kept, article.source)
            same = identifier(kept, article.source) == article.id
        except _UNREADABLE as error:
            self.records.add("facts", f"what is kept beside its raw record cannot be read: {error!s:.80}", article.id)
            return
        source = article.source
        if kept.facts is None:
            # The id of a table's row is made of its header too, which an export does not carry.
            self._other += not same
        else:
            if not same:
                self.records.add("id", "its raw record gives another id", article.id)
            place = source.byte_end - source.byte_start
            if place != len(kept.data):
                what = f"its raw record has {len(kept.data):,} bytes; its place in the source has {place:,}"
                self.records.add("bytes", what, article.id)
        if same:
            for kind, what in disagreements_with_raw(article, raw):
                self.records.add(kind, what, article.id)
            if kept.facts is not None:
                self._check_offsets(kept, article)

    def _check_offsets(self, kept: KeptRecord, article: Article) -> None:
        """Make the text again, where the rules that made it are known, and lead its blocks back."""
        try:
            again = restored(kept, article.source)
            assert again is not None
            record, origin = again
            for options in self._options:
                made = text_of(record, origin, options)
                if made.text == article.text:
                    break
            else:
                self._not_again += 1
                return
        except _UNREADABLE as error:
            self.records.add("facts", f"what is kept beside its raw record cannot be read: {error!s:.80}", article.id)
            return
        self.offsets.checked += 1
        if not leads_back(made, article, len(record.body)):
            self.offsets.add("offsets", "its blocks do not lead back to its raw record in order", article.id)

    def _tell(self) -> None:
        if not self._same_version:
            self.rows.notices.append("words were not counted again: another version of corpus-tool counted some")
        if self._foreign:
            self.rows.notices.append(f"{self._foreign:,} disagreements with the text that exports brought along")
        if self._other:
            self.records.notices.append(f"{self._other:,} from exports give another id: a table's header belongs to it")
        if self._not_again:
            self.offsets.notices.append(
                f"{self._not_again:,} texts are not made again by this version, or by the rules that the runs tell"
            )


def disagreements(article: Article, *, words: bool = True) -> Iterator[tuple[str, str]]:
    """Where the fields of an article disagree with its text and with each other: the kind and what it is.

    Without `words` these are not counted again.
    """
    text, blocks = article.text, article.normalization.blocks
    if article.characters != len(text):
        yield "characters", f"it says {article.characters} characters; its text has {len(text)}"
    if words and article.words != (counted := count_words(text)):
        yield "words", f"it says {article.words} words; its text has {counted}"
    if article.paragraphs != len(blocks):
        yield "paragraphs", f"it says {article.paragraphs} paragraphs; it has {len(blocks)} blocks"
    ends = [0, *(at for block in blocks for at in block[1:]), len(text)]
    if any(first > second for first, second in pairwise(ends)):
        yield "blocks", "its blocks are not in order inside its text"
    for name, inferred in article.inference.items():
        for item in inferred.evidence if inferred is not None else ():
            inside = 0 <= item.start <= item.end
            if item.where == "text":
                inside &= item.end <= len(text) and text[item.start : item.end] == item.text
            if not inside:
                yield "evidence", f"the evidence of its {name} does not stand at {item.start} to {item.end}"
    if not _dates_agree(article):
        yield "dates", f"its date {article.date} does not mean {article.date_earliest} to {article.date_latest}"


def _dates_agree(article: Article) -> bool:
    try:
        date = EdtfDate.parse(article.date) if article.date is not None else None
        if article.date_modified is not None:
            EdtfDate.parse(article.date_modified)
    except ValueError:
        return False
    bounds = (date.earliest, date.latest) if date is not None else (None, None)
    told = tuple(None if bound is None else bound.isoformat() for bound in bounds)
    return told == (article.date_earliest, article.date_latest)


def disagreements_with_raw(article: Article, raw: str) -> Iterator[tuple[str, str]]:
    """Where what an article says of its decoded raw record is not so: the kind and what it is."""
    for name, inferred in article.inference.items():
        for item in inferred.evidence if inferred is not None else ():
            if item.where == "raw" and raw[item.start : item.end] != item.text:
                yield "raw-evidence", f"the evidence of its {name} does not stand at {item.start} of its raw record"
    for removed in article.normalization.removed:
        start, end = removed.raw_start, removed.raw_end
        if start is not None and end is not None and not 0 <= start <= end <= len(raw):
            yield "removed", f"what was left out as {removed.kind!r:.40} has no place in its raw record"


def leads_back(made: Normalized, article: Article, raw_length: int) -> bool:
    """Whether the map of a text leads each block of an article to a span of the raw body, in the same order.

    The law of the map: total, monotone, inside its bounds.
    """
    spans: list[tuple[int, int]] = [made.to_raw(block.start, block.end) for block in article.normalization.blocks]
    whole = made.to_raw(0, len(made.text))
    inside = all(whole[0] <= start <= end <= whole[1] for start, end in spans)
    in_order = all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))
    return inside and in_order and 0 <= whole[0] <= whole[1] <= raw_length
