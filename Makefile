# Each target is one readable line. The first use of any of them sets up .venv; nothing else is needed
# than Python 3.11+ with venv, and make.
PYTHON ?= python3
BIN := .venv/bin

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/python -m compileall -q src
	touch $@

.PHONY: demo test lint check bench fuzz torture accept docs coverage
demo: .venv/ready       ## set up and list the sample corpus
	$(BIN)/corpus-tool list seeds/

test: .venv/ready       ## set up and run every test
	$(BIN)/python -m pytest

lint: .venv/ready       ## format, lint, types, imports, generated docs
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/python docs/generate.py --check

check: lint test        ## everything that must pass before a change lands

coverage: .venv/ready   ## run the tests and report how much of src they reach
	$(BIN)/coverage run -m pytest && $(BIN)/coverage report --skip-covered

bench: .venv/ready     ## measure start-up and throughput as ratios in one run; DATA=FOLDER for other articles
	$(BIN)/python benchmarks/run.py $(DATA)

fuzz: .venv/ready     ## 200,000 texts for the laws, then mutated files for an hour or FUZZ_EXAMPLES
	$(BIN)/python benchmarks/fuzz_laws.py && $(BIN)/python benchmarks/fuzz.py

torture: .venv/ready   ## kill, fail and starve commands that write a corpus file, for half an hour; see docs/reliability.md
	$(BIN)/python benchmarks/torture.py

accept: .venv/ready     ## rewrite the transcripts with what the commands print now; read the diff
	$(BIN)/python -m tests.transcripts.accept

docs: .venv/ready       ## rewrite the generated pages of docs/
	$(BIN)/python docs/generate.py
