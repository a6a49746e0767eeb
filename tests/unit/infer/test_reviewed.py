"""Cases that an independent reading of the contract turned up, each from file to article."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_tool import Article, CorpusToolError, ReadOptions, Receipt, identify_language, read

BODY = "De raad keurde de begroting goed. Het nieuwe zwembad opent na de zomer.\n\nDe buurt is er blij mee.\n"


def one(tmp_path: Path, text: str, name: str = "a.txt") -> tuple[Article, ReadOptions]:
    """The only article of a file, and the options that hold its receipt."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    options = ReadOptions(detector="none", receipt=Receipt())
    [article] = read([tmp_path / name], options=options)
    return article, options


@pytest.mark.parametrize(
    ("dateline", "date"),
    [
        ("BRUSSEL, 18 juni (Belga)", "XXXX-06-18"),
        ("BRUXELLES, 18 juin 2018 (Belga)", "2018-06-18"),
        ("PARIS, 18 juin 2018 (AFP) –", "2018-06-18"),
        ("AMSTERDAM (ANP) -", None),
        ("Liège, le 18 juin 2018 - Belga", "2018-06-18"),
    ],
)
def test_a_dateline_that_stands_alone_is_no_title(tmp_path: Path, dateline: str, date: str | None) -> None:
    """The next block is tried, and the dateline's date is read."""
    article, _ = one(tmp_path, f"{dateline}\n\nBrand in Gent\n\n{BODY}")
    assert (article.title, article.date) == ("Brand in Gent", date)


@pytest.mark.parametrize(
    "title", ["Brexit op 31 oktober 2019", "Interview met een schepen (N-VA)", "Attentats du 22 mars"]
)
def test_a_headline_that_looks_like_one_stays_a_title(tmp_path: Path, title: str) -> None:
    """A date without a comma, or a party in brackets, makes no dateline."""
    assert one(tmp_path, f"{title}\n\n{BODY}")[0].title == title


def test_running_text_cut_by_a_page_is_no_title(tmp_path: Path) -> None:
    """What goes on with a small letter after a form feed is one sentence."""
    article, _ = one(
        tmp_path, "De gemeenteraad keurde maandag de begroting voor het nieuwe\n\f zwembad goed. Het opent.\n"
    )
    assert article.title is None


def test_a_bad_element_does_not_cost_a_wrapped_list(tmp_path: Path) -> None:
    """The good record of a list inside an object is read, the others are rejected."""
    options = ReadOptions(detector="none", receipt=Receipt())
    (tmp_path / "a.json").write_text('{"articles": [{"text": "De raad keurde het goed."}, {"text": 3}, 5]}')
    assert len(list(read([tmp_path / "a.json"], options=options))) == 1
    assert options.receipt.rejected == 2


def test_unusable_values_keep_the_label_of_the_file(tmp_path: Path) -> None:
    """A date or language that cannot be used stands in `extra` as the file calls it."""
    article, _ = one(tmp_path, f"Titel: Kop\nDatum: 31 juni 2018\nTaal: klingon?\n\n{BODY}")
    assert article.extra == {"Datum": "31 juni 2018", "Taal": "klingon?"}


def test_a_file_of_form_feeds_has_no_records(tmp_path: Path) -> None:
    """Separators and nothing else are a structure without articles."""
    options = ReadOptions(detector="none", receipt=Receipt())
    (tmp_path / "a.txt").write_text("\f\n\f\n\f\n")
    assert list(read([tmp_path / "a.txt"], options=options)) == []
    assert options.receipt.files[0].reason == "no-records"


def test_one_expected_language() -> None:
    """A single expected language is judged against all others; where only one is asked for, it must be a known one."""
    assert identify_language("De gemeenteraad keurde maandag de begroting goed.", expected=("nl",)).tag == "nl"
    assert identify_language("Le conseil communal a approuvé lundi le budget.", expected=("nl",)).tag == "fr"
    with pytest.raises(CorpusToolError, match="knows none"):
        identify_language("De raad.", only=("tlh",))
