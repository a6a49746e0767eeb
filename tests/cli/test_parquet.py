"""Parquet out and in: a corpus through parts and back, foreign tables, and the programs that read parts in place."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus_tool.store.digest import corpus_hash
from corpus_tool.store.store import Store
from corpus_tool.writers import parquet_parts
from tests.cli.conftest import Run
from tests.cli.running import PLAIN, article, write_jsonl

pq = pytest.importorskip("pyarrow.parquet")
pa = pytest.importorskip("pyarrow")


@pytest.fixture
def press(ct: Run, tmp_path: Path) -> Path:
    """A corpus file of the samples and of what is hard: a name that is no UTF-8, labels, raw bytes in cp1252."""
    folder = tmp_path / "pers"
    folder.mkdir()
    (folder / "kop\udce9.txt").write_text("De brug over de vaart blijft een maand dicht voor alle verkeer.")
    (folder / "oud.txt").write_bytes("Datum: 18 juni 2018\n\nDe caf\xe9s in Li\xe8ge zijn open.\n".encode("cp1252"))
    write_jsonl(folder / "a.jsonl", *(article(n, Rubriek="Sport", date="2018-06") for n in range(5)))
    path = tmp_path / "press.db"
    assert ct("add", path, "seeds", folder, "--jobs", "1").code == 0
    return path


def all_of(path: Path) -> list[tuple[Any, Any]]:
    """The articles of a corpus file with their raw records, in order."""
    with Store.open(str(path)) as store:
        return [(made, store.raw_record(made)) for made in store.articles()]


def hash_of(path: Path) -> str:
    """The corpus hash of a file."""
    with Store.open(str(path)) as store:
        return corpus_hash(store)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_export_and_add_give_the_same_corpus(
    ct: Run, press: Path, tmp_path: Path, jobs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through parts with raw records: the same articles in the same order, raw bytes, facts, corpus hash."""
    monkeypatch.setattr(parquet_parts, "PART_ARTICLES", 17)
    monkeypatch.setattr(parquet_parts, "GROUP_ARTICLES", 7)
    parts, copy = tmp_path / "parts", tmp_path / "copy.db"
    assert ct("export", press, "-o", f"{parts}/", "--format", "parquet", "--raw").code == 0
    assert len(list(parts.iterdir())) == 3
    assert ct("add", copy, f"{parts}/", "--jobs", jobs).code == 0
    assert all_of(copy) == all_of(press)
    assert hash_of(copy) == hash_of(press)
    assert "already known" in ct("add", copy, f"{parts}/", "--jobs", jobs).err
    assert len(all_of(copy)) == len(all_of(press))


def test_what_came_back_can_be_inferred_anew(ct: Run, press: Path, tmp_path: Path) -> None:
    """The facts travel: a refresh of the copy works, and `show --raw` gives the very bytes."""
    copy = tmp_path / "copy.db"
    assert ct("export", press, "-o", tmp_path / "p.parquet", "--raw").code == 0
    assert ct("add", copy, tmp_path / "p.parquet", "--jobs", "1").code == 0
    assert ct("refresh", copy, "--what", "dates", "--jobs", "1").code == 0
    assert hash_of(copy) == hash_of(press)
    assert ct("show", copy, "oud", "--raw").stdout == (tmp_path / "pers" / "oud.txt").read_bytes()
    assert ct("check", copy).code == 0


def test_raw_sources_carry_the_same_records(ct: Run, press: Path, tmp_path: Path) -> None:
    """Straight from raw sources with --raw: what a corpus file of them would have."""
    done = ct("export", "seeds", tmp_path / "pers", "--raw", "-o", tmp_path / "p.parquet")
    assert done.code == 0
    assert "stored" not in done.err
    assert ct("add", tmp_path / "copy.db", tmp_path / "p.parquet", "--jobs", "1").code == 0
    assert all_of(tmp_path / "copy.db") == all_of(press)


def test_without_raw_the_articles_are_the_same(ct: Run, press: Path, tmp_path: Path) -> None:
    """Nothing but the raw records is missing; JSON Lines of either are the same bytes."""
    assert ct("export", press, "-o", tmp_path / "p.parquet").code == 0
    assert "raw" not in pq.read_schema(tmp_path / "p.parquet").names
    assert ct("export", tmp_path / "p.parquet").stdout == ct("export", press).stdout
    assert ct("list", tmp_path / "p.parquet").out == ct("list", press).out


def test_an_export_to_json_takes_the_raw_record_along(ct: Run, press: Path, tmp_path: Path) -> None:
    """From Parquet with raw records to JSON with them: as from the corpus file."""
    assert ct("export", press, "-o", tmp_path / "p.parquet", "--raw").code == 0
    assert ct("export", tmp_path / "p.parquet", "--raw").stdout == ct("export", press, "--raw").stdout


def test_a_raw_record_that_is_another(ct: Run, press: Path, tmp_path: Path) -> None:
    """Is not believed: its article is rejected and named, the others come."""
    assert ct("export", press, "-o", tmp_path / "p.parquet", "--raw").code == 0
    table = pq.read_table(tmp_path / "p.parquet")
    raw = table["raw"].to_pylist()
    raw[3] += b" en nog iets"
    facts = table["facts"].to_pylist()
    facts[5] = "[]"
    table = table.drop_columns(["raw", "facts"])
    table = table.append_column("raw", pa.array(raw)).append_column("facts", pa.array(facts))
    pq.write_table(table, tmp_path / "q.parquet")
    done = ct("add", tmp_path / "copy.db", tmp_path / "q.parquet", "--jobs", "1")
    assert done.code == 3
    assert "record 4" in done.err
    assert "record 6" in done.err
    assert len(all_of(tmp_path / "copy.db")) == table.num_rows - 2


def test_conditions_order_and_fields(ct: Run, press: Path, tmp_path: Path) -> None:
    """As for every other format."""
    file = tmp_path / "p.parquet"
    asked = ("--since", "2018", "--sort", "date", "-r", "-n", "4", "--fields", "id,date,source.path,extra.Rubriek")
    assert ct("export", press, *asked, "-o", file).code == 0
    rows = pq.read_table(file).to_pylist()
    expected = ct("export", press, *asked).jsonl
    assert [list(row.values())[:2] for row in rows] == [[row["id"], row["date"]] for row in expected]
    assert list(rows[0]) == ["id", "date", "path", "extra.Rubriek"]
    assert ct("filter", press, "-l", "fr", "-o", tmp_path / "fr.parquet").code == 0
    assert set(pq.read_table(tmp_path / "fr.parquet")["language"].to_pylist()) == {"fr"}


def test_where_it_is_written(ct: Run, press: Path, tmp_path: Path) -> None:
    """Never to standard output; a folder or file that is there is refused, and stays, unless forced."""
    ct("export", press, "--format", "parquet").failed(2, "-o parts/")
    ct("filter", press, "--raw", "-o", tmp_path / "x.parquet").failed(2, "export")
    parts = tmp_path / "parts"
    assert ct("export", press, "-n", "2", "-o", f"{parts}/", "--format", "parquet").code == 0
    ct("export", press, "-o", f"{parts}/", "--format", "parquet").failed(1, "not empty", "--force")
    assert ct("export", press, "-n", "3", "-o", parts, "--format", "parquet", "--force").code == 0
    assert pq.read_table(parts).num_rows == 3
    (tmp_path / "p.parquet").write_text("mine")
    ct("export", press, "-o", tmp_path / "p.parquet").failed(1, "exists")
    assert (tmp_path / "p.parquet").read_text() == "mine"


def test_a_foreign_table(ct: Run, tmp_path: Path) -> None:
    """A row a record: dates of their type, nested columns as extras, the raw record to be shown, bytes said so."""
    day = pa.array([1529452800000], pa.timestamp("ms"))
    columns = {
        "url": ["https://krant.example/a"],
        "kop": ["Brug dicht"],
        "published": day,
        "inhoud_nl": [article(1)["text"]],
        "tags": [["verkeer"]],
        "photo": [b"\xff\xd8"],
    }
    file = tmp_path / "crawl.parquet"
    pq.write_table(pa.table(columns), file)
    untold = ct("list", file, "-q", *PLAIN)
    assert (untold.code, len(untold.lines)) == (3, 1)
    assert "no-text-column" in untold.err
    done = ct("export", file, *PLAIN, "--map", "text=inhoud_nl")
    [row] = done.jsonl
    assert (row["title"], row["date"], row["extra"]) == ("Brug dicht", "2018-06-20", {"tags": ["verkeer"]})
    assert (row["source"]["format"], row["source"]["record"]) == ("parquet", 1)
    assert "1 notice" in done.err
    raw = ct("show", file, *PLAIN, "--map", "text=inhoud_nl", "--raw").stdout
    assert hashlib.sha256(raw).hexdigest()[:16] == row["id"]
    assert json.loads(raw)["published"] == "2018-06-20T00:00:00"
    db = tmp_path / "f.db"
    assert ct("add", db, file, *PLAIN, "--map", "text=inhoud_nl", "--jobs", "1").code == 0
    assert ct("show", db, "--raw").stdout == raw
    assert ct("check", db).code == 0
    ct("list", file, *PLAIN)


def test_standard_input(ct: Run, press: Path, tmp_path: Path) -> None:
    """A pipe of Parquet is read as the file is."""
    assert ct("export", press, "-o", tmp_path / "p.parquet").code == 0
    data = (tmp_path / "p.parquet").read_bytes()
    assert ct("export", "-", stdin=data).stdout == ct("export", press).stdout


def test_what_sniff_says(ct: Run, press: Path, tmp_path: Path) -> None:
    """The format by its first bytes, whatever the name."""
    assert ct("export", press, "-n", "3", "-o", tmp_path / "p.parquet").code == 0
    (tmp_path / "p.parquet").rename(tmp_path / "p.bin")
    [row] = ct("sniff", tmp_path / "p.bin").tsv
    assert (row["format"], row["articles"], row["encoding"]) == ("parquet", "3", "utf-8")
    assert "PAR1" in row["why"]


def test_damage(ct: Run, press: Path, tmp_path: Path) -> None:
    """A file cut short is an error of its own, exit 3; the files beside it are read."""
    folder = tmp_path / "parts"
    assert ct("export", press, "-n", "3", "-o", f"{folder}/", "--format", "parquet").code == 0
    data = (folder / "part-00000.parquet").read_bytes()
    (folder / "part-00001.parquet").write_bytes(data[:-9])
    done = ct("list", f"{folder}/", "--format", "ids")
    assert (done.code, len(done.lines)) == (3, 3)
    assert "[damaged-parquet]" in done.err


def test_without_the_library(ct: Run, press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading: an error of that file. Writing: nothing is begun. Both name the extra."""
    assert ct("export", press, "-n", "3", "-o", tmp_path / "p.parquet").code == 0
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    done = ct("list", "seeds/agency", tmp_path / "p.parquet", *PLAIN)
    assert (done.code, len(done.lines) > 1) == (3, True)
    assert "corpus-tool[parquet]" in done.err
    ct("export", press, "-o", tmp_path / "q.parquet").failed(1, "corpus-tool[parquet]")
    assert not (tmp_path / "q.parquet").exists()


def test_no_command_imports_it_in_passing(press: Path, process: Run, tmp_path: Path) -> None:
    """pyarrow takes longer to load than most commands take: only Parquet brings it."""
    code = (
        "import sys; from corpus_tool.cli import main; main.run(['list', sys.argv[1], 'seeds/agency']);"
        "sys.exit('pyarrow' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code, str(press)], cwd=root, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


# --- the programs that read parts in place -----------------------------------------------------------------

READERS = {
    "duckdb": 'import duckdb; print(*duckdb.sql(f"SELECT count(*), sum(words), count(DISTINCT language), '
    "count(*) FILTER (date_earliest >= DATE '2018-06-01'), max(len(also)) FROM '{folder}/*.parquet'\").fetchall()[0])",
    "polars": "import polars as pl; from datetime import date; t = pl.scan_parquet(f'{folder}/*.parquet').select("
    "pl.len().alias('n'), pl.col('words').sum(), pl.col('language').drop_nulls().n_unique(),"
    "(pl.col('date_earliest') >= date(2018, 6, 1)).sum(), pl.col('also').list.len().max()); print(*t.collect().row(0))",
    "pandas": "import pandas as pd, datetime; t = pd.read_parquet(folder); print(len(t), t['words'].sum(), "
    "t['language'].nunique(), (t['date_earliest'].dropna() >= datetime.date(2018, 6, 1)).sum(), "
    "t['also'].map(len).max())",
    "datasets": "from datasets import load_dataset; import datetime; t = load_dataset('parquet', data_files="
    "f'{folder}/*.parquet', split='train', cache_dir=f'{folder}/../cache'); r = list(t); print(len(r), "
    "sum(a['words'] for a in r), len({a['language'] for a in r} - {None}), sum(a['date_earliest'] is not None and "
    "a['date_earliest'] >= datetime.date(2018, 6, 1) for a in r), max(len(a['also']) for a in r))",
}


@pytest.mark.parametrize("program", READERS)
def test_parts_are_read_in_place(
    ct: Run, press: Path, tmp_path: Path, env: dict[str, str], program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB, Polars, pandas and `datasets` read several parts as one table, days as days, lists as lists."""
    if importlib.util.find_spec(program) is None:
        pytest.skip(f"{program} is not installed")
    monkeypatch.setattr(parquet_parts, "PART_ARTICLES", 17)
    parts = tmp_path / "parts"
    assert ct("export", press, "-o", f"{parts}/", "--format", "parquet", "--raw").code == 0
    made = [one for one, _ in all_of(press)]
    expected = (
        len(made),
        sum(one.words for one in made),
        len({one.language for one in made} - {None}),
        sum((one.date_earliest or "") >= "2018-06-01" for one in made),
        max(len(one.source.also or ()) for one in made),
    )
    code = f"folder = {str(parts)!r}; {READERS[program]}"
    offline = {**env, "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(tmp_path / "hf")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=offline, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(number) for number in expected]
