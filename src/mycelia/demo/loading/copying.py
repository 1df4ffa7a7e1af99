"""Rows by the hundred thousand: PostgreSQL's COPY, checked against the models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import connection
from psycopg import sql


def copy_rows(model_label: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Store rows with COPY in the running transaction and return how many there were.

    Args:
        model_label: Such as "learning.Enrolment".
        columns: Column names, each a field of the model; what is left out takes the database's default.
        rows: Values in the order of `columns`; JSON as text.

    Raises:
        LookupError: The model has no such column.
    """
    options = apps.get_model(model_label)._meta
    known = {field.column for field in options.concrete_fields}
    if unknown := set(columns) - known:
        raise LookupError(f"{model_label} has no column {', '.join(sorted(unknown))}")
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(options.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement.as_string(None)) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def reserve_keys(model_label: str, count: int) -> list[int]:
    """Return that many primary keys, taken from the table's own sequence."""
    table = apps.get_model(model_label)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [key for (key,) in cursor.fetchall()]


def analyse(*model_labels: str) -> None:
    """Tell the planner what the tables now hold."""
    with connection.cursor() as cursor:
        for label in model_labels:
            table = sql.Identifier(apps.get_model(label)._meta.db_table)
            cursor.execute(sql.SQL("ANALYZE {}").format(table).as_string(None))
