import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool import identify_language
from corpus_tool.errors import UsageError
from corpus_tool.infer.language import langdetect_backend
from corpus_tool.infer.language.decide import SAMPLE_CHARACTERS, ceiling, decide, sample
from corpus_tool.infer.language.registry import DETECTORS, load_detector

TEXTS = {
    "nl": "De gemeenteraad heeft gisteravond beslist om de oude brug over het kanaal volgend jaar te vervangen. "
    "Volgens de schepen was het vooral de bedoeling dat fietsers zich er weer veilig zouden voelen.",
    "fr": "Le conseil communal a décidé hier soir de remplacer l’ancien pont du canal dès l’année prochaine. "
    "Selon l’échevine, il s’agit surtout de faire en sorte que les cyclistes s’y sentent de nouveau en sécurité.",
    "en": "The town council decided last night that the old bridge across the canal will be replaced next year. "
    "According to the alderman, the main purpose is to make cyclists feel safe there once again.",
    "de": "Der Gemeinderat hat gestern Abend beschlossen, die alte Brücke über den Kanal im nächsten Jahr zu ersetzen. "
    "Nach Angaben der Schöffin geht es vor allem darum, dass sich Radfahrer dort wieder sicher fühlen.",
}


class Fixed:
    """A backend that always says the same, and remembers what it was shown."""

    def __init__(self, **shares: float) -> None:
        self.shares = shares
        self.shown: list[str] = []

    def version(self) -> str:
        """Its name."""
        return "fixed 1"

    def probabilities(self, texts: list[str], expected: tuple[str, ...]) -> list[dict[str, float]]:
        """The same for every text, if it is expected."""
        self.shown += texts
        assert not expected or set(self.shares) <= set(expected)
        return [self.shares for _ in texts]


@pytest.mark.parametrize("tag", TEXTS)
def test_the_language_of_a_text(tag: str) -> None:
    """Dutch, French, English and German, with and without knowing what to expect, in capitals too."""
    for text in (TEXTS[tag], TEXTS[tag].upper(), TEXTS[tag].split(".")[0]):
        for expected in ((), ("nl", "fr", "en", "de")):
            found = identify_language(text, expected=expected)
            assert found.tag == tag
            assert found.confidence > 0.9
            assert found.backend.startswith("langdetect ")


def test_only_what_is_expected_is_answered() -> None:
    """A text in a language that is not expected gets one that is, or none."""
    assert identify_language(TEXTS["nl"], expected=("fr", "de")).tag in ("fr", "de", "und")


def test_the_same_answer_every_time() -> None:
    """A second call, another order and other calls between change nothing, also where the answer is unsure."""
    unsure = ["de la in is", "parking bus taxi", "le monde is de wereld", "plan", *TEXTS.values()]
    first = {text: identify_language(text) for text in unsure}
    random.seed(99)
    for text in reversed(unsure):
        assert identify_language(text) == first[text]


@pytest.mark.parametrize(
    "text", ["", " \n", "12,5 % – 1.234", "18/06/2018", "https://example.org/de/het/een", "@naam #haven", "— …", "😀"]
)
def test_text_without_letters_has_no_language(text: str) -> None:
    """Numbers, signs, addresses and handles are `zxx`."""
    found = identify_language(text)
    assert (found.tag, found.confidence) == ("zxx", 0.99)


@pytest.mark.parametrize(
    ("shares", "tag", "confidence"),
    [
        ({"nl": 0.9, "de": 0.1}, "nl", 0.9),
        ({"nl": 0.5, "de": 0.5}, "nl", 0.5),
        ({"nl": 0.45, "de": 0.4}, "und", 0.55),
        ({}, "und", 1.0),
        ({"nl": 1.0}, "nl", 0.99),
    ],
)
def test_what_is_made_of_the_probabilities(shares: dict[str, float], tag: str, confidence: float) -> None:
    """The likeliest, if it has half; else undetermined; never surer than so many letters allow; ties by tag."""
    found = decide("x" * 100, Fixed(**shares), ())  # type: ignore[arg-type]
    assert (found.tag, found.confidence) == (tag, confidence)
    assert found.shares == shares


def test_a_ceiling_by_letters() -> None:
    """The fewer letters were shown, the less sure an answer can be."""
    ceilings = [ceiling(letters) for letters in (1, 12, 30, 80, 300)]
    assert ceilings == sorted(set(ceilings))
    assert ceilings[-1] < 1


def test_what_is_shown() -> None:
    """A bounded sample that ends at a word, without addresses and markup, lowered where capitals prevail."""
    text = "woord " * 1000
    shown, end = sample(text)
    assert end <= SAMPLE_CHARACTERS
    assert shown == text[:end]
    assert text[end] == " "
    assert sample("x" * 5000)[1] == SAMPLE_CHARACTERS
    assert sample("Zie https://a.org <b>hier</b> @wie")[0].split() == ["Zie", "hier"]
    assert sample("DE RAAD zegt ja NU") == ("de raad zegt ja nu", 18)
    assert sample("De Raad zegt ja") == ("De Raad zegt ja", 15)


@given(st.text(max_size=1500))
def test_the_span_lies_in_the_text(text: str) -> None:
    """Law: whatever the text, what was read is its opening."""
    [(start, end)] = decide(text, Fixed(nl=1.0), ()).spans  # type: ignore[arg-type]
    assert 0 == start <= end <= len(text)


def test_detectors() -> None:
    """Each name in the table loads; none is none; anything else is a usage error that lists them."""
    for name in DETECTORS:
        assert load_detector(name) is not None
    assert load_detector("none") is None
    assert identify_language("De raad", backend="none").tag == "und"
    with pytest.raises(UsageError, match="'kleur'") as error:
        identify_language("De raad", backend="kleur")
    assert "langdetect, none" in error.value.hint


def test_langdetect_takes_any_text() -> None:
    """What langdetect raises on gives an empty answer, and Chinese gets its script."""
    assert langdetect_backend.probabilities(["", "12", "\x00"], ()) == [{}, {}, {}]
    [shares] = langdetect_backend.probabilities(["市议会昨晚决定明年更换运河上的旧桥，议员们说这座桥很危险。"], ())
    assert max(shares, key=lambda tag: shares[tag]) == "zh-Hans"


def test_langdetect_knows_only_what_is_expected() -> None:
    """Regions are passed over: `nl-BE` asks for Dutch; an answer outside what is expected cannot be."""
    [shares] = langdetect_backend.probabilities([TEXTS["nl"]], ("nl-BE", "fr"))
    assert set(shares) <= {"nl", "fr"}
    assert shares["nl"] > 0.9
