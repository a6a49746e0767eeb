import pytest

from corpus_tool.infer.date.reading import fold
from corpus_tool.infer.date.tense import is_past


@pytest.mark.parametrize(
    ("language", "text", "past"),
    [
        ("nl", "*Maandag* haalde het bedrijf een bericht offline.", True),
        ("nl", "Op *4 juli* volgt het debat.", False),
        ("nl", "De staking begon *vrijdag* en verliep rustig.", True),
        ("nl", "Het debat zal *maandag* plaatsvinden.", False),
        ("nl", "*Maandag* is de brug gesloopt.", True),
        ("nl", "Vanaf *1 januari* hoger tarief", False),
        ("nl", "Brand op *maandag*", None),
        ("nl", "Hij zei *maandag* dat de school zal sluiten.", True),
        ("nl", "Hij zei dat de school *maandag* zal sluiten.", False),
        ("fr", "*Lundi*, le ministre a parlé.", True),
        ("fr", "L’audience aura lieu le *1er juillet*.", False),
        ("fr", "Le pont rouvrira *lundi*.", False),
        ("fr", "Les trains roulaient *lundi*.", True),
        ("en", "On *Monday* the company pulled a post.", True),
        ("en", "The law is expected to pass on *Monday*.", False),
        ("en", "The trial begins *Monday*.", False),
        ("de", "Am *Montag* tagte der Rat.", True),
        ("de", "Am *Montag* tagt der Rat.", False),
        ("de", "Am *Freitag* riefen sie an.", None),
        ("es", "El pleno se reunirá el *lunes*.", False),
        ("es", "El alcalde dimitió el *lunes*.", True),
        ("it", "La mostra aprirà *lunedì*.", False),
        ("it", "Il sindaco ha parlato *lunedì*.", True),
        ("pt", "O museu reabrirá no *sábado*.", False),
        ("pt", "O museu fechou no *sábado*.", True),
    ],
)
def test_the_tense_around_an_expression(language: str, text: str, past: bool | None) -> None:
    """By the verb that opens the clause in Dutch and German, else by the nearest marker; None where nothing tells."""
    start, end = text.index("*"), text.rindex("*") - 1
    assert is_past(fold(text.replace("*", "")), start, end, language) is past


def test_another_sentence_does_not_count() -> None:
    """What follows a full stop, or stands on another line, is of another sentence."""
    text = "zij kwam. op maandag niet. hij zal gaan."
    assert is_past(text, text.index("maandag"), text.index(" niet"), "nl") is None
    assert is_past("zij kwam\nmaandag\nhij zal gaan", 9, 16, "nl") is None
