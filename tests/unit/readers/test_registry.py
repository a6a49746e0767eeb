"""How a reader is chosen: by scores with reasons, a tie being an error."""

from __future__ import annotations

import sys
import types

import pytest

from corpus_tool.errors import UsageError
from corpus_tool.model.options import ReadOptions
from corpus_tool.readers import registry
from corpus_tool.readers.base import Head, Sniff, TextInput
from corpus_tool.text.decode import decode
from tests.unit.readers.reading import read_text

TEXT = "De raad keurde het plan goed.\n"

CHOSEN = {
    "plain": f"Kop\n\n{TEXT}",
    "delimited": f"Kop\n\n{TEXT}=====\nKop\n\n{TEXT}",
    "labeled": f"Titel: Kop\nDatum: 2018\n\n{TEXT}",
    "front-matter": f"---\ntitle: Kop\n---\n{TEXT}",
    "alceste": f"**** *source_lemonde *date_2018-06\n{TEXT}",
}


@pytest.mark.parametrize(("expected", "text"), CHOSEN.items(), ids=CHOSEN)
def test_text_formats_are_recognized_with_reasons(expected: str, text: str) -> None:
    """Each text format is chosen for a reason that can be shown."""
    choice = registry.by_text(TextInput("a.txt", decode(text.encode()), ReadOptions()))
    assert choice.name == expected
    assert choice.reasons


def test_prose_asks_no_structured_reader() -> None:
    """A head without a bracket or a delimiter is text, and needs no reader to say so."""
    assert registry.by_head(Head("a.txt", "Nieuw zwembad open\n\nTekst, en meer.", True)) is None


def test_a_tie_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two formats that fit equally well are named in the error."""
    twin = types.ModuleType("twin_reader")
    twin.sniff = lambda _source: Sniff(0.95, ("it is a twin",))
    monkeypatch.setitem(sys.modules, "corpus_tool.readers.twin", twin)
    monkeypatch.setitem(registry.READERS, "twin", registry.Entry("twin", "text"))
    with pytest.raises(registry.Tie, match="delimited and twin"):
        registry.by_text(TextInput("a.txt", decode(CHOSEN["delimited"].encode()), ReadOptions()))


def test_an_unknown_format_lists_the_known() -> None:
    """A name that no reader has is a usage error with the names there are."""
    with pytest.raises(UsageError) as caught:
        registry.check_format("word")
    assert "jsonl" in caught.value.hint
    assert registry.check_format("plain") == "plain"


@pytest.mark.parametrize("name", registry.READERS)
def test_every_reader_describes_itself(name: str) -> None:
    """Each module in the table has a name, a summary and the functions that its entry promises."""
    module = registry._module(name)
    assert (module.NAME, bool(module.SUMMARY)) == (name, True)
    wanted = {
        "lines": ("sniff_head", "read_lines"),
        "json": ("sniff_head", "read"),
        "text": ("sniff", "read"),
        "file": ("sniff_bytes", "read_file"),
    }
    assert all(hasattr(module, function) for function in wanted[registry.READERS[name].wants])


def test_starred_lines_open_articles() -> None:
    """IRaMuTeQ variables become fields; flags are "yes"; a starred line without text is a notice."""
    read = read_text(
        f"**** *source_lemonde *date_2018-06 *front *page_1 *page_2\n{TEXT}**** *source_x\n**** *source_lesoir\n{TEXT}"
    )
    assert [r.fields["outlet"].value for r in read.records] == ["lemonde", "lesoir"]
    assert read.records[0].fields["date"].value == "2018-06"
    assert read.records[0].extra == {"front": "yes", "page": "1", "page#2": "2"}
    assert [(d.code, d.line) for d in read.diagnostics] == [("empty-record", 3)]


def test_numbered_lines_open_articles() -> None:
    """The older spelling with four digits is read alike, and stars in prose are not."""
    read = read_text(f"0001 *source_lemonde\n{TEXT}* een punt\n0002 *source_lesoir\n{TEXT}")
    assert (read.format, len(read.records)) == ("alceste", 2)
    assert read_text(f"Kop\n\n{TEXT}**** *a_b\n{TEXT}").format == "plain"


def test_one_record_readers_name_unused_separators() -> None:
    """A file that is read as plain by name keeps its separator lines as text, and says so."""
    read = read_text(CHOSEN["delimited"], options=ReadOptions(input_format="plain"))
    assert len(read.records) == 1
    assert read.codes == ["separator-suspect"]


def test_a_field_of_the_separator_goes_before_the_header() -> None:
    """What `--split` captured is the field; the header's other value is kept."""
    read = read_text(
        f"# De Tijd\nBron: Belga\nTitel: Kop\n\n{TEXT}", options=ReadOptions(split=r"^# (?P<outlet>.*)$\n")
    )
    assert read.records[0].fields["outlet"].value == "De Tijd"
    assert read.records[0].extra == {"outlet": "Belga"}
    assert read.codes == ["duplicate-field"]


@pytest.mark.parametrize(("count", "severity"), [(1, "error"), (2, "rejected")])
def test_broken_front_matter_by_number_of_records(count: int, severity: str) -> None:
    """Broken front matter is an error of a file of one record, and costs one record of several."""
    text = f"---\ntitle: &a x\n---\n{TEXT}" + f"---\ntitle: y\n---\n{TEXT}" * (count - 1)
    read = read_text(text)
    assert [(d.code, d.severity, d.line) for d in read.diagnostics] == [("front-matter", severity, 1)]
    assert len(read.records) == count - 1


def test_unclosed_front_matter_costs_one_record() -> None:
    """A block that is never closed is refused where it opens; those around it are read."""
    text = f"---\ntitle: a\n---\n{TEXT}---\ntitle: b\n\n{TEXT}---\ntitle: c\n---\n{TEXT}"
    read = read_text(text)
    assert [r.fields["title"].value for r in read.records] == ["a", "c"]
    assert [(d.code, d.severity, d.record, d.line) for d in read.diagnostics] == [("front-matter", "rejected", 2, 5)]
