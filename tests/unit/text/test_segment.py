import json
import re
from importlib.resources import files
from itertools import combinations

import pytest

from corpus_tool.text.segment import count_sentences, sentences

LISTS = json.loads(files("corpus_tool").joinpath("data/abbreviations.json").read_bytes())
KINDS = ("never", "number", "closing", "name")


def split(text: str, language: str | None = None) -> list[str]:
    """The sentences of a text, as strings."""
    return [text[start:end] for start, end in sentences(text, language)]


def assert_split(marked: str, language: str | None) -> None:
    """The text without ` | ` is split where ` | ` stands, and nowhere else."""
    expected = marked.split(" | ")
    assert split(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "Dhr. Jansen en mevr. De Smet zijn buren. | Zij zwijgen.",
        "Zie blz. 5 en nr. 12. | Lees ook art. 3.",
        "Hij is nummer nr. 1. | Zij wint.",
        "Hij koopt appels, peren enz. | Daarna gaat hij weg.",
        "Appels enz. blijven liggen.",
        "Dat is bijv. Gent of b.v. Brugge. | Niet i.v.m. Antwerpen.",
        "Volgens Peeters e.a. | De rest volgt.",
        "In de V.S. | De regering wacht.",
        "De V.S. Senaat vergadert.",
        "Minister K. De Gucht sprak. | Ook J. Jansen en J.-P. Dupont spraken.",
        "Over A.I. | De wet komt.",
        "Ik zie u. | Jan ook.",
        "Om 14.30 uur kost het 3.5 euro. | Nu 1.234,56 euro.",
        "'s Avonds bleef het stil. | 's Morgens niet. | ’t Is waar. | 'k Weet het.",
        "Zij woont in de Kerkstr. 5 in Gent. | Daar is het.",
        '"Waarom?" vroeg hij. | "Daarom!" | Toen zweeg zij.',
        "‘Stop!’ riep de agent. | ‘Nu.’ | Niemand stopte.",
        "Hij wacht... en zwijgt. | Maar dan... | Niemand komt.",
        "Hij zei (jawel!) Jan. | Zo is het (echt waar!). | Klaar.",
        "Kijk: Jan komt; Piet ook. | Goed.",
        "Apple groeit. | iPhones verkopen goed. | 2018 was anders. | €5 is weinig.",
    ],
)
def test_dutch(marked: str) -> None:
    """Both sides of each rule in Dutch: titles, abbreviations, initials, elided words, quotations."""
    assert_split(marked, "nl")


@pytest.mark.parametrize(
    "marked",
    [
        "M. Dupont et Mme Durand partent. | Mgr. Martin reste.",
        "« Pourquoi ? » demande-t-il. | « Parce que ! » | Il sort.",
        "« Non. | Jamais. » | Elle part.",
        "Voir p. ex. Paris, p.ex. Rome ou c.-à-d. Lyon. | Le roi arrive.",
        "Cf. art. 12 de la loi. | Il aime l’art. | Le musée aussi.",
        "Né en 50 av. J.-C. à Rome. | Mort en 20 apr. J.-C. | Le reste suit.",
        "J.-P. Le Goff et É. Zola écrivent. | À Paris. | Été comme hiver.",
        "Des pommes, des poires, etc. | Le reste.",
        "Il y a… des gens. | Il n’y a… | Rien.",
        "Il y a. | L’homme dort. | « L’été ! » | C’est dit.",
        "Vraiment ?! | Oui ! | Non.",
        "Le 1er avril 1950, à 14 h 30. | Puis 3,5 % de plus.",
        "Le bon. | Le mauvais.",
        "Le col. Martin et le gén. Petit. | Il passe le col. | Le sommet attend.",
        "Il part à 10 h. | Paris dort. | Chap. IV. | Voir p. XII. | C’est tout.",
    ],
)
def test_french(marked: str) -> None:
    """Both sides of each rule in French: titles, elision, spaced marks, quotations and reporting clauses."""
    assert_split(marked, "fr")


@pytest.mark.parametrize(
    "marked",
    [
        "Mr. Smith met Dr. Jones at 5 p.m. on Nov. 5. | They left.",
        "In the U.S. | The court waits. | The U.S. Senate does not.",
        "He said no. | No. 5 is alive.",
        "Apple Inc. Chief Tim wins. | He left Apple Inc. | The firm did not.",
        '"Why?" Johnson asked. | "Stop!" Mr. Jones said in a letter. | "Go!" | Jones knew nothing.',
        "See e.g. Smith et al. | They know.",
        "He cited [...] Smith. | It was a (good!) Day.",
        "Done.[1] | Next.¹ | (This is it.) | Over.",
        "#MeToo grew. | @user wrote. | – Yes. | “No.” | ‘Well.’",
        "J. K. Rowling writes. | Vitamin C. | The rest.",
    ],
)
def test_english(marked: str) -> None:
    """Both sides of each rule in English: abbreviations before names and numbers, reporting clauses, notes."""
    assert_split(marked, "en")


@pytest.mark.parametrize(
    "marked",
    [
        "Am 3. Oktober und am 18. Juni 2018 kam Dr. Müller. | Danach nicht.",
        "Das war 2018. | Menschen kamen.",
        "Im 19. Jahrhundert. | Am 3. 10. 2018 ging er.",
        "Er wurde 3. | Die anderen folgten.",
        "Ludwig XIV. Bourbon regierte. | So auch Ludwig XV. | Er starb.",
        "Das sind z. B. Die Grünen, z.B. Menschen, d. h. Wähler usw. | Die anderen nicht.",
        "Er ist 30 Jahre alt. | Berlin ist groß.",
        "„Halt!“, rief er. | „Warum?“ fragte sie. | „Darum.“ | Dann ging er.",
        "»Ja.« | »Nein.« | Er ging.",
        "Hauptstr. 5 steht leer. | Siehe Abs. 2 und Abb. 4.",
    ],
)
def test_german(marked: str) -> None:
    """Both sides of each rule in German: ordinals, rulers, spaced abbreviations, quotations."""
    assert_split(marked, "de")


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("es", "El Sr. López vive en EE. UU. | La Sra. Díaz no. | ¿Por qué? | ¡No! | Véase pág. 5."),
        ("es", "En los EE.UU. | Los demás, p. ej. Madrid, no."),
        ("it", "Il sig. Rossi e il dott. Bianchi. | «Perché?» chiese. | È vero. | Un’idea, ecc. | L’ora."),
        ("pt", "O Sr. Silva e a Dra. Costa. | «Sim!» disse ele. | É verdade. | Veja a pág. 5."),
    ],
)
def test_other_lists(language: str, marked: str) -> None:
    """Spanish, Italian and Portuguese titles, abbreviations of two words and quotations."""
    assert_split(marked, language)


@pytest.mark.parametrize("language", [None, "", "und", "sv", "zxx-Latn"])
def test_unknown_languages(language: str | None) -> None:
    """Where the language is unknown, a few international abbreviations and the words of all lists serve."""
    assert_split("Dr. Smith et Mme. Dupont, etc. | In de U.S. | La fin. | A. С. Пушкин писал. | Да.", language)


def test_a_tag_counts_by_its_first_part() -> None:
    """A region or another case of the tag changes nothing."""
    text = "Am 3. Oktober 2018."
    assert split(text, "de-AT") == split(text, "DE") == split(text, "de") == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("彼は言った。「はい。」と答えた。次！", ["彼は言った。", "「はい。」と答えた。", "次！"]),
        ("यह है। वह है।", ["यह है।", "वह है।"]),
        ("مرحبا؟ نعم.", ["مرحبا؟", "نعم."]),
    ],
)
def test_other_scripts(text: str, expected: list[str]) -> None:
    """Marks of other scripts end sentences; wide marks need no white space after them."""
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("Titel\n\nTekst die\ndoorloopt. Einde", ["Titel", "Tekst die\ndoorloopt.", "Einde"]),
        ("Een\r\n\r\nTwee\r\rDrie\n \t\nVier", ["Een", "Twee", "Drie", "Vier"]),
        ("Een\r\nregel.\r\nTwee", ["Een\r\nregel.", "Twee"]),
        ("Een\u2029Twee\fDrie", ["Een", "Twee", "Drie"]),
        ("\n\n\n\nEen\n\n\n\n\nTwee\n\n\n", ["Een", "Twee"]),
        ("1. Inleiding\n\nII. Vervolg\n\na. Slot", ["1. Inleiding", "II. Vervolg", "a. Slot"]),
        ("...", ["..."]),
        ("Nee. ... Ja.", ["Nee. ...", "Ja."]),
        ("gezegd.De minister nl.wikipedia.org", ["gezegd.De minister nl.wikipedia.org"]),
    ],
)
def test_borders_and_edges(text: str, expected: list[str]) -> None:
    """An empty line of any kind ends a sentence, one line end does not; enumerators stay with their text."""
    assert split(text, "nl") == expected


def test_no_break_spaces_are_blanks() -> None:
    """French spacing with no-break spaces is split as with plain ones."""
    assert_split(
        "«\u00a0Pourquoi\u202f?\u00a0» demande M.\u00a0Dupont. | «\u00a0\u00a0Non\u202f!\u00a0» | Il part.", "fr"
    )


def test_count() -> None:
    """The count is the number of spans."""
    assert count_sentences("Een. Twee! Drie?\n\nVier", "nl") == 4
    assert count_sentences("") == 0


@pytest.mark.parametrize("language", sorted(LISTS["languages"]))
def test_lists_are_well_formed(language: str) -> None:
    """Abbreviations end in a full stop and have one kind; openers and particles are in lower case."""
    lists = LISTS["languages"][language]
    for one, two in combinations(KINDS, 2):
        assert not set(lists[one]) & set(lists[two])
    for kind in KINDS:
        assert lists[kind] == sorted(set(lists[kind]), key=lambda entry: (entry.casefold(), entry))
        assert all(re.fullmatch(r"-?[^\W\d_][^\s]*(?: [^\s]+)*\.", entry) for entry in lists[kind])
        assert all(len(entry) < 24 for entry in lists[kind])
    words = [*lists.get("openers", ()), *LISTS["particles"]]
    assert all(word == word.lower() for word in words)


@pytest.mark.parametrize("language", sorted(set(LISTS["languages"]) - {"default"}))
def test_each_abbreviation_does_what_its_kind_says(language: str) -> None:
    """Between two words, one kind never ends a sentence, the next not before a number, the next before a capital."""
    lists = LISTS["languages"][language]
    opener = next(
        word for word in lists["openers"] if word.isalpha() and word not in LISTS["particles"] and len(word) > 2
    )
    for kind, following, number in [
        ("never", "Xanadu", 1),
        ("never", opener.capitalize(), 1),
        ("number", "12", 1),
        ("closing", "Xanadu", 2),
        ("name", "Xanadu", 1),
        ("name", opener.capitalize(), 2),
    ]:
        texts = {entry: f"Xyz xyz {entry.replace('-str', 'Xstr')} {following} xyz." for entry in lists[kind]}
        wrong = [entry for entry, text in texts.items() if count_sentences(text, language) != number]
        assert not wrong, (kind, following)


HOSTILE = [
    ".", "!", ". ", "! ", " ", "\n", "\n ", "\r", "\r\n", "\f", '"', '."', '. "', ". (", "(", "a!) A", "(a!) A", "A. ",
    "a.", "z. B. ", "1. ", "I. ", "。", "。」", "。 ", "« ", " »", "? » ", "[1]", ".[1]", "'s ", ". 's ", '?" Jones ',
    "-", "\u2029", "\xa0", ".\xa0", "…", "A.-", "A", "é", ".\n", "?) ",
]  # fmt: skip
