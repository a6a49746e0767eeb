"""The entry point: a lazy group of commands, and the one place where errors become text."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from corpus_tool import __version__
from corpus_tool.cli.command import write_examples
from corpus_tool.errors import CorpusToolError, ExitCode

COMMANDS: dict[str, str] = {
    "list": "One line per article: id, date, language, words, title.",
    "filter": "Whole records that meet the conditions, as JSON Lines or into a file.",
    "show": "One article to read, explained or raw.",
    "export": "Articles into JSON, JSON Lines, CSV, TSV, Markdown, or one file each.",
    "sniff": "What would be read, as which format, why, and how many articles.",
    "formats": "The formats that can be read and written.",
    "config": "Settings, and where each value comes from.",
    "completion": "A script that completes commands and options in bash, zsh or fish.",
}
"""Command → its one line; the module of a command is imported only when it runs."""

EXAMPLES = (
    ("list press/", "each article with its date and language"),
    ("filter press/ -l nl --since 2018-06 -o nl.jsonl", "the Dutch ones from June 2018 on"),
    ("show press/ 4f1c --explain", "one article, and why we believe its date"),
)


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — Click's signature
        """The commands in the order of their work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"corpus_tool.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line, examples, commands, options."""
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        write_examples(formatter, EXAMPLES)
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        with formatter.section("Options"):
            formatter.write_dl([record for p in self.get_params(ctx) if (record := p.get_help_record(ctx))])
        formatter.write_paragraph()
        formatter.write_text("`corpus-tool COMMAND -h` explains a command.")

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command typed; a name that is none gets the nearest ones."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=2, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else f"the commands are: {', '.join(COMMANDS)}"
            raise CorpusToolError(f"no command is named {args[0]!r}", ExitCode.USAGE, hint)
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    name="corpus-tool",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Turn piles of raw news text into a corpus: every article with a language, a date that never claims more than is known, and clean text.",
)
@click.version_option(__version__, "--version", prog_name="corpus-tool")
def group() -> None:
    """The `corpus-tool` command."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    _open_closed_streams()
    arguments = sys.argv[1:] if arguments is None else arguments
    code = run(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
    except OSError as error:
        code = code or _failed(CorpusToolError(f"stdout cannot be written: {error.strerror}"))
        _silence_stdout()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """The exit code of a command line; errors are told on stderr."""
    debug = "--debug" in arguments
    completing = os.environ.get("_CORPUS_TOOL_COMPLETE")
    try:
        result = group.main(
            arguments,
            prog_name="corpus-tool",
            standalone_mode=bool(completing),
            complete_var="_CORPUS_TOOL_COMPLETE",
        )
        return int(result or 0)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.NoArgsIsHelpError as missing:
        click.echo(missing.format_message(), err=True)
        return ExitCode.USAGE
    except click.ClickException as error:
        if debug:
            raise
        return _failed(_of_click(error))
    except CorpusToolError as error:
        if debug:
            raise
        return _failed(error)
    except BrokenPipeError:
        _silence_stdout()
        return ExitCode.DONE
    except (KeyboardInterrupt, click.Abort):
        print("interrupted", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except OSError as error:
        if debug:
            raise
        return _failed(CorpusToolError(f"{error.filename or 'output'}: {error.strerror or error}"))


def _of_click(error: click.ClickException) -> CorpusToolError:
    context = getattr(error, "ctx", None)
    hint = f"see `{context.command_path} -h`" if context is not None else ""
    code = ExitCode.USAGE if isinstance(error, click.UsageError) else ExitCode.FAILED
    return CorpusToolError(error.format_message(), code, hint)


def _failed(error: CorpusToolError) -> int:
    """What happened and what to do next, on stderr."""
    from corpus_tool.cli.visible import visible

    lines = [f"corpus-tool: error: {visible(error.message)}"]
    if error.hint:
        lines.append(f"  {visible(error.hint, lines=True)}")
    print("\n".join(lines), file=sys.stderr)
    return error.code


def _open_closed_streams() -> None:
    """A stream that was closed before we started reads as empty and swallows what is written.

    Text for a terminal that cannot show it is escaped rather than refused.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull)
    for name in ("stdout", "stderr"):
        stream: Any = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))
        else:
            stream.reconfigure(errors="backslashreplace")


def _silence_stdout() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not complain at its end."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
