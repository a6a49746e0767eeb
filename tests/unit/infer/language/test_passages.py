from itertools import pairwise, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool import identify_language
from corpus_tool.infer.language.passages import LanguageSpan, language_spans, segments
from corpus_tool.infer.language.registry import Detector, load_detector
from tests.unit.infer.language.texts import NEIGHBORS, PARAGRAPHS, QUOTED, QUOTES, SAID, Fixed

FOUR = ("nl", "fr", "en", "de")
PAIRS = list(permutations(FOUR, 2))


def pooled() -> Detector:
    """The default backend."""
    found = load_detector("pooled")
    assert found is not None
    return found


def sentences(tag: str) -> list[str]:
    """The sentences of a paragraph, with their full stops."""
    return [sentence.removesuffix(".") + "." for sentence in PARAGRAPHS[tag].split(". ")]


def passages(text: str, main: str, **told: tuple[str, ...]) -> list[tuple[str, str]]:
    """The stretches that are not in the main language, without the blanks at their ends, with their tags."""
    spans = language_spans(text, main, pooled(), **told)
    assert text == "".join(text[span.start : span.end] for span in spans)
    return [(text[span.start : span.end].strip(), span.tag) for span in spans if span.tag != main]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("Ja", ["Ja"]),
        ("Een zin. Nog een! En dan?", ["Een zin. ", "Nog een! ", "En dan?"]),
        ("Kop\n\nEen regel\nNog een", ["Kop\n\n", "Een regel\n", "Nog een"]),
        ("Hij zei: “Ja hoor.” Toen ging hij.", ["Hij zei: “", "Ja hoor.” ", "Toen ging hij."]),
        ("Il dit : « Oui », puis « non ».", ["Il dit : «", " Oui »", ", puis «", " non »", "."]),
        ("Er sagte „ja“ und ging.", ["Er sagte „", "ja“", " und ging."]),
        ('Een "proef" hier', ['Een "', 'proef"', " hier"]),
        ("Hij zei ‘ja hoor’ en ging.", ["Hij zei ‘", "ja hoor’", " en ging."]),
        ("L’été d’avant, zo’n dag, it's 3.5", ["L’été d’avant, zo’n dag, it's 3.5"]),
    ],
)
def test_segments(text: str, parts: list[str]) -> None:
    """Cuts come after sentences, after blocks and after each quotation mark; an apostrophe in a word is none."""
    assert [text[start:end] for start, end in segments(text)] == parts


@given(st.text(st.sampled_from("ab .!?…\n“”„«»\"‘'’,)]") | st.characters(), max_size=80))
def test_segments_cover_the_text(text: str) -> None:
    """Law: put together, the segments of any text are the text; none is empty."""
    assert "".join(text[start:end] for start, end in segments(text)) == text
    assert all(start < end for start, end in segments(text))


PIECES = [
    *(sentence + " " for tag in (*FOUR, "es") for sentence in sentences(tag)[:2]),
    *(QUOTED[tag].format(QUOTES[tag][0]) + " " for tag in FOUR),
    "\n\n",
    "“",
    "» ",
    "Москва решила так. ",
]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=10).map("".join),
    st.sampled_from(("nl", "de", "es", "ru")),
    st.sampled_from(((), FOUR, ("nl", "fr"), ("es", "de"))),
)
def test_spans_cover_the_text(text: str, main: str, only: tuple[str, ...]) -> None:
    """Law: the spans of any text cover it in order and begin where segments do; neighbors differ; `only` is kept to."""
    spans = language_spans(text, main, pooled(), only=only)
    assert (spans[0].start, spans[-1].end) == (0, len(text))
    assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]
    assert {span.start for span in spans} <= {0, *(start for start, _ in segments(text))}
    tags = [span.tag for span in spans]
    assert all(one != other for one, other in pairwise(tags))
    assert not only or {*tags} <= {main, *only}
    assert language_spans(text, main, pooled(), only=only) == spans


@pytest.mark.parametrize(("main", "other"), PAIRS)
def test_a_foreign_paragraph(main: str, other: str) -> None:
    """A paragraph in another of the four is found from its first to its last letter: between, first, last."""
    own, foreign = PARAGRAPHS[main], PARAGRAPHS[other]
    for blocks in ([own, foreign, own], [foreign, own, own], [own, own, foreign]):
        assert passages("\n\n".join(blocks), main) == [(foreign, other)]


@pytest.mark.parametrize(("main", "other"), PAIRS)
def test_a_foreign_sentence(main: str, other: str) -> None:
    """A sentence inside a paragraph, without any marks around it, is found to the letter."""
    own = sentences(main)
    for foreign in sentences(other)[:3]:
        text = " ".join([*own[:2], foreign, *own[2:]])
        assert passages(text, main) == [(foreign, other)]


@pytest.mark.parametrize(("main", "other"), PAIRS)
def test_a_foreign_quotation(main: str, other: str) -> None:
    """Five to eight words between quotation marks are found; the borders may differ by the marks."""
    for quote in QUOTES[other]:
        said = SAID[main].format(QUOTED[main].format(quote))
        text = f"{PARAGRAPHS[main]}\n\n{said}\n\n{PARAGRAPHS[main]}"
        [(found, tag)] = passages(text, main)
        assert (found.strip(' .”»“"'), tag) == (quote, other)


@pytest.mark.parametrize(("main", "other"), PAIRS)
def test_two_quotations(main: str, other: str) -> None:
    """Each of two quotations in one text is found, with what stands between them left to the main language."""
    said = [SAID[main].format(QUOTED[main].format(quote)) for quote in QUOTES[other]]
    found = passages(f"{PARAGRAPHS[main]}\n\n{said[0]}\n\n{PARAGRAPHS[main]}\n\n{said[1]}", main)
    assert [(text.strip(' .”»“"'), tag) for text, tag in found] == [(quote, other) for quote in QUOTES[other]]


@pytest.mark.parametrize(("main", "other"), [*product(FOUR, ("es", "it", "ca", "af", "lb", "fy", "oc"))])
def test_languages_beyond_the_four(main: str, other: str) -> None:
    """A paragraph in a language that frequent words know and py3langid too is found in a text in one of the four."""
    foreign = PARAGRAPHS.get(other) or NEIGHBORS[other]
    assert passages(f"{PARAGRAPHS[main]}\n\n{foreign}\n\n{PARAGRAPHS[main]}", main) == [(foreign, other)]


def test_the_main_language_may_be_any() -> None:
    """A Spanish article with a Dutch paragraph, an Italian one with a Catalan one."""
    for main, other in (("es", "nl"), ("it", "ca"), ("es", "it")):
        own, foreign = PARAGRAPHS[main], PARAGRAPHS.get(other) or NEIGHBORS[other]
        assert passages(f"{own}\n\n{own}\n\n{foreign}", main) == [(foreign, other)]


def test_more_than_two_languages() -> None:
    """Passages in several languages are each found as what they are."""
    text = "\n\n".join(PARAGRAPHS[tag] for tag in ("nl", "fr", "nl", "de", "nl", "es", "nl"))
    assert passages(text, "nl") == [(PARAGRAPHS[tag], tag) for tag in ("fr", "de", "es")]


TITLES = {
    "nl": "De filmclub toont “Gone With The Autumn Wind”, dan “Les Enfants du Vieux Canal” en “Der Letzte Zug”.",
    "fr": "Le ciné-club montre « Gone With The Autumn Wind », puis « De Laatste Trein » et « Der Letzte Zug ».",
    "en": "The film club shows “Les Enfants du Vieux Canal”, followed by “De Laatste Trein” and “Der Letzte Zug”.",
    "de": "Der Filmklub zeigt „Gone With The Autumn Wind“, danach folgen „Les Enfants du Vieux Canal“ und „De Trein“.",
}
NAMES = {
    "nl": "Aanwezig waren John Whitmore, Jean-Pierre Delacroix, Jürgen Schäfer en Mary Elizabeth Thornton uit Oxford.",
    "fr": "Étaient présents John Whitmore, Joost van den Berg, Jürgen Schäfer et Mary Elizabeth Thornton d’Oxford.",
    "en": "Those present were Joost van den Berg, Jean-Pierre Delacroix, Jürgen Schäfer and María Fernández of Madrid.",
    "de": "Anwesend waren John Whitmore, Joost van den Berg, Jean-Pierre Delacroix und Mary Elizabeth Thornton.",
}


@pytest.mark.parametrize("main", FOUR)
def test_titles_and_names_are_no_passages(main: str) -> None:
    """Foreign titles between quotation marks and people with foreign names stand in the language around them."""
    for line in (TITLES[main], NAMES[main], f"{TITLES[main]} {NAMES[main]}"):
        assert passages(f"{PARAGRAPHS[main]}\n\n{line}\n\n{PARAGRAPHS[main]}", main) == []


@pytest.mark.parametrize("tag", [*PARAGRAPHS, *(tag for tag in NEIGHBORS if tag != "gsw")])
@pytest.mark.parametrize("told", [{}, {"expected": FOUR}])
def test_a_pure_article_is_one_stretch(tag: str, told: dict[str, tuple[str, ...]]) -> None:
    """An article in one language is not mixed, whatever else was expected."""
    text = f"{PARAGRAPHS.get(tag) or NEIGHBORS[tag]}\n\n" * 2
    assert language_spans(text, tag, pooled(), **told) == (LanguageSpan(0, len(text), tag),)
    assert not identify_language(text, **told).is_mixed


def test_short_blocks_go_with_their_neighbors() -> None:
    """A crosshead or a figure says too little by itself: between French paragraphs it is French, else Dutch."""
    for short in ("Un début", "12,5 %", "Ja, hoor", "* * *"):
        french = f"{PARAGRAPHS['fr']}\n\n{short}\n\n{PARAGRAPHS['fr']}"
        assert passages(f"{PARAGRAPHS['nl']}\n\n{french}\n\n{PARAGRAPHS['nl']}", "nl") == [(french, "fr")]
        assert passages(f"{PARAGRAPHS['nl']}\n\n{short}\n\n{PARAGRAPHS['nl']}", "nl") == []


def test_only_is_kept_to() -> None:
    """A passage in a language that is not wanted is not found as that, one in a wanted language is."""
    text = "\n\n".join(PARAGRAPHS[tag] for tag in ("nl", "fr", "nl", "de", "nl"))
    assert passages(text, "nl", only=("nl", "fr")) == [(PARAGRAPHS["fr"], "fr")]
    assert passages(text, "nl", only=("nl",)) == []
    assert passages(text, "nl", only=("nl-BE", "de-AT")) == [(PARAGRAPHS["de"], "de")]


RUSSIAN = "Городской совет вчера вечером решил заменить старый мост через канал в следующем году."


def test_the_backend_is_asked_about_doubtful_segments_only() -> None:
    """Not while words know every candidate; where they do not, about the segments that they leave in doubt."""
    backend = Fixed(nl=0.0, ru=1.0)
    text = f"{PARAGRAPHS['nl']}\n\n{PARAGRAPHS['fr']}\n\n{PARAGRAPHS['es']}\n\n{PARAGRAPHS['nl']}"
    assert len(language_spans(text, "nl", backend)) == 4
    assert backend.calls == 0
    text = f"{PARAGRAPHS['nl']}\n\n{RUSSIAN}\n\n{PARAGRAPHS['nl']}"
    spans = language_spans(text, "nl", backend, expected=("ru",))
    assert [span.tag for span in spans] == ["nl", "ru", "nl"]
    assert (backend.calls, [shown.strip() for shown in backend.shown]) == (1, [RUSSIAN])


@pytest.mark.parametrize(("other", "inside", "block"), [(0.8, False, False), (0.94, False, True), (0.98, True, True)])
def test_a_change_of_language_has_its_cost(other: float, inside: bool, block: bool) -> None:
    """A segment that is only likelier in another language stays; inside a paragraph it must be clearer yet."""
    backend = Fixed(nl=1 - other, ru=other)
    own = sentences("nl")
    for text, found in (
        (" ".join([*own, RUSSIAN, *own]), inside),
        (f"{PARAGRAPHS['nl']}\n\n{RUSSIAN}\n\n{PARAGRAPHS['nl']}", block),
    ):
        spans = language_spans(text, "nl", backend, expected=("ru",))
        assert [span.tag for span in spans] == (["nl", "ru", "nl"] if found else ["nl"])


def test_the_sentence_after_a_quotation_is_not_part_of_it() -> None:
    """Three words that say nothing by themselves go back to the language in which their block opened."""
    quotation = "“We did not know anything about this.”"
    block = f"De schepen zei gisteren kort in de raad: {quotation} Daarna zweeg ze."
    text = f"{PARAGRAPHS['nl']}\n\n{block}\n\n{PARAGRAPHS['nl']}"
    [(passage, tag)] = passages(text, "nl")
    assert tag == "en"
    assert quotation[1:] in passage + "”"
    assert "Daarna" not in passage


def test_a_language_that_the_backend_does_not_know() -> None:
    """Words know Swiss German and Scots; the backend need not, and is not asked for what it cannot say."""
    swiss = "D Gmeind het geschter entschide, dass die alti Brugg nächscht Jahr ersetzt wird. Das isch für alli guet."
    for expected in (("nl", "fr", "en", "de"), ("tlh",), ()):
        assert len(identify_language(f"{swiss}\n\n{swiss}", expected=expected).shares) == 1


def test_texts_without_segments() -> None:
    """Nothing, blanks and single words are one stretch in the main language."""
    for text in ("", " ", "\n\n", "Ja", "“”"):
        assert language_spans(text, "nl", pooled()) == (LanguageSpan(0, len(text), "nl"),)
