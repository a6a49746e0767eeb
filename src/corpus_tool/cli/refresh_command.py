"""`corpus-tool refresh`: infer anew what a corpus file holds."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.corpus_options import CORPUS, check_corpus, say, warn_if_stale
from corpus_tool.cli.options import COUNT, condition_options, general_options, option, reading_options
from corpus_tool.cli.session import count
from corpus_tool.cli.typed import general, read_options, selection
from corpus_tool.errors import ExitCode, UsageError

EXAMPLES = (
    ("refresh press.db", "dates and languages, after an upgrade"),
    ("refresh press.db --what dates --day-order dmy", "dates, now that their order is known"),
    ("refresh press.db --what texts --rule nbsp=keep", "texts too, cleaned by another rule"),
)
SMALL_ARTICLES = 3000
NOT_HERE = ("input_format", "encoding", "split", "map", "from_path", "profile", "strict")
"""Options that say how sources are read: the records are there already."""


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Infer dates, languages or texts anew from the raw records kept."""
    path = values["corpus"]
    if not path:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.cli.add_command import processors
    from corpus_tool.corpus import Corpus
    from corpus_tool.infer.again import KINDS

    told, query, options = general(values), selection(values).query, read_options(values)
    named = [name.strip() for name in (values["what"] or "dates,languages").split(",") if name.strip()]
    what = [kind for kind in KINDS if kind in named]
    if not what or len(what) < len(set(named)):
        raise UsageError(f"--what {values['what']!r} cannot be refreshed", f"what can be: {', '.join(KINDS)}")
    check_corpus(path)
    with Corpus.open(path) as corpus:
        warn_if_stale(corpus, query, quiet=told.quiet)
        jobs = values["jobs"] or (1 if len(corpus) < SMALL_ARTICLES else processors())
        progress = _progress(len(corpus), quiet=told.quiet)
        try:
            done = corpus.refresh(what, options=options, query=query, jobs=jobs, on_article=progress and progress.one)
        finally:
            if progress is not None:
                progress.clear()
    parts = [f"{done.changed:,} of {count(done.read, 'article')} changed"]
    parts += [count(number, name) for name, number in _counted(done) if number]
    if done.not_kept:
        parts.append(f"{done.not_kept:,} left as they are: their raw records are not kept")
    say(f"{' · '.join(parts)} → {path}", quiet=told.quiet)
    return ExitCode.DONE


def _counted(done: Any) -> list[tuple[str, int]]:
    return [("date", done.dates), ("language", done.languages), ("text", done.texts)]


def _progress(total: int, *, quiet: bool) -> Any:
    """A progress line over so many articles, on a terminal."""
    import sys

    if quiet or not sys.stderr.isatty():
        return None
    from corpus_tool.cli.progress import Counted

    return Counted(total)


command = Command(
    name="refresh",
    callback=run,
    params=[
        CORPUS,
        option(
            "What to do", "--what", metavar="NAMES", help="dates, languages (both by default), texts (and all in them)."
        ),
        option(
            "What to do",
            "-j",
            "--jobs",
            type=COUNT,
            metavar="N",
            help="Processes that infer (default: as many as fit).",
        ),
        *[param for param in reading_options() if param.name not in NOT_HERE and "size" not in str(param.name)],
        *condition_options(sample=False),
        *general_options(),
    ],
    help="Infer dates, languages or texts anew from the raw records kept.",
    examples=EXAMPLES,
    notes="The sources are not needed. What was set by hand stays. Reading options given here or in the configuration "
    "hold for what is inferred anew; those of the first reading do not. Articles are written in batches of 1,000, each "
    "whole or not at all.",
)
