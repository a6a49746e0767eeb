"""Compare `corpus_tool.text.segment.sentences` with other libraries on lines joined into paragraphs.

Usage: python benchmarks/sentences.py FOLDER, where FOLDER holds nld.txt, fra.txt, eng-US.txt, deu.txt and
DOCUMENT_IDS.tsv with one segment a line, as NTREX-128 has them. Prints a Markdown table.

The libraries are for this comparison only and none of them needs a model. Install those you want, best in an
environment of their own; one that is missing is named and skipped:

    pip install pysbd syntok blingfire numpy sentencex sentence-splitter

The lines of a document are joined with blanks. A line without a sentence mark at its end (a headline) ends a
paragraph, and so does the document. The borders between the lines of a paragraph are the truth; the end of a
paragraph, which anyone finds, is not counted. A border is told by the number of characters before it that are
no blanks, so it does not matter what a library makes of blanks.

Many lines hold more than one sentence, so a border inside a line is not always wrong. The table has both:

- strict: every border inside a line is an error.
- fair: one inside a line is an error unless at least half of the other libraries that ran, and no fewer than
  two, have the same border. Recall is that of line ends.

Times are CPU times, the least of three runs, as a ratio to ours in the same process.
"""

from __future__ import annotations

import importlib
import re
import sys
import time
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_tool.text.segment import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Splitter = Callable[[str], Iterable[str]]

LANGUAGES = {"nl": "nld", "fr": "fra", "en": "eng-US", "de": "deu"}
HEADER = (
    "| language | segmenter | precision, strict | recall | F1, strict | inside lines | of these confirmed "
    "| F1, fair | CPU time, to ours |\n"
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)
_MARKED = re.compile(r"[.!?…][\"'”’»“‘)\]\s]*$")


def ours(language: str) -> Splitter:
    """The rules of this project."""
    return lambda text: [text[start:end] for start, end in sentences(text, language)]


def pysbd(language: str) -> Splitter:
    """Golden rules, by regular expressions."""
    return importlib.import_module("pysbd").Segmenter(language=language, clean=False).segment  # type: ignore[no-any-return]


def syntok(_language: str) -> Splitter:
    """Rules over tokens; the language is not asked for."""
    process = importlib.import_module("syntok.segmenter").process

    def split(text: str) -> Iterator[str]:
        for paragraph in process(text):
            for tokens in paragraph:
                yield text[tokens[0].offset : tokens[-1].offset + len(tokens[-1].value)]

    return split


def blingfire(_language: str) -> Splitter:
    """A finite-state machine; the language is not asked for."""
    split = importlib.import_module("blingfire").text_to_sentences
    return lambda text: split(text).split("\n")


def sentencex(language: str) -> Splitter:
    """Rules of the Wikimedia Foundation."""
    segment = importlib.import_module("sentencex").segment
    return lambda text: segment(language, text)


def sentence_splitter(language: str) -> Splitter:
    """The rules of Koehn and Schroeder for Europarl."""
    return importlib.import_module("sentence_splitter").SentenceSplitter(language).split  # type: ignore[no-any-return]


SEGMENTERS = (ours, pysbd, syntok, blingfire, sentencex, sentence_splitter)


@dataclass
class Result:
    """The borders that one segmenter found in each paragraph, and its CPU time."""

    name: str
    borders: list[set[int]]
    seconds: float


def paragraphs(lines: list[str], documents: list[str]) -> Iterator[list[str]]:
    """The lines of each paragraph: headlines and ends of documents end one."""
    for _, pairs in groupby(zip(documents, lines, strict=True), key=lambda pair: pair[0]):
        paragraph: list[str] = []
        for _, line in pairs:
            paragraph.append(line)
            if not _MARKED.search(line):
                yield paragraph
                paragraph = []
        if paragraph:
            yield paragraph


def borders(pieces: Iterable[str]) -> set[int]:
    """The ends of all pieces but the last, as numbers of characters that are no blanks."""
    found, total = set(), 0
    for piece in pieces:
        total += sum(map(len, piece.split()))
        found.add(total)
    return found - {0, total}


def measure(split: Splitter, texts: list[str], runs: int = 3) -> tuple[list[set[int]], float]:
    """The borders in each text, and the least CPU time of a run over all."""
    times = []
    for _ in range(runs):
        begin = time.process_time()
        for text in texts:
            list(split(text))
        times.append(time.process_time() - begin)
    return [borders(split(text)) for text in texts], min(times)


def run(language: str, texts: list[str]) -> Iterator[Result]:
    """The result of each segmenter that is installed and knows the language."""
    for make in SEGMENTERS:
        try:
            split = make(language)
        except ImportError as error:
            print(f"{make.__name__} is skipped: {error}", file=sys.stderr)
            continue
        yield Result(make.__name__, *measure(split, texts))


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def confirmed(extra: set[int], others: list[set[int]]) -> int:
    """How many borders at least half of the others have, and no fewer than two."""
    needed = max(2, (len(others) + 1) // 2)
    return sum(sum(border in other for other in others) >= needed for border in extra)


def row(language: str, result: Result, results: list[Result], truth: list[set[int]]) -> str:
    """The table row of one segmenter in one language."""
    right = sum(len(found & true) for found, true in zip(result.borders, truth, strict=True))
    found_in_all = sum(map(len, result.borders))
    recall = right / sum(map(len, truth))
    approved = sum(
        confirmed(found - true, [other.borders[at] for other in results if other is not result])
        for at, (found, true) in enumerate(zip(result.borders, truth, strict=True))
    )
    precision, fair = right / found_in_all, (right + approved) / found_in_all
    return (
        f"| {language} | {result.name} | {precision:.4f} | {recall:.4f} | {f1(precision, recall):.4f} "
        f"| {found_in_all - right} | {approved} | {f1(fair, recall):.4f} | {result.seconds / results[0].seconds:.1f} |"
    )


def main(folder: str) -> None:
    """Print the table for the files of the folder."""
    documents = (Path(folder) / "DOCUMENT_IDS.tsv").read_text(encoding="utf-8").split()
    print(HEADER)
    for language, name in LANGUAGES.items():
        lines = [line.strip() for line in (Path(folder) / f"{name}.txt").read_text(encoding="utf-8").split("\n")]
        joined = list(paragraphs(lines[: len(documents)], documents))
        truth = [borders(paragraph) for paragraph in joined]
        results = list(run(language, [" ".join(paragraph) for paragraph in joined]))
        for result in results:
            print(row(language, result, results, truth), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/sentences.py FOLDER")
    main(sys.argv[1])
