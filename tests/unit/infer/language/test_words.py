import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.infer.language.words import (
    SURE_WORDS,
    certain_language,
    common_languages,
    listed_languages,
    word_evidence,
    words_of,
)
from tests.unit.infer.language.texts import NEIGHBORS, PARAGRAPHS, UNLISTED

FOUR = ("nl", "fr", "en", "de")
SOME_WORDS = sorted({word for text in PARAGRAPHS.values() for word in words_of(text)})


def certain(text: str) -> str | None:
    """The language that the words of a text leave no doubt about."""
    return certain_language(word_evidence(words_of(text)))


def test_words_of() -> None:
    """Runs of letters in lower case; digits, signs and apostrophes part them."""
    assert words_of("De N-VA wint; L’été à Liège, 3de op 12_a") == [
        "de",
        "n",
        "va",
        "wint",
        "l",
        "été",
        "à",
        "liège",
        "de",
        "op",
        "a",
    ]
    assert words_of("12,5 % …") == []
    assert words_of("ÎLE Straße Москва") == ["île", "straße", "москва"]


def test_the_lists() -> None:
    """The four have lists that were counted, their neighbors lists too; each language stands there once."""
    assert set(FOUR) <= common_languages() <= {*listed_languages()}
    assert {*NEIGHBORS} <= {*listed_languages()}
    assert not {*UNLISTED} & {*listed_languages()}
    assert len(listed_languages()) == len({*listed_languages()})


def test_no_words_are_no_evidence() -> None:
    """Without words every language has nothing; words that no list has speak for none."""
    nothing = word_evidence([])
    assert (set(nothing.nats), nothing.words, nothing.different) == ({0.0}, 0, 0)
    odd = word_evidence(["xqzt", "vvkwr"])
    assert odd.words == 2
    assert max(odd.nats) < 0.5


def test_evidence_for_a_language() -> None:
    """Words of a language speak for it and against others; one without a list has no evidence at all."""
    evidence = word_evidence(words_of("De raad keurde het voorstel niet goed."))
    assert evidence.best() == ("nl", evidence.of("nl"))
    assert evidence.of("nl") > 3 > 0 > evidence.of("fr")
    assert evidence.of("qaa") == 0
    assert evidence.words == 7


@given(st.lists(st.sampled_from(SOME_WORDS), max_size=30), st.lists(st.sampled_from(SOME_WORDS), max_size=30))
def test_evidence_adds_up(one: list[str], other: list[str]) -> None:
    """Law: the evidence of two lots of words is the sum of theirs, in any order of the words."""
    first, second, both = word_evidence(one), word_evidence(other), word_evidence([*other[::-1], *one])
    sums = [a + b for a, b in zip(first.nats, second.nats, strict=True)]
    assert both.nats == pytest.approx(sums)
    assert both.words == first.words + second.words


@given(st.text(max_size=200))
def test_any_text_works(text: str) -> None:
    """Law: whatever the text, there is a number for each language, and the same again."""
    evidence = word_evidence(words_of(text))
    assert len(evidence.nats) == len(listed_languages())
    assert 0 <= evidence.different <= evidence.words
    assert word_evidence(words_of(text)) == evidence


@pytest.mark.parametrize("tag", PARAGRAPHS)
def test_a_plain_paragraph_is_certain(tag: str) -> None:
    """Some sixty words of Dutch, French, English, German, Spanish and Italian, in capitals as well."""
    assert certain(PARAGRAPHS[tag]) == certain(PARAGRAPHS[tag].upper()) == tag


@pytest.mark.parametrize("tag", [*NEIGHBORS, *UNLISTED])
def test_a_neighbor_is_never_taken_for_a_larger_language(tag: str) -> None:
    """What looks like Dutch, French, English, German, Spanish or Italian is itself or in doubt, in part and whole."""
    text = NEIGHBORS.get(tag) or UNLISTED[tag]
    sentences = text.split(". ")
    assert len(sentences) >= 3
    for part in (text, text.upper(), *sentences, ". ".join(sentences[:2]), ". ".join(sentences[2:])):
        assert certain(part) in (tag, None)
    if tag in NEIGHBORS:
        assert certain(text) == tag


@pytest.mark.parametrize("tag", FOUR)
def test_few_words_are_never_certain(tag: str) -> None:
    """However plain they are, so few words leave it to the backend; so do texts in equal parts."""
    words = words_of(PARAGRAPHS[tag])
    assert certain_language(word_evidence(words[: SURE_WORDS - 1])) is None
    assert certain_language(word_evidence([])) is None
    for other in FOUR:
        if other != tag:
            assert certain_language(word_evidence([*words, *words_of(PARAGRAPHS[other])])) is None


def test_a_sum_of_words_without_a_list_is_in_doubt() -> None:
    """A long text in a language that is in no list, or in another script, is never certain."""
    assert certain("кошка дом улица город человек " * 30) is None
    assert certain("ngmbwa tshilux okwuzo thandwe ribhuno " * 30) is None


def test_repetition_is_no_new_evidence() -> None:
    """Four words leave doubt, however often they stand there."""
    assert certain_language(word_evidence(words_of("De raad stemt in. " * 60))) is None
