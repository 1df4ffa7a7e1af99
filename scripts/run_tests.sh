#!/usr/bin/env bash
# The test-suite, two tests at a time: first everything but the browser journeys, then those on the same databases.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/steps.sh
source scripts/bytecode.sh
export MYCELIA_HOME="${MYCELIA_TEST_HOME:-$PWD/var/tests}"

step "tests"
python -m pytest -n 2 --dist loadgroup -m "not e2e" -q --create-db --reuse-db "$@"
step "browser journeys"
python -m pytest -n 2 --dist loadgroup -m e2e -q --reuse-db "$@"
