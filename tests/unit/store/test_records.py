"""Raw records: packed against the article, and back to the byte."""

from __future__ import annotations

import random
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool.store.records import DICTIONARY_BYTES, Known, known, packed, unpacked
from tests.properties.strategies import unruly_bytes, unruly_texts
from tests.unit.building import PROSE, article

OF = Known("Kop", "Krant", None, PROSE)


def knowns() -> st.SearchStrategy[Known]:
    """What the columns of an article may say."""
    word = st.none() | unruly_texts(12)
    return st.builds(Known, word, word, word, unruly_texts())


@settings(max_examples=100, deadline=None)
@given(data=unruly_bytes() | st.binary(), facts=st.none() | unruly_texts(), of=knowns())
def test_what_was_packed_comes_back(data: bytes, facts: str | None, of: Known) -> None:
    """Any bytes, any facts, half surrogates too, whatever they are packed against."""
    assert unpacked(*packed(data, facts, of), of) == (data, facts)


@pytest.mark.parametrize("size", [0, 1, DICTIONARY_BYTES - 1, DICTIONARY_BYTES, 3 * DICTIONARY_BYTES])
def test_long_records_and_texts(size: int) -> None:
    """Longer than zlib looks back, in the record, in the text, in both."""
    noise = random.Random(1).randbytes(size)
    text = "é" * size
    for data in (noise, text.encode(), noise + text.encode()):
        of = Known(None, None, None, text)
        assert unpacked(*packed(data, text, of), of) == (data, text)


def test_a_record_that_is_its_text_takes_little() -> None:
    """What the columns say already is not stored again, nor what the record says in the facts."""
    text = " ".join(str(number) for number in random.Random(1).sample(range(10**6), 500))
    raw, facts = packed(f"Kop\n\n{text}\n".encode(), f'{{"body":"{text}"}}', Known("Kop", None, None, text))
    assert facts is not None
    assert len(raw) + len(facts) < len(text) / 10


def test_packing_is_the_same_every_time() -> None:
    """The same record gives the same bytes, as adding the same twice must."""
    assert packed(b"abc", "{}", OF) == packed(b"abc", "{}", OF)


@pytest.mark.parametrize("cut", [0, 1, 5, -5, -1])
def test_a_stream_that_ends_early_is_an_error(cut: int) -> None:
    """Half a record is never given for a whole one."""
    raw, _ = packed(PROSE.encode() * 3 + bytes(range(256)), None, OF)
    with pytest.raises(zlib.error):
        unpacked(raw[:cut], None, OF)


def test_another_article_does_not_unpack_it() -> None:
    """A record is told from that of another article: packed against another text it is an error."""
    raw, facts = packed(PROSE.encode(), "{}", OF)
    with pytest.raises(zlib.error):
        unpacked(raw, None, OF._replace(text="iets anders"))
    with pytest.raises(zlib.error):
        unpacked(raw, packed(b"iets anders", "{}", OF)[1], OF)
    assert unpacked(raw, facts, OF) == (PROSE.encode(), "{}")


def test_a_flipped_bit_is_an_error_or_gives_the_same() -> None:
    """The checksum of the stream sees any flip in it."""
    raw, _ = packed(PROSE.encode(), None, OF)
    for at in range(len(raw)):
        for bit in range(8):
            harmed = bytearray(raw)
            harmed[at] ^= 1 << bit
            with suppress(zlib.error):
                assert unpacked(bytes(harmed), None, OF)[0] == PROSE.encode()


def test_what_a_record_is_packed_against() -> None:
    """Title, outlet, address and text: where one changes the record is packed anew."""
    item = article(title="Kop", outlet="Krant", url="u")
    assert known(item) == ("Kop", "Krant", "u", PROSE)
