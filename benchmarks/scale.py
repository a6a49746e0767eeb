"""Many small files and one large stream: rate, and whether memory stays flat.

    python benchmarks/scale.py [FOLDER] [--files 100000] [--gigabytes 1.0] [--work FOLDER]

Articles of FOLDER (form of `articles.py`) are written again and again with a number in their headline, so that
none repeats. Peak memory is that of the child process, read every tenth of its way.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from articles import load_articles

FILES_PER_FOLDER = 1000
READER = (
    "import sys, resource\n"
    "from corpus_tool.cli.main import main\n"
    "try:\n    main(sys.argv[1:])\n"
    "finally:\n    print('peak_kb', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
)


def numbered(texts: list[str]) -> Iterator[str]:
    """The articles over and over, each with a number in its first line."""
    number = 0
    while True:
        for text in texts:
            number += 1
            head, _, rest = text.partition("\n")
            yield f"{head} {number}\n{rest}"


def write_files(folder: Path, texts: list[str], count: int) -> None:
    """So many small files, a thousand a folder."""
    for number, text in zip(range(count), numbered(texts), strict=False):
        inner = folder / f"{number // FILES_PER_FOLDER:04}"
        if number % FILES_PER_FOLDER == 0:
            inner.mkdir(parents=True)
        (inner / f"{number:07}.txt").write_text(text, encoding="utf-8")


def write_stream(path: Path, texts: list[str], size: int) -> int:
    """A JSON Lines file of at least `size` bytes; the number of its lines."""
    written = count = 0
    with path.open("w", encoding="utf-8") as out:
        for text in numbered(texts):
            title, _, body = text.partition("\n\n")
            line = json.dumps({"title": title, "date": "2018-06-20", "text": body}, ensure_ascii=False) + "\n"
            written += len(line.encode())
            count += 1
            out.write(line)
            if written >= size:
                return count
    return count


def measure(arguments: list[str], stdin: Path | None) -> tuple[float, float, int]:
    """(CPU seconds, seconds, peak kB) of the command in a process of its own, output thrown away."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with stdin.open("rb") if stdin else open("/dev/null", "rb") as source:
        done = subprocess.run(
            [sys.executable, "-c", READER, *arguments],
            stdin=source,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=True,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = int(done.stderr.decode().rsplit("peak_kb", 1)[1])
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, time.monotonic() - start, peak


def main() -> None:
    """Print rate and peak memory at a tenth of the size and at the whole, for files and for a stream."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent.parent / "seeds")
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--work", type=Path, help="where to write the inputs (removed at the end)")
    options = parser.parse_args()
    texts = load_articles(options.folder)
    work = Path(tempfile.mkdtemp(dir=options.work))
    print("| input | articles | articles per CPU second | seconds | peak MB |\n| --- | ---: | ---: | ---: | ---: |")
    try:
        for count in (options.files // 10, options.files):
            write_files(work / str(count), texts, count)
            row(
                "filter FOLDER, small files",
                count,
                *measure(["filter", str(work / str(count)), "--detector", "none", "-q"], None),
            )
            shutil.rmtree(work / str(count))
        for size in (options.gigabytes / 10, options.gigabytes):
            path = work / "stream.jsonl"
            count = write_stream(path, texts, int(size * 1e9))
            row(
                f"filter - < {size:g} GB of JSON Lines",
                count,
                *measure(["filter", "-", "--detector", "none", "-q"], path),
            )
    finally:
        shutil.rmtree(work)


def row(name: str, count: int, cpu: float, elapsed: float, peak: int) -> None:
    """Print one measurement."""
    print(f"| {name} | {count:,} | {count / cpu:,.0f} | {elapsed:,.0f} | {peak / 1024:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
