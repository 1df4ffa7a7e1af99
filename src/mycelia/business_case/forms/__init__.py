"""What people type about a case, parsed once into the terms that actions take."""

from mycelia.business_case.forms.blueprint_model import ContentModelForm, ElementForm
from mycelia.business_case.forms.blueprint_system import LinkForm, SystemFilterForm, SystemForm
from mycelia.business_case.forms.case import CaseForm
from mycelia.business_case.forms.kpi import KpiForm
from mycelia.business_case.forms.line import LineForm
from mycelia.business_case.forms.objective import ObjectiveForm

__all__ = [
    "CaseForm",
    "ContentModelForm",
    "ElementForm",
    "KpiForm",
    "LineForm",
    "LinkForm",
    "ObjectiveForm",
    "SystemFilterForm",
    "SystemForm",
]
