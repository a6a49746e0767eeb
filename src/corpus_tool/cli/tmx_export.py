"""`export --format tmx`: twins that are translations, as one translation memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus_tool.errors import ExitCode

if TYPE_CHECKING:
    from corpus_tool.cli.session import Session
    from corpus_tool.corpus import Corpus
    from corpus_tool.writers.tmx import Unit


def export_tmx(values: dict[str, Any], output: str | None) -> int:
    """Write the aligned sentences of all twins that are translations, of which one meets the conditions."""
    from corpus_tool.cli.link_options import matching
    from corpus_tool.cli.options import general, read_options, selection
    from corpus_tool.cli.output import stream_stdout
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Tally
    from corpus_tool.writers.files import write_file
    from corpus_tool.writers.tmx import write

    told, query = general(values), selection(values).query
    with Session(values["sources"], read_options(values), told, values) as session:
        if session.corpus is not None:
            session.count_corpus()
        corpus = session.keep_in_passing()
        memory = _Memory(corpus, matching(corpus, query), limit=values["limit"])
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

    def __init__(self, corpus: Corpus, wanted: set[str] | None, *, limit: int | None) -> None:
        self._corpus = corpus
        self._wanted = wanted
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
        from corpus_tool.pairing import kept_search, kept_twins

        store = self._corpus.store
        search = kept_search(store)
        for found in list(kept_twins(store)):
            if self._wanted is not None and self._wanted.isdisjoint((found.pair.a, found.pair.b)):
                continue
            if self.translations == self._limit:
                return
            one, other = (next(iter(store.by_key(name, 1))) for name in (found.pair.a, found.pair.b))
            alignment = aligned(one, other, search)
            if alignment.mode == "translation":
                self.translations += 1
                yield from units(one, other, alignment)
            else:
                self.others += 1

    def outcome(self, output: str | None) -> str:
        """How many pairs were written and how many were not, and why."""
        from corpus_tool.cli.session import count

        said = count(self.translations, "translation")
        if self.others:
            said += f"; {count(self.others, 'pair')} left out that tell one story but are none (`twins --passages`)"
        return f"{output}: {said}" if output else said
