"""Twins as rows, as they are drawn, and why two articles are none."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from corpus_tool.cli.rows import row_lines
from corpus_tool.cli.twin_lines import (
    COLUMNS,
    percent,
    print_twins,
    print_why_not,
    rivals,
    twin_dicts,
    twin_rows,
    why_not,
)
from corpus_tool.link.evidence import Found, Shared
from corpus_tool.link.twins import TwinDates, TwinPair
from corpus_tool.model.listed import Listed
from tests.cli.running import CONTROLS

Drawn = Callable[..., list[str]]
STYLES = re.compile(r"\x1b\[[0-9;]*m")
DUTCH, FRENCH, RIVAL = "a1" * 8, "b2" * 8, "c3" * 8
LISTED = {
    DUTCH: Listed(DUTCH, "storm", None, "2018-06", "nl", "De Ochtend", 439, "Het weekend bracht een storm over Gent"),
    FRENCH: Listed(FRENCH, "chaises", "Immigration : entre deux chaises", None, "fr", None, 469),
    RIVAL: Listed(RIVAL, "ailleurs", "Une tempête ailleurs", "2018-06-03", "fr", "Le Jour", 300),
}
SUGGESTED = {FRENCH: "2018-06~"}


def shared(kind: str, one: str, ones: int, other: str, others: int, share: float) -> Shared:
    """A piece of evidence whose terms stand so often in the texts."""
    return Shared(kind, Found(one, ((0, 1),) * ones), Found(other, ((0, 1),) * others), share)


EVIDENCE = (
    shared("same", "Microsoft", 7, "Microsoft", 9, 0.41),
    shared("characters", "", 0, "", 0, 0.2),
    shared("cognate", "families", 1, "familles", 2, 0.15),
    shared("gazetteer", "Verenigde Staten", 6, "américaine", 3, 0.14),
    shared("same", "Azure", 2, "azure", 0, 0.07),
    shared("number", "20 miljoen", 1, "20 millions", 1, 0.026),
    shared("rest", "", 0, "", 0, 0.004),
)
MONTH = TwinDates(("2018-06-01", "2018-06-30"), None, None, False)


def pair(**values: Any) -> TwinPair:
    """A pair of twins, with defaults for what a test does not care about."""
    defaults: dict[str, Any] = {
        "a": DUTCH,
        "b": FRENCH,
        "score": 17.27,
        "tier": "likely",
        "mutual": True,
        "margin": 9.5,
        "candidates": 15,
        "dates": MONTH,
        "evidence": EVIDENCE,
    }
    return TwinPair(**{**defaults, **values})


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """The lines that something draws on a terminal of a width."""

    def draw(drawing: Callable[..., None], *arguments: Any, width: int = 80, **more: Any) -> list[str]:
        out = io.BytesIO()
        stream = io.TextIOWrapper(out, "utf-8", write_through=True)
        with monkeypatch.context() as patch:
            patch.setenv("COLUMNS", str(width))
            patch.setattr(sys, "stdout", stream)
            drawing(*arguments, **more)
        return out.getvalue().decode().split("\n")[:-1]

    return draw


def test_a_row_has_both_articles_and_their_terms() -> None:
    """Tier, score and dates beside each other, what is suggested, and all terms with their shares."""
    (row,) = twin_rows([pair()], LISTED, SUGGESTED)
    assert tuple(sorted(row)) == tuple(sorted(COLUMNS))
    assert [row[name] for name in COLUMNS[:6]] == [DUTCH, FRENCH, "likely", 17.27, 9.5, True]
    assert (row["language_a"], row["language_b"], row["date_a"], row["date_b"]) == ("nl", "fr", "2018-06", None)
    assert (row["gap_days"], row["suggested_a"], row["suggested_b"]) == (None, None, "2018-06~")
    assert (row["title_a"], row["title_b"]) == (None, "Immigration : entre deux chaises")
    assert row["terms"] == (
        "Microsoft ~ Microsoft 41%; families ~ familles 15%; Verenigde Staten ~ américaine 14%; Azure ~ azure 7%; "
        "20 miljoen ~ 20 millions 3%"
    )


def test_rows_spell_hostile_text() -> None:
    """As TSV: one line a pair, whatever its title and terms hold."""
    articles = LISTED | {FRENCH: LISTED[FRENCH]._replace(title="a\x1b[31m\tb\n\u202ec")}
    hostile = pair(evidence=(shared("same", "x\x1b[0m\n\ty", 1, "\u202ey", 1, 1.0),))
    lines = "".join(row_lines(twin_rows([hostile], articles), COLUMNS, "tsv"))
    assert lines.count("\n") == 2
    assert not CONTROLS.search(lines)


def test_json_is_the_pair_itself() -> None:
    """A pair in JSON is what the library gives."""
    assert list(twin_dicts([pair()])) == [pair().to_dict()]
    assert list(twin_rows([], LISTED)) == []


def test_a_pair_at_80_columns(drawn: Drawn) -> None:
    """Tier and score beside the articles, names, numbers and places before likenesses, the date that is suggested."""
    assert drawn(print_twins, [pair(), pair(tier="possible", score=8.4)], LISTED, "never", suggested=SUGGESTED) == [
        "likely    nl  a1a1a1a1  2018-06  ¶ Het weekend bracht een storm over Gent",
        "17.3      fr  b2b2b2b2  –        Immigration : entre deux chaises",
        "          Microsoft 7×·9× 41 %   Verenigde Staten ~ américaine 6×·3× 14 %",
        "          Azure 2×·title 7 %   20 miljoen ~ 20 millions 1×·1× 3 %   +1",
        "          suggests 2018-06~ for b2b2b2b2",
        "",
        "possible  nl  a1a1a1a1  2018-06  ¶ Het weekend bracht een storm over Gent",
        "8.4       fr  b2b2b2b2  –        Immigration : entre deux chaises",
        "          Microsoft 7×·9× 41 %   Verenigde Staten ~ américaine 6×·3× 14 %",
        "          Azure 2×·title 7 %   20 miljoen ~ 20 millions 1×·1× 3 %   +1",
        "          suggests 2018-06~ for b2b2b2b2",
    ]


def test_a_wide_terminal_has_outlets_and_all_terms(drawn: Drawn) -> None:
    """At 200 columns the outlet is there, and the evidence stands on one line."""
    lines = drawn(print_twins, [pair()], LISTED, "never", width=200)
    assert len(lines) == 3
    assert "De Ochtend  ¶ Het weekend" in lines[0]
    assert lines[2].endswith("20 miljoen ~ 20 millions 1×·1× 3 %   families ~ familles 1×·2× 15 %")


def test_pairs_without_terms_or_of_one_way_say_so(drawn: Drawn) -> None:
    """Nothing but letters is no name; a pair that is not mutual is marked."""
    lines = drawn(print_twins, [pair(evidence=EVIDENCE[1:2], mutual=False)], LISTED, "never")
    assert lines[2] == "        one way: nothing but likenesses of letters"
    assert drawn(print_twins, [pair(mutual=False)], LISTED, "never")[2].startswith("        one way: Microsoft 7×")


def test_a_term_is_spelled_as_a_text_has_it(drawn: Drawn) -> None:
    """What the title of one alone has comes as its search key: the other's spelling is shown."""
    for ones, others, spelled in (
        (0, 2, "Balmoral title·2×"),
        (2, 1, "balmoral 2×·1×"),
        (0, 0, "balmoral title·title"),
    ):
        evidence = (shared("same", "balmoral", ones, "Balmoral", others, 0.5),)
        assert drawn(print_twins, [pair(evidence=evidence)], LISTED, "never")[2].strip() == f"{spelled} 50 %"


def test_a_long_answer_is_cut_and_says_so(drawn: Drawn) -> None:
    """The first pairs, and how many there are, known from the pairs or told."""
    pairs = [pair(score=float(20 - number)) for number in range(5)]
    lines = drawn(print_twins, pairs, LISTED, "never", limit=2)
    assert lines[-1] == "2 of 5 shown; -n 5 shows all"
    assert [line.split()[0] for line in lines if " fr " in line] == ["20.0", "19.0"]
    assert drawn(print_twins, pairs, LISTED, "never", total=1204)[-1] == "5 of 1,204 shown; -n 1204 shows all"
    assert "shown" not in drawn(print_twins, pairs, LISTED, "never", limit=5)[-1]
    assert drawn(print_twins, [], LISTED, "never") == []


def test_the_explanation_has_all_of_the_evidence(drawn: Drawn) -> None:
    """What decided in words; then each piece with its kind, both terms with their counts, its share and a bar."""
    assert drawn(print_twins, [pair()], LISTED, "never", explain=True, suggested=SUGGESTED) == [
        "likely  nl  a1a1a1a1  2018-06  ¶ Het weekend bracht een storm over Gent",
        "17.3    fr  b2b2b2b2  –        Immigration : entre deux chaises",
        "        score       17.3 above the surroundings (possible from 8, likely from",
        "                    12, sure from 16); not sure, since one language has fewer",
        "                    than 40 articles",
        "        margin      9.5 above the next best of either",
        "        candidates  15 in fr to choose from",
        "        dates       2018-06-01 to 2018-06-30, and undated: no window parts them",
        "        suggested   2018-06~ for b2b2b2b2",
        "",
        "        kind        nl a1a1a1a1            fr b2b2b2b2       share",
        "        same        Microsoft (7×)         Microsoft (9×)     41 %  ████████████",
        "        characters  likeness of the other words by letters    20 %  █████▉",
        "        cognate     families (1×)          familles (2×)      15 %  ████▍",
        "        gazetteer   Verenigde Staten (6×)  américaine (3×)    14 %  ████▏",
        "        same        Azure (2×)             azure (title)       7 %  ██",
        "        number      20 miljoen (1×)        20 millions (1×)    3 %  ▊",
        "        rest        smaller parts together                    <1 %  ▏",
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"tier": "sure"}, "sure from 16)"),
        ({"margin": 3.0}, "not sure, since another article comes within 8"),
        ({"margin": 17.27}, "no other article comes near"),
        ({"margin": -2.0, "mutual": False}, "2.0 below the best of either; they are not each other's best"),
        ({"mode": "translation", "passages": ({},) * 12}, "translation, 12 passages aligned"),
        ({"dates": TwinDates(None, None, None, False)}, "both undated"),
        (
            {"dates": TwinDates(("2018-06-18",) * 2, ("2018-06-20",) * 2, 2, True)},
            "2018-06-18 and 2018-06-20: 2 days apart; not both stated",
        ),
        (
            {"dates": TwinDates(("2018-06-18",) * 2, ("2018-06-19",) * 2, 1, False)},
            "2018-06-18 and 2018-06-19: 1 day apart",
        ),
        (
            {"dates": TwinDates(("2018-06-01", "2018-06-30"), ("2018-06-19",) * 2, 0, False)},
            "2018-06-01 to 2018-06-30 and 2018-06-19: may be of one day",
        ),
        ({"evidence": (shared("encoder", "", 0, "", 0, 0.6),)}, "likeness by the encoder"),
    ],
)
def test_what_decided_is_said_in_words(drawn: Drawn, values: dict[str, Any], said: str) -> None:
    """Each figure of a pair has its sentence, as it stands on a wide terminal."""
    assert said in "\n".join(drawn(print_twins, [pair(**values)], LISTED, "never", explain=True, width=200))


def test_a_rest_of_nothing_is_left_out(drawn: Drawn) -> None:
    """What rounding leaves over is no evidence."""
    nothing = pair(evidence=(*EVIDENCE[:2], shared("rest", "", 0, "", 0, -0.0001)))
    assert not any("rest" in line for line in drawn(print_twins, [nothing], LISTED, "never", explain=True))


def test_why_not_is_answered_first(drawn: Drawn) -> None:
    """A sentence, then the two articles and the one that is nearer, then the evidence."""
    refused = pair(
        tier=None,
        score=6.31,
        margin=-4.0,
        mutual=False,
        reasons=(f"not mutual: {DUTCH} is nearer to {RIVAL}", "below the threshold: 6.3 of 8.0"),
    )
    lines = drawn(print_why_not, refused, LISTED, "never")
    assert rivals(refused) == [RIVAL]
    assert lines[:6] == [
        "a1a1a1a1 and b2b2b2b2 are no twins. For a1a1a1a1, c3c3c3c3 is nearer. The score",
        "is 6.3, and twins have 8.0 at least.",
        "",
        "no twins  nl  a1a1a1a1  2018-06     ¶ Het weekend bracht een storm over Gent",
        "6.3       fr  b2b2b2b2  –           Immigration : entre deux chaises",
        "nearer    fr  c3c3c3c3  2018-06-03  Une tempête ailleurs",
    ]
    assert any(line.split()[:2] == ["same", "Microsoft"] for line in lines)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"tier": None, "reasons": ("dates too far: 14 days apart, the window is 3",)},
            "a1a1a1a1 and b2b2b2b2 are no twins. Their dates are 14 days apart, the window is 3.",
        ),
        (
            {"tier": None, "reasons": ("kept apart by\x1b[0m hand",)},
            "a1a1a1a1 and b2b2b2b2 are no twins. Kept apart by\\x1b[0m hand.",
        ),
        ({}, "a1a1a1a1 and b2b2b2b2 are twins: likely, score 17.3."),
        ({"mutual": False}, "a1a1a1a1 and b2b2b2b2 are twins: likely, score 17.3, one way."),
    ],
)
def test_every_answer_is_a_sentence(values: dict[str, Any], said: str) -> None:
    """Reasons of the engine in words, one that is not known as it stands, and twins as what they are."""
    assert why_not(pair(**values)) == said


def test_shares_are_seen_where_they_are_something() -> None:
    """Below half a hundredth is still more than nothing; what rounding left is not."""
    shares = (0.594, 0.004, 0.0, 0.00004, -0.0001, -0.0231, 1.0)
    assert [percent(share) for share in shares] == ["59 %", "<1 %", "0 %", "0 %", "0 %", "-2 %", "100 %"]


@pytest.mark.parametrize("explain", [False, True])
def test_color_is_never_the_only_signal(drawn: Drawn, explain: bool) -> None:
    """With color the same letters stand in the same places."""
    colored = drawn(print_twins, [pair()], LISTED, "always", explain=explain)
    assert any("\x1b[" in line for line in colored)
    assert [STYLES.sub("", line) for line in colored] == drawn(print_twins, [pair()], LISTED, "never", explain=explain)


TERMS = st.text(st.sampled_from("abc é日本\u0301\x1b\u202e\n\t👍🏽"), min_size=1, max_size=30)
PIECES = st.lists(
    st.builds(
        shared,
        st.sampled_from(["same", "number", "cognate", "gazetteer", "dictionary", "user", "characters", "encoder"]),
        TERMS,
        st.integers(0, 40),
        TERMS,
        st.integers(0, 40),
        st.floats(0.01, 1.0),
    ),
    max_size=12,
)


@given(PIECES, TERMS, st.sampled_from([24, 60, 80, 81, 200]))
def test_nothing_acts_and_nothing_is_wider_than_the_screen(pieces: Sequence[Shared], title: str, width: int) -> None:
    """Whatever titles and terms hold: nothing that a terminal acts on, no line beyond the screen."""
    articles = LISTED | {FRENCH: LISTED[FRENCH]._replace(title=title, outlet=title, language=title)}
    refused = pair(evidence=tuple(pieces), tier=None, reasons=(f"not mutual: {DUTCH} is nearer to {FRENCH}", title))
    out = io.BytesIO()
    stream = io.TextIOWrapper(out, "utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        patch.setattr(sys, "stdout", stream)
        for explain in (False, True):
            print_twins([pair(evidence=tuple(pieces))], articles, "never", explain=explain, suggested={FRENCH: title})
        print_why_not(refused, articles, "never")
    lines = out.getvalue().decode().split("\n")
    assert not CONTROLS.search("".join(lines))
    assert max(map(cell_len, lines)) <= width


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 9)), min_size=1, max_size=15), st.integers(60, 220))
def test_terms_that_do_not_fit_are_counted(terms: Sequence[tuple[int, int]], width: int) -> None:
    """The terms on the lines and the number behind them are all terms that are shared."""
    pieces = tuple(shared("same", "x" * length, count, "X" * length, count, 0.05) for length, count in terms)
    out = io.BytesIO()
    stream = io.TextIOWrapper(out, "utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        patch.setattr(sys, "stdout", stream)
        print_twins([pair(evidence=pieces)], LISTED, "never")
    evidence = "\n".join(out.getvalue().decode().split("\n")[2:])
    more = re.search(r"\+(\d+)$", evidence.rstrip())
    assert evidence.count(" 5 %") + (int(more[1]) if more else 0) == len(pieces)
