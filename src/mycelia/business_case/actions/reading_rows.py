"""Readings of KPIs put in place of others, forwards and back."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mycelia.business_case.errors import ItemMovedOn
from mycelia.business_case.models import Case, Kpi, KpiReading
from mycelia.business_case.types import Reading, ReadingChange


def change_to(kpi: Kpi, readings: Iterable[Reading]) -> ReadingChange:
    """Return what putting readings into a series would change; those that stand there already are left out."""
    stored = {row.read_on: Reading(row.read_on, row.value, row.evidence) for row in KpiReading.objects.filter(kpi=kpi)}
    stated = (Reading(one.read_on, one.value, one.evidence) for one in readings)
    after = tuple(one for one in stated if stored.get(one.read_on) != one)
    return ReadingChange(kpi.key, tuple(stored[one.read_on] for one in after if one.read_on in stored), after)


def write_readings(kpi: Kpi, change: ReadingChange) -> None:
    """Store the readings of a change, each in place of the one of its day, and delete those it leaves no other for."""
    stays = {one.read_on for one in change.after}
    goes = [one.read_on for one in change.before if one.read_on not in stays]
    KpiReading.objects.filter(kpi=kpi, read_on__in=goes).delete()
    KpiReading.objects.bulk_create(
        [KpiReading(kpi=kpi, read_on=one.read_on, value=one.value, evidence=one.evidence) for one in change.after],
        update_conflicts=True,
        unique_fields=["kpi", "read_on"],
        update_fields=["value", "evidence"],
    )


def replay_readings(case: Case, change: ReadingChange) -> None:
    """Write a change into the series of a case that is locked, where it still stands as the change found it.

    Raises:
        ItemMovedOn: Somebody changed these readings since, or removed their KPI.
    """
    kpi = Kpi.objects.filter(case=case, key=change.kpi).first()
    if kpi is None or _standing(kpi, change) != set(change.before):
        raise ItemMovedOn(_("Somebody changed these readings since. Nothing was undone or done again."))
    write_readings(kpi, change)


def _standing(kpi: Kpi, change: ReadingChange) -> set[Reading]:
    days = {one.read_on for one in (*change.before, *change.after)}
    rows = KpiReading.objects.filter(kpi=kpi, read_on__in=days)
    return {Reading(row.read_on, row.value, row.evidence) for row in rows}
