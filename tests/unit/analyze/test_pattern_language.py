"""What was typed for a concordance, taken into its parts, and what of it an index can look up."""

from __future__ import annotations

import pytest

from corpus_tool.analyze.pattern_language import Gap, IndexTerm, Literal, One, Part, Star, index_terms, parse
from corpus_tool.errors import UsageError

L = Literal


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Œuvre", [L("oeuvre")]),
        ("l’ICE", [L("l'ice")]),
        ('"l\'ICE"', [L("l'ice")]),
        ('"a" b "c"', [L('"a"b"c"')]),
        ("  de   \u00a0 la\n", [L("de"), Gap(), L("la")]),
        ("*migr*", [Star(), L("migr"), Star()]),
        ("* a", [Star(1), Gap(), L("a")]),
        ("l'*", [L("l'"), Star(1)]),
        ("*?*?", [One(), One(), Star()]),
        ("a**b", [L("a"), Star(), L("b")]),
        ("Prix : 50 %", [L("prix:50%")]),
        (r"a\*b\?c\\", [L("a*b?c\\")]),
    ],
)
def test_parts(typed: str, parts: list[Part]) -> None:
    """Words folded, blanks as one, wildcards in one order, outer quotation marks and blanks beside signs left off."""
    assert parse(typed) == parts


def test_with_case_letters_stay_as_they_are() -> None:
    """Only letters have case and accents: signs are folded nevertheless, and accents composed."""
    assert parse("L’E\u0301tat – Œuvre", case=True) == [L("L'État"), Gap(), L("-"), Gap(), L("Œuvre")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "is empty"),
        (" \u00a0 ", "is empty"),
        ("\u00ad", "is empty"),
        (r"a\w", "position 2"),
        ("ab\\", "position 3"),
        (r'"a\w"', "position 3"),
    ],
)
def test_bad_patterns(typed: str, told: str) -> None:
    """Nothing to look for, and a backslash before what has no other meaning, are told with the place."""
    with pytest.raises(UsageError, match=told) as error:
        parse(typed)
    assert "docs/concordance.md" in error.value.hint


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Déjà", [IndexTerm("deja")]),
        ("L’ICE", [IndexTerm("l"), IndexTerm("ice")]),
        ("Union euro*", [IndexTerm("union"), IndexTerm("euro", prefix=True)]),
        ("m?n *en", [IndexTerm("m", prefix=True), None]),
        ("a*b*", [IndexTerm("a", prefix=True)]),
        ("* : 50 %", [None, IndexTerm("50")]),
        ("«", []),
        (r"a\*b", [IndexTerm("a"), IndexTerm("b")]),
    ],
)
def test_index_terms(typed: str, terms: list[IndexTerm | None]) -> None:
    """A word, how it begins, or None for each word of the pattern; signs are not in an index."""
    assert list(index_terms(parse(typed))) == terms


def test_index_terms_are_folded_where_case_counts() -> None:
    """An index has folded words, whatever the pattern minds."""
    assert index_terms(parse("Œuvre", case=True)) == (IndexTerm("oeuvre"),)
