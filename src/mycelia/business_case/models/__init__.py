"""Tables of the business case."""

from mycelia.business_case.models.actuals import KpiReading, LedgerEntry, LedgerFile, MonthClose, StageGate
from mycelia.business_case.models.blueprint import System, SystemLink
from mycelia.business_case.models.case import Case
from mycelia.business_case.models.change import Change
from mycelia.business_case.models.comment import Comment
from mycelia.business_case.models.content_models import ContentModel, ElementState, ModelPlacement
from mycelia.business_case.models.drivers import CaseCalendar, CaseDrivers, Correlation
from mycelia.business_case.models.export import Export
from mycelia.business_case.models.item import Item
from mycelia.business_case.models.lines import BenefitLine, CostLine
from mycelia.business_case.models.named_input import NamedInput
from mycelia.business_case.models.objectives import Kpi, Objective
from mycelia.business_case.models.option import Option
from mycelia.business_case.models.presentation import Presentation
from mycelia.business_case.models.readiness import FindingDecision
from mycelia.business_case.models.roadmap import ItemDependency, ItemResource, Phase, WorkItem
from mycelia.business_case.models.share import ShareLink
from mycelia.business_case.models.simulation import SimulationRun
from mycelia.business_case.models.start_draft import StartDraft
from mycelia.business_case.models.version import Version

__all__ = [
    "BenefitLine",
    "Case",
    "CaseCalendar",
    "CaseDrivers",
    "Change",
    "Comment",
    "ContentModel",
    "Correlation",
    "CostLine",
    "ElementState",
    "Export",
    "FindingDecision",
    "Item",
    "ItemDependency",
    "ItemResource",
    "Kpi",
    "KpiReading",
    "LedgerEntry",
    "LedgerFile",
    "ModelPlacement",
    "MonthClose",
    "NamedInput",
    "Objective",
    "Option",
    "Phase",
    "Presentation",
    "ShareLink",
    "SimulationRun",
    "StageGate",
    "StartDraft",
    "System",
    "SystemLink",
    "Version",
    "WorkItem",
]
