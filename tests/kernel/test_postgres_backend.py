"""Django on the embedded cluster: started by the first query, repaired by the next one after a crash."""

from __future__ import annotations

from pathlib import Path

from tests.kernel.clusters import run

DJANGO = """
import signal, django
from django.db import OperationalError, connection
settings.DATABASES = {"default": database_settings(None, home)}
django.setup()
def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None
def next_request():
    connection.health_check_done = False
    connection.close_if_unusable_or_obsolete()
def kill_postmaster():
    os.kill(cluster_status(home).pid, signal.SIGKILL)
    while cluster_status(home).state != "stopped":
        time.sleep(0.02)
"""
IMPORT = "from mycelia.kernel.postgres.api import database_settings\n"


def run_django(code: str, home: Path) -> list[str]:
    return run(IMPORT + DJANGO + code, home).split()


def test_setup_alone_starts_no_cluster(home: Path) -> None:
    assert run_django("print(cluster_status(home).state)", home) == ["absent"]


def test_first_query_starts_the_cluster(home: Path) -> None:
    assert run_django("print(ask('SELECT 1'), cluster_status(home).state)", home) == ["1", "running"]


def test_request_after_the_postmaster_was_killed_is_answered(home: Path) -> None:
    code = """
ask("CREATE TABLE kept AS SELECT 7 AS n")
kill_postmaster()
next_request()
print(ask("SELECT n FROM kept"))
"""
    assert run_django(code, home) == ["7"]


def test_query_on_a_connection_that_died_fails_once_and_then_works(home: Path) -> None:
    code = """
ask("SELECT 1")
kill_postmaster()
try:
    ask("SELECT 1")
except OperationalError as error:
    print(type(error).__name__)
next_request()
print(ask("SELECT 1"))
"""
    assert run_django(code, home) == ["OperationalError", "1"]


COUNT_CHECKS = """
from django.db.backends.postgresql import base
checks, check = [], base.DatabaseWrapper.is_usable
base.DatabaseWrapper.is_usable = lambda wrapper: checks.append(1) or check(wrapper)
"""


def test_connection_that_is_busy_is_not_asked_before_every_request(home: Path) -> None:
    code = f"""
{COUNT_CHECKS}
for _ in range(5):
    next_request()
    ask("SELECT 1")
print(len(checks))
import mycelia.kernel.postgres.backend.base as own
own.TRUSTED_SECONDS = 0
next_request()
ask("SELECT 1")
print(len(checks))
"""
    assert run_django(code, home) == ["1", "2"]


def test_busy_connection_that_the_server_ended_is_replaced_before_the_next_query(home: Path) -> None:
    code = f"""
{COUNT_CHECKS}
ask("SELECT 1")
next_request()
first = ask("SELECT pg_backend_pid()")
from django.db import connections
second = connections.create_connection("default")
with second.cursor() as cursor:
    cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
checks.clear()
next_request()
print(ask("SELECT pg_backend_pid()") != first, len(checks))
"""
    assert run_django(code, home) == ["True", "1"]
