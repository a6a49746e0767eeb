import json
from pathlib import Path
from typing import Any

import pytest

from corpus_tool.model.article import Article
from corpus_tool.model.evidence import Evidence, Inferred
from corpus_tool.writers.base import WriteOptions
from corpus_tool.writers.registry import load_writer
from tests.unit.building import PROSE, article, run, source


def exported(folder: Path, name: str, *articles: Article, **options: Any) -> Path:
    """A file that holds these articles."""
    path = folder / f"uit.{name}"
    with path.open("wb") as out:
        load_writer(name).write(articles, out, WriteOptions(**options))
    return path


def changed(folder: Path, item: Article, **values: Any) -> tuple[list[Article], list[str]]:
    """What is read of an export in which some values were changed, and what was noticed."""
    path = folder / "uit.jsonl"
    path.write_text(json.dumps({**item.to_dict(), **values}) + "\n")
    articles, options = run(path, detector="none")
    return articles, [note.code for note in options.receipt.files[0].diagnostics]


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_everything_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    """An exported article comes back equal: nothing is inferred again, its first source stays its source."""
    item = article(
        date="2018-06",
        language="fr",  # not the language of its text: it is not asked again
        title=None,  # its text opens with none, and none is looked for
        text=f"Kop\n\n{PROSE}",
        extra={"Oplage": 12, "id": "x"},
        source=source(also=("b.txt", "c.jsonl#2")),
        raw="caf\udce9",
        inference={
            "date": Inferred("header", 0.99, (Evidence("x", "raw", 0, 1, "r"),), ()),
            "language": None,
            "title": None,
        },
    )
    assert run(exported(tmp_path, name, item))[0] == [item]


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_row_gives_the_fields_it_carries(tmp_path: Path, name: str) -> None:
    """Id, name, source and stated values are taken; what a row does not carry is counted or empty."""
    item = article(name="a#3", date="2018-06", authors=("An", "Jan"), text=f"{PROSE}\n\nTussenkop\n\n{PROSE}", words=99)
    [again], _ = run(exported(tmp_path, name, item))
    assert (again.id, again.name, again.source.path, again.source.record) == (item.id, "a#3", "pers/a.txt", 3)
    assert (again.date, again.date_earliest, again.date_latest) == ("2018-06", "2018-06-01", "2018-06-30")
    assert (again.authors, again.language, again.words) == (("An", "Jan"), "nl", 99)
    assert (again.characters, again.paragraphs) == (len(item.text), 3)
    assert [block.kind for block in again.normalization.blocks] == ["paragraph", "subhead", "paragraph"]
    assert (again.source.sha256, again.source.byte_start, again.source.byte_end) == (None, 0, 0)
    assert set(again.inference.values()) == {None}


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_names_that_are_not_utf8_come_back_from_rows(tmp_path: Path, name: str) -> None:
    """The bytes of a name survive a flat format, so that the source can be found again."""
    item = article(name="caf\udce9", source=source(path="pers/caf\udce9.txt"))
    [again], _ = run(exported(tmp_path, name, item))
    assert (again.name, again.source.path) == (item.name, item.source.path)


def test_extra_columns_come_back(tmp_path: Path) -> None:
    """What `--extra` wrote stands in `extra` again."""
    item = article(extra={"Oplage": "12", "leeg": ""})
    assert run(exported(tmp_path, "csv", item, extra=True))[0][0].extra == {"Oplage": "12"}


def test_keys_beyond_ours_are_kept(tmp_path: Path) -> None:
    """A key that some program added goes to `extra`, without displacing what stands there."""
    [item], _ = changed(tmp_path, article(extra={"score": 1}), score=2, topic="haven")
    assert item.extra == {"score": 1, "topic": "haven"}


@pytest.mark.parametrize(
    "values",
    [
        {"date": "gisteren"},
        {"date_modified": "2018-13"},
        {"date_earliest": "2018"},
        {"authors": [1]},
        {"languages": {"nl": "veel"}},
        {"source": {**source().to_dict(), "path": 1}},
        {"inference": {"date": {"method": "x"}, "language": None, "title": None}},
        {"normalization": {"rules": {}, "removed": [1], "blocks": [], "truncated": False}},
    ],
)
def test_values_that_no_export_holds_are_foreign_data(tmp_path: Path, values: dict[str, Any]) -> None:
    """Our keys with other values inside are foreign data: read and inferred anew, the id kept in `extra`."""
    [again], _ = changed(tmp_path, article(), **values)
    assert again.extra["id"] == article().id
    assert again.id != article().id
    assert again.text == article().text


@pytest.mark.parametrize(
    ("column", "value"),
    [("date", "gisteren"), ("date_latest", "2018-06"), ("words", "9" * 5000), ("name", "a#" + "9" * 5000)],
)
def test_rows_that_no_export_holds(tmp_path: Path, column: str, value: str) -> None:
    """A cell of the wrong form makes the row foreign data; a strange name is only a name."""
    path = exported(tmp_path, "csv", article(name="naam", date="2018", words=4242))
    old = {"date": ",2018,", "date_latest": "2018-12-31", "words": "4242", "name": "naam"}[column]
    path.write_text(path.read_text().replace(old, old.replace(old.strip(","), value)))
    [again], options = run(path, detector="none")
    assert options.receipt.files[0].outcome == "loaded"
    assert (again.id == article().id) == (column == "name")


def test_controls_and_surrogates_are_cleaned(tmp_path: Path) -> None:
    """A foreign hand cannot bring control characters in by way of our own format."""
    [item], _ = changed(
        tmp_path,
        article(),
        title="Kop\x1b[31m",
        text="Een\x07 stuk \ud83d over\u202e de haven",
        outlet="De\x00Krant",
        authors=["An\x9b31m"],
        extra={"path": "a\x1b[0m", "l\x00": {"name": ["b\x07"]}},
    )
    assert (item.title, item.outlet, item.authors) == ("Kop", "DeKrant", ("An",))
    assert item.text == "Een stuk \ufffd over de haven"
    assert item.extra == {"path": "a", "l": {"name": ["b"]}}
    assert (item.characters, item.words) == (len(item.text), 5)
    assert [item.text[block.start : block.end] for block in item.normalization.blocks] == [item.text]


def test_names_and_paths_stay_as_found(tmp_path: Path) -> None:
    """They name files, whatever their bytes."""
    [item], _ = changed(tmp_path, article(), name="a\x1bb", source=source(path="c\udce9\x07").to_dict())
    assert (item.name, item.source.path) == ("a\x1bb", "c\udce9\x07")


def test_bidi_marks_are_judged_over_title_and_text_together(tmp_path: Path) -> None:
    """A mark in a title stays where the text is written from right to left."""
    item = article(title="Kop \u200f12", text="שלום עולם")
    assert run(exported(tmp_path, "jsonl", item))[0] == [item]


def test_an_id_seen_before_is_known(tmp_path: Path) -> None:
    """An export beside its sources adds nothing: ids are taken as they are."""
    (tmp_path / "a.txt").write_text(PROSE)
    [item], _ = run(tmp_path / "a.txt", detector="none")
    path = exported(tmp_path, "csv", item)
    articles, options = run(tmp_path / "a.txt", path, detector="none")
    assert (len(articles), options.receipt.totals()["known"]) == (1, 1)
