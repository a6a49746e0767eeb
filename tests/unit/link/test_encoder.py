"""An encoder gives one vector a text, in batches."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus_tool.errors import CorpusToolError
from corpus_tool.link.encoder import BATCH, OPENING_CHARACTERS, encoded


class Lengths:
    """An encoder that says how long a text is, and remembers how many it was given at once."""

    name = "lengths"

    def __init__(self) -> None:
        self.batches: list[int] = []

    def encode(self, texts: Sequence[str]) -> list[tuple[float, float]]:
        """The length of each text."""
        self.batches.append(len(texts))
        return [(float(len(text)), 1.0) for text in texts]


def test_batches_and_openings() -> None:
    """Texts go in batches, cut to their opening, and come back by id."""
    encoder = Lengths()
    vectors = encoded(encoder, ((str(n), "x" * (n * 100)) for n in range(BATCH + 1)))
    assert encoder.batches == [BATCH, 1]
    assert vectors["3"] == (300.0, 1.0)
    assert vectors[str(BATCH)] == (float(min(BATCH * 100, OPENING_CHARACTERS)), 1.0)


def test_a_vector_too_few_is_refused() -> None:
    """An encoder that swallows a text is not believed."""

    class Broken(Lengths):
        def encode(self, texts: Sequence[str]) -> list[tuple[float, float]]:
            return super().encode(texts)[1:]

    with pytest.raises(CorpusToolError, match="1 vectors for 2 texts"):
        encoded(Broken(), [("a", "x"), ("b", "y")])
