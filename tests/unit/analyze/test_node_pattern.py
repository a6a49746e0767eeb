"""Where a text has what a concordance looks for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.analyze.node_pattern import compile_node
from corpus_tool.analyze.pattern_language import IndexTerm
from corpus_tool.errors import UsageError
from corpus_tool.text.fold import fold


def nodes(pattern: str, text: str, *, regex: bool = False, case: bool = False) -> list[str]:
    """What a pattern finds in a text."""
    return [text[start:end] for start, end in compile_node(pattern, regex=regex, case=case).spans(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("ICE", "l'ICE, l’Ice-chef; de ice", ["ICE", "Ice", "ice"]),
        ("ice", "police icecream 2ice ice2 i-ce", []),
        ("deja", "Déjà DE\u0301JA\u0300 deja dejas", ["Déjà", "DE\u0301JA\u0300", "deja"]),
        ("oeuvre", "l’œuvre, OEUVRE, Œuvre, oeuvres", ["œuvre", "OEUVRE", "Œuvre"]),
        ("œuvre", "oeuvre", ["oeuvre"]),
        ("straße", "STRASSE Strasse Straße", ["STRASSE", "Strasse", "Straße"]),
        ("ffi", "ﬃ ﬀi fﬁ ffi ﬀ", ["ﬃ", "ﬀi", "fﬁ", "ffi"]),
        ("sss", "ß sß ßs sss ßß", ["sß", "ßs", "sss"]),
        ("ijs", "ĲS ĳs ijs", ["ĲS", "ĳs", "ijs"]),
        ("samen", "sa\u00admen", ["sa\u00admen"]),
        ("men", "sa\u00admen", []),
        ("woord", "\u200bWoord\u200b woord", ["Woord\u200b", "woord"]),
        ("жизнь", "Жизнь, жизнь и жизни", ["Жизнь", "жизнь"]),
        ("हिंदी", "हिंदी हि", ["हिंदी"]),
        ("10", "10 10e 1 10,5", ["10", "10"]),
    ],
)
def test_words(pattern: str, text: str, found: list[str]) -> None:
    """Whole words only, whatever the case, accents, ligatures and invisible characters in them."""
    assert nodes(pattern, text) == found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("l'ICE", "l'ICE L’ICE l ICE l' ICE", ["l'ICE", "L’ICE"]),
        (
            "le pont",
            "le pont, Le\u00a0Pont, le\npont, le  \n pont",
            ["le pont", "Le\u00a0Pont", "le\npont", "le  \n pont"],
        ),
        ("le pont", "le\n\npont le, pont le-pont", []),
        ("porte-parole", "porte-parole porte‑parole porte parole", ["porte-parole", "porte‑parole"]),
        ("Paris : une", "Paris: une, Paris\u00a0: une, Paris :une", ["Paris: une", "Paris\u00a0: une", "Paris :une"]),
        ("50%", "50 % 50% 50\u202f% 150%", ["50 %", "50%", "50\u202f%"]),
        ('dit "non"', "dit « non », dit “non”", ["dit « non »", "dit “non”"]),
        ("ha ha", "ha ha ha", ["ha ha", "ha ha"]),
        ("M. Dupont", "M. Dupont M Dupont", ["M. Dupont"]),
        ("!", "Nee ! Ja!", ["!", "!"]),
        ("½", "½ 1/2", ["½", "1/2"]),
    ],
)
def test_phrases(pattern: str, text: str, found: list[str]) -> None:
    """Words in sequence, over any blanks but an empty line; signs as they are, of any kind; overlapping ones too."""
    assert nodes(pattern, text) == found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("*migr*", "L’immigration, migrant, émigré-né, migr", ["immigration", "migrant", "émigré", "migr"]),
        ("*migr*", "migrmigr immi gratis", ["migrmigr"]),
        ("migr*", "immigration migration", ["migration"]),
        ("*en", "lopen en enen benen entree", ["lopen", "en", "enen", "benen"]),
        ("m?n", "man mén mn maan ma\u0308n", ["man", "mén", "ma\u0308n"]),
        ("?an", "man an baan", ["man"]),
        ("*?an", "man an baan", ["man", "baan"]),
        ("a*b*c", "abc axbxc ab-c ABCC acb", ["abc", "axbxc", "ABCC"]),
        ("*ana", "banana bananas", ["banana"]),
        ("*", "l’un, 2 x", ["l", "un", "2", "x"]),
        ("??", "a bé cd efg", ["bé", "cd"]),
        ("* Gent", "naar Gent, Gent", ["naar Gent"]),
        ("naar *", "naar Gent naar. naar", ["naar Gent"]),
        ("naar * en", "naar Gent en naar Brugge", ["naar Gent en"]),
        ("*a b*", "banana boot, a b", ["banana boot", "a b"]),
        ("l'*", "l’État l' x", ["l’État"]),
        ("*'ice", "l'ice 'ice dl'ice", ["l'ice", "dl'ice"]),
        ("* *", "a b c", ["a b", "b c"]),
        ("*oeuv*", "désœuvré", ["désœuvré"]),
        (r"a\*", "a* ab", ["a*"]),
    ],
)
def test_wildcards(pattern: str, text: str, found: list[str]) -> None:
    """A star stays within its word, which apostrophes and hyphens end; the node is the whole word; `?` is a letter."""
    assert nodes(pattern, text) == found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("Déjà", "Déjà déjà DÉJÀ Deja", ["Déjà"]),
        ("œuvre", "œuvre oeuvre Œuvre", ["œuvre"]),
        ("l'ICE", "l’ICE l'ice", ["l’ICE"]),
        ("cafe", "cafe\u0301 cafe", ["cafe"]),
        ("Migr*", "Migranten migranten", ["Migranten"]),
        ("samen", "sa\u00admen", ["sa\u00admen"]),
    ],
)
def test_case(pattern: str, text: str, found: list[str]) -> None:
    """With `case` letters are exact; apostrophes and what nobody sees are not."""
    assert nodes(pattern, text, case=True) == found


def test_regular_expressions() -> None:
    """On the text as it stands, in any case unless told; what matches nothing is left out."""
    assert nodes(r"\bmigr\w+", "Migranten, immigratie", regex=True) == ["Migranten"]
    assert nodes(r"\bmigr\w+", "Migranten", regex=True, case=True) == []
    assert nodes("é", "e\u0301 é e", regex=True) == ["é"]
    assert nodes("a*", "baab", regex=True) == ["aa"]
    assert compile_node("a", regex=True).terms == ()


def test_bad_regular_expressions() -> None:
    """What is wrong with it, where, and what else there is."""
    with pytest.raises(UsageError, match=r"'ab\(' is no regular expression.*position 3") as error:
        compile_node("ab(", regex=True)
    assert "wildcards" in error.value.hint
    with pytest.raises(UsageError, match="empty"):
        compile_node("", regex=True)


def test_a_regular_expression_has_its_time() -> None:
    """One that would never end is stopped."""
    with pytest.raises(TimeoutError):
        compile_node("(a|a)+$", regex=True).spans("a" * 50 + "b", seconds=0.01)


@pytest.mark.parametrize(
    "pattern", ["*a*a*a*a*a*b", "a*a*a*a*a*b", "?a?a?a*b *a*a*b", "*a *a *a b", "a" * 200, "ss" * 100]
)
def test_no_text_makes_a_pattern_slow(pattern: str) -> None:
    """Many stars over one long word without an end, and many ways to spell a letter twice, end at once."""
    text = f"{'a' * 20_000} {'ß' * 2000} {'a ' * 2000}"
    assert nodes(pattern, text) == []


ALPHABET = "aeosS éÉœŒßß'’-\u0301\u00ad\u200b.\n ﬀfi½"
INVISIBLE_TWICE = re.compile("[\u00ad\u200b]{2}")
"""Two of them in a row hide the border of a word, which is as good as never met in text."""


def _whole_words(text: str, word: str) -> list[tuple[int, int]]:
    """Every place where a word stands, found by folding every piece of the text."""
    found = []
    for start in range(len(text)):
        if not fold(text[start]) or (start and _solid(text[start - 1])):
            continue
        if start > 1 and text[start - 1] in "\u00ad\u200b" and _solid(text[start - 2]):
            continue
        ends = [end for end in range(start + 1, len(text) + 1) if fold(text[start:end]) == word]
        if ends and not (ends[-1] < len(text) and _solid(text[ends[-1]])):
            found.append((start, ends[-1]))
    return found


def _solid(character: str) -> bool:
    return character.isalnum() or character == "\u0301"


@given(st.text(ALPHABET, max_size=30).filter(lambda text: not INVISIBLE_TWICE.search(text)), st.data())
def test_words_are_found_where_the_folded_text_has_them(text: str, data: st.DataObject) -> None:
    """The law: the spans of a word are those pieces of the text that fold to it, between borders of words."""
    words = {word for word in fold(text).split() if word.isalnum()}
    word = data.draw(st.sampled_from(sorted(words | {"oe", "sss", "e"})))
    assert list(compile_node(word).spans(text)) == _whole_words(text, word)


@given(st.text("aelnmi *?'", max_size=12), st.text(ALPHABET + "lnm", max_size=40))
def test_what_is_found_has_the_terms_of_the_index(typed: str, text: str) -> None:
    """The law that lets an index propose articles: a text with a hit has every term among its folded words."""
    try:
        pattern = compile_node(typed)
    except UsageError:
        return
    words = "".join(character if character.isalnum() else " " for character in fold(text)).split()
    if list(pattern.spans(text)):
        for term in pattern.terms:
            assert term is None or any(_meets(word, term) for word in words)


def _meets(word: str, term: IndexTerm) -> bool:
    return word.startswith(term.folded) if term.prefix else word == term.folded


@given(st.text("abé* ?'", min_size=1, max_size=8), st.text(ALPHABET + "ab", max_size=30))
def test_spans_are_in_order_and_hold_something(typed: str, text: str) -> None:
    """The law: spans lie in the text, are not empty, and begin one after the other."""
    try:
        spans = list(compile_node(typed).spans(text))
    except UsageError:
        return
    assert all(0 <= start < end <= len(text) for start, end in spans)
    starts = [start for start, _ in spans]
    assert starts == sorted(set(starts))


def test_characters_met_later_are_found_too() -> None:
    """A pattern that was compiled before a script was met finds letters of that script which fold to its own."""
    pattern = compile_node("minister")
    assert [len(list(pattern.spans(text))) for text in ("minister", "𝐦𝐢𝐧𝐢𝐬𝐭𝐞𝐫", "ｍｉｎｉｓｔｅｒ", "minister")] == [
        1,
        1,
        1,
        1,
    ]
