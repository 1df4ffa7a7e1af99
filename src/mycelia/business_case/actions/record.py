"""What every change of a case leaves behind, and the lock under which it happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Max

from mycelia.audit import api as audit
from mycelia.audit.types import Act
from mycelia.business_case.events import CaseChanged
from mycelia.business_case.models import Case, Item
from mycelia.business_case.permissions import EditCase
from mycelia.business_case.types import CaseState, Entry, Reading, ReadingChange
from mycelia.kernel import clock
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require

MOST_READINGS_TOLD = 100


def opened_for_change(actor: Actor, case: Case) -> Case:
    """Return the case locked until the transaction ends, so that changes and presentations take turns.

    Raises:
        PermissionDenied: The actor may not edit it.
    """
    require(actor, EditCase(), case)
    return Case.objects.select_for_update().get(pk=case.pk)


def record_edits(actor: Actor, case: Case, entries: Sequence[Entry], *, order: str = "") -> None:
    """Make the case a draft again, and tell the audit log of each item, and whoever listens."""
    case.state = CaseState.DRAFT
    case.changed_at = clock.now()
    case.save(update_fields=["state", "changed_at"])
    acts = [_act(actor, case, f"{entry.kind}_{_verb(entry)}", _details(entry)) for entry in entries]
    audit.record_many([*acts, _act(actor, case, "order_changed", {"kind": order})] if order else acts)
    publish(CaseChanged(case_id=case.pk))


def record_reading_change(actor: Actor, case: Case, change: ReadingChange, what: str) -> None:
    """Tell the audit log what became of readings, which are no part of what is presented: recorded, undone, redone."""
    before = {one.read_on: one for one in change.before}
    after = {one.read_on: one for one in change.after}
    days = sorted({*before, *after})
    stated = [_stated(str(day), after.get(day), before.get(day)) for day in days[:MOST_READINGS_TOLD]]
    details = {"kpi": change.kpi, "count": len(days), "readings": stated}
    audit.record_many([_act(actor, case, f"readings_{what}", details)])


def _stated(day: str, now: Reading | None, before: Reading | None) -> dict[str, str]:
    """Return what the log says of one day: its reading, and which one that replaced."""
    stated = {"read_on": day, **({"value": str(now.value)} if now else {})}
    return {**stated, "instead_of": str(before.value), "instead_of_evidence": before.evidence} if before else stated


def _act(actor: Actor, case: Case, action: str, details: dict[str, Any]) -> Act:
    return Act(actor, f"business_case.{action}", "case", case.slug, details)


def _verb(entry: Entry) -> str:
    if entry.before is None:
        return "added"
    return "removed" if entry.after is None else "changed"


def _details(entry: Entry) -> dict[str, Any]:
    """Return what the log keeps: of a change the fields that changed, else the whole item."""
    before, after = entry.before or {}, entry.after or {}
    if entry.before is None or entry.after is None:
        readings = {"readings": len(entry.readings)} if entry.readings else {}
        return {"key": entry.key, **{name: value for name, value in (before or after).items() if value}, **readings}
    changed = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    return {"key": entry.key, **changed}


def next_position(case: Case, items: type[Item]) -> int:
    """Return the place after the last item of its kind; the case is locked."""
    rows: Any = items._default_manager
    last = rows.filter(case=case).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
