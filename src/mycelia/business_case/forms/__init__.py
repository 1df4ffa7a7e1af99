"""What people type about a case, parsed once into the terms that actions take."""

from mycelia.business_case.forms.benefit import BenefitForm
from mycelia.business_case.forms.blueprint_model import ContentModelForm, ElementForm
from mycelia.business_case.forms.blueprint_system import LinkForm, SystemFilterForm, SystemForm
from mycelia.business_case.forms.case import CaseForm
from mycelia.business_case.forms.cost import CostForm
from mycelia.business_case.forms.drivers import DriversForm
from mycelia.business_case.forms.kpi import KpiForm
from mycelia.business_case.forms.objective import ObjectiveForm
from mycelia.business_case.forms.parts import CorrelationForm, NamedInputForm, OptionForm, PhaseForm
from mycelia.business_case.forms.work_item import WorkItemForm

__all__ = [
    "BenefitForm",
    "CaseForm",
    "ContentModelForm",
    "CorrelationForm",
    "CostForm",
    "DriversForm",
    "ElementForm",
    "KpiForm",
    "LinkForm",
    "NamedInputForm",
    "ObjectiveForm",
    "OptionForm",
    "PhaseForm",
    "SystemFilterForm",
    "SystemForm",
    "WorkItemForm",
]
