"""The command line: flags to options, results to a terminal or a pipe."""
