"""Near-duplicates: precision, recall by Jaccard, CPU and memory, beside other systems in one run.

    python benchmarks/duplicates.py NTREX_FOLDER [-n 20000] [--systems ours,datatrove] [--no-truth] [--repeat 3]

Writes articles with planted copies (`duplicates_ground.py`), runs every system on the file in a process of its own,
cold, from reading the file to writing pairs (`duplicates_systems.py` says what each computes), and compares with the
truth: all pairs, by exact sets of shingles. Systems that are not installed are left out, and said so. In need of
`datasketch`, `rensa`, `datatrove`, `text-dedup`, `xxhash<4` and `scipy`, which the project itself does not need.

recall: of the true pairs in that band of Jaccard, those in one cluster of the system (ours: clusters of what it calls
equal or near; below 0.8 its pairs). precision: of the pairs that a system gives (ours: equal or near), those with a
true Jaccard of 0.8 or more.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from duplicates_ground import KINDS, Truth, read_ground, true_pairs, write_ground
from duplicates_systems import SYSTEMS

from corpus_tool.link.groups import Groups

HERE = Path(__file__).parent
BANDS = (0.5, 0.6, 0.7, 0.8, 0.9)
NEAR = ("equal", "near")


class Run(NamedTuple):
    """How a system did: CPU of the process and its children, wall time, peak memory of the process."""

    cpu_seconds: float
    seconds: float
    peak_mb: float


def run(name: str, source: Path, target: Path) -> Run | None:
    """Run a system in a process of its own; None where it fails."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        command = [sys.executable, str(HERE / "duplicates_systems.py"), name, str(source), str(target), folder]
        environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_DATASETS_CACHE": folder, "OMP_NUM_THREADS": "1"}
        started = time.perf_counter()
        with (target.parent / f"{name}.log").open("w") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        peak_kb = 0 if process.returncode else int((Path(folder) / "peak_kb").read_text())
    if process.returncode:
        last = (target.parent / f"{name}.log").read_text().strip().split("\n")[-1]
        print(f"{name} is left out: {last}", file=sys.stderr)
        return None
    return Run(usage.ru_utime + usage.ru_stime, seconds, peak_kb / 1024)


def score(target: Path, truth: list[Truth]) -> list[str]:
    """Precision, and recall by band, of the pairs that a system wrote."""
    rows = [json.loads(line) for line in target.read_text().splitlines()]
    ours = bool(rows) and len(rows[0]) > 2
    given = {tuple(sorted(row[:2])) for row in rows if not ours or row[4] in NEAR}
    links = {tuple(sorted(row[:2])) for row in rows if ours and not row[4].startswith("best")}
    jaccard = {(f"{each.first:08}", f"{each.second:08}"): each.jaccard for each in truth}
    wrong = sum(jaccard.get((one, other), 0.0) < BANDS[3] for one, other in given)
    clusters, alike = Groups(given), Groups(tuple(row[:2]) for row in rows if ours and row[4] == "equal")
    near = {tuple(sorted((alike.of(one), alike.of(other)))) for one, other in links}
    hits, totals = Counter[float](), Counter[float]()
    for (one, other), share in jaccard.items():
        band = max((low for low in BANDS if share >= low), default=0.0)
        totals[band] += 1
        pair = tuple(sorted((alike.of(one), alike.of(other))))
        hits[band] += clusters.of(one) == clusters.of(other) or (band < BANDS[3] and pair in near)
    cells = [f"{1 - wrong / max(1, len(given)):.4f}"]
    return cells + [f"{hits[band] / totals[band]:.4f}" if totals[band] else "" for band in BANDS]


def planted(source: Path, target: Path, truth: list[Truth]) -> str:
    """Of the copies inside longer articles (less than half of them), how many of ours are shown as contained."""
    inside = {number for number, article in enumerate(read_ground(source)) if article["kind"] == KINDS[3]}
    rows = [json.loads(line) for line in target.read_text().splitlines()]
    alike = Groups(tuple(row[:2]) for row in rows if row[4] == "equal")
    found = {tuple(sorted(map(alike.of, row[:2]))) for row in rows}
    wanted = [each for each in truth if each.jaccard < BANDS[0]]
    lines = []
    for name, some in (
        ("with a planted copy inside", [each for each in wanted if inside & {each.first, each.second}]),
        ("other pairs, by chance of resampling", [each for each in wanted if not inside & {each.first, each.second}]),
    ):
        hits = sum(tuple(sorted((alike.of(f"{a:08}"), alike.of(f"{b:08}")))) in found for a, b, *_ in some)
        lines.append(f"contained (>= 0.9 of the shorter, Jaccard < 0.5), {name}: {hits} of {len(some)}")
    return "\n".join(lines)


def main() -> None:
    """Make the ground and the truth, run the systems, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("-n", "--count", type=int, default=20_000)
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--no-truth", action="store_true", help="only CPU and memory: the truth takes the square")
    parser.add_argument("--repeat", type=int, default=3, help="the run of least CPU counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        write_ground(options.data, options.count, source)
        truth = [] if options.no_truth else true_pairs(source)
        names, runs = options.systems.split(","), dict[str, list[Run]]()
        for _ in range(options.repeat):  # in turn, so that the load of the machine meets all alike
            for name in names:
                done = run(name, source, Path(folder) / f"{name}.pairs")
                runs.setdefault(name, []).extend([done] if done else [])
        head = ["system", "CPU s", "articles/CPU s", "CPU ratio", "wall s", "peak MB"]
        head += [] if options.no_truth else ["precision", *(f"recall {band}" for band in BANDS)]
        print(f"{options.count} articles\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
        base = None
        for name in names:
            if not runs[name]:
                continue
            best = min(runs[name])
            base = base or best.cpu_seconds
            cells = [name, f"{best.cpu_seconds:.1f}", f"{options.count / best.cpu_seconds:,.0f}"]
            cells += [f"{best.cpu_seconds / base:.2f}", f"{best.seconds:.1f}", f"{best.peak_mb:.0f}"]
            cells += [] if options.no_truth else score(Path(folder) / f"{name}.pairs", truth)
            print(f"| {' | '.join(cells)} |")
        if not options.no_truth and "ours" in names:
            print("\n" + planted(source, Path(folder) / "ours.pairs", truth))


if __name__ == "__main__":
    main()
