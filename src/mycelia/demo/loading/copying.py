"""Rows by the thousand: unsaved model instances through PostgreSQL's COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.db import connection
from django.db.models import Model
from psycopg import sql


def copy_objects(model_label: str, objects: Iterable[Model]) -> int:
    """Store unsaved instances with COPY in the running transaction and return how many there were.

    Args:
        model_label: Whose table, such as "content.Lesson"; with inherited tables one call for each.
        objects: Instances of the model or of a model that inherits from it. A primary key that is None is left to
            the database.
    """
    options = apps.get_model(model_label)._meta
    rows = list(objects)
    fields = [field for field in options.local_concrete_fields if not (field.primary_key and _lack_key(rows))]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(options.db_table), sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    )
    with connection.cursor() as cursor, cursor.copy(statement.as_string(None)) as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
    return len(rows)


def reserve_keys(model_label: str, count: int) -> list[int]:
    """Return that many primary keys, taken from the table's own sequence."""
    table = apps.get_model(model_label)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [key for (key,) in cursor.fetchall()]


def analyse() -> None:
    """Tell the planner what the tables now hold."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _lack_key(rows: Sequence[Model]) -> bool:
    return any(row.pk is None for row in rows)
