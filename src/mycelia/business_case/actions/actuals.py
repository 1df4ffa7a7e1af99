"""Readings of KPIs, the close of months, and decisions at stage gates."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from mycelia.audit import api as audit
from mycelia.business_case.actions.changes import remember_readings
from mycelia.business_case.actions.reading_rows import change_to, write_readings
from mycelia.business_case.actions.record import opened_for_change, record_reading_change
from mycelia.business_case.calc.performance import last_day_of
from mycelia.business_case.errors import (
    InvalidTerms,
    MonthMovedOn,
    MonthNotOver,
    NothingToClose,
    NotPresented,
    PresentedElsewhere,
    PresentedMeanwhile,
)
from mycelia.business_case.models import Case, Kpi, MonthClose, Presentation, StageGate
from mycelia.business_case.permissions import EditCase, PresentCase
from mycelia.business_case.queries.cases import latest_presentation
from mycelia.business_case.queries.performance import closed_column, performance_of
from mycelia.business_case.types import GateDecision, Reading, SourceKind
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require

LONGEST_RATIONALE = 4_000


@transaction.atomic
def record_readings(*, actor: Actor, kpi: Kpi, readings: Sequence[Reading]) -> int:
    """Put readings into a KPI's series, each in place of one of the same day, and return how many are new or changed.

    It can be undone, as any change can.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: The KPI's actual does not come from a series, or a reading lies in the future or lacks evidence.
    """
    case = opened_for_change(actor, kpi.case)
    if kpi.source_kind != SourceKind.SERIES:
        raise InvalidTerms(_("The actual value of this KPI does not come from a series. Nothing was saved."))
    if any(one.read_on > clock.today() or not one.evidence.strip() for one in readings):
        raise InvalidTerms(_("A reading needs evidence and lies in the past. Nothing was saved."))
    change = change_to(kpi, readings)
    if change.after:
        write_readings(kpi, change)
        remember_readings(actor, case, change)
        record_reading_change(actor, case, change, "recorded")
    return len(change.after)


@transaction.atomic
def close_month(*, actor: Actor, case: Case, meant: int | None = None) -> MonthClose:
    """Close the first month that is open, with plan, actual and forecast as they stand; it stays closed.

    Args:
        actor: Edits the case.
        case: The case.
        meant: The month that is to be closed; None for whichever is the first.

    Raises:
        PermissionDenied: The actor may not edit the case.
        MonthMovedOn: Another month than the one that is meant is the first.
        NothingToClose: Every month of the case is closed.
        MonthNotOver: Its last day has not passed.
    """
    require(actor, EditCase(), case)
    locked = Case.objects.select_for_update().get(pk=case.pk)
    closed = closed_column(locked)
    column = 0 if closed is None else closed + 1
    if meant is not None and meant != column:
        raise MonthMovedOn(month=meant)
    if column > locked.horizon_months:
        raise NothingToClose
    if last_day_of(column, start=locked.start) >= clock.today():
        raise MonthNotOver(month=column)
    close = MonthClose.objects.create(
        case=locked,
        column=column,
        closed_by_id=actor.person_id,
        closed_by_name=actor.label[:200],
        closed_at=clock.now(),
        picture=msgspec.to_builtins(performance_of(locked, closed=column)),
    )
    _audit(actor, locked, "month_closed", month=column)
    return close


@transaction.atomic
def decide_gate(
    *, actor: Actor, case: Case, decision: GateDecision, rationale: str, presentation: int | None = None
) -> StageGate:
    """Record whether to continue, change or stop, on the latest presentation.

    Args:
        actor: Who decides.
        case: The case.
        decision: What is decided.
        rationale: Why.
        presentation: Number of the presentation that was looked at; None for whichever is the latest.

    Raises:
        PermissionDenied: The actor may not decide about the case.
        NotPresented: There is no snapshot to decide on.
        PresentedMeanwhile: The case was presented again since.
        PresentedElsewhere: The latest was restored from a file, which proves nothing of what happened.
        InvalidTerms: No reason is given, or one of over 4,000 characters.
    """
    require(actor, PresentCase(), case)
    if not 0 < len(rationale.strip()) <= LONGEST_RATIONALE:
        raise InvalidTerms(_("A decision needs a reason of at most 4,000 characters. Nothing was saved."))
    locked = Case.objects.select_for_update().get(pk=case.pk)
    latest = latest_presentation(locked)
    if latest is None:
        raise NotPresented
    if latest.is_restored:
        raise PresentedElsewhere(presentation=latest.number)
    if presentation is not None and presentation != latest.number:
        raise PresentedMeanwhile(presentation=latest.number)
    return _decided(actor, locked, latest, decision, rationale.strip())


def _decided(actor: Actor, case: Case, presentation: Presentation, decision: GateDecision, rationale: str) -> StageGate:
    previous = StageGate.objects.filter(case=case).first()
    gate = StageGate.objects.create(
        case=case,
        number=previous.number + 1 if previous else 1,
        decision=decision,
        rationale=rationale,
        presentation=presentation,
        decided_by_id=actor.person_id,
        decided_by_name=actor.label[:200],
        decided_at=clock.now(),
    )
    _audit(actor, case, "gate_decided", gate=gate.number, decision=decision, presentation=presentation.number)
    return gate


def _audit(actor: Actor, case: Case, action: str, **details: object) -> None:
    audit.record(
        actor=actor, action=f"business_case.{action}", object_type="case", object_id=case.slug, details=details
    )
