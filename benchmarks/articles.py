"""News articles to measure on: from a folder of line-aligned documents (the form of NTREX-128), or from text files."""

from __future__ import annotations

from pathlib import Path

IDS = "DOCUMENT_IDS.tsv"
SENTENCES_PER_PARAGRAPH = 3


def load_articles(folder: Path, languages: tuple[str, ...] = ("nld", "fra")) -> list[str]:
    """Articles with a headline, an empty line and paragraphs.

    In a folder with `DOCUMENT_IDS.tsv`, line n of `LANGUAGE.txt` belongs to the document on line n of it, and a
    document's first line is its headline. In any other folder each text file is an article.
    """
    if not (folder / IDS).exists():
        return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    ids = (folder / IDS).read_text(encoding="utf-8").split("\n")
    articles = []
    for language in languages:
        documents: dict[str, list[str]] = {}
        for ident, line in zip(ids, (folder / f"{language}.txt").read_text(encoding="utf-8").split("\n"), strict=False):
            if ident:
                documents.setdefault(ident, []).append(line)
        articles += [_article(lines) for lines in documents.values()]
    return articles


def _article(lines: list[str]) -> str:
    body = lines[1:]
    paragraphs = [" ".join(body[n : n + SENTENCES_PER_PARAGRAPH]) for n in range(0, len(body), SENTENCES_PER_PARAGRAPH)]
    return "\n\n".join([lines[0], *paragraphs]) + "\n"
