"""What users bring along for twins: dictionaries by their files, encoders by the name of their class."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import cast
from xml.etree.ElementTree import ParseError

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.link.encoder import Encoder
from corpus_tool.link.lexicon import Lexicon, WordPairs, pairs_of_tei, pairs_of_tsv
from corpus_tool.model.langtag import primary
from corpus_tool.query import parse_language

TEI_ENDINGS = (".tei", ".xml")


def load_lexicon(told: str) -> Lexicon:
    """The dictionary of `nl-fr=FILE`: a FreeDict file (.tei, .xml) or a table of two columns.

    Raises UsageError for what says no languages, CorpusToolError for a file that cannot be read or holds no pairs.
    """
    languages, sign, path = told.partition("=")
    source, dash, target = languages.partition("-")
    if not (sign and dash and path):
        raise UsageError(f"--lexicon {told!r} names no languages", "write them before the file: nl-fr=nld-fra.tei")
    names = [primary(parse_language(tag)) for tag in (source, target)]
    try:
        if path.lower().endswith(TEI_ENDINGS):
            with open(path, "rb") as stream:
                pairs = pairs_of_tei(stream)
        else:
            with open(path, encoding="utf-8") as lines:
                pairs = pairs_of_tsv(lines)
    except OSError as error:
        raise CorpusToolError(f"{path!r} cannot be read: {error.strerror or error}") from None
    except (ParseError, UnicodeDecodeError) as error:
        raise CorpusToolError(f"{path!r} is no dictionary: {error}", hint="a TEI file, or a table in UTF-8") from None
    if not pairs:
        raise CorpusToolError(f"{path!r} holds no pairs of words", hint="a word, a tab, and its translation a line")
    return WordPairs(names[0], names[1], pairs)


def load_encoder(told: str) -> Encoder:
    """The encoder of `package.module:Class`, made without arguments; modules of the folder at work are found too.

    Raises UsageError where there is none.
    """
    name, sign, attribute = told.partition(":")
    if not (sign and name and attribute):
        raise UsageError(f"--encoder {told!r} names no class", "write module:Class, as in docs/twins.md")
    try:
        with _from_here():
            encoder = getattr(import_module(name), attribute)()
    except Exception as error:  # whatever code of the user's raises
        said = f"{type(error).__name__}: {error}"
        raise UsageError(f"--encoder {told!r} cannot be loaded: {said}", "is its module in this folder?") from None
    if not callable(getattr(encoder, "encode", None)):
        raise UsageError(f"--encoder {told!r} has no method `encode`", "docs/twins.md shows one")
    return cast("Encoder", encoder)


@contextmanager
def _from_here() -> Iterator[None]:
    """Modules of the folder at work can be imported."""
    sys.path.insert(0, "")
    try:
        yield
    finally:
        sys.path.remove("")
