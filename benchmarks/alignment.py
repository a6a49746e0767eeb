"""How well sentences of two articles are aligned across languages, beside Gale-Church and linked terms alone.

    python benchmarks/alignment.py FOLDER [--pair nl fr] [--draws 5] [--long N]

FOLDER is of the form of NTREX-128 (`nld.txt`, DOCUMENT_IDS.tsv). Variants of each document:

    translation    all lines on both sides
    less a tenth   each line missing with a chance of a tenth, on each side by itself
    share s        each side keeps half of the lines, s of these exist on both sides (`links_variants.halves`)
    share .5, any order   the lines of the second side shuffled

A line is a paragraph and may hold several sentences; what is found is counted in pairs of lines: a pair of sentences
is right where both stem from one line. F1 is over the pairs of all documents; at share 0 there is nothing to find, and
the number is that of pairs found in a document, all of them false. `terms alone` are pairs of sentences that are each
other's best by linked terms and no less alike than .3. All constants were chosen on en-de and de-fr alone
(`fit_alignment.py`). Prints Markdown: means over draws with their standard deviation, and the CPU time of `align_texts`
for a pair, the libraries loaded.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import NamedTuple

from links_variants import Documents, halves, load

from corpus_tool.link.alignment import Alignment, align_texts
from corpus_tool.link.gale_church import best_beads
from corpus_tool.link.same_passages import cosines
from corpus_tool.link.sentences import likeness_of, read_sentences

LEAST_COSINE = 0.3
BREAK = "\n\n"
MISSING = 0.1
Pairs = set[tuple[int, int]]


class Variant(NamedTuple):
    """A way to make two articles of one document, and which mode is the right one."""

    name: str
    mode: str
    share: float | None = None
    missing: float = 0.0
    shuffled: bool = False


VARIANTS = (
    Variant("translation", "translation"),
    Variant("less a tenth", "translation", missing=MISSING),
    Variant("share .5", "comparable", 0.5),
    Variant("share .3", "comparable", 0.3),
    Variant("share 0", "comparable", 0.0),
    Variant("share .5, any order", "comparable", 0.5, shuffled=True),
)


class Case(NamedTuple):
    """Two texts with the number of the line of each paragraph."""

    text_a: str
    text_b: str
    lines_a: list[int]
    lines_b: list[int]

    @property
    def gold(self) -> Pairs:
        """The lines that exist on both sides."""
        return {(line, line) for line in set(self.lines_a) & set(self.lines_b)}


def cases(documents: Documents, pair: Sequence[str], variant: Variant, draw: int) -> Iterator[Case]:
    """One draw of a variant of each document; the same for the same arguments."""
    chance = random.Random(f"{variant.name} {draw}")
    for number in range(len(documents.names)):
        texts = [documents.lines[language][number] for language in pair]
        kept = list(halves(len(texts[0]), variant.share, chance))
        if variant.missing:
            kept = [[line for line in side if chance.random() >= variant.missing] or side for side in kept]
        if variant.shuffled:
            chance.shuffle(kept[1])
        yield Case(*(BREAK.join(text[n] for n in side) for text, side in zip(texts, kept, strict=True)), *kept)


def lines_of(spans: Sequence[tuple[int, int]], text: str, lines: Sequence[int]) -> list[int]:
    """The line that each sentence stems from."""
    return [lines[text.count(BREAK, 0, start)] for start, _ in spans]


def ours(case: Case, pair: Sequence[str]) -> tuple[Pairs, Alignment]:
    """The pairs of lines that `align_texts` gives."""
    found = align_texts(case.text_a, pair[0], case.text_b, pair[1])
    one = lines_of(found.sentences_a, case.text_a, case.lines_a)
    other = lines_of(found.sentences_b, case.text_b, case.lines_b)
    return {(one[a], other[b]) for passage in found.passages for a in passage.a for b in passage.b}, found


def gale_church(case: Case, pair: Sequence[str]) -> Pairs:
    """The pairs of lines by the lengths of sentences alone."""
    a, b = read_sentences(case.text_a, pair[0]), read_sentences(case.text_b, pair[1])
    one, other = lines_of(a.spans, case.text_a, case.lines_a), lines_of(b.spans, case.text_b, case.lines_b)
    beads = best_beads(a.lengths, b.lengths)
    return {(one[n], other[m]) for x in beads for n in range(x.a, x.a_end) for m in range(x.b, x.b_end)}


def terms_alone(case: Case, pair: Sequence[str]) -> Pairs:
    """The pairs of lines whose sentences are each other's best by linked terms."""
    a, b = read_sentences(case.text_a, pair[0]), read_sentences(case.text_b, pair[1])
    one, other = lines_of(a.spans, case.text_a, case.lines_a), lines_of(b.spans, case.text_b, case.lines_b)
    alike = cosines(likeness_of(a, b).terms, slice(None), slice(None))
    best = alike.argmax(axis=1).tolist()
    back = alike.argmax(axis=0).tolist()
    return {(one[n], other[m]) for n, m in enumerate(best) if back[m] == n and alike[n, m] >= LEAST_COSINE}


class Counted(NamedTuple):
    """Pairs of lines over all documents: found and right, found, and to be found."""

    right: int
    found: int
    gold: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.found + self.gold)


def counted(results: Sequence[tuple[Pairs, Pairs]]) -> Counted:
    """What was found against what is right, over documents."""
    return Counted(
        sum(len(found & gold) for found, gold in results),
        sum(len(found) for found, _ in results),
        sum(len(gold) for _, gold in results),
    )


def spread(values: Sequence[float]) -> str:
    """Mean and standard deviation."""
    return f"{statistics.fmean(values):.3f} ± {statistics.pstdev(values):.3f}"


def row(documents: Documents, pair: Sequence[str], variant: Variant, draws: int) -> list[str]:
    """The figures of one variant."""
    alone: dict[Callable[[Case, Sequence[str]], Pairs], list[Counted]] = {gale_church: [], terms_alone: []}
    mine, modes, times = [], [], []
    for draw in range(draws):
        made = list(cases(documents, pair, variant, draw))
        for method, results in alone.items():
            results.append(counted([(method(case, pair), case.gold) for case in made]))
        results_of_ours = []
        for case in made:
            start = process_time()
            found, alignment = ours(case, pair)
            times.append(process_time() - start)
            results_of_ours.append((found, case.gold))
            modes.append(alignment.mode == variant.mode)
        mine.append(counted(results_of_ours))
    count = len(documents.names)
    if variant.share == 0:
        cells = [f"{spread([n.found / count for n in runs])} false" for runs in (*alone.values(), mine)] + ["–", "–"]
    else:
        cells = [spread([n.f1 for n in runs]) for runs in (*alone.values(), mine)]
        cells += [spread([n.right / max(1, n.found) for n in mine]), spread([n.right / n.gold for n in mine])]
    return [variant.name, *cells, f"{statistics.fmean(modes):.3f}", f"{statistics.fmean(times) * 1000:.0f}"]


def time_long(documents: Documents, pair: Sequence[str], count: int) -> None:
    """Print what two long texts take: the lines of all documents, each time round with other numbers before them."""
    texts = []
    for language in pair:
        lines = [line for document in documents.lines[language] for line in document]
        texts.append(BREAK.join(f"{n // len(lines)}{n}: {lines[n % len(lines)]}" for n in range(count)))
    start = process_time()
    found = align_texts(texts[0], pair[0], texts[1], pair[1])
    seconds = process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sentences = f"{len(found.sentences_a)} and {len(found.sentences_b)} sentences"
    print(f"{sentences}: {found.mode}, {len(found.passages)} passages, {seconds:.1f} s, peak {peak:.0f} MB")


def main() -> int:
    """Print the table of one pair of languages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pair", nargs=2, default=["nl", "fr"])
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--long", type=int, help="time two texts of so many lines instead")
    options = parser.parse_args()
    documents = load(options.folder)
    if options.long:
        time_long(documents, options.pair, options.long)
        return 0
    head = ["–".join(options.pair), "Gale–Church", "terms alone", "ours", "its precision", "recall", "mode right", "ms"]
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for variant in VARIANTS:
        draws = options.draws if variant.share is not None or variant.missing else 1
        print(f"| {' | '.join(row(documents, options.pair, variant, draws))} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
