import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool import identify_language
from corpus_tool.errors import UsageError
from corpus_tool.infer.language.decide import (
    MIN_CONFIDENCE,
    PRIOR,
    Language,
    decide_many,
    same_language,
)
from corpus_tool.infer.language.passages import LanguageSpan
from corpus_tool.infer.language.registry import Detector, load_detector
from tests.unit.infer.language.texts import OTHER_SCRIPTS, PARAGRAPHS, QUOTED, QUOTES, SAID, WORDS, Fixed

FOUR = ("nl", "fr", "en", "de")
UNSURE = ["de la in is", "parking bus taxi", "le monde is de wereld", "plan"]
MIXED = [
    f"{PARAGRAPHS['nl']}\n\n{SAID['nl'].format(QUOTED['nl'].format(QUOTES['en'][0]))}",
    f"{PARAGRAPHS['fr']}\n\n{PARAGRAPHS['de']}\n\n{PARAGRAPHS['fr']}",
    f"{PARAGRAPHS['nl']}\n\n{PARAGRAPHS['es']}\n\n{PARAGRAPHS['nl']}",
]
TEXTS = [
    *(PARAGRAPHS[tag] for tag in FOUR),
    *OTHER_SCRIPTS.values(),
    *MIXED,
    *UNSURE,
    "12,5 % – 1.234",
    "",
    "zwembaden",
]
OPENING = "Artikel 12"
"""Too few words for frequent words to decide."""


def pooled() -> Detector:
    """The default backend."""
    found = load_detector("pooled")
    assert found is not None
    return found


def judged(backend: Fixed, text: str = OPENING, **told: tuple[str, ...]) -> Language:
    """What is made of the answer of a stand-in."""
    return decide_many([text], backend, **told)[0]


ONE_BY_ONE = {text: identify_language(text) for text in TEXTS}


@pytest.mark.parametrize("tag", FOUR)
@pytest.mark.parametrize("told", [{}, {"expected": FOUR}, {"only": FOUR}])
def test_the_language_of_a_text(tag: str, told: dict[str, tuple[str, ...]]) -> None:
    """Dutch, French, English and German: whole paragraphs, first sentences, capitals, told what to expect or not."""
    text = PARAGRAPHS[tag]
    for shown in (text, text.upper(), text.split(".")[0], text.split(".")[0].upper()):
        found = identify_language(shown, **told)
        assert found.tag == tag
        assert 0.7 < found.confidence <= 1
        assert found.shares == {tag: 1.0}
        assert not found.is_mixed


@pytest.mark.parametrize("tag", OTHER_SCRIPTS)
def test_other_scripts(tag: str) -> None:
    """Languages that frequent words know nothing of are identified too."""
    assert identify_language(OTHER_SCRIPTS[tag]).tag == tag


def test_the_same_answer_every_time() -> None:
    """A second call, another order and other calls between change nothing, also where the answer is unsure."""
    random.seed(99)
    for text in reversed(TEXTS):
        assert identify_language(text) == ONE_BY_ONE[text]


@settings(max_examples=20, deadline=None)
@given(st.permutations(TEXTS), st.integers(1, len(TEXTS)))
def test_many_are_as_one(texts: list[str], size: int) -> None:
    """Law: in any order and by any number at once, each text gets the answer that it gets alone."""
    found: list[Language] = []
    for start in range(0, len(texts), size):
        found += decide_many(texts[start : start + size], pooled())
    assert found == [ONE_BY_ONE[text] for text in texts]


def test_one_call_for_many() -> None:
    """The backend is asked once, about the texts that have words; without any it is not asked."""
    backend = Fixed(nl=1.0)
    texts = ["12 %", OPENING, "", "Bladzijde 3"]
    tags = [found.tag for found in decide_many(texts, backend, mixed=False)]
    assert (tags, backend.shown, backend.calls) == (["zxx", "nl", "zxx", "nl"], [OPENING, "Bladzijde 3"], 1)
    idle = Fixed(nl=1.0)
    assert decide_many([], idle) == []
    assert judged(idle, "12 %").tag == "zxx"
    assert idle.calls == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "12,5 % – 1.234",
        "18/06/2018",
        "https://example.org/de/het/een",
        "@naam #haven",
        "— …",
        "😀",
        "3-2 (1-0)\n4-1 (2-0)",
        "Jan Peeters, Marie Claes, Piet De Smet, Sofie Van Hove, Karel Maes",
    ],
)
def test_text_without_words_has_no_language(text: str) -> None:
    """Numbers, signs, addresses, handles, results and lists of names are `zxx`."""
    found = identify_language(text)
    assert (found.tag, found.confidence) == ("zxx", 0.99)
    assert found.spans == (LanguageSpan(0, len(text), "zxx"),)


def test_no_detector() -> None:
    """`none` does not look: undetermined without any confidence, and nothing is said of parts."""
    found = identify_language(PARAGRAPHS["nl"], backend="none")
    assert found == Language("und", 0.0, "none")
    assert not found.is_mixed


def test_an_unknown_detector() -> None:
    """A name that is not in the table is a usage error that lists those that are."""
    with pytest.raises(UsageError, match="'kleur'") as error:
        identify_language("De raad", backend="kleur")
    names = "pooled, py3langid, langdetect, lingua, fasttext, pycld2, none"
    assert error.value.hint == f"the detectors are: {names}"


@pytest.mark.parametrize(
    ("shares", "tag", "confidence"),
    [
        ({"nl": 0.9, "de": 0.1}, "nl", 0.9),
        ({"nl": 0.5, "de": 0.5}, "nl", 0.5),
        ({"nl": 1.0}, "nl", 0.999),
        ({"nl": 0.45, "de": 0.3, "af": 0.25}, "nl", 0.45),
        ({}, "und", 0.999),
        (dict.fromkeys(("nl", "de", "af", "fy", "lb", "da", "sv", "no"), 0.125), "und", 0.875),
        (dict.fromkeys(("nl", "de", "af", "fy", "lb"), 0.2), "nl", 0.2),
    ],
)
def test_what_is_made_of_the_probabilities(shares: dict[str, float], tag: str, confidence: float) -> None:
    """The likeliest, ties by tag; undetermined where that is hardly better than a guess, or nothing was said."""
    found = judged(Fixed(**shares))
    assert (found.tag, found.confidence) == (tag, confidence)
    assert (found.tag == "und") == (not shares or max(shares.values()) < MIN_CONFIDENCE)


def test_an_expected_language_wins_a_near_tie() -> None:
    """Beforehand it is a few times likelier; a region does not matter."""
    near = Fixed(nl=0.4, af=0.6)
    assert judged(near).tag == "af"
    for expected in (("nl",), ("nl-BE",), ("fr", "nl")):
        found = judged(near, expected=expected)
        assert (found.tag, found.confidence) == ("nl", round(0.4 * PRIOR / (0.4 * PRIOR + 0.6), 3))
    assert judged(near, expected=("nl", "af")).confidence == 0.6
    assert judged(near, expected=("fr",)).tag == "af"


def test_an_expected_language_does_not_steal() -> None:
    """A clear text in another language stays in it, a little less sure."""
    clear = Fixed(nl=0.01, fr=0.99)
    found = judged(clear, expected=("nl",))
    assert found.tag == "fr"
    assert 0.9 < found.confidence < judged(clear).confidence
    for tag in FOUR:
        assert identify_language(PARAGRAPHS[tag].split(".")[0], expected=("nl", "fr")).tag == tag
    assert identify_language(PARAGRAPHS["es"], expected=("nl",)).tag == "es"


@pytest.mark.parametrize("word", ["zwembaden", "de oude", "onduidelijkheid"])
def test_expecting_dutch_finds_it(word: str) -> None:
    """A word or two of Dutch are Dutch where it is expected, and where only the four are asked for."""
    assert identify_language(word, expected=("nl",)).tag == "nl"
    assert identify_language(word, only=FOUR).tag == "nl"


def test_only_is_kept_to() -> None:
    """No other language is answered, for the text and for its passages, however clear the text is."""
    for text in [*TEXTS, *WORDS["fr"], *(PARAGRAPHS[tag].split(".")[0] for tag in PARAGRAPHS)]:
        found = identify_language(text, only=("nl", "de"))
        assert found.tag in ("nl", "de", "und", "zxx")
        assert {span.tag for span in found.spans} <= {"nl", "de", "und", "zxx"}
    found = judged(Fixed(nl=0.1, fr=0.85, de=0.05), only=("nl", "de"))
    assert (found.tag, found.confidence) == ("nl", 0.667)


def test_words_come_first_where_a_backend_wants_it() -> None:
    """A plain whole article is not shown to a backend with `WORDS_FIRST`; without it every text is."""
    for words_first, shown in ((True, []), (False, [PARAGRAPHS["nl"]])):
        backend = Fixed(words_first=words_first, fr=1.0)
        found = decide_many([PARAGRAPHS["nl"]], backend, mixed=False)[0]
        assert backend.shown == shown
        assert found.tag == ("nl" if words_first else "fr")
        assert found.backend == ("words 1" if words_first else "fixed 1")
    backend = Fixed(words_first=True, fr=1.0)
    assert judged(backend).tag == "fr"
    assert backend.shown == [OPENING]


def test_words_do_not_answer_what_is_not_wanted() -> None:
    """Where the plain language of a text is not in `only`, the backend is asked."""
    backend = Fixed(words_first=True, nl=0.7, fr=0.2, de=0.1)
    found = decide_many([PARAGRAPHS["nl"]], backend, only=("fr", "de"), mixed=False)[0]
    assert (found.tag, found.backend) == ("fr", "fixed 1 among fr,de")


def test_a_plain_text_does_not_load_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default backend decides an article in one of the four by words, passages and all."""
    monkeypatch.setattr(
        "corpus_tool.infer.language.py3langid_backend.probabilities", lambda *_: pytest.fail("the model was asked")
    )
    for tag in FOUR:
        assert identify_language(f"{PARAGRAPHS[tag]}\n\n{PARAGRAPHS[tag]}").backend == "words 1"


@pytest.mark.parametrize(
    ("told", "backend"),
    [
        ({}, "fixed 1"),
        ({"expected": ("nl", "fr")}, "fixed 1 expecting nl,fr ×5"),
        ({"only": ("nl", "fr")}, "fixed 1 among nl,fr"),
    ],
)
def test_the_backend_is_named_with_what_it_was_told(told: dict[str, tuple[str, ...]], backend: str) -> None:
    """Its version, and which languages were likelier, or the only ones."""
    assert judged(Fixed(nl=1.0), **told).backend == backend
    assert judged(Fixed(), **told).backend == backend
    assert identify_language(PARAGRAPHS["nl"], **told).backend == backend.replace("fixed 1", "words 1")
    assert identify_language("zwembaden", **told).backend.startswith("words 1 + py3langid ")


def test_a_title_is_read_with_its_text() -> None:
    """It is shown above the text, and is no part of the spans; a text without one is shown alone."""
    backend = Fixed(nl=1.0)
    titles = ["Nieuws van 3 juni", None]
    found = decide_many([OPENING, OPENING], backend, titles=titles)
    assert backend.shown == [f"Nieuws van 3 juni\n{OPENING}", OPENING]
    assert [answer.spans for answer in found] == [(LanguageSpan(0, len(OPENING), "nl"),)] * 2
    [headed] = decide_many(["Plan 12"], pooled(), titles=[PARAGRAPHS["fr"]])
    assert (headed.tag, headed.spans) == ("fr", (LanguageSpan(0, 7, "fr"),))


def test_without_passages() -> None:
    """With `mixed` false a text is in one language, the one that it is in for the greater part."""
    for text in MIXED:
        [whole] = decide_many([text], pooled(), mixed=False)
        assert ONE_BY_ONE[text].is_mixed
        assert not whole.is_mixed
        assert (whole.tag, whole.shares) == (ONE_BY_ONE[text].tag, {whole.tag: 1.0})
        assert whole.spans == (LanguageSpan(0, len(text), whole.tag),)


def test_shares_of_a_mixed_text() -> None:
    """The parts of the characters, the greatest first; it is the text's language, also where it begins otherwise."""
    text = f"{PARAGRAPHS['fr']}\n\n{PARAGRAPHS['nl']}\n\n{PARAGRAPHS['nl']}\n\n{PARAGRAPHS['nl']}"
    found = identify_language(text)
    assert list(found.shares) == ["nl", "fr"]
    assert found.tag == "nl"
    assert found.shares["fr"] == pytest.approx(len(PARAGRAPHS["fr"]) / len(text), abs=0.01)


PIECES = [
    *(sentence + ". " for tag in (*FOUR, "es") for sentence in PARAGRAPHS[tag].split(". ")[:2]),
    *(QUOTED[tag].format(QUOTES[tag][0]) + " " for tag in FOUR),
    *OTHER_SCRIPTS.values(),
    "\n",
    "\n\n",
    "“",
    "” ",
    "'",
    "12 % ",
    "Jan Peeters, ",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=12).map("".join),
    st.sampled_from([(), FOUR, ("nl", "es")]),
    st.sampled_from([(), FOUR, ("nl", "es")]),
)
def test_spans_cover_the_text(text: str, expected: tuple[str, ...], only: tuple[str, ...]) -> None:
    """Law: whatever the text, the spans cover it in order, neighbors differ, and the shares are their sizes."""
    found = identify_language(text, expected=expected, only=only)
    starts, ends = [span.start for span in found.spans], [span.end for span in found.spans]
    assert (starts[0], ends[-1]) == (0, len(text))
    assert starts[1:] == ends[:-1]
    tags = [span.tag for span in found.spans]
    assert all(one != other for one, other in pairwise(tags))
    assert set(found.shares) == {*tags}
    assert sum(found.shares.values()) == pytest.approx(1, abs=0.00051 * len(found.shares))
    assert found.tag == max(found.shares, key=lambda tag: found.shares[tag])
    for tag, share in found.shares.items():
        size = sum(span.end - span.start for span in found.spans if span.tag == tag)
        assert share == pytest.approx(size / max(1, len(text)) if text else 1, abs=0.00051)
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize(
    ("tag", "other", "same"),
    [
        ("nl", "nl", True),
        ("nl-BE", "nl", True),
        ("nl-BE", "nl-NL", True),
        ("zh-Hans", "zh-Hant", True),
        ("nb", "no", True),
        ("nn", "nb", True),
        ("hr", "sr-Latn", True),
        ("fil", "tl", True),
        ("prs", "fa", True),
        ("und", "nl", True),
        ("zxx", "fr", True),
        ("mul", "fr", True),
        ("nl", "af", False),
        ("nl", "fr", False),
        ("no", "da", False),
        ("de", "gsw", False),
    ],
)
def test_same_language(tag: str, other: str, same: bool) -> None:
    """Regions, scripts and members of a macrolanguage do not contradict; what is undetermined contradicts nothing."""
    assert same_language(tag, other) is same_language(other, tag) is same


@pytest.mark.parametrize("backend", ["pooled", "py3langid", "langdetect"])
def test_one_language_alone_has_what_it_has_among_all(backend: str) -> None:
    """A French sentence is not Dutch for want of another choice; a Dutch one is, and says so."""
    assert (
        identify_language("Le conseil communal a approuvé lundi le budget.", only=("nl",), backend=backend).tag == "und"
    )
    assert identify_language(TEXTS[0], only=("nl",), backend=backend).tag == "nl"


def test_a_small_passage_is_a_share_above_zero() -> None:
    """One quotation in a long article counts as mixed, and its share is not rounded away."""
    found = identify_language(f"{PARAGRAPHS['nl']}\n\n" * 100 + "“We did not know anything about this plan.”")
    assert found.is_mixed
    assert 0 < found.shares["en"] < 0.01


def test_both_priors_stand_in_the_backend() -> None:
    """What was expected is told beside what was allowed."""
    found = identify_language("Le plan", expected=("fr",), only=("nl", "fr"))
    assert found.backend.endswith(" among nl,fr expecting fr ×5")


@pytest.mark.parametrize("text", ["de stad", "ich bin ein", "Bonjour les amis"])
def test_to_expect_the_only_language_changes_nothing(text: str) -> None:
    """What is expected anyway is no news: the confidence is what it was."""
    alone, expected = (identify_language(text, only=("nl",), expected=told) for told in ((), ("nl",)))
    assert (alone.tag, alone.confidence) == (expected.tag, expected.confidence)
