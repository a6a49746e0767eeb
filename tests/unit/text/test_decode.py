import io
import random

import pytest

from corpus_tool.text.decode import HEAD_BYTES, NotText, decode, decode_line
from corpus_tool.text.stream import LineStream

DUTCH = "De coördinator vond één café te weinig.\nZo’n reünie is ruziën.\n"
RUSSIAN = "Городской совет утвердил бюджет.\nЗаседание прошло в понедельник.\n"


def test_a_cp1252_line_in_a_utf8_file_is_read_by_itself() -> None:
    """The file stays UTF-8, one line counts as mixed, and every letter is right."""
    data = "Het café.\n".encode() + "L’été à Liège\n".encode("cp1252") + "Ruziën.\n".encode()
    decoded = decode(data)
    assert decoded.text == "Het café.\nL’été à Liège\nRuziën.\n"
    assert (decoded.encoding, decoded.method, decoded.mixed, decoded.replaced) == ("utf-8", "utf-8", 1, 0)
    assert decoded.byte_at(decoded.text.index("Ruz")) == data.index(b"Ruz")


def test_a_mark_does_not_keep_lines_from_being_read_by_themselves() -> None:
    """A file that begins with the UTF-8 mark may hold lines of another encoding too, in one piece or as a stream."""
    data = b"\xef\xbb\xbf" + "Het café.\n".encode() + "L’été à Liège\n".encode("cp1252")
    decoded = decode(data)
    assert (decoded.text, decoded.method, decoded.mixed) == ("Het café.\nL’été à Liège\n", "bom", 1)
    assert decoded.byte_at(0) == 3
    assert decoded.byte_at(len(decoded.text)) == len(data)
    assert [line.text for line in LineStream(io.BytesIO(data))] == ["Het café.\n", "L’été à Liège\n"]


def test_a_stray_byte_is_repaired_only_inside_a_word() -> None:
    """In a UTF-8 line cp1252 explains a byte that makes a letter of a word; other bytes stay escaped."""
    line = decode_line("één ".encode() + b"caf\xe9 \xe9 zo\x92n \x80 caf\xc3")
    assert line.text == "één café \udce9 zo’n \udc80 caf\udcc3"
    assert line.encoding == "utf-8"


@pytest.mark.parametrize(
    "bad",
    [
        b"\xc0\xaf",
        b"\xed\xa0\xbd\xed\xb8\x80",
        b"\xf4\x90\x80\x80",
        b"\x80\x80",
        b"\xf8\x88\x80\x80\x80",
        b"\xfe\xff",
        b"\xe2\x82",
    ],
)
def test_invalid_sequences_stay_escaped(bad: bytes) -> None:
    """Overlong, surrogate, too high, lone and cut sequences stay visible and recoverable."""
    decoded = decode(DUTCH.encode() + b"Dan " + bad)
    assert decoded.text == DUTCH + "Dan " + bad.decode("ascii", "surrogateescape")
    assert decoded.replaced == len(bad)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [DUTCH, RUSSIAN, RUSSIAN * 40])
def test_utf16_without_a_mark_is_known_by_its_zero_bytes(text: str, encoding: str) -> None:
    """Both byte orders, also where only blanks and stops have a zero byte."""
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.method) == (text, encoding, "nul-parity")


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_utf32_without_a_mark(encoding: str) -> None:
    """Three zero bytes of four tell UTF-32."""
    assert decode(DUTCH.encode(encoding)).text == DUTCH


def test_marks_are_left_out_also_when_doubled() -> None:
    """One or two UTF-8 marks, and FF FE 00 00 is UTF-32."""
    assert decode(b"\xef\xbb\xbf" * 2 + DUTCH.encode()).text == DUTCH
    assert decode(DUTCH.encode("utf-32")).encoding == "utf-32-le"


@pytest.mark.parametrize("data", [b"\xff\xfeh\0o\0i", b"\xff\xfeh\0\0\xd8o\0", b"\xff\xfe\0\0h\0\0\0i"])
def test_broken_units_become_one_mark_and_offsets_still_end_at_the_end(data: bytes) -> None:
    """A unit cut in half or half a pair is replaced and counted."""
    decoded = decode(data)
    assert decoded.replaced == 1
    assert decoded.byte_at(len(decoded.text)) == len(data)


@pytest.mark.parametrize(
    ("encoding", "canonical"),
    [("UTF16", "utf-16-be"), ("latin1", "iso8859-1"), ("UTF-8-SIG", "utf-8"), ("utf_16_be", "utf-16-be")],
)
def test_a_named_encoding_wins(encoding: str, canonical: str) -> None:
    """Whatever the bytes look like, the name decides, byte order taken from the mark."""
    data = b"\xfe\xff" + "é".encode("utf-16-be")
    decoded = decode(data, encoding)
    assert (decoded.encoding, decoded.method) == (canonical, "named")
    assert decoded.byte_at(len(decoded.text)) == len(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"\x7fELF\x02\x01\x01" + bytes(200),
        random.Random(1).randbytes(4096),
        bytes(99),
        bytes(range(32)) * 9,
    ],
)
def test_binary_is_no_text(data: bytes) -> None:
    """Known signatures, zero bytes anywhere and control characters are refused."""
    with pytest.raises(NotText):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"voor\0na",
        "één\0café".encode(),
        b"Een\x0b twee\x1c drie\x1d vier\x1e\n",
        b"Rar! zei hij\n",
        b"BZh is een afkorting\n",
        b"GIF8 en meer\n",
    ],
)
def test_a_text_may_hold_a_zero_byte_or_begin_like_a_signature(data: bytes) -> None:
    """One zero byte or a few letters do not make a file binary."""
    assert decode(data).text.encode() == data


def test_a_head_cut_inside_a_character_is_still_utf8() -> None:
    """A line longer than the head is judged without its last, incomplete character."""
    data = b"x" * (HEAD_BYTES - 1) + "é en œuvre\n".encode()
    stream = LineStream(io.BytesIO(data))
    assert [line.text for line in stream] == [data.decode()]
    assert stream.encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_line_over_the_limit_is_counted_and_let_go(encoding: str) -> None:
    """Its text is None, its bytes are known, and the next line is read."""
    lines = list(LineStream(io.BytesIO(("a\n" + "b" * 300_000 + "\nc\n").encode(encoding)), limit=1000))
    assert [line.text for line in lines] == ["a\n", None, "c\n"]
    assert lines[1].byte_end == lines[2].byte_start


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_cr_ends_lines_where_the_format_allows_and_no_lf_comes(encoding: str) -> None:
    """Old Mac files are read line by line too."""
    data = "a;b\rc;d\r".encode(encoding)
    assert [line.text for line in LineStream(io.BytesIO(data), cr_ends=True)] == ["a;b\r", "c;d\r"]
    assert len(list(LineStream(io.BytesIO(data)))) == 1
