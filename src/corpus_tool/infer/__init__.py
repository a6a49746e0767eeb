"""From a raw record to an article: every guess with its method, its confidence and the text it came from."""
