"""Where the time of adding goes: articles a second with one job and two, memory, and a bare FTS5 build beside it.

    python benchmarks/ingest.py JSONL [N] [--append CORPUS …]

The first N lines of JSONL (default 20,000) are added to new corpus files in a temporary folder, as whole processes; the
share of each step is that of a profile of one job. `--append` adds 1,000 new lines to copies of larger files.
"""

from __future__ import annotations

import argparse
import cProfile
import itertools
import json
import os
import pstats
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOOL = os.path.join(os.path.dirname(sys.executable), "corpus-tool")
STEPS = {
    "reading and splitting": ("pipeline.py", "admitted"),
    "cleaning": ("article.py", "cleaned"),
    "language": ("article.py", "language"),
    "date": ("article.py", "date"),
    "packing the row and the record": ("pool.py", "made_ready"),
    "writing rows and index": ("writing.py", "flush"),
}


def run(command: list[str]) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and peak memory in MB of a process and its children."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(0.1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return cpu, time.perf_counter() - start, peak


def memory(pid: int) -> float:
    """Resident memory of a process in MB; 0 where the system does not say."""
    try:
        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, IndexError):
        return 0.0


def bare_build(lines: Path, folder: Path) -> float:
    """CPU seconds of the least that a search needs: two columns and their index, nothing inferred."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.executescript(
        "PRAGMA page_size = 32768; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        "CREATE TABLE articles (number INTEGER PRIMARY KEY, title TEXT, text TEXT);"
        'CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, content="articles", content_rowid="number",'
        ' tokenize="unicode61 remove_diacritics 2")'
    )
    with lines.open(encoding="utf-8") as file:
        rows = [(n, item["title"], item["text"]) for n, item in enumerate(map(json.loads, file), start=1)]
    start = time.process_time()
    for at in range(0, len(rows), 2000):
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO articles VALUES (?, ?, ?)", rows[at : at + 2000])
        connection.executemany("INSERT INTO articles_fts(rowid, title, text) VALUES (?, ?, ?)", rows[at : at + 2000])
        connection.execute("COMMIT")
    connection.close()
    return time.process_time() - start


def shares(lines: Path, folder: Path) -> list[tuple[str, float, float]]:
    """The steps with their seconds and their share of a profiled run of one job."""
    from corpus_tool.corpus import Corpus

    profile = cProfile.Profile()
    with Corpus.create(folder / "profiled.db") as corpus:
        profile.enable()
        corpus.add(lines)
        profile.disable()
    stats = pstats.Stats(profile)
    total: float = stats.total_tt  # type: ignore[attr-defined]  # typeshed leaves the sums out
    found = []
    for name, (file, function) in STEPS.items():
        rows = stats.stats.items()  # type: ignore[attr-defined]  # as above
        seconds = sum(row[3] for (path, _, called), row in rows if path.endswith(file) and called == function)
        found.append((name, seconds, seconds / total))
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("jsonl", type=Path)
    parser.add_argument("articles", nargs="?", type=int, default=20_000)
    parser.add_argument("--append", nargs="*", default=[], help="corpus files to copies of which 1,000 are added")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.jsonl.parent) as made:
        folder = Path(made)
        lines = folder / "lines.jsonl"
        with options.jsonl.open("rb") as source:
            lines.write_bytes(b"".join(itertools.islice(source, options.articles)))
        bare = bare_build(lines, folder)
        print(f"{options.articles:,} articles; a bare FTS5 build takes {bare:.1f} s of CPU\n")
        print("| run | articles/s | CPU s | peak memory of the writing process, MB |\n|---|---|---|---|")
        jobs_one = 0.0
        for name, flags in (
            ("1 job", ["-j", "1"]),
            ("2 jobs", ["-j", "2"]),
            ("1 job, --detector none", ["-j", "1", "--detector", "none"]),
            ("nothing is stored: `filter`", []),
        ):
            corpus = str(folder / f"{name[:3]}{len(flags)}.db")
            command = [TOOL, "add", corpus, str(lines), *flags] if flags else [TOOL, "filter", str(lines)]
            cpu, wall, peak = run(command)
            jobs_one = jobs_one or cpu
            print(f"| {name} | {options.articles / wall:,.0f} | {cpu:.1f} | {peak:,.0f} |", flush=True)
            inferred = cpu
        print(f"\none job ÷ (bare build + reading and inferring alone): {jobs_one / (bare + inferred):.2f}\n")
        print("| step (a profiled run) | s | share |\n|---|---|---|")
        for name, seconds, share in shares(lines, folder):
            print(f"| {name} | {seconds:.1f} | {share:.0%} |")
        for corpus in options.append:
            append(corpus, options, folder)


def append(corpus: str, options: argparse.Namespace, folder: Path) -> None:
    """Print the time of adding 1,000 new articles to a copy of a large file."""
    copy, new = str(folder / "copy.db"), folder / "new.jsonl"
    shutil.copy(corpus, copy)
    with options.jsonl.open(encoding="utf-8") as source:
        lines = [json.loads(line) for line in itertools.islice(source, 1000)]
    new.write_text("".join(json.dumps({**line, "text": f"{line['text']} Toegevoegd."}) + "\n" for line in lines))
    cpu, wall, _ = run([TOOL, "add", copy, str(new), "-j", "1"])
    size = Path(corpus).stat().st_size / 1e6
    print(f"\n1,000 added to {Path(corpus).name} ({size:,.0f} MB): {cpu:.2f} s CPU, {wall:.2f} s")
    os.unlink(copy)


if __name__ == "__main__":
    main()
