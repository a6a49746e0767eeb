import pytest

from corpus_tool.text.normalize import normalize


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("10Â 000 euros, Â« oui Â» : voilÃ !", "10 000 euros, « oui » : voilà !"),
        ("Prix : 5Â € et 20Â°C", "Prix : 5 € et 20°C"),
        ("it’s “good”".encode().decode("cp1252", "replace").replace("\ufffd", "\x9d"), "it’s “good”"),
    ],
)
def test_lost_no_break_bytes_come_back_as_blanks(raw: str, expected: str) -> None:
    """A no-break space of which only its first byte's letter is left is a blank again."""
    assert normalize(raw).text == expected


@pytest.mark.parametrize("text", ["ROMÂ E", "“Â” en “Ã”", "un Â seul", "Ã-Tech", "l’Âge d’Or"])
def test_a_letter_that_mojibake_begins_with_stays(text: str) -> None:
    """Capitals with accents are letters unless what follows makes them the wreck of another."""
    assert normalize(text).text == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("zo\x92n \x93ja\x94 \x96 5 \x80", "zo’n “ja” – 5 €"),
        ("c\x9cur caf\xe9\x92s", "cœur café’s"),
        ("puis\x85 c\x92est", "puis… c’est"),
        ("puis\x85c’est", "puis\nc’est"),
        ("a\x9b31mb \x92", "ab ’"),
    ],
)
def test_c1_codes_are_signs_of_cp1252_and_no_mojibake(raw: str, expected: str) -> None:
    """They have a rule of their own; U+0085 ends a line where no other sign stands as a C1 code."""
    clean = normalize(raw)
    assert clean.text == expected
    assert "mojibake" not in clean.changes


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("caf&eacute; l&#8217;&#xE9;t&#233; &apos;a&apos;", "café l’été 'a'"),
        ("R&amp;D, &amp;amp; &amp;eacute;", "R&D, & é"),
        ("zo&#146;n", "zo’n"),
        ("1&nbsp;000 &euro;", "1 000 €"),
        ("&lt;b&gt; en &amp;lt;i&amp;gt;", "<b> en <i>"),
        ("caf&Atilde;&copy;", "café"),
        ("&Ccaron;apek", "Čapek"),
        ("zo&shy;n ge&#8203;woon", "zon gewoon"),
    ],
)
def test_entities_become_characters(raw: str, expected: str) -> None:
    """Named and numbered, at most twice escaped; the result may be what another rule repairs."""
    assert normalize(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "AT&T R&D; Q&A; H&M, B&copy-and-paste, &copy 2018",
        "https://voorbeeld.be/?a=1&copy=2&lang=nl",
        "www.voorbeeld.be/?a=1&amp;b=2 en voorbeeld.be/x?y=1&lt;=2",
        "&amp;amp;amp; &amp;amp;lt; &#38;amp;amp;",
        "&onbekend; &#; &#x; &#0; &#1114112; &#xD800;",
        "&a&#109;p;lt;",
        "&#1&#8203;12;",
    ],
)
def test_what_is_no_entity_or_lies_deeper_stays(text: str) -> None:
    """No semicolon, a URL, an unknown name, no character, or a third level: it stays as it stood."""
    assert normalize(text).text == text
