"""`corpus-tool twins`: articles of two languages that tell the same story, how surely, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.link_options import DAYS, LINK_FORMATS, matching
from corpus_tool.cli.options import (
    COUNT,
    EXIT_STATUS,
    SOURCES,
    condition_options,
    format_option,
    general,
    general_options,
    option,
    read_options,
    reading_options,
    receipt_options,
    selection,
)
from corpus_tool.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from corpus_tool.cli.session import Session
    from corpus_tool.corpus import Corpus
    from corpus_tool.link.scoring import Tier
    from corpus_tool.link.twins import TwinPair
    from corpus_tool.pairing import FoundTwin, Suggested, TwinSearch

EXAMPLES = (
    ("twins press.db --languages nl,fr", "which French article tells the story of which Dutch one"),
    ("twins press/ --explain", "with all that speaks for each pair"),
    ("twins press.db --why-not 4f1c 9a02", "why these two are no twins, or are"),
    ("twins press.db --accept-dates", "give undated articles the month of their sure twins"),
)
TIERS: tuple[Tier, ...] = ("sure", "likely", "possible")


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Find twins, keep them in a corpus file, and tell of them."""
    if not values["sources"]:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.cli.link_options import progress
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.session import Session
    from corpus_tool.pairing import accept_dates, suggested_dates
    from corpus_tool.selection import Tally

    told, chosen = general(values), selection(values)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    asked = _languages(values["languages"])
    if values["passages"] and name not in ("json", "jsonl"):
        raise UsageError("--passages come as JSON", "name --format json or jsonl; `show … --twin` draws them")
    with Session(values["sources"], read_options(values), told, values) as session:
        if values["accept_dates"] and session.corpus is None:
            raise UsageError("--accept-dates writes into a corpus file", "corpus-tool add press.db SOURCE…, then twins")
        if session.corpus is not None:
            session.count_corpus()
        corpus = session.keep_in_passing()
        search = _search(values, corpus, asked)
        if values["why_not"] is not None:
            return _why_not(values["why_not"], corpus, search, name, session)
        with progress(len(corpus), quiet=told.quiet) as on_article:
            found = corpus.twins(search, on_article)
        shown = _shown(found, values["tier"], matching(corpus, chosen.query))
        store = corpus.to_write()
        suggestions = list(suggested_dates(store, shown))
        written = accept_dates(store, suggestions) if values["accept_dates"] else None
        _give(shown, suggestions, corpus, name, values, told.color)
        outcome = _outcome(shown, search, corpus, len(suggestions), written)
        code = session.finish(Tally(len(corpus), len(corpus), len(corpus)), done=outcome)
    return ExitCode.FAILED if values["exit_status"] and not shown else code


def _languages(typed: str | None) -> tuple[str, ...] | None:
    """The languages to compare; None where none are named."""
    from corpus_tool.link.features import primary
    from corpus_tool.query import parse_language

    if typed is None:
        return None
    named = tuple(dict.fromkeys(primary(parse_language(tag.strip())) for tag in typed.split(",") if tag.strip()))
    if len(named) < 2:
        raise UsageError(f"--languages {typed!r}: twins are of two languages", "name two or more: nl,fr")
    return named


def _search(values: dict[str, Any], corpus: Corpus, languages: tuple[str, ...] | None) -> TwinSearch:
    """What is asked for: what was typed, else what was asked for the last time, else what is usual."""
    from corpus_tool.pairing import TwinSearch, kept_search
    from corpus_tool.plugins import load_encoder, load_lexicon

    search = kept_search(corpus.store) or TwinSearch()
    if languages is not None:
        search = replace(search, languages=languages)
    if values["window"] is not None:
        search = replace(search, window_days=values["window"].days)
    if values["many"] is not None:
        search = replace(search, many=values["many"])
    if values["lexicon"]:
        search = replace(search, lexicons=tuple(filter(None, values["lexicon"])))
    if values["encoder"] is not None:
        search = replace(search, encoder=values["encoder"] or None)
    for told in search.lexicons:  # what cannot be loaded stops the command before anything is compared
        load_lexicon(told)
    if search.encoder is not None:
        load_encoder(search.encoder)
    return search


def _why_not(named: tuple[str, str], corpus: Corpus, search: TwinSearch, name: str, session: Session) -> int:
    """Tell whether two articles are twins, and why not."""
    from corpus_tool.cli.picking import MANY, pick
    from corpus_tool.cli.twin_lines import print_why_not, rivals
    from corpus_tool.pairing import why_not
    from corpus_tool.selection import Tally
    from corpus_tool.store.links import listed

    one, other = (pick(corpus.store.by_key(wanted, MANY + 1), wanted) for wanted in named)
    pair = why_not(corpus.to_write(), search, one, other)
    if name == "table":
        print_why_not(pair, listed(corpus.store, (one.id, other.id, *rivals(pair))), session.told.color)
    else:
        _write([pair], corpus, name)
    return session.finish(Tally(2, 2, 2), silent=True)


def _shown(found: Sequence[FoundTwin], tier: str | None, wanted: set[str] | None) -> list[FoundTwin]:
    """The pairs of this tier and the surer ones of which an article meets the conditions."""
    least = TIERS.index(tier) if tier is not None else len(TIERS)
    return [
        twin
        for twin in found
        if TIERS.index(twin.pair.tier or TIERS[-1]) <= least
        and (wanted is None or twin.pair.a in wanted or twin.pair.b in wanted)
    ]


def _give(
    found: Sequence[FoundTwin],
    suggestions: Sequence[Suggested],
    corpus: Corpus,
    name: str,
    values: dict[str, Any],
    color: str,
) -> None:
    """Print the pairs; only those that are printed are looked up in their texts."""
    from corpus_tool.cli.output import TERMINAL_ROWS, to_terminal

    limit, dates = values["limit"], {item.id: str(item.date) for item in suggestions}
    if name != "table":
        given = (corpus.explain(twin) for twin in found[:limit])
        _write(given, corpus, name, suggested=dates, passages=values["passages"])
        return
    from corpus_tool.cli.twin_lines import print_twins
    from corpus_tool.store.links import listed

    most = TERMINAL_ROWS if limit is None and to_terminal() else limit
    pairs = [corpus.explain(twin) for twin in found[:most]]
    names = listed(corpus.store, {identifier for pair in pairs for identifier in (pair.a, pair.b)})
    print_twins(pairs, names, color, explain=values["explain"], suggested=dates, total=len(found))


def _write(
    pairs: Iterable[TwinPair],
    corpus: Corpus,
    name: str,
    *,
    suggested: Mapping[str, str] | None = None,
    passages: bool = False,
) -> None:
    from corpus_tool.cli.rows import write_objects, write_rows
    from corpus_tool.cli.twin_lines import COLUMNS, twin_rows
    from corpus_tool.store.links import listed

    if name in ("json", "jsonl"):
        write_objects((_aligned(pair, corpus) if passages else pair.to_dict() for pair in pairs), name)
        return
    rows = (row for pair in pairs for row in twin_rows([pair], listed(corpus.store, (pair.a, pair.b)), suggested))
    write_rows(rows, COLUMNS, name)


def _aligned(pair: TwinPair, corpus: Corpus) -> dict[str, Any]:
    """A pair with its mode and passages."""
    from corpus_tool.cli.pairs import aligned, pair_dict
    from corpus_tool.pairing import kept_search

    one, other = (next(iter(corpus.store.by_key(identifier, 1))) for identifier in (pair.a, pair.b))
    return pair_dict(one, pair, aligned(one, other, kept_search(corpus.store)))


def _outcome(
    shown: Sequence[FoundTwin], search: TwinSearch, corpus: Corpus, suggestions: int, written: int | None
) -> str:
    """How many pairs there are of each tier, what was compared, and which dates follow."""
    from corpus_tool.cli.session import count
    from corpus_tool.pairing import languages_of

    tiers = Counter(twin.pair.tier for twin in shown)
    parts = [count(len(shown), "pair") + "".join(f", {tiers[tier]:,} {tier}" for tier in TIERS if tiers[tier])]
    languages = languages_of(corpus.store, search)
    days = "any time apart" if search.window_days is None else f"within {count(search.window_days, 'day')}"
    parts.append(f"{' and '.join(languages) or 'no language'}, {days}")
    if written is not None:
        parts.append(f"{count(written, 'date')} written")
    elif suggestions:
        parts.append(f"{count(suggestions, 'date')} suggested: --accept-dates writes them")
    return " · ".join(parts)


_GROUP = "Twins"

command = Command(
    name="twins",
    callback=run,
    params=[
        SOURCES,
        option(_GROUP, "--languages", metavar="nl,fr", help="Which to compare (default: the two with most articles)."),
        option(_GROUP, "--window", type=DAYS, metavar="3d", help="Dated articles at most so far apart (default 3d)."),
        option(
            _GROUP, "--many/--single", "many", default=None, help="Several articles a story, or one each (default)."
        ),
        option(
            _GROUP, "--tier", type=click.Choice(TIERS), metavar="TIER", help="sure, likely or possible: no less sure."
        ),
        option(_GROUP, "--explain", is_flag=True, help="All that speaks for each pair."),
        option(_GROUP, "--passages", is_flag=True, help="JSON with the sentences that say the same, and the mode."),
        option(_GROUP, "--why-not", nargs=2, metavar="A B", help="Why these two articles are no twins, or are."),
        option(_GROUP, "--accept-dates", is_flag=True, help="Write the dates that follow from sure twins."),
        option(_GROUP, "--lexicon", multiple=True, metavar="nl-fr=FILE", help="A dictionary of yours, .tei or .tsv."),
        option(_GROUP, "--encoder", metavar="MODULE:CLASS", help="A sentence encoder of yours (see docs/twins.md)."),
        option("Order", "-n", "--limit", type=COUNT, metavar="N", help="At most so many pairs."),
        *[param for param in condition_options(sample=False) if param.name != "canonical"],
        format_option(LINK_FORMATS),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *receipt_options(),
        EXIT_STATUS,
        *reading_options(),
        *general_options(),
    ],
    help="Articles of two languages that tell the same story, and why.",
    examples=EXAMPLES,
    notes="In a corpus file the result is kept, for `show --twin`, `align` and `export --format tmx`; after more "
    "articles were added only those are read again, and what is not typed is as it was the last time. With conditions "
    "only pairs with an article that meets them are shown. An accepted date is taken back by `set` or `refresh`. Needs "
    "the extra `links`. docs/twins.md tells what the tiers are worth.",
)
