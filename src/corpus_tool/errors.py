"""What can go wrong: exit codes, the table of diagnostic codes, and the two ways to report trouble.

A trouble with one record or one file is a value (`Diagnostic`) and reading goes on; a trouble that stops
the command is an exception (`CorpusToolError`). A bug is neither: it shows its traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

Severity = Literal["notice", "warning", "rejected", "skipped", "error"]


class ExitCode(IntEnum):
    """How a command ended, as its exit status."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    DAMAGED_INPUT = 3
    INTERRUPTED = 130


class Code(NamedTuple):
    """One row of `CODES`: how grave it is, what happened, and the next thing to try."""

    severity: Severity
    summary: str
    advice: str


CODES: dict[str, Code] = {
    # The file gives no article, and nothing of worth is lost.
    "empty": Code("skipped", "The file holds no text.", "Nothing to do."),
    "binary": Code(
        "skipped", "The file is not text.", "Extract its text first, or name its encoding with `--encoding`."
    ),
    "hidden": Code(
        "skipped",
        "A name that begins with a dot is not read from a folder.",
        "Name the file itself as a source.",
    ),
    "unsupported": Code(
        "skipped", "No reader for this kind of file exists yet.", "Convert it to text, JSON Lines or CSV."
    ),
    "database": Code(
        "skipped",
        "A database inside a folder is not read, nor one that is no corpus file, nor what stands beside one.",
        "Name a corpus file as a source of its own; export other databases to CSV or JSON Lines.",
    ),
    "no-records": Code(
        "skipped", "The file has a structure but no article in it.", "Look at it with `corpus-tool sniff`."
    ),
    "not-a-regular-file": Code(
        "skipped", "A pipe, socket or device inside a folder is not read.", "Pipe it into `-` instead."
    ),
    "symlink-loop": Code("skipped", "The link leads back to itself or to a folder above it.", "Remove the link."),
    "symlink-outside": Code("skipped", "The link leads out of the folder.", "Name its target as a source of its own."),
    "symlink-inside": Code("skipped", "The link leads to a folder that is read in its own place.", "Nothing to do."),
    "missing": Code("skipped", "The file is not there: a dangling link, or removed while reading.", "Check the path."),
    "metadata-table": Code("skipped", "A table about articles, each of which is a file beside it.", "Nothing to do."),
    # The file is damaged or dangerous.
    "permission": Code("error", "The file or folder may not be read.", "Change its permissions."),
    "read-error": Code("error", "The system could not read the file.", "Check the disk or the network drive."),
    "too-large": Code("error", "The file is larger than `--max-file-size`.", "Raise the limit or split the file."),
    "format-tie": Code("error", "Two formats fit the file equally well.", "Name one with `--input-format`."),
    "encoding-failed": Code(
        "error", "The bytes are not valid in the encoding that was named.", "Leave `--encoding` out."
    ),
    "front-matter": Code("error", "The YAML front matter cannot be read.", "Correct it; anchors and tags are refused."),
    "unbalanced-quote": Code("error", "A quoted cell is never closed.", "Close the quote on the line named."),
    "damaged-corpus": Code(
        "error", "The corpus file is damaged; what can be read of it was read.", "See `corpus-tool check`."
    ),
    "damaged-json": Code("error", "The JSON ends early or breaks off.", "Correct it at the byte named."),
    "damaged-parquet": Code("error", "The Parquet file ends early or is damaged.", "Copy or export it again."),
    "missing-extra": Code(
        "error", "Files of this kind need an optional library.", "Install it: `pip install 'corpus-tool[parquet]'`."
    ),
    "no-text-column": Code("error", "No column is known to hold the text.", "Say which: `--map text=COLUMN`."),
    "pattern-timeout": Code(
        "error", "The pattern took too long on this text.", "Make it simpler; avoid nested repeats."
    ),
    "field-map": Code("error", "A column named in `--map` is not in the file.", "Use a name from the list shown."),
    # One record is refused; the rest of the file is read.
    "bad-record": Code("rejected", "The record cannot be read.", "Correct the line named, or leave it out."),
    "record-too-large": Code("rejected", "The record is larger than `--max-record-size`.", "Raise the limit."),
    "record-timeout": Code(
        "rejected", "The record took longer than `--record-seconds`.", "Raise the limit or split it."
    ),
    # The article is read, and something about it deserves a look.
    "changed-while-reading": Code(
        "warning", "The file changed while it was read.", "Read it again when it is at rest."
    ),
    "encoding-guessed": Code(
        "warning", "The encoding was guessed from the bytes.", "If letters look wrong: `--encoding NAME`."
    ),
    "encoding-mixed": Code("warning", "Some lines are in another encoding than the file.", "Look at those lines."),
    "decode-replaced": Code("warning", "Bytes that no encoding explains became U+FFFD.", "See them with `show --raw`."),
    "date-unusable": Code("warning", "A stated date names no day that exists.", "The value is kept in `extra`."),
    "date-conflict": Code("warning", "Two sources give different dates.", "See `show --explain`."),
    "date-after-reference": Code(
        "warning", "A date is after the day that `--reference` names, and is not taken.", "Look at the reference."
    ),
    "day-order-unknown": Code(
        "warning",
        "A numeric date can be read day first or month first; only its year is taken.",
        "Say `--day-order dmy` or `mdy`. A folder in which other dates tell the order is read in that order; standard "
        "input teaches nothing.",
    ),
    "weekday-conflict": Code("warning", "A date stands beside a weekday that it does not have.", "See the source."),
    "language-conflict": Code(
        "warning", "The text is in another language than its file says.", "What is stated stands; see `show --explain`."
    ),
    "language-unusable": Code("warning", "A stated language is not a known one.", "The value is kept in `extra`."),
    "duplicate-field": Code(
        "warning", "A field is stated twice.", "The first is used, the others are kept in `extra`."
    ),
    "suspicious-text": Code("warning", "The text does not look like prose.", "Check that this is an article."),
    "separator-suspect": Code(
        "warning", "A line that looks like a separator was read as text.", "If it separates: `--split`."
    ),
    "outside-record": Code(
        "warning", "Text stands outside any record.", "Name the format, or split it with `--split`."
    ),
    "path-no-match": Code("warning", "The path does not fit `--from-path`.", "Correct the pattern, or leave it out."),
    # Worth knowing, nothing to do.
    "column-of-bytes": Code("notice", "A column of bytes is not read.", "Nothing to do."),
    "empty-record": Code("notice", "Nothing stands between two separators.", "Nothing to do."),
    "duplicate-text": Code("notice", "The same record was already read.", "It is counted as known and given once."),
    "very-short": Code("notice", "The text is shorter than five words.", "Check that this is an article."),
    "mojibake-repaired": Code(
        "notice", "Text decoded with the wrong encoding was repaired.", "Compare with `show --raw`."
    ),
    "control-removed": Code("notice", "Control characters were taken out of the text.", "Compare with `show --raw`."),
    "surrogate-replaced": Code("notice", "Half a surrogate pair became U+FFFD.", "Correct the program that wrote it."),
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a source or a record, at the place where it was made.

    `record` and `line` count from 1, `byte` from 0; None where the finding has no such place. Lines end at LF
    (or at CR in a file without LF).
    """

    code: str
    message: str
    source: str = ""
    record: int | None = None
    line: int | None = None
    byte: int | None = None
    override: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How grave the finding is: that of its code, unless the place where it was made knows better."""
        return self.override or CODES[self.code].severity

    def to_dict(self) -> dict[str, object]:
        """The finding as it stands in a receipt."""
        return {
            "code": self.code,
            "severity": self.severity,
            "record": self.record,
            "line": self.line,
            "byte": self.byte,
            "message": self.message,
        }


class CorpusToolError(Exception):
    """A trouble that stops the command: what happened, the code to end with, and what to do next."""

    def __init__(self, message: str, code: ExitCode = ExitCode.FAILED, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.hint = hint


class UsageError(CorpusToolError):
    """The command was not asked in a way that it understands (exit code 2)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, ExitCode.USAGE, hint)


class MissingExtra(CorpusToolError):
    """An optional library is not installed; names the extra that brings it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional library", hint=f"pip install 'corpus-tool[{extra}]'")
