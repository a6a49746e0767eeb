"""`corpus-tool set`: correct fields by hand."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.corpus_options import CORPUS, check_corpus, picked, say
from corpus_tool.cli.options import general_options, option
from corpus_tool.cli.typed import general
from corpus_tool.errors import ExitCode, UsageError

EXAMPLES = (
    ("set press.db 4f1c date=2018-06-20", "the date of an article, known from elsewhere"),
    ('set press.db 4f1c "authors=An Peeters; Jo Maes" outlet=', "two authors; no outlet is known"),
    ("set press.db 4f1c --undo date", "what was inferred before"),
)


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Correct fields of one article, or take corrections back."""
    path, key = values["corpus"], values["key"]
    if not path or not key:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    wanted = dict(_parsed(item) for item in values["values"])
    undone = [name.strip() for item in values["undo"] for name in item.split(",") if name.strip()]
    if not wanted and not undone:
        raise UsageError("nothing is to be set", f"say what: corpus-tool set {path} {key} date=2018-06-20")
    from corpus_tool.corpus import Corpus
    from corpus_tool.correcting import checked

    told = general(values)
    check_corpus(path)
    with Corpus.open(path) as corpus:
        article = picked(corpus, key)
        if undone:
            checked(wanted)  # before anything is changed
            article = corpus.undo(article.id, undone)
            say(f"{article.name}: {', '.join(undone)} as before", quiet=told.quiet)
        if wanted:
            article = corpus.correct(article.id, wanted)
            say(f"{article.name}: {', '.join(wanted)} set by hand", quiet=told.quiet)
    return ExitCode.DONE


def _parsed(item: str) -> tuple[str, str]:
    field, sign, value = item.partition("=")
    if not sign or not field.strip():
        raise UsageError(f"{item!r} is not of the form field=value", "an example: date=2018-06-20")
    return field.strip(), value


command = Command(
    name="set",
    callback=run,
    params=[
        CORPUS,
        click.Argument(["key"], required=False, metavar="ID"),
        click.Argument(["values"], nargs=-1, metavar="FIELD=VALUE…"),
        option("What to set", "--undo", multiple=True, metavar="FIELD,…", help="As it was before it was set by hand."),
        *general_options(),
    ],
    help="Correct fields of an article by hand, for good.",
    examples=EXAMPLES,
    notes="Fields: title, date, language, authors (with ; between them), outlet, section, url, extra.LABEL. ID is an "
    "id, a name, or the beginning of one. An empty value says that nothing is known. The evidence of what was set is "
    "`user`, and `refresh` leaves it alone.",
)
