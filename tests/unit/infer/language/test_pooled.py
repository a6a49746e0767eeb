import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool.errors import UsageError
from corpus_tool.infer.language import pooled, py3langid_backend
from corpus_tool.infer.language.letters import LANGUAGES
from corpus_tool.infer.language.pooled import probabilities, softmax, within_nats
from corpus_tool.infer.language.registry import Probabilities
from corpus_tool.infer.language.words import word_evidence, words_of
from tests.unit.infer.language.texts import NEIGHBORS, OPENINGS, OTHER_SCRIPTS, PARAGRAPHS, WORDS

ODD = ["", " ", "12", "1.234,5 %", "\x00", "\ud800", "Het was\udc80 laat\ud800.", "😀", "x"]
UNSURE = ["de la in is", "parking bus taxi", "le monde is de wereld", "plan"]


def likeliest(shares: Probabilities) -> str:
    """The tag with the highest share."""
    return max(shares, key=lambda tag: shares[tag])


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("only", [(), LANGUAGES])
def test_openings(tag: str, only: tuple[str, ...]) -> None:
    """Five words of an article are enough, among all languages and among the four."""
    for shares in probabilities(OPENINGS[tag], only):
        assert likeliest(shares) == tag


@pytest.mark.parametrize("tag", LANGUAGES)
def test_single_words(tag: str) -> None:
    """A single long word is known among the four, and py3langid alone would not know all of them."""
    assert [likeliest(shares) for shares in probabilities(WORDS[tag], LANGUAGES)] == [tag] * len(WORDS[tag])


def test_the_pool_is_better_than_one_model() -> None:
    """Of openings and words in the four languages it knows more than py3langid alone."""
    texts = [(tag, text) for table in (OPENINGS, WORDS) for tag, some in table.items() for text in some]
    right = [
        sum(
            likeliest(shares) == tag
            for (tag, _), shares in zip(texts, backend([text for _, text in texts]), strict=True)
        )
        for backend in (probabilities, py3langid_backend.probabilities)
    ]
    assert right[0] > right[1]


@pytest.mark.parametrize("tag", OTHER_SCRIPTS)
def test_other_scripts_are_unharmed(tag: str) -> None:
    """What is not in Latin letters is what py3langid says it is, hardly less likely than there."""
    [alone], [shares] = py3langid_backend.probabilities([OTHER_SCRIPTS[tag]]), probabilities([OTHER_SCRIPTS[tag]])
    assert likeliest(shares) == likeliest(alone) == tag
    assert shares[tag] > alone[tag] - 0.01


@pytest.mark.parametrize("tag", ["es", "it", "af", "fy", "lb", "ca", "oc"])
def test_other_languages_in_latin_letters(tag: str) -> None:
    """A sentence in a language near one of the four is in that language."""
    text = PARAGRAPHS.get(tag) or NEIGHBORS[tag]
    assert likeliest(probabilities([text.split(". ")[0]])[0]) == tag


@pytest.mark.parametrize("only", [(), LANGUAGES, ("nl", "fr"), ("nl-BE", "es", "qaa")])
def test_probabilities_sum_to_one(only: tuple[str, ...]) -> None:
    """For each text one answer whose parts sum to 1, or an empty one; nothing but wanted languages in it."""
    texts = [*ODD, *UNSURE, *PARAGRAPHS.values(), *OPENINGS["nl"], *WORDS["de"], *OTHER_SCRIPTS.values()]
    answers = probabilities(texts, only)
    assert len(answers) == len(texts)
    for shares in answers:
        assert not shares or sum(shares.values()) == pytest.approx(1)
        assert all(0 <= share <= 1 + 1e-9 for share in shares.values())
        assert not only or {*shares} <= {tag.split("-")[0] for tag in only}
    assert all(answers[-1 - place] for place in range(len(OTHER_SCRIPTS))) or only


def test_only_unknown_languages() -> None:
    """Where none of the wanted languages is known, the error says so."""
    with pytest.raises(UsageError, match="knows none of qaa, qab"):
        probabilities(["De raad"], ("qaa", "qab"))


def test_py3langid_is_asked_only_where_spelling_does_not_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among the four a plain sentence needs no model; a doubtful one, or other languages, do."""
    asked: list[str] = []

    def record(texts: list[str], only: tuple[str, ...] = ()) -> list[Probabilities]:
        asked.extend(texts)
        return [py3langid_backend.unread() for _ in texts]

    monkeypatch.setattr(py3langid_backend, "probabilities", record)
    sentence = PARAGRAPHS["nl"].split(". ")[0]
    [shares] = pooled.probabilities([sentence], LANGUAGES)
    assert likeliest(shares) == "nl"
    assert asked == []
    pooled.probabilities([sentence, "plan"], LANGUAGES)
    assert asked == ["plan"]
    pooled.probabilities([sentence], ("nl", "es"))
    assert asked == ["plan", sentence]


def test_the_same_answer_in_any_order() -> None:
    """Alone or together, forward or backward, every digit and the order of the tags are the same."""
    texts = [*ODD, *UNSURE, *OPENINGS["fr"], *WORDS["en"]]
    first = [list(shares.items()) for shares in probabilities(texts)]
    assert [list(shares.items()) for shares in probabilities(texts[::-1])][::-1] == first
    assert [list(probabilities([text])[0].items()) for text in texts] == first


def test_within_the_four() -> None:
    """Words and spelling together point to the language of an opening; no words say nothing of any."""
    for tag, openings in OPENINGS.items():
        for opening in openings:
            found = words_of(opening)
            assert likeliest(within_nats(found, word_evidence(found))) == tag
    assert within_nats([], word_evidence([])) == dict.fromkeys(LANGUAGES, 0.0)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1e5, 1e5), max_size=8))
def test_softmax(nats: dict[str, float]) -> None:
    """Law: the parts sum to 1, the order stays, and what is added to all of them changes nothing."""
    shares = softmax(nats)
    assert {*shares} == {*nats}
    if not nats:
        return
    assert sum(shares.values()) == pytest.approx(1)
    assert shares[likeliest(nats)] == max(shares.values())
    assert softmax({tag: value + 7 for tag, value in nats.items()}) == pytest.approx(shares, abs=1e-6)


def test_softmax_by_hand() -> None:
    """Log-odds of ln 3 are three to one."""
    assert softmax({"nl": 1.0986122886681098, "fr": 0.0}) == pytest.approx({"nl": 0.75, "fr": 0.25})


def test_the_version_names_both_parts() -> None:
    """Our lists have a version of their own, beside py3langid's."""
    assert pooled.version() == f"words 1 + {py3langid_backend.version()}"
