import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from corpus_tool.corpus import read
from corpus_tool.infer.article import clean_value, keep
from corpus_tool.model.article import Article
from corpus_tool.model.evidence import Evidence
from corpus_tool.model.options import ReadOptions
from tests.properties.article_strategies import foreign_records
from tests.unit.building import PROSE, run, write_jsonl

FRENCH = "Le conseil a approuvé hier le projet du vieux port. Le débat a duré jusque tard dans la nuit."
DUTCH = (
    "De gemeenteraad heeft maandag beslist dat het oude zwembad in het centrum deze zomer langer open blijft. Volgens "
    "de burgemeester waren er veel klachten van ouders die niet weten waar hun kinderen na de school naartoe kunnen. "
    "De raad wil ook twee nieuwe bushaltes laten bouwen, maar de inwoners moeten nog wachten."
)


def one(folder: Path, text: str, name: str = "a.txt", **options: Any) -> tuple[Article, list[str]]:
    """The article of one text file, and the codes of what was noticed about it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    options = {"detector": "none", **options}
    [item], chosen = run(folder if "/" in name else path, **options)
    return item, [note.code for report in chosen.receipt.files for note in report.diagnostics]


def record(folder: Path, **values: Any) -> tuple[Article, list[str]]:
    """The article of one JSON object."""
    path = write_jsonl(folder / "r.jsonl", {"text": PROSE, **values})
    [item], chosen = run(path, detector="none")
    return item, [note.code for report in chosen.receipt.files for note in report.diagnostics]


def quoted(item: Article, evidence: Evidence) -> str:
    """What stands at the place that evidence names."""
    value = {
        "text": item.text,
        "raw": item.raw or "",
        "name": item.source.path,
        "url": item.url or "",
    }.get(evidence.where, evidence.text)
    return value[evidence.start : evidence.end]


def all_evidence(item: Article) -> list[Evidence]:
    """The evidence of every inferred field."""
    return [evidence for inferred in item.inference.values() if inferred for evidence in inferred.evidence]


TEXTS = {
    "marker": f" date 2018-06 {PROSE}",
    "header": f"datum: 2018-06-20\ntitel: Kop: van het stuk\n\n{PROSE}",
    "crlf": f"Kop van het stuk\r\n\r\nBRUSSEL, 18 juni 2018 (Belga) - {PROSE}\r\n\r\n{PROSE}",
    "headline": f"  Kop\u00a0van het  stuk\n\nDoor An Peeters\n\n{PROSE}",
    "header-and-headline": f"datum: 2018-06-20\n\n\u00a0 Kop van het  stuk\n\n{PROSE}",
    "marker-and-headline": f" date 2018-06\n\nKop van het stuk\n\n{PROSE}",
    "front": f"---\ntitle: Kop\ndate: 2018-06-20\nlanguage: nl\n---\n{PROSE}",
    "dateline": f"18 juni 2018\n\nKop van het stuk\n\n{PROSE}",
    "before-marker": f"Kop van het stuk\ndate 2018-06\n{PROSE}",
    "byline": f"Par Jean Martin | 03/04/2018\n\n{FRENCH}",
    "order": f"Posted\u00a003/04/2018\r\n\r\n{PROSE} Dat was op  06/20/2018 al zo.",
    "pair": f"De raad\u00a0 zweeg. Gisteren, dinsdag 19\u00a0juni 2018, viel het besluit.\n\n{PROSE}",
    "imprint": f"Kop van het stuk\n\n Nummer 4,  zomer 2018\n\n{PROSE}",
}


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("name", ["a.txt", "2018-06-20/a.txt", "x/krant_2018-06-20.txt"])
def test_evidence_points_at_what_was_read(tmp_path: Path, kind: str, name: str) -> None:
    """Law: the offsets of all evidence lead to its text, in the text, the raw record, the path."""
    item, _ = one(tmp_path, TEXTS[kind], name, keep_raw=True, detector="langdetect")
    assert len(all_evidence(item)) >= 2
    for evidence in all_evidence(item):
        assert quoted(item, evidence) == evidence.text, evidence
        assert evidence.start <= evidence.end
        assert evidence.rule


@pytest.mark.parametrize(
    ("kind", "date", "rules"),
    [
        ("order", "2018-03-04", ["numeric", "day-order-mdy"]),
        ("pair", "2018-06-20", ["pair"]),
        ("imprint", "2018-22", ["season"]),
    ],
)
def test_what_the_text_says_of_its_date(tmp_path: Path, kind: str, date: str, rules: list[str]) -> None:
    """The order that another date shows, a relative pair and an imprint date an article of a file, too."""
    item, codes = one(tmp_path, TEXTS[kind], keep_raw=True)
    inferred = item.inference["date"]
    assert inferred is not None
    assert (item.date, [evidence.rule for evidence in inferred.evidence], codes) == (date, rules, [])


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Zomer 2018", "2018-22"),
        ("Jaargang 9, nummer 4, juni 2018", "2018-06"),
        ("Week 25 van 2018", "2018-06-18/2018-06-24"),
        ("PD 29 december 2011", "2011-12-29"),
        ("DATE=20180620;LANG=nl", "2018-06-20"),
    ],
)
def test_a_line_that_dates_an_article_is_not_its_title(tmp_path: Path, line: str, date: str) -> None:
    """What `infer_date` reads in the first line of a text is read in a file, too."""
    item, _ = one(tmp_path, f"{line}\n\n{PROSE}")
    assert (item.title, item.date) == (None, date)


@settings(max_examples=60, deadline=None)
@given(foreign_records())
def test_evidence_of_records_points_at_what_was_read(values: dict[str, Any]) -> None:
    """Law: the same for JSON, where fields are stated; counts and blocks fit the text too."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_jsonl(Path(folder) / "a.jsonl", values)
        for item in read(path, options=ReadOptions(detector="none", keep_raw=True)):
            for evidence in all_evidence(item):
                assert quoted(item, evidence) == evidence.text
            blocks = item.normalization.blocks
            assert [item.text[block.start : block.end] for block in blocks] == item.text.split("\n\n")
            assert (item.characters, item.paragraphs) == (len(item.text), len(blocks))
            assert (item.date is None) == (item.inference["date"] is None)


def test_title_is_taken_out_of_the_text(tmp_path: Path) -> None:
    """A headline becomes the title, with its place in the raw record, and is no part of the text."""
    item, _ = one(tmp_path, f"\n  Kop\u00a0van het stuk\n\n{PROSE}\n\nTussenkop\n\nSlot van het stuk.", keep_raw=True)
    assert (item.title, item.text.split("\n\n")[0]) == ("Kop van het stuk", PROSE)
    inferred = item.inference["title"]
    assert inferred is not None
    [evidence] = inferred.evidence
    assert (inferred.method, evidence.where, evidence.text) == ("headline", "raw", "Kop\u00a0van het stuk")
    assert [block.kind for block in item.normalization.blocks] == ["paragraph", "subhead", "paragraph"]
    assert inferred.alternatives is None


@pytest.mark.parametrize(
    "head", ["", " date 2018-06\n\n", "datum: 2018-06-20\nbron: De Krant\n\n", "Door An Peeters\n\n"]
)
def test_evidence_of_the_title_is_the_headline(tmp_path: Path, head: str) -> None:
    """Whatever stands above it, the evidence is the headline as the raw record has it, no more and no less."""
    item, _ = one(tmp_path, f"{head}Kop\u00a0van het  stuk\n\n{PROSE}", keep_raw=True)
    inferred = item.inference["title"]
    assert inferred is not None
    [evidence] = inferred.evidence
    assert (item.title, evidence.text) == ("Kop van het stuk", "Kop\u00a0van het  stuk")
    assert item.raw is not None
    assert evidence.start == item.raw.index("Kop")


def test_what_follows_the_title_opens_the_text(tmp_path: Path) -> None:
    """A short line right after the headline is no subhead: nothing stands above it."""
    item, _ = one(tmp_path, f"Kop van het stuk\n\nNog een korte regel\n\n{PROSE}")
    assert item.title == "Kop van het stuk"
    assert item.normalization.blocks[0].kind == "paragraph"


def test_a_stated_title_goes_before_the_headline(tmp_path: Path) -> None:
    """What is stated is taken; the text keeps its first line."""
    item, _ = one(tmp_path, f"titel: De ware kop\n\nEen andere kop\n\n{PROSE}")
    assert (item.title, item.text.split("\n\n")[0]) == ("De ware kop", "Een andere kop")
    assert item.inference["title"] is not None
    assert item.inference["title"].method == "field"


def test_no_title_is_invented(tmp_path: Path) -> None:
    """Running text has none, and nothing is said to be inferred."""
    item, _ = one(tmp_path, f"{PROSE}\n\n{PROSE}")
    assert (item.title, item.inference["title"]) == (None, None)


@pytest.mark.parametrize(("stated", "tag"), [("nl", "nl"), ("Frans", "fr"), ("nld-BE", "nl-BE"), ("und", "und")])
def test_a_stated_language(tmp_path: Path, stated: str, tag: str) -> None:
    """Codes and names are understood, and not weighed against the text."""
    item, codes = record(tmp_path, language=stated)
    inferred = item.inference["language"]
    assert inferred is not None
    assert (item.language, inferred.method, inferred.evidence[0].text) == (tag, "field", stated)
    assert (codes, item.extra) == ([], {})


def test_a_language_that_nobody_knows(tmp_path: Path) -> None:
    """The value is kept, the finding noted, and the text asked."""
    path = write_jsonl(tmp_path / "a.jsonl", {"text": f"{FRENCH} {FRENCH}", "language": "Klingonnees?"})
    [item], options = run(path, expected=("nl", "fr"))
    assert (item.language, item.extra) == ("fr", {"language": "Klingonnees?"})
    assert [note.code for note in options.receipt.files[0].diagnostics] == ["language-unusable"]
    inferred = item.inference["language"]
    assert inferred is not None
    assert inferred.method.startswith("words 1")
    assert inferred.method.endswith(" expecting nl,fr ×5")


def test_without_a_detector_the_language_is_not_examined(tmp_path: Path) -> None:
    """Null, which is not `und`."""
    item, _ = one(tmp_path, PROSE)
    assert (item.language, item.inference["language"]) == (None, None)


def test_text_without_letters_has_no_language(tmp_path: Path) -> None:
    """Numbers alone are `zxx`."""
    item, _ = one(tmp_path, "1.234 - 12,5 % (2018)\n\n3-2, 4-1, 0-0", detector="langdetect")
    assert item.language == "zxx"


def test_evidence_of_the_language_with_a_long_title(tmp_path: Path) -> None:
    """Where the title fills what was shown, the evidence is the opening of the text and not one outside of it."""
    path = write_jsonl(tmp_path / "a.jsonl", {"title": "Het plan van de raad " * 60, "text": PROSE})
    [item], _ = run(path)
    [evidence] = all_evidence(item)[:1]
    assert quoted(item, evidence) == evidence.text == PROSE[:80]
    assert evidence.rule == "opening"


def detected(folder: Path, text: str, **values: Any) -> tuple[Article, list[tuple[str, str]]]:
    """The article of one JSON object by the default detector, and what was noticed about it."""
    [item], chosen = run(write_jsonl(folder / "d.jsonl", {"text": text, **values}))
    return item, [(note.code, note.message) for report in chosen.receipt.files for note in report.diagnostics]


QUOTE = "We did not know anything about this."
MIXED = f"{DUTCH}\n\nDe schepen zei gisteren: “{QUOTE}” Daarna ging ze weer naar binnen.\n\n{FRENCH}\n\n{DUTCH}"


def test_a_mixed_article(tmp_path: Path) -> None:
    """The shares of its languages, and each passage with its place in the text after that of the opening."""
    item, notes = detected(tmp_path, MIXED)
    assert (item.language, list(item.languages), notes) == ("nl", ["nl", "fr", "en"], [])
    assert sum(item.languages.values()) == pytest.approx(1, abs=0.002)
    assert item.languages["fr"] == pytest.approx(len(FRENCH) / len(item.text), abs=0.005)
    inferred = item.inference["language"]
    assert inferred is not None
    opening, english, french = inferred.evidence
    assert (opening.rule, opening.start, opening.end) == ("opening", 0, 80)
    assert (english.rule, english.text.strip("”")) == ("passage-en", QUOTE)
    assert english.start == item.text.index(QUOTE)
    start = item.text.index(FRENCH)
    assert french == Evidence(FRENCH, "text", start, start + len(FRENCH), "passage-fr")
    for evidence in inferred.evidence:
        assert quoted(item, evidence) == evidence.text
        assert evidence.text == evidence.text.strip()


def test_evidence_of_a_passage_has_no_blanks_at_its_ends(tmp_path: Path) -> None:
    """Between guillemets the blanks of French typography are left out."""
    quote = "Wij hebben hier helemaal niets van geweten"
    said = f"L’échevine a dit : « {quote} ». Ensuite elle est rentrée chez elle."
    item, _ = detected(tmp_path, f"{FRENCH} {said} {FRENCH}")
    inferred = item.inference["language"]
    assert inferred is not None
    [passage] = inferred.evidence[1:]
    assert passage.text.rstrip(" »") == quote
    assert quoted(item, passage) == passage.text == passage.text.strip()


def test_a_mixed_article_with_a_stated_language(tmp_path: Path) -> None:
    """What is stated stays; the passages are those that differ from what the text is in, and the note says nothing."""
    item, notes = detected(tmp_path, MIXED, language="nl-BE")
    assert (item.language, list(item.languages), notes) == ("nl-BE", ["nl", "fr", "en"], [])
    inferred = item.inference["language"]
    assert inferred is not None
    assert [evidence.rule for evidence in inferred.evidence[1:]] == ["passage-en", "passage-fr"]
    assert (inferred.method, inferred.evidence[0].text) == ("field", "nl-BE")


def test_a_title_in_another_language_is_no_passage(tmp_path: Path) -> None:
    """The text alone is looked through: it is in one language, and no shares are given."""
    item, _ = detected(tmp_path, DUTCH, title="We did not know anything about this, says the alderman")
    assert (item.language, item.languages) == ("nl", {})
    inferred = item.inference["language"]
    assert inferred is not None
    assert [evidence.rule for evidence in inferred.evidence] == ["opening"]


def test_without_a_detector_nothing_is_mixed(tmp_path: Path) -> None:
    """Nobody looked for passages: there are no shares and no evidence of any."""
    item, _ = one(tmp_path, MIXED)
    assert (item.languages, item.inference["language"]) == ({}, None)


NORWEGIAN = (
    "Bystyret vedtok mandag at det gamle svømmebassenget i sentrum skal holde åpent lenger i sommer. Ifølge ordføreren "
    "har det kommet mange klager fra foreldre som ikke vet hvor barna deres kan gå etter skolen. Bystyret vil også "
    "bygge to nye bussholdeplasser, men innbyggerne må fortsatt vente til budsjettet er godkjent."
)


@pytest.mark.parametrize(
    ("stated", "text", "conflict"),
    [
        ("fr", DUTCH, "the file says fr; the text reads as nl, confidence 0.99"),
        ("en-US", DUTCH, "the file says en-US; the text reads as nl, confidence 0.99"),
        ("nl", FRENCH, "the file says nl; the text reads as fr, confidence 0.99"),
        ("nl", DUTCH, None),
        ("nl-BE", DUTCH, None),
        ("no", NORWEGIAN, None),
        ("nb", NORWEGIAN, None),
        ("da", NORWEGIAN, "the file says da; the text reads as n"),
        ("und", DUTCH, None),
        ("mul", DUTCH, None),
        ("fr", "12,5 % (2018)\n3-2, 4-1, 0-0, 1.234", None),
    ],
)
def test_a_stated_language_that_the_text_contradicts(
    tmp_path: Path, stated: str, text: str, conflict: str | None
) -> None:
    """It stays, and is noted with both sides; a region, another code and a text without words contradict nothing."""
    item, notes = detected(tmp_path, text, language=stated)
    assert item.language == stated
    noted = [message for code, message in notes if code == "language-conflict"]
    assert len(noted) == (conflict is not None)
    assert not noted or noted[0].startswith(conflict or "")


def test_a_doubtful_text_contradicts_nothing(tmp_path: Path) -> None:
    """Where the answer for the text may well be wrong, what is stated is not called into question."""
    for text in ("Parking bus taxi", "De la in is", "Plan"):
        item, notes = detected(tmp_path, text, language="sv")
        assert item.language == "sv"
        assert "language-conflict" not in [code for code, _ in notes]


@pytest.mark.parametrize(("options", "language"), [({"only": ("fr", "de")}, ("fr", "de", "und")), ({}, ("nl",))])
def test_only_some_languages(tmp_path: Path, options: dict[str, Any], language: tuple[str, ...]) -> None:
    """A text in a language that is not wanted gets one that is, or none; passages too are in wanted ones."""
    [item], _ = run(write_jsonl(tmp_path / "a.jsonl", {"text": MIXED}), **options)
    assert item.language in language
    assert options == {} or {*item.languages} <= {*language}


@pytest.mark.parametrize(
    ("stated", "name", "date", "method", "texts"),
    [
        ("2018-06", "a.txt", "2018-06", "header", ["date 2018-06"]),
        ("2018-06", "krant/2018-06-20.txt", "2018-06-20", "header+name", ["date 2018-06", "2018-06-20"]),
        ("2018", "krant/2018-06_a.txt", "2018-06", "header+name", ["date 2018", "2018-06"]),
        ("2018-06-20", "krant/2018-06.txt", "2018-06-20", "header", ["date 2018-06-20"]),
    ],
)
def test_a_weaker_source_refines(
    tmp_path: Path, stated: str, name: str, date: str, method: str, texts: list[str]
) -> None:
    """A file name that agrees with the header adds its precision and its evidence."""
    item, codes = one(tmp_path, f" date {stated} {PROSE}", name)
    inferred = item.inference["date"]
    assert inferred is not None
    assert (item.date, inferred.method, [evidence.text for evidence in inferred.evidence]) == (date, method, texts)
    assert (inferred.alternatives, codes) == ((), [])


def test_a_conflict_is_noted_and_the_stronger_source_wins(tmp_path: Path) -> None:
    """The other date is an alternative, the confidence lower, the finding in the receipt."""
    item, codes = one(tmp_path, f" date 2018-06 {PROSE}", "krant/2019-07-01.txt")
    sure, _ = one(tmp_path / "b", f" date 2018-06 {PROSE}")
    inferred, alone = item.inference["date"], sure.inference["date"]
    assert inferred is not None
    assert alone is not None
    assert (item.date, inferred.alternatives, codes) == ("2018-06", ("2019-07-01",), ["date-conflict"])
    assert inferred.confidence < alone.confidence <= 1


def test_bounds_of_dates(tmp_path: Path) -> None:
    """First and last day of what the date can mean; null where the year is not known."""
    for date, earliest, latest in (
        ("2018-06", "2018-06-01", "2018-06-30"),
        ("2018-24", "2018-12-01", "2019-02-28"),
        ("XXXX-06-18", None, None),
        ("2018-06-16/2018-06-17", "2018-06-16", "2018-06-17"),
    ):
        item, _ = record(tmp_path, date=date)
        assert (item.date, item.date_earliest, item.date_latest) == (date, earliest, latest)


def test_an_update_is_no_publication(tmp_path: Path) -> None:
    """A stated update goes to `date_modified` and gives no date."""
    item, _ = record(tmp_path, updated="2018-06-22")
    assert (item.date, item.date_modified, item.inference["date"]) == (None, "2018-06-22", None)
    item, _ = record(tmp_path, date="2018-06-20", updated="2018-06-22")
    assert (item.date, item.date_modified) == ("2018-06-20", "2018-06-22")


@pytest.mark.parametrize("key", ["date", "date_modified"])
@pytest.mark.parametrize("value", ["2018-02-30", "gisteren", "0000-00-00", "31 juni 2018", "1529452800"])
def test_unusable_dates_are_kept(tmp_path: Path, key: str, value: str) -> None:
    """A date that names no day is noted, kept in `extra`, and nothing takes its place."""
    item, codes = record(tmp_path, **{key: value})
    assert (item.date, item.date_modified, item.extra) == (None, None, {key: value})
    assert codes == ["date-unusable"]


def test_an_unusable_value_displaces_nothing(tmp_path: Path) -> None:
    """Where `extra` has such a label already, both values are kept."""
    extra: dict[str, Any] = {}
    for value in ("a", "b", "a", "c", "b"):
        keep(extra, "date", value)
    assert extra == {"date": "a", "date#2": "b", "date#3": "c"}


def test_stated_strings_are_cleaned(tmp_path: Path) -> None:
    """Controls, no-break spaces and line ends go from every stated value, from labels and inner values too."""
    item, _ = record(
        tmp_path,
        title="Kop\u00a0\x1b[31mrood\nverder",
        outlet=" De\tKrant ",
        authors=["An\u202e Peeters", " ", "Jan  Claes;Bo"],
        **{"Opl\x07age": ["a\x00b", {"k\x1b[0m": "v\u200bw"}]},
    )
    assert (item.title, item.outlet, item.authors) == (
        *("Kop rood verder", "De Krant", ("An Peeters", "Jan Claes", "Bo")),
    )
    assert item.extra == {"Oplage": ["ab", {"k": "vw"}]}


def test_authors_are_cleaned_one_by_one(tmp_path: Path) -> None:
    """A bidi mark beside Latin letters goes, though another author writes in Hebrew."""
    item, _ = record(tmp_path, authors=["An\u202e Peeters", "שלום\u200f"])
    assert item.authors == ("An Peeters", "שלום\u200f")


def test_clean_value() -> None:
    """Strings inside lists and objects are cleaned, numbers and null stay."""
    assert clean_value(["a\x00", 1, None, True, {"b\x00": "c\x00\nd"}]) == ["a", 1, None, True, {"b": "c\nd"}]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Drie korte woorden", "very-short"),
        ("Het cafÃ© bij de haven is weer open voor iedereen.", "mojibake-repaired"),
        ("Het \x1b[31mcafé\x07 bij de haven is weer open voor iedereen.", "control-removed"),
        ("Het " + "x" * 1000 + " bij de haven is weer open voor iedereen.", "suspicious-text"),
    ],
)
def test_what_deserves_a_look(tmp_path: Path, text: str, code: str) -> None:
    """Each oddity of a text is noted by its code; ordinary text by none."""
    assert one(tmp_path, text)[1] == [code]
    assert one(tmp_path, PROSE)[1] == []


def test_half_a_surrogate_pair_is_noted(tmp_path: Path) -> None:
    """Half a pair in JSON becomes U+FFFD, and that is said."""
    item, codes = record(tmp_path, text=f"{PROSE} \ud83d")
    assert item.text == f"{PROSE} \ufffd"
    assert "surrogate-replaced" in codes


def test_names_of_articles(tmp_path: Path) -> None:
    """The stem of the file, with the number of the record from the second on."""
    path = write_jsonl(tmp_path / "pers.2018.jsonl", *({"text": f"Stuk {n} over de haven."} for n in range(3)))
    assert [item.name for item in run(path, detector="none")[0]] == ["pers.2018", "pers.2018#2", "pers.2018#3"]


def test_raw_is_kept_only_where_asked(tmp_path: Path) -> None:
    """The decoded record, undecodable bytes visible, or nothing."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"Caf\xc3\xa9 \xff over de haven van de oude stad.\r\n")
    [item], _ = run(path, detector="none", keep_raw=True)
    assert item.raw == "Café \udcff over de haven van de oude stad.\r\n"
    assert run(path, detector="none")[0][0].raw is None


def test_the_same_answer_in_every_process(tmp_path: Path) -> None:
    """No answer depends on the hash seed: the whole record is the same."""
    import subprocess
    import sys

    (tmp_path / "a.txt").write_text(f"Kop\n\n{PROSE} {FRENCH}\n\n18 juni 2018")
    code = f"from corpus_tool import read; print([a.to_dict() for a in read({str(tmp_path)!r})])"
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1")
    }
    assert len(answers) == 1
