"""Articles a second of everything but language identification, beside langdetect on the same texts in one run.

    python benchmarks/throughput.py [FOLDER] [--rounds N] [--profile]

FOLDER is of the form that `articles.py` loads. Each article is a file; a round reads all of them to JSON lines
with `--detector none`, then gives the same texts to langdetect, seeded, with all its profiles.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from articles import load_articles
from language_systems import langdetect_calls

from corpus_tool import ReadOptions, read
from corpus_tool.writers.base import to_json


def pipeline(folder: str) -> int:
    """Read a folder to JSON; the number of articles."""
    count = 0
    for article in read([folder], options=ReadOptions(detector="none")):
        to_json(article.to_dict())
        count += 1
    return count


def seconds(work: object, *arguments: object) -> float:
    """CPU time of a call."""
    start = time.process_time()
    work(*arguments)  # type: ignore[operator]
    return time.process_time() - start


def profile(folder: str) -> None:
    """Print where the time goes, by room and by module."""
    profiler = cProfile.Profile()
    profiler.runcall(pipeline, folder)
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    own: dict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, internal, _, callers) in stats.items():
        if "corpus_tool" in file:
            own[_module(file)] += internal
            continue
        for (caller, _, _), (_, _, part, _) in callers.items():  # built-ins count for the module that calls them
            own[_module(caller) if "corpus_tool" in caller else "standard library"] += part
    total = sum(own.values())
    print("\n| module | share of the time |\n| --- | ---: |")
    for name, spent in sorted(own.items(), key=lambda item: -item[1])[:18]:
        print(f"| {name} | {spent / total:.1%} |")


def _module(file: str) -> str:
    return file.rsplit("corpus_tool/", 1)[-1].removesuffix(".py")


def main() -> None:
    """Print rates and their ratio, and a profile where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent.parent / "seeds")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    texts = load_articles(options.folder)
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"{number:05}.txt").write_text(text, encoding="utf-8")
        pipeline(folder)
        langdetect_calls(texts[:2])
        rounds = [(seconds(pipeline, folder), seconds(langdetect_calls, texts)) for _ in range(options.rounds)]
        ours = statistics.median(len(texts) / mine for mine, _ in rounds)
        peer = statistics.median(len(texts) / theirs for _, theirs in rounds)
        ratio = statistics.median(theirs / mine for mine, theirs in rounds)
        size = sum(len(text.encode()) for text in texts) / len(texts)
        print(f"{len(texts)} articles of {size:,.0f} bytes, median of {options.rounds} rounds, one core\n")
        print("| | articles per CPU second |\n| --- | ---: |")
        print(f"| everything but language identification | {ours:,.0f} |\n| langdetect | {peer:,.0f} |")
        print(f"| ratio | {ratio:.1f} |")
        if options.profile:
            profile(folder)


if __name__ == "__main__":
    main()
