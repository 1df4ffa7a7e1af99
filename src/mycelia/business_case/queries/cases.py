"""Cases and their parts, as far as the actor may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from mycelia.business_case.errors import CaseNotFound, NotPartOfCase
from mycelia.business_case.models import BenefitLine, Case, CostLine, Kpi, Objective, Presentation, Version
from mycelia.business_case.permissions import ReadCase, ReadCases
from mycelia.business_case.types import LineKind
from mycelia.kernel.policy import Actor, require

LINES: dict[LineKind, type[CostLine] | type[BenefitLine]] = {LineKind.COST: CostLine, LineKind.BENEFIT: BenefitLine}


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Return the cases the actor may read, the latest changed first.

    Raises:
        PermissionDenied: The actor holds no role that reads cases.
    """
    require(actor, ReadCases())
    return ReadCase().filter(actor, Case.objects.select_related("owner", "scope_unit"))


def case_for(actor: Actor, slug: str) -> Case:
    """Return one case that the actor may read.

    Raises:
        PermissionDenied: The actor holds no role that reads cases.
        CaseNotFound: There is none of that name within the actor's scope.
    """
    case = cases_for(actor).filter(slug=slug).first()
    if case is None:
        raise CaseNotFound(slug=slug)
    return case


def latest_presentation(case: Case) -> Presentation | None:
    """Return the last presentation of a case, if it was ever presented."""
    return Presentation.objects.filter(case=case).select_related("version").order_by("-number").first()


def versions_of(case: Case) -> QuerySet[Version]:
    """Return the frozen versions of a case without their snapshots, the newest first."""
    return Version.objects.filter(case=case).defer("snapshot").select_related("presentation")


def version_of(case: Case, number: int) -> Version:
    """Return one frozen version of a case.

    Raises:
        NotPartOfCase: The case has no such version.
    """
    version = Version.objects.filter(case=case, number=number).first()
    if version is None:
        raise NotPartOfCase(case=case.slug, version=number)
    return version


def objective_of(case: Case, objective_id: int) -> Objective:
    """Return an objective of the case.

    Raises:
        NotPartOfCase: It belongs to another case or was removed.
    """
    objective = Objective.objects.filter(case=case, pk=objective_id).first()
    if objective is None:
        raise NotPartOfCase(case=case.slug, objective=objective_id)
    return objective


def kpi_of(case: Case, kpi_id: int) -> Kpi:
    """Return a KPI of the case, with its owner and course.

    Raises:
        NotPartOfCase: It belongs to another case or was removed.
    """
    kpis = Kpi.objects.select_related("owner", "metric_course", "objective__case")
    kpi = kpis.filter(objective__case=case, pk=kpi_id).first()
    if kpi is None:
        raise NotPartOfCase(case=case.slug, kpi=kpi_id)
    return kpi


def line_of(case: Case, kind: LineKind, line_id: int) -> CostLine | BenefitLine:
    """Return a cost or benefit line of the case.

    Raises:
        NotPartOfCase: It belongs to another case or was removed.
    """
    line = LINES[kind].objects.filter(case=case, pk=line_id).first()
    if line is None:
        raise NotPartOfCase(case=case.slug, line=line_id)
    return line


def line_numbers(case: Case) -> dict[tuple[LineKind, str], int]:
    """Return the primary key of every line of a case, by its side and its own key."""
    return {
        (kind, key): number
        for kind, model in LINES.items()
        for key, number in model.objects.filter(case=case).values_list("key", "pk")
    }
