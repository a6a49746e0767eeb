"""Raw records in the corpus file: compressed against the text that was made of them, and back byte for byte."""

from __future__ import annotations

import zlib

DICTIONARY_BYTES = 32768
"""How far a zlib stream can look back (RFC 1951)."""
LEVEL = 6


def packed(data: bytes, text: str) -> bytes:
    """A zlib stream (RFC 1950) with the article's text as its preset dictionary.

    A record is mostly its text, so that little more than its place is left to store.

    >>> len(packed(b"Kop\\n\\n" + b"Een zin van het artikel. " * 4, "Een zin van het artikel. " * 4)) < 40
    True
    """
    compressing = zlib.compressobj(LEVEL, zdict=_dictionary(text))
    return compressing.compress(data) + compressing.flush()


def unpacked(stream: bytes, text: str) -> bytes:
    """The reverse of `packed`; zlib.error where the stream or the text is not what it was."""
    decompressing = zlib.decompressobj(zdict=_dictionary(text))
    data = decompressing.decompress(stream)
    if not decompressing.eof:
        raise zlib.error("the stream ends early")
    return data


def _dictionary(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")[:DICTIONARY_BYTES]
