"""Laws of decoding and cleaning that hold for every text or every bytes."""

import io
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus_tool.text.blocks import find_blocks
from corpus_tool.text.decode import Decoded, NotText, decode
from corpus_tool.text.furniture import is_byline, is_date_line, is_dateline, is_title
from corpus_tool.text.lines import with_lf
from corpus_tool.text.normalize import ALL_OFF, RULES, Normalized, normalize
from corpus_tool.text.offsets import Layer, OffsetMap, apply
from corpus_tool.text.rules_blocks import mark_blocks
from corpus_tool.text.stream import Line, LineStream
from tests.properties.strategies import plain_texts, press_texts, unruly_bytes, unruly_texts

RULE_CHOICES = st.fixed_dictionaries({rule.name: st.sampled_from(rule.values) for rule in RULES})
_PIECES = (
    *("De brandweer rukte dinsdagnacht uit met drie wagens", "naar een loods in de haven, waar een container vuur"),
    *(
        "had gevat, zei de woordvoerder van de zone aan de pers.",
        "samen-",
        "werking",
        "Noord-",
        "Holland",
        "voor-",
        "en",
    ),
    *(
        "arbeids\u00ad",
        "markt",
        "2018-",
        "2019",
        "tv-",
        "ster",
        " ",
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\xa0",
        "- ",
        "1. ",
        "| ",
    ),
    *("(Belga)", " – AFP", "Lees ook: Ouders boos", "Advertentie", "© Belga", "Lees verder met een abonnement", "."),
    *(
        "&",
        "amp;",
        "lt;",
        "&eacute;",
        "&#",
        "8203;",
        "38;",
        "112;",
        "&nbsp;",
        "Â ",
        "Ã ",
        "www.a.be/?",
        "ﬁ",
        "Ａ",
        "；",
    ),
    *("maandag 18 juni 2018", "Door Jan Peeters", "Foto: een brug", "Kop", "Dat is het.", "\u200b", "\x92", "\x85"),
)


def wrapped_texts() -> st.SearchStrategy[str]:
    """Hard-wrapped lines, divided words, boilerplate, entities and blocks of every kind."""
    return st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


MULTIBYTE = ("gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949")


# --- cleaning ----------------------------------------------------------------------------------------------


@given(wrapped_texts() | unruly_texts())
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    """Clean text is a fixed point: its own cleaning changes nothing and counts nothing."""
    once = normalize(text)
    again = normalize(once.text)
    assert again.text == once.text
    assert again.changes == {}


@given(wrapped_texts() | unruly_texts(), RULE_CHOICES)
def test_any_choice_of_rules_is_idempotent(text: str, rules: dict[str, str]) -> None:
    """Whichever rules are on, a second run finds nothing left to change."""
    once = normalize(text, rules=rules).text
    assert normalize(once, rules=rules).text == once


@given(wrapped_texts() | unruly_texts())
def test_all_rules_off_is_identity(text: str) -> None:
    """With every rule off only lone surrogates change, for no output can carry them."""
    assert normalize(text, rules=ALL_OFF).text == re.sub("[\ud800-\udfff]", "\ufffd", text)


def assert_map_is_total_and_monotone(clean: Normalized, raw: str) -> None:
    """Every span leads to a span of the raw text, later ones never to earlier places."""
    size = len(clean.text)
    for start in range(size + 1):
        ends = [clean.to_raw(start, end) for end in range(start, size + 1)]
        assert all(0 <= s <= e <= len(raw) for s, e in ends)
        assert all(one[1] <= two[1] for one, two in pairwise(ends))
        assert len({s for s, _ in ends}) == 1 or start == size
    starts = [clean.to_raw(start, size) for start in range(size + 1)]
    assert all(one[0] <= two[0] and one[1] <= two[1] for one, two in pairwise(starts))


@given(st.lists(st.sampled_from(_PIECES), max_size=6).map("".join) | unruly_texts(24), RULE_CHOICES)
def test_the_offset_map_is_total_and_monotone(text: str, rules: dict[str, str]) -> None:
    """The map leads every span of the clean text back, in order."""
    assert_map_is_total_and_monotone(normalize(text, rules=rules), text)


@given(unruly_texts(24))
def test_removing_a_block_keeps_the_map(text: str) -> None:
    """Without any one of its blocks a text keeps a right map and blocks that hold the same texts."""
    clean = normalize(text)
    for block in clean.blocks:
        less = clean.without(block)
        assert_map_is_total_and_monotone(less, text)
        texts = [clean.text[b.start : b.end] for b in clean.blocks if b != block]
        assert [less.text[b.start : b.end] for b in less.blocks] == texts
        assert less.text == "\n\n".join(texts)


@given(plain_texts())
def test_characters_outside_edits_map_to_themselves(text: str) -> None:
    """Where no rule but spaces and newlines worked, each character that is no blank leads to itself."""
    rules = {**ALL_OFF, "newlines": "on", "spaces": "on", "soft-hyphen": "on"}
    clean = normalize(text, rules=rules)
    for at, character in enumerate(clean.text):
        start, end = clean.to_raw(at, at + 1)
        assert text[start:end] == character or character in " \n"


@given(
    st.text("abc", max_size=12),
    st.lists(
        st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.text("xy", max_size=2)), max_size=4), max_size=3
    ),
)
def test_layers_of_any_edits_make_a_monotone_map(text: str, layers: list[list[tuple[int, int, str]]]) -> None:
    """Deletions, insertions and replacements, layer upon layer, still lead every span to an ordered place."""
    raw, offsets = text, OffsetMap()
    for drafts in layers:
        edits, done = [], 0
        for start, length, new in sorted(drafts):
            if done <= start and start + length <= len(text):
                edits.append((start, start + length, new))
                done = start + length
        text, offsets = apply(text, edits), offsets.then(Layer(edits))
    assert_map_is_total_and_monotone(Normalized(text, offsets=offsets), raw)


@given(unruly_texts())
def test_clean_text_holds_no_control_or_surrogate(text: str) -> None:
    """No C0 code but LF, no DEL, no C1, no surrogate; no bidi control where nothing runs right to left."""
    clean = normalize(text).text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u2060\ufeff]", clean)
    controls = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    if not any(unicodedata.bidirectional(c) in ("R", "AL") for c in clean if c not in controls):
        assert not set(clean) & set(controls)


LETTER_RULES = ("mojibake", "c1-punctuation", "entities", "ligatures", "fullwidth", "boilerplate")


@given(wrapped_texts() | unruly_texts(), RULE_CHOICES)
def test_no_rule_adds_or_removes_an_ascii_letter(text: str, rules: dict[str, str]) -> None:
    """Only the rules that are there for it, and the removal of escape sequences, touch a letter (after NFC)."""
    rules = {**rules, **dict.fromkeys(LETTER_RULES, "off")}
    text = re.sub("[\x1b\x90\x98\x9b\x9d-\x9f]", "", text)

    def letters(value: str) -> list[str]:
        return [c for c in unicodedata.normalize("NFD", value) if c.isascii() and c.isalpha()]

    assert letters(normalize(text, rules=rules).text) == letters(text)


@given(wrapped_texts() | unruly_texts())
def test_what_was_left_out_stands_in_the_record(text: str) -> None:
    """Each removed piece has its place in the raw text, in order; a text with words keeps some."""
    clean = normalize(text)
    spans = [(item.raw_start, item.raw_end) for item in clean.removed]
    assert all(item.text for item in clean.removed)
    assert all(0 <= start <= end <= len(text) for start, end in spans if start is not None and end is not None)
    assert spans == sorted(spans)
    assert clean.text or not clean.removed


@given(unruly_texts())
def test_blocks_tile_the_text(text: str) -> None:
    """Blocks stand in order, one empty line apart, and together are the text; also in text that is not clean."""
    for value in (text, normalize(text).text):
        blocks = find_blocks(value)
        assert "\n\n".join(value[b.start : b.end] for b in blocks) == value
        assert all(one.end + 2 == two.start for one, two in pairwise(blocks))
        assert all(b.kind in ("paragraph", "subhead") for b in blocks)
        assert [b[1:] for b in mark_blocks(value)] == [b[1:] for b in blocks]


@given(unruly_texts())
def test_line_ends_become_lf_at_the_same_length(text: str) -> None:
    """Offsets into the text with LF hold for the original, and no CR is left."""
    shape = with_lf(text)
    assert len(shape) == len(text)
    assert "\r" not in shape


@given(unruly_texts() | press_texts())
def test_shapes_of_furniture_judge_any_line(line: str) -> None:
    """Any line is judged, and a title is no byline, dateline or date line."""
    judged = is_byline(line), is_dateline(line), is_date_line(line)
    assert not (is_title(line) and any(judged))


# --- decoding ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@given(text=plain_texts())
def test_marked_or_utf8_text_comes_back(encoding: str, text: str) -> None:
    """Text in UTF-8, or in any Unicode encoding with its mark, is decoded to itself."""
    data = text.encode(encoding)
    assume(encoding != "utf-8" or not data.startswith(b"PK"))
    assert decode(data).text == text


def assert_bytes_come_back(decoded: Decoded, data: bytes) -> None:
    """`byte_at` is monotone, ends at the end, and each character's own bytes make it again."""
    places = [decoded.byte_at(at) for at in range(len(decoded.text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(data)
    patched = {char for run in decoded.runs for char, _ in run.patched}
    for at, (start, end) in enumerate(pairwise(places)):
        run = [r for r in decoded.runs if r.char <= at][-1]
        if run.encoding.startswith(("utf-16", "utf-32")) or run.encoding in MULTIBYTE:
            continue
        encoding = "cp1252" if at in patched else run.encoding
        assert decoded.text[at].encode(encoding, "surrogateescape") == data[start:end]


@given(unruly_bytes())
def test_any_bytes_are_refused_or_kept(data: bytes) -> None:
    """Bytes are either no text, or a text from which every byte can be had back."""
    try:
        decoded = decode(data)
    except NotText:
        return
    if not {run.encoding for run in decoded.runs} & set(MULTIBYTE):
        assert_bytes_come_back(decoded, data)


@given(
    unruly_bytes(),
    st.sampled_from(["utf-8", "UTF-8-SIG", "latin-1", "cp1252", "utf16", "UTF-16LE", "utf_32", "utf-32-be"]),
)
def test_a_named_encoding_reads_any_bytes(data: bytes, encoding: str) -> None:
    """A named encoding always gives a text whose offsets end where the bytes end."""
    decoded = decode(data, encoding)
    assert decoded.method == "named"
    assert_bytes_come_back(decoded, data)


class Dripping(io.BytesIO):
    """A stream that gives one byte at a time, as a slow pipe may."""

    def read(self, size: int | None = -1, /) -> bytes:
        """One byte, or none at the end."""
        return super().read(min(1, -1 if size is None else size) or 1)


def read_lines(stream: io.BytesIO, encoding: str | None, limit: int) -> list[Line] | None:
    """The lines of a stream; None where it is no text."""
    try:
        return list(LineStream(stream, encoding, limit))
    except NotText:
        return None


@given(
    unruly_bytes(), st.sampled_from([None, None, "utf-8", "cp1252", "utf-16", "utf-32"]), st.sampled_from([4, 1 << 20])
)
def test_lines_of_a_stream_tile_it(data: bytes, encoding: str | None, limit: int) -> None:
    """Lines follow each other from the mark to the end, however the stream is cut, each ended or last."""
    lines = read_lines(io.BytesIO(data), encoding, limit)
    assert lines == read_lines(Dripping(data), encoding, limit)
    if not lines:
        return
    assert lines[0].byte_start in (0, 2, 3, 4) or data.startswith(b"\xef\xbb\xbf" * 2)
    assert lines[-1].byte_end == len(data)
    assert all(one.byte_end == two.byte_start for one, two in pairwise(lines))
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all(line.text is None or line.text.endswith("\n") for line in lines[:-1])
    assert all((line.text is None) == (line.byte_end - line.byte_start > limit) for line in lines[:-1])
