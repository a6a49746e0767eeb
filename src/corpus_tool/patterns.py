"""Regular expressions compiled when they are first used.

There are over a hundred patterns, and a run on two files needs a dozen of them: compiling all at import would
take a fifth of the start-up.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Lazy:
    """A pattern that compiles itself at the first use; each method is then an attribute, found without a detour."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._source = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # copying and pickling ask for these before there is anything to ask
            raise AttributeError(name)
        value = getattr(re.compile(self._source, self._flags), name)
        self.__dict__[name] = value
        return value


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern to be used as a compiled one; a fault in it shows at the first use, not at import.

    >>> lazy("a+").findall("caat")
    ['aa']
    """
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))
