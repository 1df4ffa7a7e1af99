"""By which rule a short programme was credited is found from what it was credited with."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mycelia.business_case.calc.crediting import CreditRule, credit_rule
from mycelia.business_case.calc.returns import first_year_of

AMOUNTS = st.lists(st.decimals(0, 10_000, places=2), min_size=1, max_size=61)


@given(AMOUNTS)
def test_rule_of_today_is_found_for_what_it_credits(benefits):
    assert credit_rule(benefits, sum(first_year_of(benefits, length=12))) is CreditRule.FIRST_TWELVE_MONTHS


@given(AMOUNTS)
def test_rule_until_then_is_found_where_it_gives_something_else(benefits):
    rule = credit_rule(benefits, sum(benefits[:13]))
    is_same = abs(sum(first_year_of(benefits, length=12)) - sum(benefits[:13])) < Decimal("0.005")
    assert rule is (CreditRule.FIRST_TWELVE_MONTHS if is_same else CreditRule.FIRST_YEAR_OF_CASE)


@given(AMOUNTS)
def test_more_than_all_benefits_is_of_no_known_rule(benefits):
    assert credit_rule(benefits, sum(benefits) + 1) is CreditRule.UNKNOWN
