"""Whether reading takes time in proportion to the text: adversarial inputs at one size and at six times that.

    python benchmarks/linearity.py

A ratio near 6 is linear, near 36 quadratic. Times are the best of three.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from corpus_tool import ReadOptions, read

SIZES = (20_000, 120_000)
MOST = 18
ADVERSARIAL = {
    "blank lines": ("\n", "Kop\n\nTekst.\n"),
    "separators": ("=====\n", "x"),
    "separators of many kinds": ("=====\n***\n---\n", "x"),
    "underlined headings": ("Kop\n=====\n\n", "x"),
    "form feeds": ("\f\n", "x"),
    "labels": ("Titel: x\n", "x"),
    "labels of one kind": ("Oplage: x\n", "Titel: y\n\nx"),
    "headers": ("Titel: x\nDatum: 1\n\nx.\n\n", "x"),
    "markers": (" date 2018-06 x.\n", "x"),
    "headlines before markers": ("Kop\n\n date 2018-06 x.\n\n", "x"),
    "hyphens": ("---\n", "x"),
    "hyphens and keys": ("---\ntitle: x\n\nx\n", "x"),
    "doc": ("<doc>\n", "x"),
    "open doc": ("<doc\n", "x"),
    "starred lines": ("**** *a_b\n", "x"),
    "one long line": ("a_", "x"),
    "one line of signs": ("=", "x"),
    "doubled keys": ('"a": 1, ', ""),
    "mojibake": ("Ã©Ã©\n", "x"),
    "escape sequences": ("\x1b[31m\x1b]0;", "x"),
    "combining marks": ("\u0301\u0316", "x"),
    "capitals and hyphens": ("A-", "x"),
    "dates": ("18 juni 2018 ", "x"),
    "no-break spaces": ("\u00a0\u00a0 ", "x"),
}


def seconds(unit: str, tail: str, size: int, folder: Path) -> float:
    """The best of three times for a text of so many characters."""
    text = unit * (size // len(unit)) + tail
    path = folder / "a.txt"
    if unit.startswith('"'):
        path, text = folder / "a.jsonl", '{"text": "x", ' + text + '"b": 1}'
    path.write_text(text, encoding="utf-8")
    times = []
    for _ in range(3):
        start = time.perf_counter()
        list(read([path], options=ReadOptions(detector="none")))
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    """Print one row an input; exit with 1 where one grows faster than its size."""
    print(
        f"| input | {SIZES[0]:,} characters, ms | {SIZES[1]:,} characters, ms | ratio |\n| --- | ---: | ---: | ---: |"
    )
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name, (unit, tail) in ADVERSARIAL.items():
            short, long = (seconds(unit, tail, size, Path(folder)) for size in SIZES)
            worst = max(worst, long / short if long > 0.1 else 0.0)
            print(f"| {name} | {short * 1000:.1f} | {long * 1000:.1f} | {long / short:.1f} |")
    return 1 if worst > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
