"""Every write of the business case: one transaction, the actor's permission, an audit entry and an event each."""

from mycelia.business_case.actions.case import change_case, create_case
from mycelia.business_case.actions.lines import (
    add_benefit_line,
    add_cost_line,
    add_line,
    change_line,
    remove_line,
)
from mycelia.business_case.actions.objectives import (
    add_kpi,
    add_objective,
    change_kpi,
    change_objective,
    remove_kpi,
    remove_objective,
)
from mycelia.business_case.actions.presentation import present_case

__all__ = [
    "add_benefit_line",
    "add_cost_line",
    "add_kpi",
    "add_line",
    "add_objective",
    "change_case",
    "change_kpi",
    "change_line",
    "change_objective",
    "create_case",
    "present_case",
    "remove_kpi",
    "remove_line",
    "remove_objective",
]
