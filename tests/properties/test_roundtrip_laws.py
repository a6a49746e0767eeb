"""What is exported and read again is the same, for every format that loads back."""

from __future__ import annotations

import json
import os
import tempfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool.corpus import read
from corpus_tool.model.article import Article
from corpus_tool.model.fields import FLAT_FIELDS
from corpus_tool.model.options import ReadOptions
from corpus_tool.writers.base import WriteOptions, spelled
from corpus_tool.writers.registry import load_writer
from tests.properties.article_strategies import foreign_records, hostile_texts

SETTINGS = settings(max_examples=40, deadline=None)


def through_the_pipeline(folder: str, records: list[dict[str, Any]], **options: Any) -> list[Article]:
    """The articles of foreign JSON Lines, under a name that is hard on every format."""
    path = os.path.join(os.fsencode(folder), b'caf\xe9 "x",\t=1\x1b.jsonl')
    with open(path, "wb") as file:
        file.writelines(json.dumps(record).encode() + b"\n" for record in records)
    return list(read(os.fsdecode(path), options=ReadOptions(detector="none", **options)))


def exported(folder: str, articles: list[Article], name: str, **options: Any) -> str:
    """The path of a file that holds articles in one format."""
    path = os.path.join(folder, f"out.{name}")
    with open(path, "wb") as out:
        load_writer(name).write(articles, out, WriteOptions(**options))
    return path


_NOTHING = ("no-records", "empty")  # what an export of no article is


def loaded(path: str) -> list[Article]:
    """The articles of an export; nothing may be rejected or noticed."""
    options = ReadOptions(detector="none")
    articles = list(read(path, options=options))
    assert [item for report in options.receipt.files for item in report.diagnostics if item.code not in _NOTHING] == []
    return articles


def flat_fields(item: Article) -> dict[str, Any]:
    """What a flat row carries of an article; names and paths as they are spelled there."""
    values = {name: getattr(item, name) for name in FLAT_FIELDS if name not in ("name", "source")}
    return {**values, "name": spelled(item.name), "source": spelled(item.source.path)}


@pytest.mark.parametrize("name", ["json", "jsonl"])
@SETTINGS
@given(records=st.lists(foreign_records(), max_size=3), keep_raw=st.booleans())
def test_json_loads_back_exactly(name: str, records: list[dict[str, Any]], keep_raw: bool) -> None:
    """Every field, evidence, source and raw record included, comes back equal from JSON and JSON Lines."""
    with tempfile.TemporaryDirectory() as folder:
        articles = through_the_pipeline(folder, records, keep_raw=keep_raw)
        assert loaded(exported(folder, articles, name)) == articles


@pytest.mark.parametrize("name", ["csv", "tsv"])
@SETTINGS
@given(records=st.lists(foreign_records(), max_size=3))
def test_flat_formats_load_back_in_the_fields_they_carry(name: str, records: list[dict[str, Any]]) -> None:
    """Ids, titles, dates, languages, authors, words and text come back equal from CSV and TSV."""
    with tempfile.TemporaryDirectory() as folder:
        articles = through_the_pipeline(folder, records)
        again = loaded(exported(folder, articles, name))
        assert list(map(flat_fields, again)) == list(map(flat_fields, articles))


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "tsv"])
@SETTINGS
@given(records=st.lists(foreign_records(), min_size=1, max_size=3))
def test_exporting_twice_gives_the_same_bytes(name: str, records: list[dict[str, Any]]) -> None:
    """What was loaded from an export gives that very export again."""
    with tempfile.TemporaryDirectory() as folder:
        first = exported(folder, through_the_pipeline(folder, records), name)
        with open(first, "rb") as file:
            before = file.read()
        with open(exported(folder, loaded(first), name), "rb") as file:
            assert file.read() == before


@SETTINGS
@given(body=hostile_texts(1), name=st.sampled_from(["json", "jsonl", "csv", "tsv"]))
def test_plain_text_survives_every_format(body: str, name: str) -> None:
    """Text that comes from a text file, headline and all, is the same after export and load."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in.txt")
        with open(path, "wb") as file:
            file.write(f"Kop {body}\n\nEen stuk over de haven. {body}".encode("utf-8", "surrogatepass"))
        articles = list(read(path, options=ReadOptions(detector="none")))
        again = loaded(exported(folder, articles, name)) if articles else []
        assert list(map(flat_fields, again)) == list(map(flat_fields, articles))


@SETTINGS
@given(records=st.lists(foreign_records(), max_size=2))
def test_extra_columns_come_back_as_extra(records: list[dict[str, Any]]) -> None:
    """With `--extra` every label that an article states is found again in its `extra`."""
    with tempfile.TemporaryDirectory() as folder:
        articles = through_the_pipeline(folder, records)
        again = loaded(exported(folder, articles, "csv", extra=True))
        for before, after in zip(articles, again, strict=True):
            kept = {label for label, value in before.extra.items() if value not in ("", None, [], [""])}
            assert set(after.extra) == kept
            assert all(after.extra[label] == before.extra[label] for label in kept if _is_text(before.extra[label]))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
