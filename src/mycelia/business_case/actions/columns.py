"""Values as columns: what an edit states, as it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case import types
from mycelia.business_case.errors import InvalidTerms
from mycelia.business_case.models import Case
from mycelia.business_case.queries.items import MODELS, KeyMaps
from mycelia.business_case.queries.values import Keys
from mycelia.business_case.types import ItemKind, ItemValue, SourceKind

Columns = dict[str, Any]


class References:
    """Primary keys of the items of a case by key, read when first asked for."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._known: dict[ItemKind, dict[str, int]] = {}
        self._keys: set[str] | None = None

    def id_of(self, kind: ItemKind, key: str | None) -> int | None:
        """Return the primary key of the item that a value names; None for none.

        Raises:
            InvalidTerms: The case has no such item.
        """
        if key is None:
            return None
        found = self._of(kind).get(key)
        if found is None:
            text = _("The case has no %(kind)s “%(key)s”. Nothing was saved.") % {"kind": kind, "key": key[:80]}
            raise InvalidTerms(text, kind=str(kind), key=key)
        return found

    def maps(self) -> KeyMaps:
        """Return the keys of everything that an item can name, by primary key."""
        return KeyMaps(self._case, self._keys_of)

    def _of(self, kind: ItemKind) -> dict[str, int]:
        if kind not in self._known:
            self._known[kind] = dict(MODELS[kind].objects.filter(case=self._case).values_list("key", "pk"))
        return self._known[kind]

    def _keys_of(self, kind: ItemKind) -> Keys:
        return {None: None, **{number: key for key, number in self._of(kind).items()}}

    def has_key(self, key: str) -> bool:
        """Return whether an item of any kind has the key."""
        if self._keys is None:
            rows = [model.objects.filter(case=self._case).values_list("key", flat=True) for model in MODELS.values()]
            self._keys = {key for keys in rows for key in keys}
        return key in self._keys

    def added(self, kind: ItemKind, key: str, number: int) -> None:
        """Take note of an item that is there now."""
        if kind in self._known:
            self._known[kind][key] = number
        if self._keys is not None:
            self._keys.add(key)

    def removed(self, kind: ItemKind, key: str) -> None:
        """Take note of an item that is gone."""
        self._known.get(kind, {}).pop(key, None)
        if self._keys is not None:
            self._keys.discard(key)


def columns_of(value: ItemValue, references: References) -> Columns:
    """Return the columns that a value states.

    Raises:
        InvalidTerms: It names an item that the case does not have.
    """
    return _WRITERS[types.kind_of(value)](value, references)


def without_last_zeros(amounts: Sequence[Decimal]) -> list[Decimal]:
    """Return yearly amounts up to the last one that is not 0."""
    last = max((year for year, amount in enumerate(amounts) if amount), default=-1)
    return list(amounts[: last + 1])


def _terms(value: types.CaseTerms, _references: References) -> Columns:
    names = ("currency", "start", "horizon_months", "rate_per_year", "discounting", "inflation_per_year", "tax_rate")
    flags = ("is_short_programme", "counts_learner_time", "is_synthetic", "owner_id", "scope_unit_id")
    words = {"name": value.name.strip(), "summary": value.summary.strip()}
    stated = {name: getattr(value, name) for name in (*names, *flags)}
    for name in ("rate", "inflation", "tax"):
        words[f"{name}_source"] = getattr(value, f"{name}_source").strip()
        words[f"{name}_confidence"] = getattr(value, f"{name}_confidence") or ""
    known = {"owner_text": ""} if value.owner_id else {}
    return {**words, **stated, **known, **({"unit_text": ""} if value.scope_unit_id else {})}


def _drivers(value: types.Drivers, references: References) -> Columns:
    return {
        "headcount": value.headcount,
        "headcount_growth_per_year": value.headcount_growth_per_year,
        "content_hours": value.content_hours,
        "adoption": value.adoption,
        "adoption_start": value.adoption_start,
        "adoption_milestone_id": references.id_of(ItemKind.WORK_ITEM, value.adoption_milestone),
        "source": value.source.strip(),
        "is_placeholder": value.is_placeholder,
        "size_source": value.size_source.strip(),
    }


def _calendar(value: types.RoadmapCalendar, _references: References) -> Columns:
    return {
        "start": value.start,
        "working_weekdays": sorted(set(value.working_weekdays)),
        "holidays": sorted(set(value.holidays)),
    }


def _option(value: types.Option, _references: References) -> Columns:
    return {
        "name": value.name.strip(),
        "description": value.description.strip(),
        "is_baseline": value.is_baseline,
        "is_preferred": value.is_preferred,
    }


def _phase(value: types.Phase, _references: References) -> Columns:
    return {"title": value.title.strip()}


def _work_item(value: types.WorkItem, references: References) -> Columns:
    return {
        "title": value.title.strip(),
        "duration_days": value.duration_days,
        "phase_id": references.id_of(ItemKind.PHASE, value.phase),
        "calendar": value.calendar,
        "earliest_start": value.earliest_start,
        "is_milestone": value.is_milestone,
        "option_id": references.id_of(ItemKind.OPTION, value.option),
        "owner": value.owner.strip(),
        "finished_on": value.finished_on,
        "source": value.source.strip(),
        "is_placeholder": value.is_placeholder,
    }


def _line(value: types.CostLine | types.BenefitLine, references: References) -> Columns:
    timing = value.timing
    return {
        "category": value.category,
        "description": value.description.strip(),
        "option_id": references.id_of(ItemKind.OPTION, value.option),
        "basis": value.basis,
        "amounts": without_last_zeros(value.amounts),
        "start_month": timing.start_month,
        "end_month": timing.end_month,
        "start_milestone_id": references.id_of(ItemKind.WORK_ITEM, timing.start_milestone),
        "end_milestone_id": references.id_of(ItemKind.WORK_ITEM, timing.end_milestone),
        "spread": value.spread,
        "risk_adjustment": value.risk_adjustment,
        "escalation_per_year": value.escalation_per_year,
        "source": value.source.strip(),
        "confidence": value.confidence,
        "is_placeholder": value.is_placeholder,
    }


def _cost(value: types.CostLine, references: References) -> Columns:
    return {
        **_line(value, references),
        "quantity": value.quantity,
        "unit": value.unit.strip(),
        "driver": value.driver,
        "price": value.price,
        "recurrence": value.recurrence,
        "cost_centre": value.cost_centre.strip(),
    }


def _benefit(value: types.BenefitLine, references: References) -> Columns:
    return {
        **_line(value, references),
        "inputs": dict(value.inputs),
        "adoption": value.adoption,
        "follows_case_adoption": value.follows_case_adoption,
        "ramp_months": value.ramp_months,
        "isolation": value.isolation,
        "isolation_method": value.isolation_method or "",
        "confidence_factor": value.confidence_factor,
        "kpi_id": references.id_of(ItemKind.KPI, value.kpi),
        "claimed_movement": value.claimed_movement,
        "evidence_grade": value.evidence_grade,
        "is_intangible": value.is_intangible,
        "saves_learner_time": value.saves_learner_time,
    }


def _objective(value: types.ObjectiveTerms, _references: References) -> Columns:
    return {"title": value.title.strip(), "description": value.description.strip()}


def _kpi(value: types.KpiTerms, references: References) -> Columns:
    return {
        "objective_id": references.id_of(ItemKind.OBJECTIVE, value.objective),
        "name": value.name.strip(),
        "unit": value.unit.strip(),
        "direction": value.direction,
        "baseline_value": value.baseline_value,
        "baseline_date": value.baseline_date,
        "baseline_evidence": value.baseline_evidence.strip(),
        "target_value": value.target_value,
        "target_date": value.target_date,
        "owner_id": value.owner_id,
        "owner_text": "" if value.owner_id else value.owner_text,
        "value_per_unit": value.value_per_unit,
        "isolation_method": value.isolation_method or "",
        "source_kind": value.source_kind or "",
        **_source(value),
    }


def _source(value: types.KpiTerms) -> Columns:
    """Return what belongs to the source of a KPI; what belongs to another one is not kept."""
    is_platform, is_manual = (value.source_kind is kind for kind in (SourceKind.PLATFORM, SourceKind.MANUAL))
    has_evidence = is_manual or value.source_kind is SourceKind.SERIES
    return {
        "metric_id": value.metric_id if is_platform else "",
        "metric_course_id": value.course_id if is_platform else None,
        "course_text": value.course_text if is_platform and not value.course_id else "",
        "metric_since": value.metric_since if is_platform else None,
        "manual_evidence": value.manual_evidence.strip() if has_evidence else "",
        "manual_value": value.manual_value if is_manual else None,
        "manual_value_date": value.manual_value_date if is_manual else None,
    }


def _correlation(value: types.Correlation, _references: References) -> Columns:
    return {"first": value.first, "second": value.second, "rho": value.rho}


def _named_input(value: types.NamedInput, _references: References) -> Columns:
    return {
        "title": value.title.strip(),
        "estimate": value.estimate,
        "kind": value.kind,
        "unit": value.unit.strip(),
        "source": value.source.strip(),
        "confidence": value.confidence,
        "is_placeholder": value.is_placeholder,
    }


_WRITERS: Mapping[ItemKind, Callable[[Any, References], Columns]] = {
    ItemKind.TERMS: _terms,
    ItemKind.DRIVERS: _drivers,
    ItemKind.CALENDAR: _calendar,
    ItemKind.OPTION: _option,
    ItemKind.PHASE: _phase,
    ItemKind.WORK_ITEM: _work_item,
    ItemKind.COST: _cost,
    ItemKind.BENEFIT: _benefit,
    ItemKind.OBJECTIVE: _objective,
    ItemKind.KPI: _kpi,
    ItemKind.CORRELATION: _correlation,
    ItemKind.INPUT: _named_input,
}
