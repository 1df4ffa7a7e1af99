"""Cost and benefit lines with their yearly amounts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.actions.record import next_position, opened_for_change, record_change
from mycelia.business_case.errors import InvalidAmount, InvalidTerms, YearOutsideHorizon
from mycelia.business_case.models import BenefitLine, Case, CostLine, Option
from mycelia.business_case.types import BenefitCategory, CostCategory, LineKind, LineTerms
from mycelia.kernel.policy import Actor

Line = CostLine | BenefitLine
LARGEST_AMOUNT = Decimal("9999999999999.99")
_LINES: dict[LineKind, type[CostLine] | type[BenefitLine]] = {LineKind.COST: CostLine, LineKind.BENEFIT: BenefitLine}
CENT = Decimal("0.01")


def add_cost_line(*, actor: Actor, case: Case, terms: LineTerms) -> Line:
    """Add a cost; see `add_line`."""
    return add_line(actor=actor, case=case, kind=LineKind.COST, terms=terms)


def add_benefit_line(*, actor: Actor, case: Case, terms: LineTerms) -> Line:
    """Add a benefit; see `add_line`."""
    return add_line(actor=actor, case=case, kind=LineKind.BENEFIT, terms=terms)


@transaction.atomic
def add_line(*, actor: Actor, case: Case, kind: LineKind, terms: LineTerms) -> Line:
    """Add a cost or benefit line with its amounts.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: It is not described, or its category belongs to the other side.
        InvalidAmount: An amount is negative, not a number or too large.
        YearOutsideHorizon: There are more amounts than years.
    """
    changed = opened_for_change(actor, case)
    proposal = Option.objects.filter(case=changed, is_baseline=False).order_by("-is_preferred", "position").first()
    line = _LINES[kind](case=changed, option=proposal, position=next_position(changed, _LINES[kind]))
    _apply(line, terms, changed.years)
    record_change(actor, changed, f"{kind}_added", line=line.pk, **_stated(terms))
    return line


@transaction.atomic
def change_line(*, actor: Actor, line: Line, terms: LineTerms) -> Line:
    """Change a line; its amounts are replaced by those stated.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: It is not described, or its category belongs to the other side.
        InvalidAmount: An amount is negative, not a number or too large.
        YearOutsideHorizon: There are more amounts than years.
    """
    changed = opened_for_change(actor, line.case)
    _apply(line, terms, changed.years)
    record_change(actor, changed, f"{kind_of(line)}_changed", line=line.pk, **_stated(terms))
    return line


@transaction.atomic
def remove_line(*, actor: Actor, line: Line) -> None:
    """Remove a line with its amounts.

    Raises:
        PermissionDenied: The actor may not edit the case.
    """
    changed = opened_for_change(actor, line.case)
    amounts = [str(amount) for amount in line.amounts]
    record_change(
        actor, changed, f"{kind_of(line)}_removed", line=line.pk, description=line.description, amounts=amounts
    )
    line.delete()


def kind_of(line: Line) -> LineKind:
    """Return which side of the case a line is on."""
    return LineKind.COST if isinstance(line, CostLine) else LineKind.BENEFIT


def _apply(line: Line, terms: LineTerms, years: int) -> None:
    _refuse_invalid(line, terms)
    _refuse_invalid_amounts(terms.amounts, years)
    line.category, line.confidence = terms.category, terms.confidence
    line.description, line.source = terms.description.strip(), terms.source.strip()
    line.amounts = _without_last_zeros(terms.amounts)
    line.save()


def _without_last_zeros(amounts: Sequence[Decimal]) -> list[Decimal]:
    last = max((year for year, amount in enumerate(amounts) if amount), default=-1)
    return list(amounts[: last + 1])


def _refuse_invalid(line: Line, terms: LineTerms) -> None:
    if not terms.description.strip():
        raise InvalidTerms(_("A line needs a description. Nothing was saved."))
    categories = CostCategory if isinstance(line, CostLine) else BenefitCategory
    if not isinstance(terms.category, categories):
        raise InvalidTerms(_("That category belongs to the other side of the case. Nothing was saved."))


def _refuse_invalid_amounts(amounts: Sequence[Decimal], years: int) -> None:
    for year, amount in enumerate(amounts):
        if not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT:
            raise InvalidAmount(year=year)
        if amount != amount.quantize(CENT):
            raise InvalidAmount(_("An amount has at most two decimal places. Nothing was saved."), year=year)
    if len(amounts) > years:
        raise YearOutsideHorizon(years=years, amounts=len(amounts))


def _stated(terms: LineTerms) -> dict[str, object]:
    return {
        "category": str(terms.category),
        "description": terms.description.strip(),
        "amounts": [str(amount) for amount in terms.amounts],
        "source": terms.source.strip(),
        "confidence": str(terms.confidence),
    }
