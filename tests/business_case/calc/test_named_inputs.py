"""A number that a case states once is one input, however many lines use it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mycelia.business_case.calc import break_evens, check_model, line_flows, simulate
from mycelia.business_case.calc.simulation import sensitivities
from mycelia.business_case.types import (
    BenefitCategory,
    BenefitLine,
    CaseModel,
    CostCategory,
    CostLine,
    Driver,
    Drivers,
    Estimate,
    InputKind,
    IsolationMethod,
    NamedInput,
    ProblemKind,
    bare,
    filled,
    named_in,
)

HOUR, PEOPLE = Estimate.pert(30, 40, 60), Estimate.triangular(50, 100, 150)
NAMED = (
    NamedInput("hour", "Cost of an hour", HOUR, InputKind.MONEY, source="Finance"),
    NamedInput("people", "People", PEOPLE, source="HR"),
)


def _of(key: str) -> Estimate:
    return replace({one.key: one.estimate for one in NAMED}[key], named=key)


def _model(hour: Estimate, people: Estimate, headcount: Estimate, named: tuple[NamedInput, ...] = NAMED) -> CaseModel:
    """Return a case that saves two hours a month of work for one hour of training a month: worth 60 % of it."""
    cost = CostLine(
        "time", CostCategory.LEARNER_TIME, "Time", driver=Driver.HEADCOUNT, price=hour, recurrence="monthly"
    )  # type: ignore[arg-type]
    saved = {
        "people": people, "hours_per_person_month": Estimate.fixed(2), "hourly_cost": hour,
        "productive_share": Estimate.fixed("0.8"),
    }  # fmt: skip
    benefit = BenefitLine(
        "saved", BenefitCategory.TIME_SAVED, "Saved", inputs=saved, isolation_method=IsolationMethod.DIRECT
    )
    return CaseModel(
        "EUR", date(2026, 1, 1), 12, Decimal(0), drivers=Drivers(headcount), costs=(cost,), benefits=(benefit,),
        named=named,
    )  # fmt: skip


SHARED = _model(_of("hour"), _of("people"), _of("people"))
APART = _model(HOUR, PEOPLE, PEOPLE, ())


def test_named_inputs_stand_once_among_the_inputs_in_place_of_what_uses_them():
    names = [name for name, _ in SHARED.inputs()]
    assert names[:2] == ["input/hour/money", "input/people/count"]
    assert not {"driver/headcount", "cost/time/price", "benefit/saved/inputs/hourly_cost"} & set(names)
    assert len(names) == len(set(names)) == len(list(APART.inputs())) - 2


def test_the_amounts_are_those_of_the_same_numbers_stated_twice():
    assert line_flows(SHARED, "proposal") == line_flows(APART, "proposal")


def test_one_stream_makes_costs_and_benefits_move_together():
    """The case is 0.6 x hour x people in every draw: it never loses, as it can when they are drawn apart."""
    together = simulate(SHARED, "proposal", draws=2000, seed=1, explains=False)
    apart = simulate(APART, "proposal", draws=2000, seed=1, explains=False)
    assert together.probability_of_loss == 0
    assert apart.probability_of_loss > 0.05
    assert together.npv.p10 > apart.npv.p10


def test_each_analysis_has_one_row_for_it():
    found = simulate(SHARED, "proposal", draws=2000, seed=1)
    both = {"input/hour/money", "input/people/count"}
    assert {swing.name for swing in found.tornado} == both
    assert {one.name for one in found.sensitivities} == both
    assert {one.name for one in found.worth_learning} == both
    assert {one.label for one in found.tornado} == {"Cost of an hour", "People"}
    assert both <= {one.name for one in break_evens(SHARED, "proposal")}


def test_the_variance_of_a_product_of_two_named_inputs_is_shared_as_the_formula_says():
    """Var(XY) = m_y^2 v_x + m_x^2 v_y + v_x v_y; first-order shares follow (A. Saltelli et al. 2008)."""
    mean_x, var_x = 250 / 6, (250 / 6 - 30) * (60 - 250 / 6) / 7
    mean_y, var_y = 100.0, (50**2 + 100**2 + 150**2 - 50 * 100 - 50 * 150 - 100 * 150) / 18
    total = mean_y**2 * var_x + mean_x**2 * var_y + var_x * var_y
    found = {one.name: one for one in sensitivities(SHARED, "proposal", seed=3, draws=16384)}
    assert found["input/hour/money"].first_order == pytest.approx(mean_y**2 * var_x / total, abs=0.03)
    assert found["input/people/count"].first_order == pytest.approx(mean_x**2 * var_y / total, abs=0.03)


def test_break_even_of_an_input_that_comes_twice_in_a_line_is_looked_for():
    """Costs of 1,000 a month are met by x times x when x is the root of 1,000."""
    side = NamedInput("side", "Side", Estimate.pert(10, 20, 40))
    cost = CostLine("c", CostCategory.LICENCES, "C", price=Estimate.fixed(1000), recurrence="monthly")  # type: ignore[arg-type]
    of_side = replace(side.estimate, named="side")
    benefit = BenefitLine(
        "b", BenefitCategory.TRAVEL_AVOIDED, "B",
        inputs={"trips_per_year": of_side, "cost_per_trip": of_side, "share_avoided": Estimate.fixed(1)},
    )  # fmt: skip
    model = CaseModel("EUR", date(2026, 1, 1), 12, Decimal(0), costs=(cost,), benefits=(benefit,), named=(side,))
    found = {one.name: one.value for one in break_evens(model, "proposal")}
    assert found["input/side/count"] == pytest.approx(12000**0.5, rel=1e-6)


def test_a_name_that_the_case_does_not_have_is_a_problem_where_it_stands():
    problems = check_model(replace(SHARED, named=NAMED[:1]))
    assert {(one.subject, one.field, one.kind) for one in problems} == {
        ("driver", "headcount", ProblemKind.UNKNOWN_NAMED_INPUT),
        ("benefit/saved", "inputs/people", ProblemKind.UNKNOWN_NAMED_INPUT),
    }


def test_filling_takes_the_numbers_of_the_input_and_baring_leaves_its_name():
    line = SHARED.costs[0]
    assert named_in(line) == {"hour"}
    assert bare(line).price == Estimate(named="hour")
    assert filled(bare(line), {"hour": HOUR}) == line
    with pytest.raises(KeyError):
        filled(line, {})
