#!/usr/bin/env bash
# The test-suite: everything but the browser journeys in parallel, then those one after the other.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/steps.sh
source scripts/bytecode.sh
export MYCELIA_HOME="${MYCELIA_TEST_HOME:-$PWD/var/tests}"

step "tests"
python -m pytest -n 2 --dist loadgroup -m "not e2e" -q "$@"
step "browser journeys"
python -m pytest -m e2e -q "$@"
