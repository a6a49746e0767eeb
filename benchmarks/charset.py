"""Accuracy and cost of charset guessing, against chardet alone, on NTREX news text.

Usage: python benchmarks/charset.py NTREX_FOLDER
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import chardet

from corpus_tool.text.charset import guess_charset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LANGUAGES = {"nl": "nld", "fr": "fra", "de": "deu"}
ENCODINGS = ("cp1252", "iso8859-1", "iso8859-15", "mac-roman", "cp850")
LENGTHS = (60, 300, 3000)
SAMPLES = 150
FLATTENED = {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "œ": "oe", "Œ": "Oe"} | {
    "…": "...",
    "–": "-",
    "—": "-",
    "€": "EUR",
}


class Sample(NamedTuple):
    """A text and its bytes in a legacy charset."""

    text: str
    data: bytes


class Result(NamedTuple):
    """The share of samples decoded exactly, and the mean cost of a guess."""

    accuracy: float
    microseconds: float


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    print("| Encoding | Bytes | Language | Samples | Ours | chardet | Ours, µs | chardet, µs |")
    print("|---|--:|---|--:|--:|--:|--:|--:|")
    texts = {code: (folder / f"{name}.txt").read_text(encoding="utf-8") for code, name in LANGUAGES.items()}
    for encoding in ENCODINGS:
        for length in LENGTHS:
            for code, text in texts.items():
                print_row(encoding, length, code, list(samples(text, encoding, length)))


def print_row(encoding: str, length: int, language: str, made: list[Sample]) -> None:
    """Print how both guessers do on one kind of sample."""
    ours, theirs = measure(our_guess, made), measure(chardet_guess, made)
    accuracies = f"{ours.accuracy:.1%} | {theirs.accuracy:.1%}"
    costs = f"{ours.microseconds:.0f} | {theirs.microseconds:.0f}"
    print(f"| {encoding} | {length} | {language} | {len(made)} | {accuracies} | {costs} |")


def samples(text: str, encoding: str, length: int) -> Iterator[Sample]:
    """Cut a text at whole words into samples that hold non-ASCII bytes, the same ones on every run."""
    pieces = [piece for piece in cut(flatten(text, encoding), length) if not piece.isascii()]
    random.Random(length).shuffle(pieces)
    for piece in pieces[:SAMPLES]:
        yield Sample(piece, piece.encode(encoding))


def flatten(text: str, encoding: str) -> str:
    """Replace what a charset cannot encode, as the systems that used it did."""
    return "".join(char if encodable(char, encoding) else FLATTENED.get(char, "") for char in text)


def encodable(char: str, encoding: str) -> bool:
    """Tell whether a charset has a character."""
    return char.isascii() or bool(char.encode(encoding, "ignore"))


def cut(text: str, length: int) -> Iterator[str]:
    """Cut a text into pieces of about a length, each from the start of a line to the end of a word."""
    piece = ""
    for line in text.splitlines():
        piece = f"{piece}\n{line}" if piece else line
        if len(piece) >= length:
            end = piece.find(" ", length)
            yield piece[:end] if end >= 0 else piece
            piece = ""


def measure(guess: Callable[[bytes], str], made: list[Sample]) -> Result:
    """Count the samples that a guess decodes exactly, and time it."""
    start = time.perf_counter()
    encodings = [guess(sample.data) for sample in made]
    seconds = time.perf_counter() - start
    right = sum(
        sample.data.decode(encoding, "replace") == sample.text for sample, encoding in zip(made, encodings, strict=True)
    )
    count = max(len(made), 1)
    return Result(right / count, seconds / count * 1e6)


def our_guess(data: bytes) -> str:
    """Guess with corpus_tool."""
    guessed = guess_charset(data)
    return guessed.encoding if guessed else "ascii"


def chardet_guess(data: bytes) -> str:
    """Guess with chardet, in the mode its documentation advises for decoding."""
    return chardet.detect(data, prefer_superset=True, compat_names=False)["encoding"] or "ascii"


if __name__ == "__main__":
    main()
