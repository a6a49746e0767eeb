"""`corpus-tool info`: what a corpus file holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.corpus_options import check_corpus
from corpus_tool.cli.options import PATH, format_option, general_options, option
from corpus_tool.cli.typed import general
from corpus_tool.errors import ExitCode

if TYPE_CHECKING:
    from rich.console import RenderableType

    from corpus_tool.store.info import Group, Info, Run

EXAMPLES = (
    ("info press.db", "articles, languages, years, outlets, and the commands that wrote it"),
    ("info press.db --hash", "one number that says whether two corpora hold the same articles"),
    ("info nl.db fr.db --json", "everything about two of them, for a program"),
)
COLUMNS = ("corpus", "what", "name", "articles", "words", "to_the_day", "less_precise", "value")
MOST_GROUPS = 10
"""Languages, outlets and formats that a terminal shows; years are shown all."""
MOST_RUNS = 5


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Say what corpus files hold."""
    paths = values["corpora"]
    if not paths:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.store.info import info
    from corpus_tool.store.store import Store

    told = general(values)
    for path in paths:
        check_corpus(path)
    found = []
    for path in paths:
        with Store.open(path) as store:
            found.append(info(store, sizes=values["sizes"], with_hash=values["hash"]))
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    _print(found, name, told.color)
    return ExitCode.DONE


def _print(found: Sequence[Info], name: str, color: str) -> None:
    from corpus_tool.cli.tables import print_rows

    if name == "json":
        rows = [_to_dict(each) for each in found]
        print_rows(rows, tuple(rows[0]), name, color)
    elif name == "tsv":
        print_rows([row for each in found for row in _rows(each)], COLUMNS, name, color)
    else:
        from rich.text import Text

        from corpus_tool.cli.console import draw, make_console

        for number, each in enumerate(found):
            draw(make_console(color), *([Text()] if number else []), *_page(each))


GROUPED = ("languages", "years", "outlets", "formats")


def _to_dict(info: Info) -> dict[str, Any]:
    """Everything, as JSON has it."""
    data = asdict(info)
    for name in (*GROUPED, "runs"):
        data[name] = [
            {key: value for key, value in item._asdict().items() if name == "runs" or value is not None}
            for item in getattr(info, name)
        ]
    data["links"] = {kind: linked._asdict() for kind, linked in info.links.items()}
    return data


def _rows(info: Info) -> Iterator[dict[str, Any]]:
    """Everything, one number or fact a row; a run is told by its beginning, end and totals."""

    def row(what: str, **cells: Any) -> dict[str, Any]:
        return {**dict.fromkeys(COLUMNS), "corpus": info.path, "what": what, **cells}

    yield row("articles", articles=info.articles, words=info.words)
    for name in ("sources", "corrections", "rejected"):
        yield row(name, value=getattr(info, name))
    for kind, linked in info.links.items():
        yield row(kind, name="" if linked.up_to_date else "not up to date", value=linked.found)
    for name in GROUPED:
        for group in getattr(info, name):
            yield row(name.removesuffix("s"), **group._asdict())
    for what, counts in (("files", info.files), ("reason", info.reasons)):
        for name, count in counts.items():
            yield row(what, name=name, value=count)
    for each in info.runs:
        yield row("run", name=each.command, value=_told(each, broken_off="not ended"))
    for name in ("bytes", "schema_version", "sqlite", "hash"):
        if getattr(info, name) is not None:
            yield row(name, value=getattr(info, name))
    if info.sizes is not None:
        for name in ("raw_records", "text", "raw"):
            yield row(f"size.{name}" if name != "raw_records" else name, value=getattr(info.sizes, name))
        for name, size in info.sizes.pages.items():
            yield row("size.pages", name=name, value=size)


def _told(run: Run, *, broken_off: str) -> str:
    """A run on one line: when, by which version, what came of it, with which options."""
    from corpus_tool.writers.base import to_json

    totals = run.totals if isinstance(run.totals, dict) else {}
    counted = ", ".join(f"{name} {value}" for name, value in totals.items() if value)
    parts = [run.started, f"to {run.ended}" if run.ended else broken_off, f"corpus-tool {run.tool}", counted]
    return " · ".join(filter(None, [*parts, to_json(run.options) if run.options else ""]))


def _page(info: Info) -> Iterator[RenderableType]:
    """What a terminal shows of one corpus file."""
    from rich.text import Text

    from corpus_tool.cli.console import facts_table
    from corpus_tool.cli.visible import visible

    yield Text(visible(info.path), style="bold", overflow="fold")
    facts = facts_table(((name, Text(visible(value), overflow="fold")) for name, value in _facts(info)), "dim")
    yield facts
    for title, groups, most in (
        ("language", info.languages, MOST_GROUPS),
        ("year", info.years, None),
        ("outlet", info.outlets, MOST_GROUPS),
        ("format", info.formats, MOST_GROUPS),
    ):
        if groups:
            yield Text()
            yield _table(title, groups[:most])
            if len(groups) > len(groups[:most]):
                rest = groups[most:]
                yield Text(f"and {len(rest):,} more, with {sum(group.articles for group in rest):,}", style="dim")


def _table(title: str, groups: Sequence[Group]) -> RenderableType:
    """Groups with their numbers to the right; the date columns say for how many the day is known."""
    from corpus_tool.cli.console import plain_table

    with_words = groups[0].words is not None
    shown = [[group.name, f"{group.articles:,}", *(_more(group) if with_words else [])] for group in groups]
    columns = [title, "articles", *(["words", "to the day", "less precise"] if with_words else [])]
    wide = [max(len(row[n]) for row in [columns, *shown]) for n in range(len(columns))]
    cells = [[row[0], *(cell.rjust(width) for cell, width in zip(row[1:], wide[1:], strict=True))] for row in shown]
    return plain_table(columns, cells)


def _more(group: Group) -> list[str]:
    """Words, and how many articles are dated to the day, and to less."""
    return [f"{number:,}" if number else "–" for number in (group.words, group.to_the_day, group.less_precise)]


_LINKED = {"duplicates": "repeat another article", "twins": "pairs"}
_OUTCOMES = {"skipped": "skipped", "error": "in error"}


def _facts(info: Info) -> Iterator[tuple[str, str]]:
    """What is no table, by label."""
    dated = sum((group.to_the_day or 0) + (group.less_precise or 0) for group in info.languages)
    yield "articles", f"{info.articles:,} · {info.words:,} words · {info.articles - dated:,} undated"
    counts = [f"articles are from {info.sources:,}"]
    counts += [f"{info.files[name]:,} {word}" for name, word in _OUTCOMES.items() if info.files.get(name)]
    yield "files", " · ".join(counts)
    if info.reasons:
        yield "because of", ", ".join(f"{name} {count:,}" for name, count in info.reasons.items())
    if info.rejected:
        yield "rejected", f"{info.rejected:,} records"
    if info.corrections:
        yield "corrected", f"{info.corrections:,} fields by hand"
    for kind, linked in info.links.items():
        found = f"{linked.found:,} {_LINKED[kind]}"
        yield kind, found if linked.up_to_date else f"{found} · articles came or changed since"
    yield "size", _size(info)
    versions = f"schema {info.schema_version} · SQLite {info.sqlite}"
    yield "version", versions
    if info.hash is not None:
        yield "hash", info.hash
    if info.sizes is not None:
        yield "raw records", f"{info.sizes.raw_records:,} · {in_units(info.sizes.raw)}"
        yield "texts", f"{in_units(info.sizes.text)} as UTF-8"
        if info.sizes.pages:
            yield "pages", " · ".join(f"{name} {in_units(size)}" for name, size in info.sizes.pages.items())
    earlier = len(info.runs) - MOST_RUNS
    for number, each in enumerate(info.runs[-MOST_RUNS:]):
        label = "runs" if number == 0 else ""
        yield label, f"{each.command} · {_told(each, broken_off='goes on, or was broken off')}"
    if earlier > 0:
        yield "", f"and {earlier:,} earlier; --json has all"


def _size(info: Info) -> str:
    each = f" · {in_units(info.bytes / info.articles)} an article" if info.articles else ""
    return f"{in_units(info.bytes)}{each}"


def in_units(size: float) -> str:
    """Bytes as a person reads them, in powers of 1,000.

    >>> in_units(999), in_units(108_756_992)
    ('999 B', '108.8 MB')
    """
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:,.0f} {unit}" if unit == "B" else f"{size:,.1f} {unit}"


command = Command(
    name="info",
    callback=run,
    params=[
        click.Argument(["corpora"], nargs=-1, type=PATH, metavar="CORPUS…"),
        format_option(("table", "tsv", "json")),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        option("What to say", "--hash", is_flag=True, help="The corpus hash too; it looks at every article."),
        option("What to say", "--sizes", is_flag=True, help="Sizes of texts, raw records and index; it reads all."),
        *general_options(),
    ],
    help="What a corpus file holds: counts, runs, size.",
    examples=EXAMPLES,
    notes="The corpus hash is SHA-256 over a line for each article, sorted by id, with the id and 16 bytes of SHA-256 "
    "over its fields: the same articles give the same hash, in whatever order they were added and whichever program "
    "wrote the file. An article counts for a year if its date lies in one; those known to the month or the year only "
    "are told apart as less precise. Without --hash and --sizes all numbers come from indexes.",
)
