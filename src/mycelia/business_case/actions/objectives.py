"""Objectives and their KPIs."""

from __future__ import annotations

from dataclasses import replace

from mycelia.business_case.actions.items import add_item, change_item, remove_item
from mycelia.business_case.models import Case, Kpi, Objective
from mycelia.business_case.queries.items import row_of
from mycelia.business_case.types import ItemKind, KpiTerms, ObjectiveTerms
from mycelia.kernel.policy import Actor


def add_objective(*, actor: Actor, case: Case, title: str, description: str = "") -> Objective:
    """Add a strategic objective to a case.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: It has no title.
    """
    state = add_item(actor=actor, case=case, value=ObjectiveTerms(title.strip(), description.strip()))
    objective: Objective = row_of(case, ItemKind.OBJECTIVE, state.key)
    return objective


def change_objective(*, actor: Actor, objective: Objective, title: str, description: str = "") -> Objective:
    """Change the words of an objective as it was read.

    Raises:
        PermissionDenied: The actor may not edit the case.
        ItemMovedOn: Somebody changed it since it was read.
        InvalidTerms: It has no title.
    """
    value = ObjectiveTerms(title.strip(), description.strip(), objective.key)
    change_item(actor=actor, case=objective.case, value=value, seen_revision=objective.revision)
    objective.refresh_from_db()
    return objective


def remove_objective(*, actor: Actor, objective: Objective) -> None:
    """Remove an objective as it was read, with its KPIs.

    Raises:
        PermissionDenied: The actor may not edit the case.
        ItemMovedOn: Somebody changed it since it was read.
        ItemInUse: A benefit claims the movement of one of its KPIs.
    """
    case, seen = objective.case, objective.revision
    remove_item(actor=actor, case=case, kind=ItemKind.OBJECTIVE, key=objective.key, seen_revision=seen)


def add_kpi(*, actor: Actor, objective: Objective, terms: KpiTerms) -> Kpi:
    """Add a KPI to an objective; it may still be incomplete.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: A term breaks a stated rule.
    """
    value = replace(terms, objective=objective.key, key="")
    state = add_item(actor=actor, case=objective.case, value=value)
    kpi: Kpi = row_of(objective.case, ItemKind.KPI, state.key)
    return kpi


def change_kpi(*, actor: Actor, kpi: Kpi, terms: KpiTerms) -> Kpi:
    """Change a KPI as it was read.

    Raises:
        PermissionDenied: The actor may not edit the case.
        ItemMovedOn: Somebody changed it since it was read.
        InvalidTerms: A term breaks a stated rule.
    """
    value = replace(terms, objective=kpi.objective.key, key=kpi.key)
    change_item(actor=actor, case=kpi.case, value=value, seen_revision=kpi.revision)
    kpi.refresh_from_db()
    return kpi


def remove_kpi(*, actor: Actor, kpi: Kpi) -> None:
    """Remove a KPI as it was read.

    Raises:
        PermissionDenied: The actor may not edit the case.
        ItemMovedOn: Somebody changed it since it was read.
        ItemInUse: A benefit claims its movement.
    """
    remove_item(actor=actor, case=kpi.case, kind=ItemKind.KPI, key=kpi.key, seen_revision=kpi.revision)
