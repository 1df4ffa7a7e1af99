"""Objectives and their KPIs."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.actions.record import next_position, opened_for_change, record_change
from mycelia.business_case.errors import InvalidTerms
from mycelia.business_case.models import Case, Kpi, Objective
from mycelia.business_case.types import EARLIEST_DAY, LATEST_DAY, KpiTerms, SourceKind
from mycelia.kernel.policy import Actor


@transaction.atomic
def add_objective(*, actor: Actor, case: Case, title: str, description: str = "") -> Objective:
    """Add a strategic objective to a case.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: It has no title.
    """
    changed = opened_for_change(actor, case)
    _refuse_blank(title)
    objective = Objective.objects.create(
        case=changed,
        title=title.strip(),
        description=description.strip(),
        position=next_position(changed, Objective),
    )
    record_change(actor, changed, "objective_added", objective=objective.pk, title=objective.title)
    return objective


@transaction.atomic
def change_objective(*, actor: Actor, objective: Objective, title: str, description: str = "") -> Objective:
    """Change the words of an objective.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: It has no title.
    """
    changed = opened_for_change(actor, objective.case)
    _refuse_blank(title)
    objective.title, objective.description = title.strip(), description.strip()
    objective.save(update_fields=["title", "description"])
    record_change(actor, changed, "objective_changed", objective=objective.pk, title=objective.title)
    return objective


@transaction.atomic
def remove_objective(*, actor: Actor, objective: Objective) -> None:
    """Remove an objective with its KPIs.

    Raises:
        PermissionDenied: The actor may not edit the case.
    """
    changed = opened_for_change(actor, objective.case)
    kpis = list(objective.kpis.values_list("name", flat=True))
    record_change(actor, changed, "objective_removed", objective=objective.pk, title=objective.title, kpis=kpis)
    objective.delete()


@transaction.atomic
def add_kpi(*, actor: Actor, objective: Objective, terms: KpiTerms) -> Kpi:
    """Add a KPI to an objective; it may still be incomplete.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: A term breaks a stated rule.
    """
    changed = opened_for_change(actor, objective.case)
    kpi = Kpi(case=changed, objective=objective, position=next_position(changed, Kpi))
    _apply(kpi, terms)
    kpi.save(force_insert=True)
    record_change(actor, changed, "kpi_added", kpi=kpi.pk, **_stated(terms))
    return kpi


@transaction.atomic
def change_kpi(*, actor: Actor, kpi: Kpi, terms: KpiTerms) -> Kpi:
    """Change a KPI.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: A term breaks a stated rule.
    """
    changed = opened_for_change(actor, kpi.objective.case)
    _apply(kpi, terms)
    kpi.save()
    record_change(actor, changed, "kpi_changed", kpi=kpi.pk, **_stated(terms))
    return kpi


@transaction.atomic
def remove_kpi(*, actor: Actor, kpi: Kpi) -> None:
    """Remove a KPI.

    Raises:
        PermissionDenied: The actor may not edit the case.
    """
    changed = opened_for_change(actor, kpi.objective.case)
    record_change(actor, changed, "kpi_removed", kpi=kpi.pk, name=kpi.name)
    kpi.delete()


def _apply(kpi: Kpi, terms: KpiTerms) -> None:
    _refuse_invalid(terms)
    is_platform = terms.source_kind is SourceKind.PLATFORM
    is_manual = terms.source_kind is SourceKind.MANUAL
    is_series = terms.source_kind is SourceKind.SERIES
    kpi.name, kpi.unit, kpi.direction = terms.name.strip(), terms.unit.strip(), terms.direction
    kpi.baseline_value, kpi.baseline_date = terms.baseline_value, terms.baseline_date
    kpi.baseline_evidence = terms.baseline_evidence.strip()
    kpi.target_value, kpi.target_date = terms.target_value, terms.target_date
    kpi.owner_id = terms.owner_id
    kpi.owner_text = "" if terms.owner_id else terms.owner_text
    kpi.value_per_unit = terms.value_per_unit
    kpi.isolation_method = terms.isolation_method or ""
    kpi.source_kind = terms.source_kind or ""
    kpi.metric_id = terms.metric_id if is_platform else ""
    kpi.metric_course_id = terms.course_id if is_platform else None
    kpi.metric_since = terms.metric_since if is_platform else None
    kpi.course_text = terms.course_text if is_platform and not terms.course_id else ""
    kpi.manual_evidence = terms.manual_evidence.strip() if is_manual or is_series else ""
    kpi.manual_value = terms.manual_value if is_manual else None
    kpi.manual_value_date = terms.manual_value_date if is_manual else None


def _refuse_invalid(terms: KpiTerms) -> None:
    if not terms.name.strip() or not terms.unit.strip():
        raise InvalidTerms(_("A KPI needs a name and a unit. Nothing was saved."))
    values = (terms.baseline_value, terms.target_value, terms.manual_value, terms.value_per_unit)
    if any(value is not None and not value.is_finite() for value in values):
        raise InvalidTerms(_("A baseline, target or actual is a finite number. Nothing was saved."))
    days = (terms.baseline_date, terms.target_date, terms.metric_since, terms.manual_value_date)
    if any(day is not None and not EARLIEST_DAY <= day <= LATEST_DAY for day in days):
        raise InvalidTerms(_("Every day of a KPI lies between 1990 and 2199. Nothing was saved."))
    if terms.baseline_date and terms.target_date and terms.target_date <= terms.baseline_date:
        raise InvalidTerms(_("The target lies after the baseline. Nothing was saved."))


def _refuse_blank(title: str) -> None:
    if not title.strip():
        raise InvalidTerms(_("An objective needs a title. Nothing was saved."))


def _stated(terms: KpiTerms) -> dict[str, object]:
    """Return what was stated, as plain values for the audit log."""
    return {key: value if isinstance(value, int) else str(value) for key, value in asdict(terms).items() if value}
