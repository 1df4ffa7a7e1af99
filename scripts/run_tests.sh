#!/usr/bin/env bash
# The test-suite: everything but the browser journeys in parallel, then those one after the other.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONDONTWRITEBYTECODE=1
export MYCELIA_HOME="${MYCELIA_TEST_HOME:-$PWD/var/tests}"
python -m pytest -n 2 --dist loadgroup -m "not e2e" -q "$@"
python -m pytest -m e2e -q "$@"
