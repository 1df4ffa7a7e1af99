"""Lets tests empty and tamper with tables that refuse to be changed.

Django empties every table after a `transaction=True` test; the audit log refuses TRUNCATE. Tests run as the
database's superuser, who alone may switch ordinary triggers off with `session_replication_role`; an installation
whose application is no superuser cannot. Nothing of this is in the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations


@contextmanager
def triggers_off() -> Iterator[None]:
    """Switch ordinary triggers off within the block, as someone with full power over the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let `transaction=True` tests leave the database as the migrations made it: flushed, then filled again."""
    original = DatabaseOperations.execute_sql_flush
    with django_db_blocker.unblock():
        migrated = _rows_of_all_tables()

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        original(self, ["SET LOCAL session_replication_role = replica", *sql_list])
        _put_back(migrated)

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
    yield
    DatabaseOperations.execute_sql_flush = original  # type: ignore[method-assign]


def _rows_of_all_tables() -> dict[str, bytes]:
    """Return the rows the migrations wrote, by table, in COPY's text format."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name != "django_migrations"]
        found = {}
        for table in tables:
            with cursor.copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as copy:
                found[table] = b"".join(copy)
    return {table: rows for table, rows in found.items() if rows}


def _put_back(rows: dict[str, bytes]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, content in rows.items():
            cursor.execute(f"DELETE FROM {table}")
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(content)
