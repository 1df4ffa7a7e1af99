"""Until when everything that was stored can be read."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from mycelia.kernel import clock

_OLDEST_UNDER_WAY = """
    SELECT min(xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
      AND backend_type = 'client backend'
"""


def consistent_through() -> datetime:
    """Return a moment up to which every statement stored can be read: now, or when the oldest write under way began.

    References:
        xAPI 1.0.3 Part Three 2.1.3, X-Experience-API-Consistent-Through.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST_UNDER_WAY)
        oldest: datetime | None = cursor.fetchone()[0]
    return now if oldest is None else min(now, oldest)
