"""Objectives and their KPIs."""

from __future__ import annotations

from dataclasses import replace

from mycelia.business_case.actions.items import add_item
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
