"""Boilerplate: what a site adds around an article is recognized, what the article says is not."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus_tool.errors import UsageError
from corpus_tool.text import boilerplate
from corpus_tool.text.boilerplate import (
    KINDS,
    Boilerplate,
    agency_sign,
    find_boilerplate,
    first_words,
    load_user_list,
    paywall_cue,
)

PAGE = Path(__file__).parents[3] / "docs" / "boilerplate.md"
FOUND = {
    "nl": {
        "related": [
            "Lees ook:",
            "LEES OOK. Buren boos over parking",
            "▶ Lees ook: Hoe moet het nu verder?",
            "Lees ook | Buren boos over parking",
            "Meer over dit onderwerp",
            "Tekst gaat verder onder de foto",
        ],
        "share": ["Deel dit artikel", "Deel via WhatsApp", "Delen op Facebook, Twitter en WhatsApp", "Volg ons op X"],
        "advertisement": ["Advertentie", "ADVERTENTIE", "Lees verder onder de advertentie", "Gesponsorde inhoud"],
        "credit": [
            "Foto: Belga / Jan Peeters",
            "(Foto: Els de Wit)",
            "Foto: rr",
            "Beeld ANP",
            "Foto’s: Jan en Els Maes",
        ],
        "subscribe": ["Inschrijven op onze nieuwsbrief", "Meld je aan voor de nieuwsbrief", "Abonneer nu!"],
        "cookies": ["Wij gebruiken cookies", "Alle cookies aanvaarden", "Deze site gebruikt cookies. Meer info"],
        "paywall": ["Dit artikel is enkel voor abonnees", "Al abonnee? Log in", "Lees verder met een abonnement"],
        "agency": ["(belga/jd)", "BELGA", "Bron: Belga", "Met Belga"],
    },
    "fr": {
        "related": ["Lire aussi : La gare rouvre", "A LIRE AUSSI", "Sur le même sujet", "Lire aussi > La gare rouvre"],
        "share": ["Partager cet article sur Facebook", "Partager | Tweeter | Imprimer", "Suivez-nous sur Instagram"],
        "advertisement": ["Publicité", "PUBLICITE", "La suite après cette publicité", "Contenu sponsorisé"],
        "credit": ["Photo : AFP", "Photo d’illustration", "Crédit photo : Anne Petit", "Photos : © Anne Petit - AFP"],
        "subscribe": ["Abonnez-vous à notre newsletter", "Téléchargez notre application", "S'inscrire à la newsletter"],
        "cookies": ["Nous utilisons des cookies pour mesurer l'audience", "Continuer sans accepter", "Tout accepter"],
        "paywall": ["Réservé aux abonnés", "Déjà abonné ? Connectez-vous", "Abonnez-vous pour lire la suite"],
        "agency": ["AFP", "Avec Belga", "(avec AFP)", "Source : Belga"],
    },
    "en": {
        "related": ["Read more", "Read more: Bridge to open", "See also: Who pays?", "Related articles", "Most read"],
        "share": ["Share this article", "Share on Facebook", "Follow us on Twitter", "Leave a comment"],
        "advertisement": ["Advertisement", "Sponsored content", "Article continues below advertisement"],
        "credit": ["Photo: Reuters", "Photograph: Jane Doe/The Example", "Image source, Getty Images", "File photo"],
        "subscribe": ["Subscribe now", "Sign up for our daily newsletter", "Get the news straight to your inbox"],
        "cookies": ["We use cookies to improve your experience", "Accept all cookies", "Cookie policy"],
        "paywall": [
            "Subscribe to continue reading",
            "Already a subscriber? Log in",
            "This article is for subscribers only",
        ],
        "agency": ["Reuters", "Source: AP", "AFP/Reuters"],
    },
    "de": {
        "related": ["Lesen Sie auch: Der Rat tagt", "Mehr zum Thema", "Das könnte Sie auch interessieren"],
        "share": ["Artikel teilen", "Auf Facebook teilen", "Folgen Sie uns auf Instagram"],
        "advertisement": ["Anzeige", "- Anzeige -", "Werbung", "Weiterlesen nach der Anzeige"],
        "credit": ["Foto: Max Müller/dpa", "Bild: picture alliance/dpa", "Symbolbild", "Grafik: Anna Groß"],
        "subscribe": ["Jetzt abonnieren", "Abonnieren Sie unseren Newsletter", "Hier anmelden"],
        "cookies": ["Wir verwenden Cookies", "Diese Website nutzt Cookies", "Alle akzeptieren"],
        "paywall": ["Nur für Abonnenten", "Weiterlesen mit einem Abo", "Bereits Abonnent? Hier anmelden"],
        "agency": ["Quelle: dpa", "dpa/lnw", "(Mit Material von dpa)"],
    },
}
CASES = [(lang, kind, line) for lang, kinds in FOUND.items() for kind, lines in kinds.items() for line in lines]
KEPT = [
    "Lees ook de bijsluiter goed",
    "Lees je boek uit",
    "Lees meer boeken, zegt de minister",
    "Advertentie-inkomsten dalen",
    "Advertentie?",
    "Een advertentie in de krant zette hem op weg.",
    "Foto's van de koning verkocht",
    "Foto: de koning bezoekt Gent",
    "Foto Jan Peeters bekroond",
    "Wij gebruiken cookies om te tellen wie wat leest, zegt de uitgever.",
    "Wij gebruiken cookies. De bakker bakt ze.",
    "Cookies van oma",
    "Enkel voor volwassenen",
    "Deel van de stad zonder stroom",
    "Al abonnee sinds 1970",
    "Bron van ergernis",
    "Akkoord",
    "Partager la route",
    "Publicité mensongère condamnée",
    "Lire la presse au café",
    "Réservé aux initiés",
    "Il vous reste un jour pour voter",
    "Abonnez-vous à notre newsletter. Le conseil a voté hier.",
    "Nous utilisons des cookies pour mesurer l'audience, explique le directeur.",
    "Photo de famille à Namur",
    "Réagir",
    "Read my lips",
    "Share prices fall",
    "Watch: Goal of the year",
    "Photo finish",
    "Source of the Nile",
    "Register to vote",
    "Mehr Geld für Schulen",
    "Anzeige gegen Bürgermeister",
    "Quelle des Flusses gefunden",
    "Nur für Erwachsene",
    "Jetzt anmelden zum Stadtlauf",
    "BRUXELLES (Belga) – Le conseil a voté.",
    "BRUSSEL, 18 juni (Belga) - De raad",
    "Belga wint rechtszaak",
    "Volgens persbureau Belga (Brussel) gaat de staking door.",
    "(KNMI)",
    "(jd)",
    "",
    "-",
]
SIGNED = [
    ("De staking gaat door. (Belga)", "(Belga)", "Belga"),
    ("De staking gaat door.(Belga)", "(Belga)", "Belga"),
    ("De staking gaat door.\n(Belga)", "(Belga)", "Belga"),
    ("„Nee.” (ANP/Reuters)", "(ANP/Reuters)", "ANP/Reuters"),
    ("Klaar. (belga/jd)", "(belga/jd)", "belga"),
    ("Klaar. (Bron: ANP)", "(Bron: ANP)", "ANP"),
    ("C'est fini. (avec AFP)", "(avec AFP)", "AFP"),
    ("C'est fini ! – Belga", "– Belga", "Belga"),
    ("C'est fini. Belga", "Belga", "Belga"),
    ("Es ist vorbei. (dpa/AFP/jw)", "(dpa/AFP/jw)", "dpa/AFP"),
    ("Es ist vorbei. [Keystone-SDA]", "[Keystone-SDA]", "Keystone-SDA"),
    ("It is over. (PA Media).", "(PA Media).", "PA Media"),
]
UNSIGNED = [
    "Volgens persbureau Belga (Belga) gaat het door.",
    "Dat meldt persbureau Belga (Brussel).",
    "De staking gaat door (Belga)",
    "Dat meldt o.a. Belga",
    "Wie zegt dat? Belga",
    "Het bericht komt van Belga.",
    "BRUXELLES (Belga) – Le conseil a voté.",
    "Klaar. (KNMI)",
    "Klaar. (Ats)",
    "Klaar. (jd)",
    "(Belga)",
    "",
]


@pytest.mark.parametrize(("language", "kind", "line"), CASES)
def test_lines_of_every_kind_and_language_are_found(language: str, kind: str, line: str) -> None:
    """A line is found by the list of its language, of its region, and by all lists where the language is not known."""
    assert find_boilerplate(line, language) == kind
    assert find_boilerplate(line, f"{language}-BE") == kind
    assert find_boilerplate(line) == kind


@pytest.mark.parametrize("line", KEPT)
def test_sentences_headlines_and_datelines_stay(line: str) -> None:
    """The same words inside a sentence or a headline are text, in every language."""
    assert find_boilerplate(line) is None


def test_every_line_of_a_block_must_match() -> None:
    """A block with one real line stays whole; one of boilerplate only has the kind of its first line."""
    assert find_boilerplate("Advertentie\nDe raad keurde het plan goed.") is None
    assert find_boilerplate("Lees ook:\nBuren boos over parking") is None
    assert find_boilerplate("Partager sur Facebook\nPublicité") == "share"
    assert Boilerplate.default().line_kinds("Partager sur Facebook\nPublicité") == ("share", "advertisement")


def test_a_paywall_tells_the_kind_of_a_block() -> None:
    """Where one line or sentence says that the rest is held back, the block is a paywall."""
    block = "Il vous reste 75 % de cet article à lire. La suite est réservée aux abonnés."
    assert find_boilerplate(f"S'abonner\n{block}", "fr") == "paywall"
    assert paywall_cue(block)
    assert Boilerplate.default().line_kinds("Déjà lu. S'abonner", "fr") == ()
    assert Boilerplate.default().line_kinds("S'abonner. Réservé aux abonnés\nPublicité") == ("paywall", "advertisement")
    assert not paywall_cue("Une affaire qui en rappelle d’autres…")
    assert not paywall_cue("Abonnez-vous à notre newsletter")


def test_labels_that_could_be_subheads_count_only_together() -> None:
    """`Facebook` alone can head a part of the story; beside another button it is one."""
    assert find_boilerplate("Facebook") is None
    assert find_boilerplate("Facebook\nTwitter\nWhatsApp") == "share"
    assert find_boilerplate("Delen | Reacties", "nl") == "share"


def test_long_blocks_are_no_boilerplate() -> None:
    """Neither a long line nor many lines are read as boilerplate."""
    assert find_boilerplate("Lees ook: " + "x" * 150) == "related"
    assert find_boilerplate("Lees ook: " + "x" * 151) is None
    assert find_boilerplate("\n".join(["Advertentie"] * 12)) == "advertisement"
    assert find_boilerplate("\n".join(["Advertentie"] * 13)) is None


def test_a_language_has_its_own_list() -> None:
    """A known language is judged by its own list and the one for all; © belongs to every language."""
    assert find_boilerplate("Anzeige", "nl") is None
    assert find_boilerplate("Advertentie", "xx") is None
    assert [find_boilerplate("© Belga", language) for language in ("nl", "xx", "und", None)] == ["credit"] * 4


@pytest.mark.parametrize(("paragraph", "sign", "names"), SIGNED)
def test_a_closing_sign_is_found_where_it_begins(paragraph: str, sign: str, names: str) -> None:
    """The sign runs to the end of the paragraph; the names come as written, without an editor's initials."""
    found = agency_sign(paragraph)
    assert found is not None
    assert (paragraph[found[0] :], found[1]) == (sign, names)


@pytest.mark.parametrize("paragraph", UNSIGNED)
def test_what_stands_in_a_sentence_is_no_sign(paragraph: str) -> None:
    """A sign needs a sentence that ended before it, and an agency that is known."""
    assert agency_sign(paragraph) is None


def test_the_lists_hold_forty_patterns_each_and_every_kind() -> None:
    """Each language has patterns of every kind, each filed under the words that it begins with and each compiling."""
    lists = Boilerplate.default().lists
    for language in ("nl", "fr", "en", "de"):
        entries = {entry for group in lists[language].values() for entry in group}
        assert len(entries) >= 40
        assert {entry.kind for entry in entries} == set(KINDS)
        assert "" not in lists[language]
    # Every pattern, so that none is broken unseen; nothing matches a line of all the opening words in a row.
    words = {word for index in lists.values() for word in index}
    assert all(find_boilerplate(f"{word} zzz qqq") in (None, *KINDS) for word in words)


def test_first_words_of_a_pattern() -> None:
    """Groups, optional groups and optional letters show the words; a class or a look-ahead hides them."""
    assert first_words("(à )?(lire|voir) aussi") == {"à", "lire", "voir"}
    assert first_words("(abonné|ben je (nog )?geen) lid") == {"abonné", "ben"}
    assert first_words("artikels? lezen") == {"artikel", "artikels"}
    assert first_words("abonne(z|r)") == first_words(r"\w+ nu") == first_words("(?=x)y") == {""}


def test_a_user_list_extends_the_lists(tmp_path: Path) -> None:
    """Own patterns and agencies hold for every language beside those that come along, which do not change."""
    path = tmp_path / "own.txt"
    path.write_text("# ours\n[related]\nDossier : {title}\n\\w+ op zondag\n[agencies]\nTT\n", encoding="utf-8")
    own = load_user_list(str(path))
    assert own.find("DOSSIER : le climat", "fr") == "related"
    assert own.find("Krant op zondag", "nl") == "related"
    assert own.find("Advertentie", "nl") == "advertisement"
    assert own.agency_sign("Slut. (TT/AFP)") == (6, "TT/AFP")
    assert find_boilerplate("Dossier : le climat", "fr") is None
    assert agency_sign("Slut. (TT)") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lees ook\n", "own.txt:1: a pattern stands before"),
        ("[links]\n", "own.txt:1: no kind of boilerplate is named 'links'"),
        ("[share]\n\nDeel (dit\n", "own.txt:3: 'Deel (dit' is not a pattern"),
        ("[share]\nDeel|Tweet\n", "own.txt:2: 'Deel|Tweet' has alternatives outside"),
    ],
)
def test_a_wrong_user_list_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """The file and the line are named, and nothing is half loaded."""
    path = tmp_path / "own.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(said)):
        load_user_list(str(path))


def test_a_missing_user_list_is_refused(tmp_path: Path) -> None:
    """A path that leads nowhere is an error of use."""
    with pytest.raises(UsageError, match="cannot be read"):
        load_user_list(str(tmp_path / "none.txt"))


def test_importing_reads_and_compiles_nothing() -> None:
    """Start-up pays for no list and no pattern."""
    code = (
        "import re; n = []; real = re.compile; re.compile = lambda *a, **k: n.append(a) or real(*a, **k)\n"
        "import corpus_tool.text.blocks; n.clear()\n"
        "import corpus_tool.text.boilerplate as b; print(len(n), b.Boilerplate.default.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0 0\n"


def test_the_examples_of_the_page() -> None:
    """What docs/boilerplate.md shows is what happens."""
    blocks = re.findall(r"^```pycon\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    own = re.search(r"^```ini\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert own is not None
    names: dict[str, object] = {"OWN": own[1]}
    runner = doctest.DocTestRunner()
    for block in blocks:
        runner.run(doctest.DocTestParser().get_doctest(block, names, PAGE.name, str(PAGE), 0))
    assert runner.summarize().attempted > 0
    assert runner.summarize().failed == 0


def test_first_words_are_those_of_the_lists() -> None:
    """The generated file that spares most lines a list is fresh, and no shipped pattern hides its first word.

    To make it again: write what `shipped_first_words()` gives to `data/boilerplate/first_words.txt`.
    """
    path = Path(boilerplate.__file__).parent.parent / "data" / "boilerplate" / boilerplate.FIRST_WORDS
    text = boilerplate.shipped_first_words()
    assert path.read_text(encoding="utf-8") == text
    assert all("" not in line.split("\t")[1].split(" ") for line in text.splitlines())
