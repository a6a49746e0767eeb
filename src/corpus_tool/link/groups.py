"""Groups of what hangs together by pairs, the same for any order of the pairs."""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Names joined by pairs; a group has the name of its smallest member (union-find: R. Tarjan, 1975)."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._above: dict[str, str] = {}
        for one, other in pairs:
            self.join(one, other)

    def join(self, one: str, other: str) -> None:
        """Make the groups of two names one."""
        first, second = sorted((self.of(one), self.of(other)))
        if first != second:
            self._above[second] = first

    def of(self, name: str) -> str:
        """The smallest name of the group; a name that was never joined is its own.

        >>> groups = Groups([("c", "b"), ("b", "a")])
        >>> groups.of("c"), groups.of("z")
        ('a', 'z')
        """
        above = self._above
        top = name
        while top in above:
            top = above[top]
        while name != top:
            above[name], name = top, above[name]
        return top

    def members(self) -> dict[str, list[str]]:
        """The sorted members of each group of two or more, under its name, sorted."""
        found: dict[str, list[str]] = {}
        for name in sorted(self._above):
            found.setdefault(self.of(name), []).append(name)
        return {name: [name, *found[name]] for name in sorted(found)}
