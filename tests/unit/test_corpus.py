import os
import random
from pathlib import Path

import pytest

from corpus_tool import corpus
from corpus_tool.corpus import is_stream, read, read_all, total_bytes
from corpus_tool.errors import CorpusToolError, ExitCode, UsageError
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.query import Query
from corpus_tool.rereading import raw_bytes
from corpus_tool.selection import Selection, Tally, select
from tests.unit.building import PROSE, article, numbered, run, source, write_jsonl

NO_DETECTOR = "none"


def chosen(articles: list[Article], *, streaming: bool = False, **selection: object) -> tuple[list[str], Tally]:
    """The names that a selection gives, and what it counted."""
    tally = Tally()
    given = select(articles, Selection(**selection), tally, streaming=streaming)
    return [item.name for item in given], tally


def test_read_takes_one_path_or_several(tmp_path: Path) -> None:
    """A string, a path object and a list of either give the same articles."""
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    options = ReadOptions(detector=NO_DETECTOR)
    ids = [[item.id for item in read(given, options=options)] for given in (path, str(path), [path], [str(path)])]
    assert ids == [ids[0]] * 4
    assert len(ids[0]) == 1


def test_read_names_a_source_that_does_not_exist_before_reading(tmp_path: Path) -> None:
    """A missing source is a usage error, and nothing of the others is given first."""
    (tmp_path / "a.txt").write_text(PROSE)
    with pytest.raises(UsageError, match="does not exist") as error:
        read([tmp_path, tmp_path / "weg"])
    assert error.value.code == ExitCode.USAGE


def test_read_collects_what_could_not_be_read(tmp_path: Path) -> None:
    """A damaged file is a row of the receipt and not an exception."""
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "b.txt").write_text(PROSE)
    reports: list[str] = []
    options = ReadOptions(detector=NO_DETECTOR)
    articles = list(read(tmp_path, options=options, on_report=lambda report: reports.append(report.outcome)))
    assert [item.name for item in articles] == ["b"]
    assert reports == ["skipped", "loaded"] == [report.outcome for report in options.receipt.files]


def test_read_all_names_the_other_places(tmp_path: Path) -> None:
    """An article knows every other place where the same record stands, with its record number."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(PROSE)
    record = {"text": "Iets anders over de oude haven."}
    write_jsonl(tmp_path / "c.jsonl", record, {"text": "Nog iets over de markt."}, record)
    articles = read_all([str(tmp_path)], options=ReadOptions(detector=NO_DETECTOR))
    assert {item.name: item.source.also for item in articles} == {
        "a": (f"{tmp_path}/b.txt",),
        "c": (f"{tmp_path}/c.jsonl#3",),
        "c#2": (),
    }


def test_total_bytes_and_is_stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes of what would be read are summed, up to the limit; standard input is always a stream."""
    (tmp_path / "a.txt").write_bytes(b"x" * 10)
    (tmp_path / "b.txt").write_bytes(b"x" * 20)
    (tmp_path / ".hidden").write_bytes(b"x" * 1000)
    (tmp_path / "c.pdf").write_bytes(b"x" * 1000)
    assert total_bytes([str(tmp_path)]) == 30
    assert total_bytes([str(tmp_path), "-"]) is None
    assert not is_stream([str(tmp_path)])
    assert is_stream(["-"])
    monkeypatch.setattr(corpus, "HELD_BYTES", 29)
    assert is_stream([str(tmp_path)])
    monkeypatch.setattr(corpus, "HELD_BYTES", 30)
    assert not is_stream([str(tmp_path)])


def test_select_filters_and_counts() -> None:
    """What matches is given, what does not is handed to `on_other` with the reason."""
    articles = [article(id=f"{n:016x}", name=str(n), words=n, date="2018-06") for n in range(1, 7)]
    tally, others = Tally(), []
    selection = Selection(Query(min_words=3, since="2018-06-15"), limit=2)
    given = list(select(articles, selection, tally, on_other=lambda item, why: others.append((item.name, why))))
    assert [item.name for item in given] == ["3", "4"]
    assert others == [("1", "1 words are fewer than 3"), ("2", "2 words are fewer than 3")]
    assert (tally.read, tally.matched, tally.given, tally.by_overlap, tally.cut_short) == (6, 4, 2, 4, False)


def test_a_limit_ends_reading_only_in_a_stream() -> None:
    """In a stream reading stops at the limit and says so; otherwise everything is read and counted."""
    read_so_far: list[str] = []

    def stream() -> list[Article]:
        return (read_so_far.append(item.name) or item for item in numbered(9))

    names, tally = chosen(stream(), limit=2, streaming=True)
    assert (names, tally.cut_short) == (["n1", "n2"], True)
    assert len(read_so_far) == 2
    names, tally = chosen(stream(), limit=2)
    assert (names, tally.cut_short, tally.read) == (["n1", "n2"], False, 9)


@pytest.mark.parametrize("selection", [{"limit": 10}, {"limit": None}, {"limit": 2, "sort": "title"}])
@pytest.mark.parametrize("more", [{}, {"reverse": True}, {"sample": 5}])
def test_nothing_is_cut_short_where_everything_was_read(selection: dict[str, object], more: dict[str, object]) -> None:
    """A limit that is not reached, and one after a sort, does not cut the reading of a stream."""
    _, tally = chosen(numbered(9), streaming=True, **{**selection, **more})
    assert (tally.read, tally.cut_short) == (9, False)


def test_a_limit_of_nothing() -> None:
    """A limit of zero gives nothing."""
    assert chosen(numbered(3), limit=0)[0] == []


@pytest.mark.parametrize(("reverse", "order"), [(False, ["b", "a", "c", "x", "y"]), (True, ["c", "b", "a", "x", "y"])])
def test_articles_without_a_value_come_last_in_both_directions(reverse: bool, order: list[str]) -> None:
    """Sorting forward or backward puts missing values last; equal values keep their order."""
    dates = {"x": None, "b": "2018-06", "a": "2018-06", "y": None, "c": "2019"}
    articles = [article(name=name, date=date) for name, date in dates.items()]
    assert chosen(articles, sort="date", reverse=reverse)[0] == order


def test_reverse_alone_turns_the_order_around() -> None:
    """Without a field to sort by, the order given is reversed."""
    assert chosen(numbered(3), reverse=True)[0] == ["n3", "n2", "n1"]


def test_a_sample_depends_on_articles_and_seed_alone() -> None:
    """The same articles in any order give the same sample, in the order given; another seed another sample."""
    articles = numbered(200)
    names, tally = chosen(articles, sample=20, seed=7)
    assert names == sorted(names, key=lambda name: int(name[1:]))
    assert len(set(names)) == 20 == tally.given
    shuffled = random.Random(1).sample(articles, 200)
    assert set(chosen(shuffled, sample=20, seed=7)[0]) == set(names)
    assert chosen(articles, sample=20, seed=7)[0] == names
    assert set(chosen(articles, sample=20, seed=8)[0]) != set(names)
    assert set(chosen(articles, sample=10, seed=7)[0]) < set(names)


@pytest.mark.parametrize(("size", "given"), [(0, 0), (1, 1), (5, 5), (9, 5)])
def test_the_size_of_a_sample(size: int, given: int) -> None:
    """A sample has the size asked for, or all there is."""
    assert len(chosen(numbered(5), sample=size)[0]) == given


def test_sample_then_sort_then_limit() -> None:
    """The limit is taken of the sorted sample."""
    sampled = set(chosen(numbered(50), sample=5)[0])
    names = chosen(numbered(50), sample=5, sort="id", reverse=True, limit=2)[0]
    assert names == sorted(sampled, key=lambda name: -int(name[1:]))[:2]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", PROSE.encode()),
        ("bom.txt", b"\xef\xbb\xbf" + PROSE.encode()),
        ("crlf.txt", PROSE.replace(". ", ".\r\n\r\n").encode()),
        ("cp1252.txt", "Zo’n café, één euro. Het debat duurde tot na middernacht.".encode("cp1252")),
        ("utf16.txt", PROSE.encode("utf-16")),
        ("bad.txt", b"Caf\xe9 \xff\x81 " + PROSE.encode()),
    ],
)
def test_raw_bytes_of_a_whole_file(tmp_path: Path, name: str, data: bytes) -> None:
    """The bytes of a record that is the whole file are those of the file."""
    (tmp_path / name).write_bytes(data)
    articles, _ = run(tmp_path / name, detector=NO_DETECTOR)
    assert [raw_bytes(item) for item in articles] == [data]


def test_raw_bytes_of_lines_and_rows(tmp_path: Path) -> None:
    """Of JSON Lines and CSV the bytes are the line or row, also where it spans lines and holds accents."""
    first, second = '{"text": "één twee drie"}', '{"text": "vier vijf zes"}'
    (tmp_path / "a.jsonl").write_text(f"{first}\n{second}\n", encoding="utf-8")
    lines = [raw_bytes(item).decode().strip() for item in run(tmp_path / "a.jsonl", detector=NO_DETECTOR)[0]]
    assert lines == [first, second]
    rows = ['één,"Kop\nover twee ""regels"", zo"', "twee,vier vijf zes"]
    (tmp_path / "b.csv").write_text("title,text\n" + "\n".join(rows) + "\n", encoding="utf-8")
    given = [raw_bytes(item).decode().strip() for item in run(tmp_path / "b.csv", detector=NO_DETECTOR)[0]]
    assert given == rows


def test_raw_bytes_refuses_a_file_that_changed_or_went(tmp_path: Path) -> None:
    """Other bytes under the same name are not given as the record's."""
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    [item] = run(path, detector=NO_DETECTOR)[0]
    path.write_text(PROSE.replace("haven", "markt"))
    with pytest.raises(CorpusToolError, match="not the file that was read"):
        raw_bytes(item)
    path.unlink()
    with pytest.raises(CorpusToolError, match="cannot be read"):
        raw_bytes(item)


def test_raw_bytes_refuses_what_is_no_file(tmp_path: Path) -> None:
    """An article that names standard input, no checksum, a pipe or a folder has no bytes to give; nothing hangs."""
    os.mkfifo(tmp_path / "pipe")
    for path in (str(tmp_path / "pipe"), str(tmp_path), "/dev/zero", "-", "a\0b"):
        with pytest.raises(CorpusToolError):
            raw_bytes(article(source=source(path=path)))
    (tmp_path / "a.txt").write_text(PROSE)
    with pytest.raises(CorpusToolError, match="not known"):
        raw_bytes(article(source=source(path=str(tmp_path / "a.txt"), sha256=None)))
