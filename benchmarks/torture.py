"""Kill, fail and starve commands that write a corpus file, damage files, and count what is wrong afterwards.

    python benchmarks/torture.py [CASE …] [--short] [--times N] [--seed S] [--work FOLDER] [--sabotage]

Each case prints what it tried and the faults found; a fault keeps its folder, and the exit code is 1. Linux only;
calls are made to fail through `fail_nth.c`, which needs a C compiler, and small disks through a mount, which needs
root: what cannot be tried is said so. docs/reliability.md tells what is promised.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from torture_cases import CASES, NotHere
from torture_ground import SHIM, Ground, compiled_shim, loaded_shim, warm_up, write_without_transactions

SHOWN = 5
"""Faults of a case that are printed."""
LINES = 8
"""Lines of a fault that are printed."""


def main() -> int:
    """Run the cases asked for and print their table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--short", action="store_true", help="a few tries of each, as in the test suite")
    parser.add_argument("--times", type=int, help="tries of each case (default: see CASES)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sabotage", action="store_true", help="write without transactions: there must be faults")
    parser.add_argument("--work", help="a folder for the files (default: a new one in the temporary folder)")
    options = parser.parse_args()
    unknown = set(options.cases) - set(CASES)
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    if SHIM not in os.environ:
        _start_with_shim(Path(tempfile.mkdtemp(prefix="torture-", dir=options.work)))
    folder = Path(os.environ["CORPUS_TORTURE_FOLDER"])
    folder.chmod(0o755)
    faults = 0
    ground = Ground(folder, random.Random(options.seed), shim=loaded_shim())
    if options.short:
        ground.records, ground.batch = 200, 20
    if options.sabotage:
        write_without_transactions()
    warm_up(ground)
    print("| case | tries | faults | seconds |\n| --- | ---: | ---: | ---: |", flush=True)
    for name in options.cases or CASES:
        faults += _run_case(name, ground, short=options.short, times=options.times, seed=options.seed)
    if faults:
        print(f"{faults} faults; what they left is in {folder}")
    else:
        shutil.rmtree(folder)
    return 1 if faults else 0


def _start_with_shim(folder: Path) -> None:
    """Start this program again in the same process, with the shim preloaded where it can be compiled."""
    shim = compiled_shim(folder)
    more = {SHIM: str(shim or ""), "CORPUS_TORTURE_FOLDER": str(folder), "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    more |= {"LD_PRELOAD": str(shim)} if shim else {}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CORPUS_", "XDG_"))}
    os.execve(sys.executable, [sys.executable, *sys.argv], {**kept, **more})


def _run_case(name: str, ground: Ground, *, short: bool, times: int | None, seed: int) -> int:
    case, long_times, short_times = CASES[name]
    ground.random = random.Random(f"{seed} {name}")
    start = time.monotonic()
    tried, faults = 0, 0
    chosen = times if times is not None else short_times if short else long_times
    try:
        for label, wrong in case(ground, chosen):
            tried += 1
            faults += bool(wrong)
            if wrong and faults <= SHOWN:
                print(f"fault: {name}, {label}:", *wrong[:LINES], sep="\n    ", flush=True)
    except NotHere as missing:
        if not tried:
            print(f"| {name} | not tried: {missing} | | |", flush=True)
            return 0
    print(f"| {name} | {tried:,} | {faults:,} | {time.monotonic() - start:.0f} |", flush=True)
    return faults


if __name__ == "__main__":
    sys.exit(main())
