"""Fit the constants of sentence alignment: logistic regressions on halves and translations of line-aligned documents.

    python benchmarks/fit_alignment.py FOLDER [--pairs en-de,de-fr] [--draws 2]

Prints the constants of `link/same_passages.py` and of `link/alignment.py` in the order in which each depends on the
ones before; the table of frequent words, the form of the model and `MISSING` of `link/translation.py` and `GAIN` of
`link/split_sentences.py` were chosen on the same pairs by hand. nl-fr stays the test. FOLDER has
the form of NTREX-128.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from math import log1p
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from alignment import Case, Variant, cases, lines_of
from links_variants import Documents, load
from scipy.optimize import minimize

from corpus_tool.link import same_passages as passages
from corpus_tool.link import translation
from corpus_tool.link.alignment import SOMETHING, shares_on_paths
from corpus_tool.link.gale_church import best_beads
from corpus_tool.link.sentences import Likeness, Sentences, likeness_of, read_sentences

HALVES = [
    Variant(f"fit {share} {order}", "", share, 0.0, order) for share in (0.5, 0.3, 0.0) for order in (False, True)
]
TRANSLATIONS = [Variant("fit whole", ""), Variant("fit less a tenth", "", missing=0.1)]
GAPS = Variant("fit less a quarter", "", missing=0.25)
STRENGTH = 1e-3  # of the penalty on large weights, on the scale of their deviation


class Read(NamedTuple):
    """A case, read: its sentences, what they have in common, and the lines that they stem from."""

    a: Sentences
    b: Sentences
    likeness: Likeness
    lines_a: list[int]
    lines_b: list[int]

    @property
    def lengths(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The lengths of both sides."""
        return self.a.lengths, self.b.lengths


def read(case: Case, pair: Sequence[str]) -> Read:
    """The case as the aligner sees it."""
    a, b = read_sentences(case.text_a, pair[0]), read_sentences(case.text_b, pair[1])
    lines = lines_of(a.spans, case.text_a, case.lines_a), lines_of(b.spans, case.text_b, case.lines_b)
    return Read(a, b, likeness_of(a, b), *lines)


def logistic(rows: Sequence[Sequence[float]], right: Sequence[bool]) -> list[float]:
    """The weights of the columns and the constant that make what is right likeliest (Cox 1958)."""
    table, labels = np.array(rows, float), np.array(right, float)
    means, spreads = table.mean(0), table.std(0) + 1e-9
    scaled = np.c_[(table - means) / spreads, np.ones(len(table))]

    def loss(weights: Any) -> tuple[float, Any]:
        evidence = scaled @ weights
        slope = scaled.T @ (1 / (1 + np.exp(-evidence)) - labels)
        penalty = STRENGTH * len(labels) * np.append(weights[:-1], 0.0)
        value = (np.logaddexp(0, evidence) - labels * evidence).sum() + penalty @ weights / 2
        return float(value), slope + penalty

    weights = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    own = weights[:-1] / spreads
    return [*own.tolist(), float(weights[-1] - own @ means)]


def show(names: str, values: Sequence[float]) -> list[float]:
    """Print constants as they stand in the source, and give them rounded as they are printed."""
    rounded = [float(f"{value:.3g}") for value in values]
    print(f"{names} = {', '.join(f'{value:g}' for value in rounded)}", flush=True)
    return rounded


def fit_passages(halves: Sequence[Read]) -> None:
    """The constants of `same_passages`, first of likeness, then of margins and order; they hold from then on."""
    rows, right = [], []
    for item in halves:
        terms, characters = (passages.cosines(part, slice(None), slice(None)) for part in item.likeness)
        ratio = np.abs(np.subtract.outer(np.log(item.a.lengths), np.log(item.b.lengths)))
        rows.append(np.stack((terms, characters, ratio), axis=-1).reshape(-1, 3))
        right.append(np.equal.outer(item.lines_a, item.lines_b).ravel())
    found = show("TERMS, CHARACTERS, LENGTHS, ALIKE", logistic(np.concatenate(rows), np.concatenate(right)))
    passages.TERMS, passages.CHARACTERS, passages.LENGTHS, passages.ALIKE = found
    translation.TERMS, translation.CHARACTERS = found[:2]
    for names in ("HEIGHT, MARGIN, OTHER_MARGIN, LIKELY", "HEIGHT, MARGIN, OTHER_MARGIN, ORDER, LIKELY"):
        cells, right = [], []
        for item in halves:
            near = passages.candidates(item.likeness, *item.lengths)
            orders = passages.order_of(near, passages.voters(near))
            cells += [[*one[2:], order][: names.count(",")] for one, order in zip(near, orders, strict=True)]
            right += [item.lines_a[one.a] == item.lines_b[one.b] for one in near]
        for name, value in zip(names.split(", "), show(names, logistic(cells, right)), strict=True):
            setattr(passages, name, value)


def fit_modes(halves: Sequence[Read], whole: Sequence[Read]) -> None:
    """What makes a translation."""
    rows = [mode_features(item) for item in (*halves, *whole)]
    show("BY_LENGTHS, ON_PATH, IN_COMMON, TRANSLATED", logistic(rows, [False] * len(halves) + [True] * len(whole)))


def mode_features(item: Read) -> list[float]:
    """What `align` decides the mode by."""
    matches = passages.same_passages(item.likeness, *item.lengths)
    beads = translation.translated(item.likeness, *item.lengths)
    return list(shares_on_paths(item.a, item.b, set(best_beads(*item.lengths)), beads, matches))


def fit_beads(whole: Sequence[Read]) -> None:
    """What makes a bead of a translation right."""
    rows, right = [], []
    for item in whole:
        by_lengths = set(best_beads(*item.lengths))
        for bead, alike in translation.translated(item.likeness, *item.lengths):
            rows.append([log1p(alike), float(bead in by_lengths)])
            right.append(set(item.lines_a[bead.a : bead.a_end]) == set(item.lines_b[bead.b : bead.b_end]))
    show("BEAD_ALIKE, BEAD_BY_LENGTHS, BEAD", logistic(rows, right))


def all_of(
    documents: Documents, pairs: Sequence[Sequence[str]], variants: Sequence[Variant], draws: int
) -> Iterator[Read]:
    """All draws of some variants in all pairs of languages."""
    for pair in pairs:
        for variant in variants:
            for draw in range(draws):
                yield from (read(case, pair) for case in cases(documents, pair, variant, draw))


def main() -> int:
    """Print all constants."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", default="en-de,de-fr")
    parser.add_argument("--draws", type=int, default=2)
    options = parser.parse_args()
    print(f"SOMETHING = {SOMETHING:g} (chosen by hand)")
    documents = load(options.folder)
    pairs = [pair.split("-") for pair in options.pairs.split(",")]
    halves = list(all_of(documents, pairs, HALVES, options.draws))
    whole = list(all_of(documents, pairs, TRANSLATIONS, 1))
    fit_passages(halves)
    fit_modes(halves, whole)
    fit_beads([*whole, *all_of(documents, pairs, [GAPS], 1)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
