"""Lets tests empty and tamper with tables that refuse to be changed, and keeps what migrations put into tables.

Django empties every table after a `transaction=True` test. The audit log and others refuse that, and what migrations
have made (the catalogue, the studio's groups and its review) would be gone for all tests after. So the emptying runs
with ordinary triggers off, and then the rows that were there before the first test are put back. TRUNCATE makes new
files for every table and index, of which there are hundreds; here only tables that hold something are emptied.
Tests run as the database's superuser, who alone may switch triggers off with `session_replication_role`; an
installation whose application is no superuser cannot. Nothing of this is in the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations

_OFF, _ON = "SET session_replication_role = replica", "SET session_replication_role = origin"
_kept: dict[str, bytes] = {}


@contextmanager
def triggers_off() -> Iterator[None]:
    """Switch ordinary triggers off within the block, as someone with full power over the database could."""
    with connection.cursor() as cursor:
        cursor.execute(_OFF)
        try:
            yield
        finally:
            cursor.execute(_ON)


@pytest.fixture(autouse=True, scope="session")
def _flushable_tables() -> Iterator[None]:
    flush, create = DatabaseOperations.execute_sql_flush, DatabaseCreation.create_test_db

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        with transaction.atomic(), triggers_off():
            _empty()
            _put_back()

    def create_test_db(self: DatabaseCreation, *args: Any, **kwargs: Any) -> str:
        name = create(self, *args, **kwargs)
        _keep()
        return name

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
    DatabaseCreation.create_test_db = create_test_db  # type: ignore[method-assign]
    yield
    DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
    DatabaseCreation.create_test_db = create  # type: ignore[method-assign]


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def _keep() -> None:
    """Remember the rows of every table as they are before the first test."""
    _kept.clear()
    with connection.cursor() as cursor:
        for table in _tables():
            with cursor.cursor.copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as copy:
                rows = b"".join(bytes(part) for part in copy)
            if rows:
                _kept[table] = rows


def _empty() -> None:
    """Empty the tables when whoever still works on one is done, as TRUNCATE does."""
    tables = _tables()
    filled = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(filled)
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")


def _put_back() -> None:
    with connection.cursor() as cursor:
        for table, rows in _kept.items():
            with cursor.cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(rows)
