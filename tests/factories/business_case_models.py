"""Small models of business cases, made in one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mycelia.business_case.types import (
    Basis,
    BenefitCategory,
    BenefitLine,
    CaseModel,
    CostCategory,
    CostLine,
    Dependency,
    Estimate,
    Roadmap,
    WorkItem,
)

OPTION = "proposal"
START = date(2026, 1, 1)
"""A Thursday."""


def a_model(*lines: CostLine | BenefitLine, **terms) -> CaseModel:
    """A case with these lines, starting on 1 January 2026."""
    return CaseModel(
        **{"currency": "EUR", "start": START}
        | terms
        | {
            "costs": tuple(line for line in lines if isinstance(line, CostLine)),
            "benefits": tuple(line for line in lines if isinstance(line, BenefitLine)),
        }
    )


def a_cost(key: str = "c", *, price: Estimate | int | str = 100, **terms) -> CostLine:
    """A cost of so much; once at the start when nothing else is said."""
    line = CostLine(key, CostCategory.LICENCES, f"Cost {key}", price=as_estimate(price))
    return replace(line, **terms)


def a_benefit(key: str = "b", *, yearly: Estimate | int | str = 1200, **terms) -> BenefitLine:
    """A benefit of so much a year."""
    inputs = {"yearly_amount": as_estimate(yearly)}
    return replace(BenefitLine(key, BenefitCategory.CUSTOM, f"Benefit {key}", inputs=inputs), **terms)


def entered_cost(*amounts: int | str, key: str = "c") -> CostLine:
    """A cost entered by year."""
    return a_cost(key, basis=Basis.AMOUNTS, amounts=tuple(map(Decimal, amounts)))


def entered_benefit(*amounts: int | str, key: str = "b") -> BenefitLine:
    """A benefit entered by year."""
    return a_benefit(key, basis=Basis.AMOUNTS, amounts=tuple(map(Decimal, amounts)))


def an_item(key: str, days: Estimate | int | str, *needs: str | tuple[str, int], **terms) -> WorkItem:
    """A work item that needs others finished, each with a lag or without."""
    depends_on = tuple(Dependency(need) if isinstance(need, str) else Dependency(*need) for need in needs)
    return WorkItem(key, f"Item {key}", as_estimate(days), depends_on=depends_on, **terms)


def a_roadmap(*items: WorkItem, **terms) -> Roadmap:
    """A roadmap on a five-day week."""
    return Roadmap(items=items, **terms)


def as_estimate(value: Estimate | int | str) -> Estimate:
    """A number that is known, or what is believed about it."""
    return value if isinstance(value, Estimate) else Estimate.fixed(value)
