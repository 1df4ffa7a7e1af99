SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help

##@ Run
demo: setup ## Set everything up and serve the demo company on http://localhost:8000
	@$(BIN)/mycelia demo
serve: setup ## Serve your own company (embedded PostgreSQL unless DATABASE_URL is set)
	@$(BIN)/mycelia migrate --verbosity 0
	@$(BIN)/mycelia serve

##@ Build
setup: $(VENV)/.python-ready node_modules/.ready build/static/staticfiles.json ## Install what is locked, collect the static files

$(VENV)/bin/python:
	@$(PYTHON) scripts/require_python.py
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.python-ready: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing the Python packages ..."
	@$(BIN)/python scripts/install_python.py
	@touch $@

node_modules/.ready: package.json package-lock.json | $(VENV)/.python-ready
	@echo "Installing the front-end packages ..."
	@$(BIN)/python scripts/install_node_packages.py
	@touch $@

build/static/staticfiles.json: node_modules/.ready $(shell find src -path '*/static/*' -type f 2>/dev/null)
	@echo "Collecting the static files ..."
	@$(BIN)/mycelia collectstatic --noinput --verbosity 0
	@touch $@

lock: ## Renew the lock files after changing pyproject.toml or package.json
	@$(BIN)/python scripts/lock.py

clean: ## Remove everything that was built or installed (the data folder stays)
	rm -rf $(VENV) node_modules build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

##@ Check
test: setup ## Run the tests
	@scripts/run_tests.sh
test-external: setup ## Run the part of the tests that proves an ordinary PostgreSQL 15 (skips where none is installed)
	@scripts/test_external.sh
check: setup ## Run everything CI runs: lint, format, types, architecture, migrations, tests
	@scripts/check.sh
fix: setup ## Repair what linters can repair
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
bench: setup ## Measure speed on the large company; prints JSON lines
	@$(BIN)/python -m benchmarks

help: ## Show this list
	@awk 'BEGIN {FS = ":.*##"; printf "make <target>\n"} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*##/ {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo serve setup lock clean test test-external check fix bench help
