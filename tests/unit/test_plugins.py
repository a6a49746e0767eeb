"""Dictionaries and encoders that users bring along, and what is said of those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.plugins import load_encoder, load_lexicon

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><entry><form><orth>huis</orth></form><sense>'
    '<cit type="trans"><quote>maison</quote></cit></sense></entry></TEI>'
)


def test_dictionaries(tmp_path: Path) -> None:
    """A table and a TEI file, their languages by code or name; read both ways."""
    (tmp_path / "a.tsv").write_text("huis\tmaison\nbrug\tpont\n", encoding="utf-8")
    (tmp_path / "b.tei").write_text(TEI, encoding="utf-8")
    for told in (f"nl-fr={tmp_path / 'a.tsv'}", f"Dutch-French={tmp_path / 'b.tei'}"):
        lexicon = load_lexicon(told)
        assert list(lexicon.translations("huis", "nl", "fr")) == ["maison"]
        assert list(lexicon.translations("maison", "fr", "nl")) == ["huis"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.tsv", None, "cannot be read"),
        ("broken.tei", b"<TEI><entry>", "is no dictionary"),
        ("latin.tsv", "huis\tmais\xe9\n".encode("latin-1"), "is no dictionary"),
        ("empty.tsv", b"# nothing\n", "holds no pairs"),
    ],
)
def test_files_that_are_no_dictionaries(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    """The file is named, and why it is none."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusToolError, match=said) as raised:
        load_lexicon(f"nl-fr={tmp_path / name}")
    assert name in raised.value.message


@pytest.mark.parametrize("told", ["a.tsv", "nl=a.tsv", "nl-fr=", "nl-xq=a.tsv"])
def test_dictionaries_without_languages(told: str) -> None:
    """Both languages are named, or nobody knows which column is which."""
    with pytest.raises(UsageError):
        load_lexicon(told)


def test_encoders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A class of a module in the folder at work is found and made; what is none is told."""
    (tmp_path / "own_encoder_of_a_test.py").write_text(
        "class Length:\n    name = 'length'\n\n    def encode(self, texts):\n"
        "        return [[float(len(text))] for text in texts]\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    assert list(load_encoder("own_encoder_of_a_test:Length").encode(["abc"])) == [[3.0]]
    for told in ("own_encoder_of_a_test", "own_encoder_of_a_test:Missing", "no_such_module:A", "json:JSONDecoder"):
        with pytest.raises(UsageError):
            load_encoder(told)
