import pytest

from corpus_tool.errors import UsageError
from corpus_tool.ingest.paths import PathPattern


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("{outlet}/{date}_{title}.txt", "a/De Krant/2018-06_de_kop.txt", ["De Krant", "2018-06", "de kop"]),
        ("{outlet}/{date}_{title}.txt", "De Krant/2018-06_kop_twee.txt", ["De Krant", "2018-06", "kop twee"]),
        ("{date}.txt", "pers/2018-06.txt", ["2018-06"]),
        ("{_}-{language}.txt", "x/een-twee-nl.txt", ["twee-nl"]),
        ("{krant}/{_}.txt", "pers/Het Blad/1.txt", ["Het Blad"]),
        ("{section} ({date}).txt", "p/Sport (2018).txt", ["Sport", "2018"]),
        ("{language}/{_}", "nl/wat dan ook.md", ["nl"]),
        ("{date}.txt", "2018\udce9.txt", ["2018\udce9"]),
    ],
)
def test_a_path_that_fits(pattern: str, path: str, expected: list[str]) -> None:
    """Placeholders take their part of the path, from its end on, at the border of a folder."""
    found = PathPattern(pattern).read(path)
    assert found is not None
    assert [stated.value for stated in found.values()] == expected


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("{date}.txt", "2018.csv"),
        ("{outlet}/{date}.txt", "2018.txt"),
        ("krant/{date}.txt", "dekrant/2018.txt"),
        ("{date}.txt", ".txt"),
        ("a.b{date}", "axb2018"),
    ],
)
def test_a_path_that_does_not_fit(pattern: str, path: str) -> None:
    """Signs are literal, folders are whole, and a placeholder is never empty."""
    assert PathPattern(pattern).read(path) is None


def test_evidence_points_into_the_path() -> None:
    """Each value has its place in the path and says that it comes from the name."""
    path = "pers/De Krant/2018-06_de_kop.txt"
    found = PathPattern("{outlet}/{date}_{title}.txt").read(path)
    assert found is not None
    for stated in found.values():
        assert path[stated.start : stated.end] == stated.span
        assert (stated.where, stated.rule) == ("name", "from-path")
    assert list(found) == ["outlet", "date", "title"]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("a.txt", "no {field}"),
        ("{kleur}.txt", "kleur"),
        ("{text}.txt", "text"),
        ("{date}/{date}.txt", "date stands twice"),
        ("{date}/{datum}.txt", "date stands twice"),
        ("{1}.txt", "1"),
        ("", "no {field}"),
    ],
)
def test_a_pattern_that_cannot_be_used(pattern: str, message: str) -> None:
    """Unknown fields, fields named twice and patterns without one are refused, the fields named."""
    with pytest.raises(UsageError) as error:
        PathPattern(pattern)
    assert message in error.value.message


def test_parts_to_skip_may_repeat() -> None:
    """`{_}` stands for any part, as often as it is needed."""
    found = PathPattern("{_}/{_}-{date}.txt").read("a/b-2018.txt")
    assert found is not None
    assert found["date"].value == "2018"
