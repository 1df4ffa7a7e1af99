"""Tables of the business case."""

from mycelia.business_case.models.case import Case
from mycelia.business_case.models.drivers import CaseCalendar, CaseDrivers, Correlation
from mycelia.business_case.models.item import Item
from mycelia.business_case.models.lines import BenefitLine, CostLine
from mycelia.business_case.models.objectives import Kpi, Objective
from mycelia.business_case.models.option import Option
from mycelia.business_case.models.presentation import Presentation
from mycelia.business_case.models.roadmap import ItemDependency, ItemResource, Phase, WorkItem

__all__ = [
    "BenefitLine",
    "Case",
    "CaseCalendar",
    "CaseDrivers",
    "Correlation",
    "CostLine",
    "Item",
    "ItemDependency",
    "ItemResource",
    "Kpi",
    "Objective",
    "Option",
    "Phase",
    "Presentation",
    "WorkItem",
]
