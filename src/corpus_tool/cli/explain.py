"""`show --explain`: for each field what it is, how we know, how sure we are, and what was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from corpus_tool.cli.console import facts_table
from corpus_tool.cli.visible import visible
from corpus_tool.model.article import Article
from corpus_tool.model.evidence import Evidence, Inferred

_WHERE = {
    "text": "characters of the text",
    "raw": "characters of the raw record",
    "field": "characters of a stated field",
    "name": "characters of the path",
    "url": "characters of the URL",
}
SHOWN = 100


def explanation(article: Article, date_reasons: Sequence[tuple[str, str]] = ()) -> RenderableType:
    """The reasoning of one article as a page; `date_reasons` is what each kind of source said of its date."""
    facts = facts_table(_rows(article, date_reasons), "bold")
    return Group(Text(visible(article.title or article.name), style="bold"), Text(), facts)


def _rows(article: Article, date_reasons: Sequence[tuple[str, str]]) -> Iterator[tuple[str, RenderableType]]:
    source = article.source
    place = f"{source.path}, record {source.record}, bytes {source.byte_start}–{source.byte_end}"
    yield "source", _text(f"{place}, read as {source.format}")
    yield "encoding", _text(f"{source.encoding}, by {source.encoding_method}")
    yield "id", _text(f"{article.id}, from the decoded record")
    values = {"title": article.title, "date": article.date, "language": article.language}
    for name, value in values.items():
        yield name, _reason(value, article.inference.get(name), name, article)
        if name == "date" and date_reasons:
            yield "", _date_reasons(date_reasons)
    if article.date_modified:
        yield "modified", _text(article.date_modified)
    if article.languages:
        yield "languages", _text(", ".join(f"{tag} {share:.0%}" for tag, share in article.languages.items()))
    yield "cleaning", _text(_cleaning(article))
    kinds = [block.kind for block in article.normalization.blocks]
    counted = (f"{kinds.count(kind)} {kind}{'s' if kinds.count(kind) > 1 else ''}" for kind in dict.fromkeys(kinds))
    yield "blocks", _text(", ".join(counted))
    if source.also:
        yield "also in", Group(*map(_text, source.also))
    for key, value in article.extra.items():
        yield f"extra.{key}", _text(_short(str(value)))


def _date_reasons(reasons: Sequence[tuple[str, str]]) -> RenderableType:
    """What the sources said, a line each; the silent ones together."""
    lines = [f"{kind}: {said}" for kind, said in reasons if said]
    silent = [kind for kind, said in reasons if not said]
    if silent:
        lines.append(f"nothing from {', '.join(silent)}")
    return Group(*(Padding(_text(line), (0, 0, 0, 2)) for line in lines))


def _text(value: str) -> Text:
    return Text(visible(value), overflow="fold")


def _reason(value: str | None, inferred: Inferred | None, name: str, article: Article) -> RenderableType:
    """What a field is, by which method, how sure, and on a line of its own each thing that was read."""
    if value is None:
        silent = {
            "date": "not known: no header, name, URL or dateline gives one",
            "title": "none: the text opens with running text",
        }
        return _text(silent.get(name, "not examined"))
    if inferred is None:
        return _text(f"{value}, taken from an export")
    parts: list[RenderableType] = [_text(f"{value}, by {inferred.method}, confidence {inferred.confidence:.3g}")]
    parts += [Padding(_text(_read(item, article)), (0, 0, 0, 2)) for item in inferred.evidence]
    if inferred.alternatives:
        parts.append(_text(f"another source says {', '.join(inferred.alternatives)}"))
    return Group(*parts)


def _read(evidence: Evidence, article: Article) -> str:
    where = f"{_WHERE[evidence.where]} {evidence.start}–{evidence.end}"
    span = _bytes(evidence, article) if evidence.where == "raw" else None
    if span is not None:
        where = f"bytes {span[0]}–{span[1]} of the file"
    return f"“{_short(evidence.text)}”, {where}, rule {evidence.rule}"


def _bytes(evidence: Evidence, article: Article) -> tuple[int, int] | None:
    """Where evidence stands in the file; None where the decoded record does not give its bytes back one to one."""
    source, raw = article.source, article.raw
    if raw is None:
        return None
    try:
        before, read, whole = (
            len(part.encode(source.encoding, "surrogateescape"))
            for part in (raw[: evidence.start], raw[evidence.start : evidence.end], raw)
        )
    except (UnicodeEncodeError, LookupError):
        return None
    if whole != source.byte_end - source.byte_start:
        return None
    return source.byte_start + before, source.byte_start + before + read


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _cleaning(article: Article) -> str:
    rules = article.normalization.rules
    return ", ".join(f"{name} {count}×" for name, count in rules.items()) or "nothing was changed"
