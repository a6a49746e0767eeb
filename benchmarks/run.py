"""The short benchmarks one after another: start-up, throughput, word counting, encodings, hostile inputs.

    python benchmarks/run.py [FOLDER] [--hostile MANIFEST]

FOLDER holds articles as `articles.py` loads them (default: the sample corpus); word counting and encodings need
the line-aligned form and are left out, and said so, where FOLDER has another.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run each benchmark that the folder has the data for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", nargs="?", type=Path, default=HERE.parent / "seeds")
    parser.add_argument("--hostile", type=Path, help="the manifest of hostile inputs")
    options = parser.parse_args()
    jobs = [["startup.py"], ["throughput.py", str(options.folder), "--profile"]]
    if (options.folder / "DOCUMENT_IDS.tsv").exists():
        jobs += [["words.py", str(options.folder)], ["charset.py", str(options.folder)]]
    else:
        print(f"words.py and charset.py are left out: {options.folder} has no DOCUMENT_IDS.tsv\n")
    if options.hostile:
        jobs.append(["hostile.py", str(options.hostile)])
    codes = []
    for job in jobs:
        print(f"## {job[0]}\n", flush=True)
        codes.append(subprocess.run([sys.executable, str(HERE / job[0]), *job[1:]], check=False).returncode)
        print(flush=True)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
