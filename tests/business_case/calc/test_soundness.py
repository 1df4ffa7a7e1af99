"""Everything that makes a model impossible is named at its line and field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mycelia.business_case.calc import check_model, line_flows
from mycelia.business_case.types import (
    Adoption,
    AdoptionKind,
    CaseModel,
    Correlation,
    Drivers,
    Estimate,
    Option,
    Phase,
    ProblemKind,
    Resource,
    Shape,
    Timing,
    UnsoundModel,
)
from tests.factories.business_case_models import (
    START,
    a_benefit,
    a_cost,
    a_model,
    a_roadmap,
    an_item,
    entered_cost,
)

K = ProblemKind


def tied(key: str) -> Timing:
    return Timing(start_milestone=key)


BAD_MODELS = [
    (a_model(a_cost(price=-1)), "cost/c", "price", K.NEGATIVE),
    (a_model(a_cost(quantity=Estimate.triangular(-1, 2, 3))), "cost/c", "quantity", K.NEGATIVE),
    (a_model(a_cost(price=Estimate.fixed("NaN"))), "cost/c", "price", K.NOT_A_NUMBER),
    (a_model(a_cost(price=Estimate.fixed("Infinity"))), "cost/c", "price", K.NOT_A_NUMBER),
    (a_model(a_cost(price=Estimate.triangular(3, 2, 1))), "cost/c", "price", K.OUT_OF_ORDER),
    (a_model(a_cost(price=Estimate.pert(1, 5, 4))), "cost/c", "price", K.OUT_OF_ORDER),
    (a_model(a_cost(price=Estimate(Shape.TRIANGULAR, low=Decimal(1)))), "cost/c", "price", K.MISSING),
    (a_model(a_cost(price=Estimate(Shape.LIST))), "cost/c", "price", K.EMPTY_LIST),
    (a_model(a_cost(price=Estimate(Shape.LOGNORMAL, Decimal(0), None, Decimal(1)))), "cost/c", "price", K.NOT_POSITIVE),
    (a_model(a_cost(price=Estimate(Shape.LOGNORMAL, Decimal(1), None, Decimal(1001)))), "cost/c", "price", K.TOO_WIDE),
    (a_model(a_cost(price="1e14")), "cost/c", "price", K.TOO_LARGE),
    (a_model(a_cost(risk_adjustment=Decimal("-0.1"))), "cost/c", "risk_adjustment", K.NEGATIVE),
    (a_model(a_cost(escalation_per_year=Decimal(-1))), "cost/c", "escalation_per_year", K.IMPOSSIBLE_RATE),
    (a_model(a_cost(option="other")), "cost/c", "option", K.UNKNOWN_OPTION),
    (a_model(a_cost(timing=Timing(start_month=37))), "cost/c", "timing/start_month", K.OUTSIDE_HORIZON),
    (a_model(a_cost(timing=Timing(end_month=99))), "cost/c", "timing/end_month", K.OUTSIDE_HORIZON),
    (a_model(a_cost(timing=Timing(start_month=-1))), "cost/c", "timing/start_month", K.OUTSIDE_HORIZON),
    (a_model(a_cost(timing=Timing(9, 3))), "cost/c", "timing/end_month", K.ENDS_BEFORE_START),
    (a_model(a_cost(timing=tied("live"))), "cost/c", "timing/start_milestone", K.UNKNOWN_ITEM),
    (a_model(a_cost(timing=Timing(end_milestone="x"))), "cost/c", "timing/end_milestone", K.UNKNOWN_ITEM),
    (a_model(a_cost(), a_cost()), "cost/c", "key", K.DUPLICATE_KEY),
    (a_model(entered_cost(1, 2, 3, 4, 5)), "cost/c", "amounts", K.TOO_MANY_AMOUNTS),
    (a_model(entered_cost(1, -2)), "cost/c", "amounts/1", K.NEGATIVE),
    (a_model(a_benefit(inputs={})), "benefit/b", "inputs/yearly_amount", K.MISSING),
    (a_model(a_benefit(inputs={"x": Estimate.fixed(1)})), "benefit/b", "inputs/x", K.UNKNOWN_INPUT),
    (a_model(a_benefit(isolation=Estimate.fixed("1.1"))), "benefit/b", "isolation", K.NOT_A_SHARE),
    (
        a_model(a_benefit(isolation=Estimate(Shape.LOGNORMAL, Decimal("0.1"), None, Decimal("0.9")))),
        "benefit/b",
        "isolation",
        K.UNBOUNDED_SHARE,
    ),
    (a_model(a_benefit(risk_adjustment=Decimal(2))), "benefit/b", "risk_adjustment", K.TOO_LARGE),
    (a_model(a_benefit(ramp_months=50)), "benefit/b", "ramp_months", K.OUTSIDE_HORIZON),
    (
        a_model(a_benefit(adoption=Adoption(AdoptionKind.BASS, innovation_per_year=Decimal(0)))),
        "benefit/b",
        "adoption_innovation_per_year",
        K.NOT_POSITIVE,
    ),
    (
        a_model(a_benefit(adoption=Adoption(tempo=Estimate.fixed(0)))),
        "benefit/b",
        "adoption_tempo",
        K.NOT_POSITIVE,
    ),
    (
        a_model(a_benefit(adoption=Adoption(AdoptionKind.STEPS, steps=((3, Decimal(1)), (1, Decimal(1)))))),
        "benefit/b",
        "adoption_steps",
        K.STEPS_OUT_OF_ORDER,
    ),
    (a_model(a_benefit(claimed_movement=Decimal(-1))), "benefit/b", "claimed_movement", K.NEGATIVE),
    (a_model(horizon_months=0), "case", "horizon_months", K.IMPOSSIBLE_HORIZON),
    (a_model(horizon_months=121), "case", "horizon_months", K.IMPOSSIBLE_HORIZON),
    (a_model(start=date(1800, 1, 1)), "case", "start", K.IMPOSSIBLE_DATE),
    (a_model(start=date(2199, 6, 1)), "case", "start", K.IMPOSSIBLE_DATE),
    (a_model(rate_per_year=Decimal(-1)), "case", "rate_per_year", K.IMPOSSIBLE_RATE),
    (a_model(rate_per_year=Decimal("NaN")), "case", "rate_per_year", K.IMPOSSIBLE_RATE),
    (a_model(tax_rate=Decimal(1)), "case", "tax_rate", K.TOO_LARGE),
    (a_model(options=(Option("a", ""),)), "case", "options", K.NO_BASELINE),
    (a_model(options=(Option("a", "", True), Option("b", "", True))), "case", "options", K.SEVERAL_BASELINES),
    (a_model(drivers=Drivers(headcount=Estimate.fixed(-5))), "driver", "headcount", K.NEGATIVE),
    (a_model(drivers=Drivers(adoption_start=40)), "driver", "adoption_start", K.OUTSIDE_HORIZON),
    (a_model(drivers=Drivers(adoption_milestone="x")), "driver", "adoption_milestone", K.UNKNOWN_ITEM),
    (
        a_model(drivers=Drivers(adoption=Adoption(ceiling=Estimate.fixed(2)))),
        "driver",
        "adoption_ceiling",
        K.NOT_A_SHARE,
    ),
    (a_model(roadmap=a_roadmap(an_item("i", -1))), "item/i", "duration", K.NEGATIVE),
    (a_model(roadmap=a_roadmap(an_item("i", 9999))), "item/i", "duration", K.TOO_LARGE),
    (a_model(roadmap=a_roadmap(an_item("i", 1, "j"))), "item/i", "depends_on/j", K.UNKNOWN_ITEM),
    (a_model(roadmap=a_roadmap(an_item("i", 1, "i"))), "item/i", "depends_on", K.CYCLE),
    (a_model(roadmap=a_roadmap(an_item("i", 1), an_item("i", 2))), "item/i", "key", K.DUPLICATE_KEY),
    (a_model(roadmap=a_roadmap(an_item("i", 1, phase="p"))), "item/i", "phase", K.UNKNOWN_PHASE),
    (a_model(roadmap=a_roadmap(an_item("i", 1, option="x"))), "item/i", "option", K.UNKNOWN_OPTION),
    (
        a_model(roadmap=a_roadmap(an_item("i", 1, earliest_start=date(1066, 1, 1)))),
        "item/i",
        "earliest_start",
        K.IMPOSSIBLE_DATE,
    ),
    (
        a_model(roadmap=a_roadmap(an_item("i", 1, resources=(Resource("x", Decimal(-1)),)))),
        "item/i",
        "resources/0",
        K.NEGATIVE,
    ),
    (a_model(roadmap=a_roadmap(working_weekdays=())), "case", "working_weekdays", K.NO_WORKING_DAY),
    (
        a_model(
            roadmap=a_roadmap(an_item("i", 1, option="proposal"), an_item("j", 1, "i")),
        ),
        "item/j",
        "depends_on/i",
        K.ITEM_OF_OTHER_OPTION,
    ),
    (
        a_model(a_cost(timing=tied("i")), roadmap=a_roadmap(an_item("i", 1, option="proposal"))),
        "cost/c",
        "timing/start_milestone",
        K.ITEM_OF_OTHER_OPTION,
    ),
    (
        a_model(correlations=(Correlation("driver/headcount", "cost/x/price", Decimal("0.5")),)),
        "correlation/0",
        "second",
        K.UNKNOWN_CORRELATED_INPUT,
    ),
    (
        a_model(correlations=(Correlation("driver/headcount", "driver/content_hours", Decimal(1)),)),
        "correlation/0",
        "rho",
        K.IMPOSSIBLE_CORRELATION,
    ),
    (
        a_model(
            correlations=(
                Correlation("driver/headcount", "driver/content_hours", Decimal("0.5")),
                Correlation("driver/content_hours", "driver/headcount", Decimal("0.4")),
            )
        ),
        "correlation/1",
        "second",
        K.CORRELATED_TWICE,
    ),
]


@pytest.mark.parametrize(("model", "subject", "field", "kind"), BAD_MODELS, ids=lambda each: str(each)[:40])
def test_bad_input_is_named_at_its_line_and_field(model: CaseModel, subject, field, kind):
    assert (subject, field, kind) in {(each.subject, each.field, each.kind) for each in check_model(model)}
    with pytest.raises(UnsoundModel):
        line_flows(model, "proposal")


def test_model_of_nothing_is_sound():
    assert check_model(CaseModel("EUR", START)) == ()


def test_every_problem_of_a_model_is_named_at_once():
    model = a_model(a_cost(price=-1), a_benefit(isolation=Estimate.fixed(5)), horizon_months=500)
    assert len(check_model(model)) == 3


def test_cycle_names_the_items_along_it():
    items = (an_item("a", 1, "c"), an_item("b", 1, "a"), an_item("c", 1, "b"), an_item("d", 1))
    problem = check_model(a_model(roadmap=a_roadmap(*items)))[0]
    assert problem.kind is K.CYCLE
    assert problem.detail[0] == problem.detail[-1]
    assert set(problem.detail) == {"a", "b", "c"}


def test_option_that_does_not_exist_is_refused():
    with pytest.raises(UnsoundModel) as refusal:
        line_flows(a_model(a_cost()), "other")
    assert refusal.value.problems[0].kind is K.UNKNOWN_OPTION


def test_phase_and_own_item_of_an_option_are_accepted():
    roadmap = replace(
        a_roadmap(an_item("i", 1, option="proposal", phase="p")),
        phases=(Phase("p", "First"),),
    )
    assert check_model(a_model(a_cost(option="proposal", timing=tied("i")), roadmap=roadmap)) == ()
