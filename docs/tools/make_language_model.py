"""Write the word and letter statistics of src/corpus_tool/data/language.

Run in a venv of its own with the sources (wordfreq 3.1.1 and scikit-learn made the files in the repository):

    python -m venv VENV && VENV/bin/pip install wordfreq scikit-learn
    VENV/bin/python docs/tools/make_language_model.py

words.json has the most frequent words of each language with their frequency per million words. The counted ones are
from wordfreq (Robyn Speer; its data, and so these figures, are under CC BY-SA 4.0). Those of languages that it does
not have are in neighbor_words.json beside this file, written down by hand in order of frequency; their frequencies
are the average curve of the counted ones.

letters.bin is a multinomial logistic regression over hashed letter n-grams of single words, fitted on the
words of wordfreq for four languages, laid out as infer/language/letters.py says.
Neither has seen a running text, so that every text is held out.
"""

from __future__ import annotations

import json
import math
import re
import sys
from pathlib import Path

import numpy
import wordfreq
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "src"))

from corpus_tool.infer.language.letters import BIAS, FEATURES, LANGUAGES, SCALE, features  # noqa: E402 - after the path

TARGET = ROOT / "src" / "corpus_tool" / "data" / "language"
NEIGHBORS = Path(__file__).with_name("neighbor_words.json")
WORDS_PER_LANGUAGE = 300
WORD = re.compile(r"[^\W\d_]+")

COUNTED = "nl fr en de es it pt ca da sv fi pl cs sk ro hu sl tr id ms is lt lv vi".split()  # noqa: SIM905 - readable

# Tag of wordfreq → tags of the same words. Serbo-Croatian is one language there and three tags elsewhere.
SOURCES = {
    **{tag: (tag,) for tag in COUNTED},
    "nb": ("no",),
    "sh": ("hr", "sr", "bs"),
    "fil": ("tl",),
}
TRAINING_WORDS = 50_000
FREQUENCY_POWER = 0.6  # a word counts by its frequency to this power: frequent ones matter, rare ones teach spelling


def frequent_words(source: str) -> dict[str, int]:
    """The most frequent words of a language that are letters only, per million words."""
    frequencies = wordfreq.get_frequency_dict(source, "small")
    words = [word for word in wordfreq.top_n_list(source, 2 * WORDS_PER_LANGUAGE, "small") if WORD.fullmatch(word)]
    latin = [word for word in words if ord(word[0]) < 0x370]
    return {word: round(frequencies[word] * 1e6) for word in latin[:WORDS_PER_LANGUAGE]}


def word_table() -> dict[str, dict[str, dict[str, int]]]:
    """All languages with their words: the counted ones, and those written down by hand."""
    table: dict[str, dict[str, int]] = {}
    for source, tags in SOURCES.items():
        words = frequent_words(source)
        table |= dict.fromkeys(tags, words)
    curve = [
        round(math.exp(numpy.mean([math.log(sorted(words.values(), reverse=True)[rank]) for words in table.values()])))
        for rank in range(200)
    ]
    by_hand = {
        tag: dict(zip(dict.fromkeys(words), curve, strict=False))
        for tag, words in json.loads(NEIGHBORS.read_text(encoding="utf-8")).items()
    }
    return {"counted": table, "by hand": by_hand}


def letter_weights() -> bytes:
    """The fitted weights, a lane of 16 bits a language for each feature."""
    rows, indices, labels, weights = [0], [], [], []
    for label, tag in enumerate(LANGUAGES):
        frequencies = wordfreq.get_frequency_dict(tag, "best")
        words = [word for word in wordfreq.top_n_list(tag, TRAINING_WORDS, "best") if WORD.fullmatch(word)]
        counts = numpy.array([frequencies[word] for word in words]) ** FREQUENCY_POWER
        for word in words:
            indices += features(word)
            rows.append(len(indices))
        labels += [label] * len(words)
        weights += list(counts / counts.mean())
    matrix = csr_matrix((numpy.ones(len(indices), dtype=numpy.float32), indices, rows), (len(labels), FEATURES))
    matrix.sum_duplicates()
    model = LogisticRegression(C=1.0, max_iter=300)
    model.fit(matrix, labels, sample_weight=weights)
    lanes = numpy.round(model.coef_ * SCALE).clip(-BIAS, BIAS - 1).astype(numpy.int64) + BIAS
    packed = sum(lane.astype(numpy.uint64) << numpy.uint64(16 * place) for place, lane in enumerate(lanes))
    return packed.astype("<u8").tobytes()


def main() -> None:
    """Write both files."""
    TARGET.mkdir(exist_ok=True)
    tables = word_table()
    (TARGET / "words.json").write_text(_as_json(tables), encoding="utf-8")
    (TARGET / "letters.bin").write_bytes(letter_weights())
    for origin, table in tables.items():
        print(f"{origin}: {len(table)} languages, {sum(map(len, table.values())):,} words")


def _as_json(tables: dict[str, dict[str, dict[str, int]]]) -> str:
    """One line a language."""
    parts = []
    for origin, table in tables.items():
        lines = [f"{json.dumps(tag)}: {json.dumps(words, ensure_ascii=False)}" for tag, words in sorted(table.items())]
        parts.append(f"{json.dumps(origin)}: {{\n" + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
