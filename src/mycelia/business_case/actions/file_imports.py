"""Applying a file of values or of systems: wholly, or not at all."""

from __future__ import annotations

from django.db import transaction

from mycelia.business_case.actions.actuals import record_readings
from mycelia.business_case.actions.blueprint_systems import change_system, register_system
from mycelia.business_case.errors import InvalidEntry, RowsRefused
from mycelia.business_case.models import Case, Kpi, System
from mycelia.business_case.permissions import EditBlueprint, EditCase
from mycelia.business_case.queries.series import check_series
from mycelia.business_case.queries.system_import import check_systems
from mycelia.business_case.types import SeriesPlan, SystemPlan
from mycelia.kernel.policy import Actor, require


@transaction.atomic
def import_series(*, actor: Actor, kpi: Kpi, content: bytes, file_name: str) -> SeriesPlan:
    """Put the values of a file into a KPI's series, each in place of one of its day; the same twice changes nothing.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: The KPI's actual does not come from a series.
        RowsRefused: The file, or a row of it, cannot be taken; nothing was changed.
    """
    require(actor, EditCase(), kpi.case)
    Case.objects.select_for_update().get(pk=kpi.case_id)
    plan = check_series(kpi, content, file_name=file_name)
    if plan.faults:
        raise RowsRefused(faults=plan.faults)
    record_readings(actor=actor, kpi=kpi, readings=[*plan.new, *plan.replaced])
    return plan


@transaction.atomic
def import_systems(*, actor: Actor, content: bytes) -> SystemPlan:
    """Add the systems of a file to the register and change those that are there; the same file twice changes nothing.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        RowsRefused: The file, or a row of it, cannot be taken; nothing was changed.
    """
    require(actor, EditBlueprint())
    list(System.objects.select_for_update().order_by("pk").values_list("pk"))
    plan = check_systems(actor, content)
    if plan.faults:
        raise RowsRefused(faults=plan.faults)
    try:
        for change in plan.new:
            register_system(actor=actor, terms=change.terms)
        known = System.objects.in_bulk([change.system_id for change in plan.changed])
        for change in plan.changed:
            change_system(actor=actor, system=known[change.system_id], terms=change.terms)
    except InvalidEntry as taken:
        # Somebody registered a system of that name in the same moment.
        raise RowsRefused(str(taken)) from taken
    return plan
