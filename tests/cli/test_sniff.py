"""`corpus-tool sniff`: what would be read, as which format, and why."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.running import PLAIN


def test_every_file_has_a_row_with_its_reason(ct: Run, tmp_path: Path) -> None:
    """In a pipe: TSV, one row a file: format, encoding, how many articles, why; a receipt on request."""
    done = ct("sniff", "seeds/databases", "seeds/marked", "seeds/encodings", *PLAIN, "--receipt", tmp_path / "r.json")
    rows = {Path(row["path"]).name: row for row in done.tsv}
    assert list(done.tsv[0]) == ["path", "outcome", "format", "encoding", "articles", "known", "rejected", "why"]
    assert (rows["articles.jsonl"]["format"], rows["articles.jsonl"]["articles"]) == ("jsonl", "3")
    assert (rows["dossier-europe.txt"]["format"], rows["dossier-europe.txt"]["articles"]) == ("delimited", "3")
    assert rows["2018-07-16_champions-du-monde.txt"]["encoding"] == "cp1252"
    assert all(row["why"] for row in rows.values())
    assert done.err == "corpus-tool: 11 articles from 5 files\n"
    assert json.loads((tmp_path / "r.json").read_text())["totals"]["records"] == 11


def test_json_gives_the_fields_of_the_first_record(ct: Run) -> None:
    """`--json`: what the first record states, field by field, foreign labels under `extra.`."""
    (row,) = ct("sniff", "seeds/headers/klimaatakkoord.txt", *PLAIN, "--json").json
    assert row["fields"]["date"] == "12 december 2015"
    assert row["fields"]["extra.Pagina"] == "4"
    assert (row["outcome"], row["articles"], row["known"]) == ("loaded", 1, 0)


def test_what_is_not_read_is_said(ct: Run, tmp_path: Path) -> None:
    """Empty, hidden and unsupported files have a row and a reason; damage is exit 3 and told on stderr."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / "page.html").write_text("<p>een</p>")
    done = ct("sniff", tmp_path, *PLAIN)
    assert done.code == 0
    assert [(row["outcome"], row["format"]) for row in done.tsv] == [("skipped", "")] * 3
    assert all(row["why"] for row in done.tsv)
    (tmp_path / "bad.csv").write_text('id,text\n1,"open\n')
    damaged = ct("sniff", tmp_path, *PLAIN)
    assert damaged.code == 3
    assert "[unbalanced-quote]" in damaged.err
    assert "Close the quote" in damaged.err


def test_empty_folder_and_missing_source(ct: Run, tmp_path: Path) -> None:
    """Nothing to sniff is a header line or `[]`; a source that is not there exit 2."""
    assert ct("sniff", tmp_path).out == "path\toutcome\tformat\tencoding\tarticles\tknown\trejected\twhy\n"
    assert ct("sniff", tmp_path, "--json").out == "[]\n"
    assert ct("sniff", tmp_path).err == "corpus-tool: 0 articles from 0 files\n"
    ct("sniff", "missing/").failed(2, "does not exist")


def test_a_profile_changes_what_is_read(ct: Run, tmp_path: Path) -> None:
    """A profile with a delimiter and labels: sniff shows the split and the fields it makes."""
    (tmp_path / "pile.txt").write_text(
        "Verschenen: 3 mei 2019\n\nEen eerste bericht over de trein naar Gent.\n%%%\n"
        "Verschenen: 4 mei 2019\n\nEen tweede bericht over de trein naar Brugge.\n"
    )
    (tmp_path / "mine.yaml").write_text("name: mine\ndelimiter: '%%%'\nlabels:\n  date: [Verschenen]\n")
    (row,) = ct("sniff", tmp_path / "pile.txt", *PLAIN, "--profile", tmp_path / "mine.yaml", "--json").json
    assert (row["articles"], row["fields"]["date"]) == (2, "3 mei 2019")
    dates = ct("list", tmp_path / "pile.txt", *PLAIN, "--profile", tmp_path / "mine.yaml", "--fields", "date").lines
    assert dates == ["date", "2019-05-03", "2019-05-04"]
    (tmp_path / "bad.yaml").write_text("delimitr: x\n")
    ct("sniff", tmp_path / "pile.txt", "--profile", tmp_path / "bad.yaml").failed(2, "delimitr", "delimiter")


def test_table_is_at_most_as_wide_as_asked(ct: Run) -> None:
    """The page for people: path, format and counts, reasons and fields indented below, inside 80 columns."""
    done = ct("sniff", "seeds", *PLAIN, "--format", "table")
    assert max(map(len, done.lines)) <= 80
    assert "seeds/databases/articles.jsonl  jsonl, utf-8, 3 articles" in done.lines
    assert "0 articles, 1 already known" in " ".join(done.lines)
    assert "      extra.Pagina  4" in done.lines
