"""Laws of the inference of dates: any text, any length, any place and time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_tool.infer.date import deduce, lines
from corpus_tool.infer.date.lines import TAIL_CHARACTERS, TEXT_CHARACTERS
from corpus_tool.infer.date.mentions import find_dates
from corpus_tool.infer.date.publication import infer_date
from corpus_tool.text.furniture import YEARS

BODY = "De raad keurde het plan voor de oude haven goed. Het debat duurde tot na middernacht."
ROOT = Path(__file__).parents[2]


DATES = """
18 juni 2018|June 18, 2018|18/06/2018|03/04/2018|2018-06-18|juni 2018|18 juin|1599|2099|zomer 2099|29 februari 2019
week 53 van 2018|31/12 (BELGA) -|16-17 juni 2018|Q4 2099|'18|BRUSSEL, |(Belga) - |Publié le |Bijgewerkt op |Maandag
Door An Peeters – |Lees ook|datum: |date |PD |*date_2018-06|DATE=20180618;LANG=fr|gisteren, |vorige maand, in |over
99999 dagen geleden|honderd jaar geleden| om 16.32 uur|nummer 4, |Het debat duurde lang. | - | • |٢٠١٨|(|)|,
"""
PARTS = st.sampled_from(
    [*DATES.strip().replace("\n", "|").split("|"), "\n", "\n\n", " | ", "\u00a0", "\ud83d", "\x00", "İ"]
)
TEXTS = st.lists(PARTS | st.text(max_size=8), max_size=14).map("".join)
LANGUAGES = st.sampled_from([None, "nl", "fr", "en", "en-US", "de", "es", "it", "pt", "ja", ""])
REFERENCES = st.sampled_from([None, "2018-06-20", "2019-02", "1700", "2018/..", "20XX"])


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES, REFERENCES)
@example("date: 2018-06-20\n18 juni 2018", None, "2018-06-19")
def test_any_text_has_an_answer(text: str, language: str | None, reference: str | None) -> None:
    """Law: no text raises; dates are those an article can have; evidence is quoted; shares are probabilities."""
    found = infer_date(text, language=language, name="a.txt", reference=reference)
    if found is None:
        return
    for date in filter(None, (found.date, found.modified, *found.alternatives)):
        assert date.earliest is None or date.earliest.year in YEARS
    assert 0 <= found.confidence <= 1
    assert (found.date is None) == (found.method is None) == (not found.evidence)
    assert found.date not in found.alternatives
    for evidence in found.evidence:
        assert evidence.where == "text"
        assert text[evidence.start : evidence.end] == evidence.text


def test_years_after_2099_are_no_answers() -> None:
    """A stated year that no article can have is none, in a label as in a line."""
    assert infer_date(f"date: 2100-05-05\n\n{BODY}") is None


HEAD = f"{BODY} ".ljust(90) * 100


@settings(max_examples=40, deadline=None)
@given(opening=TEXTS, middle=TEXTS, closing=TEXTS)
def test_only_windows_of_a_long_text_are_read(opening: str, middle: str, closing: str) -> None:
    """Law: what stands between the opening and the end of a long text does not change the answer."""
    head = (f"{opening}\n{HEAD}")[:TEXT_CHARACTERS]
    tail = (f"{HEAD}\n{closing}")[-TAIL_CHARACTERS:]
    plain = infer_date(f"{head}{HEAD}{tail}", language="nl")
    told = infer_date(f"{head}{HEAD[:400]}\n{middle}\nPublié le 18 juin 2018\n{HEAD[:400]}{tail}", language="nl")
    said = [
        found and (str(found.date), found.method, found.confidence, str(found.modified), found.remarks)
        for found in (plain, told)
    ]
    assert said[0] == said[1]


def test_the_work_on_a_text_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a text is, expressions are looked for in as much of it as of one that just fills the windows."""
    read: list[int] = []
    for module in (lines, deduce):
        real = module.find_expressions

        def counting(text: str, *rest: object, real: object = real) -> object:
            read.append(len(text))
            return real(text, *rest)

        monkeypatch.setattr(module, "find_expressions", counting)
    totals = []
    line = "Op 18 juni 2018, gisteren, keurde de raad het plan goed.\n"
    for size in (20_000, 2_000_000):
        read.clear()
        infer_date((line * (size // len(line) + 1))[:size], language="nl")
        totals.append(sum(read))
    assert totals[0] > 0
    assert abs(totals[1] - totals[0]) <= 2 * len(line)  # the end may begin in the midst of a line
    assert max(totals) < 2 * (TEXT_CHARACTERS + TAIL_CHARACTERS)


@pytest.mark.parametrize("place", ["end of the opening", "start of the end"])
def test_a_line_that_a_window_cuts_is_no_date_line(place: str) -> None:
    """A sentence of which only the date lies in a window is running text all the same."""
    sentence = "Zo is het al sinds lang, zei ze, en 18 juni 2018 was een mooie dag."
    cut = sentence.index("18")
    if place == "end of the opening":
        text = f"{HEAD[: TEXT_CHARACTERS - 13]}\n{sentence[cut:]}\n{HEAD}"
    else:
        end = f"18 juni 2018\n{HEAD}"[:TAIL_CHARACTERS]
        text = f"{HEAD}{HEAD}\n{sentence[:cut]}{end}"
    assert infer_date(text, language="nl") is None


ELSEWHERE = [
    ("nl", f"BRUSSEL, 18 juni 2018 (Belga) - {BODY}"),
    ("nl", f"GENT, 18 juni (Belga) - {BODY}"),
    ("fr", "Publié le 03/04/2018 à 8h00 | Mis à jour le mardi 4 avril 2018"),
    ("en", "Posted 03/04/2018"),
    ("en", "Yesterday, June 19, 2018, the council met."),
    ("de", "Stand: 20. März 2018 16:32 Uhr"),
    ("nl", "Zomer 2018"),
    ("nl", "Gisteren en vorige week, op 18 mei, in de zomer van 2017 en over drie dagen."),
    ("fr", "Hier soir, le 3 août, et l’été dernier."),
]

SCRIPT = """
import datetime, json, sys, time
if sys.argv[1] == "moved":
    for ask in (datetime.date.today, datetime.datetime.now, datetime.datetime.utcnow, time.time, time.localtime):
        try:
            ask()
        except AssertionError:
            continue
        sys.exit(f"{ask} tells the time")
from corpus_tool import find_dates, infer_date
answers = []
for language, text in json.load(sys.stdin):
    for reference in (None, "2019-03-02"):
        found = infer_date(text, language=language, reference=reference)
        answers.append(found and [str(found.date), found.method, found.confidence, str(found.modified)])
        answers.append([str(item.date) for item in find_dates(text, language=language, reference=reference)])
print(json.dumps(answers))
"""

NO_CLOCK = """
import datetime, time


def refuse(*_args, **_named):
    raise AssertionError("somebody asks for the time")


class Date(datetime.date):
    today = refuse


class DateTime(datetime.datetime):
    today = now = utcnow = refuse


datetime.date, datetime.datetime = Date, DateTime
time.time = time.localtime = time.gmtime = time.ctime = refuse
"""


@pytest.mark.parametrize("place", ["elsewhere", "moved"])
def test_the_same_answers_everywhere_and_always(place: str, tmp_path: Path) -> None:
    """Neither locale nor time zone nor today's date counts: nobody even asks for the time."""
    paths = [str(ROOT / "src")]
    environ = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
    if place == "elsewhere":
        environ |= {"TZ": "Asia/Tokyo", "LC_ALL": "C"}
    else:
        (tmp_path / "sitecustomize.py").write_text(NO_CLOCK, encoding="utf-8")
        paths.insert(0, str(tmp_path))
    environ["PYTHONPATH"] = os.pathsep.join(paths)
    command = [sys.executable, "-c", SCRIPT, place]
    given = json.dumps(ELSEWHERE).encode()
    done = subprocess.run(command, input=given, capture_output=True, env=environ, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    here: list[object] = []
    for language, text in ELSEWHERE:
        for reference in (None, "2019-03-02"):
            found = infer_date(text, language=language, reference=reference)
            here.append(found and [str(found.date), found.method, found.confidence, str(found.modified)])
            here.append([str(item.date) for item in find_dates(text, language=language, reference=reference)])
    assert json.loads(done.stdout) == here
    assert any(here)
