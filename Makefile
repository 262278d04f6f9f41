# Plain words for the everyday jobs. Everything installs into .venv beside this file.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check format bench counts faults clean

run: .venv/ready                ## install and run the main job on the example articles
	@$(BIN)/chargesheet run examples -o runs/examples.jsonl --new-run
	@$(BIN)/chargesheet show examples

test: .venv/ready-dev           ## install what the tests need and run them all
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
	@$(BIN)/python -m pytest

check: .venv/ready-dev          ## style, types and import contracts only
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

format: .venv/ready-dev         ## put the code in its one format
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: .venv/ready-dev          ## the speed of `small` beside stock spaCy; SPACY_MODEL and DATA say where both lie
	@$(BIN)/python -m extract.cli bench speed --data $(DATA) --spacy-model $(SPACY_MODEL)

counts: .venv/ready             ## count the labels for the data sheet, describe gold for catalogues
	@$(BIN)/chargesheet label statistics corpus/train corpus/dev eval/gold > corpus/COUNTS.md
	@$(BIN)/chargesheet label croissant eval/gold > eval/croissant.json

faults: .venv/ready-dev         ## forty bad inputs and faults, a line each: does what must happen happen?
	@$(BIN)/python -m tests.faults

clean:                          ## remove what make built
	rm -rf .venv runs .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/ready: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@mkdir -p runs && touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
