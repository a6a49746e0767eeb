import pytest

from corpus_tool.model.calendar import (
    CORE,
    MONTHS,
    WEEKDAYS,
    all_full_months,
    full_months,
    full_weekdays,
    known_language,
    months_for,
    own_months,
    weekdays_for,
)


@pytest.mark.parametrize(
    ("language", "name", "number"),
    [
        ("nl", "mrt", 3),
        ("fr", "févr", 2),
        ("fr", "août", 8),
        ("en", "sept", 9),
        ("de", "jänner", 1),
        ("es", "setiembre", 9),
        ("it", "giu", 6),
        ("pt", "dez", 12),
        ("da", "maj", 5),
        ("nb", "desember", 12),
        ("lb", "mee", 5),
        ("ca", "març", 3),
        ("pl", "czerwca", 6),
        ("pl", "czerwiec", 6),
        ("cs", "led", 1),
        ("ro", "iunie", 6),
        ("fy", "jannewaris", 1),
    ],
)
def test_a_month_in_its_language(language: str, name: str, number: int) -> None:
    """Full, short, inflected and stand-alone forms, without an abbreviation's point."""
    assert months_for(language)[name] == number


@pytest.mark.parametrize(("language", "name"), [("nl", "leden"), ("nl", "mee"), ("es", "marca"), (None, "maja")])
def test_a_month_of_another_language_that_is_a_word(language: str | None, name: str) -> None:
    """`20 leden` are members in Dutch and January in Czech: such a name counts in its own language alone."""
    assert name not in months_for(language)


@pytest.mark.parametrize("language", [*CORE, "cs", None])
def test_core_names_count_in_every_text(language: str | None) -> None:
    """Papers quote each other's dates."""
    assert {months_for(language)[name] for name in ("juni", "juin", "june", "junio", "giugno", "junho")} == {6}


def test_own_names() -> None:
    """Those of one language alone: `mag` is a month in Italian, and a verb in Dutch."""
    assert "mag" in own_months("it")
    assert "mag" not in own_months("nl")


def test_full_names() -> None:
    """Twelve months and seven weekdays, without abbreviations."""
    assert sorted(full_months("nl").values()) == list(range(1, 13))
    assert full_weekdays("fr")["mardi"] == 1
    assert "mrt" not in full_months("nl")
    assert "juni" in all_full_months()
    assert "sept" not in all_full_months()


@pytest.mark.parametrize(("language", "name", "number"), [("fy", "so", 5), ("de", "so", 6), ("nl", "zo", 6)])
def test_a_weekday_in_its_language(language: str, name: str, number: int) -> None:
    """One short form can be two days, in two languages."""
    assert weekdays_for(language)[name] == number


@pytest.mark.parametrize("name", ["qui", "vie", "ter", "sex"])
def test_words_that_are_weekdays_in_one_language(name: str) -> None:
    """French `qui` is no Thursday."""
    assert name not in WEEKDAYS
    assert name not in weekdays_for("fr")


def test_where_the_language_is_not_known() -> None:
    """All numbers are there, whatever the language."""
    assert set(MONTHS.values()) == set(range(1, 13))
    assert set(WEEKDAYS.values()) == set(range(7))
    assert months_for("ja") == MONTHS


@pytest.mark.parametrize(("tag", "known"), [("nl-BE", "nl"), ("NB", "no"), ("ja", None), (None, None), ("", None)])
def test_the_language_of_a_tag(tag: str | None, known: str | None) -> None:
    """By its first part, Bokmål as Norwegian."""
    assert known_language(tag) == known
