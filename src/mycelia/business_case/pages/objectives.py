"""Objectives and KPIs as they are read: where it stood, where it should go, where it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.calc import missing_from
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.derived import Derivation
from mycelia.business_case.pages.vocabulary import DIRECTIONS, REASONS
from mycelia.business_case.types import CaseSheet, KpiSheet, ObjectiveSheet, SourceKind


@dataclass(frozen=True)
class KpiEntry:
    """One KPI. Texts are empty where nothing is known.

    Attributes:
        actual: The value now, in the KPI's unit.
        actual_as_of: When that is true.
        actual_url: The record behind a value that the platform computed; empty for one entered by hand.
        way_percent: How much of the way from baseline to target is done, never rounded up; None when unknown.
        way: How that comes about.
        gaps: What it still lacks, in words.
    """

    id: int
    name: str
    unit: str
    direction: str
    baseline: str
    baseline_date: str
    baseline_evidence: str
    target: str
    target_date: str
    owner: str
    source: str
    source_detail: str
    actual: str
    actual_as_of: str
    actual_url: str
    readings_url: str
    way_percent: int | None
    way: Derivation | None
    gaps: tuple[str, ...]
    edit_url: str


@dataclass(frozen=True)
class ObjectiveEntry:
    """One objective with its KPIs."""

    id: int
    title: str
    description: str
    kpis: tuple[KpiEntry, ...]
    edit_url: str
    add_kpi_url: str


def objective_entries(sheet: CaseSheet) -> tuple[ObjectiveEntry, ...]:
    """Return every objective of a case as it is read."""
    return tuple(_objective(sheet.slug, objective) for objective in sheet.objectives)


def way_done(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> int | None:
    """Return how much of the way from baseline to target is done, in whole percent from 0 to 100, rounded down."""
    if baseline is None or target is None or actual is None or baseline == target:
        return None
    share = (actual - baseline) / (target - baseline) * 100
    return int(min(max(share, Decimal(0)), Decimal(100)).to_integral_value(ROUND_DOWN))


def _objective(slug: str, objective: ObjectiveSheet) -> ObjectiveEntry:
    address = [slug, objective.id]
    return ObjectiveEntry(
        id=objective.id,
        title=objective.title,
        description=objective.description,
        kpis=tuple(kpi_entry(slug, kpi) for kpi in objective.kpis),
        edit_url=reverse("business_case:objective", args=address),
        add_kpi_url=reverse("business_case:kpi_new", args=address),
    )


def kpi_entry(slug: str, kpi: KpiSheet) -> KpiEntry:
    """Return one KPI as it is read."""
    value = _actual_value(kpi)
    address = [slug, kpi.id]
    return KpiEntry(
        id=kpi.id,
        name=kpi.name,
        unit=kpi.unit,
        direction=_("better when %(direction)s") % {"direction": DIRECTIONS[kpi.direction]},
        baseline=_measure(kpi.baseline_value, kpi.unit),
        baseline_date=_day(kpi.baseline_date),
        baseline_evidence=kpi.baseline_evidence,
        target=_measure(kpi.target_value, kpi.unit),
        target_date=_day(kpi.target_date),
        owner=kpi.owner_name,
        source=_source(kpi),
        source_detail=kpi.metric_subject if kpi.source_kind is SourceKind.PLATFORM else kpi.manual_evidence,
        actual=_measure(value, kpi.unit),
        actual_as_of=_as_of(kpi),
        actual_url=reverse("business_case:kpi_actual", args=address) if kpi.actual else "",
        readings_url=reverse("business_case:kpi_readings", args=address)
        if kpi.source_kind is SourceKind.SERIES
        else "",
        way_percent=way_done(kpi.baseline_value, kpi.target_value, value),
        way=_way(kpi, value),
        gaps=tuple(str(REASONS[part]) for part in missing_from(kpi)),
        edit_url=reverse("business_case:kpi", args=address),
    )


def _way(kpi: KpiSheet, actual: Decimal | None) -> Derivation | None:
    if actual is None or way_done(kpi.baseline_value, kpi.target_value, actual) is None:
        return None
    stated = ((_("Baseline"), kpi.baseline_value), (_("Actual"), actual), (_("Target"), kpi.target_value))
    inputs = tuple((name, _measure(value, kpi.unit)) for name, value in stated)
    return Derivation(_("(actual − baseline) ÷ (target − baseline)"), inputs, _("From 0 to 100%, rounded down."))


def _actual_value(kpi: KpiSheet) -> Decimal | None:
    return kpi.actual.value if kpi.actual else kpi.manual_value


def _measure(value: Decimal | None, unit: str) -> str:
    return "" if value is None else formats.measure(value, unit)


def _day(value: date | None) -> str:
    return formats.day(value) if value else ""


def _source(kpi: KpiSheet) -> str:
    if kpi.source_kind is SourceKind.PLATFORM:
        return _("computed by the platform")
    if kpi.source_kind is SourceKind.SERIES:
        return _("a series of readings")
    return _("entered by hand") if kpi.source_kind is SourceKind.MANUAL else ""


def _as_of(kpi: KpiSheet) -> str:
    if kpi.actual:
        return formats.instant(kpi.actual.as_of)
    return _day(kpi.manual_value_date)
