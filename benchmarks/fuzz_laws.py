"""Hold random texts to the laws of the normalizer; the number tried and the faults found are printed.

    python benchmarks/fuzz_laws.py [--examples 200000] [--jobs N] [--seed S]

The laws: cleaning twice is cleaning once; with every rule off the text is what it was; every span of the clean text
leads to a span of the raw one, and later spans never before earlier ones; blocks are the text between empty lines.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise

from corpus_tool.text.normalize import ALL_OFF, normalize

BATCH = 2000
PIECES = (
    "De raad keurde het goed.", "Le conseil l’a approuvé :", "Titel", "voor- en nadelen", "Noord-\nHolland",
    "gemeen-\nte", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\x85", "\u2028", "\x0c", "\t", "\u00a0", "\u202f",
    "\u200b", "\u00ad", "\ufeff", "\u200d", "Ã©", "Ã ", "Ã", "Â", "Ã\u0083Â©", "â€™", "â€", "\x92", "\x9d",
    "\x1b[31m", "\x1b]0;x\x07", "\u202e", "\u0301", "e\u0301", "ﬁ", "ĳ", "ＡＢ", "&amp;", "&eacute;", "&amp;amp;",
    "&#8217;", "AT&T", "&copy=2", "«", "»", "“", "”", "…", "–", "Lees ook: x", "Publicité", "(Belga)",
    "Réservé aux abonnés", "•", "- punt", "1. een", "12,5", "الخبر", "中文", "👩‍👩‍👧", "x" * 60,
    "een woord of drie op een regel van zestig tekens hier",
)  # fmt: skip


def text_of(chosen: random.Random) -> str:
    """A text of up to thirty pieces."""
    return "".join(chosen.choice(PIECES) for _ in range(chosen.randint(0, 30)))


def broken_law(raw: str) -> str | None:
    """The first law that a text breaks; None where it keeps them all."""
    clean = normalize(raw)
    if normalize(clean.text).text != clean.text:
        return "twice is once"
    if normalize(raw, rules=ALL_OFF).text != raw:
        return "all rules off"
    spans = [clean.to_raw(at, at + 1) for at in range(len(clean.text))]
    if any(not 0 <= start <= end <= len(raw) for start, end in spans):
        return "the map is total"
    if any(later[0] < earlier[0] or later[1] < earlier[1] for earlier, later in pairwise(spans)):
        return "the map is monotone"
    if "\n\n".join(clean.text[b.start : b.end] for b in clean.blocks) != clean.text:
        return "blocks are the text"
    return None


def run_batch(first: int) -> list[str]:
    """Try the texts of so many seeds from `first` on; one line a fault."""
    faults = []
    for seed in range(first, first + BATCH):
        raw = text_of(random.Random(seed))
        if (law := broken_law(raw)) is not None:
            faults.append(f"{seed}: {law}: {raw!r}")
    return faults


def main() -> int:
    """Run batches until the number is reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--examples", type=int, default=200_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    starts = range(options.seed, options.seed + options.examples, BATCH)
    with ProcessPoolExecutor(options.jobs) as pool:
        faults = [line for found in pool.map(run_batch, starts) for line in found]
    print("\n".join(faults[:50]))
    print(f"{len(starts) * BATCH:,} texts held to the laws, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
