"""A Click command whose help reads: one line, examples, options in groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

Callback = Callable[..., int | None]
GENERAL = "General options"
CONTEXT_SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def write_examples(formatter: click.HelpFormatter, examples: Sequence[tuple[str, str]]) -> None:
    """Examples as they are typed, each with a line below that says what it does."""
    with formatter.section("Examples"):
        for command, what in examples:
            formatter.write(f"{'':>{formatter.current_indent}}corpus-tool {command}\n")
            formatter.write(f"{'':>{formatter.current_indent + 4}}{what}\n")


class Option(click.Option):
    """An option that stands under a heading in the help."""

    def __init__(self, *args: Any, group: str = GENERAL, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group


class Command(click.Command):
    """A command with examples above its options, and its options under headings."""

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), notes: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", CONTEXT_SETTINGS)
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.notes = notes

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, the one line, examples, grouped options, notes."""
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        write_examples(formatter, self.examples)
        self.format_options(ctx, formatter)
        if self.notes:
            formatter.write_paragraph()
            formatter.write_text(self.notes)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under their headings, in the order in which the headings first occur."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                groups.setdefault(getattr(param, "group", GENERAL), []).append(record)
        for heading, records in groups.items():
            with formatter.section(heading):
                formatter.write_dl(records, col_max=34)
