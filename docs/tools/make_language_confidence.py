"""Write src/corpus_tool/data/language/confidence.json: how a backend's probabilities become confidence.

    python docs/tools/make_language_confidence.py FOLDER [BACKEND …]

FOLDER is of the form of NTREX-128: line-aligned files named by language and DOCUMENT_IDS.tsv with the document of
each line. Every other document is fitted on: its lines, their first five and first two words, and single words, each
kind with the same weight. The other half is scored: the expected calibration error by kind, in ten bins.

A backend that is not installed keeps the curves it has. Langdetect and lingua get fewer items, for they are slow.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable
from pathlib import Path

from corpus_tool.errors import UsageError
from corpus_tool.infer.language.confidence import Asked, logit
from corpus_tool.infer.language.decide import PRIOR
from corpus_tool.infer.language.registry import DETECTORS, Detector, among, load_detector
from corpus_tool.infer.language.sample import take_sample
from corpus_tool.model.langtag import normalize_language

TARGET = Path(__file__).parents[2] / "src" / "corpus_tool" / "data" / "language" / "confidence.json"
ITEMS_PER_KIND = 1500
SLOW = {"langdetect": 5, "lingua": 5}
KINDS = ("line", "five words", "two words", "word")
MODES: tuple[Asked, ...] = ("open", "expected", "only")

Row = tuple[float, float, bool]
"""Log-odds of the probability, logarithm of the letters, whether the answer was right."""


def lines_by_language(folder: Path) -> dict[str, list[tuple[int, str]]]:
    """The lines of each language with the number of their document."""
    ids = (folder / "DOCUMENT_IDS.tsv").read_text(encoding="utf-8").split("\n")
    numbers = {name: number for number, name in enumerate(dict.fromkeys(ids))}
    found = {}
    for path in sorted(folder.glob("*.txt")):
        tag = normalize_language(path.stem.split("-")[0])
        if tag is not None:
            lines = path.read_text(encoding="utf-8").split("\n")
            found[tag] = [(numbers[name], line) for name, line in zip(ids, lines, strict=False) if line.strip()]
    return found


def items(lines: Iterable[str], kind: str) -> list[str]:
    """Lines, their beginnings, or the different words of at least four letters."""
    if kind == "line":
        return list(lines)
    if kind == "word":
        words = (word.strip(".,:;!?()\"'“”‘’«»„") for line in lines for word in line.split())
        return sorted({word for word in words if len(word) >= 4 and word.isalpha()})
    count = {"five words": 5, "two words": 2}[kind]
    return [" ".join(line.split()[:count]) for line in lines]


def rows(detector: Detector, mode: Asked, kind: str, half: int, corpus: dict[str, list[tuple[int, str]]]) -> list[Row]:
    """A row for each item of a kind in one half of the documents."""
    found = []
    step = SLOW.get(detector.NAME, 1)
    for tag, lines in corpus.items():
        texts = items((line for number, line in lines if number % 2 == half), kind)
        texts = texts[:: max(1, len(texts) // (ITEMS_PER_KIND // step))]
        samples = [take_sample(text) for text in texts]
        only = tuple(corpus) if mode == "only" else ()
        answers = detector.probabilities([sample.shown for sample in samples], only)
        for sample, shares in zip(samples, answers, strict=True):
            weighed = {
                name: share * (PRIOR if mode == "expected" and among(name, tuple(corpus)) else 1)
                for name, share in shares.items()
            }
            total = sum(weighed.values())
            if total and sample.letters:
                best = max(weighed, key=lambda name: (weighed[name], name))
                found.append((logit(weighed[best] / total), math.log(sample.letters), among(best, (tag,))))
    return found


def fit(weighted: list[tuple[float, Row]]) -> tuple[float, float, float]:
    """Logistic regression by Newton's method; a step that makes things worse is halved."""
    beta = [0.0, 1.0, 0.0]
    for _ in range(20):
        gradient = [0.0, 0.0, 0.0]
        hessian = [[1e-6 if i == j else 0.0 for j in range(3)] for i in range(3)]
        for weight, (odds, letters, right) in weighted:
            vector = (1.0, odds, letters)
            probability = sigmoid(sum(b * x for b, x in zip(beta, vector, strict=True)))
            for i in range(3):
                gradient[i] += weight * (right - probability) * vector[i]
                for j in range(3):
                    hessian[i][j] += weight * probability * (1 - probability) * vector[i] * vector[j]
        steps = solve(hessian, gradient)
        before = loss(beta, weighted)
        while max(map(abs, steps)) > 1e-5:
            moved = [b + step for b, step in zip(beta, steps, strict=True)]
            if loss(moved, weighted) < before:
                break
            steps = [step / 2 for step in steps]
        else:
            break
        beta = moved
    a, b, c = (round(value, 4) for value in beta)
    return a, b, c


def loss(beta: list[float], weighted: list[tuple[float, Row]]) -> float:
    """The negative log-likelihood."""
    total = 0.0
    for weight, (odds, letters, right) in weighted:
        probability = sigmoid(beta[0] + beta[1] * odds + beta[2] * letters)
        total -= weight * math.log(probability if right else 1 - probability)
    return total


def sigmoid(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """A small linear system by Gauss and Jordan."""
    table = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for pivot, row in enumerate(table):
        row[:] = [value / row[pivot] for value in row]
        for other in table:
            if other is not row:
                factor = other[pivot]
                other[:] = [value - factor * base for value, base in zip(other, row, strict=True)]
    return [row[-1] for row in table]


def calibration_error(curve: tuple[float, float, float], scored: list[Row]) -> float:
    """The mean difference of confidence and share of right answers over ten bins, weighted by their size."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for odds, letters, right in scored:
        sure = sigmoid(curve[0] + curve[1] * odds + curve[2] * letters)
        bins.setdefault(min(9, int(sure * 10)), []).append((sure, right))
    gaps = (abs(sum(sure for sure, _ in found) - sum(right for _, right in found)) for found in bins.values())
    return sum(gaps) / len(scored)


def main() -> None:
    """Fit the backends that are installed, write the curves, print the errors on the other half."""
    corpus = lines_by_language(Path(sys.argv[1]))
    curves = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {}
    for name in sys.argv[2:] or DETECTORS:
        try:
            detector = load_detector(name)
        except UsageError as error:
            print(f"{name}: left out: {error}", file=sys.stderr)
            continue
        assert detector is not None
        for mode in MODES:
            seen = {kind: rows(detector, mode, kind, 0, corpus) for kind in KINDS}
            curve = fit([(1 / len(found), row) for found in seen.values() for row in found])
            curves[f"{name} {mode}"] = curve
            unseen = {kind: rows(detector, mode, kind, 1, corpus) for kind in KINDS}
            errors = ", ".join(f"{kind} {calibration_error(curve, found):.2%}" for kind, found in unseen.items())
            print(f"{name} {mode}: {curve}; error on the other half: {errors}", flush=True)
    lines = [f"{json.dumps(name)}: {json.dumps(curves[name])}" for name in sorted(curves)]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
