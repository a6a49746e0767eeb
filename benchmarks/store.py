"""How fast a large corpus file answers, beside tools that read the same articles, all in one run.

    python benchmarks/store.py CORPUS JSONL [--peers PYTHON] [--parquet FILE] [--runs N] [--slow N]

CORPUS was made of JSONL (`benchmarks/grow.py` writes one, `corpus-tool add` makes the other). Every command is a
fresh process; times are CPU and wall, the ratio is of CPU and is taken pair by pair. Terms are chosen by the share of
articles that hold them. `rg` and `grep` run where they are installed; `--peers` is an interpreter with DuckDB, which
reads `--parquet` (one file with the column `text`). The noise line says how far a fixed computation varied meanwhile.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

TOOL = os.path.join(os.path.dirname(sys.executable), "corpus-tool")
BARE = [sys.executable, "-c", "import click, sqlite3, json"]
SHARES = (0.00001, 0.0001, 0.001, 0.01, 0.03, 0.1, 0.3, 0.6)
UNCAPPED = """
import sqlite3, sys
ranked = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rank LIMIT 10"
sqlite3.connect(sys.argv[1]).execute(ranked, sys.argv[2:]).fetchall()
"""
DUCKDB = """
import duckdb, sys
duckdb.sql(f"SELECT count(*) FROM '{sys.argv[1]}' WHERE text ILIKE '%{sys.argv[2]}%'").fetchall()
"""


@dataclass
class Times:
    """CPU and wall seconds of the runs of one command."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    lines: int = 0


def timed(command: list[str], times: Times, *, count: bool = False) -> Times:
    """Run a command once and keep its times."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    if count:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            times.lines = sum(chunk.count(b"\n") for chunk in iter(lambda: process.stdout.read(1 << 20), b""))
    else:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    times.wall.append(time.perf_counter() - start)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    times.cpu.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return times


def row(*cells: str) -> None:
    """One row of a table."""
    print("| " + " | ".join(cells) + " |", flush=True)


def head(*cells: str) -> None:
    """The head of a table."""
    print()
    row(*cells)
    row(*("---" for _ in cells))


def ms(seconds: list[float]) -> str:
    """The median and the range in milliseconds."""
    return f"{statistics.median(seconds) * 1000:,.0f} ({min(seconds) * 1000:,.0f}–{max(seconds) * 1000:,.0f})"


def terms_by_share(corpus: str) -> dict[float, str]:
    """For each share the word whose document frequency is nearest to it."""
    connection = sqlite3.connect(f"file:{corpus}?mode=ro", uri=True)
    total = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, articles_fts, row)")
    words = [
        (term, documents)
        for term, documents in connection.execute("SELECT term, doc FROM temp.vocabulary WHERE doc > 2")
        if len(term) > 4 and term.isascii() and term.isalpha()
    ] + connection.execute("SELECT term, doc FROM temp.vocabulary WHERE doc > ?", (total * 0.2,)).fetchall()
    return {share: min(words, key=lambda word: (abs(word[1] - share * total), word[0]))[0] for share in SHARES}


def mixed_queries(corpus: str, terms: list[str]) -> list[str]:
    """Forty queries as people ask them: words, two words, phrases, beginnings, NOT; drawn from the corpus."""
    chance = random.Random(1)
    connection = sqlite3.connect(f"file:{corpus}?mode=ro", uri=True)
    total = connection.execute("SELECT max(number) FROM articles").fetchone()[0]
    queries = list(terms)
    while len(queries) < 40:
        number = chance.randrange(1, total + 1)
        text = connection.execute("SELECT text FROM articles WHERE number = ?", (number,)).fetchone()[0]
        words = [word for word in text.split() if word.isalpha()]
        at = chance.randrange(len(words) - 3)
        first, second, third = words[at : at + 3]
        long = max(words[at : at + 3], key=len)
        shapes = (
            f"{first} {third}",
            f'"{first} {second}"',
            f"{long[:5]}*",
            f"{long} NOT {second}",
            long,
            f"{long} OR {first}",
        )
        queries.append(shapes[len(queries) % len(shapes)])
    return [query for query in queries if "-" not in query]


def opening(corpus: str, runs: int) -> None:
    """List, show and look up, as a ratio to an interpreter that imports what they cannot do without."""
    connection = sqlite3.connect(f"file:{corpus}?mode=ro", uri=True)
    identifier = connection.execute("SELECT id FROM articles ORDER BY number DESC LIMIT 1").fetchone()[0]
    commands = {
        "list -n 50": [TOOL, "list", corpus, "-n", "50"],
        "list --sort date -n 20": [TOOL, "list", corpus, "--sort", "date", "-n", "20"],
        "list -l fr -n 50": [TOOL, "list", corpus, "-l", "fr", "-n", "50"],
        "show ID --json": [TOOL, "show", corpus, identifier, "--json"],
        "show ID": [TOOL, "show", corpus, identifier[:9]],
        "search, rare": [TOOL, "search", corpus, "brexit", "-n", "10"],
        "info": [TOOL, "info", corpus],
        "stats --by language,month": [TOOL, "stats", corpus, "--by", "language,month"],
    }
    head("command", "CPU, ms: median (range)", "× bare interpreter")
    for name, command in commands.items():
        times, ratios = Times(), []
        for _ in range(runs):
            bare = timed(BARE, Times()).cpu[0]
            ratios.append(timed(command, times).cpu[-1] / bare)
        row(f"`{name}`", ms(times.cpu), f"{statistics.median(ratios):.2f}")


def searching(corpus: str, jsonl: str, terms: dict[float, str], options: argparse.Namespace) -> None:
    """Each term beside rg over the raw lines and FTS5 without a cap; then p50 and p95 of forty queries."""
    head("term, share of articles", "search, CPU ms", "wall ms", "rg -i -c ×", "uncapped FTS5 ×", "DuckDB on Parquet ×")
    for share, term in terms.items():
        ours = Times()
        for _ in range(options.runs):
            timed([TOOL, "search", corpus, term, "-n", "10"], ours)
        cells = [f"{term}, {share:.3%}", ms(ours.cpu), ms(ours.wall)]
        peers = [
            ["rg", "-i", "-c", term, jsonl] if shutil.which("rg") else None,
            [sys.executable, "-c", UNCAPPED, corpus, term],
            [options.peers, "-c", DUCKDB, options.parquet, term] if options.peers and options.parquet else None,
        ]
        for command in peers:
            taken = [timed(command, Times()).cpu[0] for _ in range(options.slow)] if command else []
            cells.append(f"{statistics.median(taken) / statistics.median(ours.cpu):.1f}" if taken else "–")
        row(*cells)
    walls = Times()
    for query in mixed_queries(corpus, list(terms.values())):
        timed([TOOL, "search", corpus, query, "-n", "10"], walls)
    for name, values in (("wall", walls.wall), ("CPU", walls.cpu)):
        cuts = statistics.quantiles(values, n=20)
        print(f"\n{len(values)} mixed queries, {name}: p50 {cuts[9] * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms")


def concordances(corpus: str, jsonl: str, terms: dict[float, str], options: argparse.Namespace) -> None:
    """All hits of each term beside rg -o and grep -o over the raw lines."""
    head("term, share of articles", "lines", "kwic, CPU s", "× rg -o", "× grep -o")
    for share, term in terms.items():
        ours = Times()
        for _ in range(options.slow):
            timed([TOOL, "kwic", corpus, term], ours, count=True)
        cells = [f"{term}, {share:.3%}", f"{ours.lines - 1:,}", f"{statistics.median(ours.cpu):.2f}"]
        for peer in ("rg", "grep"):
            if not shutil.which(peer):
                cells.append("–")
                continue
            taken = [timed([peer, "-oiw", term, jsonl], Times(), count=True).cpu[0] for _ in range(options.slow)]
            cells.append(f"{statistics.median(ours.cpu) / statistics.median(taken):.2f}")
        row(*cells)


def noise() -> float:
    """How far apart the fastest and the slowest of some equal computations are, as a share of the fastest."""
    taken = []
    for _ in range(15):
        start = time.process_time()
        sum(n * n for n in range(400_000))
        taken.append(time.process_time() - start)
    return max(taken) / min(taken) - 1


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus")
    parser.add_argument("jsonl")
    parser.add_argument("--peers", help="an interpreter with DuckDB")
    parser.add_argument("--parquet", help="the same articles as Parquet")
    parser.add_argument("--runs", type=int, default=9, help="of what takes milliseconds")
    parser.add_argument("--slow", type=int, default=2, help="of what takes seconds")
    options = parser.parse_args()
    size, articles = Path(options.corpus).stat().st_size, 0
    connection = sqlite3.connect(f"file:{options.corpus}?mode=ro", uri=True)
    articles, text = connection.execute("SELECT count(*), sum(length(CAST(text AS BLOB))) FROM articles").fetchone()
    print(f"{articles:,} articles, {text / 1e6:,.0f} MB of text; the file is {size / text:.2f} × that")
    print(f"noise of this machine at the beginning: {noise():.0%}")
    terms = terms_by_share(options.corpus)
    opening(options.corpus, options.runs)
    searching(options.corpus, options.jsonl, terms, options)
    concordances(options.corpus, options.jsonl, terms, options)
    print(f"\nnoise of this machine at the end: {noise():.0%}")


if __name__ == "__main__":
    main()
