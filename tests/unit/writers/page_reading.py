"""Reading a page of two articles back: its elements, and the texts that it shows."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = frozenset(("meta",))
_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|r)")


class Page(HTMLParser):
    """A page as a browser has it: start tags with attributes, and all text by the place it stands in.

    `texts` has what the articles say, without heads, numbers and signs; characters that are spelled out are again what
    they were. AssertionError where elements are not nested.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts = {"left": "", "right": ""}
        self.titles: list[str] = []
        self.others: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, and that it is open."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        """The element that was opened last."""
        assert self._open.pop()[0] == tag

    def handle_decl(self, decl: str) -> None:
        """There is but one declaration."""
        assert decl == "DOCTYPE html"

    def handle_comment(self, data: str) -> None:
        """There are no comments."""
        raise AssertionError(data)

    handle_pi = unknown_decl = handle_comment

    def handle_data(self, data: str) -> None:
        """Put text where it belongs."""
        classes = [name for _, name in self._open]
        tags = [tag for tag, _ in self._open]
        if self._open and self._open[-1] == ("span", "control"):
            data = _ESCAPE.sub(lambda match: match[0].encode().decode("unicode_escape"), data)
        inside = any(name.startswith("cell") and "head" not in name for name in classes)
        if inside and not {"number", "sign"} & set(classes):
            self.texts[next(name for name in classes if name in self.texts)] += data
        elif "h2" in tags and "bdi" in tags:
            self.titles.append(data)
        else:
            self.others.append(data)

    def attributes(self, name: str) -> list[str]:
        """All values of an attribute, in order."""
        return [value or "" for _, attrs in self.tags for key, value in attrs.items() if key == name]
