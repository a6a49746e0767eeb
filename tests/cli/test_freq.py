"""`corpus-tool freq`: frequency lists of words and n-grams."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import CONTROLS, PLAIN, write_jsonl

HEADER = "rank\tword\tfrequency\tper_million\tdocuments\tdp"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Three articles, two Dutch and a French one, that are easily counted by hand."""
    return write_jsonl(
        tmp_path / "three.jsonl",
        {"title": "De trein", "text": "De trein rijdt en de trein staat stil.", "language": "nl", "date": "2018-06"},
        {"title": "Het weer", "text": "Het regent vandaag. De zon schijnt morgen.", "language": "nl", "date": "2018"},
        {"title": "L’été", "text": "L’été est là, l'hiver est passé.", "language": "fr"},
    )


def test_columns_and_order(ct: Run, three: Path) -> None:
    """The most frequent first, equal ones by the alphabet; folded, cut at apostrophes, the title counted."""
    done = ct("freq", three, *PLAIN)
    assert done.lines[0] == HEADER
    rows = [(row["rank"], row["word"], row["frequency"], row["documents"]) for row in done.tsv[:5]]
    assert rows == [("1", "de", "4", "2"), ("2", "l", "3", "1"), ("3", "trein", "3", "1"), ("4", "est", "2", "1"),
                    ("5", "ete", "2", "1")]  # fmt: skip
    assert "29 words, 19 different, 13 only once" in done.err
    assert done.tsv[0]["per_million"] == str(round(4e6 / 29, 4))


def test_dispersion_is_that_of_the_formula(ct: Run, three: Path) -> None:
    """`de` is 3 + 1 + 0 times in articles of 10, 9 and 10 words: DP, DPnorm and D by hand."""
    sizes, counts = (10, 9, 10), (3, 1, 0)
    dp = sum(abs(n / 4 - s / 29) for n, s in zip(counts, sizes, strict=True)) / 2
    rates = [n / s for n, s in zip(counts, sizes, strict=True)]
    mean = sum(rates) / 3
    variation = (sum((rate - mean) ** 2 for rate in rates) / 3) ** 0.5 / mean
    for name, expected in (("dp", dp), ("dpnorm", dp / (1 - 9 / 29)), ("juilland-d", 1 - variation / 2**0.5)):
        row = ct("freq", three, *PLAIN, "--dispersion", name, "-n", "1", "--json").json["rows"][0]
        assert row[name.replace("-", "_")] == pytest.approx(expected, abs=0.0001)
    assert "dp" not in ct("freq", three, *PLAIN, "--dispersion", "none").lines[0]


def test_json_tells_what_it_rests_on(ct: Run, three: Path) -> None:
    """Settings, version, formula with its source, and the sums; the rows are those of TSV and JSON Lines."""
    told = ct("freq", three, *PLAIN, "--min-count", "2", "--json").json
    assert told["settings"]["min_count"] == 2
    assert told["tool"]
    assert told["notes"]["dispersion"]["largest_error"] == 0
    assert "Gries" in told["notes"]["dispersion"]["source"]
    assert told["groups"] == [{"articles": 3, "tokens": 29, "types": 19, "hapaxes": 13, "listed": 6}]
    lines = ct("freq", three, *PLAIN, "--min-count", "2", "--format", "jsonl").jsonl
    assert lines == told["rows"]
    table = ct("freq", three, *PLAIN, "--min-count", "2", "--format", "csv").out
    flat = list(csv.DictReader(io.StringIO(table)))
    assert [(row["word"], int(row["frequency"])) for row in flat] == [(row["word"], row["frequency"]) for row in lines]


def test_by_group(ct: Run, three: Path) -> None:
    """A list for each group with ranks and shares of its own; -n is for each; partial dates are marked."""
    told = ct("freq", three, *PLAIN, "--by", "language", "-n", "1", "--json").json
    assert [(row["language"], row["rank"], row["word"], row["per_million"]) for row in told["rows"]] == [
        ("nl", 1, "de", round(4e6 / 19, 4)),
        ("fr", 1, "l", round(3e6 / 10, 4)),
    ]
    months = ct("freq", three, *PLAIN, "--by", "month", "-n", "1").tsv
    assert [(row["month"], row["partial"]) for row in months] == [
        ("2018-06", "false"),
        ("2018", "true"),
        ("undated", "false"),
    ]
    assert "3 groups" in ct("freq", three, *PLAIN, "--by", "month").err


def test_spelling(ct: Run, three: Path) -> None:
    """--accents minds accents, --case both."""

    def words(*more: str) -> set[str]:
        return {row["word"] for row in ct("freq", three, *PLAIN, *more).tsv}

    assert {"ete", "la", "de"} <= words()
    assert {"été", "là", "de"} <= words("--accents")
    assert {"été", "là", "De", "de", "L", "l"} <= words("--case")


def test_ngrams(ct: Run, three: Path) -> None:
    """Pairs do not reach from the title into the text; within sentences they end there."""
    grams = {row["ngram"]: row["frequency"] for row in ct("freq", three, *PLAIN, "--ngrams", "2").tsv}
    assert grams["de trein"] == "3"
    assert grams["vandaag de"] == "1"
    assert "trein de" not in grams
    within = ct("freq", three, *PLAIN, "--ngrams", "2", "--within", "sentence").tsv
    assert "vandaag de" not in {row["ngram"] for row in within}


def test_which_words_are_listed(ct: Run, three: Path, tmp_path: Path) -> None:
    """By count, length, pattern and stop words, which are folded as the text is; the totals stay."""
    stop = tmp_path / "stop.txt"
    stop.write_text("# lidwoorden\nDE het\nÉté\n", encoding="utf-8")

    def words(*more: object) -> list[str]:
        return [row["word"] for row in ct("freq", three, *PLAIN, *more).tsv]

    assert words("--min-count", "3") == ["de", "l", "trein"]
    assert words("--min-length", "7") == ["schijnt", "vandaag"]
    assert words("--only-words", "^re|ein$") == ["trein", "regent"]
    assert {"de", "het", "ete"}.isdisjoint(words("--stopwords", stop))
    assert words("--stopwords", "none") == words()
    listed = ct("freq", three, *PLAIN, "--stopwords", stop, "-n", "1", "--json").json
    assert (listed["rows"][0]["word"], listed["rows"][0]["rank"], listed["groups"][0]["tokens"]) == ("l", 1, 29)
    grams = ct("freq", three, *PLAIN, "--ngrams", "2", "--stopwords", stop).tsv
    assert all({"de", "het", "ete"}.isdisjoint(row["ngram"].split()) for row in grams)


def test_order_and_shares(ct: Run, three: Path) -> None:
    """By word, documents or dispersion, reversed; shares of as many as asked for."""
    assert [row["word"] for row in ct("freq", three, *PLAIN, "--sort", "word", "-n", "2").tsv] == ["de", "en"]
    assert ct("freq", three, *PLAIN, "--sort", "documents", "-n", "1").tsv[0]["word"] == "de"
    assert ct("freq", three, *PLAIN, "--sort", "dispersion", "-n", "1").tsv[0]["word"] == "de"
    assert ct("freq", three, *PLAIN, "--sort", "word", "-r", "-n", "1").tsv[0]["word"] == "zon"
    assert ct("freq", three, *PLAIN, "--per", "1000", "-n", "1").tsv[0]["per_1000"] == str(round(4000 / 29, 4))


def test_the_frequency_of_a_word_is_its_number_of_hits(ct: Run) -> None:
    """A concordance of a word has as many lines, title included, in as many articles."""
    rows = {row["word"]: row for row in ct("freq", "seeds", *PLAIN).tsv}
    for word in ("europe", "union", "de", "l"):
        lines = ct("kwic", "seeds", word, *PLAIN, "--format", "tsv").tsv
        assert len(lines) == int(rows[word]["frequency"])
        assert len({line["id"] for line in lines}) == int(rows[word]["documents"])


def test_a_table(ct: Run, three: Path) -> None:
    """Numbers aligned, the measure named below, nothing wider than the screen."""
    lines = ct("freq", three, *PLAIN, "-n", "2", "--format", "table").lines
    assert lines[0].split() == HEADER.split()
    assert lines[1].split()[:3] == ["1", "de", "4"]
    assert lines[-1].startswith("dp: Gries's DP")
    assert max(map(len, lines)) <= 80


def test_long_lists_are_capped_on_a_terminal(ct: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty words, or ten of each of several groups, and how many there are; with -n as many as asked for."""
    monkeypatch.setattr("corpus_tool.cli.output.to_terminal", lambda: True)
    texts = (" ".join(f"{letter}{n}" for n in range(60)) for letter in "ab")
    path = write_jsonl(tmp_path / "m.jsonl", *({"text": text, "outlet": f"K{text[0]}"} for text in texts))
    assert "50 of 120 shown; -n N shows more" in ct("freq", path, *PLAIN, NO_COLOR="1").lines
    grouped = ct("freq", path, *PLAIN, "--by", "outlet", NO_COLOR="1").lines
    assert "20 of 120 shown; -n N shows more" in grouped
    assert [line.split()[:2] for line in grouped[1:12]] == [["Ka", str(n)] for n in range(1, 11)] + [["Kb", "1"]]
    assert not any("shown" in line for line in ct("freq", path, *PLAIN, "-n", "2", NO_COLOR="1").lines)


def test_conditions_and_empty_answers(ct: Run, three: Path, tmp_path: Path) -> None:
    """Conditions take articles away; nothing to count is a header line."""
    assert ct("freq", three, *PLAIN, "-l", "fr", "-n", "1").tsv[0]["word"] == "l"
    none = ct("freq", three, *PLAIN, "-l", "de", "-e")
    assert (none.code, none.out) == (1, f"{HEADER}\n")
    assert ct("freq", tmp_path / "three.jsonl", *PLAIN, "-l", "de", "--json").json["rows"] == []
    assert ct("freq", three, *PLAIN, "-l", "de", "--format", "table").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--ngrams", "0"), ("--ngrams 0",)),
        (("--ngrams", "11"), ("1 to 10",)),
        (("--per", "0"), ("--per 0",)),
        (("--only-words", "("), ("--only-words", "no regular expression")),
        (("--stopwords", "missing.txt"), ("missing.txt", "cannot be read")),
        (("--sort", "dispersion", "--dispersion", "none"), ("--sort dispersion",)),
        (("--by", "moth"), ("'moth' is no key",)),
    ],
)
def test_what_means_nothing_is_refused(ct: Run, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Before anything is read, with what to do instead."""
    ct("freq", "seeds", *arguments).failed(2, *words)


def test_a_pattern_may_not_work_for_ever(ct: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that explodes ends with a message, not with patience."""
    from corpus_tool.cli import freq_command

    monkeypatch.setattr(freq_command, "PATTERN_SECONDS", 0.05)
    path = write_jsonl(tmp_path / "a.jsonl", {"text": f"{'a' * 60}b en nog een paar woorden"})
    ct("freq", path, *PLAIN, "--only-words", "^(a|aa|aaa)+$").failed(1, "took too long", "make it simpler")


def test_hostile_text_is_not_passed_on(ct: Run, tmp_path: Path) -> None:
    """Controls, bidi marks and formulas in a text end up in no word and in no group raw."""
    record = {"text": "=cmd() \x1b[31mrood\u202e zin die lang genoeg is", "outlet": "K\u202e\x1b"}
    path = write_jsonl(tmp_path / "h.jsonl", record)
    for form in ("table", "tsv", "csv", "json", "jsonl"):
        done = ct("freq", path, *PLAIN, "--by", "outlet", "--format", form, "--case")
        assert done.code == 0
        assert not CONTROLS.search(done.out.replace("\t", ""))
