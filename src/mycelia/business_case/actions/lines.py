"""Cost and benefit lines whose amounts are entered by year."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from mycelia.business_case import types
from mycelia.business_case.actions.items import add_item, change_item, remove_item
from mycelia.business_case.errors import InvalidTerms
from mycelia.business_case.models import BenefitLine, Case, CostLine, Option
from mycelia.business_case.queries.items import item_of, row_of
from mycelia.business_case.types import Basis, BenefitCategory, CostCategory, ItemKind, LineKind, LineTerms
from mycelia.kernel.policy import Actor

Line = CostLine | BenefitLine
Value = types.CostLine | types.BenefitLine
_ITEMS = {LineKind.COST: ItemKind.COST, LineKind.BENEFIT: ItemKind.BENEFIT}


def add_cost_line(*, actor: Actor, case: Case, terms: LineTerms) -> Line:
    """Add a cost; see `add_line`."""
    return add_line(actor=actor, case=case, kind=LineKind.COST, terms=terms)


def add_benefit_line(*, actor: Actor, case: Case, terms: LineTerms) -> Line:
    """Add a benefit; see `add_line`."""
    return add_line(actor=actor, case=case, kind=LineKind.BENEFIT, terms=terms)


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


def change_line(*, actor: Actor, line: Line, terms: LineTerms) -> Line:
    """Change what the terms state of a line as it was read; of a computed line the amounts are left alone.

    Raises:
        PermissionDenied: The actor may not edit the case.
        ItemMovedOn: Somebody changed the line since it was read.
        InvalidTerms: It is not described, or its category belongs to the other side.
        InvalidAmount: An amount is negative, not a number or too large.
        YearOutsideHorizon: There are more amounts than years.
    """
    kind = kind_of(line)
    stored = item_of(line.case, _ITEMS[kind], line.key).value
    if not isinstance(stored, types.CostLine | types.BenefitLine):
        raise TypeError(f"{stored} is no line")
    stated = _new(kind, terms)
    amounts = stated.amounts if stored.basis is Basis.AMOUNTS else stored.amounts
    words = {"description": stated.description, "source": stated.source, "confidence": stated.confidence}
    value = replace(stored, category=stated.category, amounts=amounts, **words)  # type: ignore[arg-type]
    change_item(actor=actor, case=line.case, value=value, seen_revision=line.revision)
    line.refresh_from_db()
    return line


def remove_line(*, actor: Actor, line: Line) -> None:
    """Remove a line as it was read.

    Raises:
        PermissionDenied: The actor may not edit the case.
        ItemMovedOn: Somebody changed the line since it was read.
    """
    kind = _ITEMS[kind_of(line)]
    remove_item(actor=actor, case=line.case, kind=kind, key=line.key, seen_revision=line.revision)


def kind_of(line: Line) -> LineKind:
    """Return which side of the case a line is on."""
    return LineKind.COST if isinstance(line, CostLine) else LineKind.BENEFIT


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
