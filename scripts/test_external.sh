#!/usr/bin/env bash
# The smoke part of the tests (or whichever are named) on an ordinary PostgreSQL server, as Debian's package brings it,
# two at a time.
#
#   scripts/test_external.sh                      the smoke part: what leans on the database most
#   scripts/test_external.sh tests -m "not e2e"   everything but the browser journeys
#
# A throw-away cluster is made and removed. The newest PostgreSQL from 15 on is taken; POSTGRES_BIN names another.
set -euo pipefail
cd "$(dirname "$0")/.."

newest_bin() {
    local programs
    for programs in $(ls -d "${POSTGRES_ROOT:-/usr/lib/postgresql}"/*/bin 2>/dev/null | sort --version-sort --reverse); do
        local major
        major="$(basename "$(dirname "$programs")")"
        if [[ "$major" =~ ^[0-9]+$ ]] && [ "$major" -ge 15 ] && [ -x "$programs/initdb" ]; then
            echo "$programs"
            return
        fi
    done
}

bin="${POSTGRES_BIN:-$(newest_bin)}"
if [ ! -x "$bin/initdb" ]; then
    if [ -n "${POSTGRES_BIN:-}" ]; then
        echo "POSTGRES_BIN is $POSTGRES_BIN, where there is no initdb." >&2
        exit 1
    fi
    if [ "${CI:-}" = true ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "PostgreSQL 15 or newer should have been installed for these tests, and is not." >&2
        exit 1
    fi
    echo "No PostgreSQL from 15 on is installed; the tests on an ordinary server are skipped."
    exit 0
fi

folder="$(mktemp -d -t mycelia-postgres-XXXXXX)"
as_server() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as_server() { (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@"); }
fi
finish() {
    as_server "$bin/pg_ctl" stop --pgdata="$folder/data" --mode=immediate --silent || true
    rm -rf "$folder"
}
trap finish EXIT

as_server "$bin/initdb" --pgdata="$folder/data" --username=mycelia --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as_server "$bin/pg_ctl" start --wait --silent --pgdata="$folder/data" --log="$folder/server.log" \
    --options="-c listen_addresses='' -c unix_socket_directories=$folder -c fsync=off"

export DATABASE_URL="postgresql://mycelia@/postgres?host=$folder"
export MYCELIA_HOME="${MYCELIA_TEST_HOME:-$PWD/var/tests}"
source scripts/bytecode.sh
if [ $# -eq 0 ]; then set -- tests/audit tests/people tests/records tests/kernel/test_events.py tests/kernel/test_tasks.py; fi
echo "Testing on $("$bin/postgres" --version) ..."
python -m pytest -n 2 --dist loadgroup -q -p no:cacheprovider "$@"
