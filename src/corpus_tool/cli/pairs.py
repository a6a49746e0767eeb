"""Two articles at once: found by their ids or as twins, drawn side by side, as a page, as JSON, or as TMX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from corpus_tool.cli.picking import MANY, pick
from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.article import Article

if TYPE_CHECKING:
    from corpus_tool.cli.session import Session
    from corpus_tool.corpus import Corpus
    from corpus_tool.link.alignment import Alignment
    from corpus_tool.link.duplicates import Pair
    from corpus_tool.link.twins import TwinPair
    from corpus_tool.model.side_by_side import SideBySide
    from corpus_tool.writers.tmx import Unit


def picked(corpus: Corpus, wanted: Sequence[str]) -> list[Article]:
    """The articles that ids, names or the beginnings of these pick."""
    return [pick(corpus.store.by_key(name, MANY + 1), name) for name in wanted]


def two_articles(session: Session, wanted: Sequence[str]) -> tuple[Article, Article, TwinPair]:
    """The two articles of a pair, the first named first: two that are named, or one and its surest twin.

    Where none is named they are the only two there are. Twins of sources that are no corpus file are looked for.
    """
    from corpus_tool.cli.session import count, warn_of_stale
    from corpus_tool.pairing import pair_of

    corpus = session.keep_in_passing(quietly=True)
    named = picked(corpus, wanted) if wanted else list(corpus.find(limit=3))
    if not (wanted or named):
        raise CorpusToolError("there is no article in the sources", hint="`corpus-tool sniff` says what is in them")
    if not wanted and len(named) != 2:
        there = "is 1 article" if len(corpus) == 1 else f"are {count(len(corpus), 'article')}"
        raise UsageError(f"there {there}", "name one, or two: `corpus-tool list` shows the ids")
    if len(named) > 2:
        raise UsageError(f"{len(named)} articles are named", "name one, or two")
    if session.in_passing:
        corpus.twins()
    elif not session.told.quiet:
        warn_of_stale(corpus.store, "twins", session.say)
    if len(named) == 2:
        return named[0], named[1], pair_of(corpus.store, named[0], named[1])
    return named[0], *_twin(session, corpus, named[0])


def _twin(session: Session, corpus: Corpus, article: Article) -> tuple[Article, TwinPair]:
    """The surest twin of an article, and the pair; others are told. CorpusToolError where it has none."""
    from corpus_tool.pairing import check_knows_twins, kept_twins, seen_from

    check_knows_twins(corpus.store)
    found = list(kept_twins(corpus.store, article.id))
    if not found:
        raise CorpusToolError(f"no twin of {article.name} was found", hint=_why_none(corpus, article))
    first, *more = (pair.b if pair.a == article.id else pair.a for pair, _ in found)
    if more:
        session.say(f"it has other twins: {', '.join(more)}; name one after it to see it")
    other = corpus.store.by_id(first)
    if other is None:
        raise corpus.store.damaged(f"{first}, the twin of {article.id}, is not there")
    return other, seen_from(article, corpus.explain(found[0]))


def _why_none(corpus: Corpus, article: Article) -> str:
    """What to try for an article without a twin."""
    from corpus_tool.store.links import kept
    from corpus_tool.store.near_duplicates import copies_of

    if kept(corpus.store, "duplicates") is not None:
        for row in copies_of(corpus.store, article.id):
            if row.article == article.id:
                return f"it repeats {row.kept}, whose twin is shown by that id"
    return "`twins … --why-not A B` says why two articles are none; `show … A B --twin` shows them all the same"


def aligned(one: Article, other: Article, lexicons: Iterable[str] = (), *, least: float | None = None) -> Alignment:
    """The passages of two articles that say the same, with the dictionaries that were typed.

    `least` is the chance of being right that a passage of two comparable articles must have.
    """
    from corpus_tool.link.alignment import AlignOptions, align
    from corpus_tool.plugins import load_lexicon

    return align(one, other, AlignOptions(least=least, lexicons=tuple(map(load_lexicon, lexicons))))


def write_twins(session: Session, wanted: Sequence[str], name: str) -> None:
    """Write two articles side by side, with the passages that say the same."""
    from corpus_tool.link.views import twin_view

    one, other, pair = two_articles(session, wanted)
    alignment = aligned(one, other)
    if name == "json":
        write_json(pair_dict(pair, alignment))
    else:
        write_view(twin_view(one, other, pair, alignment), name, session.told.color)


def write_difference(corpus: Corpus, wanted: Sequence[str], name: str, color: str) -> None:
    """Write two articles side by side, with what differs; the first may be the only other one."""
    from corpus_tool.deduplicating import kept_options
    from corpus_tool.link.views import difference_view

    named = picked(corpus, wanted)
    if len(named) == 1 and len(corpus) == 2:
        named.insert(0, next(article for article in corpus if article.id != named[0].id))
    if len(named) != 2:
        raise UsageError("two articles are compared", "corpus-tool show SOURCE… A --diff-with B")
    one, other = named
    if one.id == other.id:
        raise UsageError(f"{one.name} is compared with itself", "name another article with --diff-with")
    pair = _shared(one, other)
    if name == "json":
        write_json(_difference_dict(one, other, pair))
    else:
        write_view(difference_view(one, other, pair, kept_options(corpus.store)), name, color)


def _shared(one: Article, other: Article) -> Pair:
    """What two articles share, as `dedupe` counts it."""
    from corpus_tool.link.duplicates import Pair, compared
    from corpus_tool.link.shingles import sketch

    if sketch(one.text).print == sketch(other.text).print:
        return Pair(one.id, other.id, equal=True)
    texts = {article.id: article.text for article in (one, other)}
    return next(compared([(one.id, other.id)], lambda names: [texts[name] for name in names]))


def _difference_dict(one: Article, other: Article, pair: Pair) -> dict[str, Any]:
    from corpus_tool.link.differences import differences

    stretches = [
        {"kind": each.kind, "a": list(each.first), "b": list(each.second)} for each in differences(one.text, other.text)
    ]
    shares = {"jaccard": round(pair.jaccard, 4), "containment": round(pair.containment, 4)}
    return {"a": one.id, "b": other.id, **shares, "stretches": stretches}


def write_json(value: dict[str, Any]) -> None:
    """One object on standard output."""
    from corpus_tool.cli.output import write_text
    from corpus_tool.writers.base import to_json

    write_text(f"{to_json(value)}\n")


def write_view(view: SideBySide, name: str, color: str) -> None:
    """Draw a view on standard output, or write it as a page."""
    if name == "html":
        from corpus_tool.cli.output import Output
        from corpus_tool.writers.side_by_side_html import html_page

        out = Output()
        out.write(html_page(view).encode())  # it says of itself that it is UTF-8
        out.flush()
        return
    from corpus_tool.cli.side_by_side import print_side_by_side

    print_side_by_side(view, color)


def pair_dict(pair: TwinPair, alignment: Alignment) -> dict[str, Any]:
    """A pair with its passages as it stands in JSON, and where the sentences are that these name."""
    return {**pair.to_dict(), **alignment.to_dict()}


def passage_rows(one: Article, other: Article, alignment: Alignment) -> Iterator[dict[str, Any]]:
    """The passages as rows: their numbers, how sure, where they stand and what they say."""
    for number, passage in enumerate(alignment.passages, 1):
        (start, end), (place, close) = _spans(alignment, passage.a, passage.b)
        yield {
            "passage": number,
            "mode": alignment.mode,
            "score": passage.score,
            "start_a": start,
            "end_a": end,
            "start_b": place,
            "end_b": close,
            "text_a": one.text[start:end],
            "text_b": other.text[place:close],
        }


PASSAGE_COLUMNS = ("passage", "mode", "score", "start_a", "end_a", "start_b", "end_b", "text_a", "text_b")


def _spans(alignment: Alignment, a: Sequence[int], b: Sequence[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """From the first to the last sentence of a passage, in both texts."""
    return (
        (alignment.sentences_a[a[0]][0], alignment.sentences_a[a[-1]][1]),
        (alignment.sentences_b[b[0]][0], alignment.sentences_b[b[-1]][1]),
    )


def units(one: Article, other: Article, alignment: Alignment) -> Iterable[Unit]:
    """The passages of a translation as units of a translation memory."""
    from corpus_tool.writers.tmx import Unit

    languages = one.language or "und", other.language or "und"
    for row in passage_rows(one, other, alignment):
        yield Unit(row["text_a"], row["text_b"], *languages, one.id, other.id, row["score"])
