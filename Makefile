# Seenby: `make play` opens the game, `make test` passes the tests. Both set up what they need in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Workers of the tests: one more than there are cores, for when one of them waits. Each reads all the tests first.
WORKERS = $(shell $(BIN)/python -c 'import os; print(1 + (os.cpu_count() or 1))')

# What was read once is kept compiled: otherwise every worker of the tests reads all of them anew, half a minute of work.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: play test test-slow lint bench coverage wheel schema clean

play: $(VENV)/.play
	@$(BIN)/seenby $(ARGS)

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

test-slow: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 -m slow $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/engine tests/saves --cov --cov-report=term-missing:skip-covered

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks $(ARGS)

wheel: $(VENV)/.dev
	$(BIN)/python -m build --wheel

schema: $(VENV)/.dev
	$(BIN)/python -m engine.script.schema

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Seenby needs Python 3.11 or newer. Say which with: make PYTHON=python3.12 play"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.play: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[author]'
	$(BIN)/python -m compileall -q engine saves game
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(VENV)/.bench: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,bench]'
	@touch $@

clean:
	rm -rf $(VENV) dist build .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
