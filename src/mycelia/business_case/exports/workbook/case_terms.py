"""The terms of a case as the sheet of inputs has them: a name, a label, a number, a style and a note."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mycelia.business_case.types import CaseModel, Discounting

TermEntry = tuple[str, str, float, str, str]


def term_entries(model: CaseModel) -> Iterator[TermEntry]:
    """Yield every term that is a number, in the order of the sheet."""
    yield from _rates(model)
    yield from _switches(model)
    yield from _drivers(model)


def _rates(model: CaseModel) -> Iterator[TermEntry]:
    is_mid_month = float(model.discounting is Discounting.MID_MONTH)
    inflation = _("A year, from the second year on, for lines that state no escalation of their own.")
    yield "rate_per_year", _("Discount rate"), float(model.rate_per_year), "share_entry", _("A year.")
    yield "mid_month", _("Discounting"), is_mid_month, "entry", _("0: at the end of each year; 1: mid-month.")
    yield "inflation_per_year", _("Inflation"), float(model.inflation_per_year), "share_entry", inflation
    yield "tax_rate", _("Tax"), float(model.tax_rate or 0), "share_entry", _("Share of the net flow; 0 leaves it out.")


def _switches(model: CaseModel) -> Iterator[TermEntry]:
    short = _("1: the undiscounted return counts twelve months of benefits only, from the first of them on.")
    learners = _("1: the working time of learners counts; 0: it is left out, and so are the benefits that save it.")
    yield "first_year_only", _("Short programme"), float(model.is_short_programme), "entry", short
    yield "counts_learner_time", _("Learner time"), float(model.counts_learner_time), "entry", learners


def _drivers(model: CaseModel) -> Iterator[TermEntry]:
    drivers, curve = model.drivers, model.drivers.adoption
    growth = float(drivers.headcount_growth_per_year)
    yield "headcount_growth", _("Growth of headcount"), growth, "share_entry", _("A year.")
    start = _("Column of the calculation after which people begin to use it; a milestone counts before it.")
    numbers = (
        ("adoption_start_column", _("Adoption starts"), drivers.adoption_start, start),
        ("adoption_innovation", _("Adoption: innovation"), curve.innovation_per_year, _("Bass curve, a year.")),
        ("adoption_imitation", _("Adoption: imitation"), curve.imitation_per_year, _("Bass curve, a year.")),
        ("adoption_midpoint", _("Adoption: midpoint"), curve.midpoint_months, _("Logistic curve, in months.")),
        ("adoption_steepness", _("Adoption: steepness"), curve.steepness_per_month, _("Logistic curve, a month.")),
    )
    for name, label, number, note in numbers:
        yield name, label, float(number), "entry", note
