"""From a raw record to an article: clean, then conclude each field, keeping what was stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus_tool.infer.date.expressions import parse_stated
from corpus_tool.infer.date.publication import DateSources, publication_date
from corpus_tool.infer.language.decide import decide
from corpus_tool.infer.language.registry import Detector
from corpus_tool.infer.origin import Origin
from corpus_tool.infer.title import find_title
from corpus_tool.model.article import Article, Block, Normalization, Source
from corpus_tool.model.evidence import Evidence, Inferred
from corpus_tool.model.langtag import normalize_language
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import RawRecord, Stated
from corpus_tool.text.normalize import Normalized, normalize, normalize_line
from corpus_tool.text.tokens import count_words

VERY_SHORT_WORDS = 5
LONGEST_WORD = 1000


@dataclass(frozen=True, slots=True)
class Conclusion:
    """An article and what deserves a look about it; None where cleaning left no text."""

    article: Article | None
    notes: tuple[tuple[str, str], ...] = ()


def conclude(record: RawRecord, origin: Origin, options: ReadOptions, detector: Detector | None) -> Conclusion:
    """Conclude every field of one record. Pure: it depends on nothing but its arguments."""
    if record.complete is not None:
        from corpus_tool.infer.exported import restore

        return Conclusion(restore(record, origin))
    notes: list[tuple[str, str]] = []
    normalized = normalize(record.body, rules=options.rules)
    if not normalized.text:
        return Conclusion(None)
    extra: dict[str, Any] = {}
    for key, value in record.extra.items():
        keep(extra, clean_value(key), clean_value(value))
    title, title_inference, normalized = _title(record, normalized)
    language, language_inference = _language(record, normalized, title, extra, notes, options, detector)
    url = _stated_line(record, "url")
    sources = DateSources(normalized.text, language, origin.below, url, record.fields)
    for name in ("date", "date_modified"):
        _keep_unusable_date(record.fields.get(name), name, language, extra, notes)
    found = publication_date(sources)
    date = None if found is None or found.date is None else found.date
    if found is not None and found.alternatives:
        others = ", ".join(map(str, found.alternatives))
        notes.append(("date-conflict", f"the date is {date} by {found.method}; another source says {others}"))
    date_inference = None
    if found is not None and date is not None:
        alternatives = tuple(map(str, found.alternatives))
        evidence = tuple(_in_path(item, origin) for item in found.evidence)
        date_inference = Inferred(found.method or "", found.confidence, evidence, alternatives)
    words = count_words(normalized.text)
    notes += _text_notes(record, normalized, words)
    earliest, latest = (None, None) if date is None else (date.earliest, date.latest)
    article = Article(
        id=record.id(),
        name=origin.stem if record.number == 1 else f"{origin.stem}#{record.number}",
        title=title,
        date=None if date is None else str(date),
        date_earliest=None if earliest is None else earliest.isoformat(),
        date_latest=None if latest is None else latest.isoformat(),
        date_modified=None if found is None or found.modified is None else str(found.modified),
        language=language,
        languages={},
        authors=_authors(_stated_line(record, "authors")),
        outlet=_stated_line(record, "outlet"),
        section=_stated_line(record, "section"),
        url=url,
        words=words,
        characters=len(normalized.text),
        paragraphs=len(normalized.blocks),
        text=normalized.text,
        extra=extra,
        normalization=Normalization(
            dict(normalized.changes), normalized.removed, normalized.blocks, normalized.truncated
        ),
        source=_source(record, origin),
        inference={"date": date_inference, "language": language_inference, "title": title_inference},
        raw=record.raw if options.keep_raw else None,
    )
    return Conclusion(article, tuple(notes))


def _in_path(evidence: Evidence, origin: Origin) -> Evidence:
    """Evidence from a name with the offsets of `source.path`; dates are looked for below the source only."""
    if evidence.where != "name" or evidence.rule == "from-path":
        return evidence
    before = len(origin.path) - len(origin.below)
    return replace(evidence, start=evidence.start + before, end=evidence.end + before)


def _source(record: RawRecord, origin: Origin) -> Source:
    return Source(
        path=origin.path,
        record=record.number,
        byte_start=record.byte_start,
        byte_end=record.byte_end,
        sha256=origin.sha256,
        encoding=record.encoding,
        encoding_method=record.encoding_method,
        format=origin.format,
        also=None if origin.stream else (),
    )


def _title(record: RawRecord, normalized: Normalized) -> tuple[str | None, Inferred | None, Normalized]:
    """The stated title; else the headline of the text, which is then taken out of the text."""
    stated = record.fields.get("title")
    if stated is not None and (value := normalize_line(stated.value)):
        method = "headline" if stated.rule == "headline" else "name" if stated.where == "name" else "field"
        inference = Inferred(
            method, 0.99, (Evidence(stated.span, stated.where, stated.start, stated.end, stated.rule),)
        )
        return value, inference, normalized
    block = find_title(normalized)
    if block is None:
        return None, None, normalized
    title = normalized.text[block.start : block.end]
    start, end = normalized.to_raw(block.start, block.end)
    if record.body_start is None:
        evidence = Evidence(record.body[start:end], "field", start, end, "first-block")
    else:
        start, end = start + record.body_start, end + record.body_start
        evidence = Evidence(record.raw[start:end], "raw", start, end, "first-block")
    without = normalized.without(block)
    blocks = without.blocks
    if blocks and blocks[0].kind == "subhead":  # the block after the title now opens the text
        without = _as_paragraph(without, blocks[0])
    return title, Inferred("headline", 0.9, (evidence,)), without


def _as_paragraph(normalized: Normalized, block: Block) -> Normalized:
    blocks = tuple(Block("paragraph", b.start, b.end) if b == block else b for b in normalized.blocks)
    return replace(normalized, blocks=blocks)


def _language(
    record: RawRecord,
    normalized: Normalized,
    title: str | None,
    extra: dict[str, Any],
    notes: list[tuple[str, str]],
    options: ReadOptions,
    detector: Detector | None,
) -> tuple[str | None, Inferred | None]:
    """The stated language where it is one, else the backend's answer."""
    stated = record.fields.get("language")
    if stated is not None:
        tag = normalize_language(stated.value)
        if tag is not None:
            evidence = Evidence(stated.span, stated.where, stated.start, stated.end, stated.rule)
            return tag, Inferred("field", 0.99, (evidence,))
        notes.append(("language-unusable", f"{stated.value[:60]!r} is no language that we know"))
        keep(extra, "language", clean_value(stated.value))
    if detector is None:
        return None, None
    offset = 0 if title is None else len(title) + 1
    shown = normalized.text if title is None else f"{title}\n{normalized.text}"
    answer = decide(shown, detector, options.expected)
    end = min(len(normalized.text), max(0, answer.spans[0][1] - offset))
    evidence = Evidence(normalized.text[: min(end, 80)], "text", 0, min(end, 80), "opening")
    method = answer.backend + (f" expecting {','.join(options.expected)}" if options.expected else "")
    return answer.tag, Inferred(method, answer.confidence, (evidence,))


def _keep_unusable_date(
    stated: Stated | None,
    name: str,
    language: str | None,
    extra: dict[str, Any],
    notes: list[tuple[str, str]],
) -> None:
    if stated is not None and parse_stated(stated.value, language) is None:
        shown = stated.value if len(stated.value) <= 60 else stated.value[:60] + "…"
        notes.append(("date-unusable", f"{shown!r} names no date that we can use"))
        keep(extra, name, clean_value(stated.value))


def keep(extra: dict[str, Any], label: str, value: Any) -> None:
    """Keep a value under its label; another one of the same label under `label#2`; the same one once."""
    name, count = label, 1
    while name in extra:
        if extra[name] == value:
            return
        count += 1
        name = f"{label}#{count}"
    extra[name] = value


def _stated_line(record: RawRecord, name: str) -> str | None:
    stated = record.fields.get(name)
    return (normalize_line(stated.value) or None) if stated is not None else None


def _authors(value: str | None) -> tuple[str, ...]:
    """The names, each cleaned by itself: what cleaning leaves of a name depends on its own letters."""
    return tuple(filter(None, map(normalize_line, value.split(";")))) if value else ()


_PLAIN = re.compile(r"[\t\n -~]*")


def clean_value(value: Any) -> Any:
    """A stated value with its strings cleaned like text, line by line; lists and objects inside too."""
    if isinstance(value, str):
        if _PLAIN.fullmatch(value):
            return value
        return "\n".join(normalize_line(line) for line in value.split("\n"))
    if isinstance(value, list):
        return [clean_value(item) for item in value]
    if isinstance(value, dict):
        return {clean_value(key): clean_value(item) for key, item in value.items()}
    return value


_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}")


def _has_long_word(text: str) -> bool:
    """Whether a word reaches the limit; such a word covers a whole stretch of half its length without a blank."""
    half = LONGEST_WORD // 2
    stretches = (text[at : at + half] for at in range(0, len(text) - half + 1, half))
    return any(" " not in part and "\n" not in part for part in stretches) and _LONG_WORD.search(text) is not None


def _text_notes(record: RawRecord, normalized: Normalized, words: int) -> Iterator[tuple[str, str]]:
    """What deserves a look about the text."""
    changes = normalized.changes
    title = record.fields.get("title")
    title_changes = normalize(title.value).changes if title is not None and not title.value.isascii() else {}
    if "mojibake" in changes or "mojibake" in title_changes:
        yield "mojibake-repaired", "text that was decoded with the wrong encoding was repaired"
    if "controls" in changes or "controls" in title_changes:
        yield "control-removed", "control characters were taken out"
    if record.body_start is None and ("surrogates" in changes or "surrogates" in title_changes):
        yield "surrogate-replaced", "half a surrogate pair became U+FFFD"
    if words < VERY_SHORT_WORDS:
        yield "very-short", f"the text has {words} word{'' if words == 1 else 's'}"
    if _has_long_word(normalized.text):
        yield "suspicious-text", f"the text has a word of {LONGEST_WORD:,} characters or more"
