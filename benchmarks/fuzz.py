"""Mutate sample files and read them, as many as the time allows; the number tried and the faults found are printed.

    python benchmarks/fuzz.py [--minutes 60] [--examples N] [--jobs N] [--seed S]

A fault is written to a file `fault-SEED.bin`, to be reduced and kept as a test.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.properties.mutations import check_laws, mutate, sample_files

BATCH = 500


def run_batch(first: int) -> list[str]:
    """Try the mutants of so many seeds from `first` on; one line a fault."""
    faults = []
    files = sample_files()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + BATCH):
            chosen = random.Random(seed)
            path = chosen.choice(files)
            data = mutate(path.read_bytes(), chosen)
            try:
                check_laws(Path(folder) / path.name, data)
            except Exception as error:
                Path(f"fault-{seed}.bin").write_bytes(data)
                faults.append(f"{seed} of {path.name}: {error!r}\n{traceback.format_exc(limit=-3)}")
    return faults


def main() -> int:
    """Run batches until the time or the number is reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--examples", type=int, default=int(os.environ.get("FUZZ_EXAMPLES", 0)))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    end = time.monotonic() + options.minutes * 60
    tried, faults, seed = 0, 0, options.seed
    with ProcessPoolExecutor(options.jobs) as pool:
        while time.monotonic() < end and (not options.examples or tried < options.examples):
            starts = [seed + n * BATCH for n in range(options.jobs)]
            seed += options.jobs * BATCH
            for found in pool.map(run_batch, starts):
                tried += BATCH
                faults += len(found)
                for line in found:
                    print(line, flush=True)
    print(f"{tried:,} mutated files read, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
