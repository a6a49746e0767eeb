"""Turn piles of raw news text into a corpus: languages, dates, clean text, nothing lost in silence.

The names below are the library; each is imported when it is first used, so that importing the package costs
next to nothing. `docs/library.md` shows them at work.
"""

from __future__ import annotations

from corpus_tool.version import __version__

TYPE_CHECKING = False  # type checkers take it for true; importing `typing` would double the cost of this module
if TYPE_CHECKING:
    from typing import Any

    from corpus_tool.corpus import Corpus as Corpus
    from corpus_tool.corpus import read as read
    from corpus_tool.errors import CorpusToolError as CorpusToolError
    from corpus_tool.infer.date.mentions import find_dates as find_dates
    from corpus_tool.infer.date.publication import infer_date as infer_date
    from corpus_tool.infer.language.decide import identify_language as identify_language
    from corpus_tool.model.article import Article as Article
    from corpus_tool.model.edtf import EdtfDate as EdtfDate
    from corpus_tool.model.options import ReadOptions as ReadOptions
    from corpus_tool.model.receipt import Receipt as Receipt
    from corpus_tool.query import Query as Query
    from corpus_tool.text.normalize import normalize as normalize

_PUBLIC = {
    "read": "corpus_tool.corpus",
    "Corpus": "corpus_tool.corpus",
    "normalize": "corpus_tool.text.normalize",
    "identify_language": "corpus_tool.infer.language.decide",
    "infer_date": "corpus_tool.infer.date.publication",
    "find_dates": "corpus_tool.infer.date.mentions",
    "Article": "corpus_tool.model.article",
    "EdtfDate": "corpus_tool.model.edtf",
    "Query": "corpus_tool.query",
    "ReadOptions": "corpus_tool.model.options",
    "Receipt": "corpus_tool.model.receipt",
    "CorpusToolError": "corpus_tool.errors",
}
__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'corpus_tool' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
