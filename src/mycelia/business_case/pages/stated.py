"""Any field of an item in words: what it is called, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.pages import formats, vocabulary
from mycelia.business_case.pages.estimates import in_words
from mycelia.business_case.pages.input_names import PARTS, SHARES
from mycelia.business_case.types import CalendarKind, Estimate, InputKind
from mycelia.ui.types import Text

NOTHING = "–"
LONGEST = 160
NAMES: Mapping[str, Text] = {
    **vocabulary.INPUTS,
    **PARTS,
    "adoption": _lazy("Adoption"),
    "adoption_milestone": _lazy("Adoption begins with"),
    "adoption_start": _lazy("Adoption begins in month"),
    "amounts": _lazy("Amounts by year"),
    "as_of": _lazy("Told on"),
    "baseline_date": _lazy("Baseline read on"),
    "baseline_evidence": _lazy("Evidence of the baseline"),
    "baseline_value": _lazy("Baseline"),
    "basis": _lazy("Amounts"),
    "calendar": _lazy("Calendar"),
    "category": _lazy("Category"),
    "ceiling": _lazy("Adoption, in the end"),
    "claimed_movement": _lazy("Movement claimed"),
    "confidence": _lazy("Confidence"),
    "cost_centre": _lazy("Cost centre"),
    "counts_learner_time": _lazy("Counts learner time"),
    "currency": _lazy("Currency"),
    "depends_on": _lazy("Depends on"),
    "description": _lazy("Description"),
    "direction": _lazy("Better when"),
    "discounting": _lazy("Discounting"),
    "driver": _lazy("Times"),
    "duration_days": _lazy("Duration, days"),
    "earliest_start": _lazy("Not before"),
    "end_milestone": _lazy("Ends with"),
    "end_month": _lazy("Last month"),
    "escalation_per_year": _lazy("Escalation a year"),
    "estimate": _lazy("Number"),
    "evidence_grade": _lazy("Evidence"),
    "finished_on": _lazy("Finished on"),
    "first": _lazy("One input"),
    "follows_case_adoption": _lazy("Follows the adoption of the case"),
    "headcount_growth_per_year": _lazy("Growth of the headcount a year"),
    "holidays": _lazy("Holidays"),
    "horizon_months": _lazy("Runs for, months"),
    "imitation_per_year": _lazy("Imitation a year"),
    "inflation_confidence": _lazy("Confidence in the inflation"),
    "inflation_per_year": _lazy("Inflation a year"),
    "inflation_source": _lazy("Source of the inflation"),
    "innovation_per_year": _lazy("Innovation a year"),
    "is_intangible": _lazy("Told, not counted"),
    "is_milestone": _lazy("Milestone"),
    "is_placeholder": _lazy("Placeholder"),
    "is_preferred": _lazy("Preferred"),
    "is_short_programme": _lazy("Short programme: benefits of the first year only"),
    "is_synthetic": _lazy("Synthetic"),
    "isolation_method": _lazy("Isolation by"),
    "kind": _lazy("Curve"),
    "kpi": _lazy("KPI"),
    "manual_evidence": _lazy("Evidence of the actual"),
    "manual_value": _lazy("Actual"),
    "manual_value_date": _lazy("Actual read on"),
    "metric_id": _lazy("Metric"),
    "metric_since": _lazy("Counted from"),
    "midpoint_months": _lazy("Half of them after, months"),
    "name": _lazy("Name"),
    "option": _lazy("Option"),
    "owner": _lazy("Owner"),
    "phase": _lazy("Phase"),
    "ramp_months": _lazy("Ramp, months"),
    "rate_confidence": _lazy("Confidence in the discount rate"),
    "rate_per_year": _lazy("Discount rate"),
    "rate_source": _lazy("Source of the discount rate"),
    "recurrence": _lazy("Due"),
    "resources": _lazy("Needs"),
    "rho": _lazy("Correlation"),
    "risk_adjustment": _lazy("Allowance for risk"),
    "saves_learner_time": _lazy("Saves learner time"),
    "second": _lazy("Another input"),
    "size_source": _lazy("Source of people and hours"),
    "source": _lazy("Source"),
    "source_kind": _lazy("Where its values come from"),
    "start": _lazy("Starts"),
    "start_milestone": _lazy("Begins after"),
    "start_month": _lazy("First month"),
    "steepness_per_month": _lazy("Steepness a month"),
    "steps": _lazy("Steps"),
    "summary": _lazy("Summary"),
    "target_date": _lazy("Target by"),
    "target_value": _lazy("Target"),
    "tax_confidence": _lazy("Confidence in the tax"),
    "tax_rate": _lazy("Tax"),
    "tax_source": _lazy("Source of the tax"),
    "tempo": _lazy("Tempo of adoption"),
    "title": _lazy("Title"),
    "unit": _lazy("Unit"),
    "value_per_unit": _lazy("Value of one unit"),
    "working_weekdays": _lazy("Working days"),
}
_CODES: Sequence[Mapping[Any, Text]] = (
    *(vocabulary.ADOPTIONS, vocabulary.CATEGORIES, vocabulary.CONFIDENCES, vocabulary.DIRECTIONS),
    *(vocabulary.DISCOUNTINGS, vocabulary.DRIVERS, vocabulary.GRADES, vocabulary.ISOLATIONS),
    *(vocabulary.RECURRENCES, vocabulary.SOURCE_KINDS),
    {CalendarKind.WORKING: _lazy("working days"), CalendarKind.ELAPSED: _lazy("any days")},
)
_WORDS = {(type(code), str(code)): words for codes in _CODES for code, words in codes.items()}
_PERCENT = SHARES | {
    *("ceiling", "escalation_per_year", "headcount_growth_per_year", "imitation_per_year", "inflation_per_year"),
    *("innovation_per_year", "rate_per_year", "risk_adjustment", "tax_rate"),
}


def field_label(name: str) -> str:
    """Return what a field is called; one without words of its own is called as it is stored."""
    return str(NAMES.get(name, name.replace("_", " ")))


def parts_of(name: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield a field that differs; of one that has parts those that differ, each by its own name."""
    old, new = _parts(before), _parts(after)
    if not old and not new:
        yield name, before, after
        return
    for part in [*new, *(part for part in old if part not in new)]:
        if old.get(part) != new.get(part):
            yield part, old.get(part), new.get(part)


def value_in_words(name: str, value: Any, items: Mapping[str, str]) -> str:
    """Return what stands in a field, shortened.

    Args:
        name: Of the field.
        items: What a reader calls the items of the case, by key.
    """
    words = _in_words(name, value, items)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _parts(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value) and not isinstance(value, (Estimate, type)):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return {}


def _in_words(name: str, value: Any, items: Mapping[str, str]) -> str:
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return _("yes") if value else _("no")
        case Estimate():
            return in_words(value, InputKind.SHARE if name in _PERCENT else InputKind.COUNT)
        case Decimal():
            return formats.rate(value) if name in _PERCENT else formats.plain_number(value)
        case date():
            return formats.day(value)
        case StrEnum():
            return str(_WORDS.get((type(value), str(value)), str(value).replace("_", " ")))
        case str():
            return items.get(value, value)
        case tuple():
            return ", ".join(_in_words(name, each, items) for each in value)
    told = [_in_words(part, each, items) for part, each in _parts(value).items() if each not in (None, "", 0)]
    return " ".join(told) or str(value)
