import pytest

from corpus_tool.infer.date.names import date_in_name, date_in_url


@pytest.mark.parametrize(
    ("name", "date", "rule"),
    [
        ("2018-06-20_krant_1234.txt", "2018-06-20", "name-day"),
        ("20180620.txt", "2018-06-20", "name-day"),
        ("krant_20180620.txt", "2018-06-20", "name-day"),
        ("dmf20180620_0356.txt", "2018-06-20", "name-day"),
        ("krant.2018.06.20.txt", "2018-06-20", "name-day"),
        ("pers/2018/06/20/kop.txt", "2018-06-20", "name-day"),
        ("20180620T1632.json", "2018-06-20", "name-day"),
        ("2018-06-20/2018-06-20.txt", "2018-06-20", "name-day"),
        ("krant-2018-06.csv", "2018-06", "name-month"),
        ("krant_2018_06.csv", "2018-06", "name-month"),
        ("pers/2018/06/kop.txt", "2018-06", "name-month"),
        ("NYT_1987_front.txt", "1987", "name-year"),
        ("krant 2018.txt", "2018", "name-year"),
        ("٢٠١٨-٠٦-٢٠.txt", "2018-06-20", "name-day"),
        ("krant_20-06-2018.txt", "2018-06-20", "name-day"),
        ("krant_06-20-2018.txt", "2018-06-20", "name-day"),
        ("krant_06-06-2018.txt", "2018-06-06", "name-day"),
        ("krant_04-03-2018.txt", "2018", "name-year"),
    ],
)
def test_a_date_in_a_name(name: str, date: str, rule: str) -> None:
    """A full day, a month, or a lone year between signs of the stem, with its place and rule."""
    found = date_in_name(name)
    assert found is not None
    assert (str(found.date), found.rule) == (date, rule)
    assert name[found.start : found.end].strip("-_./T") == name[found.start : found.end]


@pytest.mark.parametrize(
    "name",
    [
        "000_2f415c78e3aaf97c.txt",
        "lot3_00201812.txt",
        "2f20180618ab.txt",
        "a20180618.txt",
        "2018-06-31.txt",
        "2018-13-01.txt",
        "20181332.txt",
        "2018-06-20_2018-06-21.txt",
        "2018-06_2018-07.txt",
        "2017_2018_x.txt",
        "krant_2018-02-30.txt",
        "krant_2018-13.txt",
        "krant_2018-06-20_2018-06-21.txt",
        "2018.txt",
        "pers/2018/kop.txt",
        "1234.txt",
        "1599-01-01.txt",
        "artikel-12345678901.txt",
        "kop.txt",
        "",
    ],
)
def test_a_name_without_a_date(name: str) -> None:
    """Hashes, counters, impossible days, two different days and bare years say nothing."""
    assert date_in_name(name) is None


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.org/economie/2018/06/20/kop_5318.html", "2018-06-20"),
        ("https://example.org/cnt/dmf20180618_03567890", "2018-06-18"),
        ("https://example.org/a/2018-06-20/kop", "2018-06-20"),
        ("https://example.org/2018/06/kop/", "2018-06"),
        ("https://example.org/?d=2018-06-20", "2018-06-20"),
    ],
)
def test_a_date_in_a_url(url: str, date: str) -> None:
    """A full day or `/2018/06/`."""
    found = date_in_url(url)
    assert found is not None
    assert str(found.date) == date
    assert url[found.start : found.end].strip("/") == url[found.start : found.end]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/artikel/5-tips-voor-2019",
        "https://example.org/2018/kop",
        "https://example.org/news/article-20180932-4411.html",
        "https://example.org/12345678",
        "https://example.org/2018/06/20/van-2017/05/01",
    ],
)
def test_a_url_without_a_date(url: str) -> None:
    """A year alone, an impossible day, a number and two days say nothing."""
    assert date_in_url(url) is None
