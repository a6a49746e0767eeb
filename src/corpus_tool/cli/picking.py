"""Which articles are meant: sources and ids in a row of arguments; an article by its id or name, or its start."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.article import Article

MANY = 10
"""So many articles that fit are listed."""


def sources_and_ids(arguments: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Leading arguments that exist are sources, the rest ids; UsageError where the first does not exist."""
    from corpus_tool.ingest.walk import exists

    count = next((n for n, argument in enumerate(arguments) if not exists(argument)), len(arguments))
    if not count:
        raise UsageError(
            f"{arguments[0]!r} does not exist",
            "name the sources first, then ids: `corpus-tool show press/ 4f1c`",
        )
    return arguments[:count], arguments[count:]


def pick(articles: Sequence[Article], wanted: str) -> Article:
    """The article that an id, a name or a unique prefix of one names; an exact one wins."""
    exact = [article for article in articles if wanted in (article.id, article.name)]
    found = exact or [a for a in articles if a.id.startswith(wanted) or a.name.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CorpusToolError(
            f"no article has an id or name that begins with {wanted!r}",
            hint="`corpus-tool list` shows the ids",
        )
    raise UsageError(f"{wanted!r} fits {len(found)} articles", _choices(found))


def only(articles: Sequence[Article], total: int | None = None) -> Article:
    """The only article of the sources; `total` where not all of them were looked up."""
    if len(articles) == 1:
        return articles[0]
    if not articles:
        raise CorpusToolError("there is no article in the sources", hint="`corpus-tool sniff` says what is in them")
    raise UsageError(f"there are {total or len(articles)} articles; name one", _choices(articles, total))


def _choices(articles: Sequence[Article], total: int | None = None) -> str:
    lines = [f"{a.id}  {a.name}  {a.title or ''}".rstrip() for a in articles[:MANY]]
    more = (total or len(articles)) - MANY
    return "\n".join(lines + ([f"… and {more:,} more"] if more > 0 else []))
