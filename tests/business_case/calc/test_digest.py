"""Fingerprints stay what they were, so that kept simulations and documents are still recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from mycelia.business_case.calc.digest import digest_of, model_digest
from mycelia.business_case.types import CaseModel, Estimate, Recurrence
from tests.factories.business_case_models import a_benefit, a_model


@dataclass(frozen=True)
class _Part:
    amount: Decimal
    begins: date | None
    others: Mapping[str, Decimal]


def test_digest_of_known_values_is_that_of_earlier_versions():
    part = _Part(Decimal("10.50"), date(2026, 1, 1), {"b": Decimal("1E+1"), "a": Decimal("NaN")})
    values = ("a", 1, None, True, (1.5, ()), {"b": 2}, Recurrence.MONTHLY, part)
    assert digest_of(*values).startswith("e92255c8de32815d")


def test_digest_tells_values_apart_but_not_how_a_number_is_written():
    assert digest_of(Estimate.fixed("1.0")) == digest_of(Estimate.fixed("1.00"))
    assert digest_of({"b": 1, "a": 2}) == digest_of({"a": 2, "b": 1})
    assert len({digest_of(each) for each in (Decimal(1), Estimate.fixed(1), (1,), "1", 10, None, {"1": 1})}) == 7


def test_digest_of_a_model_is_that_of_earlier_versions():
    """Kept simulations of a presented version are found by it; change it only where the same model computes anew."""
    assert model_digest(CaseModel("EUR", date(2026, 1, 1))).startswith("215d1c53")


def test_what_is_told_only_where_it_is_set_changes_no_earlier_digest():
    plain = a_model(a_benefit())
    saved = replace(plain, benefits=(replace(plain.benefits[0], saves_learner_time=True),))
    stated = replace(plain, rate_source="Treasury")
    assert len({model_digest(each) for each in (plain, saved, stated)}) == 3
    assert model_digest(plain).startswith("d0728f3a")


def test_digest_changes_with_the_day_it_is_told_on_and_with_newer_rules():
    plain = CaseModel("EUR", date(2026, 1, 1))
    late = replace(plain, roadmap=replace(plain.roadmap, as_of=date(2026, 3, 1)))
    short = replace(plain, is_short_programme=True)
    assert len({model_digest(each) for each in (plain, late, short)}) == 3
