"""An export of our own, taken back as it is: nothing is inferred, only controls and surrogates are cleaned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpus_tool.infer.origin import Origin
from corpus_tool.model.article import Article, Normalization, Source
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.langtag import normalize_language
from corpus_tool.model.record import RawRecord
from corpus_tool.patterns import lazy
from corpus_tool.text.normalize import ALL_OFF, normalize
from corpus_tool.text.rules_blocks import mark_blocks
from corpus_tool.text.tokens import count_words

_SAFE = {**ALL_OFF, "controls": "on"}
_RECORD = lazy(r"#([0-9]{1,9})\Z")


def restore(record: RawRecord, origin: Origin) -> Article:
    """The article that an export carries; the readers have made sure that it is one."""
    data = dict(record.complete or {})
    is_object = isinstance(data.get("normalization"), dict)
    return _agreeing(_cleaned(_from_object(data) if is_object else _from_row(data, record, origin)))


def _agreeing(article: Article) -> Article:
    """What follows from other fields, as it follows: an export may have been edited."""
    date = EdtfDate.parse(article.date) if article.date else None
    earliest, latest = (date.earliest, date.latest) if date is not None else (None, None)
    return replace(
        article,
        date_earliest=None if earliest is None else earliest.isoformat(),
        date_latest=None if latest is None else latest.isoformat(),
        language=article.language and (normalize_language(article.language) or article.language),
    )


def _from_object(data: dict[str, Any]) -> Article:
    """The article of a JSON object; keys that are none of ours go to `extra`."""
    article = Article.from_dict(data)
    beyond = {key: value for key, value in data.items() if key not in Article.__slots__}
    return replace(article, extra={**beyond, **article.extra}) if beyond else article


def _from_row(row: dict[str, str], record: RawRecord, origin: Origin) -> Article:
    """The article of a CSV or TSV row; what the row does not carry is counted again or left empty."""
    text = row["text"]
    blocks = mark_blocks(text, subheads=True, furniture=True)
    place = _RECORD.search(row["name"])
    return Article(
        id=row["id"],
        name=row["name"],
        title=row["title"] or None,
        date=row["date"] or None,
        date_earliest=row["date_earliest"] or None,
        date_latest=row["date_latest"] or None,
        date_modified=None,
        language=row["language"] or None,
        languages={},
        authors=tuple(filter(None, row["authors"].split("; "))),
        outlet=row["outlet"] or None,
        section=row["section"] or None,
        url=row["url"] or None,
        words=int(row["words"]),
        characters=len(text),
        paragraphs=len(blocks),
        text=text,
        extra={key.removeprefix("extra."): value for key, value in row.items() if key.startswith("extra.") and value},
        normalization=Normalization(blocks=blocks),
        source=Source(
            path=row["source"],
            record=int(place[1]) if place else 1,
            byte_start=0,  # a row does not say where in its source the article stands
            byte_end=0,
            sha256=None,
            encoding=record.encoding,
            encoding_method=record.encoding_method,
            format=origin.format,
        ),
        inference={"date": None, "language": None, "title": None},
    )


def _cleaned(article: Article) -> Article:
    """Controls and half surrogates out of all that is shown; names, paths and evidence stay as they were found.

    Title and text are judged together, for they were cleaned together: a bidi mark may stand in one because
    of letters in the other.
    """
    together = f"{article.title or ''}\n\n{article.text}"
    if _safe(together) != together:
        article = _recounted(article, _safe(article.text))
        article = replace(article, title=_safe_or_none(article.title))
    return replace(
        article,
        language=_safe_or_none(article.language),
        authors=tuple(map(_safe, article.authors)),
        outlet=_safe_or_none(article.outlet),
        section=_safe_or_none(article.section),
        url=_safe_or_none(article.url),
        extra=_safe_value(article.extra),
    )


def _recounted(article: Article, text: str) -> Article:
    """The article with another text, its blocks and counts made anew."""
    blocks = mark_blocks(text, subheads=True, furniture=True)
    return replace(
        article,
        text=text,
        words=count_words(text),
        characters=len(text),
        paragraphs=len(blocks),
        normalization=replace(article.normalization, blocks=blocks),
    )


def _safe(value: str) -> str:
    return value if value.isascii() and value.isprintable() else normalize(value, rules=_SAFE).text


def _safe_or_none(value: str | None) -> str | None:
    return None if value is None else _safe(value) or None


def _safe_value(value: Any) -> Any:
    """A value of `extra`, lists and objects inside too."""
    if isinstance(value, str):
        return _safe(value)
    if isinstance(value, list):
        return [_safe_value(item) for item in value]
    if isinstance(value, dict):
        return {_safe(key): _safe_value(item) for key, item in value.items()}
    return value
