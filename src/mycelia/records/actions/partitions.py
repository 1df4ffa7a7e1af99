"""Making partitions before they are needed."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from mycelia.kernel import clock

MONTHS_AHEAD = 3
_known: set[tuple[int, int]] = set()


def ensure_partition(moment: datetime) -> None:
    """Make the partition a statement stored at this moment goes to, unless it is there."""
    month = (moment.year, moment.month)
    if month in _known:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_make_partition(%s)", [moment])
        made_now = cursor.fetchone()[0]
    if not made_now:
        transaction.on_commit(lambda: _known.add(month))


def make_partitions_ahead() -> int:
    """Make the partitions of this month and the next three; return how many were missing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE records_make_partition(%s + ahead * interval '1 month'))"
            " FROM generate_series(0, %s) AS ahead",
            [clock.now(), MONTHS_AHEAD],
        )
        return int(cursor.fetchone()[0])


def forget_month(moment: datetime) -> None:
    """Look again for the partition of a month before the next write to it."""
    _known.discard((moment.year, moment.month))


def detach_month(moment: datetime) -> list[str]:
    """Take a month out of the store and return its tables, which remain; its identifiers stay taken."""
    forget_month(moment)
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_detach_partition(%s)", [moment])
        return list(cursor.fetchone()[0])
