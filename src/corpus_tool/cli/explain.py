"""`show --explain`: for each field what it is, how we know, how sure we are, and what was read."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

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


def explanation(article: Article) -> RenderableType:
    """The reasoning of one article as a page."""
    facts = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    facts.add_column(style="bold")
    facts.add_column(overflow="fold")
    for name, value in _rows(article):
        facts.add_row(Text(name), Text(visible(value, lines=True)))
    return Group(Text(visible(article.title or article.name), style="bold"), Padding(facts, (1, 0, 0, 0)))


def _rows(article: Article) -> list[tuple[str, str]]:
    source = article.source
    rows = [
        (
            "source",
            f"{source.path}, record {source.record}, bytes {source.byte_start}–{source.byte_end}, read as {source.format}",
        ),
        ("encoding", f"{source.encoding}, by {source.encoding_method}"),
        ("id", f"{article.id}, from the decoded record"),
    ]
    values = {"title": article.title, "date": article.date, "language": article.language}
    for name, value in values.items():
        rows.append((name, _reason(value, article.inference.get(name), name)))
    if article.date_modified:
        rows.append(("modified", article.date_modified))
    rows.append(("cleaning", _cleaning(article)))
    kinds = [block.kind for block in article.normalization.blocks]
    counts = ", ".join(
        f"{kinds.count(kind)} {kind}{'s' if kinds.count(kind) > 1 else ''}" for kind in dict.fromkeys(kinds)
    )
    rows.append(("blocks", counts))
    if source.also:
        rows.append(("also in", "\n".join(source.also)))
    rows += [(f"extra.{key}", _short(str(value))) for key, value in article.extra.items()]
    return rows


def _reason(value: str | None, inferred: Inferred | None, name: str) -> str:
    if value is None:
        silent = {
            "date": "not known: no header, name, URL or dateline gives one",
            "title": "none: the text opens with running text",
        }
        return silent.get(name, "not examined")
    if inferred is None:
        return f"{value}, taken from an export"
    lines = [f"{value}, by {inferred.method}, confidence {inferred.confidence:.2f}"]
    lines += [_read(item) for item in inferred.evidence]
    if inferred.alternatives:
        lines.append(f"another source says {', '.join(inferred.alternatives)}")
    return "\n".join(lines)


def _read(evidence: Evidence) -> str:
    return (
        f"  {_short(evidence.text)!r}, {_WHERE[evidence.where]} {evidence.start}–{evidence.end}, rule {evidence.rule}"
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _cleaning(article: Article) -> str:
    rules = article.normalization.rules
    return ", ".join(f"{name} {count}×" for name, count in rules.items()) or "nothing was changed"
