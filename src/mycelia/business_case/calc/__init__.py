"""Pure arithmetic and rules of a business case: `Decimal` in, `Decimal` out, no Django, no database, no clock."""

from mycelia.business_case.calc.break_even import break_even_share
from mycelia.business_case.calc.completeness import missing_from, missing_from_case
from mycelia.business_case.calc.discounting import npv, present_values
from mycelia.business_case.calc.figures import case_figures, sum_of_lines
from mycelia.business_case.calc.internal_rates import internal_rates, modified_internal_rate
from mycelia.business_case.calc.payback import payback_months
from mycelia.business_case.calc.returns import benefit_cost_ratio, programme_roi, return_on_investment

__all__ = [
    "benefit_cost_ratio",
    "break_even_share",
    "case_figures",
    "internal_rates",
    "missing_from",
    "missing_from_case",
    "modified_internal_rate",
    "npv",
    "payback_months",
    "present_values",
    "programme_roi",
    "return_on_investment",
    "sum_of_lines",
]
