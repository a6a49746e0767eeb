import pytest

from corpus_tool.infer.date.expressions import find_expressions
from corpus_tool.infer.date.ranges import before, is_span
from corpus_tool.model.edtf import EdtfDate


@pytest.mark.parametrize(
    ("language", "text", "span", "date"),
    [
        ("nl", "Van 3 tot 5 mei 2018 dicht", "3 tot 5 mei 2018", "2018-05-03/2018-05-05"),
        ("nl", "Van 3 tot en met 5 mei 2018 dicht", "3 tot en met 5 mei 2018", "2018-05-03/2018-05-05"),
        ("nl", "Tussen 3 en 5 mei 2018", "3 en 5 mei 2018", "2018-05-03/2018-05-05"),
        ("nl", "Op 12 en 13 juni 2018", "12 en 13 juni 2018", "2018-06-12/2018-06-13"),
        ("nl", "van mei tot juli 2018", "mei tot juli 2018", "2018-05/2018-07"),
        ("nl", "in mei/juni 2018", "mei/juni 2018", "2018-05/2018-06"),
        ("nl", "van december tot februari 2019", "december tot februari 2019", "2018-12/2019-02"),
        ("nl", "2 juni tot 5 juli 2018", "2 juni tot 5 juli 2018", "2018-06-02/2018-07-05"),
        ("nl", "28 december - 3 januari 2019", "28 december - 3 januari 2019", "2018-12-28/2019-01-03"),
        ("fr", "Du 3 au 5 mai 2018", "3 au 5 mai 2018", "2018-05-03/2018-05-05"),
        ("fr", "entre le 3 et le 5 mai 2018", "3 et le 5 mai 2018", "2018-05-03/2018-05-05"),
        ("fr", "du 1er au 5 mai 2018", "1er au 5 mai 2018", "2018-05-01/2018-05-05"),
        ("en", "3-5 May 2018", "3-5 May 2018", "2018-05-03/2018-05-05"),
        ("en", "June 3–5, 2018", "June 3–5, 2018", "2018-06-03/2018-06-05"),
        ("en", "from June 3 to July 5, 2018", "June 3 to July 5, 2018", "2018-06-03/2018-07-05"),
        ("en", "from 3 May 2017 to 5 June 2018", "3 May 2017 to 5 June 2018", "2017-05-03/2018-06-05"),
        ("de", "vom 3. bis 5. Mai 2018", "3. bis 5. Mai 2018", "2018-05-03/2018-05-05"),
        ("de", "am 3./4. Mai 2018", "3./4. Mai 2018", "2018-05-03/2018-05-04"),
        ("es", "del 11 de junio al 19 de julio de 2026", "11 de junio al 19 de julio de 2026", "2026-06-11/2026-07-19"),
        ("it", "dal 3 al 5 maggio 2018", "3 al 5 maggio 2018", "2018-05-03/2018-05-05"),
        ("pt", "de 3 a 5 de maio de 2018", "3 a 5 de maio de 2018", "2018-05-03/2018-05-05"),
    ],
)
def test_a_range(language: str, text: str, span: str, date: str) -> None:
    """Days or months that share a month or year are one interval; its span begins with the first number or month."""
    found = list(find_expressions(text, language))
    assert [(text[item.start : item.end], str(item.date), item.rule) for item in found] == [(span, date, "range")]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Op 12 en 20 juni 2018", ["2018-06-12", "2018-06-20"]),
        ("Op 18 juni 2018 en 19 juni 2018", ["2018-06-18", "2018-06-19"]),
        ("18/06/2018 - 20/06/2018", ["2018-06-18", "2018-06-20"]),
        ("5 tot 3 mei 2018", ["2018-05-03"]),
        ("mei en juli 2018", ["2018-07"]),
    ],
)
def test_what_is_no_range(text: str, dates: list[str]) -> None:
    """Days that do not follow each other are two dates, and so are two full dates beside a dash."""
    assert [str(item.date) for item in find_expressions(text, "nl")] == dates


def test_an_impossible_end_voids_the_range() -> None:
    """No part of it is kept."""
    assert [item.date for item in find_expressions("van 28 tot 31 juni 2018", "nl")] == [None]


def test_a_range_without_a_year_is_its_two_ends() -> None:
    """EDTF has no such interval."""
    found = list(find_expressions("van 3 tot 5 mei", "nl"))
    assert [(str(item.date), item.rule) for item in found] == [
        ("XXXX-05-03", "range-start"),
        ("XXXX-05-05", "range-end"),
    ]


@pytest.mark.parametrize(
    ("yearless", "date", "expected"),
    [
        ("XXXX-12-28", "2019-01-03", "2018-12-28"),
        ("XXXX-01-03", "2019-01-03", "2019-01-03"),
        ("XXXX-12", "2019-02", "2018-12"),
    ],
)
def test_the_last_such_day_before(yearless: str, date: str, expected: str) -> None:
    """The start of a range lies in the year of its end, or the year before."""
    assert str(before(yearless, EdtfDate.parse(date))) == expected


def test_a_day_that_the_year_before_does_not_have() -> None:
    """29 February before January 2019 does not exist."""
    assert before("XXXX-02-29", EdtfDate.parse("2019-01-03")) is None


@pytest.mark.parametrize(
    ("text", "span"), [("tussen mei en juli", True), ("in mei en juli", False), ("mei-juli", True)]
)
def test_months_that_are_a_range(text: str, span: bool) -> None:
    """`and` joins two months to a range only after a word for `between`."""
    start = text.index("mei")
    assert is_span(text, start, start + 3, text.index("juli")) is span
