"""Restoring a case from the file it was exported to: the whole of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mycelia.audit import api as audit
from mycelia.business_case import types
from mycelia.business_case.actions.case import inserted_case
from mycelia.business_case.actions.rows import Rows
from mycelia.business_case.actions.versions import digest_of
from mycelia.business_case.calc import check_model
from mycelia.business_case.calc.case_file import UnreadableCaseFile, read_case_file
from mycelia.business_case.errors import CaseFileRefused, CaseUnsound
from mycelia.business_case.events import CaseChanged
from mycelia.business_case.models import (
    Case,
    CaseCalendar,
    CaseDrivers,
    Comment,
    Kpi,
    Presentation,
    Version,
    WorkItem,
)
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.types import CaseDocument, CaseFile, CaseTerms, ItemValue, KpiTerms, ObjectiveTerms
from mycelia.kernel import clock
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require


@dataclass(frozen=True)
class Restored:
    """A restored case, and the names in its file that mean nobody and nothing here; they are kept as text."""

    case: Case
    unknown: tuple[str, ...]


@transaction.atomic
def restore_case(*, actor: Actor, content: bytes, slug: str = "") -> Restored:
    """Restore a case from its JSON file.

    Args:
        actor: May begin cases for the unit that the file names.
        content: The file as exported.
        slug: Another short name than the file's.

    Raises:
        PermissionDenied: The actor may not begin a case there.
        CaseFileRefused: The file cannot be read, or was altered; the error names the place.
        CaseUnsound: The case in it cannot be computed; the error names each line and field.
        SlugTaken: The short name is in use.
    """
    require(actor, CreateCase())
    try:
        file = read_case_file(content)
    except UnreadableCaseFile as unreadable:
        raise CaseFileRefused(place=unreadable.place, reason=unreadable.reason) from unreadable
    _refuse_unsound(file)
    names = _Names()
    case = _begun(actor, file.case, slug, names)
    _fill(Rows(actor, case), file.case, names)
    _keep_history(case, file)
    audit.record(
        actor=actor,
        action="business_case.case_restored",
        object_type="case",
        object_id=case.slug,
        details={"name": case.name, "unknown": list(names.unknown)},
    )
    publish(CaseChanged(case_id=case.pk))
    return Restored(case, names.unknown)


class _Names:
    """People, units and courses by the names in the file."""

    def __init__(self) -> None:
        self._unknown: dict[str, None] = {}

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(self._unknown)

    def person(self, name: str) -> int | None:
        return self._found(Kpi, "owner", name, email__iexact=name)

    def unit(self, name: str) -> int | None:
        return self._found(Case, "scope_unit", name, code=name)

    def course(self, name: str) -> int | None:
        return self._found(Kpi, "metric_course", name, slug=name)

    def _found(self, model: Any, field: str, name: str, **lookup: str) -> int | None:
        if not name:
            return None
        related = model._meta.get_field(field).related_model
        found: int | None = related._default_manager.filter(**lookup).values_list("pk", flat=True).first()
        if found is None:
            self._unknown[name] = None
        return found


def _refuse_unsound(file: CaseFile) -> None:
    if problems := check_model(file.case.model):
        raise CaseUnsound(problems)
    for place, version in enumerate(file.versions):
        if digest_of(version.snapshot) != version.digest:
            reason = _("the version was altered after it was frozen")
            raise CaseFileRefused(place=f"$.versions[{place}].digest", reason=reason)
    numbers = [version.number for version in file.versions]
    if len(set(numbers)) != len(numbers):
        raise CaseFileRefused(place="$.versions", reason=_("two versions have one number"))


def _begun(actor: Actor, document: CaseDocument, slug: str, names: _Names) -> Case:
    model = document.model
    owner, unit = names.person(document.owner), names.unit(document.unit)
    terms = CaseTerms(
        name=document.name,
        currency=model.currency,
        start=model.start,
        summary=document.summary,
        horizon_months=model.horizon_months,
        rate_per_year=model.rate_per_year,
        discounting=model.discounting,
        inflation_per_year=model.inflation_per_year,
        tax_rate=model.tax_rate,
        is_short_programme=model.is_short_programme,
        counts_learner_time=model.counts_learner_time,
        is_synthetic=document.is_synthetic,
        owner_id=owner,
        scope_unit_id=unit,
    )
    case = inserted_case(actor, terms, slug or document.slug)
    case.owner_text = "" if owner else document.owner[:300]
    case.unit_text = "" if unit else document.unit[:300]
    case.save(update_fields=["owner_text", "unit_text"])
    return case


def _fill(rows: Rows, document: CaseDocument, names: _Names) -> None:
    model, roadmap = document.model, document.model.roadmap
    _insert(rows, model.options)
    _insert(rows, roadmap.phases)
    _insert(rows, [replace(item, depends_on=()) for item in roadmap.items])
    _link(rows, roadmap.items)
    for objective in document.objectives:
        rows.insert(ObjectiveTerms(objective.title, objective.description, objective.key))
        for kpi in objective.kpis:
            rows.insert(_kpi(kpi, objective.key, names))
    _insert(rows, model.costs)
    _insert(rows, model.benefits)
    _insert(rows, model.correlations)
    calendar = types.RoadmapCalendar(roadmap.start, roadmap.working_weekdays, roadmap.holidays)
    rows.write(CaseDrivers(case=rows.case), model.drivers)
    rows.write(CaseCalendar(case=rows.case), calendar)


def _insert(rows: Rows, values: Iterable[ItemValue]) -> None:
    for place, value in enumerate(values, start=1):
        rows.insert(value, position=place)


def _link(rows: Rows, items: Iterable[types.WorkItem]) -> None:
    stored = {row.key: row for row in WorkItem.objects.filter(case=rows.case)}
    for item in items:
        rows.write_links(stored[item.key], item)


def _kpi(kpi: types.KpiDocument, objective: str, names: _Names) -> KpiTerms:
    owner, course = names.person(kpi.owner), names.course(kpi.course)
    stated = {name: getattr(kpi, name) for name in vars(kpi) if name not in ("owner", "course")}
    return KpiTerms(
        **stated,
        owner_id=owner,
        owner_text="" if owner else kpi.owner[:300],
        course_id=course,
        course_text="" if course else kpi.course[:300],
        objective=objective,
    )


def _keep_history(case: Case, file: CaseFile) -> None:
    for record in file.versions:
        version = Version.objects.create(
            case=case,
            number=record.number,
            title=record.title[:200],
            made_by_name=record.made_by[:200],
            made_at=_aware(record.made_at),
            snapshot=record.snapshot,
            digest=record.digest,
        )
        if record.presented_at is not None:
            _keep_presentation(case, version, record)
    Comment.objects.bulk_create(
        Comment(
            case=case,
            item=comment.item[:64],
            text=comment.text,
            written_by_name=comment.written_by[:200],
            written_at=_aware(comment.written_at),
            resolved_by_name=comment.resolved_by[:200] if comment.resolved_at else "",
            resolved_at=comment.resolved_at and _aware(comment.resolved_at),
        )
        for comment in file.comments
    )


def _keep_presentation(case: Case, version: Version, record: types.VersionRecord) -> None:
    Presentation.objects.create(
        case=case,
        number=Presentation.objects.filter(case=case).count() + 1,
        version=version,
        presented_by_name=record.presented_by[:200],
        presented_at=_aware(record.presented_at or clock.now()),
    )


def _aware(moment: Any) -> Any:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
