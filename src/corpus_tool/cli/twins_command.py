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
    general_options,
    option,
    reading_options,
    receipt_options,
)
from corpus_tool.cli.typed import general, read_options, selection
from corpus_tool.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus_tool.cli.session import Session
    from corpus_tool.corpus import Corpus
    from corpus_tool.link.scoring import Tier
    from corpus_tool.link.twins import TwinPair
    from corpus_tool.pairing import FoundTwin, TwinSearch
    from corpus_tool.twin_dates import Suggested

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
    from corpus_tool.cli.link_options import check_extra, progress
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Tally
    from corpus_tool.twin_dates import accept_dates, suggested_dates

    check_extra("Finding twins")
    told, chosen = general(values), selection(values)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    asked = _languages(values["languages"])
    _check_together(values)
    if values["passages"] and name not in ("json", "jsonl"):
        raise UsageError("--passages come as JSON", "name --format json or jsonl; `show … --twin` draws them")
    with Session(values["sources"], read_options(values), told, values) as session:
        if values["accept_dates"] and session.corpus is None:
            raise UsageError("--accept-dates writes into a corpus file", "corpus-tool add press.db SOURCE…, then twins")
        if session.corpus is not None:
            session.count_corpus()
        corpus = session.keep_in_passing()
        if values["without_copies"]:
            corpus.dedupe()
        search = _search(values, corpus, asked)
        if values["why_not"] is not None:
            return _why_not(values["why_not"], corpus, search, name, session)
        with progress(len(corpus), quiet=told.quiet) as on_article:
            found = _found(corpus, search, values, on_article)
        here = [twin for twin in found if corpus.has(twin.pair.a) and corpus.has(twin.pair.b)]  # others write, too
        shown = _shown(here, values["tier"], matching(corpus, chosen.query))
        suggestions = list(suggested_dates(corpus.store, shown[: values["limit"]]))
        written = None
        if values["accept_dates"]:
            written = accept_dates(corpus.to_write(), suggestions)
            corpus.store.look_again()
        _give(shown, suggestions, corpus, name, values, told.color)
        outcome = _outcome(shown, search, corpus, len(suggestions), written, told=values["languages"] is None)
        code = session.finish(Tally(len(corpus), len(corpus), len(corpus)), done=outcome)
    return ExitCode.FAILED if values["exit_status"] and not shown else code


def _check_together(values: dict[str, Any]) -> None:
    """UsageError for what would be passed over in silence."""
    if values["why_not"] is not None:
        for name in ("accept_dates", "tier", "limit", "passages", "explain"):
            if values[name] not in (None, False):
                raise UsageError(
                    f"--why-not is about two articles, --{name.replace('_', '-')} about all pairs", "leave one out"
                )


def _languages(typed: str | None) -> tuple[str, ...] | None:
    """The languages to compare; None where none are named."""
    from corpus_tool.model.langtag import primary
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
    if values["without_copies"] is not None:
        search = replace(search, canonical=values["without_copies"])
    if values["lexicon"]:
        search = replace(search, lexicons=tuple(filter(None, values["lexicon"])))
        for told in search.lexicons:  # what cannot be loaded stops the command before anything is compared
            load_lexicon(told)
    if values["encoder"] is not None:
        search = replace(search, encoder=values["encoder"] or None)
        if search.encoder is not None:
            load_encoder(search.encoder)
    return search


def _is_typed(search: TwinSearch, values: dict[str, Any]) -> bool:
    """Whether all that a search loads was typed now: what a file asks for is not loaded."""
    return (not search.lexicons or bool(values["lexicon"])) and (not search.encoder or values["encoder"] is not None)


def _found(
    corpus: Corpus, search: TwinSearch, values: dict[str, Any], on_article: Callable[[int], None] | None
) -> list[FoundTwin]:
    """The twins that are asked for; those that are kept where the search would load what was not typed now."""
    from corpus_tool.pairing import check_loads_nothing, is_up_to_date, kept_twins

    if _is_typed(search, values):
        return corpus.twins(search, on_article)
    if not is_up_to_date(corpus.store, search):
        check_loads_nothing(corpus.store, search)
    return list(kept_twins(corpus.store))


def _why_not(named: tuple[str, str], corpus: Corpus, search: TwinSearch, name: str, session: Session) -> int:
    """Tell whether two articles are twins, and why not."""
    from corpus_tool.cli.picking import MANY, pick
    from corpus_tool.cli.twin_lines import print_why_not, rivals
    from corpus_tool.pairing import check_loads_nothing, why_not
    from corpus_tool.selection import Tally
    from corpus_tool.store.links import listed

    if not _is_typed(search, session.values):
        check_loads_nothing(corpus.store, search)
    one, other = (pick(corpus.store.by_key(wanted, MANY + 1), wanted) for wanted in named)
    pair = why_not(corpus.to_write(), search, one, other)
    corpus.store.look_again()
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
        lexicons = tuple(filter(None, values["lexicon"]))
        _write(given, corpus, name, suggested=dates, passages=lexicons if values["passages"] else None)
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
    passages: Sequence[str] | None = None,
) -> None:
    """Write pairs for programs; with `passages` aligned, by these dictionaries."""
    from corpus_tool.cli.rows import write_objects, write_rows
    from corpus_tool.cli.twin_lines import COLUMNS, twin_rows
    from corpus_tool.store.links import listed

    if name in ("json", "jsonl"):
        write_objects(
            (pair.to_dict() if passages is None else _aligned(pair, corpus, passages) for pair in pairs), name
        )
        return
    rows = (row for pair in pairs for row in twin_rows([pair], listed(corpus.store, (pair.a, pair.b)), suggested))
    write_rows(rows, COLUMNS, name)


def _aligned(pair: TwinPair, corpus: Corpus, lexicons: Sequence[str]) -> dict[str, Any]:
    """A pair with its mode and passages."""
    from corpus_tool.cli.pairs import aligned, pair_dict

    one, other = corpus.both(pair)
    return pair_dict(pair, aligned(one, other, lexicons))


def _outcome(
    shown: Sequence[FoundTwin],
    search: TwinSearch,
    corpus: Corpus,
    suggestions: int,
    written: int | None,
    *,
    told: bool,
) -> str:
    """How many pairs there are of each tier, what was compared and what was not, and which dates follow.

    Languages that were left out are told where none were named.
    """
    from corpus_tool.cli.session import count
    from corpus_tool.pairing import languages_of, left_out

    tiers = Counter(twin.pair.tier for twin in shown)
    parts = [count(len(shown), "pair") + "".join(f", {tiers[tier]:,} {tier}" for tier in TIERS if tiers[tier])]
    languages = languages_of(corpus.store, search)
    days = "any time apart" if search.window_days is None else f"within {count(search.window_days, 'day')}"
    parts.append(f"{' and '.join(languages) or 'no language'}, {days}")
    others, copies = left_out(corpus.store, search)
    if others and told:
        parts.append(f"left out: {', '.join(others)} (--languages)")
    if copies:
        parts.append(f"copies left out: {copies:,} (--with-copies)")
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
        option(
            _GROUP,
            "--canonical/--with-copies",
            "without_copies",
            default=None,
            help="Look for duplicates first, and leave them out; or take them in.",
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
    "articles were added only those are read again, and what is not typed is as it was the last time, but for "
    "--lexicon and --encoder, which no file loads by itself. Of articles that repeat another one, as far as `dedupe` "
    "found them, the kept one is compared. With conditions only pairs with an article that meets them are shown; "
    "--accept-dates is about those, and about the first of them with -n. An accepted date is taken back by `set` or "
    "`refresh`. Needs the extra `links`. docs/twins.md tells what the tiers are worth.",
)
