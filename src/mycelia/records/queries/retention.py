"""What the retention rule says, and which months it lets go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from mycelia.records.models import RetentionRule

_PARTITION = re.compile(r"records_statement_(\d{4})_(\d\d)")
COUNTED_TO = 100_000
_PARTS = """
    SELECT c.relname, greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid)
        + coalesce(pg_total_relation_size(to_regclass(replace(c.relname, '_statement_', '_statementagent_'))), 0)
        + coalesce(pg_total_relation_size(to_regclass(replace(c.relname, '_statement_', '_statementactivity_'))), 0)
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'records_statement'::regclass
"""


@dataclass(frozen=True, slots=True)
class StoredMonth:
    """A month that has a partition.

    Args:
        begin: Its first moment, UTC.
        statements: How many it holds.
        is_exact: Whether they were counted; beyond a hundred thousand the database's estimate stands.
        size_bytes: On disk, with what statements are found by.
    """

    begin: datetime
    statements: int
    is_exact: bool
    size_bytes: int

    @property
    def end(self) -> datetime:
        """Return the first moment after it."""
        return self.begin.replace(year=self.begin.year + self.begin.month // 12, month=self.begin.month % 12 + 1)


def retention_months() -> int | None:
    """Return how many whole months statements are kept; None is for ever."""
    return RetentionRule.objects.values_list("months", flat=True).first()


def expired_months(now: datetime) -> list[datetime]:
    """Return the beginnings of the stored months that are over the rule's age, oldest first."""
    months = retention_months()
    return [at for at in stored_months() if months is not None and is_over(at, months=months, now=now)]


def is_over(begin: datetime, *, months: int, now: datetime) -> bool:
    """Return whether a month is older than so many whole months."""
    return (now.year * 12 + now.month) - (begin.year * 12 + begin.month) > months


def stored_month_sizes() -> list[StoredMonth]:
    """Return the months that have a partition, oldest first, with how much is in each."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS)
        parts = [(one, *rest) for name, *rest in cursor.fetchall() if (one := _PARTITION.fullmatch(name))]
    counts = _counts([one[0] for one, *_ in parts])
    found = [_month(one, counts[one[0]], estimate, size) for one, estimate, size in parts]
    return sorted(found, key=lambda one: one.begin)


def _month(name: re.Match[str], counted: int, estimate: int, size_bytes: int) -> StoredMonth:
    begin = datetime(int(name[1]), int(name[2]), 1, tzinfo=UTC)
    is_exact = counted <= COUNTED_TO
    return StoredMonth(begin, counted if is_exact else max(counted, estimate), is_exact, size_bytes)


def _counts(tables: Sequence[str]) -> dict[str, int]:
    """Return how many statements each partition holds, counted to one more than is counted."""
    if not tables:
        return {}
    each = (f"SELECT '{name}', (SELECT count(*) FROM (SELECT FROM {name} LIMIT %(most)s) p)" for name in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each), {"most": COUNTED_TO + 1})
        return dict(cursor.fetchall())


def stored_months() -> list[datetime]:
    """Return the beginnings of the months that have a partition, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = 'records_statement'::regclass"
        )
        found = [_PARTITION.fullmatch(name) for (name,) in cursor.fetchall()]
    return sorted(datetime(int(one[1]), int(one[2]), 1, tzinfo=UTC) for one in found if one)
