"""Twins of a corpus file: found among its articles, kept in it with their reasons; and dates that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.link.dating import date_from_twin
from corpus_tool.link.encoder import encoded
from corpus_tool.link.evidence import Part, placed
from corpus_tool.link.features import Features, features_of, primary
from corpus_tool.link.twins import Comparison, TwinDates, TwinOptions, TwinPair, compare
from corpus_tool.link.vocabulary import TermMatrix
from corpus_tool.model.article import Article
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Inferred
from corpus_tool.plugins import load_encoder, load_lexicon
from corpus_tool.store.changing import USER, Change, write_change
from corpus_tool.store.links import Kept, kept, lay_out_links, note_kept, texts
from corpus_tool.store.store import Store
from corpus_tool.store.twins import (
    TwinRow,
    count_languages,
    drop_features,
    features_in,
    not_featured,
    put_features,
    put_twins,
    twins,
)
from corpus_tool.store.writing import log_run, now, prepare, transaction
from corpus_tool.version import __version__

if TYPE_CHECKING:
    from corpus_tool.link.alignment import Alignment
    from corpus_tool.link.scoring import Tier

FEATURED_AT_ONCE = 1000
WINDOW_DAYS = 3


@dataclass(frozen=True, slots=True)
class TwinSearch:
    """How twins are looked for in a corpus.

    `languages` are tags such as nl; without any, the two that most articles are in. `window_days` is how many days may
    lie between two dated articles, None for any number. With `many` a story may have several articles of a language.
    `lexicons` name dictionaries and their languages (`nl-fr=FILE`), `encoder` a class (`module:Class`).
    """

    languages: tuple[str, ...] = ()
    window_days: int | None = WINDOW_DAYS
    many: bool = False
    lexicons: tuple[str, ...] = ()
    encoder: str | None = None


class FoundTwin(NamedTuple):
    """A pair without the places of its evidence, which `explained` finds in the texts."""

    pair: TwinPair
    parts: tuple[Part, ...]


class Suggested(NamedTuple):
    """A date for an undated article, from a sure twin."""

    id: str
    date: EdtfDate
    inferred: Inferred


def kept_search(store: Store) -> TwinSearch | None:
    """How twins were looked for in a corpus file; None where they were not."""
    found = kept(store, "twins")
    if found is None:
        return None
    lists = {name: tuple(found.options[name]) for name in ("languages", "lexicons")}
    return TwinSearch(**{**found.options, **lists})


def find_twins(store: Store, search: TwinSearch, on_article: Callable[[int], None] | None = None) -> list[FoundTwin]:
    """The twins of a corpus file, the surest first, which are kept in it.

    Features are made of articles that came or changed since the last time; then all are compared, for how telling a
    word is depends on all. Where nothing came and the same is asked for, what is kept is given.
    """
    found = kept(store, "twins")
    if found is not None and found.up_to_date and kept_search(store) == search:
        return list(kept_twins(store))
    started = now()
    languages = languages_of(store, search)
    _make_features(store, languages, on_article)
    with store.at_once():
        sides = combinations([_matrix(store, language) for language in languages], 2)
        twins_found = [twin for pair in sides for twin in _found(_comparison(store, search, *pair))]
        left = any(not_featured(store, language) for language in languages)
    twins_found.sort(key=lambda twin: (-twin.pair.score, twin.pair.a, twin.pair.b))
    with transaction(store) as connection:
        log_run(connection, "twins", __version__, _told(search), done=True, started=started)
        put_twins(connection, map(_row, twins_found))
        note_kept(connection, "twins", Kept(_told(search), now(), up_to_date=not left))
    return twins_found


def languages_of(store: Store, search: TwinSearch) -> tuple[str, ...]:
    """The languages that are compared: those asked for, else the two that most articles are in."""
    if search.languages:
        return search.languages
    counts: dict[str, int] = {}
    for tag, count in count_languages(store).items():
        counts[primary(tag)] = counts.get(primary(tag), 0) + count
    return tuple(sorted(sorted(counts, key=lambda tag: (-counts[tag], tag))[:2]))


def _make_features(store: Store, languages: Iterable[str], on_article: Callable[[int], None] | None) -> None:
    """Make the features that are missing, and keep them some at a time; those of another version are made anew."""
    with transaction(store) as connection:
        lay_out_links(connection)
        if any(
            Features.from_bytes(data) is None
            for language in languages
            for data in islice(features_in(store, language), 1)
        ):
            drop_features(connection)
    for language in languages:
        numbers = not_featured(store, language)
        for start in range(0, len(numbers), FEATURED_AT_ONCE):
            made = []
            for article in store.numbered(numbers[start : start + FEATURED_AT_ONCE]):
                made.append((article.id, features_of(article).to_bytes()))
                if on_article is not None:
                    on_article(0)
            with transaction(store) as connection:
                put_features(connection, made)


def _matrix(store: Store, language: str) -> TermMatrix | None:
    """What is known of the articles of a language, read one by one; None where there are none."""
    found = (features for data in features_in(store, language) if (features := Features.from_bytes(data)) is not None)
    first = next(found, None)
    return None if first is None else TermMatrix.of(chain([first], found))


def _comparison(
    store: Store, search: TwinSearch, one: TermMatrix | None, other: TermMatrix | None
) -> Comparison | None:
    """All articles of one language compared with all of another; None where there are none of one."""
    if one is None or other is None:
        return None
    vectors = None
    if search.encoder is not None:
        identifiers = [article.id for side in (one, other) for article in side.articles]
        vectors = encoded(load_encoder(search.encoder), zip(identifiers, texts(store, identifiers), strict=True))
    lexicons = tuple(load_lexicon(told) for told in search.lexicons)
    return compare(one, other, TwinOptions(search.window_days, search.many, lexicons, (), vectors))


def _found(comparison: Comparison | None) -> Iterator[FoundTwin]:
    """The twins of a comparison, each with its reasons."""
    if comparison is not None:
        for scored in comparison.twins():
            yield FoundTwin(comparison.scored(scored), comparison.parts(scored))


def why_not(store: Store, search: TwinSearch, one: Article, other: Article) -> TwinPair:
    """Whether and why two articles are twins or not; UsageError where both are of one language.

    All articles of both languages are compared anew, for a pair is judged by its surroundings.
    """
    languages = _check_languages(one, other)
    _make_features(store, languages, None)
    with store.at_once():
        comparison = _comparison(store, search, *(_matrix(store, language) for language in languages))
    if comparison is None:
        raise UsageError(f"{one.name} or {other.name} is in no language that can be compared", "see `list`")
    return comparison.why_not(one.id, other.id, {one.id: one.text, other.id: other.text})


def _check_languages(one: Article, other: Article) -> tuple[str, str]:
    """The languages of two articles, which may be twins if these are two."""
    languages = primary(one.language), primary(other.language)
    if languages[0] == languages[1]:
        raise UsageError(
            f"{one.name} and {other.name} are both in {languages[0]}",
            "twins are of two languages; `show … --diff-with` compares articles of one",
        )
    return languages


def kept_twins(store: Store, identifier: str | None = None) -> Iterator[FoundTwin]:
    """The twins that are kept in a corpus file, the surest first; of one article where its id is given."""
    for row in twins(store, identifier):
        why = row.why
        days_a, days_b = (None if days is None else (days[0], days[1]) for days in why["days"])
        dates = TwinDates(days_a, days_b, *why["gap"])
        pair = TwinPair(
            row.a, row.b, row.score, cast("Tier", row.tier), why["mutual"], why["margin"], why["candidates"], dates
        )
        yield FoundTwin(pair, tuple(Part(*part) for part in why["evidence"]))


def _row(twin: FoundTwin) -> TwinRow:
    pair, dates = twin.pair, twin.pair.dates
    why = {
        "margin": pair.margin,
        "mutual": pair.mutual,
        "candidates": pair.candidates,
        "days": [dates.a, dates.b],
        "gap": [dates.gap_days, dates.inferred],
        "evidence": [list(part) for part in twin.parts],
    }
    return TwinRow(pair.a, pair.b, str(pair.tier), pair.score, why)


def explained(store: Store, twin: FoundTwin) -> TwinPair:
    """A pair with its evidence at its places in both texts."""
    sides = [next(iter(store.by_key(identifier, 1))) for identifier in (twin.pair.a, twin.pair.b)]
    (text_a, language_a), (text_b, language_b) = ((side.text, primary(side.language)) for side in sides)
    return replace(twin.pair, evidence=placed(twin.parts, text_a, language_a, text_b, language_b))


def pair_of(store: Store, one: Article, other: Article) -> TwinPair:
    """What two articles share: as it is kept where they are twins, else of the two alone, with usual word weights.

    The pair has the first language first, as `twins` gives it. UsageError where both are of one language.
    """
    for twin in kept_twins(store, one.id) if knows_twins(store) else ():
        if other.id in (twin.pair.a, twin.pair.b):
            return explained(store, twin)
    _check_languages(one, other)
    comparison = compare([features_of(one)], [features_of(other)])
    return comparison.explained(comparison.ranking.pairs[0], {one.id: one.text, other.id: other.text})


def check_knows_twins(store: Store) -> None:
    """CorpusToolError where twins were not looked for in a corpus file."""
    if not knows_twins(store):
        raise CorpusToolError(
            f"twins were not looked for in {store.path!r}", hint=f"look for them: corpus-tool twins {store.path}"
        )


def knows_twins(store: Store) -> bool:
    """Whether twins were looked for in a corpus file."""
    return kept(store, "twins") is not None


def with_passages(pair: TwinPair, alignment: Alignment) -> TwinPair:
    """The pair with the mode and the passages of its alignment, that of its first article with its second."""
    passages = tuple(passage.to_dict() for passage in alignment.passages)
    return replace(pair, mode=alignment.mode, passages=passages)


def suggested_dates(store: Store, found: Iterable[FoundTwin]) -> Iterator[Suggested]:
    """Dates for undated articles from their sure twins, the surest twin's date where there are several."""
    done: set[str] = set()
    for twin in found:
        days = twin.pair.dates.a, twin.pair.dates.b
        if twin.pair.tier != "sure" or (days[0] is None) == (days[1] is None):
            continue
        undated, dated = (twin.pair.a, twin.pair.b) if days[0] is None else (twin.pair.b, twin.pair.a)
        if undated in done:
            continue
        articles = [next(iter(store.by_key(identifier, 1)), None) for identifier in (undated, dated)]
        if articles[0] is None or articles[1] is None or not _may_be_dated(articles[0]):
            continue
        suggestion = date_from_twin(explained(store, twin), undated, articles[1].date or "")
        if suggestion is not None:
            done.add(undated)
            yield Suggested(undated, *suggestion)


def _may_be_dated(article: Article) -> bool:
    """Whether an article has no date, and nobody said that it is to have none."""
    inferred = article.inference.get("date")
    return article.date is None and (inferred is None or inferred.method != USER)


def accept_dates(store: Store, suggestions: Sequence[Suggested]) -> int:
    """Write suggested dates into the articles that are still without one; how many they were."""
    written = 0
    with transaction(store) as connection:
        if suggestions:
            log_run(connection, "twins", __version__, {"accept_dates": len(suggestions)}, done=True)
        for suggestion in suggestions:
            for article in store.by_key(suggestion.id, 1):
                if _may_be_dated(article):
                    change = Change(article, prepare(_dated(article, suggestion), None, None))
                    write_change(connection, change, keep_twins=True)
                    written += 1
    return written


def _dated(article: Article, suggestion: Suggested) -> Article:
    date = suggestion.date
    return replace(
        article,
        date=str(date),
        date_earliest=None if date.earliest is None else date.earliest.isoformat(),
        date_latest=None if date.latest is None else date.latest.isoformat(),
        inference={**article.inference, "date": suggestion.inferred},
    )


def _told(search: TwinSearch) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(search).items()}
