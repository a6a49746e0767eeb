"""What cleaning gets right, what it leaves alone, and how fast it is.

    python benchmarks/normalize.py GOLD.jsonl [NTREX_FOLDER]

GOLD.jsonl has an object a line: `id`, `lang`, `rule` (a rule that ends in `-not` is a trap: text that must stay
as it is), `raw`, `clean`. NTREX_FOLDER holds the NTREX-128 sentences as `nld.txt` and `fra.txt`.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import ftfy
from articles import load_articles

from corpus_tool import normalize

LANGUAGES = {"nld": "nl", "fra": "fr"}
REPEATS = 5
LINES_PER_BROKEN = 10
_BLANKS = re.compile("[ \u00a0\u202f\u2007\u200b]+")


def table(head: list[str], rows: Iterable[list[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"


# --- the gold ----------------------------------------------------------------------------------------------


def gold(path: Path) -> None:
    """Print how many cases come out exactly, by rule, and each that does not."""
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    right = {case["id"]: normalize(case["raw"], language=case["lang"]).text == case["clean"] for case in cases}
    rules = sorted({case["rule"] for case in cases}, key=lambda rule: (rule.endswith("-not"), rule))
    rows: list[list[object]] = [_score(rule, [c for c in cases if c["rule"] == rule], right) for rule in rules]
    rows.append(_score("traps", [c for c in cases if c["rule"].endswith("-not")], right))
    rows.append(_score("**all**", cases, right))
    print(table(["rule", "cases", "exact", "share"], rows))
    missed = [case for case in cases if not right[case["id"]]]
    rows = [
        [c["id"], c["rule"], _code(c["clean"]), _code(normalize(c["raw"], language=c["lang"]).text)] for c in missed
    ]
    print(table(["miss", "rule", "expected", "given"], rows or [["none", "", "", ""]]))


def _score(name: str, cases: list[dict[str, Any]], right: dict[str, bool]) -> list[object]:
    exact = sum(right[case["id"]] for case in cases)
    return [name, len(cases), exact, f"{exact / max(len(cases), 1):.3f}"]


def _code(text: str) -> str:
    return f"`{text!r}`".replace("|", "\\|")


# --- correct and broken sentences --------------------------------------------------------------------------


def sentences(folder: Path) -> dict[str, list[str]]:
    """The sentences by language."""
    texts = {code: (folder / f"{name}.txt").read_text(encoding="utf-8") for name, code in LANGUAGES.items()}
    return {code: text.rstrip("\n").split("\n") for code, text in texts.items()}


def unchanged(by_language: dict[str, list[str]]) -> None:
    """Print how many correct sentences are changed beyond their blanks, cleaned once and twice."""
    rows: list[list[object]] = []
    for code, lines in by_language.items():
        for name, language in ((code, code), ("not given", None)):
            once = [normalize(line, language=language).text for line in lines]
            twice = [normalize(line, language=language).text for line in once]
            first = sum(map(_differs, lines, once))
            rows.append(
                [code, name, len(lines), first, sum(map(_differs, lines, twice)), sum(map(str.__ne__, once, twice))]
            )
    print(table(["sentences in", "language", "number", "changed", "after a second run", "by the second run"], rows))


def _differs(raw: str, clean: str) -> bool:
    return _blanks(raw) != clean


def _blanks(text: str) -> str:
    return re.sub(" +", " ", _BLANKS.sub(lambda m: m.group().replace("\u200b", "") and " ", text)).strip()


def broken(by_language: dict[str, list[str]]) -> None:
    """Print the share of sentences that come back exactly after a wrong decoder had them once or twice."""
    rows: list[list[object]] = []
    for code, lines in by_language.items():
        wanted = [normalize(line, language=code).text for line in lines]
        for name, wreck in WRECKS.items():
            for times in (1, 2):
                damaged = [_repeated(wreck, line, times) for line in lines]
                back = [normalize(line, language=code).text for line in damaged]
                hurt = [n for n, line in enumerate(damaged) if line != lines[n]]
                exact = sum(back[n] == wanted[n] for n in hurt)
                rows.append([code, name, times, len(hurt), exact, f"{exact / len(hurt):.4%}"])
    print(table(["sentences in", "UTF-8 read as", "times", "broken", "exact", "share"], rows))


def as_cp1252(text: str) -> str:
    """UTF-8 read as cp1252, its undefined bytes as C1 codes."""
    return "".join(_cp1252(byte) for byte in text.encode())


def _cp1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252" if byte not in b"\x81\x8d\x8f\x90\x9d" else "latin-1")


def as_latin1(text: str) -> str:
    """UTF-8 read as latin-1."""
    return text.encode().decode("latin-1")


WRECKS: dict[str, Callable[[str], str]] = {"cp1252": as_cp1252, "latin-1": as_latin1}


def _repeated(function: Callable[[str], str], text: str, times: int) -> str:
    for _ in range(times):
        text = function(text)
    return text


# --- speed -------------------------------------------------------------------------------------------------


def speed(folder: Path) -> None:
    """Print the speed beside `ftfy.fix_text`, side by side, all default rules and the offset map included."""
    raw = load_articles(folder)
    clean = [normalize(article).text for article in raw]
    texts = {
        "articles, as they stand": raw,
        "articles, clean": clean,
        "articles, one line in ten broken": list(map(_break_some, clean)),
        "sentences, one in ten broken": ["\n".join(_break_lines("\n".join(clean).split("\n")))],
    }
    rows: list[list[object]] = []
    for name, items in texts.items():
        ours, theirs = side_by_side(normalize, ftfy.fix_text, items)
        size = sum(map(len, items))
        rows.append([name, f"{size / ours / 1e6:.1f}", f"{size / theirs / 1e6:.2f}", f"{theirs / ours:.1f} ×"])
    print(table(["text", "normalize, million characters/s", "ftfy.fix_text", "ratio"], rows))


def side_by_side(one: Callable[[str], object], two: Callable[[str], object], items: list[str]) -> tuple[float, float]:
    """The best time of each function over all items, run in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS):
        for function, kept in zip((one, two), times, strict=True):
            start = time.perf_counter()
            for item in items:
                function(item)
            kept.append(time.perf_counter() - start)
    return min(times[0]), min(times[1])


def _break_some(article: str) -> str:
    return "\n".join(_break_lines(article.split("\n")))


def _break_lines(lines: list[str]) -> list[str]:
    return [as_cp1252(line) if number % LINES_PER_BROKEN == 0 else line for number, line in enumerate(lines)]


def main(arguments: list[str]) -> int:
    """Print one table a part."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    gold(Path(arguments[0]))
    if len(arguments) > 1:
        folder = Path(arguments[1])
        by_language = sentences(folder)
        unchanged(by_language)
        broken(by_language)
        speed(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
