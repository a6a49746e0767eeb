"""`corpus-tool add`: keep articles in a corpus file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.options import JOBS, PATH, SOURCES, general_options, option, reading_options, receipt_options
from corpus_tool.cli.typed import general, read_options
from corpus_tool.errors import CorpusToolError, ExitCode, UsageError

if TYPE_CHECKING:
    from corpus_tool.cli.session import Session
    from corpus_tool.corpus import Corpus

EXAMPLES = (
    ("add press.db dump/", "make a corpus file of a folder, or add what is new in it"),
    ("add press.db more/*.jsonl --jobs 2", "two processes infer; the file is the same"),
    ("add all.db nl.db fr.db", "join corpus files, raw records and all"),
)
SMALL_BYTES = 4 << 20
"""Sources of fewer bytes are read by one process: starting others takes longer."""


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Add articles to a corpus file, which is made where it does not exist."""
    path, sources = values["corpus"], values["sources"]
    if not path:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    if not sources:
        raise UsageError(
            f"what is to be added to {path!r}?", "name the sources after it: corpus-tool add press.db dump/"
        )
    from corpus_tool.adding import check_not_added_to_itself
    from corpus_tool.cli.session import Session
    from corpus_tool.corpus import Corpus
    from corpus_tool.selection import Tally

    told = general(values)
    options = read_options(values)
    check_not_added_to_itself(path, sources)
    with Session(sources, options, told, values, pushdown=False) as session:
        jobs = values["jobs"] or suitable_jobs(sources)
        _warn_of_network(path, session)
        with Corpus.open_or_create(path) as corpus:
            before = len(corpus)
            try:
                corpus.add(
                    sources, options=options, jobs=jobs, on_report=session.report, on_article=session.article_done
                )
            except KeyboardInterrupt:
                session.say(f"{len(corpus) - before:,} articles were added and are kept; the same command goes on")
                raise
            stored = options.receipt.stored or 0
            if not values["no_update"]:
                _update_links(corpus, session)
            done = f"{path} ({len(corpus):,} in all)"
        return session.finish(Tally(stored, stored, stored), done=done)


def _update_links(corpus: Corpus, session: Session) -> None:
    """Bring the duplicates and twins that the file keeps up to date."""
    from corpus_tool.cli.link_options import progress

    try:
        with progress(len(corpus), quiet=session.told.quiet) as on_article:
            done = corpus.update_links(on_article)
    except CorpusToolError as error:  # the articles are there, whatever becomes of their links
        from corpus_tool.cli.visible import visible

        lines = [f"warning: duplicates or twins were not brought up to date: {error.message}", *error.hint.splitlines()]
        session.say("\n  ".join(map(visible, [*lines, "--no-update leaves them as they are"])))
        return
    if done and not session.told.quiet:
        session.say(f"{' and '.join(done)} brought up to date")


def suitable_jobs(sources: Sequence[str]) -> int:
    """As many processes as this one may use processors; one where there is little to read, or standard input."""
    from corpus_tool.corpus import total_bytes

    total = total_bytes(sources, enough=SMALL_BYTES)
    if total is None or total < SMALL_BYTES:
        return 1
    return processors()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _warn_of_network(path: str, session: Any) -> None:
    """Say that a corpus file on a network drive is safe with one program at a time only."""
    from corpus_tool.cli.visible import visible
    from corpus_tool.store.opening import on_network

    kind = on_network(path)
    if kind is not None:
        session.say(f"warning: {visible(path)} lies on a network drive ({kind}): let one machine at a time use it")


command = Command(
    name="add",
    callback=run,
    params=[
        click.Argument(["corpus"], required=False, type=PATH, metavar="CORPUS"),
        SOURCES,
        option(
            "Output", "-j", "--jobs", type=JOBS, metavar="N", help="Processes that infer (default: as many as fit)."
        ),
        option("Output", "--no-update", is_flag=True, help="Leave the duplicates and twins kept there as they are."),
        *receipt_options(),
        *reading_options(),
        *general_options(),
    ],
    help="Keep articles in a corpus file, with their raw records.",
    examples=EXAMPLES,
    notes="CORPUS is made where it does not exist; it is one SQLite file (see docs/corpus-file.md) that every command "
    "takes as a source. What stands in it already is counted as known: adding again adds nothing, and a run that was "
    "broken off goes on. Articles are written in batches of 2,000, each whole or not at all.",
)
