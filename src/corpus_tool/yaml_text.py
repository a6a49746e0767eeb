from corpus_tool.readers.yaml_text import YamlProblem, load_yaml  # noqa: F401, D100
