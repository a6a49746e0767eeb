"""Duplicates as rows, as a report, and as they are drawn."""

from __future__ import annotations

import io
import json
import random
import re
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from corpus_tool.cli.duplicate_lines import (
    COLUMNS,
    OF_A_GROUP,
    days_later,
    duplicate_rows,
    groups_of,
    print_duplicates,
    report_dict,
    totals,
    warnings,
)
from corpus_tool.cli.rows import row_lines
from corpus_tool.link.duplicates import Cluster, Duplicates, Heavy, Link, Options, Pair
from corpus_tool.model.listed import Listed
from tests.cli.running import CONTROLS

Drawn = Callable[..., list[str]]
STYLES = re.compile(r"\x1b\[[0-9;]*m")
NOTHING = Duplicates([], [], [], [])


def name(letter: str) -> str:
    """An id of one letter, sixteen times."""
    return letter * 16


def listed(letter: str, date: str | None = None, outlet: str | None = None, title: str | None = "Brug dicht") -> Listed:
    """An article in a line."""
    return Listed(name(letter), f"stuk-{letter}", title, date, "nl", outlet, 1200, "De brug over het kanaal")


def edge(one: str, other: str, shared: int = 0, size: int = 100) -> Pair:
    """A pair of texts with so many shingles each; equal where no number of shared ones is given."""
    return Pair(name(one), name(other), shared, size, size) if shared else Pair(name(one), name(other), equal=True)


ARTICLES = {
    each.id: each
    for each in (
        listed("a", "2018-06-18", "De Ochtend"),
        listed("b", "2018-06-19", "Het Avondblad van de Kempen"),
        listed("c", "2018-06-17", "De Ochtend", "Kanaalbrug blijft dicht"),
        listed("d", None, "De Ochtend", None),
        listed("e", "2018-06", "De Ochtend", "Verkeer: een overzicht van de week"),
        listed("f", "2018-07-02", None, None),
        listed("g", "2018-06-01", None, "Oude brug"),
    )
}
FOUND = Duplicates(
    pairs=[],
    clusters=[Cluster(name("a"), name("b"), (edge("a", "b"), edge("b", "c", 96), edge("d", "b", 80)))],
    links=[
        Link("contained", Pair(name("a"), name("e"), 95, 100, 400)),
        Link("edited", edge("f", "g", 70)),
    ],
    heavy=[Heavy(name("a"), "De Ochtend", 3, 4)],
)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """The lines that are drawn on a terminal of a width."""

    def draw(
        found: Duplicates,
        articles: dict[str, Listed],
        limit: int | None = None,
        width: int = 80,
        color: str = "never",
    ) -> list[str]:
        out = io.BytesIO()
        stream = io.TextIOWrapper(out, "utf-8", write_through=True)
        with monkeypatch.context() as patch:
            patch.setenv("COLUMNS", str(width))
            patch.setattr(sys, "stdout", stream)
            print_duplicates(found, articles, Options(), color, limit)
        return out.getvalue().decode().split("\n")[:-1]

    return draw


def test_a_row_says_what_is_repeated_and_when() -> None:
    """Each member of a cluster names the kept article, each link the other one, with dates and outlets beside it."""
    rows = list(duplicate_rows(FOUND, ARTICLES))
    assert [(row["id"][0], row["kind"], row["repeats"][0], row["days_later"]) for row in rows] == [
        ("c", "near", "b", -2),
        ("a", "equal", "b", -1),
        ("d", "near", "b", None),
        ("a", "contained", "e", 0),
        ("f", "edited", "g", 31),
    ]
    assert all(tuple(sorted(row)) == tuple(sorted(COLUMNS)) for row in rows)
    first = rows[0]
    assert (first["jaccard"], first["containment"]) == (0.9231, 0.96)
    assert (first["date"], first["repeats_date"]) == ("2018-06-17", "2018-06-19")
    assert (first["outlet"], first["repeats_outlet"]) == ("De Ochtend", "Het Avondblad van de Kempen")
    assert (first["title"], first["repeats_title"]) == ("Kanaalbrug blijft dicht", "Brug dicht")
    assert [row["cluster"] for row in rows] == [name("a")] * 4 + [None]
    assert (rows[3]["jaccard"], rows[3]["containment"]) == (0.2346, 0.95)


def test_rows_go_into_a_spreadsheet() -> None:
    """As CSV: a header and a line a duplicate, what a terminal or a spreadsheet would act on spelled out."""
    articles = ARTICLES | {name("c"): listed("c", title="a\x1b[31m\tb\u202e")}
    lines = "".join(row_lines(duplicate_rows(FOUND, articles), COLUMNS, "csv"))
    assert lines.count("\n") == 6
    assert not CONTROLS.search(lines)


def test_the_report_has_everything() -> None:
    """Options, sums, clusters with their shares, links and warnings, as JSON."""
    report = json.loads(json.dumps(report_dict(FOUND, ARTICLES, Options(window_days=3, outlets=("De Ochtend",)))))
    assert report["options"]["window_days"] == 3
    assert report["options"]["outlets"] == ["De Ochtend"]
    assert report["totals"] == totals(FOUND)
    assert totals(FOUND) == {"clusters": 1, "duplicates": 3, "equal": 1, "near": 2, "contained": 1, "edited": 1}
    (cluster,) = report["clusters"]
    assert (cluster["id"], cluster["kept"]["id"]) == (name("a"), name("b"))
    assert [(each["id"][0], each["kind"], each["jaccard"]) for each in cluster["members"]] == [
        ("c", "near", 0.9231),
        ("a", "equal", 1.0),
        ("d", "near", 0.6667),
    ]
    assert [(each["kind"], each["id"][0], each["repeats"]["id"][0]) for each in report["links"]] == [
        ("contained", "a", "e"),
        ("edited", "f", "g"),
    ]
    assert report["warnings"] == [{"cluster": name("a"), "outlet": "De Ochtend", "articles": 3, "of": 4}]


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2018-06-18", "2018-06-17", 1),
        ("2018-06-17", "2018-06-18", -1),
        ("2018-07-01", "2018-06", 1),
        ("2018-06-30", "2018-06", 0),
        ("2018-05", "2018-06", -1),
        ("2018", "2018-06-18", 0),
        ("2018-06~", "2018-07-03", -3),
        (None, "2018-06", None),
        ("2018-06", None, None),
        ("XXXX-06-18", "2018-06-18", None),
        ("2018-06/..", "2018-01-01", None),
    ],
)
def test_days_between_what_dates_leave_possible(one: str | None, other: str | None, days: int | None) -> None:
    """The least number of days, with a sign; none where a date has no first or last day."""
    assert days_later(listed("a", one), listed("b", other)) == days


def test_the_page_at_80_columns(drawn: Drawn) -> None:
    """Kept article first, the others under it by date with share, days, outlet, and the title where it differs."""
    assert drawn(FOUND, ARTICLES) == [
        " share  id        date        days  outlet          title",
        "  kept  bbbbbbbb  2018-06-19        Het Avondblad…  Brug dicht",
        "  92 %  cccccccc  2018-06-17    -2  De Ochtend      ≠ Kanaalbrug blijft dicht",
        " 100 %  aaaaaaaa  2018-06-18    -1  De Ochtend      same title",
        " 66 %*  dddddddd  –                 De Ochtend      ≠ ¶ De brug over het kanaal",
        "",
        "Contained: so much of each stands in the longer article above it",
        "longer  eeeeeeee  2018-06           De Ochtend      Verkeer: een overzicht van …",
        "  95 %  aaaaaaaa  2018-06-18     0  De Ochtend      ≠ Brug dicht",
        "",
        "Edited: so much is the same as in the article above it",
        " other  gggggggg  2018-06-01                        Oude brug",
        "  53 %  ffffffff  2018-07-02   +31                  ≠ ¶ De brug over het kanaal",
        "* below the threshold of 80 %: near another article of its cluster",
        "warning: the cluster of bbbbbbbb has 3 of the 4 articles of De Ochtend: rather a",
        "form, a footer or an error page than an article",
    ]


def test_a_wide_page_has_words_and_whole_outlets(drawn: Drawn) -> None:
    """At 200 columns the number of words is there, and the outlet as far as 24 cells go."""
    lines = drawn(FOUND, ARTICLES, width=200)
    assert lines[0].split() == ["share", "id", "date", "days", "words", "outlet", "title"]
    assert "  1,200  Het Avondblad van de Ke…  Brug dicht" in lines[1]
    assert max(map(cell_len, lines)) <= 200


def test_columns_without_anything_to_say_are_left_out(drawn: Drawn) -> None:
    """Without outlets and dates there is no column of them or of days; without duplicates there is a header."""
    articles = {name(letter): listed(letter) for letter in "ab"}
    found = Duplicates([], [Cluster(name("a"), name("a"), (edge("a", "b"),))], [], [])
    assert drawn(found, articles)[0].split() == ["share", "id", "date", "title"]
    assert [line.split() for line in drawn(NOTHING, {})] == [["share", "id", "date", "title"]]
    assert list(duplicate_rows(NOTHING, {})) == []
    assert report_dict(NOTHING, {}, Options())["clusters"] == []


def big(kept: str, count: int, date: str = "2018-06-18") -> tuple[Cluster, dict[str, Listed]]:
    """A cluster of so many members beside the kept one."""
    ids = [f"{kept}{number:015}" for number in range(count + 1)]
    articles = {each: listed("z", date)._replace(id=each) for each in ids}
    return Cluster(ids[0], ids[0], tuple(Pair(each, ids[0], equal=True) for each in ids[1:])), articles


def test_a_long_answer_is_cut_and_says_so(drawn: Drawn) -> None:
    """Of 63 duplicates 10 are shown: some of the largest cluster, all of one with a sixth, and how many of how many."""
    made = [big("a", 50), big("b", 6), big("c", 7)]
    known = {key: value for _, articles in made for key, value in articles.items()}
    found = Duplicates([], [cluster for cluster, _ in made], [], [])
    lines = drawn(found, known, limit=10)
    assert sum("100 %" in line for line in lines) == 10
    assert lines[2 + OF_A_GROUP] == "       and 45 more"
    assert lines[-2:] == ["       and 2 more", "10 of 63 shown; -n 63 shows all"]
    assert sum("100 %" in line for line in drawn(found, known, limit=20)) == 2 * OF_A_GROUP + 6
    assert sum("100 %" in line for line in drawn(found, known)) == 63
    assert "more" not in "".join(drawn(found, known, limit=63))


def test_a_terminal_gets_fifty(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a limit a terminal is not flooded; a file or a pipe gets all."""
    made = [big(letter, 4) for letter in "0123456789abcdef"]
    known = {key: value for _, articles in made for key, value in articles.items()}
    found = Duplicates([], [cluster for cluster, _ in made], [], [])
    assert sum("100 %" in line for line in drawn(found, known)) == 64
    monkeypatch.setattr("corpus_tool.cli.output.to_terminal", lambda: True)
    assert drawn(found, known)[-1] == "50 of 64 shown; -n 64 shows all"
    assert sum("100 %" in line for line in drawn(found, known, limit=64)) == 64


def test_no_warning_of_what_conditions_left_out(drawn: Drawn) -> None:
    """A cluster that is not shown is not warned of."""
    left = FOUND._replace(clusters=[])
    assert warnings(left) == []
    assert not any("warning" in line for line in drawn(left, ARTICLES))


def test_the_most_telling_come_first() -> None:
    """Large clusters, then those whose days lie apart, then early ones; those that are a form come last."""
    made = {letter: big(letter, count, date) for letter, count, date in (("a", 9, "2018"), ("b", 1, "2019"))}
    articles = {key: value for _, each in made.values() for key, value in each.items()}
    articles |= {name(letter): listed(letter, date) for letter, date in zip("cdefgh", ["2018-06-01"] * 6, strict=True)}
    articles[name("f")] = listed("f", "2018-06-30")
    clusters = [made["a"][0], made["b"][0]]
    clusters += [Cluster(name(one), name(one), (edge(one, other),)) for one, other in ("cd", "ef", "gh")]
    clusters[4] = Cluster(name("g"), name("g"), (edge("g", "h"), edge("g", "e")))
    heavy = [Heavy(made["a"][0].id, "De Ochtend", 9, 10)]
    groups = groups_of(Duplicates([], clusters, [], heavy), articles)
    assert [group.repeats[0] for group in groups] == ["g", "e", "c", "b", "a"]


@given(st.randoms(use_true_random=False))
def test_any_order_gives_the_same(chance: random.Random) -> None:
    """Clusters, edges and links in any order come out in one order."""
    clusters = [each._replace(edges=tuple(chance.sample(each.edges, len(each.edges)))) for each in FOUND.clusters]
    found = FOUND._replace(clusters=clusters, links=chance.sample(FOUND.links, len(FOUND.links)))
    assert list(duplicate_rows(found, ARTICLES)) == list(duplicate_rows(FOUND, ARTICLES))


def test_only_what_is_all_there_is_a_hundred_per_cent(drawn: Drawn) -> None:
    """Shares are rounded down: 999 of 1,000 is 99 %."""
    found = Duplicates([], [Cluster(name("a"), name("a"), (edge("b", "a", 9999, 10000),))], [], [])
    assert drawn(found, ARTICLES)[2].split()[:2] == ["99", "%"]


def test_of_two_edited_copies_the_later_repeats_the_other() -> None:
    """The day decides; one without a date repeats a dated one; of two without dates the second does."""
    cases = [("2018", "2019", "b"), ("2019", "2018", "a"), (None, "2018", "a"), ("2018", None, "b"), (None, None, "b")]
    for one, other, later in cases:
        articles = {name("a"): listed("a", one), name("b"): listed("b", other)}
        (row,) = duplicate_rows(Duplicates([], [], [Link("edited", edge("a", "b", 70))], []), articles)
        assert row["id"] == name(later)


def test_without_titles_openings_are_compared(drawn: Drawn) -> None:
    """The same opening words are said to be the same, others are shown, and nothing in them acts."""
    openings = ("De brug", "De brug", "Een \x1b[31mbrug", "")
    articles = {
        name(letter): listed(letter, title=None)._replace(opening=opening)
        for letter, opening in zip("abcd", openings, strict=True)
    }
    edges = tuple(edge(letter, "a") for letter in "bcd")
    lines = drawn(Duplicates([], [Cluster(name("a"), name("a"), edges)], [], []), articles, width=200)
    assert [line.split("  ")[-1] for line in lines[1:]] == [
        "¶ De brug",
        "same opening",
        "≠ ¶ Een \\x1b[31mbrug",
        "≠ (no text)",
    ]


def test_color_is_never_the_only_signal(drawn: Drawn) -> None:
    """With color the same letters stand in the same places."""
    colored = drawn(FOUND, ARTICLES, color="always")
    assert any("\x1b[" in line for line in colored)
    assert [STYLES.sub("", line) for line in colored] == drawn(FOUND, ARTICLES)


@pytest.mark.parametrize("width", [30, 80, 81, 200])
def test_hostile_and_wide_titles_keep_their_columns(drawn: Drawn, width: int) -> None:
    """Escapes, turned text, CJK and combining marks: nothing acts, nothing is wider than the screen, columns hold."""
    titles = [
        "\x1b]52;c;AAAA\x07rood",
        "a\u202eb\u200b\ttab\nlijn",
        "日本語の見出し" * 20,
        "e\u0301" * 120,
        "👨‍👩‍👧‍👦" * 60,
    ]
    articles = {name("a"): listed("a", "2018", "日本語新聞社の夕刊", titles[0])}
    for letter, title in zip("bcde", titles[1:], strict=True):
        articles[name(letter)] = listed(letter, "2018", f"De {title}", title)
    edges = tuple(edge(letter, "a") for letter in "bcde")
    found = Duplicates([], [Cluster(name("a"), name("a"), edges)], [], [Heavy(name("a"), titles[0], 5, 6)])
    lines = drawn(found, articles, width=width)
    assert not CONTROLS.search("".join(lines))
    assert max(map(cell_len, lines)) <= width
    if width >= 80:
        starts = {cell_len(line[: line.index("≠")]) for line in lines[2:6]}
        assert len(starts) == 1
    assert not CONTROLS.search(warnings(found)[0])
