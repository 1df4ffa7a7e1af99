"""Whether what was read a moment ago still holds, for the price of one small query.

A scope names everything a page depends on, such as "person:17" or "courses". Triggers stamp the scope in the
transaction that changes one of its rows. A page rendered under a stamp is right as long as the stamp is the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from django.db import connection
from django.db.migrations import RunSQL

_SESSION = "(SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now())"
_STAMP = "(SELECT stamp FROM kernel_freshness WHERE scope = %s)"


@dataclass(frozen=True, slots=True)
class Freshness:
    """The stamps of some scopes at one moment; None for a scope nothing has touched yet."""

    scopes: tuple[str, ...]
    stamps: tuple[int | None, ...]


def current(*scopes: str) -> Freshness:
    """Return the stamps of the scopes; read them before the rows they vouch for."""
    return Freshness(scopes, read_with_session("", scopes)[1])


def read_with_session(session_key: str, scopes: tuple[str, ...]) -> tuple[str | None, tuple[int | None, ...]]:
    """Return the stored session, None when it has ended, and the stamps, in one query.

    The query goes to the driver itself: this is what a request costs that needs nothing else. A dead connection
    is therefore not renewed here; the ordinary way does that.

    Raises:
        psycopg.Error: The database did not answer.
    """
    connection.ensure_connection()
    cursor = psycopg.Cursor(connection.connection)
    embedded = "EMBEDDED_HOME" in connection.settings_dict
    query = f"SELECT {', '.join((_SESSION, *[_STAMP] * len(scopes)))}"
    row = cursor.execute(query, (session_key, *scopes), prepare=embedded).fetchone()  # type: ignore[arg-type]
    assert row is not None, "a query without FROM has one row"
    return row[0], tuple(row[1:])


def touch_on_change(table: str, prefix: str, subject: str = "''") -> RunSQL:
    """Return the migration operation that stamps a scope whenever a row of a table changes.

    Args:
        table: The table watched.
        prefix: Start of the scope, such as "person:".
        subject: SQL expression of the rest; `($1)` is the row, as in "($1).learner_id". NULL stamps nothing.
    """
    name = f"touch_{prefix.strip(':')}_on_{table}"
    arguments = ", ".join(_literal(text) for text in (prefix, subject))
    create = (
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION kernel_touch({arguments})"
    )
    return RunSQL(create, f"DROP TRIGGER {name} ON {table}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
