"""Compare `corpus_tool.text.tokens.count_words` with the UAX 29 boundaries of the `regex` module.

Usage: python benchmarks/words.py FOLDER, where FOLDER holds nld.txt, fra.txt, eng-US.txt and deu.txt with one
sentence a line, as NTREX-128 has them. Prints a Markdown table. Times are CPU times over articles of 20
sentences, the least of five runs, of both counters in the same process.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from corpus_tool.text.tokens import count_words

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = {"Dutch": "nld", "French": "fra", "English": "eng-US", "German": "deu"}
SENTENCES_PER_ARTICLE = 20
HEADER = (
    "| language | words, ours | words, UAX 29 | difference | sentences that differ | ours / whitespace words "
    "| CPU time, ours / UAX 29 | ours, µs per article |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)

_boundary = regex.compile(r"(?w)\b")
_letter_or_digit = regex.compile(r"[\p{L}\p{N}]")


def count_reference_words(text: str) -> int:
    """Return the number of segments between default word boundaries that hold a letter or digit."""
    boundaries = [match.start() for match in _boundary.finditer(text)]
    return sum(1 for start, end in pairwise(boundaries) if _letter_or_digit.search(text, start, end))


def cpu_seconds(count: Callable[[str], int], articles: list[str], runs: int = 5) -> float:
    """Return the least CPU time in which `count` goes over all articles."""
    times = []
    for _ in range(runs):
        begin = time.process_time()
        for article in articles:
            count(article)
        times.append(time.process_time() - begin)
    return min(times)


def row(language: str, sentences: list[str]) -> str:
    """Return the table row of one language."""
    ours = [count_words(sentence) for sentence in sentences]
    reference = [count_reference_words(sentence) for sentence in sentences]
    whitespace = sum(len(sentence.split()) for sentence in sentences)
    differing = sum(a != b for a, b in zip(ours, reference, strict=True))
    articles = [
        "\n".join(sentences[i : i + SENTENCES_PER_ARTICLE]) for i in range(0, len(sentences), SENTENCES_PER_ARTICLE)
    ]
    our_time = cpu_seconds(count_words, articles)
    return (
        f"| {language} | {sum(ours)} | {sum(reference)} | {sum(ours) / sum(reference) - 1:+.3%} "
        f"| {differing / len(sentences):.2%} | {sum(ours) / whitespace:.3f} "
        f"| {our_time / cpu_seconds(count_reference_words, articles):.3f} "
        f"| {our_time / len(articles) * 1e6:.0f} |"
    )


def main(folder: str) -> None:
    """Print the table for the sentences in the folder."""
    print(HEADER)
    for language, name in LANGUAGES.items():
        sentences = (Path(folder) / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        print(row(language, sentences), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/words.py FOLDER")
    main(sys.argv[1])
