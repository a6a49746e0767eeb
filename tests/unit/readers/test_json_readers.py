"""JSON and JSON Lines: what is a record, what is refused, and what stands before a break."""

from __future__ import annotations

import json

import pytest

from corpus_tool.model.options import ReadOptions
from tests.unit.readers.reading import Read, read_bytes, read_text

ONE = {"title": "Een", "date": "2018-06", "text": "De raad keurde het goed."}
TWO = {"title": "Twee", "text": "Niemand raakte gewond."}


def titles(read: Read) -> list[str]:
    """The stated titles of the records."""
    return [record.fields["title"].value for record in read.records if "title" in record.fields]


SHAPES = {
    "a list": json.dumps([ONE, TWO]),
    "a list over many lines": json.dumps([ONE, TWO], indent=2),
    "an object with a list": json.dumps({"status": "ok", "articles": [ONE, TWO]}),
    "an object with a list of another name": json.dumps({"page": 1, "stukken": [ONE, TWO]}),
    "a list under a usual name beside another": json.dumps({"tags": [{"a": 1}], "results": [ONE, TWO]}),
    "a list in an inner object": json.dumps({"response": {"status": "ok", "results": [ONE, TWO]}}),
    "a misleading string before the list": json.dumps({"note": '"articles": [{', "articles": [ONE, TWO]}),
    "a misleading inner list": json.dumps({"meta": {"data": [1, 2]}, "articles": [ONE, TWO]}),
    "objects one after the other": json.dumps(ONE, indent=1) + "\n" + json.dumps(TWO, indent=1),
    "JSON Lines": json.dumps(ONE) + "\n" + json.dumps(TWO),
    "blank space around": "\n\n " + json.dumps([ONE, TWO]) + " \n\n",
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_shape_gives_its_articles(text: str, encoding: str) -> None:
    """A list, a list inside an object, and objects in a row give the same records in every encoding."""
    data = text.encode(encoding)
    read = read_bytes(data, "a.json")
    assert titles(read) == ["Een", "Twee"]
    assert [d.severity for d in read.diagnostics if d.severity != "notice"] == []
    for record in read.records:
        piece = data[record.byte_start : record.byte_end].decode(encoding.replace("-sig", "")).lstrip("\ufeff")
        assert piece == record.raw


def test_one_object_is_one_article() -> None:
    """An object with a text is an article, whatever lists it holds."""
    read = read_text(json.dumps({**ONE, "items": [{"a": 1}, {"b": 2}]}), "a.json")
    assert titles(read) == ["Een"]
    assert read.records[0].extra == {"items": [{"a": 1}, {"b": 2}]}


def test_keys_beside_the_list_are_named() -> None:
    """What an object holds beside its list of articles is a notice, not a silent loss."""
    read = read_text(json.dumps({"status": "ok", "articles": [ONE]}), "a.json")
    assert [(d.code, d.severity) for d in read.diagnostics] == [("outside-record", "notice")]
    assert "status" in read.diagnostics[0].message


BROKEN = {
    "cut in the second": (json.dumps([ONE, TWO])[:-20], 1),
    "cut in the first": (json.dumps([ONE, TWO])[:20], 0),
    "cut after a comma": (json.dumps([ONE])[:-1] + ",", 1),
    "a missing comma": (json.dumps([ONE])[:-1] + " " + json.dumps(TWO) + "]", 1),
    "no end": (json.dumps([ONE])[:-1], 1),
    "text after the end": (json.dumps([ONE]) + " en meer", 1),
    "text after an object": (json.dumps(ONE) + "\nen meer", 1),
    "cut inside an object with a list": (json.dumps({"a": 1, "articles": [ONE, TWO]})[:-20], 1),
    "text after an object with a list": (json.dumps({"articles": [ONE, TWO]}) + "x", 2),
    "nested without end": ("[" * 100_000, 0),
    "nested without end in an object": ('{"text":' * 100_000, 0),
}


@pytest.mark.parametrize(("text", "count"), BROKEN.values(), ids=BROKEN)
def test_what_stands_before_a_break_is_read(text: str, count: int) -> None:
    """Records before the damage are given, and one error says where it is."""
    read = read_text(text, options=ReadOptions(input_format="json"))
    assert len(read.records) == count
    damage = [d for d in read.diagnostics if d.code == "damaged-json"]
    assert [d.severity for d in damage] == ["error"]
    assert damage[0].byte is not None
    assert damage[0].byte <= len(text)


def test_damage_is_named_by_line() -> None:
    """The line of the break is counted in the file."""
    read = read_text('[\n{"text": "een zin"},\n{"text": twee}\n]', "a.json")
    assert [(d.code, d.line) for d in read.diagnostics] == [("damaged-json", 3)]


ELEMENTS = {
    "no text": '{"title": "x"}',
    "null": '{"text": null}',
    "an empty text": '{"text": " "}',
    "a list as text": '{"text": ["a"]}',
    "a number": "42",
    "a string": '"tekst"',
    "a list": "[1, 2]",
    "nested too deeply": '{"text": "x", "a": ' + "[" * 500 + "]" * 500 + "}",
}


@pytest.mark.parametrize("element", ELEMENTS.values(), ids=ELEMENTS)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_one_bad_record_is_rejected_alone(element: str, name: str) -> None:
    """What is no article is refused by number and line; the records around it are read."""
    lines = [json.dumps(ONE), element, json.dumps(TWO)]
    read = read_text("\n".join(lines) if name == "a.jsonl" else "[" + ",\n".join(lines) + "]", name)
    assert titles(read) == ["Een", "Twee"]
    assert [(d.code, d.severity, d.record, d.line) for d in read.diagnostics] == [("bad-record", "rejected", 2, 2)]


@pytest.mark.parametrize(
    "line", ['{"text": ', '{"text": "x"} {}', "tekst", "{'text': 'x'}", '{"text":' + "[" * 100_000]
)
def test_a_broken_line_is_rejected_alone(line: str) -> None:
    """A line of JSON Lines that is no JSON is refused by its number."""
    read = read_text(f"{json.dumps(ONE)}\n\n{line}\n{json.dumps(TWO)}\n", "a.jsonl")
    assert titles(read) == ["Een", "Twee"]
    assert [(d.code, d.record, d.line) for d in read.diagnostics] == [("bad-record", 2, 3)]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 5000])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_values_that_json_cannot_write_are_strings(value: str, name: str) -> None:
    """Numbers without a JSON form are kept as they are spelled, so that every record can be written again."""
    read = read_text(f'{{"text": "een zin", "score": {value}}}', name)
    assert read.records[0].extra == {"score": value}
    assert json.loads(json.dumps(dict(read.records[0].extra), allow_nan=False)) == {"score": value}


def test_doubled_keys_are_all_kept() -> None:
    """Of a doubled text the first is the text and the second is kept; unknown keys are numbered."""
    read = read_text('{"text": "eerste", "text": "tweede", "a": 1, "a": 2}', "a.jsonl")
    assert read.records[0].body == "eerste"
    assert read.records[0].extra == {"text": "tweede", "a": 1, "a#2": 2}
    assert read.codes == ["duplicate-field"]


def test_many_keys_are_kept() -> None:
    """Five thousand unknown keys stand in `extra`."""
    read = read_text(json.dumps({"text": "een zin", **{f"veld{n}": n for n in range(5000)}}), "a.jsonl")
    assert len(read.records[0].extra) == 5000


def test_a_raw_tab_in_a_string_is_let_through() -> None:
    """Control characters that a careless program left in a string do not cost the record."""
    assert read_text('{"text": "een\tzin"}', "a.jsonl").records[0].body == "een\tzin"


def test_a_line_over_the_limit_is_rejected_alone() -> None:
    """A line larger than the record limit is named, and the others are read."""
    lines = f"{json.dumps(ONE)}\n{json.dumps({'text': 'x ' * 5000})}\n{json.dumps(TWO)}\n"
    read = read_text(lines, "a.jsonl", ReadOptions(max_record_bytes=1000))
    assert titles(read) == ["Een", "Twee"]
    assert [(d.code, d.record, d.line) for d in read.diagnostics] == [("record-too-large", 2, 2)]


def test_the_field_map_goes_first() -> None:
    """`--map` names keys; a field it names is guessed from no other key."""
    options = ReadOptions(field_map={"text": "lead", "title": "naam"})
    read = read_text('{"lead": "een zin", "text": "andere zin", "naam": "Een", "titel": "Twee"}', "a.jsonl", options)
    assert (read.records[0].body, titles(read)) == ("een zin", ["Een"])
    assert read.records[0].extra == {"text": "andere zin", "titel": "Twee"}
    missing = read_text('{"text": "x"}', "a.jsonl", options)
    assert [(d.code, "'lead'" in d.message) for d in missing.diagnostics] == [("bad-record", True)]


def test_a_first_line_longer_than_the_head_is_json_lines() -> None:
    """A stream whose first object is longer than what is looked at is still recognized."""
    assert read_text(json.dumps({"text": "een zin " * 20_000}) + "\n" + json.dumps(ONE), "-").format == "jsonl"


@pytest.mark.parametrize("text", ["[Brussel] De raad koos.", "{tekst}\nMeer tekst.", "[1] Noot\n\nTekst.", "{ }\n"])
def test_a_bracket_alone_is_no_json(text: str) -> None:
    """A text that opens with a bracket is text."""
    assert read_text(text).format == "plain"
