"""Rewrite the pages of docs/ whose facts live in code: `python docs/generate.py`, or `--check` to find stale ones.

A page is a template of `docs/templates/` in which `{{ name }}` stands for a table made here; a help page is made
from its command alone. The same code always gives the same bytes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from corpus_tool.cli.main import COMMANDS, group
from corpus_tool.config import SETTINGS, variable
from corpus_tool.errors import CODES
from corpus_tool.infer.language.registry import DETECTORS
from corpus_tool.ingest.walk import UNSUPPORTED
from corpus_tool.model.fields import FIELDS, FLAT_FIELDS, LIST_FIELDS, SYNONYMS, TABLE_FIELDS
from corpus_tool.readers.registry import READERS, describe
from corpus_tool.store.schema import SCHEMA
from corpus_tool.text.normalize import RULES
from corpus_tool.writers.registry import FOLDER_FORMATS, PAIR_FORMATS, WRITERS, load_writer

DOCS = Path(__file__).resolve().parent
TEMPLATES = DOCS / "templates"
HELP_COLUMNS = 100
WANTS = {"lines": "streamed", "json": "whole file", "text": "whole file", "file": "streamed"}
"""How a reader takes its file, by `Entry.wants`."""

NOTE = "<!-- Made by docs/generate.py. Change {source} instead, then run `make docs`. -->\n\n"


def main(arguments: Sequence[str]) -> int:
    """Rewrite every page; with `--check` only name the stale ones, and end with 1 if there are any."""
    if not set(arguments) <= {"--check"}:
        print("usage: python docs/generate.py [--check]", file=sys.stderr)
        return 2
    check = "--check" in arguments
    made = pages()
    stale = [name for name, text in made.items() if _read(DOCS / name) != text]
    leftover = sorted(path.relative_to(DOCS).as_posix() for path in (DOCS / "cli").glob("*.md"))
    leftover = [name for name in leftover if name not in made]
    for name in [*stale, *leftover]:
        print(f"docs/{name} is stale" if check else f"docs/{name}")
    if check:
        return 1 if stale or leftover else 0
    for name in stale:
        path = DOCS / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(made[name], encoding="utf-8", newline="\n")
    for name in leftover:
        (DOCS / name).unlink()
    return 0


def pages() -> dict[str, str]:
    """Every generated page by its path below docs/, in order."""
    made = {f"{path.stem}.md": _filled(path) for path in sorted(TEMPLATES.glob("*.md"))}
    made["cli/README.md"] = _commands_page()
    made |= {f"cli/{name}.md": _command_page(name) for name in COMMANDS}
    return made


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _filled(template: Path) -> str:
    """A template with its tables in place; KeyError for a name that is no table."""
    text = template.read_text(encoding="utf-8")
    body = re.sub(r"\{\{ (\w+) \}\}", lambda match: TABLES[match[1]]().rstrip("\n"), text)
    return NOTE.format(source=f"docs/templates/{template.name} or the code") + body


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table.

    >>> print(table(["name", "does"], [["a", "b|c"]]))
    | name | does |
    |---|---|
    | a | b\\|c |
    """
    lines = [headings, *rows]
    text = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    return "\n".join([text[0], "|" + "---|" * len(headings), *text[1:]])


def _code(*words: str) -> str:
    """Words in code type, separated by blanks."""
    return " ".join(f"`{word}`" for word in words)


# --- errors ------------------------------------------------------------------------------------------------


def _errors() -> str:
    """A heading per code, in the order of the table."""
    return "\n".join(
        f"## {name}\n\n*{code.severity}*\n\n- What happened: {code.summary}\n- What to do: {code.advice}\n"
        for name, code in CODES.items()
    )


# --- formats -----------------------------------------------------------------------------------------------


def _readers() -> str:
    """The readers, in the order of the registry."""

    def rows() -> Iterator[list[str]]:
        for name, entry in READERS.items():
            about = describe(name)
            yield [_code(name), _code(*about["endings"].split()), WANTS[entry.wants], about["about"]]

    return table(["format", "usual endings", "read as", "what it is"], rows())


def _writers() -> str:
    """The writers, one file each, then what is written as a folder."""
    rows = [
        [_code(name), _code(*writer.ENDINGS), writer.SUMMARY]
        for name, writer in ((name, load_writer(name)) for name in WRITERS)
    ]
    rows += [
        [_code(name), "`FOLDER/`", "one file per article, and `metadata.csv` beside them"] for name in FOLDER_FORMATS
    ]
    rows += [[_code(name), _code(f".{name}"), about] for name, about in PAIR_FORMATS.items()]
    return table(["format", "endings", "what it gives"], rows)


def _skipped_kinds() -> str:
    """Kinds of files without a reader, with their endings."""
    kinds = dict.fromkeys(UNSUPPORTED.values())
    rows = [[kind, _code(*(ending for ending, what in UNSUPPORTED.items() if what == kind))] for kind in kinds]
    return table(["kind", "endings"], rows)


# --- fields, rules, settings -------------------------------------------------------------------------------


def _fields() -> str:
    """Every field with its type and meaning, and where it is shown."""

    def mark(name: str, where: tuple[str, ...]) -> str:
        return "yes" if name in where else ""

    rows = [
        [
            _code(field.name),
            field.type,
            field.meaning,
            mark(field.name, TABLE_FIELDS),
            mark(field.name, LIST_FIELDS),
            mark(field.name, FLAT_FIELDS),
        ]
        for field in FIELDS
    ]
    return table(["key", "type", "meaning", "`list`", "`list --json`", "CSV, TSV"], rows)


def _labels() -> str:
    """The labels that state each field."""
    rows = [[_code(name), ", ".join(labels)] for name, labels in SYNONYMS.items()]
    return table(["field", "labels"], rows)


def _rules() -> str:
    """The cleaning rules in the order in which they run."""
    rows = [
        [
            str(number),
            _code(rule.name),
            f"**{rule.values[0]}**" + "".join(f", {value}" for value in rule.values[1:]),
            rule.help,
        ]
        for number, rule in enumerate(RULES, start=1)
    ]
    return table(["order", "rule", "values", "what it does"], rows)


def _settings() -> str:
    """Every setting with its flag, its variable, its default."""
    rows = [
        [
            _code(setting.name),
            _code(f"--{setting.name}"),
            _code(variable(setting.name)),
            _code(setting.default) if setting.default else "",
            KINDS[setting.kind],
            setting.help,
        ]
        for setting in SETTINGS
    ]
    return table(["key in a file", "flag", "environment", "default", "value", "what it does"], rows)


KINDS = {
    "text": "one value",
    "list": "values with commas, or a YAML list",
    "pairs": "`name=value` with commas, or YAML `name: value` lines",
    "size": "a size: `500KB`, `64MB`, `2GB`",
    "number": "seconds",
}
"""How a value of each kind of setting is written."""

# --- languages ---------------------------------------------------------------------------------------------


def _detectors() -> str:
    """The language backends, in the order of the registry."""
    rows = [
        [_code(name), backend.summary, _code(f"corpus-tool[{backend.extra}]") if backend.extra else "always there"]
        for name, backend in DETECTORS.items()
    ]
    return table(["`--detector`", "what it is", "install"], rows)


# --- the corpus file ---------------------------------------------------------------------------------------


def _schema() -> str:
    """The SQL that makes a corpus file."""
    return f"```sql\n{SCHEMA}```"


TABLES: dict[str, Callable[[], str]] = {
    "errors": _errors,
    "readers": _readers,
    "writers": _writers,
    "skipped_kinds": _skipped_kinds,
    "fields": _fields,
    "labels": _labels,
    "rules": _rules,
    "settings": _settings,
    "detectors": _detectors,
    "schema": _schema,
}
"""What `{{ name }}` stands for in a template."""


# --- help pages --------------------------------------------------------------------------------------------


def help_of(path: Sequence[str]) -> str:
    """The help of a command as the command line prints it, 100 columns wide; no names is the help of the group."""
    command: click.Command = group
    context = _context(command, "corpus-tool", None)
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(context, name)
        assert found is not None, name
        command, context = found, _context(found, name, context)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return command.make_context(name, [], parent=parent, resilient_parsing=True, terminal_width=HELP_COLUMNS)


def _help_block(path: Sequence[str]) -> str:
    return f"```text\n{help_of(path)}\n```\n"


def _commands_page() -> str:
    """The help of `corpus-tool` itself, and a link to each command."""
    links = table(["command", "does"], [[f"[`{name}`]({name}.md)", about] for name, about in COMMANDS.items()])
    source = NOTE.format(source="the code of src/corpus_tool/cli/")
    return f"{source}# The commands\n\n{links}\n\n{_help_block([])}"


def _command_page(name: str) -> str:
    """The help of a command, and of each command below it."""
    source = NOTE.format(source=f"src/corpus_tool/cli/{name}_command.py")
    parts = [f"{source}# corpus-tool {name}\n\n{COMMANDS[name]}\n\n{_help_block([name])}"]
    found = group.get_command(_context(group, "corpus-tool", None), name)
    if isinstance(found, click.Group):
        parts += [f"## corpus-tool {name} {inner}\n\n{_help_block([name, inner])}" for inner in sorted(found.commands)]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
