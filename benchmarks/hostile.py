"""Score how hostile and unlucky inputs are read, from a manifest of what each must give.

    python benchmarks/hostile.py MANIFEST [--group NAME …] [--all-groups] [--show]

The manifest is JSON beside a folder of inputs: `cases`, each with `id`, `path`, `expect` (loads, skipped,
error), `also`, `records`, `rejected`, `also_counts`, `reason`, `warns`, `contains`, `never`. Each case is read
by itself through the library; then all are listed once by the command, whose output may hold no control byte.
A case is right when its class, its counts and (unless it loads) a reason are as promised; the notices, the
texts that must be there and the texts that must not are counted beside that.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from corpus_tool import Article, CorpusToolError, ReadOptions, Receipt, read

GROUPS = ("decode", "characters", "split", "dates", "jsonl", "csv", "front_matter", "files")
CLASSES = {"loaded": "loads", "skipped": "skipped", "error": "error"}
CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")


@dataclass
class Result:
    """What a case gave: its class, counts and reasons, the texts loaded and every word of the report."""

    outcome: str = "loads"
    records: int = 0
    rejected: int = 0
    reasons: list[str] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    report: list[str] = field(default_factory=list)


def run_case(path: str) -> Result:
    """Read one input by itself, a link as part of its folder; a folder is the sum of its files."""
    result = Result()
    options = ReadOptions(detector="none", receipt=Receipt())
    source = str(Path(path).parent) if os.path.islink(path) else path
    try:
        articles = [a for a in read([source], options=options) if source == path or a.source.path == path]
    except CorpusToolError as error:
        return Result("error", reasons=[str(error)], report=[str(error)])
    result.texts = [_words(article) for article in articles]
    files = [report for report in options.receipt.files if source == path or report.path == path]
    for report in files:
        result.records += report.records + report.known
        result.rejected += report.rejected
        result.codes |= {item.code for item in report.diagnostics}
        result.report += [item.message for item in report.diagnostics]
        if report.reason:
            result.reasons.append(report.reason)
    outcomes = Counter(CLASSES[report.outcome] for report in files)
    result.outcome = next((name for name in ("error", "loads", "skipped") if outcomes[name]), "skipped")
    return result


def _words(article: Article) -> str:
    data = article.to_dict()
    return "\n".join(str(data[name]) for name in ("title", "text", "authors", "outlet", "section", "url", "extra"))


def score(row: dict, got: Result) -> str | None:
    """Why a case is wrong, None where it is right: class, counts, a reason where it does not load."""
    if got.outcome != row["expect"]:
        return None if got.outcome in row["also"] else f"{got.outcome}, wanted {row['expect']}"
    wanted = [(row["records"], row["rejected"]), *map(tuple, row["also_counts"])]
    if got.outcome == "loads" and (got.records, got.rejected) not in wanted:
        return f"{got.records}+{got.rejected} rejected, wanted {row['records']}+{row['rejected']}"
    if got.outcome != "loads" and not got.reasons:
        return "no reason given"
    return None


def promises(row: dict, got: Result) -> list[str]:
    """Which of the promised notices and texts are missing, and which forbidden text is there."""
    if got.outcome != row["expect"]:
        return []
    text = "\n".join(got.texts)
    problems = [f"notice {code} is missing" for code in row["warns"] if code not in got.codes]
    problems += [f"{words!r} is not in the text" for words in row["contains"] if words not in text]
    problems += [f"{words!r} is there" for words in row["never"] if words in text or words in "\n".join(got.report)]
    if row["reason"] and row["reason"] not in got.codes and row["reason"] not in got.reasons:
        problems.append(f"reason {row['reason']} is not given (but {', '.join(got.reasons) or 'none'})")
    return problems


def control_bytes(folder: Path) -> list[str]:
    """What goes wrong when the command lists all inputs, in each form and under the C locale."""
    problems = []
    for arguments in (["--format", "table"], ["--format", "tsv"], ["--json"], ["--format", "csv"], ["--format", "md"]):
        command = [
            sys.executable,
            "-m",
            "corpus_tool",
            "list",
            str(folder),
            "--detector",
            "none",
            "--verbose",
            *arguments,
        ]
        for locale in ("C.UTF-8", "C"):
            done = subprocess.run(command, capture_output=True, env={**os.environ, "LC_ALL": locale}, check=False)
            found = CONTROL.search(done.stdout) or CONTROL.search(done.stderr)
            if found:
                problems.append(f"{' '.join(arguments)} under {locale}: control byte {found.group()!r}")
            if done.returncode not in (0, 3) or b"Traceback" in done.stderr:
                problems.append(f"{' '.join(arguments)} under {locale}: exit {done.returncode}")
    return problems


def main() -> int:
    """Print the score by group, each miss, and the promises kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("manifest", type=Path, help="manifest.json beside the inputs")
    parser.add_argument("--group", action="append", help="only this group (repeatable)")
    parser.add_argument("--all-groups", action="store_true", help="also groups whose readers do not exist yet")
    options = parser.parse_args()
    manifest = json.loads(options.manifest.read_text(encoding="utf-8"))
    wanted = options.group or (None if options.all_groups else GROUPS)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    right, made, kept, owed, misses = Counter(), Counter(), 0, 0, []
    for row in manifest["cases"]:
        if "not_made" in row or (wanted and row["group"] not in wanted) or (root and "non-root" in row["needs"]):
            continue
        got = run_case(str(options.manifest.parent / row["path"]))
        made[row["group"]] += 1
        problem = score(row, got)
        right[row["group"]] += problem is None
        if problem:
            misses.append((row["id"], problem))
        broken = promises(row, got)
        owed += len(row["warns"]) + len(row["contains"]) + len(row["never"]) + bool(row["reason"])
        kept += len(row["warns"]) + len(row["contains"]) + len(row["never"]) + bool(row["reason"]) - len(broken)
        misses += [(row["id"], f"promise: {words}") for words in broken]
    print("| group | cases | right | share |\n| --- | ---: | ---: | ---: |")
    for name in made:
        print(f"| {name} | {made[name]} | {right[name]} | {right[name] / made[name]:.1%} |")
    total = sum(made.values())
    print(f"| all | {total} | {sum(right.values())} | {sum(right.values()) / total:.1%} |")
    user = "root" if root else "an ordinary user"
    print(f"\nNotices, reasons and texts promised: {kept} of {owed} kept. Run as {user}.")
    for ident, problem in misses:
        print(f"- {ident}: {problem}")
    for problem in control_bytes(options.manifest.parent / "inputs"):
        print(f"- command: {problem}")
    return 0 if not misses else 1


if __name__ == "__main__":
    sys.exit(main())
