"""Creating and changing the terms of a case."""

from __future__ import annotations

import re
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from mycelia.audit import api as audit
from mycelia.business_case.actions.record import opened_for_change, record_change
from mycelia.business_case.errors import HorizonCutsAmounts, InvalidTerms, SlugTaken
from mycelia.business_case.events import CaseChanged
from mycelia.business_case.models import BenefitLine, Case, CaseCalendar, CaseDrivers, CostLine, Option
from mycelia.business_case.models.case import LONGEST_MONTHS, MONTHS_PER_YEAR
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.types import EARLIEST_DAY, LATEST_DAY, CaseTerms
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require

CURRENCY = re.compile(r"[A-Z]{3}")
RESERVED = frozenset({"blueprint", "new"})
"""Words that are addresses already."""
_ATTEMPTS = 5


@transaction.atomic
def create_case(*, actor: Actor, terms: CaseTerms, slug: str = "") -> Case:
    """Begin a case as an empty draft.

    Args:
        actor: A finance analyst whose scope covers the case's unit.
        terms: What the case is about and how it is computed.
        slug: Short name for its address; made from the name when left out.

    Raises:
        PermissionDenied: The actor may not begin a case for that part of the organisation.
        InvalidTerms: A term breaks a stated rule.
        SlugTaken: The short name is in use, or was taken in the same moment.
    """
    require(actor, CreateCase())
    _refuse_invalid(terms)
    moment = clock.now()
    case = Case(slug=slug or free_slug(terms.name), created_at=moment, changed_at=moment)
    _apply(case, terms)
    _require_scope(actor, case)
    if case.slug in RESERVED or Case.objects.filter(slug=case.slug).exists():
        raise SlugTaken(slug=case.slug)
    _insert(case, may_rename=not slug)
    _begin(case)
    audit.record(
        actor=actor,
        action="business_case.case_created",
        object_type="case",
        object_id=case.slug,
        details={"name": case.name},
    )
    publish(CaseChanged(case_id=case.pk))
    return case


@transaction.atomic
def change_case(*, actor: Actor, case: Case, terms: CaseTerms) -> Case:
    """Change the terms of a case; its figures follow.

    Raises:
        PermissionDenied: The actor may not edit the case, or not move it to that part of the organisation.
        InvalidTerms: A term breaks a stated rule.
        HorizonCutsAmounts: The new length would drop amounts.
    """
    changed = opened_for_change(actor, case)
    _refuse_invalid(terms)
    _refuse_cut_amounts(changed, terms.horizon_months)
    moved = changed.scope_unit_id != terms.scope_unit_id
    _apply(changed, terms)
    if moved:
        _require_scope(actor, changed)
    changed.save()
    record_change(actor, changed, "case_changed", name=changed.name)
    return changed


def free_slug(name: str) -> str:
    """Return a short name made from a case's name that no other case has."""
    stem = slugify(name)[:60] or "case"
    taken = {*RESERVED, *Case.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _begin(case: Case) -> None:
    """Give a new case what every case has: its two first options, its drivers and its calendar."""
    Option.objects.create(case=case, name=str(_("Do nothing")), is_baseline=True, position=1)
    Option.objects.create(case=case, name=str(_("Proposal")), is_preferred=True, position=2)
    CaseDrivers.objects.create(case=case)
    CaseCalendar.objects.create(case=case)


def _insert(case: Case, *, may_rename: bool) -> None:
    """Save a new case, under another short name where somebody began one of that name in the same moment."""
    for _attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                case.save(force_insert=True)
            return
        except IntegrityError:
            if not Case.objects.filter(slug=case.slug).exists():
                raise
            if not may_rename:
                break
            case.slug = free_slug(case.name)
    raise SlugTaken(slug=case.slug)


def _apply(case: Case, terms: CaseTerms) -> None:
    case.name = terms.name.strip()
    case.summary = terms.summary.strip()
    case.currency = terms.currency
    case.start = terms.start
    case.horizon_months = terms.horizon_months
    case.rate_per_year = terms.rate_per_year
    case.discounting = terms.discounting
    case.inflation_per_year = terms.inflation_per_year
    case.tax_rate = terms.tax_rate
    case.counts_learner_time = terms.counts_learner_time
    case.is_short_programme = terms.is_short_programme
    case.is_synthetic = terms.is_synthetic
    case.owner_id = terms.owner_id
    case.scope_unit_id = terms.scope_unit_id


def _refuse_invalid(terms: CaseTerms) -> None:
    if not terms.name.strip():
        raise InvalidTerms(_("A case needs a name. Nothing was saved."))
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


def _refuse_cut_amounts(case: Case, horizon_months: int) -> None:
    last = -(-horizon_months // MONTHS_PER_YEAR)
    for lines in (CostLine, BenefitLine):
        stated = lines.objects.filter(case=case).values_list("amounts", flat=True)
        if any(any(amounts[last + 1 :]) for amounts in stated):
            raise HorizonCutsAmounts(case=case.slug, last_year=last)


def _require_scope(actor: Actor, case: Case) -> None:
    unit_path = case.scope_unit.path if case.scope_unit else None
    if not CreateCase().permits_scope(actor, unit_path):
        raise PermissionDenied(
            _("Your role does not cover that part of the organisation. Choose a unit within your own.")
        )
