"""Until when everything that was stored can be read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from mycelia.kernel import clock

READING_IS_CERTAIN_AFTER_SECONDS = 60
LATE_MILLISECONDS = 500
"""How long before the beginning of its transaction a statement may say it was stored (`actions.express`)."""

_OLDEST_UNDER_WAY = f"""
    SELECT min(xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
      AND (backend_xid IS NOT NULL
           OR xact_start > clock_timestamp() - interval '{READING_IS_CERTAIN_AFTER_SECONDS} seconds')
"""  # noqa: S608


def consistent_through() -> datetime:
    """Return a moment up to which every statement stored can be read, now and later.

    Half a second ago, or that long before the oldest write under way began: a statement is never stored longer than
    that before its transaction begins. A transaction that has written nothing for a minute only reads. The clocks of
    machines that write must agree with the database's, as NTP keeps them.

    References:
        xAPI 1.0.3 Part Three 2.1.3, X-Experience-API-Consistent-Through.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST_UNDER_WAY)
        oldest: datetime | None = cursor.fetchone()[0]
    return min(now, oldest or now) - timedelta(milliseconds=LATE_MILLISECONDS, microseconds=1)
