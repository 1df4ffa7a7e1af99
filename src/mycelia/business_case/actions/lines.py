"""Cost and benefit lines whose amounts are entered by year."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from mycelia.business_case import types
from mycelia.business_case.actions.items import add_item
from mycelia.business_case.errors import InvalidTerms
from mycelia.business_case.models import BenefitLine, Case, CostLine, Option
from mycelia.business_case.queries.items import row_of
from mycelia.business_case.types import Basis, BenefitCategory, CostCategory, ItemKind, LineKind, LineTerms
from mycelia.kernel.policy import Actor

Line = CostLine | BenefitLine
Value = types.CostLine | types.BenefitLine
_ITEMS = {LineKind.COST: ItemKind.COST, LineKind.BENEFIT: ItemKind.BENEFIT}


def add_line(*, actor: Actor, case: Case, kind: LineKind, terms: LineTerms) -> Line:
    """Add a cost or benefit line with its amounts to the option that is proposed.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: It is not described, or its category belongs to the other side.
        InvalidAmount: An amount is negative, not a number or too large.
        YearOutsideHorizon: There are more amounts than years.
    """
    proposal = Option.objects.filter(case=case, is_baseline=False).order_by("-is_preferred", "position").first()
    value = replace(_new(kind, terms), option=proposal.key if proposal else None)
    state = add_item(actor=actor, case=case, value=value)
    line: Line = row_of(case, _ITEMS[kind], state.key)
    return line


def _new(kind: LineKind, terms: LineTerms) -> Value:
    amounts = terms.amounts
    while amounts and amounts[-1] == 0:
        amounts = amounts[:-1]
    stated = {"amounts": amounts, "source": terms.source.strip(), "confidence": terms.confidence}
    if kind is LineKind.COST and isinstance(terms.category, CostCategory):
        return types.CostLine("", terms.category, terms.description.strip(), basis=Basis.AMOUNTS, **stated)  # type: ignore[arg-type]
    if kind is LineKind.BENEFIT and isinstance(terms.category, BenefitCategory):
        return types.BenefitLine("", terms.category, terms.description.strip(), basis=Basis.AMOUNTS, **stated)  # type: ignore[arg-type]
    raise InvalidTerms(_("That category belongs to the other side of the case. Nothing was saved."))
