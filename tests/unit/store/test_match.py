"""The query language of `search`, against a real FTS5 table."""

import sqlite3
import string
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus_tool.errors import ExitCode, UsageError
from corpus_tool.store.match import MOST_SPELLINGS, Term, parse_search
from corpus_tool.text.fold import fold


@contextmanager
def _index(articles: Iterable[tuple[str, str]]) -> Iterator[sqlite3.Connection]:
    """An index of titles and texts, numbered from 1."""
    index = sqlite3.connect(":memory:")
    try:
        index.execute(
            'CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, tokenize="unicode61 remove_diacritics 2")'
        )
        index.executemany("INSERT INTO articles_fts (title, text) VALUES (?, ?)", articles)
        yield index
    finally:
        index.close()


def _found(index: sqlite3.Connection, typed: str) -> list[int]:
    """The numbers of the articles that a query finds."""
    query = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid"
    return [number for (number,) in index.execute(query, (parse_search(typed).expression,))]


_ARTICLES = [
    ("La sœur de l’Œuvre", "Les œufs coûtent 12,50 euros à 12:30 ; voir http://example.org/a/b?c=d."),
    ("Noord-Holland bouwt", "Zo’n bouwplan migreert naar een and-poort; aujourd’hui niet, morgen misschien wel."),
    ("Microsoft en ICE", "De Straße in Łódź: Jørgensen en Đorđe migreren. Æsir, ĳs, de CO₂ en Yıldırım."),
    ("", "De migratie naar de grote stad gaat door, zegt Microsoft in een brief over ICE."),
]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("migreert", [2]),
        ("de migratie", [4]),
        ("stad\u00a0microsoft", [4]),
        ("DE MIGRATIE", [4]),
        ("migr*", [2, 3, 4]),
        ("and", [2]),
        ("Microsoft AND ICE", [3, 4]),
        ("Microsoft OR bouwplan", [2, 3, 4]),
        ("Microsoft NOT migratie", [3]),
        ("Microsoft AND NOT migratie", [3]),
        ("Microsoft -migratie", [3]),
        ("Microsoft -(migratie OR straße)", []),
        ("Microsoft - migratie", [4]),
        ("Microsoft NOT migratie NOT łódź", []),
        ("microsoft not migratie", []),
        ("bouwplan OR microsoft AND straße", [2, 3]),
        ("(bouwplan OR microsoft) AND straße", [3]),
        ("microsoft NOT straße stad", [4]),
        ('"grote stad"', [4]),
        ("“grote stad”", [4]),
        ("«\u00a0grote stad\u00a0»", [4]),
        ("„grote stad“", [4]),
        ('"stad grote"', []),
        ('"grote st*"', [4]),
        ('"grote st"*', [4]),
        ('"grote st"', []),
        ("zo'n", [2]),
        ("Zo’n", [2]),
        ("aujourd'hui", [2]),
        ("l'oeuvre", [1]),
        ("l'oeuv*", [1]),
        ("noord-holland", [2]),
        ("holland-noord", []),
        ("title:microsoft", [3]),
        ("Title: microsoft", [3]),
        ("text:microsoft", [4]),
        ('title:"noord holland"', [2]),
        ("title:(microsoft OR holland)", [2, 3]),
        ("title:(microsoft ice) brief", []),
        ("title:micro*", [3]),
        ("microsoft NOT title:microsoft", [4]),
        ("soeur", [1]),
        ("sœur", [1]),
        ("oeufs", [1]),
        ("oe*", [1]),
        ("so*", [1]),
        ("STRASSE", [3]),
        ("stras*", [3]),
        ("Lodz", [3]),
        ("jorgensen dorde", [3]),
        ("aesir ijs co2 yildirim", [3]),
        ("coutent", [1]),
        ("cou\u0302tent", [1]),
        ("12:30", [1]),
        ("12,50", [1]),
        ("http://example.org/a/b?c=d", [1]),
        ("http://example.org/a/c", []),
        ("NEAR(stad door, 1)", [4]),
        ("NEAR(stad door, 0)", []),
        ("NEAR(door stad,1)", [4]),
        ('NEAR("grote stad" door)', [4]),
        ("stad NEAR/1 door", [4]),
        ("stad NEAR/0 door", []),
        ("(dorp OR stad) NEAR/1 (door OR langs)", [4]),
        ("NEAR((dorp OR stad) door, 1)", [4]),
        ("NEAR(sta* doo*, 1)", [4]),
        ("NEAR(brief ⓐ, 3)", []),
        ("title:NEAR(noord bouwt, 1)", [2]),
        ("text:NEAR(noord bouwt, 1)", []),
        ("Microsoft – ICE : !", [3, 4]),
        ("(microsoft, 2018)", []),
        ("x\0y\ud800 OR brief", [4]),
        ('brief"grote stad"', [4]),
        ("brief(grote)", [4]),
        ("brief? ?", [4]),
    ],
)
def test_what_is_found(typed: str, numbers: list[int]) -> None:
    """Each form of the language finds the articles that it should."""
    with _index(_ARTICLES) as index:
        assert _found(index, typed) == numbers


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("Microsoft", "Microsoft"),
        ("  Microsoft\u00a0ICE ", "Microsoft AND ICE"),
        ("Microsoft (ICE OR NEAR(a b))", "Microsoft AND (ICE OR NEAR(a b, 10))"),
        ("a b NOT c -d", "(a AND b) NOT c NOT d"),
        ("a OR b c", "a OR (b AND c)"),
        ("((a AND (b AND c)))", "a AND b AND c"),
        ("a (b NOT c)", "a AND (b NOT c)"),
        ("a NOT (b OR c)", "a NOT (b OR c)"),
        ("« l’ICE »", '"l’ICE"'),
        ("l'ICE,", '"l\'ICE,"'),
        ("(ICE).", "ICE"),
        ('"AND"', '"AND"'),
        ("“NEAR”", '"NEAR"'),
        ('"ICE"', "ICE"),
        ('"l\'imm"*', '"l\'imm"*'),
        ('"l\'imm*"', '"l\'imm"*'),
        ("migr*, x", "migr* AND x"),
        ("TITLE:(a OR b)", "title:(a OR b)"),
        ("title:a NOT text:b", "title:a NOT text:b"),
        ("(a OR b) NEAR/3 c", "NEAR(a c, 3) OR NEAR(b c, 3)"),
        ("-5 graden", "5 AND graden"),
        ("a (b, 10)", "a AND b AND 10"),
        ("„a “b” c", "a AND b AND c"),
    ],
)
def test_the_canonical_form(typed: str, canonical: str) -> None:
    """A query is printed with its operators and groups written out, and without what means nothing."""
    assert str(parse_search(typed)) == parse_search(typed).canonical == canonical
    assert parse_search(typed).typed == typed


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("L’Œuvre", [Term(("l", "oeuvre"))]),
        ("a A migr*", [Term(("a",)), Term(("migr",), prefix=True)]),
        ("a NOT b", [Term(("a",))]),
        ("title:(a OR text) b", [Term(("a",), field="title"), Term(("text",), field="title"), Term(("b",))]),
        ('NEAR("a b" c*, 3)', [Term(("a", "b")), Term(("c",), prefix=True)]),
    ],
)
def test_terms(typed: str, terms: list[Term]) -> None:
    """The folded words to highlight are named once each, without those that NOT takes away."""
    assert list(parse_search(typed).terms) == terms


@pytest.mark.parametrize(
    ("typed", "position", "message", "advice"),
    [
        ('ICE "de stad', 5, "not closed", "close it with"),
        ("ICE «\u00a0de stad", 5, "not closed", "close it with »"),
        ("ICE AND (a OR b", 9, "not closed", "close it with )"),
        ("(a (b)", 1, "not closed", "close it with )"),
        ("(", 1, "not closed", ")"),
        ("NEAR(a b, 3", 1, "not closed", ")"),
        ("a ) b", 3, "closes nothing", "("),
        (")", 1, "closes nothing", "("),
        ("a ()", 3, "nothing between the parentheses", "words"),
        ('a ""', 3, "no letter or digit", "words"),
        ("a NEAR b", 3, "NEAR needs a number", "NEAR/10"),
        ("a NEAR/ b", 3, "NEAR needs a number", "NEAR/10"),
        ("a NEAR/x b", 3, "NEAR needs a number", "NEAR/10"),
        ("a near/5 b", 3, "in capitals", "NEAR/10"),
        ("NEAR(a, 3)", 1, "two words", "NEAR("),
        ("NEAR(a OR b, 3)", 8, "OR cannot stand inside", "NEAR("),
        ("NEAR(a NEAR(b c), 3)", 8, "NEAR( cannot stand inside", "NEAR("),
        ("NEAR(a title:b, 3)", 8, "title: cannot stand inside", "NEAR("),
        ("NEAR(a (b c), 3)", 1, "cannot join", "OR between them"),
        ("NEAR(a b, 1001)", 11, "1,000 words", "smaller"),
        ("a NEAR/99999999999 b", 3, "1,000 words", "smaller"),
        ("a NEAR/5 b NEAR/5 c", 12, "joins two", "NEAR("),
        ("title:a NEAR/5 b", 9, "cannot join", "field"),
        ("a AND", 3, "AND has nothing on its right", "word"),
        ("a AND OR b", 3, "AND has nothing on its right", "word"),
        ("OR b", 1, "OR has nothing on its left", '"OR"'),
        ("(AND b)", 2, "AND has nothing on its left", '"AND"'),
        ("a NEAR/3", 3, "NEAR/3 has nothing on its right", "word"),
        ("a OR –", 3, "OR has nothing on its right", "word"),
        ("NOT a", 1, "NOT has nothing on its left", "rente -bank"),
        ("b (NOT a)", 4, "NOT has nothing on its left", "rente NOT bank"),
        ("b OR NOT a", 6, "NOT has nothing on its left", "rente NOT bank"),
        ("-heid", 1, "- has nothing on its left", "rente NOT bank"),
        ("a NOT NOT b", 3, "NOT has nothing on its right", "word"),
        ("a * b", 3, "*", "kwic"),
        ("mi*ro", 3, "*", "kwic takes * and ? anywhere"),
        ("de m?n", 5, "? stands inside a word", "kwic"),
        ("a *migr", 3, "*", "kwic"),
        ("migr**", 5, "*", "kwic"),
        ("l'*", 3, "*", "kwic"),
        ('"de mi* stad"', 7, "*", "kwic"),
        ('"de stad "*', 11, "*", "kwic"),
        ("a titel:b", 3, "no field is named 'titel'", "did you mean title:?"),
        ("tekst: b", 1, "no field is named 'tekst'", "did you mean text:?"),
        ("Immigration: b", 1, "no field is named 'Immigration'", "title: and text:"),
        ("a title:", 3, "title: has nothing on its right", "word"),
        ("title:text:b", 1, "another field", "each field"),
        ("title:(a text:b)", 1, "another field", "each field"),
    ],
)
def test_a_wrong_query_is_told_with_its_place(typed: str, position: int, message: str, advice: str) -> None:
    """The message names the character, the hint shows the query, a caret below that character, and what to do."""
    with pytest.raises(UsageError) as raised:
        parse_search(typed)
    error = raised.value
    assert error.code is ExitCode.USAGE
    assert message in error.message
    assert f"at character {position} of the search" in error.message
    shown, caret, hint = error.hint.split("\n")
    assert shown == typed.replace("\u00a0", " ")
    assert caret == " " * (position - 1) + "^"
    assert advice in hint


def test_near_has_a_bound() -> None:
    """NEAR between two groups of OR looks for each pair, up to 64 of them."""
    left, right = " OR ".join("abcdefgh"), " OR ".join("ijklmnop")
    assert parse_search(f"({left}) NEAR/5 ({right})").canonical.count("NEAR(") == 64
    with pytest.raises(UsageError, match="more than 64 choices"):
        parse_search(f"({left}) NEAR/5 ({right} OR q)")


def test_the_caret_stands_in_terminal_columns() -> None:
    """A wide sign takes two columns, a combining accent none; what a terminal would act on is not shown."""
    with pytest.raises(UsageError) as raised:
        parse_search("日本 e\u0301t\t\x1b\u200b (")
    assert raised.value.hint.split("\n")[:2] == ["日本 e\u0301t  · (", " " * 11 + "^"]


@pytest.mark.parametrize("before", [0, 20, 300])
@pytest.mark.parametrize("after", [0, 20, 300])
def test_a_long_query_is_cut_around_the_caret(before: int, after: int) -> None:
    """The line shown fits a page, and the caret is below the sign that is meant."""
    with pytest.raises(UsageError) as raised:
        parse_search("日 " * before + "[mi*ro" + " x" * after)
    shown, caret, _ = raised.value.hint.split("\n")
    cells = "".join(sign * 2 if sign == "日" else sign for sign in shown)
    assert cells[caret.index("^")] == "*"
    assert len(cells) < 78


@pytest.mark.parametrize("typed", ["", "  ", "!!!", "– … \u00a0:", "😀 🤔", "_", "\u0301", "\ud800", "§ ¶"])
def test_a_query_of_no_word(typed: str) -> None:
    """Where there is nothing that the index could hold, that is what is said."""
    with pytest.raises(UsageError, match="nothing to search for"):
        parse_search(typed)


def test_a_query_too_long() -> None:
    """2,000 characters are read, one more is not."""
    parse_search("a" * 2000)
    with pytest.raises(UsageError, match="2,001 characters"):
        parse_search("a" * 2001)


def _trouble(index: sqlite3.Connection, typed: str) -> str:
    """The message of the error that a query gives; nothing where SQLite takes it."""
    try:
        _found(index, typed)
    except UsageError as error:
        return error.message
    return ""


@pytest.mark.parametrize(
    "leaf", ["dol", 'NEAR("tolk dol" "dijk tol"*, 3)', "title:(a OR NEAR(dol tolk) NOT (dijk OR b))"]
)
@pytest.mark.parametrize(
    "opening",
    [
        "(",
        "dol (",
        "dol OR (",
        "dol NOT (",
        "dol -dol -(",
        "dol OR dol dol NOT (",
        "dol NOT (tolk OR (",
        "title:(dol (",
    ],
)
def test_deep_groups(opening: str, leaf: str) -> None:
    """However groups are nested, SQLite takes the expression, or the query is refused at a parenthesis."""
    depths = range(1, 60)
    queries = [opening * depth + leaf + ")" * (opening.count("(") * depth) for depth in depths]
    with _index([("", "dol")]) as index:
        troubles = [_trouble(index, typed) for typed in queries]
    assert troubles[0] == "" or "another field" in troubles[0]
    assert troubles[-1] != ""
    assert all("deep inside others" in trouble or "another field" in trouble for trouble in troubles if trouble)


@pytest.mark.parametrize("typed", ["NEAR(" * 399, "title:" * 333, "(" * 2000, "a NOT " * 333 + "b", "a OR b " * 285])
def test_a_long_chain_is_no_recursion(typed: str) -> None:
    """What repeats to the limit gives an error or an expression that SQLite takes."""
    with _index(_ARTICLES) as index:
        trouble = _trouble(index, typed)
    assert trouble == "" or "at character" in trouble


_SYNTAX = st.sampled_from(
    [
        *(
            "(",
            ")",
            '"',
            "“",
            "”",
            "«",
            "»",
            "*",
            ":",
            ",",
            "-",
            "+",
            "^",
            "{",
            "}",
            "/",
            "'",
            "\\",
            "\0",
            "\n",
            "\u00a0",
        ),
        *(" ", " ", " AND ", " OR ", " NOT ", " NEAR ", "NEAR(", " NEAR/3 ", ", 3)", "title:", "text:", "titel:"),
        *(
            "rowid:",
            "12:30",
            "http://x/",
            "a",
            "b",
            "œ",
            "ß",
            "é",
            "e\u0301",
            "ĳ",
            "😀",
            "🤔",
            "日本",
            "\ud800",
            "ǡ",
            "ⓐ",
        ),
    ]
)
_TYPED = st.lists(_SYNTAX | st.text(max_size=3), max_size=25).map("".join)


@given(st.lists(_TYPED, min_size=1, max_size=20))
@example(["NEAR(a ⓐ, 3)", "½ OR ª", "title:(ⓐ)", "\u19b0 AND a", "\uf8ff", "a\u0345b", "ͺ"])
def test_whatever_is_typed_is_refused_or_taken(queries: list[str]) -> None:
    """Any text gives a UsageError or an expression that SQLite accepts, and that prints as a query of its meaning."""
    with _index(_ARTICLES) as index:
        for typed in queries:
            try:
                search = parse_search(typed)
            except UsageError:
                continue
            _found(index, typed)
            assert search.canonical.isprintable() or not typed.isprintable()
            if len(search.canonical) <= 2000:
                again = parse_search(search.canonical)
                assert again.canonical == search.canonical
                assert again.terms == search.terms
                assert _found(index, search.canonical) == _found(index, typed)


_Tree = str | tuple[str, list["_Tree"]]
_TREES: st.SearchStrategy[_Tree] = st.recursive(
    st.sampled_from("abcd"),
    lambda trees: st.tuples(st.sampled_from(["AND", "OR", "NOT", " "]), st.lists(trees, min_size=2, max_size=3)),
    max_leaves=8,
)


def _typed(tree: _Tree) -> str:
    if isinstance(tree, str):
        return tree
    operator, parts = tree
    return f" {operator} ".join(part if isinstance(part, str) else f"({_typed(part)})" for part in parts)


def _meets(tree: _Tree, words: str) -> bool:
    if isinstance(tree, str):
        return tree in words
    operator, parts = tree
    first, *others = (_meets(part, words) for part in parts)
    if operator == "OR":
        return first or any(others)
    return first and not any(others) if operator == "NOT" else first and all(others)


@given(_TREES)
@example(("NOT", ["a", ("NOT", ["b", "c"])]))
@example(("NOT", [("NOT", ["a", "b"]), ("OR", ["c", "d"])]))
def test_groups_mean_what_they_say(tree: _Tree) -> None:
    """AND, OR, NOT and blanks find exactly the articles that meet them, however they are nested."""
    articles = ["".join(word for bit, word in enumerate("abcd") if number >> bit & 1) for number in range(16)]
    with _index(("", " ".join(words)) for words in articles) as index:
        assert _found(index, _typed(tree)) == [n for n, words in enumerate(articles, 1) if _meets(tree, words)]


@given(st.lists(st.sampled_from(["a", "b", "AND", "OR", "NOT"]), min_size=1, max_size=9))
def test_operators_bind_as_the_page_says(words: list[str]) -> None:
    """Without parentheses OR is read last; what stands between two OR is all wanted, but for what follows a NOT."""
    typed = " ".join(words)
    try:
        search = parse_search(typed)
    except UsageError:
        return
    expected = []
    for article in ("", "a", "b", "a b"):
        met = False
        for part in typed.split(" OR "):
            pairs = zip(["", *part.split()], part.split(), strict=False)
            wanted = [(word, before != "NOT") for before, word in pairs if word in ("a", "b")]
            met = met or all((word in article) is yes for word, yes in wanted)
        expected.append(met)
    with _index(("", article) for article in ("", "a", "b", "a b")) as index:
        assert _found(index, typed) == [number for number, met in enumerate(expected, 1) if met], search


_LETTERS = st.sampled_from("abceghijlmnoprstuvwyzéèêëàâäçïîôöùûüñåšžřłøœæßĳñÉÀŒÆẞÇ0123456789")
_WORDS = st.text(_LETTERS, min_size=1, max_size=12)
_LIGATURES = ("œ", "æ", "ß", "ĳ")


def _unaccented(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(part for part in parts if not unicodedata.combining(part))


@given(st.lists(_WORDS, min_size=1, max_size=12))
@example(["Œuvre", "Straße", "ĲSLAND", "cœur", "Æneas", "manœuvre", "ambiguë", "100000"])
def test_a_word_of_a_text_finds_it(words: list[str]) -> None:
    """A word that stands in a text finds it as it stands, in capitals, decomposed, and as a part of a phrase."""
    with _index([("", " – ".join(words))]) as index:
        for word in words:
            for typed in (f'"{word}"', f'"{word.upper()}"', word.lower(), unicodedata.normalize("NFD", word.lower())):
                if typed.upper() == typed and any(sign in word.lower() for sign in "øłßœæĳ"):
                    continue  # the next law
                assert _found(index, typed) == [1], typed
        assert _found(index, f'"{" ".join(words)}"') == [1]


_PLAIN = st.text(st.sampled_from("bcegmnpruvé"), max_size=4)  # no letters that one of the others may stand for


@given(st.tuples(_PLAIN, st.sampled_from("œæßĳøłđðþıħŧŒÆẞĲØŁĐ"), _PLAIN, st.sampled_from("œæßĳøłđŒÆĲ"), _PLAIN))
@example(("", "œ", "uvre", "œ", ""))
def test_a_folded_word_finds_joined_letters(parts: tuple[str, ...]) -> None:
    """A word with two of the letters that the index does not fold is found folded, unaccented, in capitals, cut."""
    word = "".join(parts)
    with _index([("", f"voor {word} na")]) as index:
        for typed in (word, fold(word), _unaccented(word), word.upper(), word.lower(), f"{fold(word)}*"):
            assert _found(index, typed) == [1], typed
        for end in range(1, len(fold(word)) + 1):
            assert _found(index, f"{fold(word)[:end]}*") == [1], end


@pytest.mark.parametrize("letter", _LIGATURES)
@pytest.mark.parametrize("words", ["{} x", "ab{}cd ef", "a{}", "zo {} en"])
def test_plain_letters_in_a_text_are_found_by_joined_ones(letter: str, words: str) -> None:
    """The other way round: `cœur` finds `coeur`, alone, in a phrase, with NEAR and as a prefix."""
    text, typed = words.format(fold(letter)), words.format(letter)
    with _index([("", text), ("", typed)]) as index:
        for query in (f'"{typed}"', f'"{typed}"*', f"NEAR({typed} {typed.split()[-1]}, 9)", f'"{text}"', f'"{text}"*'):
            assert _found(index, query) == [1, 2], query


@pytest.mark.parametrize(
    "text",
    ["L’œuvre d’Æneas dans la Straße du ĳsland", "l'oeuvre d'Æneas dans la Strasse du ĳsland", "la sœur et la soeur"],
)
def test_a_long_phrase_is_found_with_its_joined_letters(text: str) -> None:
    """Each choice of œ, æ, ß and ĳ is looked for, whatever other letters a phrase has."""
    with _index([("", text)]) as index:
        assert _found(index, f'"{fold(text)}"') == [1]


def test_every_letter_finds_itself() -> None:
    """A word with any letter or digit of the common planes is found as it stands."""
    # SQLite's tables are those of Unicode 6.1: it takes the letters of New Tai Lue and two signs for marks.
    marks = {*range(0x19B0, 0x19CA), 0x1CF2, 0x1CF3}
    codes = [code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] in "LN"]
    codes = [code for code in codes if code not in marks and (code < 0x3400 or 0xF900 <= code <= 0xFFFF)]
    with _index(("", f"q{chr(code)}q x") for code in codes) as index:
        query = "SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? AND rowid = ?"
        lost = [
            chr(code)
            for number, code in enumerate(codes, 1)
            if not index.execute(query, (parse_search(f"q{chr(code)}q").expression, number)).fetchone()
        ]
    assert lost == []


@given(st.text(st.sampled_from(string.ascii_letters + "œæßĳ'’- éø₂"), max_size=60))
def test_spellings_are_bounded(words: str) -> None:
    """A phrase is looked for in 16 spellings at most, none twice."""
    try:
        spellings = parse_search(f'"{words}"').expression.strip("()").split(" OR ")
    except UsageError:
        return
    assert len(spellings) == len(set(spellings)) <= MOST_SPELLINGS


def test_many_words_share_the_spellings() -> None:
    """A query of a thousand words does not become one of sixteen thousand."""
    assert parse_search("l " * 1000).expression.count('"') // 2 <= 2000


@pytest.mark.parametrize("typed", ['"; DROP TABLE articles_fts; --', "a' OR '1'='1", "{title}: a", "^a + b", "a.b"])
def test_syntax_of_sqlite_is_only_text(typed: str) -> None:
    """What means something to FTS5 or SQL is searched for as words, or refused."""
    with _index([("", "niets")]) as index:
        trouble = _trouble(index, typed)
        assert "at character" in trouble or _found(index, typed) == []
        assert index.execute("SELECT count(*) FROM articles_fts").fetchone() == (1,)
