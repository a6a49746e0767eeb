"""How often systems tell when an article appeared and what a time expression denotes, how sure, and how fast.

    python benchmarks/dates.py GOLD.yaml... [--held-out FILE]... [--peers] [--failures] [--pages FILE.jsonl]
        [--texts FOLDER] [--rounds N] [--no-speed]

GOLD is a YAML list of items: `id`, `lang`, `class`, `text`; `gold`, an EDTF date or null where nothing can be known;
`accept`, other right answers (`unknown`: silence is right too); `updated`, the date of the last change; `task`, `pub`
or `mention`; `ref`, the reference; `kind`, `text`, `filename` or `url`. A held-out file has items that nothing was
fitted to: they count with the others and once more on their own. `dates_pages.py` tells the form of FILE.jsonl, and
`articles.py` that of FOLDER (without one, the texts of the gold are timed).

Strict: value and precision are those of the gold or of an accepted answer, silence where the gold is null or silence
is accepted. Lenient: one of answer and gold lies within the other, so that a full day within the gold's month or
weekend counts. Right of answered is strict. Silent is of the items with null and no accepted date. For a mention the
answer is the only one found; several count as a wrong one. Calibration is of strict answers on publication.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import yaml
from articles import IDS, load_articles
from dates_pages import ask_pages, load_pages, page_row, share
from dates_peers import Answer, Ours, Question, System, load_systems, versions

from corpus_tool import EdtfDate, find_dates, infer_date

UNKNOWN = "unknown"
TASKS = {"pub": "publication", "mention": "mentions"}
NTREX = {"nld": "nl", "fra": "fr"}
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
CUT = 70
TIMED_TEXTS = 100
LONG, SHORT = 64 * 1024, 1300
BLOCK_SECONDS = 0.02
BLOCKS = 5
SHAPES = {
    "dates everywhere": (
        "Op 18 juni 2018 kwam het bericht, op 19/06/2018 het antwoord en op 2018-06-20 nog een brief. Gisteren, "
        "dinsdag 3 juli, was het stil; vorige week en in mei 2017 ook. Gepubliceerd op 4 juli 2018 om 9:12.\n\n"
    ),
    "digits everywhere": (
        "12.345 stemmen, 20,18 euro, 3-2 en 6-4, 02/345.67.89, 10.3.1, 46/12, 1.000.000, 20 18 06 20 1 2 3, "
        "99-99-9999, kamer 2018-45, 0032 2 345 67 89, 7:5, 31/31/3131, 4e, 12e, 2018/2019/2020\n\n"
    ),
    "no digits": (
        "Maandag zei de burgemeester dat het plein vorige zomer te klein was. In mei zou het anders zijn, zo hoorde de "
        "raad gisteren; volgende week, misschien in maart, valt het besluit.\n\n"
    ),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the gold with its right answers."""

    ident: str
    group: str
    question: Question
    gold: str | None
    accept: tuple[str, ...]
    updated: str | None
    task: str
    held_out: bool

    @property
    def silence_is_right(self) -> bool:
        """Whether to say nothing is a right answer."""
        return self.gold is None or UNKNOWN in self.accept

    @property
    def dates(self) -> list[str]:
        """Every date that is a right answer."""
        return [date for date in (self.gold, *self.accept) if date is not None and date != UNKNOWN]


@dataclass(frozen=True, slots=True)
class Scored:
    """An item and the answer to it."""

    item: Item
    answer: Answer

    @property
    def strict(self) -> bool:
        """Whether value and precision are right."""
        return self.item.silence_is_right if self.answer.date is None else self.answer.date in self.item.dates

    @property
    def lenient(self) -> bool:
        """Whether the answer is right at the coarser of both precisions."""
        date = self.answer.date
        return self.strict or (date is not None and any(agree(date, right) for right in self.item.dates))


def table(head: list[str], rows: Iterable[Sequence[object]], left: int = 1) -> str:
    """A Markdown table whose first columns are words and the others numbers."""
    ruler = ["---"] * left + ["---:"] * (len(head) - left)
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in [head, ruler, *rows]) + "\n"


def load_gold(path: Path, *, held_out: bool) -> list[Item]:
    """The items of a file; YAML may have read a bare year or day as a number or a date."""
    return [
        Item(
            ident=str(row["id"]),
            group=row["class"],
            question=Question(row["text"], row["lang"], _text(row.get("ref")), row.get("kind", "text")),
            gold=_text(row.get("gold")),
            accept=tuple(map(str, row.get("accept") or ())),
            updated=_text(row.get("updated")),
            task=row.get("task", "pub"),
            held_out=held_out,
        )
        for row in yaml.safe_load(path.read_text(encoding="utf-8")) or ()
    ]


def _text(value: object) -> str | None:
    """A value as a string, nothing as nothing."""
    return None if value is None else str(value)


def agree(one: str, two: str) -> bool:
    """Whether one of two EDTF dates lies within the other; false for what is no date."""
    try:
        first, second = EdtfDate.parse(one).unqualified, EdtfDate.parse(two).unqualified
    except ValueError:
        return False
    return first.intersection(second) in (first, second)


def ask(system: System, item: Item) -> Scored:
    """Put an item to a system."""
    if item.task == "pub":
        return Scored(item, system.publication(item.question))
    found = system.mentions(item.question)
    return Scored(item, Answer(f"several: {', '.join(found)}" if len(found) > 1 else next(iter(found), None)))


# --- what is right ---------------------------------------------------------------------------------------------


def scores(results: dict[str, list[Scored]], title: str) -> None:
    """Print the systems side by side, publication and mentions apart."""
    head = ["items", "strict", "lenient", "answered", "right of answered", "silent when nothing is known"]
    for task, name in TASKS.items():
        rows = [_score_row(system, _of_task(found, task)) for system, found in results.items()]
        if rows and rows[0][1]:
            print(table([f"{name}{title}", *head], rows))


def _score_row(name: str, found: list[Scored]) -> list[object]:
    """A system's row of the main table."""
    answered = [one for one in found if one.answer.date is not None]
    nothing = [one.answer.date is None for one in found if not one.item.dates]
    return [
        name,
        len(found),
        share([one.strict for one in found]),
        share([one.lenient for one in found]),
        len(answered),
        share([one.strict for one in answered]),
        share(nothing),
    ]


def _of_task(found: Sequence[Scored], task: str) -> list[Scored]:
    """The scored items of a task."""
    return [one for one in found if one.item.task == task]


def groups(found: list[Scored]) -> None:
    """Print ours, strict, by class and by language."""
    keys: dict[str, Callable[[Scored], str]] = {
        "class": lambda one: one.item.group,
        "language": lambda one: str(one.item.question.language),
    }
    for name, key in keys.items():
        rows = [
            [value, task, len(part), sum(one.strict for one in part), share([one.strict for one in part])]
            for task in TASKS
            for value in dict.fromkeys(key(one) for one in _of_task(found, task))
            if (part := [one for one in _of_task(found, task) if key(one) == value])
        ]
        if name == "language":
            rows.sort(key=lambda row: (list(TASKS).index(str(row[1])), str(row[0])))
        print(table([name, "task", "items", "right", "share"], rows, left=2))


def beside_the_date(found: list[Scored]) -> None:
    """Print how the dates of last changes and the evidence of ours hold up."""
    published = _of_task(found, "pub")
    stating = [one for one in published if one.item.updated is not None]
    right = sum(one.answer.modified == one.item.updated for one in stating)
    invented = sum(one.answer.modified is not None for one in published if one.item.updated is None)
    answered = [one for one in published if one.answer.date is not None]
    rows = [
        ["`updated` right, of the items that state one", right, len(stating)],
        ["`updated` given, of the items that state none", invented, len(published) - len(stating)],
        ["evidence whose spans hold its text, of the answers", sum(o.answer.evident for o in answered), len(answered)],
    ]
    print(table(["ours, beside the date", "items", "of"], rows))


def failures(found: list[Scored]) -> None:
    """Print each item that ours gets wrong, strictly."""
    rows = [
        [
            one.item.ident,
            one.item.group,
            _cell(one.item.question.text),
            _wanted(one.item),
            one.answer.date or "–",
            _method(one),
        ]
        for one in found
        if not one.strict
    ]
    print(table(["failure", "class", "text", "gold", "got", "method"], rows or [["none", *[""] * 5]], left=6))


def _cell(text: str) -> str:
    """The start of a text on one line, safe in a table."""
    cut = text if len(text) <= CUT else text[: CUT - 1] + "…"
    return cut.replace("\n", "⏎").replace("|", "\\|")


def _wanted(item: Item) -> str:
    """The gold and what else is accepted."""
    return " or ".join(dict.fromkeys([item.gold or UNKNOWN, *item.accept]))


def _method(one: Scored) -> str:
    """The method of an answer, with its confidence where it has one."""
    return f"{one.answer.method} {one.answer.confidence:.2f}" if one.answer.method else "–"


# --- how sure --------------------------------------------------------------------------------------------------


Stake = tuple[float, bool]
"""The confidence of an answer and whether it was right."""


def stakes(found: Iterable[Scored]) -> list[Stake]:
    """The answers on publication."""
    return [
        (one.answer.confidence, one.strict) for one in found if one.item.task == "pub" and one.answer.date is not None
    ]


def calibration(made: list[Stake], title: str) -> None:
    """Print a reliability table; its last row is the expected calibration error."""
    rows: list[list[object]] = []
    error = 0.0
    for low, high in zip(EDGES, (*EDGES[1:], 1.01), strict=True):
        part = [(sure, right) for sure, right in made if low <= sure < high]
        if not part:
            continue
        mean, right = statistics.fmean(sure for sure, _ in part), statistics.fmean(right for _, right in part)
        error += len(part) / len(made) * abs(mean - right)
        rows.append([f"{low:g}–{min(high, 1):g}", len(part), f"{mean:.3f}", f"{right:.3f}", f"{right - mean:+.3f}"])
    rows.append(["**expected calibration error**", len(made), "", "", f"{error:.3f}" if made else "–"])
    print(table([f"confidence, {title}", "answers", "mean", "right", "difference"], rows))


# --- how fast --------------------------------------------------------------------------------------------------


def texts_to_time(folder: Path | None, items: list[Item]) -> list[Question]:
    """The articles of a folder or the texts of the gold, evenly spaced where there are many."""
    if folder is None:
        texts = [item.question for item in items if item.question.kind == "text"]
    elif (folder / IDS).exists():
        texts = [Question(text, code) for name, code in NTREX.items() for text in load_articles(folder, (name,))]
    else:
        texts = [Question(text) for text in load_articles(folder)]
    count = min(len(texts), TIMED_TEXTS)
    return [texts[number * len(texts) // count] for number in range(count)]


def speed(systems: list[System], texts: list[Question], rounds: int, title: str) -> None:
    """Print CPU time a text, all systems on the same texts in turns, as ratios of the first system's."""
    spent: dict[str, list[float]] = {system.name: [] for system in systems}
    prepared = {system.name: list(map(system.prepare, texts)) for system in systems}
    for system in systems:
        for text in prepared[system.name][:: max(len(texts) // 10, 1)]:
            system.work(text)  # imports, locales and patterns are made before the clock runs
    for _ in range(rounds):
        for system in systems:
            system.reset()
            start = process_time()
            for text in prepared[system.name]:
                system.work(text)
            spent[system.name].append(process_time() - start)
    middle = {name: statistics.median(times) for name, times in spent.items()}
    ours = middle[systems[0].name]
    rows = [
        [name, f"{took / len(texts) * 1000:.3f}", f"{took / ours:.1f} ×", f"{ours / took:.4f}"]
        for name, took in middle.items()
    ]
    mean = sum(len(text.text) for text in texts) / len(texts)
    head = [f"CPU, {len(texts)} {title} of {mean:,.0f} characters, median of {rounds} rounds"]
    print(table([*head, "ms a text", "times ours", "ours as a share of it"], rows))


def growth() -> None:
    """Print how the time of ours grows from the start of a text to all of it."""
    rows: list[list[object]] = []
    for name, paragraph in SHAPES.items():
        text = (paragraph * (LONG // len(paragraph) + 1))[:LONG]
        row: list[object] = [name]
        for function in (infer_date, find_dates):
            short, long = (_seconds(function, part) for part in (text[:SHORT], text))
            row += [f"{short * 1000:.3f}", f"{long * 1000:.3f}", f"{long / short:.1f}"]
        rows.append(row)
    columns = [
        f"{function}, {what}" for function in ("infer_date", "find_dates") for what in ("short", "long", "ratio")
    ]
    print(table([f"ms, {SHORT:,} and {LONG:,} characters ({LONG / SHORT:.0f} times as many)", *columns], rows))


def _seconds(function: Callable[..., Any], text: str) -> float:
    """CPU seconds of a call: the best block of calls, each block long enough for the clock."""
    calls, best = 1, float("inf")
    function(text, language="nl")
    for _ in range(BLOCKS):
        while True:
            start = process_time()
            for _ in range(calls):
                function(text, language="nl")
            if (spent := process_time() - start) >= BLOCK_SECONDS:
                break
            calls *= 2
        best = min(best, spent / calls)
    return best


def pages(systems: list[System], path: Path) -> None:
    """Print how systems do on the text of real pages, and how sure ours is there."""
    found = load_pages(path)
    asked = [ask_pages(system, found) for system in systems]
    head = ["pages", "exact when shown", "answered", "right of answered", "silent when not shown", "CPU ms a page"]
    print(
        table(
            [f"{sum(page.shown for page in found)} of {len(found)} pages show their date", *head],
            [page_row(score, found) for score in asked],
        )
    )
    pairs = zip(found, asked[0].answers, strict=True)
    calibration([(a.confidence, page.right(a)) for page, a in pairs if a.date is not None], "pages")


def main(arguments: list[str]) -> int:
    """Print one table a part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD")
    parser.add_argument("--held-out", action="append", default=[], type=Path, metavar="FILE")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--pages", type=Path, metavar="FILE")
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args(arguments)
    held_out = {path.resolve() for path in options.held_out}
    files = {path.resolve(): path for path in [*options.gold, *options.held_out]}
    items = [item for real, path in files.items() for item in load_gold(path, held_out=real in held_out)]
    systems = load_systems(peers=options.peers)
    if options.peers:
        print(f"{versions(systems)}\n")
    results = {system.name: [ask(system, item) for item in items] for system in systems}
    ours = results[Ours.name]
    unseen = {name: [one for one in found if one.item.held_out] for name, found in results.items()}
    scores(results, "")
    if held_out:
        scores(unseen, ", held out")
    groups(ours)
    beside_the_date(ours)
    if options.failures:
        failures(ours)
    calibration(stakes(ours), "publication")
    if held_out:
        calibration(stakes(unseen[Ours.name]), "publication, held out")
    if options.pages:
        pages(systems, options.pages)
    if not options.no_speed:
        texts = texts_to_time(options.texts, items)
        speed(systems, texts, options.rounds, "articles" if options.texts else "texts of the gold")
        growth()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
