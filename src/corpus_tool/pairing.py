"""Twins of a corpus file: found among its articles, kept in it with their reasons; and dates that follow from them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import chain, combinations, islice
from typing import Any, NamedTuple, cast

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.link.encoder import encoded
from corpus_tool.link.evidence import Part, placed
from corpus_tool.link.features import VERSION, Features, features_of
from corpus_tool.link.scoring import TIERS, Tier
from corpus_tool.link.twins import Comparison, TwinDates, TwinOptions, TwinPair, compare
from corpus_tool.link.vocabulary import TermMatrix
from corpus_tool.model.article import Article
from corpus_tool.model.langtag import primary
from corpus_tool.plugins import load_encoder, load_lexicon
from corpus_tool.store.links import Kept, busy, kept, lay_out_links, note_kept, texts
from corpus_tool.store.store import Store
from corpus_tool.store.twins import (
    TwinRow,
    count_copies,
    count_languages,
    drop_features,
    features_in,
    not_featured,
    put_features,
    put_twins,
    twins,
)
from corpus_tool.store.writing import log_run, now, transaction
from corpus_tool.version import __version__

ALONE = "not among the twins that were found; these two were compared by themselves"
MADE_BY = "made_by"
TRIES = 5
"""So often the work is done anew because another program wrote into the file meanwhile."""
FEATURED_AT_ONCE = 1000
WINDOW_DAYS = 3


@dataclass(frozen=True, slots=True)
class TwinSearch:
    """How twins are looked for in a corpus.

    `languages` are tags such as nl; without any, the two that most articles are in. `window_days` is how many days may
    lie between two dated articles, None for any number. With `many` a story may have several articles of a language.
    `lexicons` name dictionaries and their languages (`nl-fr=FILE`), `encoder` a class (`module:Class`). `canonical`
    leaves out articles that repeat another one, as far as that is known: a story and its reprint are rivals otherwise.
    """

    languages: tuple[str, ...] = ()
    window_days: int | None = WINDOW_DAYS
    many: bool = False
    lexicons: tuple[str, ...] = ()
    encoder: str | None = None
    canonical: bool = True

    @property
    def loads(self) -> bool:
        """Whether files or code of the user's are needed."""
        return bool(self.lexicons) or self.encoder is not None


class FoundTwin(NamedTuple):
    """A pair without the places of its evidence, which `explained` finds in the texts."""

    pair: TwinPair
    parts: tuple[Part, ...]


def kept_search(store: Store) -> TwinSearch | None:
    """How twins were looked for in a corpus file; None where they were not."""
    found = kept(store, "twins")
    if found is None:
        return None
    options = {name: value for name, value in found.options.items() if name != MADE_BY}
    try:
        lists = {name: tuple(map(str.strip, options[name])) for name in ("languages", "lexicons")}
        search = TwinSearch(**{**options, **lists})
        if search.window_days is None or (isinstance(search.window_days, int) and search.window_days >= 0):
            return search
    except (TypeError, KeyError):
        pass
    raise store.damaged("how twins were looked for cannot be read")


def check_loads_nothing(store: Store, search: TwinSearch) -> None:
    """CorpusToolError for a search that a file asks for, and that would load files or run code of its choice."""
    if search.loads:
        told = [f"--lexicon {name}" for name in search.lexicons]
        told += [f"--encoder {search.encoder}"] if search.encoder is not None else []
        raise CorpusToolError(
            f"the twins of {store.path!r} were looked for with {' '.join(told)}, which a file may not load by itself",
            hint=f"type it again: corpus-tool twins {store.path} {' '.join(told)}\n"
            "or go on without: --lexicon '' --encoder ''",
        )


def is_up_to_date(store: Store, search: TwinSearch) -> bool:
    """Whether what is kept is what a search would find."""
    found = kept(store, "twins")
    made_by_us = found is not None and found.options.get(MADE_BY) == _made_by()
    return found is not None and made_by_us and found.up_to_date and kept_search(store) == search


def find_twins(store: Store, search: TwinSearch, on_article: Callable[[int], None] | None = None) -> list[FoundTwin]:
    """The twins of a corpus file, the surest first, which are kept in it with how they were looked for.

    Features are made of articles that came or changed since the last time; then all are compared, for how telling a
    word is depends on all. Where another program writes meanwhile it is done once more.
    """
    started = now()
    for _ in range(TRIES):
        languages = languages_of(store, search)
        asked = replace(search, languages=languages) if len(languages) > 1 else search  # the same the next time
        _make_features(store, languages, on_article)
        with store.at_once():
            version = store.version()
            if languages_of(store, search) != languages or any(not_featured(store, tag, 0, 1) for tag in languages):
                continue  # another program was here
            sides = combinations([_matrix(store, language, asked) for language in languages], 2)
            found = [twin for pair in sides for twin in _found(_comparison(store, asked, *pair))]
        found.sort(key=lambda twin: (-twin.pair.score, twin.pair.a, twin.pair.b))
        with transaction(store) as connection:
            if store.version() == version:
                log_run(connection, "twins", __version__, _told(asked), done=True, started=started)
                put_twins(connection, map(_row, found))
                note_kept(connection, "twins", Kept({**_told(asked), MADE_BY: _made_by()}, now(), up_to_date=True))
                return found
    raise busy(store)


def _made_by() -> str:
    """What found twins: another version may find others."""
    return f"{__version__}, features {VERSION}"


def languages_of(store: Store, search: TwinSearch) -> tuple[str, ...]:
    """The languages that are compared: those asked for, else the two that most articles are in."""
    if search.languages:
        return search.languages
    counts: dict[str, int] = {}
    for tag, count in count_languages(store).items():
        counts[primary(tag)] = counts.get(primary(tag), 0) + count
    return tuple(sorted(sorted(counts, key=lambda tag: (-counts[tag], tag))[:2]))


def left_out(store: Store, search: TwinSearch) -> tuple[list[str], int]:
    """The languages of other articles, and how many articles are not compared because they repeat another one."""
    languages = languages_of(store, search)
    others = {primary(tag) for tag in count_languages(store)}.difference(languages)
    return sorted(others), count_copies(store, languages) if search.canonical else 0


def _make_features(store: Store, languages: Iterable[str], on_article: Callable[[int], None] | None) -> None:
    """Make the features that are missing, and keep them some at a time; those of another version are made anew."""
    with transaction(store) as connection:
        lay_out_links(connection)
        first = [data for language in languages for data in islice(features_in(store, language), 1)]
        if any(_features(store, data) is None for data in first):
            drop_features(connection)
    for language in languages:
        last = 0
        while True:
            with store.at_once():
                version = store.version()
                numbers = not_featured(store, language, last, FEATURED_AT_ONCE)
                articles = list(store.numbered(numbers))
            if not articles:
                break
            made = [(article.id, features_of(article).to_bytes()) for article in _counted(articles, on_article)]
            with transaction(store) as connection:
                if store.version() == version:  # else they may be others by now
                    put_features(connection, made)
                    last = numbers[-1]


def _counted(articles: Iterable[Article], on_article: Callable[[int], None] | None) -> Iterator[Article]:
    for article in articles:
        yield article
        if on_article is not None:
            on_article(0)


def _features(store: Store, data: bytes) -> Features | None:
    """Features as they are kept; None for those of another version."""
    try:
        if isinstance(data, bytes) and data:
            return Features.from_bytes(data)
    except (ValueError, TypeError, struct.error, zlib.error):
        pass
    raise store.damaged("the features of an article cannot be read")


def _matrix(store: Store, language: str, search: TwinSearch) -> TermMatrix | None:
    """What is known of the articles of a language, read one by one; None where there are none."""
    kept_bytes = features_in(store, language, canonical=search.canonical)
    found = (features for data in kept_bytes if (features := _features(store, data)) is not None)
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
        found = comparison.twins()
        for scored, parts in zip(found, comparison.parts_of(found), strict=True):
            yield FoundTwin(comparison.scored(scored), parts)


def why_not(store: Store, search: TwinSearch, one: Article, other: Article) -> TwinPair:
    """Whether and why two articles are twins or not; UsageError where both are of one language.

    All articles of both languages are compared anew, for a pair is judged by its surroundings.
    """
    languages = _check_languages(one, other)
    _make_features(store, languages, None)
    with store.at_once():
        comparison = _comparison(store, search, *(_matrix(store, language, search) for language in languages))
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
        try:
            yield _twin(row)
        except (TypeError, KeyError, ValueError, IndexError):
            raise store.damaged(f"the twins {row.a} and {row.b} cannot be read") from None


def _twin(row: TwinRow) -> FoundTwin:
    """The pair of a row, as it was found."""
    why = row.why
    days_a, days_b = (None if days is None else (_iso(days[0]), _iso(days[1])) for days in why["days"])
    gap, inferred = why["gap"]
    dates = TwinDates(days_a, days_b, None if gap is None else int(gap), bool(inferred))
    tier = TIERS[TIERS.index(cast(Tier, row.tier))]
    margin, candidates = float(why["margin"]), int(why["candidates"])
    pair = TwinPair(row.a, row.b, row.score, tier, bool(why["mutual"]), margin, candidates, dates)
    parts = tuple(Part(str(kind), str(a), str(b), float(share)) for kind, a, b, share in why["evidence"])
    return FoundTwin(pair, parts)


def _iso(day: str) -> str:
    return date.fromisoformat(day).isoformat()


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
    one, other = (store.by_id(identifier) for identifier in (twin.pair.a, twin.pair.b))
    if one is None or other is None:
        raise store.damaged(f"the twins {twin.pair.a} and {twin.pair.b} are not both there")
    sides = (one.text, primary(one.language), other.text, primary(other.language))
    return replace(twin.pair, evidence=placed(twin.parts, *sides))


def pair_of(store: Store, one: Article, other: Article) -> TwinPair:
    """What two articles share: as it is kept where they are twins, else of the two alone, with usual word weights.

    Of the two alone it has no tier: that takes their surroundings. The first is `a`. UsageError where both
    are of one language.
    """
    for twin in kept_twins(store, one.id) if knows_twins(store) else ():
        if other.id in (twin.pair.a, twin.pair.b):
            return seen_from(one, explained(store, twin))
    _check_languages(one, other)
    comparison = compare([features_of(one)], [features_of(other)])
    pair = comparison.explained(comparison.ranking.pairs[0], {one.id: one.text, other.id: other.text})
    return replace(pair, tier=None, reasons=(ALONE,))


def seen_from(one: Article, pair: TwinPair) -> TwinPair:
    """A pair with this article as its first."""
    if pair.a == one.id:
        return pair
    dates = replace(pair.dates, a=pair.dates.b, b=pair.dates.a)
    evidence = tuple(replace(piece, a=piece.b, b=piece.a) for piece in pair.evidence)
    return replace(pair, a=pair.b, b=pair.a, dates=dates, evidence=evidence)


def check_knows_twins(store: Store) -> None:
    """CorpusToolError where twins were not looked for in a corpus file."""
    if not knows_twins(store):
        raise CorpusToolError(
            f"twins were not looked for in {store.path!r}", hint=f"look for them: corpus-tool twins {store.path}"
        )


def knows_twins(store: Store) -> bool:
    """Whether twins were looked for in a corpus file."""
    return kept(store, "twins") is not None


def _told(search: TwinSearch) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(search).items()}
