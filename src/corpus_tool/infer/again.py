"""Concluding anew what was concluded before: dates, languages or all of an article, from its raw record."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from corpus_tool.infer.article import conclude, date_of, language_of
from corpus_tool.infer.language.registry import Detector
from corpus_tool.infer.origin import Origin
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import RawRecord

What = Literal["dates", "languages", "texts"]
KINDS: tuple[What, ...] = ("dates", "languages", "texts")
"""What can be inferred anew; with the text everything is, for all else is read in it."""


def concluded_again(
    article: Article,
    record: RawRecord,
    origin: Origin,
    options: ReadOptions,
    what: frozenset[What],
    detector: Detector | None,
) -> Article:
    """The article with what is asked for inferred anew; unchanged where nothing of its text would be left."""
    if "texts" in what:
        anew = conclude(record, origin, options, detector).article
        if anew is None:
            return article
        return replace(anew, source=article.source)
    if "languages" in what:
        article = language_of(article, record, origin, options, detector)
    if "dates" in what:
        article = date_of(article, record, origin, options)
    return article
