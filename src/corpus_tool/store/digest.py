"""The corpus hash: one number for all that a corpus says of its articles, whatever their order and their file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.store.store import Store


def hash_of(digests: Iterable[tuple[str, bytes]]) -> str:
    r"""SHA-256, as hex, over a line `id digest` for each article, sorted by id; the digest is that of `rows.digest_of`.

    >>> hash_of([("0123456789abcdef", bytes(2))]) == hashlib.sha256(b"0123456789abcdef 0000\n").hexdigest()
    True
    """
    made = hashlib.sha256()
    for identifier, digest in digests:
        made.update(f"{identifier} {digest.hex()}\n".encode())
    return made.hexdigest()


def corpus_hash(store: Store) -> str:
    """The corpus hash of a file. Every row is looked at; they are sorted outside memory."""
    # `+id`: by way of the index every row would be looked up at another place of the file.
    try:
        return hash_of(store.rows("SELECT id, digest FROM articles ORDER BY +id"))
    except (AttributeError, ValueError) as error:
        raise CorpusToolError(
            f"{store.path!r} is damaged: an id or a digest is none: {error}",
            ExitCode.DAMAGED_INPUT,
            f"`corpus-tool check {store.path}` says where",
        ) from None
