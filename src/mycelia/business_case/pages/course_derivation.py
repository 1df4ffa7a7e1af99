"""How a row of plan and actual comes about: what its actual rests on, and what its remaining plan is multiplied by."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.calc.performance import CREDIBILITY_MONTHS, months_with_plan, weight_of
from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.types import Course, Proof

FACTOR_PLACES = 4


@dataclass(frozen=True)
class CourseDerivation:
    """What stands behind one row; `bookings_url` lists the bookings of its actual, empty where it has none."""

    actual: str
    facts: tuple[tuple[str, str], ...]
    bookings_url: str = ""


def course_derivation(case: Case, one: Course, proof: Proof | None) -> CourseDerivation | None:
    """Return how actual and forecast of a cost category or benefit line come about; None before the first close."""
    closed = sum(amount is not None for amount in one.actual)
    if not closed:
        return None
    is_booked = proof in (None, Proof.BOOKED)
    address = f"{reverse('business_case:ledger', args=[case.slug])}?{urlencode({'of': one.name})}"
    return CourseDerivation(
        actual=_actual(one, proof, closed),
        facts=tuple(_facts(one, closed)),
        bookings_url=address if is_booked else "",
    )


def _actual(one: Course, proof: Proof | None, closed: int) -> str:
    if proof in (None, Proof.BOOKED):
        return _("Actual: the sum of what is booked for it in the closed months.")
    if proof is Proof.MEASURED:
        words = _("Actual: plan of each month × share of the claimed movement that the KPI has made (last: %(share)s).")
        return words % {"share": _last_share(one, closed)}
    return _("Actual: nothing, since nothing proves it.")


def _last_share(one: Course, closed: int) -> str:
    """Return the share in the last closed month with a plan."""
    pairs = zip(one.plan[:closed], one.actual[:closed], strict=True)
    shares = [actual / plan for plan, actual in pairs if plan and actual is not None]
    return formats.percentage(shares[-1]) if shares else _("no plan")


def _facts(one: Course, closed: int) -> list[tuple[str, str]]:
    plan, actual = one.to_date()
    months = months_with_plan(one.plan, closed)
    ratio = formats.number(max(Decimal(0), actual) / plan, places=FACTOR_PLACES) if plan > 0 else _("no plan")
    return [
        (_("n, closed months with a plan"), str(months)),
        (
            _("z = n ÷ (n + %(months)s)") % {"months": CREDIBILITY_MONTHS},
            formats.number(weight_of(months), places=FACTOR_PLACES),
        ),
        (_("Actual ÷ plan to date"), ratio),
        (_("Remaining plan × (1 + z × (actual ÷ plan − 1))"), formats.number(one.factor, places=FACTOR_PLACES)),
    ]
