"""Everything that was entered for a case, in words and keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mycelia.business_case.models import Case, Kpi, Objective
from mycelia.business_case.queries.model import case_model
from mycelia.business_case.queries.values import isolation_of
from mycelia.business_case.types import (
    CaseDocument,
    CaseModel,
    Direction,
    KpiDocument,
    ObjectiveDocument,
    SourceKind,
)


def document_of(case: Case, model: CaseModel, objectives: Iterable[Objective], kpis: Iterable[Kpi]) -> CaseDocument:
    """Return the document of a case whose rows were read; KPIs come with their owner and course."""
    by_objective: dict[int, list[KpiDocument]] = {}
    for kpi in kpis:
        by_objective.setdefault(kpi.objective_id, []).append(_kpi(kpi))
    return CaseDocument(
        slug=case.slug,
        name=case.name,
        model=model,
        summary=case.summary,
        owner=_person(case.owner) if case.owner else case.owner_text,
        unit=case.scope_unit.code if case.scope_unit else case.unit_text,
        is_synthetic=case.is_synthetic,
        objectives=tuple(
            ObjectiveDocument(each.key, each.title, each.description, tuple(by_objective.get(each.pk, ())))
            for each in objectives
        ),
    )


def stored_document(case: Case) -> CaseDocument:
    """Return everything that was entered for a case, as it is stored now."""
    kpis = Kpi.objects.select_related("owner", "metric_course").filter(case=case)
    return document_of(case, case_model(case), Objective.objects.filter(case=case), kpis)


def _kpi(kpi: Kpi) -> KpiDocument:
    return KpiDocument(
        key=kpi.key,
        name=kpi.name,
        unit=kpi.unit,
        direction=Direction(kpi.direction),
        baseline_value=kpi.baseline_value,
        baseline_date=kpi.baseline_date,
        baseline_evidence=kpi.baseline_evidence,
        target_value=kpi.target_value,
        target_date=kpi.target_date,
        owner=_person(kpi.owner) if kpi.owner else kpi.owner_text,
        source_kind=SourceKind(kpi.source_kind) if kpi.source_kind else None,
        metric_id=kpi.metric_id,
        course=kpi.metric_course.slug if kpi.metric_course else kpi.course_text,
        metric_since=kpi.metric_since,
        manual_evidence=kpi.manual_evidence,
        manual_value=kpi.manual_value,
        manual_value_date=kpi.manual_value_date,
        value_per_unit=kpi.value_per_unit,
        isolation_method=isolation_of(kpi.isolation_method),
    )


def _person(person: Any) -> str:
    return str(person.email or person.full_name)
