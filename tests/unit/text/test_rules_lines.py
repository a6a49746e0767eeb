import pytest

from corpus_tool.text.normalize import normalize
from corpus_tool.text.rules_hyphens import hyphen_between

WRAPPED = """\
De brandweer rukte dinsdagnacht uit met drie wagens
naar een loods in de haven, waar een container vuur
had gevat."""


def test_hard_wrapped_lines_join_and_lead_back() -> None:
    """One blank for each break; every span still leads to its place."""
    clean = normalize(WRAPPED)
    assert clean.text == WRAPPED.replace("\n", " ")
    start = clean.text.index("loods")
    assert clean.to_raw(start, start + 5) == (WRAPPED.index("loods"), WRAPPED.index("loods") + 5)
    assert clean.changes == {"unwrap": 2}


@pytest.mark.parametrize(
    ("raw", "joined"),
    [
        (
            "Der Bürgermeister der Stadt hat am Montag den neuen\nPlan für die Beruhigung der Innenstadt im\nRathaus.",
            " ",
        ),
        ("De haven was open in de jaren van de oorlog, 2014–\n2018, en daarna weer dicht voor het hele publiek.", ""),
        ("De ploeg speelt dinsdag thuis voor de beker en/\nof de titel, zegt de voorzitter van de club trots.", ""),
    ],
)
def test_breaks_before_capitals_and_inside_ranges_join(raw: str, joined: str) -> None:
    """A small word at a line end goes on; dashes and slashes between words take no blank."""
    assert normalize(raw).text == raw.replace("\n", joined)


def test_a_heading_and_ends_of_paragraphs_keep_their_breaks() -> None:
    """A short line before a capital ends something."""
    more = "De politie onderzoekt de zaak en hoopt op getuigen die\niets hebben gezien."
    raw = f"De kop van dit artikel\n{WRAPPED}\n{more}"
    joined = WRAPPED.replace("\n", " ")
    last = more.replace("\n", " ")
    assert normalize(raw).text == f"De kop van dit artikel\n{joined}\n{last}"


@pytest.mark.parametrize(
    "text",
    [
        "Namur – Huy 2-1\nDinant – Ciney 0-0\nWavre – Nivelles 3-2",
        "Anderlecht – KV Mechelen en omstreken 2-1 (rust: 1-0)\nClub Brugge – KAA Gent en omgeving 0-0 na verlengingen",
        "- melk, brood en kaas uit de streek rond de stad\n- appelen en peren van de boer om de hoek hier\n- en meer",
        "1. melk, brood en kaas uit de streek rond de stad\n2. appelen en peren van de boer om de hoek hier",
        "Rozen zijn rood in de avond van het jaar,\nViooltjes zo blauw als de zee bij elkaar,\nEn zoet als de honing",
        "De burgemeester opent zaterdag de vernieuwde bibliotheek.\nDaarna volgt een rondleiding voor alle inwoners.",
        "Zacht ruist de zee\nen niemand die luistert\nnaar wat zij fluistert",
        "naam van de club | aantal punten na tien speeldagen\nnaam van de trainer | aantal punten na tien speeldagen",
        "Tweede alinea.\nNog een regel.",
        "Een heel lange regel die breder is dan wat iemand ooit met de hand of een programma afbreekt,\nen dan nog een",
    ],
)
def test_lists_scores_verse_and_sentences_keep_their_lines(text: str) -> None:
    """What was not hard-wrapped stays line by line."""
    assert normalize(text).text == text


@pytest.mark.parametrize(
    ("language", "head", "tail", "between"),
    [
        ("nl", "samen", "werking", ""),
        ("nl", "arbeids", "markt", ""),
        ("nl", "be", "ambte", ""),
        ("fr", "circula", "tion", ""),
        ("fr", "infor", "mation", ""),
        ("fr", "va", "leur", ""),
        ("de", "Verkehrs", "planung", ""),
        ("de", "be", "einflussen", ""),
        ("en", "develop", "ment", ""),
        ("en", "experi", "ence", ""),
        ("nl", "Noord", "Holland", "-"),
        ("nl", "auto", "ongeluk", "-"),
        ("nl", "zee", "eend", "-"),
        ("nl", "tv", "ster", "-"),
        ("nl", "NAVO", "top", "-"),
        ("nl", "e", "mail", "-"),
        ("nl", "oud", "minister", "-"),
        ("nl", "ou", "ders", ""),
        ("nl", "ex", "minister", "-"),
        ("nl", "ex", "perts", ""),
        ("nl", "2018", "2019", "-"),
        ("nl", "16", "jarige", "-"),
        ("fr", "peut", "être", "-"),
        ("fr", "Peut", "être", "-"),
        ("fr", "demande-t", "elle", "-"),
        ("fr", "demande", "t-elle", "-"),
        ("fr", "c’est-à", "dire", "-"),
        ("fr", "au", "dessus", "-"),
        ("fr", "micro", "onde", "-"),
        ("fr", "week", "end", "-"),
        ("fr", "arc-en", "ciel", "-"),
        ("fr", "quatre", "vingts", "-"),
        ("en", "mother-in", "law", "-"),
        ("en", "long", "term", "-"),
        ("en", "self", "made", "-"),
        ("nl", "voor", "en", "- "),
        ("nl", "in", "of", "- "),
        ("de", "Ein", "und", "- "),
        ("fr", "pré", "et", "- "),
        (None, "voor", "en", "- "),
        (None, "peut", "être", "-"),
        (None, "samen", "werking", ""),
        ("nl-BE", "auto", "ongeluk", "-"),
        ("it", "samen", "werking", ""),
    ],
)
def test_the_hyphen_at_a_line_end(language: str | None, head: str, tail: str, between: str) -> None:
    """It goes from a divided word, stays where spelling has it, and is followed by a blank before a conjunction."""
    assert hyphen_between(head, tail, language) == between


def test_dividing_and_wrapping_have_their_own_switches() -> None:
    """Without the one, divided words stay divided; without the other, only the divided words join."""
    raw = (
        "De politiezones zoeken nauwere samen-\nwerking met de buurgemeenten in het oosten van de\nprovincie, zo bleek."
    )
    assert "samen-\nwerking" in normalize(raw, rules={"dehyphenate": "off"}).text
    assert normalize(raw, rules={"unwrap": "off"}).text == raw.replace("-\n", "")
    assert normalize(raw, language="nl").text == raw.replace("-\n", "").replace("\n", " ")
