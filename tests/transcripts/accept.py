"""Rewrite the transcript pages with what the commands print now: `make accept`, then read the diff."""

from __future__ import annotations

from tests.transcripts.harness import PAGES, pages, true_page


def main() -> None:
    """Rewrite every page that is not true, and name it."""
    for path in pages():
        page = path.read_text(encoding="utf-8")
        made = true_page(page)
        if made != page:
            path.write_text(made, encoding="utf-8")
            print(path.relative_to(PAGES))


if __name__ == "__main__":
    main()
