"""`export --format tmx`: twins that are translations, as one translation memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus_tool.cli.link_options import check_extra, matching
from corpus_tool.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from corpus_tool.cli.session import Session
    from corpus_tool.corpus import Corpus
    from corpus_tool.query import Query
    from corpus_tool.writers.tmx import Unit


def export_tmx(values: dict[str, Any], output: str | None) -> int:
    """Write the aligned sentences of all twins that are translations, of which one meets the conditions."""
    from corpus_tool.cli.output import stream_stdout
    from corpus_tool.cli.session import Session
    from corpus_tool.cli.typed import general, read_options, selection
    from corpus_tool.selection import Tally
    from corpus_tool.writers.files import write_file
    from corpus_tool.writers.tmx import write

    check_extra("Aligning twins")
    told, query = general(values), selection(values).query
    for name in ("sample", "sort", "reverse", "fields", "excel", "extra", "raw", "as_json"):
        if values[name] not in (None, False):
            raise UsageError(f"--{name.replace('as_', '')} does not go with --format tmx", "it has pairs of sentences")
    with Session(values["sources"], read_options(values), told, values) as session:
        if session.corpus is not None:
            session.count_corpus()
        corpus = session.keep_in_passing()
        memory = _Memory(corpus, query, limit=values["limit"])
        memory.check(session)
        if output is None:
            stream_stdout(lambda out: write(memory.units(), out))
        else:
            with write_file(output, force=values["force"]) as file:
                write(memory.units(), file)
        code = session.finish(Tally(len(corpus), len(corpus), len(corpus)), done=memory.outcome(output))
    return ExitCode.FAILED if values["exit_status"] and not memory.translations else code


class _Memory:
    """The units of twins, and how many pairs were translations."""

    def __init__(self, corpus: Corpus, query: Query, *, limit: int | None) -> None:
        self._corpus = corpus
        self._wanted = matching(corpus, replace(query, canonical=None))
        copies = corpus.copies() if query.canonical is not None else {}
        self._canonical, self._copies = query.canonical, copies.keys()
        self._limit = limit
        self.translations = 0
        self.others = 0

    def check(self, session: Session) -> None:
        """Look for twins among sources that are no corpus file; CorpusToolError for one that knows none."""
        from corpus_tool.cli.session import warn_of_stale
        from corpus_tool.pairing import check_knows_twins

        if session.in_passing:
            self._corpus.twins()
        else:
            check_knows_twins(self._corpus.store)
            warn_of_stale(self._corpus.store, "twins", session.say)

    def units(self) -> Iterator[Unit]:
        """The passages of one pair after another."""
        from corpus_tool.cli.pairs import aligned, units
        from corpus_tool.pairing import kept_twins

        for found in list(kept_twins(self._corpus.store)):
            if not self._is_meant({found.pair.a, found.pair.b}):
                continue
            if self.translations == self._limit:
                return
            one, other = self._corpus.both(found.pair)
            alignment = aligned(one, other)
            if alignment.mode == "translation":
                self.translations += 1
                yield from units(one, other, alignment)
            else:
                self.others += 1

    def _is_meant(self, pair: set[str]) -> bool:
        """Whether an article of a pair meets the conditions; as for copies, none or any of the two is one."""
        if self._canonical not in (None, self._copies.isdisjoint(pair)):
            return False
        return self._wanted is None or not self._wanted.isdisjoint(pair)

    def outcome(self, output: str | None) -> str:
        """How many pairs were written and how many were not, and why."""
        from corpus_tool.cli.session import count

        said = count(self.translations, "translation")
        if self.others:
            said += f"; {count(self.others, 'pair')} left out that tell one story but are none (`twins --passages`)"
        return f"{output}: {said}" if output else said
