"""Pure arithmetic and rules of a business case: no Django, no database, no clock.

Money goes in and comes out as `Decimal`; between, whatever depends on estimates is computed in float64 on the monthly
grid.
"""

from mycelia.business_case.calc.as_of import planned_finishes, told_on
from mycelia.business_case.calc.break_even import break_even_share
from mycelia.business_case.calc.break_evens import break_evens
from mycelia.business_case.calc.builders import BUILDERS
from mycelia.business_case.calc.comparison import compare_sheets
from mycelia.business_case.calc.completeness import cautions_of_case, missing_from, missing_from_case
from mycelia.business_case.calc.digest import model_digest
from mycelia.business_case.calc.direction import is_against_direction
from mycelia.business_case.calc.discounting import npv, present_values
from mycelia.business_case.calc.figures import case_figures, sum_of_lines
from mycelia.business_case.calc.flows import line_flows
from mycelia.business_case.calc.internal_rates import internal_rates, modified_internal_rate
from mycelia.business_case.calc.line_effect import LineEffect, line_effect
from mycelia.business_case.calc.option_figures import flow_figures, option_figures
from mycelia.business_case.calc.payback import payback_months
from mycelia.business_case.calc.principles import (
    duplicate_claims,
    findings_about,
    findings_of,
    items_out_of_time,
    out_of_time,
    phillips_warnings,
    placeholders,
)
from mycelia.business_case.calc.returns import benefit_cost_ratio, programme_roi, return_on_investment
from mycelia.business_case.calc.schedule import plan_schedule
from mycelia.business_case.calc.simulation import sensitivities, simulate, worth_learning
from mycelia.business_case.calc.soundness import check_model

__all__ = [
    "BUILDERS",
    "LineEffect",
    "benefit_cost_ratio",
    "break_even_share",
    "break_evens",
    "case_figures",
    "cautions_of_case",
    "check_model",
    "compare_sheets",
    "duplicate_claims",
    "findings_about",
    "findings_of",
    "flow_figures",
    "internal_rates",
    "is_against_direction",
    "items_out_of_time",
    "line_effect",
    "line_flows",
    "missing_from",
    "missing_from_case",
    "model_digest",
    "modified_internal_rate",
    "npv",
    "option_figures",
    "out_of_time",
    "payback_months",
    "phillips_warnings",
    "placeholders",
    "plan_schedule",
    "planned_finishes",
    "present_values",
    "programme_roi",
    "return_on_investment",
    "sensitivities",
    "simulate",
    "sum_of_lines",
    "told_on",
    "worth_learning",
]
