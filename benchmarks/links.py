"""How often an article finds its twin in another language, and how often what is called a twin is one.

    python benchmarks/links.py FOLDER [--pairs en-de,de-fr,nl-fr] [--draws 5] [--stories FILE] [--lexicon nl-fr=FILE]
        [--tables p1,missing,tiers,dates] [--fit] [--speed N] [--seeds FILE FILE]

FOLDER is of the form of NTREX-128 (`nld.txt`, DOCUMENT_IDS.tsv); variants are those of `links_variants.py`. The
constants of `link/scoring.py`, `link/scales.py` and `link/table.py` were chosen on en-de and de-fr alone; nl-fr, and
any pair that you have data for, is the test. Beside each pair stands its ceiling, the same halves within its first
language. `--fit` prints what thresholds give. With `--stories` (`benchmarks/ntrex_stories.tsv`) a pair of documents
that tell the same story counts as neither right nor wrong, in a second figure. `--speed N` measures N articles
resampled from the folder. Prints Markdown; figures are means over draws, with their standard deviation.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from time import process_time

from links_variants import SHARES, Documents, Variant, draws, load, load_stories

from corpus_tool.link.features import Features, features_of, features_of_text
from corpus_tool.link.lexicon import Lexicon, WordPairs, pairs_of_tsv
from corpus_tool.link.scoring import TIERS, Scored, rank
from corpus_tool.link.search import nearest
from corpus_tool.link.twins import Comparison, TwinOptions, compare
from corpus_tool.link.vocabulary import TermMatrix

WINDOW_DAYS = 3
PAIRS = 5000
HEIGHTS = (0, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28)
MARGINS = (0, 4, 8, 12, 16)
Pair = tuple[str, str]
Stories = set[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Bench:
    """What all tables are made from."""

    documents: Documents
    count: int
    stories: Stories
    lexicons: tuple[Lexicon, ...]

    def compared(
        self, pair: Pair, kind: str, share: float | None, dated: bool = False
    ) -> Iterable[tuple[Variant, Comparison]]:
        """Each draw of a variant, compared."""
        options = TwinOptions(window_days=WINDOW_DAYS if dated else None, lexicons=self.lexicons)
        for variant in draws(self.documents, pair, kind, share, self.count, dated):
            yield variant, compare(variant.a, variant.b, options)


# --- measures ------------------------------------------------------------------------------------------------


def first_hits(variant: Variant, found: Comparison) -> float:
    """Precision at 1, both ways: the share of articles with a twin whose best pair is that twin."""
    best: dict[tuple[str, int], Scored] = {}
    for pair in found.ranking.pairs:
        for key in (("a", pair.a), ("b", pair.b)):
            if key not in best or pair.height > best[key].height:
                best[key] = pair
    right = 0
    for one, other in variant.gold.items():
        a, b = found.places_a[one], found.places_b[other]
        right += sum(key in best and (best[key].a, best[key].b) == (a, b) for key in (("a", a), ("b", b)))
    return right / 2 / len(variant.gold)


def outcomes(variant: Variant, found: Comparison, stories: Stories) -> list[tuple[Scored, str]]:
    """Every pair that is mutual, and what it is: "right", "story" (another article about the same) or "wrong"."""
    ids_a, ids_b = list(found.places_a), list(found.places_b)
    results = []
    for pair in found.ranking.pairs:
        if not pair.mutual:
            continue
        one, other = ids_a[pair.a], ids_b[pair.b]
        same = frozenset((variant.document[one], variant.document[other])) in stories
        results.append((pair, "right" if variant.gold.get(one) == other else "story" if same else "wrong"))
    return results


def f1(pairs: Iterable[tuple[Scored, str]], twins: int, lenient: bool = False) -> float:
    """The harmonic mean of precision and recall; `lenient` passes over pairs about the same story."""
    kinds = [kind for _, kind in pairs if not (lenient and kind == "story")]
    return 2 * kinds.count("right") / (len(kinds) + twins) if kinds or twins else 0.0


def spread(values: Sequence[float]) -> str:
    """Mean and standard deviation."""
    return f"{statistics.fmean(values):.3f} ± {statistics.pstdev(values):.3f}"


# --- tables --------------------------------------------------------------------------------------------------


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table in Markdown."""
    print(f"### {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    print(flush=True)


def _shares() -> list[str]:
    return ["whole" if share is None else f"{share:g}" for share in SHARES]


def hits_table(bench: Bench, pairs: Sequence[Pair]) -> None:
    """Precision at 1 for each pair, and for the first language with itself."""
    rows = []
    for kind in ("alone", "noise"):
        for pair in [*pairs, *sorted({(one, one) for one, _ in pairs})]:
            label = f"{pair[0]}–{pair[1]}" + (" (ceiling)" if pair[0] == pair[1] else "")
            cells = [spread([first_hits(*run) for run in bench.compared(pair, kind, share)]) for share in SHARES]
            rows.append([f"{label}, {kind}", *cells])
    table("P@1, both ways", ["pair, variant", *_shares()], rows)


def missing_table(bench: Bench, pairs: Sequence[Pair]) -> None:
    """F1 where half of the twins are missing."""
    rows = []
    for kind in ("missing", "apart"):
        for pair in [*pairs, *sorted({(one, one) for one, _ in pairs})]:
            strict, lenient = [], []
            for share in SHARES:
                runs = [
                    ([item for item in outcomes(v, c, bench.stories) if c.tier(item[0])], len(v.gold))
                    for v, c in bench.compared(pair, kind, share)
                ]
                strict.append(spread([f1(*run) for run in runs]))
                lenient.append(spread([f1(*run, lenient=True) for run in runs]))
            label = f"{pair[0]}–{pair[1]}, {kind}"
            rows.append([label, *strict])
            if bench.stories:
                rows.append([f"{label}, other articles about the same story left out", *lenient])
    table("F1 of twin or not, half of the twins missing", ["pair, variant", *_shares()], rows)


def tier_table(bench: Bench, pairs: Sequence[Pair]) -> None:
    """Precision of each tier and the share of twins in it, over all shares but whole, for each variant."""
    rows = []
    for pair in pairs:
        for kind in ("alone", "noise", "missing", "apart"):
            found: dict[str, list[str]] = {tier: [] for tier in TIERS}
            twins = 0
            for share in SHARES[1:]:
                for variant, comparison in bench.compared(pair, kind, share):
                    twins += len(variant.gold)
                    for scored, outcome in outcomes(variant, comparison, bench.stories):
                        tier = comparison.tier(scored)
                        if tier:
                            found[tier].append(outcome)
            rows.append([f"{pair[0]}–{pair[1]}, {kind}", *(_precision(found[tier], twins) for tier in TIERS)])
    head = (
        "precision of a tier, shares .5 .3 0 together (with pairs about one story left out); share of the twins in it"
    )
    table(head, ["pair, variant", *TIERS], rows)


def _precision(kinds: list[str], twins: int) -> str:
    right, judged = kinds.count("right"), len(kinds) - kinds.count("story")
    if not kinds:
        return "–"
    return f"{right / len(kinds):.3f} ({right / max(1, judged):.3f}); {right / twins:.2f}"


def dates_table(bench: Bench, pairs: Sequence[Pair]) -> None:
    """Precision at 1 and F1 with synthetic dates and a window."""
    rows = []
    for pair in pairs:
        for kind in ("alone", "noise", "missing"):
            cells = []
            for share in SHARES:
                hits, scores = [], []
                for variant, comparison in bench.compared(pair, kind, share, dated=True):
                    hits.append(first_hits(variant, comparison))
                    called = [x for x in outcomes(variant, comparison, bench.stories) if comparison.tier(x[0])]
                    scores.append(f1(called, len(variant.gold)))
                cells.append(f"{spread(hits)}; {statistics.fmean(scores):.3f}")
            rows.append([f"{pair[0]}–{pair[1]}, {kind}", *cells])
    table(f"With dates over 60 days, window {WINDOW_DAYS} days: P@1; F1", ["pair, variant", *_shares()], rows)


def fit_tables(bench: Bench, pairs: Sequence[Pair]) -> None:
    """F1 by threshold, and precision by threshold and margin, over all pairs: what the constants are chosen from."""
    runs = {
        (kind, share): [
            (outcomes(v, c, bench.stories), len(v.gold)) for pair in pairs for v, c in bench.compared(pair, kind, share)
        ]
        for kind in ("missing", "apart", "noise")
        for share in SHARES[1:]
    }
    rows = []
    for height in HEIGHTS:
        cells = [
            f"{statistics.fmean(f1([x for x in p if x[0].height >= height], n) for p, n in found):.3f}"
            for found in runs.values()
        ]
        rows.append([str(height), *cells])
    names = [f"{kind} {share:g}" for kind, share in runs]
    table("F1 by threshold", ["height", *names], rows)
    rows = []
    for margin in MARGINS:
        for height in HEIGHTS[4:]:
            cells = []
            for found in runs.values():
                kinds = [k for p, _ in found for s, k in p if s.height >= height and s.margin >= margin]
                cells.append(_precision(kinds, sum(n for _, n in found)))
            rows.append([f"{height}, {margin}", *cells])
    table("precision by threshold and margin", ["height, margin", *names], rows)


# --- speed and the two files ---------------------------------------------------------------------------------


def speed_table(documents: Documents, pair: Pair, count: int, window: int | None) -> None:
    """Articles a second of CPU for each step, features kept as bytes in between; and the peak of memory."""
    chance = random.Random(count)
    sides: list[list[bytes]] = []
    making = keeping = 0.0
    for language in pair:
        texts = documents.lines[language]
        side = []
        for n in range(count // 2):
            parts = chance.sample(range(len(texts)), 2)
            lines = [line for part in parts for line in chance.sample(texts[part], len(texts[part]) // 2)]
            day = (date(2010, 1, 1) + timedelta(chance.randrange(max(30, count // 20)))).isoformat()
            start = process_time()
            made = features_of_text(f"{language}{n:07}", language, "\n".join(lines), (day, day))
            making += process_time() - start
            start = process_time()
            side.append(made.to_bytes())
            keeping += process_time() - start
        sides.append(side)
    options = TwinOptions(window_days=window)
    one, other = (TermMatrix.of(_features(side[:2])) for side in sides)
    compare(one, other, options)  # what is loaded once is no matter of size
    start = process_time()
    one, other = (TermMatrix.of(_features(side)) for side in sides)
    reading = process_time() - start
    start = process_time()
    found = compare(one, other, options)
    comparing = process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = process_time()
    rank(*nearest(found.space, window))
    searching = process_time() - start
    asked = found.ranking.pairs[:: max(1, len(found.ranking.pairs) // PAIRS)]
    next(found.parts_of(asked[:1]))
    start = process_time()
    explained = len(list(found.parts_of(asked)))
    milliseconds = (process_time() - start) / explained * 1000
    size = sum(map(len, chain(*sides))) / count
    rates = [f"{count / seconds:.0f}" for seconds in (making, keeping, reading, comparing, searching)]
    cells = [f"{count}", str(window), *rates, f"{milliseconds:.2f}", f"{size:.0f}", f"{peak:.0f}"]
    head = [
        *("articles", "window", "features/s", "kept/s", "read into matrices/s", "compared/s"),
        *("of it search and ranking/s", "parts of a pair, ms", "bytes kept", "peak MB"),
    ]
    table(f"speed, {pair[0]}–{pair[1]}, {len(found.twins())} twins found", head, [cells])


def _features(side: Iterable[bytes]) -> Iterable[Features]:
    return (item for data in side if (item := Features.from_bytes(data)) is not None)


def seeds_table(bench: Bench, files: Sequence[Path]) -> None:
    """Two files by themselves, and among the halves of all documents in their languages."""
    from corpus_tool.corpus import read

    articles = list(read(files))
    one, other = map(features_of, articles)
    texts = {article.id: article.text for article in articles}
    alone = compare([one], [other])
    rows = [("alone", alone)]
    for kind in ("alone", "noise"):
        variant = next(iter(draws(bench.documents, (one.language, other.language), kind, 0.3, 1)))
        rows.append((f"among {kind}", compare([one, *variant.a], [other, *variant.b])))
    for name, comparison in rows:
        pair = comparison.why_not(one.id, other.id, texts)
        pieces = "; ".join(f"{piece.kind} {piece.a.text} ~ {piece.b.text} {piece.share:.1%}" for piece in pair.evidence)
        print(f"- {name}: {pair.tier}, score {pair.score}, margin {pair.margin}, mutual {pair.mutual}: {pieces}")


TABLES: dict[str, Callable[[Bench, Sequence[Pair]], None]] = {
    "p1": hits_table,
    "missing": missing_table,
    "tiers": tier_table,
    "dates": dates_table,
}


def main() -> int:
    """Print the tables that were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", default="en-de,de-fr,nl-fr")
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--stories", type=Path)
    parser.add_argument("--lexicon", action="append", default=[], help="nl-fr=FILE.tsv")
    parser.add_argument("--tables", default=",".join(TABLES))
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--speed", type=int)
    parser.add_argument("--window", type=int)
    parser.add_argument("--seeds", type=Path, nargs=2)
    options = parser.parse_args()
    documents = load(options.folder)
    pairs: list[Pair] = [tuple(pair.split("-")) for pair in options.pairs.split(",")]  # type: ignore[misc]
    lexicons = []
    for item in options.lexicon:
        languages, _, file = item.partition("=")
        source, _, target = languages.partition("-")
        lexicons.append(WordPairs(source, target, pairs_of_tsv(Path(file).read_text(encoding="utf-8").splitlines())))
    bench = Bench(documents, options.draws, load_stories(options.stories, documents.names), tuple(lexicons))
    if options.speed:
        speed_table(documents, pairs[0], options.speed, options.window)
    elif options.seeds:
        seeds_table(bench, options.seeds)
    elif options.fit:
        fit_tables(bench, pairs)
    else:
        for name in options.tables.split(","):
            TABLES[name](bench, pairs)
    print(json.dumps({"draws": options.draws, "documents": len(documents.names)}), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
