"""What an edit may not state, whatever the rest of the case says; the numbers are checked with the whole model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case import types
from mycelia.business_case.calc import is_against_direction
from mycelia.business_case.errors import HorizonCutsAmounts, InvalidAmount, InvalidTerms, YearOutsideHorizon
from mycelia.business_case.models import BenefitLine, Case, CostLine, LedgerEntry, MonthClose, Option
from mycelia.business_case.models.case import LONGEST_MONTHS, MONTHS_PER_YEAR
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.types import EARLIEST_DAY, LATEST_DAY, ItemValue
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Actor

LARGEST_AMOUNT = Decimal("9999999999999.99")
CURRENCY = re.compile(r"[A-Z]{3}")
CENT = Decimal("0.01")


def refuse_invalid(value: ItemValue, case: Case, before: ItemValue | None = None) -> None:
    """Refuse a value that breaks a stated rule.

    Raises:
        InvalidTerms: Words are missing, a day is out of reach, or something fixed would change.
        InvalidAmount: An amount is negative, not a number, too large or finer than a cent.
        YearOutsideHorizon: There are more amounts than years.
        HorizonCutsAmounts: A shorter case would drop amounts.
    """
    if isinstance(value, types.CostLine | types.BenefitLine):
        _refuse_blank(value.description, _("A line needs a description. Nothing was saved."))
        _refuse_invalid_amounts(value.amounts, case.years)
    elif isinstance(value, types.Option):
        _refuse_blank(value.name, _("An option needs a name. Nothing was saved."))
        _refuse_other_baseline(value, before)
        _refuse_taken_name(value, case, before)
    elif isinstance(value, types.Phase | types.WorkItem | types.ObjectiveTerms | types.NamedInput):
        _refuse_blank(value.title, _("It needs a title. Nothing was saved."))
    elif isinstance(value, types.KpiTerms):
        _refuse_invalid_kpi(value)
    elif isinstance(value, types.CaseTerms):
        refuse_invalid_terms(value)
        refuse_cut_amounts(case, value.horizon_months)
        _refuse_moved_record(value, case)
    if isinstance(value, types.WorkItem):
        _refuse_impossible_days([value.earliest_start, value.finished_on])
        _refuse_unnamed_resources(value)
    if isinstance(value, types.RoadmapCalendar):
        _refuse_impossible_days([value.start, *value.holidays])


def refuse_invalid_terms(terms: types.CaseTerms) -> None:
    """Refuse terms that break a stated rule.

    Raises:
        InvalidTerms: The name is missing, or a number, day or currency is impossible.
    """
    _refuse_blank(terms.name, _("A case needs a name. Nothing was saved."))
    if not 1 <= terms.horizon_months <= LONGEST_MONTHS:
        raise InvalidTerms(_("A case runs for 1 to 120 months. Nothing was saved."))
    if not terms.rate_per_year.is_finite() or not 0 <= terms.rate_per_year <= Decimal(1):
        raise InvalidTerms(_("The discount rate lies between 0 % and 100 % a year. Nothing was saved."))
    if not terms.inflation_per_year.is_finite() or not -1 < terms.inflation_per_year <= 1:
        raise InvalidTerms(_("Inflation lies above -100 % and not above 100 % a year. Nothing was saved."))
    if terms.tax_rate is not None and not (terms.tax_rate.is_finite() and 0 <= terms.tax_rate < 1):
        raise InvalidTerms(_("The tax rate lies between 0 % and below 100 %. Nothing was saved."))
    if not EARLIEST_DAY <= terms.start <= LATEST_DAY:
        raise InvalidTerms(_("The start lies between 1990 and 2199. Nothing was saved."))
    if not CURRENCY.fullmatch(terms.currency):
        raise InvalidTerms(_("The currency is a code of three capital letters, such as EUR. Nothing was saved."))


def require_scope(actor: Actor, unit_id: int | None) -> None:
    """Hold an actor to the part of the organisation that their role covers.

    Raises:
        PermissionDenied: The unit lies outside it.
    """
    units: Any = Case._meta.get_field("scope_unit").related_model
    unit = None if unit_id is None else units._default_manager.get(pk=unit_id)
    if not CreateCase().permits_scope(actor, unit.path if unit else None):
        raise PermissionDenied(
            _("Your role does not cover that part of the organisation. Choose a unit within your own.")
        )


def refuse_cut_amounts(case: Case, horizon_months: int) -> None:
    """Refuse a shorter case that would drop amounts.

    Raises:
        HorizonCutsAmounts: Some line has an amount after the new end.
    """
    last = -(-horizon_months // MONTHS_PER_YEAR)
    for lines in (CostLine, BenefitLine):
        stated = lines.objects.filter(case=case).values_list("amounts", flat=True)
        if any(any(amounts[last + 1 :]) for amounts in stated):
            raise HorizonCutsAmounts(case=case.slug, last_year=last)


def _refuse_moved_record(terms: types.CaseTerms, case: Case) -> None:
    """Refuse terms under which what is booked and closed would fall into other months, or mean other money."""
    last = MonthClose.objects.filter(case=case).values_list("column", flat=True).first()
    if last is None and not LedgerEntry.objects.filter(case=case).exists():
        return
    if (terms.start, terms.currency) != (case.start, case.currency):
        raise InvalidTerms(_("Something is booked or closed already, so start and currency stay. Nothing was saved."))
    if last is not None and terms.horizon_months < last:
        raise InvalidTerms(_("%(months)s months are closed already. Nothing was saved.") % {"months": last})


def _refuse_blank(words: str, refusal: str) -> None:
    if not words.strip():
        raise InvalidTerms(refusal)


def _refuse_invalid_amounts(amounts: Iterable[Decimal], years: int) -> None:
    stated = tuple(amounts)
    for year, amount in enumerate(stated):
        if not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT:
            raise InvalidAmount(year=year)
        if amount != amount.quantize(CENT):
            raise InvalidAmount(_("An amount has at most two decimal places. Nothing was saved."), year=year)
    if len(stated) > years:
        raise YearOutsideHorizon(years=years, amounts=len(stated))


def _refuse_other_baseline(value: types.Option, before: ItemValue | None) -> None:
    was_baseline = isinstance(before, types.Option) and before.is_baseline
    if value.is_baseline != was_baseline:
        raise InvalidTerms(_("Which option is doing nothing does not change. Nothing was saved."))


def _refuse_taken_name(value: types.Option, case: Case, before: ItemValue | None) -> None:
    """Refuse the name of another option, which readers could not tell apart; one that stands so already may stay."""
    if isinstance(before, types.Option) and before.name == value.name:
        return
    others = Option.objects.filter(case=case).exclude(key=value.key).values_list("name", flat=True)
    if value.name.strip().casefold() in {name.strip().casefold() for name in others}:
        words = _("Another option is called “%(name)s” already. Nothing was saved.")
        raise InvalidTerms(words % {"name": value.name.strip()[:200]}, fields=["name"])


def _refuse_impossible_days(days: Iterable[date | None]) -> None:
    if any(day is not None and not EARLIEST_DAY <= day <= LATEST_DAY for day in days):
        raise InvalidTerms(_("Every day lies between 1990 and 2199. Nothing was saved."))


def _refuse_unnamed_resources(value: types.WorkItem) -> None:
    for need in value.resources:
        _refuse_blank(need.role, _("Who or what is needed has no name. Nothing was saved."))
        if not need.quantity.is_finite() or not 0 <= need.quantity <= Decimal("99999999.99"):
            raise InvalidTerms(_("A quantity is a number from 0 to 99,999,999.99. Nothing was saved."))


def _refuse_invalid_kpi(terms: types.KpiTerms) -> None:
    if not terms.name.strip() or not terms.unit.strip():
        raise InvalidTerms(_("A KPI needs a name and a unit. Nothing was saved."))
    values = (terms.baseline_value, terms.target_value, terms.manual_value, terms.value_per_unit)
    if any(value is not None and not value.is_finite() for value in values):
        raise InvalidTerms(_("A baseline, target or actual is a finite number. Nothing was saved."))
    days = (terms.baseline_date, terms.target_date, terms.metric_since, terms.manual_value_date)
    if any(day is not None and not EARLIEST_DAY <= day <= LATEST_DAY for day in days):
        raise InvalidTerms(_("Every day of a KPI lies between 1990 and 2199. Nothing was saved."))
    if terms.baseline_date and terms.target_date and terms.target_date <= terms.baseline_date:
        raise InvalidTerms(_("The target lies after the baseline. Nothing was saved."))
    if is_against_direction(terms.direction, terms.baseline_value, terms.target_value):
        words = _("The target of “%(kpi)s” is worse than its baseline: is it better when it rises or falls?")
        raise InvalidTerms(words % {"kpi": terms.name[:200]}, fields=["target_value"])
