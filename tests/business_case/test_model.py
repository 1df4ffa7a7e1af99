"""The model of a case: what is stored comes back as the value it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mycelia.business_case import api, models, types
from mycelia.business_case.types import (
    Adoption,
    AdoptionKind,
    BenefitCategory,
    CostCategory,
    Dependency,
    Driver,
    Estimate,
    Recurrence,
    Shape,
    Timing,
)
from tests.factories.business_case import make_case, make_complete_case

pytestmark = pytest.mark.django_db


def test_new_case_has_the_choice_between_doing_nothing_and_a_proposal():
    model = api.case_model(make_case())
    assert [(option.is_baseline, option.is_preferred) for option in model.options] == [(True, False), (False, True)]
    assert (model.drivers, model.roadmap) == (types.NO_DRIVERS, types.NO_ROADMAP)


def _fill(case: models.Case) -> None:
    proposal = case.options.get(is_preferred=True)
    phase = models.Phase.objects.create(case=case, key="build", title="Build")
    first = models.WorkItem.objects.create(case=case, key="a", title="A", phase=phase, position=1)
    live = models.WorkItem.objects.create(
        case=case, key="live", title="Live", is_milestone=True, position=2, duration_days=Estimate.pert(1, 2, 9)
    )
    models.ItemDependency.objects.create(item=live, depends_on=first, lag_days=3)
    models.ItemResource.objects.create(item=first, role="Developer", quantity=Decimal("1.5"))
    models.CostLine.objects.create(
        case=case,
        key="seats",
        option=proposal,
        category=CostCategory.LICENCES,
        description="Seats",
        basis="computed",
        driver=Driver.ACTIVE_LEARNERS,
        price=Estimate.triangular("1.10", 2, 3),
        recurrence=Recurrence.MONTHLY,
        start_milestone=live,
        start_month=1,
        spread=Estimate(Shape.LIST, values=(Decimal("0.9"), Decimal("1.2"))),
    )
    models.BenefitLine.objects.create(
        case=case,
        key="time",
        category=BenefitCategory.TIME_SAVED,
        description="Time",
        basis="computed",
        inputs={"people": Estimate.fixed(100)},
        adoption=Adoption(AdoptionKind.STEPS, steps=((0, Decimal("0.2")), (6, Decimal(1)))),
    )
    models.Correlation.objects.create(case=case, key="c", first="a", second="b", rho=Decimal("0.4"))
    case.drivers.headcount = Estimate.fixed(250)
    case.drivers.adoption_milestone = live
    case.drivers.save()
    case.calendar.holidays = [date(2026, 1, 1)]
    case.calendar.save()


def test_what_is_stored_comes_back_as_values_that_name_each_other_by_key():
    case = make_case()
    _fill(case)
    model = api.case_model(case)
    cost, benefit = model.costs[0], model.benefits[0]
    assert cost.price == Estimate.triangular("1.10", 2, 3)
    assert cost.spread.values == (Decimal("0.9"), Decimal("1.2"))
    assert cost.timing == Timing(1, None, "live", None)
    assert (cost.option, cost.driver) == (model.preferred.key, Driver.ACTIVE_LEARNERS)
    assert benefit.option is None
    assert benefit.adoption.steps == ((0, Decimal("0.2")), (6, Decimal(1)))
    assert dict(benefit.inputs) == {"people": Estimate.fixed(100)}
    first, live = model.roadmap.items
    assert live.depends_on == (Dependency("a", 3),)
    assert (first.phase, first.resources[0].quantity) == ("build", Decimal("1.50"))
    assert model.roadmap.holidays == (date(2026, 1, 1),)
    assert (model.drivers.headcount, model.drivers.adoption_milestone) == (Estimate.fixed(250), "live")
    assert model.correlations == (types.Correlation("a", "b", Decimal("0.4"), "c"),)


def test_number_of_queries_of_a_model_is_fixed(django_assert_num_queries):
    small, large = make_complete_case(), make_case()
    _fill(large)
    for number in range(20):
        models.WorkItem.objects.create(case=large, title=f"Item {number}")
        models.CostLine.objects.create(case=large, category="licences", description=f"Line {number}")
    for case in (small, large):
        with django_assert_num_queries(12 if case == large else 10):
            api.case_model(case)
