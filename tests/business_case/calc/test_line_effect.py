"""What one line adds: the difference that it makes to the whole case."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mycelia.business_case.calc import line_effect, option_figures
from mycelia.business_case.types import Discounting, Estimate, Recurrence, Timing
from tests.factories.business_case_models import OPTION, a_benefit, a_cost, a_model, a_roadmap, an_item


@pytest.mark.parametrize("discounting", list(Discounting))
@pytest.mark.parametrize("tax_rate", [None, Decimal("0.3")])
@pytest.mark.parametrize(
    "line",
    [
        a_cost("x", price=Estimate.pert(80, 100, 150), recurrence=Recurrence.MONTHLY),
        a_benefit("x", yearly=Estimate.triangular(500, 1200, 3000), ramp_months=6, timing=Timing(start_milestone="go")),
    ],
)
def test_line_effect_is_the_difference_between_the_case_with_it_and_without(discounting, tax_rate, line):
    roadmap = a_roadmap(an_item("go", 90))
    others = (a_cost("c", price=700), a_benefit("b"))
    without = a_model(*others, roadmap=roadmap, discounting=discounting, tax_rate=tax_rate)
    model = a_model(*others, line, roadmap=roadmap, discounting=discounting, tax_rate=tax_rate)
    difference = option_figures(model, OPTION).npv - option_figures(without, OPTION).npv
    assert float(line_effect(without, line).npv) == pytest.approx(float(difference), rel=1e-9)


def test_line_effect_of_an_intangible_is_not_counted():
    effect = line_effect(a_model(), replace(a_benefit(), is_intangible=True))
    assert not effect.is_counted
    assert effect.npv == 0
