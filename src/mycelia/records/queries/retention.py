"""What the retention rule says, and which months it lets go."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from django.db import connection

from mycelia.records.models import RetentionRule

_PARTITION = re.compile(r"records_statement_(\d{4})_(\d\d)")


def retention_months() -> int | None:
    """Return how many whole months statements are kept; None is for ever."""
    return RetentionRule.objects.values_list("months", flat=True).first()


def expired_months(now: datetime) -> list[datetime]:
    """Return the beginnings of the stored months that are over the rule's age, oldest first."""
    months = retention_months()
    if months is None:
        return []
    current = now.year * 12 + now.month - 1
    return [at for at in stored_months() if current - (at.year * 12 + at.month - 1) > months]


def stored_months() -> list[datetime]:
    """Return the beginnings of the months that have a partition, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = 'records_statement'::regclass"
        )
        found = [_PARTITION.fullmatch(name) for (name,) in cursor.fetchall()]
    return sorted(datetime(int(one[1]), int(one[2]), 1, tzinfo=UTC) for one in found if one)
