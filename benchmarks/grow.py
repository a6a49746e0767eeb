"""Write any number of made-up Dutch and French articles, resampled from real sentences, with a vocabulary that grows.

Usage: python benchmarks/grow.py NTREX_FOLDER N -o FILE [--form jsonl|folder] [--seed S] [--first A]

An article is a headline and paragraphs; each paragraph is a run of sentences of one document, so that words come in
bursts as they do in news. Resampling alone would stop at the words of the folder after a few hundred articles; so each
sentence and headline gives up its rarest word or name for a made-up one. The number of made-up words in use after n
articles is 4 x (310 n)^0.65, 310 being about the words of an article (the law of H. S. Heaps, 1978); the other made-up
words of an article are older ones, the earlier introduced the more frequent (Zipf and Mandelbrot: rank + 50). Below
some hundred articles there are fewer places for new words than the law asks; the debt is paid later.

Article n is the same for every N and form; another seed gives other articles with the same made-up words. No word,
outlet or address is real.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from articles import IDS

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("nld", "fra")
SHARE_OF_DUTCH = 0.55
DUTCH_OUTLETS = ("De Veldkijker", "Het Zuiderblad", "De Lindebode", "Kempens Kompas", "De Polderkoerier", "Dijk & Duin")
FRENCH_OUTLETS = (
    "Le Courrier des Saules",
    "La Gazette des Trois Ponts",
    "L'Écho du Vallon",
    "Le Matin des Collines",
    "La Voix du Canal",
    "L'Aube du Plateau",
)
OUTLETS = {"nld": DUTCH_OUTLETS, "fra": FRENCH_OUTLETS}
HEAPS_FACTOR, HEAPS_EXPONENT, WORDS_PER_ARTICLE = 4.0, 0.65, 310
ZIPF_SHIFT = 50
PARAGRAPHS = (1, 2, 3, 3, 4, 4, 4, 5, 5, 6, 9)
SENTENCES = (2, 3, 3, 4)
PARTIAL, UNDATED = 0.06, 0.05
WORD = re.compile(r"[^\W\d_]{5,}")
ONSETS: tuple[str, ...] = (*"bdfghklmnprstvwz", "br", "dr", "gr", "kl", "pr", "st", "tr")
SYLLABLES = tuple(onset + vowel for onset in ONSETS for vowel in "aeiou")
SPREAD, SPACE = 739_391, len(SYLLABLES) ** 3


class Sentence(NamedTuple):
    """A sentence around the place of its rarest word."""

    before: str
    capital: bool
    after: str


class Source(NamedTuple):
    """The documents of one language: each a headline and sentences."""

    outlets: tuple[tuple[str, str], ...]
    documents: tuple[tuple[Sentence, ...], ...]


def made_up_word(number: int) -> str:
    """The made-up word of that number; different numbers below 1.5 million give different words of three syllables.

    >>> made_up_word(0), made_up_word(1), made_up_word(2)
    ('bababa', 'sapruse', 'tregrotri')
    """
    scattered, beyond = number * SPREAD % SPACE, number // SPACE
    high, low = divmod(scattered, len(SYLLABLES))
    word = SYLLABLES[high // len(SYLLABLES)] + SYLLABLES[high % len(SYLLABLES)] + SYLLABLES[low]
    return word if not beyond else word + made_up_word(beyond)


def vocabulary(articles: int) -> int:
    """How many made-up words are in use after so many articles (Heaps, 1978)."""
    return int(HEAPS_FACTOR * (WORDS_PER_ARTICLE * articles) ** HEAPS_EXPONENT)


def load_sources(folder: Path) -> dict[str, Source]:
    """The documents of a folder in the form of NTREX-128, each sentence opened at its rarest word."""
    return {language: _source(folder, language) for language in LANGUAGES}


def _source(folder: Path, language: str) -> Source:
    ids = (folder / IDS).read_text(encoding="utf-8").split("\n")
    lines = (folder / f"{language}.txt").read_text(encoding="utf-8").split("\n")
    counts = Counter(word for line in lines for word in WORD.findall(line))
    documents: dict[str, list[Sentence]] = {}
    for ident, line in zip(ids, lines, strict=False):
        if ident:
            documents.setdefault(ident, []).append(_opened(line.strip(), counts))
    outlets = tuple((name, re.sub(r"\W+", "-", name.lower())) for name in OUTLETS[language])
    long_enough = [tuple(sentences) for sentences in documents.values() if len(sentences) > max(SENTENCES)]
    return Source(outlets, tuple(long_enough))


def _opened(line: str, counts: Counter[str]) -> Sentence:
    rarest = min(WORD.finditer(line), key=lambda match: counts[match[0]], default=None)
    if rarest is None:
        return Sentence(line + " ", False, "")
    return Sentence(line[: rarest.start()], rarest[0][0].isupper(), line[rarest.end() :])


def grow(sources: dict[str, Source], seed: int = 1) -> Iterator[dict[str, str]]:
    """Articles without end, in the form of somebody else's dump."""
    chance = random.Random(seed)
    uniform, introduced, number = chance.random, 0, 0
    while True:
        language = LANGUAGES[uniform() >= SHARE_OF_DUTCH]
        source = sources[language]
        known, ratio = vocabulary(number + 1), vocabulary(number + 1) / ZIPF_SHIFT + 1

        def filled(sentence: Sentence, known: int = known, ratio: float = ratio) -> str:
            nonlocal introduced
            if introduced < known:
                word = made_up_word(introduced)
                introduced += 1
            else:
                word = made_up_word(int(ZIPF_SHIFT * (ratio ** uniform() - 1)))
            return sentence.before + (word.capitalize() if sentence.capital else word) + sentence.after

        documents = source.documents
        paragraphs = []
        for _ in range(PARAGRAPHS[int(uniform() * len(PARAGRAPHS))]):
            document = documents[int(uniform() * len(documents))]
            length = SENTENCES[int(uniform() * len(SENTENCES))]
            start = 1 + int(uniform() * (len(document) - length))
            paragraphs.append(" ".join(map(filled, document[start : start + length])))
        title = filled(documents[int(uniform() * len(documents))][0])
        outlet, host = source.outlets[int(uniform() * len(source.outlets))]
        year, month, day = 2015 + int(uniform() * 10), 1 + int(uniform() * 12), 1 + int(uniform() * 28)
        article = {"title": title, "date": f"{year}-{month:02}-{day:02}", "outlet": outlet}
        article["text"] = "\n\n".join(paragraphs)
        article["url"] = f"https://{host}.example/{year}/{month:02}/{number}"
        shape = uniform()
        if shape < UNDATED:
            article["url"] = f"https://{host}.example/{number}"
            del article["date"]
        elif shape < UNDATED + PARTIAL:
            article["date"] = f"{year}-{month:02}"
        yield article
        number += 1


def write_lines(articles: Iterator[dict[str, str]], first: int, count: int, target: Path) -> int:
    """Write articles as JSON Lines; return the bytes of their texts."""
    encode, size = json.JSONEncoder(ensure_ascii=False).encode, 0
    with target.open("w", encoding="utf-8", buffering=1 << 20) as out:
        for number, article in zip(range(first + count), articles, strict=False):
            if number >= first:
                out.write(encode(article) + "\n")
                size += len(article["text"].encode())
    return size


def write_folder(articles: Iterator[dict[str, str]], first: int, count: int, target: Path) -> int:
    """Write a text file an article, a thousand to a folder; return the bytes of their texts."""
    size = 0
    for number, article in zip(range(first + count), articles, strict=False):
        if number >= first:
            folder = target / f"{number // 1000:04}"
            folder.mkdir(parents=True, exist_ok=True)
            head = [article["title"], ", ".join(article[key] for key in ("outlet", "date") if key in article)]
            (folder / f"{number:07}.txt").write_text("\n\n".join([*head, article["text"]]) + "\n", encoding="utf-8")
            size += len(article["text"].encode())
    return size


def main() -> None:
    """Write the articles and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--form", choices=("jsonl", "folder"), default="jsonl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="leave out so many articles first")
    options = parser.parse_args()
    write = write_lines if options.form == "jsonl" else write_folder
    size = write(grow(load_sources(options.data), options.seed), options.first, options.count, options.output)
    print(f"{options.count} articles, {size / 1e6:.1f} MB of text", file=sys.stderr)


if __name__ == "__main__":
    main()
