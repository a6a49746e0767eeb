"""Sample files with random edits, and the laws that reading any of them must keep: for the tests and for the fuzzer."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

from corpus_tool import ReadOptions, Receipt, read
from corpus_tool.model.receipt import FileReport
from corpus_tool.rereading import raw_bytes
from corpus_tool.writers.base import to_json

SEEDS = Path(__file__).parent.parent.parent / "seeds"
MAX_EDITS = 8

SNIPPETS = (
    b'', b'\x00', b'\xff', b'\xe9', b'\xc3\xa9', b'\xe2\x82', b'\x80\x9f', b'\xef\xbb\xbf', b'\xff\xfe', b'\r',
    b'\n', b'\r\n', b'\n\n', b'\x0c', b'\x1b[31m', b'\x1b]52;c;x\x07', b'\xc2\x85', b'\xe2\x80\xa8',
    b'\xe2\x80\xae', b'\xc2\xa0', b'\xc2\xad', b'\xe2\x80\x8b', b'=====\n', b'---\n', b'***\n', b'\n=====\n',
    b'\n-----\n', b' date 2018-06 ', b'\n date 2019-13 ', b'date: 2018-06-20\n', b'Titel: x\n',
    b'Date : 31 juin 2018\n', b'<doc id="1">\n', b'</doc>\n', b'**** *a_b\n', b'"', b"'", b'{', b'}', b'[', b']',
    b',', b';', b'\t', b':', b'\\', b'\\ud83d', b'&amp;', b'null',
    b'9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999',
    b'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    b'\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81',
    b'\xc3\x83\xc2\xa9', b'\xc3\x83\xc2\xa2\xc3\xa2\xe2\x80\x9a\xc2\xac\xc3\xa2\xe2\x80\x9e\xc2\xa2',
    b'\xd9\xa2\xd9\xa0\xd9\xa1\xd9\xa8-\xd9\xa0\xd9\xa6-\xd9\xa1\xd9\xa9', b'\xe4\xb8\xad\xe6\x96\x87',
    b'\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7', b'20/06/2018', b'(Belga) - ',
)  # fmt: skip

SEPARATORS = re.compile(
    rb"(?:(?:\*{4}|\d{4})(?:[ \t]+\*[^\s*]+)+|[=\-*#]{3,}[ \t]*|\x0c[ \t]*|</?doc\b[^<>\n]*>"
    rb"|[\[\],]|[ \t]*\"\w+\"\s*:|[{}])",
    re.IGNORECASE,
)
BLANK = re.compile(
    rb"[\s\x00-\x20]|\xc2[\x85\xa0]|\xe2\x80[\xa8\xa9\x8b]|\xef\xbb\xbf|\xff\xfe|\xfe\xff|\xe2\x80\xaf|\xe2\x81\xa0"
)


def sample_files() -> list[Path]:
    """Every file of the sample corpus."""
    return sorted(path for path in SEEDS.rglob("*") if path.is_file())


def mutate(data: bytes, random_: random.Random) -> bytes:
    """One to eight edits: a snippet put in, bytes taken out, doubled, moved, or one bit turned."""
    for _ in range(random_.randint(1, MAX_EDITS)):
        at = random_.randrange(len(data) + 1)
        size = random_.choice((0, 1, 1, 2, 3, 10, 100, 1000))
        part = data[at : at + size]
        kind = random_.randrange(5)
        if kind == 0:
            data = data[:at] + random_.choice(SNIPPETS) + data[at:]
        elif kind == 1:
            data = data[:at] + random_.choice(SNIPPETS) + data[at + size :]
        elif kind == 2:
            data = data[:at] + part + data[at:]
        elif kind == 3:
            rest = data[:at] + data[at + size :]
            to = random_.randrange(len(rest) + 1)
            data = rest[:to] + part + rest[to:]
        elif data and at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << random_.randrange(8))]) + data[at + 1 :]
    return data


def check_laws(path: Path, data: bytes) -> None:
    """Read a file and hold what came out to the laws; AssertionError names the one that is broken."""
    path.write_bytes(data)
    options = ReadOptions(detector="none", keep_raw=True, receipt=Receipt())
    articles = list(read([path], options=options))
    (report,) = options.receipt.files
    assert report.records == len(articles), "records are the articles given"
    rejected = sum(item.severity == "rejected" for item in report.diagnostics)
    known = sum(item.code == "duplicate-text" for item in report.diagnostics)
    assert (report.rejected, report.known) == (rejected, known), "every rejected or known record is named"
    assert report.outcome == "loaded" or report.reason, "a file that does not load says why"
    assert articles or rejected or known or report.outcome != "loaded", "a file that gives nothing says why"
    spans = []
    for article in articles:
        source = article.source
        spans.append((source.byte_start, source.byte_end))
        raw = raw_bytes(article)
        assert raw == data[source.byte_start : source.byte_end], "the very bytes come back"
        if source.encoding in ("utf-8", "cp1252", "mac-roman", "cp850") and not _mixed(report):
            text = raw.decode(source.encoding, "surrogateescape").lstrip("\ufeff")
            assert text == (article.raw or "").lstrip("\ufeff"), "the bytes decode to the raw record"
        for name, inferred in article.inference.items():
            for item in inferred.evidence if inferred else ():
                if item.where == "text":
                    assert article.text[item.start : item.end] == item.text, f"evidence of {name} stands in the text"
        to_json(article.to_dict()).encode("utf-8")
    assert spans == sorted(spans), "records are in the order of the file"
    assert all(end <= start for (_, end), (start, _) in pairwise(spans)), "records do not overlap"
    if report.format in ("plain", "delimited", "labeled", "front-matter", "alceste") and not (rejected or known):
        _check_cover(data, spans, report)


def _mixed(report: FileReport) -> bool:
    return any(item.code in ("encoding-mixed", "encoding-guessed") for item in report.diagnostics)


def _check_cover(data: bytes, spans: list[tuple[int, int]], report: FileReport) -> None:
    """What no record holds is blank, a separator, or told of."""
    told = {item.code for item in report.diagnostics}
    if report.outcome != "loaded" or told & {"outside-record", "front-matter", "bad-record"}:
        return
    done = 0
    for start, end in [*spans, (len(data), len(data))]:
        rest = BLANK.sub(b"", SEPARATORS.sub(b"", data[done:start].replace(b"\x00", b"")))
        assert not rest or data[:2] in (b"\xff\xfe", b"\xfe\xff"), (
            f"bytes {done}–{start} are in no record: {rest[:60]!r}"
        )
        done = end
