from typing import Any

import pytest

from corpus_tool import query as query_module
from corpus_tool.errors import CorpusToolError, ExitCode, UsageError
from corpus_tool.model.evidence import Inferred
from corpus_tool.query import Query, sort_key, value_of
from tests.unit.building import article, source


@pytest.mark.parametrize(
    ("conditions", "date", "expected"),
    [
        ({"since": "2018-06-15"}, "2018-06", True),
        ({"since": "2018-06-15"}, "2018-06-14", False),
        ({"since": "2018-06-15"}, "2018-06-15", True),
        ({"since": "2018"}, "2018-01-01", True),
        ({"since": "2018"}, "2017-12-31", False),
        ({"until": "2018-06"}, "2018-06-30", True),
        ({"until": "2018-06"}, "2018-07-01", False),
        ({"until": "2018"}, "2018-24", True),
        ({"since": "2019-02-28"}, "2018-24", True),
        ({"since": "2019-03"}, "2018-24", False),
        ({"on": "2018"}, "2018-06", True),
        ({"on": "2018-06-18"}, "2018-06", True),
        ({"on": "2018-21"}, "2018-04-02", True),
        ({"on": "2018-21"}, "2018-06-01", False),
        ({"on": "2018-06-17"}, "2018-06-16/2018-06-17", True),
        ({"on": "2018-06-18"}, "2018-06-16/2018-06-17", False),
        ({"on": "2018-06-01/2018-06-15"}, "2018-06-15", True),
        ({"on": "2018-06-01/2018-06-15"}, "2018-06-16", False),
        ({"since": "2018-06-10", "until": "2018-06-20"}, "2018-06", True),
        ({"since": "2018-06-10", "until": "2018-06-20"}, "2018-07", False),
        ({"on": "2018"}, "2018-06~", True),
        ({"on": "2018"}, "201X", True),
        ({"since": "2030"}, "2018/..", True),
        ({"until": "2017"}, "2018/..", False),
    ],
)
def test_a_date_meets_what_it_can_mean(conditions: dict[str, Any], date: str, expected: bool) -> None:
    """Under overlaps an article meets a date condition if one of the days it can mean does."""
    assert Query(**conditions).matches(article(date=date)) is expected


@pytest.mark.parametrize(
    ("conditions", "date", "expected"),
    [
        ({"since": "2018-06-15"}, "2018-06", False),
        ({"since": "2018-06-01"}, "2018-06", True),
        ({"until": "2018-06-15"}, "2018-06", False),
        ({"until": "2018-06-30"}, "2018-06", True),
        ({"on": "2018"}, "2018-06", True),
        ({"on": "2018-06-18"}, "2018-06", False),
        ({"on": "2018"}, "2018-24", False),
        ({"on": "2018-06-15/2018-06-20"}, "2018-06-16/2018-06-17", True),
        ({"since": "2018"}, "2018/..", True),
        ({"on": "2018"}, "2018/..", False),
    ],
)
def test_within_asks_that_it_can_mean_nothing_else(conditions: dict[str, Any], date: str, expected: bool) -> None:
    """Under within every day an article's date can mean must meet the condition."""
    assert Query(**conditions, date_match="within").matches(article(date=date)) is expected


@pytest.mark.parametrize("date", [None, "XXXX-06-18", "geen datum"])
@pytest.mark.parametrize("conditions", [{"since": "0001"}, {"until": "9999"}, {"on": "2018"}])
@pytest.mark.parametrize("match", ["overlaps", "within"])
def test_an_undated_article_meets_no_date_condition(date: str | None, conditions: dict[str, Any], match: Any) -> None:
    """Without a year nothing is since, until or on anything."""
    undated = article(date_earliest=None, date_latest=None)
    object.__setattr__(undated, "date", date)
    assert not Query(**conditions, date_match=match).matches(undated)


def test_dated_and_undated() -> None:
    """`--dated` and `--undated` divide the articles; a date without a year is a date."""
    for date in ("2018", "XXXX-06-18"):
        assert Query(dated=True).matches(article(date=date))
        assert not Query(dated=False).matches(article(date=date))
    assert Query(dated=False).matches(article())
    assert Query(dated=True).why_not(article()) == "it has no date"
    assert Query(dated=False).why_not(article(date="2018")) == "it has a date, 2018"


def test_only_by_overlap() -> None:
    """An article whose date only may meet the condition is told from one that surely does."""
    query = Query(since="2018-06-15")
    assert query.only_by_overlap(article(date="2018-06"))
    assert not query.only_by_overlap(article(date="2018-07"))
    assert not Query(since="2018-06-15", date_match="within").only_by_overlap(article(date="2018-06"))
    assert not Query(languages=("nl",)).only_by_overlap(article(date="2018-06"))


def test_only_by_overlap_looks_at_the_dates_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern, which may be slow, is not run a second time."""
    query = Query(since="2018-06-15", patterns=("plan",))
    monkeypatch.setattr(query_module, "_found", lambda *_: pytest.fail("the pattern was run"))
    assert query.only_by_overlap(article(date="2018-06"))


@pytest.mark.parametrize(
    ("wanted", "language", "expected"),
    [
        ("nl", "nl", True),
        ("nl", "nl-BE", True),
        ("nl-BE", "nl", False),
        ("Nederlands", "nl", True),
        ("nld", "nl-NL", True),
        ("français", "fr", True),
        ("Frans", "fr", True),
        ("fr", "frp", False),
        ("und", "und", True),
        ("zxx", "zxx", True),
        ("nl", None, False),
        ("aaa", "nl", False),
    ],
)
def test_languages(wanted: str, language: str | None, expected: bool) -> None:
    """Names and codes are understood, a tag meets its own language, an unused code meets nothing."""
    assert Query(languages=(wanted,)).matches(article(language=language)) is expected


def test_languages_are_alternatives() -> None:
    """Several languages: one of them is enough."""
    query = Query(languages=("nl", "fr"))
    assert [query.matches(article(language=tag)) for tag in ("nl", "fr", "de")] == [True, True, False]
    assert query.why_not(article(language="de")) == "language de is not nl or fr"
    assert query.why_not(article(language=None)) == "language unknown is not nl or fr"


def test_an_unknown_language_names_those_near_it() -> None:
    """A wrong code is a usage error that helps."""
    with pytest.raises(UsageError, match="'xx' is no language") as error:
        Query(languages=("xx",))
    assert "near it: " in error.value.hint
    with pytest.raises(UsageError) as error:
        Query(languages=("Nederlnds",))
    assert "Nederlands" in error.value.hint


@pytest.mark.parametrize(
    "conditions",
    [
        {"since": "2018-13"},
        {"until": "juni"},
        {"on": ""},
        {"on": "XXXX-06-18"},
        {"since": "../2018"},
        {"until": "2018/.."},
        {"date_match": "soms"},
        {"patterns": ("(",)},
        {"has": ("kleur",)},
        {"has": ("kleur.rood",)},
    ],
)
def test_a_condition_that_means_nothing_is_a_usage_error(conditions: dict[str, Any]) -> None:
    """What cannot be asked is said before any article is read, with something to try."""
    with pytest.raises(UsageError) as error:
        Query(**conditions)
    assert error.value.code == ExitCode.USAGE
    assert error.value.hint


@pytest.mark.parametrize(
    ("conditions", "values", "expected"),
    [
        ({"min_words": 3}, {"words": 3}, True),
        ({"min_words": 4}, {"words": 3}, False),
        ({"max_words": 3}, {"words": 3}, True),
        ({"max_words": 2}, {"words": 3}, False),
        ({"min_words": 0}, {"words": 0}, True),
        ({"outlets": ("de krant",)}, {"outlet": "De Krant"}, True),
        ({"outlets": ("de krant", "het blad")}, {"outlet": "Het Blad"}, True),
        ({"outlets": ("de krant",)}, {"outlet": "De Krant Online"}, False),
        ({"outlets": ("de krant",)}, {"outlet": None}, False),
        ({"sources": ("pers/*.txt",)}, {}, True),
        ({"sources": ("a.txt",)}, {}, True),
        ({"sources": ("ers/a.txt",)}, {}, False),
        ({"sources": ("*.csv", "*.txt")}, {}, True),
        ({"sources": ("*.TXT",)}, {}, False),
        ({"sources": ("x[1].txt",)}, {"source": source(path="x[1].txt")}, True),
        ({"contains": ("OUDE haven",)}, {}, True),
        ({"contains": ("raad keurt",)}, {"title": "Raad keurt"}, True),
        ({"contains": ("straße",)}, {"text": "Die STRASSE ist leer."}, True),
        ({"contains": ("haven", "zee")}, {}, False),
        ({"contains": ("haven",)}, {"title": None}, True),
        ({"patterns": (r"\bhaven\b",)}, {}, True),
        ({"patterns": (r"^Raad keurt",)}, {}, True),
        ({"patterns": (r"HAVEN",)}, {}, False),
        ({"patterns": (r"(?i)HAVEN",)}, {}, True),
        ({"patterns": (r"haven", r"zee")}, {}, False),
        ({"has": ("title",)}, {}, True),
        ({"has": ("title",)}, {"title": None}, False),
        ({"has": ("authors",)}, {}, False),
        ({"has": ("authors",)}, {"authors": ("An Peeters",)}, True),
        ({"has": ("extra",)}, {}, False),
        ({"has": ("extra.Oplage",)}, {"extra": {"Oplage": "12"}}, True),
        ({"has": ("extra.Oplage",)}, {"extra": {"Editie": "12"}}, False),
        ({"has": ("extra.Oplage",)}, {"extra": {"Oplage": ""}}, False),
        ({"has": ("extra.a.b",)}, {"extra": {"a.b": "1"}}, True),
        ({"has": ("words",)}, {"words": 0}, True),
        ({"has": ("source.sha256",)}, {}, True),
        ({"has": ("source.sha256",)}, {"source": source(sha256=None)}, False),
        ({"has": ("title.upper",)}, {}, False),
        ({"has": ("source.to_dict",)}, {}, False),
        ({"min_language_confidence": 0.9}, {}, True),
        ({"min_language_confidence": 0.995}, {}, False),
        ({"min_date_confidence": 0.1}, {}, False),
    ],
)
def test_other_conditions(conditions: dict[str, Any], values: dict[str, Any], expected: bool) -> None:
    """Each condition lets through what it should and keeps back what it should, with a reason."""
    reason = Query(**conditions).why_not(article(**values))
    assert (reason is None) is expected
    assert reason is None or len(reason) > 8


@pytest.mark.parametrize("languages", [{}, {"nl": 0.8, "fr": 0.2}])
def test_mixed_and_not_mixed(languages: dict[str, float]) -> None:
    """`--mixed` and `--not-mixed` divide the articles, each with its reason; without either both are given."""
    item = article(languages=languages)
    assert Query().matches(item)
    assert Query(mixed=True).matches(item) is bool(languages)
    assert Query(mixed=False).matches(item) is not bool(languages)
    if languages:
        assert Query(mixed=False).why_not(item) == "it is mixed: nl, fr"
    else:
        assert Query(mixed=True).why_not(item) == "it is in one language"


def test_a_mixed_article_is_in_its_main_language() -> None:
    """A condition on the language asks for that of most of the text, not for that of a passage."""
    item = article(languages={"nl": 0.8, "fr": 0.2})
    assert Query(languages=("nl",), mixed=True).matches(item)
    assert Query(languages=("fr",)).why_not(item) == "language nl is not fr"
    assert not Query(mixed=False).empty
    assert not Query(mixed=True).empty


def test_confidence_of_the_date() -> None:
    """A confidence is met from its value on."""
    inference = {"date": Inferred("header", 0.9), "language": None, "title": None}
    assert Query(min_date_confidence=0.9).matches(article(inference=inference))
    assert not Query(min_date_confidence=0.91).matches(article(inference=inference))


def test_the_first_reason_is_given() -> None:
    """Of several failures the first in the order of the conditions is named, with both sides."""
    assert Query(languages=("fr",), min_words=1000).why_not(article()) == "language nl is not fr"
    assert Query(min_words=1000).why_not(article(words=7)) == "7 words are fewer than 1000"
    assert Query(max_words=5).why_not(article(words=7)) == "7 words are more than 5"
    assert Query(on="2019").why_not(article(date="2018-06")) == "date 2018-06 is not on 2019"
    assert Query(on="2019").why_not(article()) == "its date is not known"
    assert Query(contains=("zee",)).why_not(article()) == "it does not contain 'zee'"
    assert Query(has=("url",)).why_not(article()) == "it has no url"


def test_a_pattern_that_takes_too_long_stops_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nested repeats over a long word are ended by the clock, the pattern and the article named."""
    monkeypatch.setattr(query_module, "PATTERN_SECONDS", 0.05)
    assert not Query(patterns=(r"(a+)+$",)).matches(article(text="a" * 28 + "!"))
    hostile = article(name="lang", title="a" * 40 + "!", text="a" * 40 + "!")
    with pytest.raises(CorpusToolError, match=r"took too long: '\(a\|aa\)\+\$'.* on lang") as error:
        Query(patterns=(r"(a|aa)+$",)).matches(hostile)
    assert error.value.code == ExitCode.FAILED


def test_the_limit_of_a_pattern_is_two_seconds() -> None:
    """The limit that the documents state."""
    assert query_module.PATTERN_SECONDS == 2.0


def test_empty() -> None:
    """A query without conditions is empty, also with another way of matching dates."""
    assert Query().empty
    assert Query(date_match="within").empty
    assert not Query(min_words=0).empty
    assert Query().matches(article())


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("date", ["2018-05-31", "2018-06-01", "2018-06", "2018", "2019"]),
        ("title", ["appel", "Banaan", "citroen"]),
        ("words", [9, 10, 100]),
        ("language", ["fr", "nl", "nl-BE"]),
    ],
)
def test_sort_key(name: str, order: list[Any]) -> None:
    """Numbers sort as numbers, text without case, dates by first and then last day."""
    if name == "date":
        order = ["2018-05-31", "2018", "2018-06-01", "2018-06", "2019"]
        order.sort(key=lambda text: (article(date=text).date_earliest, article(date=text).date_latest))
    given = [article(**{name: value}) for value in reversed(order)]
    assert [getattr(item, name) for item in sorted(given, key=sort_key(name))] == order


@pytest.mark.parametrize(
    ("name", "missing"),
    [("title", None), ("authors", ()), ("extra", {}), ("date", None), ("date", "XXXX-06-18"), ("outlet", "")],
)
def test_sort_key_marks_what_is_missing(name: str, missing: Any) -> None:
    """The first part of the key tells a missing value."""
    assert sort_key(name)(article(**{name: missing}))[0] is True


def test_sort_by_an_unknown_field() -> None:
    """The fields there are are named."""
    with pytest.raises(UsageError, match="'kleur' is no field") as error:
        sort_key("kleur")
    assert "date_modified" in error.value.hint


def test_value_of() -> None:
    """Fields, parts of the source and labels of `extra` by name; None for what is not there."""
    item = article(extra={"Oplage": "12"})
    assert value_of(item, "title") == item.title
    assert value_of(item, "source.path") == "pers/a.txt"
    assert value_of(item, "extra.Oplage") == "12"
    assert value_of(item, "extra.Editie") is None
    assert value_of(item, "source.kleur") is None
