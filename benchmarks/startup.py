"""CPU time of a fresh process, as a ratio to a bare interpreter that imports click, measured side by side.

    python benchmarks/startup.py [SOURCE …] [--runs N]

The sources (default: two files of the sample corpus, one Dutch, one French) are what `list` reads. Frequent words
decide them; the last rows are what a process takes that has to load py3langid or langdetect for one answer.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
SOURCES = [str(SEEDS / "000_3c1e9b07d25fa846.txt"), str(SEEDS / "004_e01b8c7f3a5629dd.txt")]
LOADING = (
    "from corpus_tool.infer.language.registry import load_detector; load_detector('{}').probabilities(['De raad'], ())"
)


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Print one row a command: median CPU time and the median ratio to the reference run right before it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sources", nargs="*", default=SOURCES)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    tool = os.path.join(os.path.dirname(sys.executable), "corpus-tool")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import corpus_tool": [sys.executable, "-c", "import corpus_tool"],
        "--help": [tool, "--help"],
        "list --help": [tool, "list", "--help"],
        "list --detector none": [tool, "list", *options.sources, "--detector", "none"],
        "list": [tool, "list", *options.sources],
        "loading py3langid": [sys.executable, "-c", LOADING.format("py3langid")],
        "loading langdetect": [sys.executable, "-c", LOADING.format("langdetect")],
    }
    reference = [sys.executable, "-c", "import click"]
    times: dict[str, list[float]] = {name: [] for name in commands}
    ratios: dict[str, list[float]] = {name: [] for name in commands}
    cpu_seconds(reference)
    for _ in range(options.runs):
        for name, command in commands.items():
            base = cpu_seconds(reference)
            taken = cpu_seconds(command)
            times[name].append(taken)
            ratios[name].append(taken / base)
    print(
        f"| process | CPU ms | × `python -c 'import click'` |\n| --- | ---: | ---: |  <!-- median of {options.runs} -->"
    )
    for name in commands:
        print(f"| {name} | {statistics.median(times[name]) * 1000:.0f} | {statistics.median(ratios[name]):.2f} |")


if __name__ == "__main__":
    main()
