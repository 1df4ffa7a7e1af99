"""Removing whole months of statements that have become too old."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require
from mycelia.records.actions.partitions import forget_month
from mycelia.records.errors import RetentionRefused
from mycelia.records.models import RetentionRule
from mycelia.records.permissions import RuleOverRetention
from mycelia.records.queries.retention import expired_months, retention_months

MOST_MONTHS = 1200
_LOCK_SECONDS = 10


@transaction.atomic
def set_retention(*, actor: Actor, months: int | None) -> None:
    """Rule how many whole months statements are kept after the one they were stored in; None keeps them for ever.

    Raises:
        PermissionDenied: The actor may not.
        RetentionRefused: The number is none from 1 to 1200.
    """
    require(actor, RuleOverRetention())
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise RetentionRefused
    before = retention_months()
    RetentionRule.objects.all().delete()
    if months is not None:
        RetentionRule.objects.create(months=months)
    if months != before:
        _log(actor, "records.retention.rule", "rule", {"before": before, "months": months})


def apply_retention(*, actor: Actor) -> dict[str, int]:
    """Remove the months that the rule lets go, each in a transaction of its own, and return their statement counts.

    Their identifiers stay taken, and what their voiding statements voided stays voided.

    Raises:
        PermissionDenied: The actor may not.
        django.db.OperationalError: A month is in use for more than ten seconds; those before it are gone.
    """
    require(actor, RuleOverRetention())
    return {f"{month:%Y-%m}": _remove_month(actor, month) for month in expired_months(clock.now())}


@transaction.atomic
def _remove_month(actor: Actor, month: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{_LOCK_SECONDS}s"])
        cursor.execute(f"SELECT count(*) FROM records_statement_{month:%Y_%m}")  # noqa: S608
        (count,) = cursor.fetchone()
        cursor.execute("SELECT unnest(records_detach_partition(%s))", [month])
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(f"DROP TABLE {', '.join(tables)}")
        for table in ("records_statementreference", "records_statementattachment"):
            cursor.execute(
                f"DELETE FROM {table} WHERE stored >= %s AND stored < %s + interval '1 month'",  # noqa: S608
                [month, month],
            )
    forget_month(month)
    _log(actor, "records.retention.remove", f"{month:%Y-%m}", {"statements": count, "tables": tables})
    return int(count)


def _log(actor: Actor, action: str, object_id: str, details: dict[str, object]) -> None:
    audit.record(actor=actor, action=action, object_type="records.RetentionRule", object_id=object_id, details=details)
