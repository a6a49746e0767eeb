"""The entry point: a lazy group of commands, and the one place where errors become text."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from corpus_tool import __version__
from corpus_tool.cli.command import CONTEXT_SETTINGS, write_examples
from corpus_tool.cli.streams import open_closed_streams, silence, tell
from corpus_tool.errors import CorpusToolError, ExitCode

COMMANDS: dict[str, str] = {
    "list": "One line per article: id, date, language, words, title.",
    "filter": "Whole records that meet the conditions, as JSON Lines or into a file.",
    "show": "One article to read, explained or raw.",
    "export": "Articles into JSON, JSON Lines, CSV, TSV, Markdown, or one file each.",
    "add": "Keep articles in a corpus file, with their raw records.",
    "search": "Articles that words, phrases and conditions find, the best first.",
    "kwic": "Concordance: every hit of a pattern with the words around it.",
    "freq": "Frequencies of words or n-grams, by group, with their dispersion.",
    "stats": "How many articles and words there are by language, month, outlet …",
    "dedupe": "Articles that repeat others, what each repeats, and how much.",
    "twins": "Articles of two languages that tell the same story, and why.",
    "align": "The passages of two articles in two languages that say the same.",
    "info": "What a corpus file holds: counts, runs, size.",
    "check": "Whether a corpus file is whole: pages, hashes, offsets, index.",
    "set": "Correct fields of an article by hand, for good.",
    "refresh": "Infer dates, languages or texts anew from the raw records kept.",
    "remove": "Take articles that meet conditions out of a corpus file.",
    "sniff": "What would be read, as which format, why, and how many articles.",
    "formats": "The formats that can be read and written.",
    "rules": "The cleaning rules in their order, with their values.",
    "config": "Settings, and where each value comes from.",
    "completion": "A script that completes commands and options in bash, zsh or fish.",
}
"""Command → its one line; the module of a command is imported only when it runs."""

TERMINATED = 143
"""The exit code after SIGTERM, as shells give it."""

HINT_WIDTH = 78

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

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 — Click's signature
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

            near = get_close_matches(args[0], COMMANDS, n=2, cutoff=0.6)
            known = ", ".join(COMMANDS)
            hint = (
                f"did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else f"the commands are: {known}"
            )
            raise CorpusToolError(f"no command is named {args[0]!r}", ExitCode.USAGE, hint)
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    name="corpus-tool",
    context_settings=CONTEXT_SETTINGS,
    help="Turn piles of raw news text into a corpus: every article with a language, a date that never claims more "
    "than is known, and clean text.",
)
@click.version_option(__version__, "--version", prog_name="corpus-tool")
def group() -> None:
    """The `corpus-tool` command."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    open_closed_streams()
    _end_tidily_on_signals()
    code = run(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
    except OSError as error:
        code = code or _failed(CorpusToolError(f"standard output cannot be written: {error.strerror}"))
        silence(sys.stdout)
    try:
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """The exit code of a command line; errors are told on stderr."""
    try:
        return _invoke(arguments)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.NoArgsIsHelpError as missing:
        tell(missing.format_message())
        return ExitCode.USAGE
    except BrokenPipeError:  # whoever read us has seen enough
        silence(sys.stdout)
        return ExitCode.DONE
    except Terminated:
        tell("terminated")
        return TERMINATED
    except (KeyboardInterrupt, click.Abort):
        tell("interrupted")
        return ExitCode.INTERRUPTED
    except Exception as error:
        if "--debug" in arguments:
            raise
        return _failed(_in_words(error))


def _invoke(arguments: list[str]) -> int:
    """Run the command, or complete one for the shell.

    Click's own `main` would end a closed pipe with 1 and tell an interrupt twice.
    """
    if os.environ.get("_CORPUS_TOOL_COMPLETE"):
        group.main(arguments, prog_name="corpus-tool", complete_var="_CORPUS_TOOL_COMPLETE")
    with group.make_context("corpus-tool", list(arguments)) as context:
        return int(group.invoke(context) or 0)


def _in_words(error: Exception) -> CorpusToolError:
    """What went wrong and what to do next, for every kind of error."""
    if isinstance(error, CorpusToolError):
        return error
    if isinstance(error, click.ClickException):
        return _of_click(error)
    if isinstance(error, OSError):
        return CorpusToolError(f"{error.filename or 'standard output'}: {error.strerror or error}")
    if isinstance(error, MemoryError):
        return CorpusToolError("there is not enough memory", hint="lower --max-file-size, or give fewer files at once")
    return CorpusToolError(
        f"a fault of corpus-tool itself: {type(error).__name__}: {error}",
        hint="--debug shows where; please report it with the command",
    )


def _of_click(error: click.ClickException) -> CorpusToolError:
    """Click's message on one line, with the nearest options where one is not known."""
    context = getattr(error, "ctx", None)
    hint = f"`{context.command_path} -h` explains it" if context is not None else ""
    code = ExitCode.USAGE if isinstance(error, click.UsageError) else ExitCode.FAILED
    message = " ".join(error.format_message().split()).rstrip(".")
    if isinstance(error, click.NoSuchOption) and context is not None:
        from difflib import get_close_matches

        known = [name for param in context.command.get_params(context) for name in (*param.opts, *param.secondary_opts)]
        near = get_close_matches(error.option_name, known, n=2)
        message = f"no option is named {error.option_name!r}"
        hint = f"did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else hint
    if context is not None and context.command.name in ("search", "kwic") and "ption" in message:
        hint += "\nwhat begins with - and is no option stands after --"
    return CorpusToolError(message, code, hint)


def _failed(error: CorpusToolError) -> int:
    """What happened and what to do next, on stderr."""
    from corpus_tool.cli.visible import visible

    lines = [f"corpus-tool: error: {visible(error.message)}"]
    lines += [f"  {line}" for part in visible(error.hint, lines=True).split("\n") for line in _wrapped(part)]
    tell("\n".join(lines))
    return error.code


def _wrapped(text: str) -> list[str]:
    """A hint in lines of a page's width; what is set apart by two blanks is a row and stays whole."""
    if len(text) < HINT_WIDTH or "  " in text:
        return [text] if text else []
    from textwrap import wrap

    return wrap(text, HINT_WIDTH, break_long_words=False, break_on_hyphens=False)


class Terminated(KeyboardInterrupt):
    """SIGTERM came: the same tidy end as with Ctrl-C, under another code."""


def _end_tidily_on_signals() -> None:
    """Let Ctrl-C and SIGTERM unwind the command once, so that files written aside are taken away undisturbed."""
    import signal

    def end(number: int, _frame: Any) -> None:
        for each in handled:
            signal.signal(each, signal.SIG_IGN)
        raise Terminated if number == signal.SIGTERM else KeyboardInterrupt

    usual = (signal.SIG_DFL, signal.default_int_handler)  # what is ignored, as under nohup, stays ignored
    handled = [each for each in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(each) in usual]
    with suppress(ValueError):  # not the main thread of a program that embeds us
        for each in handled:
            signal.signal(each, end)
