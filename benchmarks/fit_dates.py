"""Write src/corpus_tool/data/dates/confidence.json: how often a date is right, by where it comes from.

    python benchmarks/fit_dates.py GOLD…

GOLD files are of the form that `dates.py` scores; files that are held out must not be among them. The share of right
answers of each stated source is smoothed with four right answers and 0.4 of a wrong one that were not seen; a line of
the text gets a curve over its score, fitted by logistic regression with the same prior.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from corpus_tool.infer.date.calibration import METHODS
from corpus_tool.infer.date.headers import header_lines
from corpus_tool.infer.date.inference import DateSources
from corpus_tool.infer.date.publication import as_edtf, publication_date
from corpus_tool.model.options import DateOptions

TARGET = Path(__file__).parent.parent / "src" / "corpus_tool" / "data" / "dates" / "confidence.json"
UNSEEN_RIGHT, UNSEEN_WRONG = 4.0, 0.4


def judged(item: dict[str, Any]) -> tuple[str, float | None, bool] | None:
    """The source of the answer to an item, the score of its line, and whether it is right; None for silence."""
    text, kind = item["text"], item.get("kind", "text")
    options = DateOptions(reference=as_edtf(str(item["ref"]))) if item.get("ref") else DateOptions()
    sources = DateSources(
        text if kind == "text" else "",
        item["lang"],
        text if kind == "filename" else None,
        text if kind == "url" else None,
        dict(header_lines(text)) if kind == "text" else {},
    )
    found = publication_date(sources, options)
    if found is None or found.date is None or found.method is None:
        return None
    right = {str(item["gold"]), *map(str, item.get("accept", ()))}
    return found.method.split("+")[0], found.score, str(found.date) in right


def curve(rows: list[tuple[float, bool]]) -> tuple[float, float]:
    """Intercept and slope of a logistic regression on the score, by gradient descent."""
    intercept, slope = 1.0, 0.5
    middle = sum(score for score, _ in rows) / len(rows)
    data = [(score, float(right), 1.0) for score, right in rows]
    data += [(middle, 1.0, UNSEEN_RIGHT), (middle, 0.0, UNSEEN_WRONG)]
    total = sum(weight for _, _, weight in data)
    for _ in range(20_000):
        errors = [
            (weight * (right - 1 / (1 + math.exp(-intercept - slope * score))), score) for score, right, weight in data
        ]
        intercept += 0.5 * sum(error for error, _ in errors) / total
        slope += 0.05 * sum(error * score for error, score in errors) / total
    return round(intercept, 3), round(slope, 3)


def main() -> None:
    """Fit and write."""
    shares: dict[str, list[bool]] = defaultdict(list)
    lines: list[tuple[float, bool]] = []
    for path in sys.argv[1:]:
        for item in yaml.safe_load(Path(path).read_text(encoding="utf-8")):
            if item.get("task", "pub") == "pub" and (found := judged(item)) is not None:
                method, score, right = found
                if score is not None:
                    lines.append((score, right))
                else:
                    shares[method].append(right)
    table = {}
    for method in METHODS:
        seen = shares["header" if method == "field" else method]  # both are stated; no gold item has fields
        share = (sum(seen) + UNSEEN_RIGHT) / (len(seen) + UNSEEN_RIGHT + UNSEEN_WRONG)
        table[method] = round(share, 3)
        print(f"{method}: {sum(seen)} of {len(seen)} right, confidence {table[method]}")
    table["line-intercept"], table["line-slope"] = curve(lines)
    wrong = len(lines) - sum(right for _, right in lines)
    print(f"lines: {len(lines)}, {wrong} wrong, {table['line-intercept']} + {table['line-slope']} × score")
    TARGET.write_text(json.dumps(table, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
