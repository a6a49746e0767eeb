"""Fields from paths: `{outlet}/{date}_{title}.txt`."""

from __future__ import annotations

import re

from corpus_tool.errors import UsageError
from corpus_tool.model.fields import field_of, fold_label
from corpus_tool.model.record import Stated
from corpus_tool.patterns import lazy

_PLACEHOLDER = lazy(r"\{(\w+)\}")
_FIELDS = ("title", "date", "date_modified", "language", "authors", "outlet", "section", "url")


class PathPattern:
    """A pattern whose placeholders are fields (`{date}`), `{_}` for a part to skip; the rest is literal.

    It is matched against the end of a path, at a folder's border; a placeholder does not span folders.

    >>> PathPattern("{outlet}/{date}_{title}.txt").read("a/De Krant/2018-06_kop.txt")["outlet"].value
    'De Krant'
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        names = _PLACEHOLDER.findall(pattern)
        unknown = [name for name in names if name != "_" and _field(name) is None]
        if not names or unknown:
            what = f"{{{unknown[0]}}} is no field" if unknown else "there is no {field} in it"
            raise UsageError(
                f"--from-path {pattern!r}: {what}",
                f"the fields are: {', '.join(_FIELDS)}; {{_}} skips a part",
            )
        fields = [_field(name) for name in names if name != "_"]
        doubled = [field for field in fields if fields.count(field) > 1]
        if doubled:
            raise UsageError(f"--from-path {pattern!r}: {doubled[0]} stands twice")
        self._regex = re.compile(
            r"(?:^|/)" + "".join(_part(part, names) for part in re.split(r"(\{\w+\})", pattern)) + r"\Z"
        )

    def read(self, path: str) -> dict[str, Stated] | None:
        """The fields of a path, with their places in it; None where it does not fit."""
        match = self._regex.search(path)
        if match is None:
            return None
        found: dict[str, Stated] = {}
        for name, value in match.groupdict().items():
            start, end = match.span(name)
            shown = value.replace("_", " ") if name == "title" else value
            found[_field(name) or name] = Stated(shown, value, "name", start, end, "from-path")
        return found


def _field(name: str) -> str | None:
    field = field_of(fold_label(name))
    return field if field in _FIELDS else None


def _part(part: str, names: list[str]) -> str:
    match = _PLACEHOLDER.fullmatch(part)
    if match is None:
        return re.escape(part)
    if match[1] == "_":
        return "[^/]+?"
    last = names and match[1] == names[-1]
    return f"(?P<{match[1]}>[^/]+{'' if last else '?'})"
