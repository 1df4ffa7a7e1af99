#!/usr/bin/env bash
# Everything CI runs, in the order in which a mistake shows soonest.
set -euo pipefail
cd "$(dirname "$0")/.."
step() { printf '\n== %s\n' "$1"; }

step "lint and format";        ruff check . && ruff format --check .
step "templates";              djlint src --lint --quiet
step "layers";                 lint-imports
step "types";                  mypy
step "migrations";             mycelia makemigrations --check --dry-run
step "tests";                  scripts/run_tests.sh
step "ordinary PostgreSQL";    scripts/test_external.sh
