"""What the commands on one corpus file share: its argument, and opening it."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.options import PATH
from corpus_tool.errors import UsageError

CORPUS = click.Argument(["corpus"], required=False, type=PATH, metavar="CORPUS")


def check_corpus(path: str) -> None:
    """UsageError where a path does not exist; CorpusToolError where it leads to no corpus file."""
    import os

    from corpus_tool.store.opening import check_kind

    if not os.path.lexists(path):
        raise UsageError(f"{path!r} does not exist", f"make it: corpus-tool add {path} SOURCE…")
    check_kind(path)


def say(line: str, *, quiet: bool) -> None:
    """A line about what was done, on stderr."""
    if not quiet:
        from corpus_tool.cli.streams import tell
        from corpus_tool.cli.visible import visible

        tell(f"corpus-tool: {visible(line)}")


def warn_if_stale(corpus: Any, query: Any, *, quiet: bool) -> None:
    """Warn where a condition asks for duplicates, and articles came or changed since they were looked for."""
    if query.canonical is not None and not quiet:
        from corpus_tool.cli.session import warn_of_stale
        from corpus_tool.cli.streams import tell

        corpus.store.check_knows_duplicates()
        warn_of_stale(corpus.store, "duplicates", lambda line: tell(f"corpus-tool: {line}"))


def picked(corpus: Any, wanted: str) -> Any:
    """The one article of a corpus file that an id, a name or the beginning of one names."""
    from corpus_tool.cli.picking import MANY, pick

    return pick(corpus.store.by_key(wanted, MANY + 1), wanted)
