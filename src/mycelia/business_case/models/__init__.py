"""Tables of the business case."""

from mycelia.business_case.models.case import Case
from mycelia.business_case.models.lines import BenefitAmount, BenefitLine, CostAmount, CostLine
from mycelia.business_case.models.objectives import Kpi, Objective
from mycelia.business_case.models.presentation import Presentation

__all__ = [
    "BenefitAmount",
    "BenefitLine",
    "Case",
    "CostAmount",
    "CostLine",
    "Kpi",
    "Objective",
    "Presentation",
]
