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


def picked(corpus: Any, wanted: str) -> Any:
    """The one article of a corpus file that an id, a name or the beginning of one names."""
    from corpus_tool.cli.show_command import MANY, pick

    return pick(corpus.store.by_key(wanted, MANY + 1), wanted)
