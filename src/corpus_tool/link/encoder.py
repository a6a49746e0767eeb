"""Sentence encoders of the user's: one more part of the score, where a multilingual one is at hand.

from sentence_transformers import SentenceTransformer

class MyEncoder:
    name = "paraphrase-multilingual-MiniLM-L12-v2"

    def __init__(self):
        self._model = SentenceTransformer(self.name)   # or a folder on this machine

    def encode(self, texts):
        return self._model.encode(list(texts), normalize_embeddings=True)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol

from corpus_tool.errors import CorpusToolError

OPENING_CHARACTERS = 2000
"""How much of a text is encoded: most encoders read a few hundred words and pass over the rest."""

BATCH = 64


class Encoder(Protocol):
    """Anything that turns texts of several languages into vectors that are near where the texts mean the same."""

    name: str

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector a text, all of the same length, in the order of the texts."""
        ...


def encoded(encoder: Encoder, texts: Iterable[tuple[str, str]]) -> dict[str, tuple[float, ...]]:
    """The vector of each article, given as (id, text); `ValueError` where the encoder gives another number of them."""
    vectors: dict[str, tuple[float, ...]] = {}
    waiting = iter(texts)
    while batch := list(islice(waiting, BATCH)):
        name = getattr(encoder, "name", type(encoder).__name__)
        openings = [text[:OPENING_CHARACTERS] for _, text in batch]
        try:
            found = [tuple(map(float, vector)) for vector in encoder.encode(openings)]
        except Exception as error:  # whatever code of the user's raises
            raise CorpusToolError(f"the encoder {name} failed: {type(error).__name__}: {error}") from error
        sizes = {len(vector) for vector in (*found, *islice(vectors.values(), 1))}
        if len(found) != len(batch) or len(sizes) != 1:
            gave = f"{len(found)} vectors for {len(batch)} texts" if len(sizes) == 1 else "vectors of several lengths"
            raise CorpusToolError(f"the encoder {name} gave {gave}", hint="docs/twins.md says what it is to give")
        vectors |= {id_: vector for (id_, _), vector in zip(batch, found, strict=True)}
    return vectors
