"""One file per article with a metadata table beside them: what concordancers take."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress

from corpus_tool.errors import CorpusToolError
from corpus_tool.model.article import Article
from corpus_tool.model.fields import FLAT_FIELDS
from corpus_tool.writers.base import csv_row, flat
from corpus_tool.writers.files import check_free, write_file
from corpus_tool.writers.markdown import LISTED, render

METADATA = "metadata.csv"
COLUMNS = tuple(name for name in FLAT_FIELDS if name != "text")
MAX_NAME_BYTES = 120


def write_folder(articles: Iterable[Article], folder: str, kind: str, *, force: bool = False) -> int:
    """Write each article to a file of its own, then `metadata.csv`, which names every file; how many there were.

    The table comes last: a folder without one was not finished. Where writing ends in an error, a folder that
    was new or empty is left as it was.
    """
    check_free(folder, force=force)
    existed = os.path.isdir(folder)
    ours = not existed or not os.listdir(folder)
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise CorpusToolError(f"{folder!r} cannot be made: {error.strerror or error}") from None
    try:
        return _fill(articles, folder, kind, force=force)
    except BaseException:
        if ours:
            _undo(folder, existed=existed)
        raise


def _undo(folder: str, *, existed: bool) -> None:
    with suppress(OSError):
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        if not existed:
            os.rmdir(folder)


def _fill(articles: Iterable[Article], folder: str, kind: str, *, force: bool) -> int:
    count = 0
    with write_file(os.path.join(folder, METADATA), force=force) as table:
        table.write((",".join(("file", *COLUMNS)) + "\n").encode())
        for article in articles:
            name = file_name(article, kind)
            with write_file(os.path.join(folder, name), force=True) as out:
                out.write(_content(article, kind).encode())
            table.write(_row([name, *(flat(article, column) for column in COLUMNS)]))
            count += 1
    return count


def _row(cells: list[str]) -> bytes:
    return csv_row(cells).encode()


def _content(article: Article, kind: str) -> str:
    if kind == "md":
        return render(article, LISTED, level=1)
    title = f"{article.title}\n\n" if article.title else ""
    return f"{title}{article.text}\n"


def file_name(article: Article, kind: str) -> str:
    """A name that is safe on every system: date, slug of the title or name, id; at most 120 bytes, unique by the id.

    It begins with a digit or `undated`, so that it is never a reserved name, hidden, or an option.
    """
    day = re.sub(r"[^0-9-]+", "_", article.date or "").strip("_-") or "undated"
    ending = f"_{article.id}.{kind}"
    words = slug(article.title or article.name)
    room = MAX_NAME_BYTES - len(f"{day[:21]}_{ending}")
    return f"{day[:21]}_{words[:room].rstrip('-')}{ending}" if words else f"{day[:21]}{ending}"


def slug(text: str) -> str:
    """Lower-case ASCII letters and digits with hyphens between words.

    >>> slug("L’été à Liège : 2018")
    'l-ete-a-liege-2018'
    """
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss"))
    return re.sub(r"[^a-z0-9]+", "-", _ascii(plain)).strip("-")


def _ascii(text: str) -> str:
    """Marks dropped, every other sign that is not ASCII as a blank."""
    return "".join(c if c.isascii() else "" if unicodedata.combining(c) else " " for c in text).lower()
