"""Short words for edits of a case that many tests make."""

from __future__ import annotations

from dataclasses import replace

from mycelia.business_case import api
from mycelia.business_case.models import BenefitLine, Case, CostLine, Kpi, Objective
from mycelia.business_case.models.item import Item
from mycelia.business_case.queries.items import MODELS
from mycelia.business_case.types import KpiTerms, LineKind, LineTerms, ObjectiveTerms
from mycelia.kernel.policy import Actor
from tests.factories.business_case import SYSTEM


def add_cost_line(case: Case, terms: LineTerms) -> CostLine:
    """Add a cost."""
    line = api.add_line(actor=SYSTEM, case=case, kind=LineKind.COST, terms=terms)
    assert isinstance(line, CostLine)
    return line


def add_benefit_line(case: Case, terms: LineTerms) -> BenefitLine:
    """Add a benefit."""
    line = api.add_line(actor=SYSTEM, case=case, kind=LineKind.BENEFIT, terms=terms)
    assert isinstance(line, BenefitLine)
    return line


def change_kpi(kpi: Kpi, terms: KpiTerms) -> None:
    """Change a KPI as it was read, and read it again."""
    value = replace(terms, objective=kpi.objective.key, key=kpi.key)
    api.change_item(actor=SYSTEM, case=kpi.case, value=value, seen_revision=kpi.revision)
    kpi.refresh_from_db()


def rename_objective(objective: Objective, title: str) -> None:
    """Change the title of an objective as it was read."""
    value = ObjectiveTerms(title, objective.description, objective.key)
    api.change_item(actor=SYSTEM, case=objective.case, value=value, seen_revision=objective.revision)


def remove(row: Item, *, actor: Actor = SYSTEM) -> None:
    """Remove an item as it was read."""
    kind = next(kind for kind, model in MODELS.items() if isinstance(row, model))
    api.remove_item(actor=actor, case=row.case, kind=kind, key=row.key, seen_revision=row.revision)
