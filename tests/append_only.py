"""Lets tests empty and tamper with tables that refuse to be changed.

Django empties every table after a `transaction=True` test; the audit log refuses TRUNCATE. Tests run as the
database's superuser, who alone may switch ordinary triggers off with `session_replication_role`; an installation
whose application is no superuser cannot. Nothing of this is in the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
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


@pytest.fixture(autouse=True, scope="session")
def _flushable_tables() -> Iterator[None]:
    original = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        original(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
    yield
    DatabaseOperations.execute_sql_flush = original  # type: ignore[method-assign]
