# Byline's commands, the same on a laptop and in CI. A machine needs Python 3.11 or newer, make and git, no more.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := samples/articles.jsonl
PORT ?= 8501

# The Python that makes .venv: yours (make run PYTHON=/path/to/python3), or the first of these that is new enough.
PYTHON ?=
PYTHONS := $(or $(PYTHON),python3.11 python3 python3.12 python3.13 python3.14)

# Written when an installation is whole. Nothing is installed again until one of the two files it hangs on changes.
READY_TO_RUN := $(VENV)/ready-to-run
READY_TO_DEVELOP := $(VENV)/ready-to-develop

# Where it is set, every process that a test starts would compile Byline anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run setup test gate check format clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY_TO_RUN) ## start the web app (PORT=8501), after setting up and ingesting the sample if there is no corpus
	@# The mark stands while the sample is going in: an ingest that was interrupted is finished by the next `make run`.
	@corpus="$${BYLINE_CORPUS:-corpus}"; mark="$$corpus/sample-unfinished"; \
	if [ ! -e "$$corpus/byline.sqlite3" ] || [ -e "$$mark" ]; then \
		mkdir -p "$$corpus" && touch "$$mark" && $(BIN)/byline ingest $(SAMPLE) && rm "$$mark"; \
	fi
	@exec $(BIN)/byline serve --port $(PORT)

setup: $(READY_TO_DEVELOP) ## make .venv and install what run, test and check need

test: $(READY_TO_DEVELOP) ## run all tests
	@# Two processes of one thread each: threads of one that wait for a core of the other's take several times as long.
	@# The files go to them in the order that tests/conftest.py puts them in, not those of the most tests first.
	@OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder

gate: $(READY_TO_DEVELOP) ## fail when the sample's figures fall below the kept ones (RAISE=1 or LOWER=1 keeps the new)
	@$(BIN)/python -m tests.quality.gate $(if $(LOWER),--lower) $(if $(RAISE),--raise)

check: $(READY_TO_DEVELOP) ## format, lint, types, import contracts
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy --num-workers=auto
	@$(BIN)/lint-imports

format: $(READY_TO_DEVELOP) ## put the code in the form that check asks for
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

clean: ## remove .venv and the tools' caches; a corpus is left alone
	rm -rf $(VENV) dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

$(READY_TO_RUN): pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing what Byline needs. The first time this takes a few minutes, most of it download."
	@$(BIN)/python scripts/install.py 'pip>=25.1'
	@$(BIN)/python scripts/install.py --editable .
	@touch $@

$(READY_TO_DEVELOP): $(READY_TO_RUN)
	@echo "Installing what its tests and checks need."
	@$(BIN)/python scripts/install.py --editable . --group dev
	@touch $@

$(BIN)/pip:
	@for python in $(PYTHONS); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || continue; \
		echo "Making $(VENV) with $$("$$python" --version)."; \
		"$$python" -m venv $(VENV) && exit 0; \
		echo "This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt-get install python3-venv." >&2; \
		exit 1; \
	done; \
	echo "Byline needs Python 3.11 or newer, and none of these is one: $(PYTHONS)." >&2; \
	echo "Install it (Debian and Ubuntu: sudo apt-get install python3 python3-venv; macOS: brew install python@3.11;" >&2; \
	echo "else https://www.python.org/downloads/), or say where it is: make run PYTHON=/path/to/python3." >&2; \
	exit 1
