from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.infer.date.inference import DateHabits, DateInference, DateSources
from corpus_tool.infer.date.order import ORDER_CHARACTERS, agreed, order_of, order_of_text
from corpus_tool.infer.date.publication import infer_date, publication_date
from corpus_tool.model.options import DateOptions, DayOrder

BODY = "De raad keurde het plan voor de oude haven goed. Het debat duurde tot na middernacht."


@given(st.integers(0, 40), st.integers(0, 40))
def test_two_numbers(first: int, second: int) -> None:
    """Law: only a number that is a day and no month tells the order, and the turned pair tells the other."""
    order = order_of(first, second)
    turned: DayOrder | None = {"dmy": "mdy", "mdy": "dmy", None: None}[order]
    assert order_of(second, first) == turned
    assert (order == "dmy") == (first in range(13, 32) and second in range(1, 13))


@pytest.mark.parametrize(
    ("text", "order", "span"),
    [
        ("Op 20/06/2018 en 03/04/2018.", "dmy", "20/06/2018"),
        ("Op 03/04/2018 en 6-20-2018.", "mdy", "6-20-2018"),
        ("Op 20/06/2018 en 21/06/2018.", "dmy", "20/06/2018"),
    ],
)
def test_the_order_that_a_text_shows(text: str, order: str, span: str) -> None:
    """The first date of which only one reading exists shows it."""
    found = order_of_text(text)
    assert found is not None
    assert (found[0], text[found[1] : found[2]]) == (order, span)


@pytest.mark.parametrize(
    "text",
    [
        "Op 03/04/2018.",
        "Op 20/06/2018 en 06/20/2018.",
        "Op 32/06/2018 en 20/13/2018.",
        "Op 20/06-2018 en 20/06/18.",
        "Versie 1-20-2018-3, map /20/06/2018/.",
        "",
    ],
)
def test_a_text_that_shows_none(text: str) -> None:
    """Dates that can be read both ways, dates of both orders, and what is no date."""
    assert order_of_text(text) is None


def test_the_order_is_looked_for_in_the_opening() -> None:
    """A date beyond it shows nothing."""
    assert order_of_text(" " * (ORDER_CHARACTERS - 10) + "20/06/2018") is not None
    assert order_of_text(" " * ORDER_CHARACTERS + "20/06/2018") is None


@given(st.integers(0, 500), st.integers(0, 500))
def test_what_dates_agree_on(day_first: int, month_first: int) -> None:
    """Law: at most one date in twenty may contradict, whichever order was met first."""
    counts: dict[DayOrder, int] = {"dmy": day_first, "mdy": month_first}
    order = agreed(Counter(counts))
    assert order == agreed(Counter(dict(reversed(counts.items()))))
    total = day_first + month_first
    expected = next((name for name, count in counts.items() if total and count * 20 >= total * 19), None)
    assert order == expected


def read(
    text: str, language: str | None = None, day_order: DayOrder | None = None, habit: bool = False
) -> DateInference:
    """What is inferred, in a folder that writes month first if `habit` is set."""
    habits = DateHabits("pers/us", "mdy") if habit else None
    found = publication_date(DateSources(text, language, habits=habits), DateOptions(day_order=day_order))
    assert found is not None
    return found


BOTH = f"Posted 03/04/2018\n{BODY}"
DAY, MONTH = "2018-04-03", "2018-03-04"


@pytest.mark.parametrize(
    ("text", "more", "date", "rules"),
    [
        (BOTH, {"language": "nl"}, DAY, ["numeric"]),
        (BOTH, {"language": "en-GB"}, DAY, ["numeric"]),
        (BOTH, {"language": "en-US"}, MONTH, ["numeric"]),
        (BOTH, {"language": "en", "habit": True}, MONTH, ["numeric", "folder-mdy"]),
        (BOTH, {"language": "nl", "habit": True}, DAY, ["numeric"]),  # Dutch writes the day first in any folder
        (f"{BOTH} Op 20/06/2018.", {"habit": True}, DAY, ["numeric", "day-order-dmy"]),
        (f"{BOTH} Op 06/20/2018.", {"language": "nl"}, MONTH, ["numeric", "day-order-mdy"]),
        (f"{BOTH} Op 20/06/2018.", {"day_order": "mdy", "language": "nl", "habit": True}, MONTH, ["numeric"]),
        (BOTH, {"day_order": "dmy", "language": "en-US"}, DAY, ["numeric"]),
    ],
)
def test_who_tells_the_order(text: str, more: dict[str, object], date: str, rules: list[str]) -> None:
    """The flag, else the text itself, else its folder, else the language; the evidence says which."""
    found = read(text, **more)
    assert (str(found.date), [evidence.rule for evidence in found.evidence]) == (date, rules)
    assert found.remarks == ()
    for evidence in found.evidence:
        value = {"text": text, "name": "pers/us/a.txt"}[evidence.where]
        assert value[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize("language", [None, "en", "und"])
def test_an_order_that_nothing_tells(language: str | None) -> None:
    """Only the year is taken, and both readings are told."""
    found = read(BOTH, language)
    assert str(found.date) == "2018"
    [(code, message)] = found.remarks
    assert code == "day-order-unknown"
    for told in ("03/04/2018", DAY, MONTH):
        assert told in message


def test_an_order_that_is_not_needed() -> None:
    """Where one reading exists, what tells the order of others is no evidence, and contradicts nothing."""
    found = read(f"Posted 20/06/2018\n{BODY}", habit=True)
    assert (str(found.date), [evidence.rule for evidence in found.evidence]) == ("2018-06-20", ["numeric"])


def test_an_order_from_the_folder_is_less_sure() -> None:
    """It is not in the article itself."""
    assert read(BOTH, habit=True).confidence < read(f"{BOTH} Op 06/20/2018.").confidence


def test_a_remark_about_a_line_that_gave_nothing() -> None:
    """Where the date is stated, the order of a number in the text is nobody's concern."""
    found = infer_date(BOTH, fields={"date": "2018-03-04"})
    assert found is not None
    assert (str(found.date), found.remarks) == ("2018-03-04", ())


@pytest.mark.parametrize("line", ["Date: 03/04/2018", "Par Jean Martin | 03/04/2018"])
def test_an_order_that_nothing_tells_in_other_places(line: str) -> None:
    """A label and a byline are told of like a line with a cue."""
    found = read(f"{line}\n{BODY}")
    assert (str(found.date), [code for code, _ in found.remarks]) == ("2018", ["day-order-unknown"])
