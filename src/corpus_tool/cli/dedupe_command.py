"""`corpus-tool dedupe`: articles that repeat others, in clusters, each with what it repeats and how much."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.link_options import DAYS, LINK_FORMATS, matching
from corpus_tool.cli.options import (
    COUNT,
    EXIT_STATUS,
    PATH,
    SHARE,
    SOURCES,
    condition_options,
    format_option,
    general_options,
    option,
    reading_options,
    receipt_options,
)
from corpus_tool.cli.typed import general, read_options, selection
from corpus_tool.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from corpus_tool.corpus import Corpus
    from corpus_tool.link.duplicates import Duplicates, Options
    from corpus_tool.model.listed import Listed

EXAMPLES = (
    ("dedupe press.db", "what repeats what; kept in the file for --canonical and --duplicates"),
    ("dedupe press/ --window 3d --report copies.csv", "copies within three days, into a table"),
    ("dedupe press.db --keep 'De Ster' --keep longest", "keep this paper's copy, else the longest"),
)


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Find near-duplicates, keep them in a corpus file, and tell of them."""
    if not values["sources"]:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.cli.link_options import progress
    from corpus_tool.cli.output import check_target, to_terminal
    from corpus_tool.cli.session import Session
    from corpus_tool.link.shingles import sketch  # noqa: F401 — without its libraries nothing needs to be read
    from corpus_tool.selection import Tally
    from corpus_tool.store.links import listed

    told, chosen = general(values), selection(values)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    if values["report"] is not None:
        _report_format(values["report"])
        _check_no_source(values["report"], values["sources"])
        check_target(values["report"], force=told.force)
    options = read_options(values)
    with Session(values["sources"], options, told, {**values, "canonical": None}) as session:
        if session.corpus is not None:
            session.count_corpus()
        corpus = session.keep_in_passing()
        asked = _options(values, corpus)
        with progress(len(corpus), quiet=told.quiet) as on_article:
            found = corpus.dedupe(asked, on_article)
        names = listed(corpus.store, _named(found))
        shown = _meeting(_still_here(found, names), matching(corpus, chosen.query))
        if values["report"] is not None:
            _write_report(values["report"], shown, names, asked, force=told.force)
        _give(shown, names, asked, name, values, told.color)
        outcome = _outcome(shown)
        if session.in_passing:
            outcome += "; not kept: the sources are no corpus file"
        code = session.finish(Tally(len(corpus), len(corpus), len(corpus)), done=outcome)
    return ExitCode.FAILED if values["exit_status"] and not (shown.clusters or shown.links) else code


def _outcome(found: Duplicates) -> str:
    """How many articles repeat another one, stand in a longer one, or are an edited copy."""
    from corpus_tool.cli.duplicate_lines import totals

    told = totals(found)
    repeat = told["duplicates"]
    parts = [f"{repeat:,} {'repeats' if repeat == 1 else 'repeat'} another one"]
    parts += [f"{told[kind]:,} {words}" for kind, words in _ALSO.items() if told[kind]]
    return ", ".join(parts)


_ALSO = {"contained": "within a longer one", "edited": "an edited copy"}


def _options(values: dict[str, Any], corpus: Corpus) -> Options:
    """What is asked for: what was typed, else what was asked for the last time, else what is usual."""
    from dataclasses import replace

    from corpus_tool.deduplicating import kept_options
    from corpus_tool.link.duplicates import Options

    asked = kept_options(corpus.store) or Options()
    if values["threshold"] is not None:
        asked = replace(asked, threshold=values["threshold"])
    if values["window"] is not None:
        asked = replace(asked, window_days=values["window"].days)
    if values["keep"]:
        outlets = [rule for rule in values["keep"] if rule not in ("first", "longest")]
        rules = [rule for rule in values["keep"] if rule in ("first", "longest")]
        if len(rules) > 1 or (rules and values["keep"][-1] != rules[0]):
            raise UsageError("--keep names first or longest once, after the outlets", "--keep 'De Ster' --keep longest")
        known = {name.casefold(): name for name in corpus.outlets()}
        unknown = next((name for name in outlets if name.casefold() not in known), None)
        if unknown is not None:
            raise UsageError(*_no_outlet(unknown, list(known.values())))
        named = tuple(known[name.casefold()] for name in outlets)
        asked = replace(asked, keep=rules[0] if rules else "first", outlets=named)
    return asked


def _no_outlet(name: str, known: list[str]) -> tuple[str, str]:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=3) or known[:3]
    hint = "it is first, longest, or an outlet of the articles"
    return f"--keep {name!r} is no rule and no outlet here", f"{hint}: {', '.join(near)} …" if near else hint


def _still_here(found: Duplicates, names: Mapping[str, Listed]) -> Duplicates:
    """What is found, but for what another program has removed meanwhile."""
    return found._replace(
        clusters=[cluster for cluster in found.clusters if names.keys() >= set(cluster.members)],
        links=[link for link in found.links if names.keys() >= set(link.pair[:2])],
    )


def _meeting(found: Duplicates, wanted: set[str] | None) -> Duplicates:
    """What is found, as far as an article of it meets the conditions."""
    if wanted is None:
        return found
    return found._replace(
        clusters=[cluster for cluster in found.clusters if not wanted.isdisjoint(cluster.members)],
        links=[link for link in found.links if not wanted.isdisjoint(link.pair[:2])],
    )


def _named(found: Duplicates) -> list[str]:
    names = {name for cluster in found.clusters for name in cluster.members}
    return sorted(names.union(name for link in found.links for name in link.pair[:2]))


def _give(
    found: Duplicates, names: dict[str, Listed], options: Options, name: str, values: dict[str, Any], color: str
) -> None:
    from corpus_tool.cli.duplicate_lines import COLUMNS, duplicate_rows, print_duplicates

    if name == "table":
        print_duplicates(found, names, options, color, values["limit"])
        return
    from itertools import islice

    from corpus_tool.cli.rows import write_rows

    write_rows(islice(duplicate_rows(found, names), values["limit"]), COLUMNS, name)


def _check_no_source(path: str, sources: Sequence[str]) -> None:
    """UsageError where a report would take the place of what it is about, --force or not."""
    for source in sources:
        if os.path.exists(source) and os.path.exists(path) and os.path.samefile(source, path):
            raise UsageError(f"--report {path!r} is a source", "name another file")


def _report_format(path: str) -> str:
    """The format of a report by its ending."""
    ending = path.lower().rpartition(".")[2]
    if ending not in ("json", "jsonl", "csv", "tsv"):
        raise UsageError(f"--report {path!r}: the format cannot be told", "name a file.json, .jsonl, .csv or .tsv")
    return ending


def _write_report(path: str, found: Duplicates, names: dict[str, Listed], options: Options, *, force: bool) -> None:
    """Write everything that was found: as JSON with clusters, links and warnings, else a row each."""
    from corpus_tool.cli.duplicate_lines import COLUMNS, duplicate_rows, report_dict
    from corpus_tool.cli.rows import row_lines
    from corpus_tool.writers.base import to_json
    from corpus_tool.writers.files import write_file

    name = _report_format(path)
    with write_file(path, force=force) as out:
        if name == "json":
            out.write(f"{to_json(report_dict(found, names, options))}\n".encode())
            return
        for line in row_lines(duplicate_rows(found, names), COLUMNS, name):
            out.write(line.encode())


_GROUP = "Duplicates"

command = Command(
    name="dedupe",
    callback=run,
    params=[
        SOURCES,
        option(
            _GROUP, "--threshold", type=SHARE, metavar="P", help="Least share of common runs of words (default 0.8)."
        ),
        option(_GROUP, "--window", type=DAYS, metavar="3d", help="At most so far apart in time: 3d, 2w, or any."),
        option(
            _GROUP,
            "--keep",
            metavar="RULE",
            multiple=True,
            help="Which is kept: first (default), longest, or an outlet (repeatable, in order).",
        ),
        option(_GROUP, "--report", type=PATH, metavar="FILE", help="Write all of it to .json, .jsonl, .csv or .tsv."),
        option("Order", "-n", "--limit", type=COUNT, metavar="N", help="At most so many lines."),
        *[param for param in condition_options(sample=False) if param.name != "canonical"],
        format_option(LINK_FORMATS),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *receipt_options(),
        EXIT_STATUS,
        *reading_options(),
        *general_options(),
    ],
    help="Articles that repeat others, what each repeats, and how much.",
    examples=EXAMPLES,
    notes="Nothing is deleted: in a corpus file the result is kept, and every command then takes --canonical and "
    "--duplicates. After more articles were added, the same command reads the new ones only; what is not typed is as "
    "it was the last time. With conditions only what concerns an article that meets them is shown. Needs the extra "
    "`links`. docs/duplicates.md tells what counts as a duplicate.",
)
