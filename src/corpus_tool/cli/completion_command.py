"""`corpus-tool completion`: a script that a shell loads."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.errors import ExitCode

SHELLS = ("bash", "zsh", "fish")
EXAMPLES = (
    ("completion bash >> ~/.bashrc", "for every new bash"),
    ("completion zsh >> ~/.zshrc", "for every new zsh"),
    ("completion fish > ~/.config/fish/completions/corpus-tool.fish", "for every new fish"),
)


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(values["shell"])
    assert found is not None  # Click knows the three shells that the argument allows
    group = context.find_root().command
    click.echo(found(group, {}, "corpus-tool", "_CORPUS_TOOL_COMPLETE").source())
    return ExitCode.DONE


command = Command(
    name="completion",
    callback=run,
    params=[click.Argument(["shell"], type=click.Choice(SHELLS))],
    help="A script that completes commands and options in bash, zsh or fish.",
    examples=EXAMPLES,
)
