"""`corpus-tool config show`: settings, and where each value comes from."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import CONTEXT_SETTINGS, Command
from corpus_tool.cli.options import format_option, general_options, option
from corpus_tool.cli.typed import general
from corpus_tool.errors import ExitCode

EXAMPLES = (
    ("config show", "every setting, its value and its origin"),
    ("config show --config project.yaml", "the same with another file"),
    ("config show --json", "the same for a program"),
)

SHORT = ("setting", "value", "origin", "about")
ORIGIN = 27  # as long as the longest variable
COLUMNS = ("setting", "value", "origin", "variable", "about")


@click.pass_context
def run(_context: click.Context, /, **values: Any) -> int:
    """Print every setting with its value and its origin."""
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.tables import print_rows
    from corpus_tool.config import SETTINGS, resolve, variable

    found = resolve({"color": values.get("color")}, values.get("config"))
    rows = [
        {
            "setting": setting.name,
            "value": shown(found[setting.name].value, setting.kind),
            "origin": found[setting.name].origin,
            "variable": variable(setting.name),
            "about": setting.help,
        }
        for setting in SETTINGS
    ]
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    print_rows(rows, COLUMNS if name != "table" else SHORT, name, general(values).color, middle=ORIGIN)
    return ExitCode.DONE


def shown(value: Any, kind: str) -> str:
    """A setting's value as it would be typed."""
    if value is None:
        return ""
    if kind == "size":
        return _size(value)
    if isinstance(value, dict):
        return ",".join(f"{key}={item}" for key, item in value.items())
    return ",".join(value) if isinstance(value, tuple) else f"{value:g}" if isinstance(value, float) else str(value)


def _size(value: int) -> str:
    """A size in the largest unit that gives a whole number."""
    for power, unit in ((40, "TB"), (30, "GB"), (20, "MB"), (10, "KB")):
        if value and value % (1 << power) == 0:
            return f"{value >> power}{unit}"
    return str(value)


_SHOW = Command(
    name="show",
    callback=run,
    params=[
        format_option(("table", "tsv", "json")),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *general_options(),
    ],
    help="Every setting with its value and where it comes from.",
    examples=EXAMPLES,
    notes="A flag wins over the environment, that over ./corpus-tool.yaml (or --config FILE), that over the user's "
    "file ($XDG_CONFIG_HOME/corpus-tool/config.yaml), that over the default. The variable of a setting is "
    "CORPUS_TOOL_ and its name in capitals: CORPUS_TOOL_MAX_FILE_SIZE.",
)

command = click.Group(
    name="config",
    commands={"show": _SHOW},
    context_settings=CONTEXT_SETTINGS,
    help="Settings, and where each value comes from.",
)
