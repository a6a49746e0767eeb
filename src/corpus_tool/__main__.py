"""`python -m corpus_tool` is the `corpus-tool` command."""

from corpus_tool.cli.main import main

if __name__ == "__main__":
    main()
