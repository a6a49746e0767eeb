import pytest

from corpus_tool.text.normalize import ALL_OFF, normalize

STORY = "De school sluit in juni.\n\nLees ook: Ouders boos over sluiting\n\nDe leerlingen verhuizen. (Belga)"


def test_boilerplate_leaves_the_text_and_stays_in_the_record() -> None:
    """Each piece has its kind, its words and its place in the raw text; the agency is named."""
    raw = STORY.replace("\n", "\r\n").replace("De school", "  De\u00a0school")
    clean = normalize(raw, language="nl")
    assert clean.text == "De school sluit in juni.\n\nDe leerlingen verhuizen."
    assert [(r.kind, r.text) for r in clean.removed] == [
        ("related", "Lees ook: Ouders boos over sluiting"),
        ("agency", "(Belga)"),
    ]
    assert [raw[r.raw_start : r.raw_end] for r in clean.removed] == [r.text for r in clean.removed]
    assert clean.agency == "Belga"
    assert clean.changes["boilerplate"] == 2


def test_each_line_of_a_block_has_its_kind() -> None:
    """A block goes only as a whole, and is listed line by line."""
    clean = normalize("Partager sur Facebook\nPartager sur Twitter\n\nLa gare rouvre lundi.", language="fr")
    assert [(r.kind, r.text) for r in clean.removed] == [
        ("share", "Partager sur Facebook"),
        ("share", "Partager sur Twitter"),
    ]
    assert clean.text == "La gare rouvre lundi."


def test_boilerplate_stays_where_its_rule_is_off_or_nothing_else_is_left() -> None:
    """A text of nothing but boilerplate is all that there is."""
    assert normalize(STORY, rules={"boilerplate": "off"}).text == STORY
    only = "Advertentie\n\nLees ook: Ouders boos"
    assert normalize(only).text == only
    assert normalize(only).removed == ()


def test_a_sign_before_other_boilerplate_is_found() -> None:
    """The last paragraph is the last that is kept; signs behind each other name the last agency."""
    clean = normalize("De raad stemt in. (AFP). (Belga)\n\nAdvertentie")
    assert clean.text == "De raad stemt in."
    assert clean.agency == "Belga"
    assert [r.kind for r in clean.removed] == ["agency", "agency", "advertisement"]


@pytest.mark.parametrize(
    ("raw", "truncated"),
    [
        ("Later zei hij dat…\n\nLees verder met een abonnement", True),
        ("Lees verder met een abonnement\n\nDe raad stemt in.", False),
        ("Une affaire qui en rappelle d’autres…", False),
        ("De raad stemt in...", False),
    ],
)
def test_only_a_paywall_at_the_end_says_that_a_text_was_cut(raw: str, truncated: bool) -> None:
    """An ellipsis is style; a notice before the text is none at its end."""
    assert normalize(raw).truncated is truncated
    assert normalize(raw, rules={"boilerplate": "off"}).truncated is truncated
    assert normalize(raw, rules={"truncated": "off"}).truncated is False


@pytest.mark.parametrize(
    ("kind", "block"),
    [
        ("byline", "Door Jan Peeters"),
        ("byline", "Par la rédaction"),
        ("dateline", "maandag 18 juni 2018"),
        ("dateline", "BRUSSEL, 18 juni (Belga) –"),
        ("caption", "Foto: de burgemeester opent de brug"),
        ("caption", "De burgemeester opent de nieuwe brug over de Schelde (Foto: Jan Peeters)"),
        ("caption", "Le bourgmestre inaugure le pont sur la Meuse – © Jean Dupont"),
        ("list", "- een\n- twee"),
        ("list", "• een"),
        ("subhead", "Nieuwe oproep"),
        ("paragraph", "– Non, dit-il."),
        ("paragraph", "Unaniem."),
        ("paragraph", "De raad keurde het plan goed.\n- een punt"),
        ("paragraph", "BRUSSEL, 18 juni (Belga) – De raad keurde het plan goed."),
    ],
)
def test_blocks_have_kinds_and_keep_their_text(kind: str, block: str) -> None:
    """What is no running text is marked, and marks can be left out."""
    raw = f"De eerste alinea van het verhaal.\n\n{block}\n\nDe laatste alinea van het verhaal."
    clean = normalize(raw)
    assert clean.text == raw
    assert clean.blocks[1].kind == kind
    assert {b.kind for b in normalize(raw, rules=ALL_OFF).blocks} == {"paragraph"}
    assert len(normalize(raw, rules={"furniture": "off"}).blocks) == 3
