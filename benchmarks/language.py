"""How often systems name the right language, how sure they are of it, what they make of mixed text, how fast they are.

    python benchmarks/language.py [FOLDER] [--list nl=FILE]... [--systems ours,py3langid] [--only-core] [--limit N]
        [--expect nl,fr] [--mixed N] [--seed N] [--by-language]

FOLDER is of the form of NTREX-128: line-aligned files named by language (`nld.txt`, `srp-Cyrl.txt`), and
DOCUMENT_IDS.tsv with the document of each line. A list has an item a line. Prints Markdown; progress goes to stderr.

A system is a backend as it is (its most probable language), or our decisions on top of one (`lingua+ours`, and
`ours`, which is on top of `pooled`). `all` is the mean of the log probabilities of py3langid, lingua and fasttext, as
far as they are installed. Systems that take long get fewer items, evenly spaced; the tables say how many. Languages
are compared without script and region, members of a macrolanguage as one; Bokmål is Norwegian, Filipino Tagalog.

The prior is none, the languages of the folder as those to expect (with more than six only where `--expect` gives
some), or only the languages of the folder. Scores by length are without the analysis of mixed text.
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

from language_items import (
    LEVELS,
    SILENT,
    Item,
    Mixed,
    evenly,
    items_by_level,
    items_without_language,
    language_of,
    load_corpora,
    load_list,
    mixed_articles,
)
from language_systems import (
    CORE,
    OURS,
    Answer,
    Languages,
    System,
    cpu_seconds,
    langdetect_calls,
    load_systems,
)

from corpus_tool.model.langtag import normalize_language

FEW_LANGUAGES = 6
SURE = 0.9
BINS = 10
BATCH = 2000
CALIBRATED = ("sentence", "five words", "word")
ROUNDS = 3
TIMED_DOCUMENTS = 60
TIMED_SENTENCES = 300
PEER = "langdetect.detect"
_PRIOR_NAMES = {"none": "none", "expected": "expected", "only": "only these"}


@dataclass(frozen=True, slots=True)
class Scored:
    """An item and the answer to it."""

    item: Item
    answer: Answer

    @property
    def right(self) -> bool:
        """Whether the answer is the item's language."""
        return self.answer.language == self.item.language


Results = dict[tuple[str, str, str], list[Scored]]
"""System, prior and level → the scored items."""


def say(text: str) -> None:
    """Progress, on stderr."""
    print(f"[{process_time():7.1f} s] {text}", file=sys.stderr, flush=True)


def table(head: list[str], rows: Iterable[list[str]], left: int = 1) -> str:
    """A Markdown table whose first columns are words and the others numbers."""
    ruler = ["---"] * left + ["---:"] * (len(head) - left)
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ruler, *rows]) + "\n"


def percent(part: float, whole: float) -> str:
    """A share in percent, or a dash where there is nothing to share."""
    return f"{part / whole:.2%}".removesuffix("%") if whole else "–"


def share(found: Sequence[Scored], test: Callable[[Scored], bool]) -> str:
    """The percentage of scored items that meet a test."""
    return percent(sum(map(test, found)), len(found))


# --- by length -------------------------------------------------------------------------------------------------


def score(systems: list[System], levels: dict[str, list[Item]], languages: Languages) -> Results:
    """Ask every system about every item, with every prior that it takes."""
    results: Results = {}
    for system in systems:
        for prior in system.priors(languages):
            say(f"{system.name}, prior: {_PRIOR_NAMES[prior]}")
            for level, items in levels.items():
                asked = evenly(items, system.item_limit)
                answers: list[Answer] = []
                for begin in range(0, len(asked), BATCH):
                    texts = [item.text for item in asked[begin : begin + BATCH]]
                    answers += system.answers(texts, prior, languages)
                results[system.name, prior, level] = list(map(Scored, asked, answers))
    return results


_COLUMNS: dict[str, tuple[str, Callable[[Scored], bool], bool]] = {
    "document": ("document", lambda scored: scored.right, False),
    "paragraph": ("paragraph", lambda scored: scored.right, False),
    "sentence": ("sentence", lambda scored: scored.right, False),
    "five words": ("five words", lambda scored: scored.right, False),
    "word": ("word", lambda scored: scored.right, False),
    "word of one language": ("word", lambda scored: scored.right, True),
    "in capitals": ("capitals", lambda scored: scored.right, False),
    "subhead": ("subhead", lambda scored: scored.right, False),
    "subhead: undecided": ("subhead", lambda scored: scored.answer.language in SILENT, False),
    f"subhead: wrong, sure ≥ {SURE}": ("subhead", lambda scored: _surely_wrong(scored), False),
}
"""Column → level, what counts, and whether only words of one language do."""


def _surely_wrong(scored: Scored) -> bool:
    """Whether a wrong language is named with confidence."""
    return not scored.right and scored.answer.language not in SILENT and scored.answer.confidence >= SURE


def main_table(results: Results, levels: dict[str, list[Item]]) -> str:
    """Percentages by system and prior, with the number of items in parentheses where the first row has another."""
    columns = _COLUMNS | {level: (level, lambda scored: scored.right, False) for level in levels if level not in LEVELS}
    columns = {name: column for name, column in columns.items() if levels.get(column[0])}
    kept = {
        name: sum(item.unique or not unique for item in levels[level]) for name, (level, _, unique) in columns.items()
    }
    rows = [["items", "", *(f"{kept[name]:,}" for name in columns)]]
    for system, prior in dict.fromkeys((system, prior) for system, prior, _ in results):
        row = [system, _PRIOR_NAMES[prior]]
        for name, (level, test, unique) in columns.items():
            found = [scored for scored in results[system, prior, level] if scored.item.unique or not unique]
            count = "" if len(found) == kept[name] else f" ({len(found):,})"
            row.append(share(found, test) + count)
        rows.append(row)
    return table(["system", "prior", *columns], rows, left=2)


def language_table(results: Results, system: str) -> str:
    """The percentages of one system by language, and the languages most often named instead for sentences."""
    levels = list(dict.fromkeys(level for name, _, level in results if name == system))
    languages = sorted({scored.item.language for level in levels for scored in results[system, "none", level]})
    rows = []
    for language in languages:
        row = [language]
        for level in levels:
            found = [scored for scored in results[system, "none", level] if scored.item.language == language]
            row.append(share(found, lambda scored: scored.right))
        instead: dict[str, int] = {}
        for scored in results.get((system, "none", "sentence"), []):
            if scored.item.language == language and not scored.right:
                instead[scored.answer.language] = instead.get(scored.answer.language, 0) + 1
        most = sorted(instead.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
        rows.append([*row, ", ".join(f"{tag} {count}" for tag, count in most)])
    return table([system, *levels, "sentences taken for"], rows)


# --- calibration -----------------------------------------------------------------------------------------------


def bins(found: Iterable[Scored]) -> list[list[Scored]]:
    """The answers with a language, in ten bins of confidence."""
    parts: list[list[Scored]] = [[] for _ in range(BINS)]
    for scored in found:
        if scored.answer.language not in SILENT:
            parts[min(int(scored.answer.confidence * BINS), BINS - 1)].append(scored)
    return parts


def calibration_error(found: Sequence[Scored]) -> str:
    """The mean distance of confidence and share right over the bins, weighted by their answers, in percent."""
    parts = [part for part in bins(found) if part]
    return percent(sum(abs(_trust(part) - _right(part)) for part in parts), sum(map(len, parts)))


def _trust(part: list[Scored]) -> float:
    """The right answers that the confidences of a bin promise."""
    return sum(scored.answer.confidence for scored in part)


def _right(part: list[Scored]) -> int:
    """The right answers of a bin."""
    return sum(scored.right for scored in part)


def calibration_tables(results: Results) -> str:
    """The calibration error of every system, and the bins of ours."""
    rows = [
        [system, _PRIOR_NAMES[prior], *(calibration_error(results[system, prior, level]) for level in CALIBRATED)]
        for system, prior in dict.fromkeys((system, prior) for system, prior, _ in results)
    ]
    text = table(["expected calibration error, %", "prior", *CALIBRATED], rows, left=2)
    for prior in _PRIOR_NAMES:
        if (OURS, prior, CALIBRATED[0]) in results:
            text += f"\nReliability of {OURS}, prior: {_PRIOR_NAMES[prior]}\n\n" + _reliability(results, prior)
    return text


def _reliability(results: Results, prior: str) -> str:
    """For each bin and length the answers, their mean confidence, and the percentage that is right."""
    by_level = [bins(results[OURS, prior, level]) for level in CALIBRATED]
    rows = []
    for number in range(BINS):
        row = [f"{number / BINS:.1f}–{(number + 1) / BINS:.1f}"]
        for parts in by_level:
            part = parts[number]
            row += [f"{len(part):,}", percent(_trust(part), len(part)), percent(_right(part), len(part))]
        rows.append(row)
    head = [name for level in CALIBRATED for name in (f"{level}: answers", "confidence", "right")]
    return table(["confidence", *head], rows)


# --- mixed text ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Letters:
    """Foreign letters: those found in the right language, those found at all, and those there are."""

    right: int = 0
    found: int = 0
    there: int = 0

    def add(self, article: Mixed, spans: Iterable[tuple[int, int, str]]) -> None:
        """Count the letters of an article."""
        self.there += _letters(article.text[article.start : article.end])
        for start, end, tag in spans:
            language = language_of(tag)
            if language in (article.language, *SILENT):
                continue
            self.found += _letters(article.text[start:end])
            if language == article.foreign:
                self.right += _letters(article.text[max(start, article.start) : min(end, article.end)])

    def f1(self) -> str:
        """The harmonic mean of precision and recall, in percent."""
        return percent(2 * self.right, self.found + self.there)


def _letters(text: str) -> int:
    """The number of letters."""
    return sum(map(str.isalpha, text))


def mixed_table(systems: list[System], articles: list[Mixed], languages: Languages) -> str:
    """Foreign letters in mixed articles by kind, and what is made of pure ones."""
    kinds = [kind for kind in dict.fromkeys(article.kind for article in articles) if kind != "pure"]
    rows = []
    for system in systems:
        asked = evenly([article for article in articles if article.kind != "pure"], system.article_limit)
        pure = evenly([article for article in articles if article.kind == "pure"], system.article_limit)
        for prior in system.priors(languages):
            if system.decides:
                say(f"{system.name}, mixed text, prior: {_PRIOR_NAMES[prior]}")
                rows.append(_mixed_row(system, prior, asked, pure, kinds, languages))
    head = [*(f"F1, {kind}" for kind in kinds), "F1, all", "precision", "recall", "main language right", "articles"]
    return table(["mixed text", "prior", *head, "pure ones flagged", "pure ones"], rows, left=2)


def _mixed_row(
    system: System, prior: str, asked: list[Mixed], pure: list[Mixed], kinds: list[str], languages: Languages
) -> list[str]:
    """The numbers of one system under one prior."""
    total, by_kind, main = Letters(), {kind: Letters() for kind in kinds}, 0
    for article, found in zip(asked, _decisions(system, prior, asked, languages), strict=True):
        spans = [(start, end, tag) for start, end, tag in found.spans]
        total.add(article, spans)
        by_kind[article.kind].add(article, spans)
        main += language_of(found.tag) == article.language
    flagged = 0
    for article, found in zip(pure, _decisions(system, prior, pure, languages), strict=True):
        flagged += any(language_of(tag) not in (article.language, *SILENT) for _, _, tag in found.spans)
    return [
        *(system.name, _PRIOR_NAMES[prior]),
        *(letters.f1() for letters in by_kind.values()),
        *(total.f1(), percent(total.right, total.found), percent(total.right, total.there)),
        *(percent(main, len(asked)), f"{len(asked):,}", percent(flagged, len(pure)), f"{len(pure):,}"),
    ]


def _decisions(system: System, prior: str, articles: list[Mixed], languages: Languages) -> list[Any]:
    """What a system makes of articles, mixed text analyzed."""
    return system.decisions([article.text for article in articles], prior, languages, mixed=True)


# --- no language, speed ----------------------------------------------------------------------------------------


def no_language_table(systems: list[System], kinds: dict[str, list[str]]) -> str:
    """The percentage of texts without a language that get none, and of those that surely get one."""
    rows = []
    for system in systems:
        answers = {kind: system.answers(texts, "none", Languages((), ())) for kind, texts in kinds.items()}
        everything = [answer for part in answers.values() for answer in part]
        silent = [percent(sum(each.language in SILENT for each in part), len(part)) for part in answers.values()]
        sure = sum(each.language not in SILENT and each.confidence >= SURE for each in everything)
        none = sum(each.language in SILENT for each in everything)
        total = len(everything)
        rows.append([system.name, *silent, percent(none, total), percent(sure, total)])
    head = [f"{kind} ({len(texts)})" for kind, texts in kinds.items()]
    return table(["no language", *head, "all", f"a language, sure ≥ {SURE}"], rows)


def speed_table(systems: list[System], levels: dict[str, list[Item]]) -> str:
    """CPU time of documents and sentences beside langdetect's own call: the median of rounds, of slow systems one."""
    texts = {
        "document": [item.text for item in evenly(levels["document"], TIMED_DOCUMENTS)],
        "sentence": [item.text for item in evenly(levels["sentence"], TIMED_SENTENCES)],
    }
    works: dict[str, tuple[Callable[[list[str]], object], int]] = {PEER: (langdetect_calls, ROUNDS)}
    for system in systems:
        rounds = ROUNDS if system.item_limit is None else 1
        works[f"{system.name}{', mixed text off' * system.decides}"] = system.work(mixed=False), rounds
        if system.decides:
            works[f"{system.name}, mixed text on"] = system.work(mixed=True), rounds
    times: dict[tuple[str, str], list[float]] = {}
    for work, _ in works.values():
        work(texts["sentence"][:2])  # loads what there is to load
    for number in range(ROUNDS):
        say(f"speed, round {number + 1}")
        for level, items in texts.items():
            for name, (work, rounds) in works.items():
                if number < rounds:
                    times.setdefault((name, level), []).append(cpu_seconds(work, items))
    rows = []
    for name in works:
        row = [name]
        for level, items in texts.items():
            ratios = map(lambda peer, own: peer / own, times[PEER, level], times[name, level])
            row += [
                f"{1000 * statistics.median(times[name, level]) / len(items):.2f}",
                f"{statistics.median(ratios):.1f}",
            ]
        rows.append(row)
    head = [text for level, items in texts.items() for text in (f"{level}, ms ({len(items)})", "times as fast")]
    return table(["CPU time", *head], rows)


# --- the command -----------------------------------------------------------------------------------------------


def _split(text: str) -> tuple[str, ...]:
    """The parts between commas."""
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _tags(text: str) -> tuple[str, ...]:
    """The canonical tags of codes between commas."""
    tags = {code: normalize_language(code) for code in _split(text)}
    unknown = [code for code, tag in tags.items() if tag is None]
    if unknown:
        raise argparse.ArgumentTypeError(f"no language has the code {', '.join(unknown)}")
    return tuple(tag for tag in tags.values() if tag is not None)


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", nargs="?", type=Path, help="line-aligned files of the NTREX form")
    parser.add_argument("--list", action="append", default=[], metavar="nl=FILE", help="words or sentences, one a line")
    parser.add_argument("--systems", type=_split, default=(), help="which, with commas between; default: all installed")
    parser.add_argument("--only-core", action="store_true", help=f"only {', '.join(CORE)}")
    parser.add_argument("--limit", type=int, help="items per language and length; default: all, and 2000 words")
    parser.add_argument("--expect", type=_tags, default=(), metavar="nl,fr", help="the languages to expect")
    parser.add_argument("--mixed", type=int, help="mixed articles per pair and kind; default 4, many languages 1")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--by-language", action="store_true", help="also the scores of the first system by language")
    given = parser.parse_args()
    if given.folder is None and not given.list:
        parser.error("a folder or a --list is needed")
    return given


def main() -> None:
    """Print the tables."""
    given = options()
    corpora = load_corpora(given.folder) if given.folder else []
    levels = items_by_level(corpora, given.limit) if corpora else {}
    lists = dict(map(load_list, given.list))
    levels |= {name: evenly(items, given.limit) for name, items in lists.items()}
    listed = {item.language for items in lists.values() for item in items}
    only = tuple(sorted({corpus.tag for corpus in corpora} | (listed - {corpus.language for corpus in corpora})))
    few = len(only) <= FEW_LANGUAGES
    languages = Languages(given.expect or (only if few else ()), only)
    systems, left_out = load_systems(given.systems, only_core=given.only_core)
    if not systems:
        sys.exit("\n".join(["no system can be measured", *left_out]))
    print(f"Languages: {', '.join(only)}. Expected: {', '.join(languages.expected) or 'none'}. Seed {given.seed}.\n")
    print("".join(f"- {line}\n" for line in dict.fromkeys(system.source.version() for system in systems)))
    for reason in left_out:
        print(f"Left out: {reason}\n")
    results = score(systems, levels, languages)
    print(
        f"Right answers in percent; another number of items than in the first row is in parentheses.\n\n"
        f"{main_table(results, levels)}",
        flush=True,
    )
    if given.by_language:
        print(language_table(results, systems[0].name), flush=True)
    if corpora:
        print(calibration_tables(results), flush=True)
        articles = mixed_articles(corpora, given.mixed if given.mixed is not None else 4 if few else 1, given.seed)
        print(mixed_table(systems, articles, languages), flush=True)
    print(no_language_table(systems, items_without_language(given.seed)), flush=True)
    if corpora:
        print(speed_table(systems, levels), flush=True)


if __name__ == "__main__":
    main()
