"""From a raw record to an article: clean, then conclude each field, keeping what was stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from corpus_tool.infer.date.expressions import parse_stated
from corpus_tool.infer.date.headers import first_usable, header_lines
from corpus_tool.infer.date.inference import DateInference, DateSources
from corpus_tool.infer.date.publication import FOLDER, publication_date, reasons
from corpus_tool.infer.language.decide import Language, decide_many, same_language
from corpus_tool.infer.language.registry import Detector
from corpus_tool.infer.origin import Origin
from corpus_tool.infer.title import find_title
from corpus_tool.model.article import Article, Block, Normalization, Removed, Source
from corpus_tool.model.evidence import PASSAGE, Evidence, Inferred
from corpus_tool.model.langtag import normalize_language
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import RawRecord, Stated
from corpus_tool.patterns import lazy
from corpus_tool.text.boilerplate import Boilerplate, load_user_list
from corpus_tool.text.normalize import Change, Normalized, line_rules, normalize, normalize_line
from corpus_tool.text.tokens import count_words

VERY_SHORT_WORDS = 5
LONGEST_WORD = 1000
OPENING_CHARACTERS = 80
STATED_CONFIDENCE = 0.99
HEADLINE_CONFIDENCE = 0.9
CONFLICT_CONFIDENCE = 0.9

Rules = Mapping[str, str]


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
    normalized = cleaned(record, options)
    if not normalized.text:
        return Conclusion(None)
    work = _Concluding(record, origin, options)
    article = work.article(normalized, detector)
    return Conclusion(article, tuple(work.notes))


def cleaned(record: RawRecord, options: ReadOptions, trace: list[Change] | None = None) -> Normalized:
    """The body of a record, clean; in its stated language where it states one."""
    stated = record.fields.get("language")
    language = normalize_language(stated.value) if stated is not None else None
    lists = _user_lists(options.boilerplate) if options.boilerplate is not None else None
    return normalize(record.body, language=language, rules=options.rules, lists=lists, trace=trace)


@cache
def _user_lists(path: str) -> Boilerplate:
    """Our lists and a user's, read once a run."""
    return load_user_list(path)


def text_of(record: RawRecord, origin: Origin, options: ReadOptions) -> Normalized:
    """The text of a record as its article has it, the title taken out, with the map back to the record's body."""
    return _Concluding(record, origin, options).without_title(cleaned(record, options))


def date_reasons(
    record: RawRecord, origin: Origin, options: ReadOptions, language: str | None
) -> list[tuple[str, str]]:
    """What each kind of source says of the date of a record in a language, and what became of it, in words."""
    return _Concluding(record, origin, options).date_reasons(cleaned(record, options), language)


def language_of(
    article: Article, record: RawRecord, origin: Origin, options: ReadOptions, detector: Detector | None
) -> Article:
    """The article with its language inferred anew from the text that it has."""
    work = _Concluding(record, origin, options)
    tag, inferred, shares = work.language(article.text, article.title, detector)
    return replace(article, language=tag, languages=shares, inference={**article.inference, "language": inferred})


def date_of(article: Article, record: RawRecord, origin: Origin, options: ReadOptions) -> Article:
    """The article with its date inferred anew from the text and the language that it has."""
    work = _Concluding(record, origin, options)
    found, inferred = work.date(article.text, article.language, article.url)
    return replace(article, **_dates(found), inference={**article.inference, "date": inferred})


def _dates(found: DateInference | None) -> dict[str, Any]:
    """The fields of an article that a date gives."""
    date = found.date if found is not None else None
    earliest, latest = (date.earliest, date.latest) if date is not None else (None, None)
    return {
        "date": None if date is None else str(date),
        "date_earliest": None if earliest is None else earliest.isoformat(),
        "date_latest": None if latest is None else latest.isoformat(),
        "date_modified": None if found is None or found.modified is None else str(found.modified),
    }


class _Concluding:
    """The work on one record: its fields one after another, with what is kept beside them and noted on the way."""

    def __init__(self, record: RawRecord, origin: Origin, options: ReadOptions) -> None:
        self.record = record
        self.origin = origin
        self.options = options
        self.notes: list[tuple[str, str]] = []
        self.extra: dict[str, Any] = {}
        for label, value in record.extra.items():
            self.keep(clean_value(label, options.rules), value)

    def keep(self, label: str, value: Any) -> None:
        """Keep a stated value in `extra`, cleaned."""
        keep(self.extra, label, clean_value(value, self.options.rules))

    def stated(self, name: str) -> str | None:
        """The stated value of a field on one line, cleaned; None where there is none."""
        stated = self.record.fields.get(name)
        return normalize_line(stated.value, self.options.rules) or None if stated is not None else None

    def article(self, normalized: Normalized, detector: Detector | None) -> Article:
        """Every field: the title first, for it leaves the text; the language next, for it reads the dates."""
        record = self.record
        title, title_inference, normalized = self._title(normalized)
        if normalized.agency is not None:
            self.keep("agency", normalized.agency)
        language, language_inference, languages = self.language(normalized.text, title, detector)
        url = self.stated("url")
        found, date_inference = self.date(normalized.text, language, url)
        words = count_words(normalized.text)
        self._note_text(normalized, words)
        return Article(
            id=record.id(),
            name=self.origin.stem if record.number == 1 else f"{self.origin.stem}#{record.number}",
            title=title,
            **_dates(found),
            language=language,
            languages=languages,
            authors=self._authors(),
            outlet=self.stated("outlet"),
            section=self.stated("section"),
            url=url,
            words=words,
            characters=len(normalized.text),
            paragraphs=len(normalized.blocks),
            text=normalized.text,
            extra=self.extra,
            normalization=Normalization(
                dict(normalized.changes), self._removed(normalized), normalized.blocks, normalized.truncated
            ),
            source=self._source(),
            inference={"date": date_inference, "language": language_inference, "title": title_inference},
            raw=record.raw if self.options.keep_raw else None,
        )

    def _source(self) -> Source:
        record, origin = self.record, self.origin
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

    def _removed(self, normalized: Normalized) -> tuple[Removed, ...]:
        """What was left out, at its place in the raw record; without a place where the text was a field's value."""
        base = self.record.body_start
        return tuple(
            Removed(item.kind, item.text, None, None)
            if base is None or item.raw_start is None or item.raw_end is None
            else Removed(item.kind, item.text, item.raw_start + base, item.raw_end + base)
            for item in normalized.removed
        )

    def _authors(self) -> tuple[str, ...]:
        """The names, each cleaned by itself: what cleaning leaves of a name depends on its own letters."""
        stated = self.stated("authors")
        names = stated.split(";") if stated else ()
        return tuple(filter(None, (normalize_line(name, self.options.rules) for name in names)))

    def _title(self, normalized: Normalized) -> tuple[str | None, Inferred | None, Normalized]:
        """The stated title; else the headline of the text, which is then taken out of the text."""
        stated, value = self.record.fields.get("title"), self.stated("title")
        if stated is not None and value is not None:
            method = "headline" if stated.rule == "headline" else "name" if stated.where == "name" else "field"
            return value, Inferred(method, STATED_CONFIDENCE, (_evidence(stated),)), normalized
        block = find_title(normalized)
        if block is None:
            return None, None, normalized
        inference = Inferred("headline", HEADLINE_CONFIDENCE, (self._headline_evidence(normalized, block),))
        return normalized.text[block.start : block.end], inference, _without_title(normalized, block)

    def without_title(self, normalized: Normalized) -> Normalized:
        """The text that is left when the headline has been taken out."""
        return self._title(normalized)[2]

    def _headline_evidence(self, normalized: Normalized, block: Block) -> Evidence:
        """Where the headline stands in the raw record, or in the field that holds the text."""
        start, end = normalized.to_raw(block.start, block.end)
        if self.record.body_start is None:
            return Evidence(self.record.body[start:end], "field", start, end, "first-block")
        start, end = start + self.record.body_start, end + self.record.body_start
        return Evidence(self.record.raw[start:end], "raw", start, end, "first-block")

    def language(
        self, text: str, title: str | None, detector: Detector | None
    ) -> tuple[str | None, Inferred | None, dict[str, float]]:
        """The stated language where it is one, else the backend's answer; and the shares where the text is mixed."""
        stated = self.record.fields.get("language")
        tag = normalize_language(stated.value) if stated is not None else None
        if stated is not None and tag is None:
            self.notes.append(("language-unusable", f"{stated.value[:60]!r} is no language that we know"))
            self.keep(stated.label or "language", stated.value)
        answer = self._detected(text, title, detector) if detector is not None else None
        shares = answer.shares if answer is not None and answer.is_mixed else {}
        passages = _passages(answer, text) if answer is not None else ()
        if stated is not None and tag is not None:
            if answer is not None:
                self._note_other_language(tag, answer)
            return tag, Inferred("field", STATED_CONFIDENCE, (_evidence(stated), *passages)), shares
        if answer is None:
            return None, None, {}
        end = min(len(text), OPENING_CHARACTERS)
        opening = Evidence(text[:end], "text", 0, end, "opening")
        return answer.tag, Inferred(answer.backend, answer.confidence, (opening, *passages)), shares

    def _detected(self, text: str, title: str | None, detector: Detector) -> Language:
        expected, only = self.options.expected, self.options.only
        return decide_many([text], detector, titles=[title], expected=expected, only=only)[0]

    def _note_other_language(self, tag: str, answer: Language) -> None:
        """Note that the text says something else than the file about its language."""
        if answer.confidence >= CONFLICT_CONFIDENCE and not same_language(tag, answer.tag):
            message = f"the file says {tag}; the text reads as {answer.tag}, confidence {answer.confidence:.3g}"
            self.notes.append(("language-conflict", message))

    def date(self, text: str, language: str | None, url: str | None) -> tuple[DateInference | None, Inferred | None]:
        """What the sources of a date say together, and the reasons for the date, if there is one."""
        for name in ("date", "date_modified"):
            self._keep_unusable_date(name, language)
        found = publication_date(self._date_sources(text, language, url), self.options.dates)
        if found is not None:
            self.notes += found.remarks
        if found is None or found.date is None:
            return found, None
        alternatives = tuple(map(str, found.alternatives))
        if alternatives:
            message = f"the date is {found.date} by {found.method}; another source says {', '.join(alternatives)}"
            self.notes.append(("date-conflict", message))
        evidence = tuple(_in_path(item, self.origin) for item in found.evidence)
        return found, Inferred(found.method or "", found.confidence, evidence, alternatives)

    def _date_sources(self, text: str, language: str | None, url: str | None) -> DateSources:
        origin, fields = self.origin, self.record.fields
        stated = first_usable((*fields.items(), *header_lines(text)), language)
        return DateSources(text, language, origin.below, url, stated, origin.habits)

    def date_reasons(self, normalized: Normalized, language: str | None) -> list[tuple[str, str]]:
        """What each kind of source says of the date, and what became of it."""
        sources = self._date_sources(self.without_title(normalized).text, language, self.stated("url"))
        return reasons(sources, self.options.dates)

    def _keep_unusable_date(self, name: str, language: str | None) -> None:
        stated = self.record.fields.get(name)
        if stated is not None and parse_stated(stated.value, language) is None:
            shown = stated.value if len(stated.value) <= 60 else stated.value[:60] + "…"
            self.notes.append(("date-unusable", f"{shown!r} names no date that we can use"))
            self.keep(stated.label or name, stated.value)

    def _note_text(self, normalized: Normalized, words: int) -> None:
        """Note what deserves a look about the text and the stated title."""
        title = self.record.fields.get("title")
        changes = {*normalized.changes}
        if title is not None and not title.value.isascii():
            changes |= {*normalize(title.value, rules=line_rules(self.options.rules)).changes}
        for rule, code, message in _NOTED_RULES:
            if rule in changes and (rule != "surrogates" or self.record.body_start is None):
                self.notes.append((code, message))
        if words < VERY_SHORT_WORDS:
            self.notes.append(("very-short", f"the text has {words} word{'' if words == 1 else 's'}"))
        if _has_long_word(normalized.text):
            self.notes.append(("suspicious-text", f"the text has a word of {LONGEST_WORD:,} characters or more"))


_NOTED_RULES = (
    ("mojibake", "mojibake-repaired", "text that was decoded with the wrong encoding was repaired"),
    ("controls", "control-removed", "control characters were taken out"),
    ("surrogates", "surrogate-replaced", "half a surrogate pair became U+FFFD"),  # bytes are told of when decoded
)


def _evidence(stated: Stated) -> Evidence:
    return Evidence(stated.span, stated.where, stated.start, stated.end, stated.rule)


def _passages(answer: Language, text: str) -> tuple[Evidence, ...]:
    """The stretches of a mixed text that are not in its language, without the blanks at their ends."""
    found = []
    for span in answer.spans:
        passage = text[span.start : span.end]
        if span.tag != answer.tag and passage.strip():
            start = span.start + len(passage) - len(passage.lstrip())
            end = start + len(passage.strip())
            found.append(Evidence(text[start:end], "text", start, end, f"{PASSAGE}{span.tag}"))
    return tuple(found)


def _without_title(normalized: Normalized, title: Block) -> Normalized:
    """The text without its headline; the block that now opens it is no subhead."""
    without = normalized.without(title)
    blocks = without.blocks
    if blocks and blocks[0].kind == "subhead":
        first = Block("paragraph", blocks[0].start, blocks[0].end)
        return replace(without, blocks=(first, *blocks[1:]))
    return without


def _in_path(evidence: Evidence, origin: Origin) -> Evidence:
    """Evidence from a name with the offsets of `source.path`; dates are looked for below the source only."""
    if evidence.where != "name" or evidence.rule == "from-path" or evidence.rule.startswith(FOLDER):
        return evidence
    before = len(origin.path) - len(origin.below)
    return replace(evidence, start=evidence.start + before, end=evidence.end + before)


def keep(extra: dict[str, Any], label: str, value: Any) -> None:
    """Keep a value under its label; another one of the same label under `label#2`; the same one once."""
    name, count = label, 1
    while name in extra:
        if extra[name] == value:
            return
        count += 1
        name = f"{label}#{count}"
    extra[name] = value


_PLAIN = lazy(r"[\t\n -~]*")


def clean_value(value: Any, rules: Rules | None = None) -> Any:
    """A stated value with its strings cleaned like text, line by line; lists and objects inside too."""
    if isinstance(value, str):
        if _PLAIN.fullmatch(value):
            return value
        return "\n".join(normalize_line(line, rules) for line in value.split("\n"))
    if isinstance(value, list):
        return [clean_value(item, rules) for item in value]
    if isinstance(value, dict):
        return {clean_value(key, rules): clean_value(item, rules) for key, item in value.items()}
    return value


_LONG_WORD = lazy(rf"\S{{{LONGEST_WORD}}}")


def _has_long_word(text: str) -> bool:
    """Whether a word reaches the limit; such a word covers a whole stretch of half its length without a blank."""
    half = LONGEST_WORD // 2
    stretches = (text[at : at + half] for at in range(0, len(text) - half + 1, half))
    return any(" " not in part and "\n" not in part for part in stretches) and _LONG_WORD.search(text) is not None
