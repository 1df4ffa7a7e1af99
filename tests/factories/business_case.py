"""Cases for tests: an empty one, and one that can be presented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from mycelia.business_case import api
from mycelia.business_case.api import (
    BenefitCategory,
    CaseTerms,
    CostCategory,
    KpiTerms,
    LineTerms,
    SourceKind,
)
from mycelia.business_case.models import Case, Objective
from mycelia.business_case.types import Basis, BenefitLine, IsolationMethod, LineKind
from mycelia.kernel.policy import Actor, Role, RoleGrant
from tests.factories.people import make_person

SYSTEM = Actor.system("test")
COSTS = (53_150, 666_715, 636_772, 647_783)
BENEFITS = (0, 1_606_511, 3_061_331, 4_229_760)
_numbers = count(1)


def make_actor(*roles: Role, unit_path: str | None = None) -> Actor:
    """Create a person and return the actor with these roles."""
    person = make_person()
    return Actor(person.pk, person.full_name, tuple(RoleGrant(role, unit_path) for role in roles))


def make_terms(**terms: Any) -> CaseTerms:
    """Return the terms of a three-year case."""
    stated = {"name": "Sales training", "currency": "USD", "start": date(2026, 1, 1), "rate_source": "Treasury"}
    return CaseTerms(**{**stated, **terms})


def make_case(slug: str = "", **terms: Any) -> Case:
    """Create an empty case."""
    return api.create_case(actor=SYSTEM, terms=make_terms(**terms), slug=slug or f"case-{next(_numbers)}")


def make_line_terms(category: Any = CostCategory.LICENCES, amounts: tuple[int, ...] = COSTS, **terms: Any) -> LineTerms:
    """Return the terms of one line."""
    stated = {"description": "All of it", "source": "Published study", **terms}
    return LineTerms(category=category, amounts=tuple(Decimal(amount) for amount in amounts), **stated)


def make_kpi_terms(**terms: Any) -> KpiTerms:
    """Return the terms of a complete KPI entered by hand."""
    complete = {
        "name": "Deals won",
        "unit": "deals",
        "baseline_value": Decimal(40),
        "baseline_date": date(2026, 1, 1),
        "baseline_evidence": "Sales report, December",
        "target_value": Decimal(60),
        "target_date": date(2026, 12, 31),
        "owner_id": make_person(given_name="Ada", family_name="Okafor").pk,
        "source_kind": SourceKind.MANUAL,
        "manual_evidence": "Sales report, March",
        "manual_value": Decimal(47),
        "manual_value_date": date(2026, 3, 31),
    }
    return KpiTerms(**{**complete, **terms})


def make_objective(case: Case, title: str = "Sell more") -> Objective:
    """Add an objective."""
    return api.add_objective(actor=SYSTEM, case=case, title=title)


def make_complete_case(slug: str = "", **terms: Any) -> Case:
    """Create a case with the figures of a published study and one complete KPI."""
    case = make_case(slug, **terms)
    api.add_kpi(actor=SYSTEM, objective=make_objective(case), terms=make_kpi_terms())
    api.add_line(actor=SYSTEM, case=case, kind=LineKind.COST, terms=make_line_terms())
    api.add_item(actor=SYSTEM, case=case, value=make_benefit(case))
    return case


def make_benefit(case: Case, amounts: tuple[int, ...] = BENEFITS, **stated: Any) -> BenefitLine:
    """Return a benefit of the proposal that is entered by year and says how it is isolated."""
    told = {
        "description": "All of it",
        "option": api.case_model(case).preferred.key,
        "source": "Published study",
        "isolation_method": IsolationMethod.CONTROL_GROUP,
        **stated,
    }
    entered = tuple(Decimal(amount) for amount in amounts)
    return BenefitLine(key="", category=BenefitCategory.REVENUE_UPLIFT, basis=Basis.AMOUNTS, amounts=entered, **told)
