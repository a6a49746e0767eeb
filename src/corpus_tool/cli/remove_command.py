"""`corpus-tool remove`: take articles out of a corpus file."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.corpus_options import CORPUS, check_corpus, picked, say, warn_if_stale
from corpus_tool.cli.options import condition_options, general_options, option
from corpus_tool.cli.session import count
from corpus_tool.cli.typed import general, selection
from corpus_tool.errors import ExitCode, UsageError

EXAMPLES = (
    ("remove press.db --source 'dump/test/*'", "say how many articles would go"),
    ("remove press.db --source 'dump/test/*' --yes", "take them out"),
    ("remove press.db 4f1c 000_2f --yes", "two articles, by id or name"),
)


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Remove the articles that meet the conditions, or say how many do."""
    path = values["corpus"]
    if not path:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.corpus import Corpus

    told, query = general(values), selection(values).query
    if query.empty and not values["ids"]:
        raise UsageError("no condition is given: every article would go", "name ids, or a condition such as --source")
    check_corpus(path)
    with Corpus.open(path) as corpus:
        warn_if_stale(corpus, query, quiet=told.quiet)
        ids = [picked(corpus, key).id for key in values["ids"]]
        if values["yes"]:
            removed = corpus.remove(query, ids)
            say(f"{count(removed, 'article')} removed; {len(corpus):,} stay", quiet=told.quiet)
            return ExitCode.DONE
        found = len(corpus.numbers(query, ids))
    say(f"{count(found, 'article')} would be removed from {path}; nothing was: --yes removes them", quiet=told.quiet)
    return ExitCode.DONE


command = Command(
    name="remove",
    callback=run,
    params=[
        CORPUS,
        click.Argument(["ids"], nargs=-1, metavar="[ID…]"),
        option("What to do", "--yes", is_flag=True, help="Remove them; without it only their number is told."),
        *condition_options(sample=False),
        *general_options(),
    ],
    help="Take articles that meet conditions out of a corpus file.",
    examples=EXAMPLES,
    notes="What is removed goes with its raw record and its corrections; adding its source again brings it back. "
    "`list` with the same conditions shows what would go. The space is used by what is added next.",
)
