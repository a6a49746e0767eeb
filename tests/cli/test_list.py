"""`corpus-tool list`: one line per article."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import CONTROLS, PLAIN, ROOT, article, write_jsonl

HEADER = "id\tdate\tlanguage\twords\ttitle"


def test_two_documents_have_the_measured_values(ct: Run, two: Path) -> None:
    """The walkthrough: the Dutch one dated to the month and untitled, the French one titled and undated."""
    done = ct("list", two)
    assert (done.code, done.lines[0], done.err) == (0, HEADER, "corpus-tool: 2 articles from 2 files\n")
    dutch, french = done.tsv
    assert (dutch["date"], dutch["language"], dutch["title"]) == ("2018-06", "nl", "")
    assert (french["date"], french["language"]) == ("", "fr")
    assert french["title"] == "Immigration : Microsoft entre deux chaises"
    assert [len(row["id"]) for row in (dutch, french)] == [16, 16]


def test_every_flat_format_has_the_same_columns_and_values(ct: Run) -> None:
    """TSV, CSV and JSON tell the same of an article, and `ids` gives full ids without a header."""
    tsv = ct("list", "seeds", *PLAIN)
    assert tsv.lines[0] == HEADER
    assert len(tsv.tsv) == 36
    rows = list(csv.DictReader(io.StringIO(ct("list", "seeds", *PLAIN, "--format", "csv").out)))
    assert [list(row.values()) for row in rows] == [list(row.values()) for row in tsv.tsv]
    assert ct("list", "seeds", *PLAIN, "--format", "ids").lines == [row["id"] for row in tsv.tsv]


def test_json_has_the_keys_of_the_contract_in_their_order(ct: Run) -> None:
    """`--json` is a list of objects with the ten keys, JSON Lines the same objects one a line."""
    done = ct("list", "seeds/databases", *PLAIN, "--json")
    keys = ["id", "name", "title", "date", "date_earliest", "date_latest", "language", "words", "outlet", "source"]
    assert [list(row) for row in done.json] == [keys] * 6
    lines = ct("list", "seeds/databases", *PLAIN, "--format", "jsonl")
    assert [json.loads(line) for line in lines.lines] == done.json
    assert ct("list", "seeds/databases", *PLAIN, "--format", "json").stdout == done.stdout


def test_empty_folder_is_an_answer(ct: Run, tmp_path: Path) -> None:
    """Nothing found: a header line or `[]`, `0 articles` on stderr, exit 0; with -e exit 1."""
    for form, expected in (("tsv", f"{HEADER}\n"), ("csv", "id,date,language,words,title\n"), ("ids", "")):
        done = ct("list", tmp_path, "--format", form, *PLAIN)
        assert (done.code, done.out) == (0, expected)
        assert done.err == "corpus-tool: 0 articles from 0 files\n"
    assert (ct("list", tmp_path, "--json", *PLAIN).out, ct("list", tmp_path, "--format", "jsonl", *PLAIN).out) == (
        "[]\n",
        "",
    )
    assert ct("list", tmp_path, "-e", *PLAIN).code == 1


@pytest.mark.parametrize("sources", [["missing/"], ["seeds/", "missing/"], ["seeds/", "none-*.txt"]])
def test_missing_source_stops_before_anything_is_written(ct: Run, sources: list[str]) -> None:
    """A named source or glob that is not there: exit 2, said so, nothing on stdout, not even a header."""
    ct("list", *sources, *PLAIN).failed(2, sources[-1], "name a file, a folder, a glob in quotes, or -")


def test_missing_source_leaves_no_receipt(ct: Run, tmp_path: Path) -> None:
    """A run that never starts writes no receipt."""
    ct("list", "missing/", "--receipt", tmp_path / "r.json").failed(2)
    assert list(tmp_path.iterdir()) == []


def test_no_source_is_help_with_three_examples(ct: Run) -> None:
    """Without a source: help on stderr, exit 2, nothing on stdout."""
    for command in ("list", "filter", "export", "show", "sniff"):
        done = ct(command).failed(2, f"Usage: corpus-tool {command}")
        assert done.err.count(f"  corpus-tool {command} ") >= 3


def test_sources_keep_their_order_and_folders_are_walked_by_bytes(ct: Run, tmp_path: Path) -> None:
    """Sources as given; inside a folder by the bytes of the path, a folder as `name/`."""
    for number, name in enumerate(("b.jsonl", "a/x.jsonl", "a.jsonl", "Z.jsonl", "é.jsonl")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write_jsonl(tmp_path / name, article(number))
    done = ct("list", f"{tmp_path}/é.jsonl", tmp_path, *PLAIN, "--fields", "name", "--format", "tsv")
    assert done.lines == ["name", "é", "Z", "a", "x", "b"]


def test_globs_are_expanded_by_us_too(ct: Run) -> None:
    """A quoted glob reads what it matches, also across folders."""
    names = ct("list", "seeds/encodings/*.txt", "seeds/**/brit*.txt", *PLAIN, "--fields", "name").lines[1:]
    assert names == ["2018-07-16_champions-du-monde", "trou-noir", "britain-votes"]


def test_fields_sort_reverse_and_limit(ct: Run) -> None:
    """`--fields` picks columns, `--sort` puts unknown values last, `-r` turns round, `-n` cuts and says so."""
    dates = ct("list", "seeds", *PLAIN, "--fields", "date", "--sort", "date").lines[1:]
    known = [date for date in dates if date]
    assert known == sorted(known)
    assert dates == known + [""] * (36 - len(known))
    assert 0 < len(known) < 36
    plain = ct("list", "seeds/databases", *PLAIN, "--fields", "title,id", "--format", "csv").lines
    assert plain[0] == "title,id"
    assert (
        ct("list", "seeds/databases", *PLAIN, "--fields", "title,id", "-r", "--format", "csv").lines[1:] == plain[:0:-1]
    )
    limited = ct("list", "seeds/databases", *PLAIN, "-n", "2")
    assert len(limited.lines) == 3
    assert "2 of 6 articles from 2 files · 6 matched" in limited.err


def test_foreign_and_nested_fields_can_be_asked_for(ct: Run) -> None:
    """`extra.LABEL` and `source.format` are fields as well."""
    done = ct("list", "seeds/headers/klimaatakkoord.txt", *PLAIN, "--fields", "extra.Pagina,source.format")
    assert done.lines == ["extra.Pagina\tsource.format", "4\tlabeled"]


def test_language_codes_and_names_ask_for_the_same(ct: Run) -> None:
    """`nl`, `nld`, `Dutch` and `Nederlands` are one language; several, by comma or repeated, are alternatives."""
    stated = ("list", "seeds/databases/articles.jsonl", *PLAIN, "--format", "ids")
    dutch = ct(*stated, "-l", "nl").lines
    assert len(dutch) == 1
    for name in ("nld", "Dutch", "nederlands", "NL"):
        assert ct(*stated, "-l", name).lines == dutch
    assert ct(*stated, "-l", "nl,fr").lines == ct(*stated, "-l", "nl", "-l", "French").lines
    assert len(ct(*stated, "-l", "nl,fr").lines) == 2


def test_valid_language_that_nobody_uses_is_an_empty_answer(ct: Run) -> None:
    """`-l sv` is no mistake: exit 0 and a header line."""
    done = ct("list", "seeds/databases/articles.jsonl", *PLAIN, "-l", "sv")
    assert (done.code, done.lines) == (0, [HEADER])
    assert done.err.startswith("corpus-tool: 0 of 3 articles from 1 file")


def test_overlap_is_said(ct: Run, tmp_path: Path) -> None:
    """A month meets a day inside it, stderr says how many came in that way; `within` does not take it."""
    source = write_jsonl(tmp_path / "a.jsonl", article(1, date="2018-06"), article(2, date="2018-06-20"), article(3))
    asked = ("list", source, *PLAIN, "--since", "2018-06-15", "--fields", "date")
    loose = ct(*asked)
    assert loose.lines[1:] == ["2018-06", "2018-06-20"]
    assert "1 only because the date is not known to the day" in loose.err
    strict = ct(*asked, "--date-match", "within")
    assert strict.lines[1:] == ["2018-06-20"]
    assert "only because" not in strict.err


def test_a_sample_is_the_same_every_time_and_another_with_another_seed(ct: Run) -> None:
    """`--sample` depends on the articles and the seed alone, and keeps their order."""
    asked = ("list", "seeds", *PLAIN, "--format", "ids")
    everything = ct(*asked).lines
    first = ct(*asked, "--sample", "7").lines
    assert first == ct(*asked, "--sample", "7", "--seed", "0").lines
    assert first == [one for one in everything if one in set(first)]
    assert len(first) == 7
    assert ct(*asked, "--sample", "7", "--seed", "1").lines != first


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--since", "2018-13"], ["'2018-13' is no date", "2018-06"]),
        (["-l", "xx"], ["'xx'", "near it: "]),
        (["--sort", "dat"], ["'dat' is no field", "date, "]),
        (["--fields", "id,dat"], ["'dat' is no field", "date, "]),
        (["--has", "dat"], ["'dat' is no field"]),
        (["--detector", "x"], ["'x'", "the detectors are: pooled, py3langid, langdetect, lingua, fasttext, pycld2,"]),
        (["--rule", "nbps=keep"], ["'nbps'", "nbsp"]),
        (["--encoding", "utf-9"], ["'utf-9'", "utf-8"]),
        (["--input-format", "jsno"], ["'jsno'", "json"]),
        (["--split", "("], ["'('", "regular expression"]),
        (["--matches", "("], ["'('", "regular expression"]),
        (["--format", "tvs"], ["'tvs'", "'tsv'"]),
        (["--formt", "tsv"], ["--formt", "--format"]),
        (["-n", "-1"], ["whole number"]),
        (["--min-date-confidence", "2"], ["from 0 to 1"]),
        (["--max-file-size", "2 apples"], ["'2 apples'", "64MB"]),
        (["--config", "nowhere.yaml"], ["nowhere.yaml"]),
        (["--profile", "nowhere.yaml"], ["nowhere.yaml"]),
        (["--map", "title"], ["name=value"]),
    ],
)
def test_unknown_values_name_what_is_known(ct: Run, arguments: list[str], told: list[str]) -> None:
    """A value that is none: exit 2, nothing on stdout, the value and the ones near it on stderr."""
    ct("list", "seeds/", *arguments).failed(2, *told)


def test_hints_fit_a_narrow_terminal(ct: Run) -> None:
    """A long hint is broken into lines of at most 80 columns."""
    done = ct("list", "seeds/", "--sort", "dat").failed(2)
    assert len(done.err.splitlines()) > 2
    assert max(map(len, done.err.splitlines())) <= 80


def test_table_in_a_pipe_is_plain_and_not_capped(ct: Run, tmp_path: Path) -> None:
    """`--format table` outside a terminal: no color, no box, every row, at most $COLUMNS wide."""
    source = write_jsonl(tmp_path / "a.jsonl", *(article(n, title=f"Titel {n} " * 20) for n in range(60)))
    done = ct("list", source, *PLAIN, "--format", "table")
    assert len(done.lines) == 61
    assert "\x1b" not in done.out
    assert max(map(len, done.lines)) <= 80
    assert done.lines[0].split() == ["id", "date", "language", "words", "title"]


def test_any_width_works(ct: Run) -> None:
    """On 1 and 20 columns no line is wider, and nothing breaks."""
    for width in (1, 20, 40):
        done = ct("list", "seeds/databases", *PLAIN, "--format", "table", COLUMNS=str(width))
        assert (done.code, len(done.lines)) == (0, 7)
        assert max(map(len, done.lines)) <= width


def test_color_is_decided_by_flag_then_environment(ct: Run) -> None:
    """A pipe has no color unless FORCE_COLOR or --color asks; NO_COLOR and --color never forbid it."""
    asked = ("list", "seeds/databases", *PLAIN, "--format", "table")

    def colored(*more: str, **environ: str) -> bool:
        return "\x1b[" in ct(*asked, *more, **environ).out

    assert not colored()
    assert colored(FORCE_COLOR="1")
    assert not colored(FORCE_COLOR="1", NO_COLOR="1")
    assert not colored(NO_COLOR="1", TERM="dumb")
    assert colored("--color", "always", NO_COLOR="1")
    assert not colored("--color", "never", FORCE_COLOR="1")
    assert colored(CORPUS_TOOL_COLOR="always")
    assert not ct("list", "seeds/databases", *PLAIN, FORCE_COLOR="1").out.count("\x1b")


def test_quiet_and_verbose(ct: Run) -> None:
    """`-q` leaves stderr empty where nothing is damaged; `-v` tells notices that are else only counted."""
    assert ct("list", "seeds", *PLAIN, "-q").err == ""
    usual, verbose = ct("list", "seeds", *PLAIN).err, ct("list", "seeds", *PLAIN, "-v").err
    assert "2 notices" in usual
    assert "notice: " not in usual
    assert verbose.count("notice: ") == 2


def test_damage_names_file_record_line_and_what_to_do(ct: Run, tmp_path: Path) -> None:
    """A rejected record: exit 3, told also with -q, with file, record, line, code and the next thing to try."""
    source = write_jsonl(tmp_path / "a.jsonl", article(1), article(2))
    source.write_text(source.read_text() + "{oops\n")
    done = ct("list", source, *PLAIN, "-q")
    assert (done.code, len(done.lines)) == (3, 3)
    assert done.err.startswith(f"corpus-tool: rejected: {source}, record 3, line 3: ")
    assert done.err.splitlines()[0].endswith("[bad-record]")
    assert done.err.splitlines()[1].startswith("  ")
    assert "1 rejected" in ct("list", source, *PLAIN).err
    assert ct("list", source, *PLAIN, "--max-words", "0", "-e").code == 1


def test_many_problems_of_a_kind_are_counted_not_poured_out(ct: Run, tmp_path: Path) -> None:
    """Twenty rejections are told, the rest is a number that says how to see all."""
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps(article(1)) + "\n" + "{oops\n" * 25)
    done = ct("list", source, *PLAIN)
    assert done.err.count("rejected: ") == 20
    assert "5 more [bad-record]" in done.err
    assert ct("list", source, *PLAIN, "-v").err.count("rejected: ") == 25


def test_strict_ends_at_the_first_problem(ct: Run, tmp_path: Path) -> None:
    """`--strict`: stdout ends there, exit 1, the problem told once."""
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps(article(1)) + "\n{oops\n" + json.dumps(article(2)) + "\n")
    done = ct("list", source, *PLAIN, "--strict")
    assert (done.code, len(done.lines)) == (1, 2)
    assert done.err.count("[bad-record]") == 1
    assert f"{source}, record 2, line 2" in done.err


def test_hostile_titles_and_names_reach_no_terminal_raw(ct: Run, tmp_path: Path) -> None:
    """Escapes, C1, bidi and Rich markup in titles and names are shown, never acted on, in table and messages."""
    title = "Rood \x1b[31m [red]boven[/] \u202ebidi \x9b2J [/]"
    source = write_jsonl(tmp_path / "a\x1b[2J\u202e[red]x.jsonl", article(1, title=title), {"text": "kort"})
    table = ct("list", tmp_path, *PLAIN, "--format", "table", "--fields", "title,name,source", "-v", COLUMNS="250")
    assert not CONTROLS.search(table.out + table.err)
    assert "[red]boven[/]" in table.out
    assert "a\\u001b[2J\\u202e[red]x" in table.out
    assert "a\\x1b[2J\\u202e[red]x.jsonl" in table.err
    flat = ct("list", tmp_path, *PLAIN, "--fields", "title,name,source")
    assert not CONTROLS.search(flat.out)
    assert source.name.encode() not in flat.stderr
    ct("list", tmp_path / "no\x1b]0;pwned\x07", *PLAIN).failed(2)
    assert not CONTROLS.search(ct("list", tmp_path / "no\x1b]0;pwned\x07", *PLAIN).err)


def test_a_name_that_is_not_utf8_is_spelled(ct: Run, tmp_path: Path) -> None:
    """A file name with a byte of another encoding is read and spelled out everywhere."""
    path = bytes(tmp_path) + b"/caf\xe9.jsonl"
    with open(path, "wb") as file:
        file.write(json.dumps(article(1)).encode())
    assert ct("list", tmp_path, *PLAIN, "--fields", "name", "--format", "csv").lines[1:] == ["caf\\udce9"]
    assert ct("list", tmp_path, *PLAIN, "--format", "table", "--fields", "name").lines[1:] == ["caf\\udce9"]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus as a corpus file."""
    from corpus_tool.corpus import Corpus
    from corpus_tool.model.options import ReadOptions

    path = tmp_path_factory.mktemp("stored") / "pers.db"
    with pytest.MonkeyPatch.context() as patch, Corpus.create(path) as corpus:
        patch.chdir(ROOT)
        corpus.add("seeds", options=ReadOptions(detector="none"))
    return path


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["--json"],
        ["--format", "jsonl"],
        ["--format", "csv"],
        ["--format", "md"],
        ["--format", "ids"],
        ["--fields", "name,extra,source.path,normalization"],
        ["--fields", "id,inference", "--json"],
        *(["--sort", name, "--fields", "name"] for name in ("date", "title", "words", "source", "authors", "outlet")),
        ["--sort", "date", "-r", "-n", "5"],
        ["--sort", "words", "-r", "-n", "5"],
        ["-r", "-n", "3"],
        ["-n", "0"],
        ["--sample", "7", "--seed", "3"],
        ["--sample", "7", "--sort", "words", "-n", "3"],
        ["--sample", "3", "--since", "2015"],
        ["--dated", "--min-words", "100"],
        ["--since", "2018-06-15", "--until", "2020"],
        ["--on", "2018", "--date-match", "within", "-n", "2"],
        ["--contains", "klimaat", "--matches", r"\bde\b"],
        ["--source", "seeds/databases/*", "--has", "outlet"],
        ["-n", "99999999999999999999", "--min-words", "1"],
        ["--max-words", "99999999999999999999", "-r", "--sort", "authors", "-n", "99999999999999999999"],
        ["--min-date-confidence", "0.9"],
        ["-l", "nl", "-e"],
        ["--has", "extra.Pagina"],
    ],
)
def test_a_corpus_file_lists_what_its_sources_list(ct: Run, stored: Path, asked: list[str]) -> None:
    """The same bytes and exit code, the same counts on stderr."""
    raw, kept = ct("list", "seeds", *asked, *PLAIN), ct("list", stored, *asked)
    assert (kept.code, kept.out) == (raw.code, raw.out)
    [told] = kept.err.splitlines()
    expected = [part for part in raw.err.splitlines()[-1].split(" · ") if "known" not in part and "notice" not in part]
    expected = [part for part in expected if "skipped" not in part and "rejected" not in part and "error" not in part]
    assert told.replace("from 1 file", "") == " · ".join(expected).replace(f"from {_files(raw.err)} files", "")


def _files(err: str) -> str:
    return err.splitlines()[-1].partition("from ")[2].split()[0]


def test_two_corpus_files_and_raw_sources(ct: Run, stored: Path, tmp_path: Path) -> None:
    """Together, each article once, in the order given; raw ones are read by their options."""
    write_jsonl(tmp_path / "meer.jsonl", article(1, language="nl"), article(2))
    ct("add", tmp_path / "meer.db", tmp_path / "meer.jsonl", *PLAIN)
    ids = ("--format", "ids", "-q")
    one, two = (ct("list", path, *ids).lines for path in (stored, tmp_path / "meer.db"))
    assert ct("list", stored, tmp_path / "meer.db", stored, *ids).lines == [*one, *two]
    done = ct("list", tmp_path / "meer.jsonl", stored, "seeds", *PLAIN, "--format", "ids")
    assert done.lines == [*two, *one]
    assert "37 already known" in done.err
    raws = [row["raw"] for row in ct("list", stored, tmp_path / "meer.db", "--fields", "raw", "--json").json]
    assert len(raws) == 38


@pytest.mark.parametrize(
    "option", [["--encoding", "utf-8"], ["--detector", "none"], ["--rule", "nbsp=keep"], ["--only", "nl"]]
)
def test_options_of_reading_are_refused_for_a_corpus_file(ct: Run, stored: Path, option: list[str]) -> None:
    """It was read already; `refresh` is named."""
    ct("list", stored, *option).failed(2, option[0], "a corpus file was read already", "corpus-tool refresh")
    assert ct("list", stored, "seeds/marked", *option, "-q").code == 0


def test_settings_of_reading_are_none_for_a_corpus_file(ct: Run, stored: Path) -> None:
    """What the environment says of raw sources does not concern it."""
    assert ct("list", stored, CORPUS_TOOL_DETECTOR="geen", CORPUS_TOOL_ENCODING="geen").code == 0


def test_a_pipe_that_closes_early(process: Run, tmp_path: Path) -> None:
    """`list pers.db | head -1` ends without a word on stderr."""
    import subprocess
    import sys

    write_jsonl(tmp_path / "veel.jsonl", *(article(n, title="x" * 300) for n in range(2000)))
    assert process("add", tmp_path / "veel.db", tmp_path / "veel.jsonl", *PLAIN).code == 0
    for command in (
        ["list", "veel.db"],
        ["export", "veel.db"],
        ["kwic", "veel.db", "trein"],
        ["search", "veel.db", "trein"],
    ):
        child = subprocess.Popen(
            [sys.executable, "-m", "corpus_tool", *command],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(100)
        child.stdout.close()
        told = child.stderr.read()
        child.stderr.close()
        child.wait(timeout=60)
        assert told == b"", command
