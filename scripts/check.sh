#!/usr/bin/env bash
# Everything CI runs, in the order in which a mistake shows soonest, and how long each step took.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/steps.sh
source scripts/bytecode.sh

step "lint and format";        ruff check . && ruff format --check .
step "templates";              djlint src --lint --quiet
step "layers";                 lint-imports
step "types";                  mypy
step "migrations";             mycelia makemigrations --check --dry-run
step "examples in docstrings"; python -m pytest -q src
end_step;                      scripts/run_tests.sh
step "ordinary PostgreSQL";    scripts/test_external.sh
