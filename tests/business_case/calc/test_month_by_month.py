"""Generated cases against a plain walk through their months that shares no code with the calculation."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mycelia.business_case.calc import check_model, line_flows, option_figures, plan_schedule
from mycelia.business_case.types import (
    Adoption,
    AdoptionKind,
    Basis,
    BenefitCategory,
    BenefitLine,
    CaseModel,
    CostCategory,
    CostLine,
    Discounting,
    Driver,
    Drivers,
    Estimate,
    Recurrence,
    Timing,
)
from tests.factories.business_case_models import OPTION, a_model, a_roadmap, an_item

CENT_OF_A_CENT = 1e-4
numbers = st.sampled_from(["0", "0.5", "1", "7", "1000", "123456.78", "9999999999"]).map(Decimal)
shares = st.sampled_from(["0", "0.25", "0.6", "1"]).map(Decimal)
growths = st.sampled_from(["-0.5", "0", "0.03", "0.5"]).map(Decimal)
starts = st.sampled_from(
    [date(2026, 1, 1), date(2028, 2, 29), date(2027, 1, 31), date(2026, 11, 30), date(2026, 12, 31)]
)
horizons = st.sampled_from([1, 2, 11, 12, 13, 36, 119, 120])


@st.composite
def estimates(draw, values=numbers):
    """Return an estimate with its mean worked out here."""
    first, second, third = sorted(draw(st.tuples(values, values, values)))
    return draw(
        st.sampled_from(
            [Estimate.fixed(second), Estimate.triangular(first, second, third), Estimate.pert(first, second, third)]
        )
    )


def mean(estimate: Estimate) -> float:
    low, likely, high = (float(each or 0) for each in (estimate.low, estimate.likely, estimate.high))
    return {"fixed": likely, "triangular": (low + likely + high) / 3, "pert": (low + 4 * likely + high) / 6}[
        estimate.shape
    ]


@st.composite
def curves(draw):
    known = {"ceiling": draw(estimates(shares)), "tempo": Estimate.fixed(draw(st.sampled_from(["0.5", "1", "2"])))}
    steps = ((0, Decimal("0.1")), (3, Decimal("0.4")), (20, Decimal(1)))
    return Adoption(draw(st.sampled_from(list(AdoptionKind))), steps=steps, **known)


@st.composite
def timings(draw, horizon):
    start = draw(st.integers(0, horizon))
    end = draw(st.none() | st.integers(start, horizon))
    milestones = st.sampled_from([None, None, "live", "done"])
    return Timing(start, end, draw(milestones), draw(milestones))


@st.composite
def stated(draw, horizon):
    return {
        "timing": draw(timings(horizon)),
        "spread": Estimate.fixed(draw(st.sampled_from(["1", "0.9"]))),
        "risk_adjustment": draw(st.sampled_from(["0", "0.25"]).map(Decimal)),
        "escalation_per_year": draw(st.none() | growths),
        "basis": draw(st.sampled_from([Basis.COMPUTED, Basis.COMPUTED, Basis.AMOUNTS])),
        "amounts": tuple(draw(st.lists(numbers, max_size=1 + -(-horizon // 12)))),
    }


@st.composite
def models(draw):
    horizon, start = draw(horizons), draw(starts)
    cost = CostLine(
        *("c", CostCategory.LICENCES, "Cost"),
        quantity=draw(estimates()),
        price=draw(estimates()),
        driver=draw(st.sampled_from(list(Driver))),
        recurrence=draw(st.sampled_from(list(Recurrence))),
        **draw(stated(horizon)),
    )
    benefit = BenefitLine(
        *("b", BenefitCategory.TIME_SAVED, "Benefit"),
        inputs={
            "people": draw(estimates()),
            "hours_per_person_month": draw(estimates()),
            "hourly_cost": Estimate.fixed(40),
            "productive_share": draw(estimates(shares)),
        },
        adoption=draw(st.none() | curves()),
        follows_case_adoption=draw(st.booleans()),
        ramp_months=draw(st.integers(0, min(horizon, 7))),
        isolation=draw(estimates(shares)),
        confidence_factor=draw(estimates(shares)),
        **draw(stated(horizon)),
    )
    drivers = Drivers(
        headcount=draw(estimates()),
        headcount_growth_per_year=draw(growths),
        content_hours=draw(estimates()),
        adoption=draw(curves()),
        adoption_start=draw(st.integers(0, horizon)),
        adoption_milestone=draw(st.sampled_from([None, "live"])),
    )
    live = an_item("live", draw(st.sampled_from([0, 1, 40, 900])))
    done = an_item("done", 5, "live", finished_on=start + timedelta(draw(st.integers(-40, 500))))
    model = a_model(
        cost,
        benefit,
        start=start,
        horizon_months=horizon,
        drivers=drivers,
        roadmap=a_roadmap(live, done),
        rate_per_year=draw(st.sampled_from(["-0.5", "0", "0.08", "10"]).map(Decimal)),
        inflation_per_year=draw(growths),
        discounting=draw(st.sampled_from(list(Discounting))),
        tax_rate=draw(st.none() | st.just(Decimal("0.3"))),
        is_short_programme=draw(st.booleans()),
    )
    assert check_model(model) == ()
    return model


def column_of(model: CaseModel, day: date) -> int:
    """Return the month a day falls in by going through the months; 0 before the case, one more than it has after it."""
    column, year, month = 0, model.start.year, model.start.month
    while column <= model.horizon_months:
        first = date(year, month, min(model.start.day, calendar.monthrange(year, month)[1]))
        if day < first:
            return column
        column, (year, month) = column + 1, (year + month // 12, month % 12 + 1)
    return column


def share(curve: Adoption, column: int, since: int) -> float:
    if column < since:
        return 0.0
    u = max(column - max(since, 1) + 0.5, 0) * mean(curve.tempo)
    match curve.kind:
        case AdoptionKind.FULL:
            reached = 1.0
        case AdoptionKind.BASS:
            p, q = 0.03, 0.38
            e = math.exp(-(p + q) * u / 12)
            reached = (1 - e) / (1 + q / p * e)
        case AdoptionKind.LOGISTIC:
            reached = 1 / (1 + math.exp(-0.6 * (u - 6)))
        case AdoptionKind.STEPS:
            reached = max((float(at) for month, at in curve.steps if month <= u), default=0.0)
    return mean(curve.ceiling) * reached


class Walk:
    """A case, month by month."""

    def __init__(self, model: CaseModel) -> None:
        self.model = model
        plan = plan_schedule(model)
        self.finished = {item.key: column_of(model, item.early_finish) for item in plan.items}

    def flows(self, line: CostLine | BenefitLine) -> list[float]:
        sign = 1 if isinstance(line, CostLine) else -1
        factor = mean(line.spread) * (1 + sign * float(line.risk_adjustment))
        if isinstance(line, BenefitLine):
            factor *= mean(line.isolation) * mean(line.confidence_factor)
        if line.basis is Basis.AMOUNTS:
            amounts = [*map(float, line.amounts), *[0.0] * 12]
            return [factor * (amounts[-(-c // 12)] / (12 if c else 1)) for c in range(self.model.horizon_months + 1)]
        return [factor * each for each in self.computed(line)]

    def computed(self, line: CostLine | BenefitLine) -> Iterator[float]:
        timing, last = line.timing, self.model.horizon_months
        first = timing.start_month + self.finished.get(timing.start_milestone or "", 0)
        if timing.end_milestone:
            last = self.finished[timing.end_milestone] - 1
        elif timing.end_month is not None:
            last = timing.end_month
        rate = line.escalation_per_year
        escalation = 1 + float(self.model.inflation_per_year if rate is None else rate)
        for column in range(self.model.horizon_months + 1):
            amount = self.cost(line, column, first) if isinstance(line, CostLine) else self.gain(line, column, first)
            runs = first <= column <= last
            yield amount * escalation ** max(-(-column // 12) - 1, 0) if runs else 0.0

    def cost(self, line: CostLine, column: int, first: int) -> float:
        drivers = self.model.drivers
        people = mean(drivers.headcount)
        people *= (1 + float(drivers.headcount_growth_per_year)) ** (max(column - 0.5, 0) / 12)
        times = {
            Driver.NONE: 1.0,
            Driver.HEADCOUNT: people,
            Driver.ACTIVE_LEARNERS: people * share(drivers.adoption, column, self.adopted()),
            Driver.CONTENT_HOURS: mean(drivers.content_hours),
        }
        amount = mean(line.quantity) * mean(line.price) * times[line.driver]
        if line.recurrence is Recurrence.ONE_OFF:
            return amount if column == first else 0.0
        if column == 0:
            return 0.0
        return amount / 12 if line.recurrence is Recurrence.YEARLY else amount

    def gain(self, line: BenefitLine, column: int, first: int) -> float:
        if column == 0:
            return 0.0
        amount = prod(mean(each) for each in line.inputs.values())
        if line.follows_case_adoption:
            amount *= share(self.model.drivers.adoption, column, self.adopted())
        elif line.adoption is not None:
            amount *= share(line.adoption, column, first)
        if line.ramp_months:
            amount *= min((column - max(first, 1) + 0.5) / line.ramp_months, 1)
        return amount

    def adopted(self) -> int:
        milestone = self.model.drivers.adoption_milestone
        return self.model.drivers.adoption_start if milestone is None else self.finished[milestone]

    def time(self, column: int) -> float:
        if self.model.discounting is Discounting.YEAR_END:
            return -(-column // 12)
        return max(column - 0.5, 0) / 12


def close(found: object, wanted: float, size: float) -> bool:
    return abs(float(found) - wanted) <= CENT_OF_A_CENT + 1e-9 * abs(size)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=150)
@given(models())
def test_every_month_and_every_figure_are_those_of_the_walk(model):
    walk, flows, figures = Walk(model), line_flows(model, OPTION), option_figures(model, OPTION)
    costs, gains = walk.flows(model.costs[0]), walk.flows(model.benefits[0])
    for found, wanted in ((flows.costs[0], costs), (flows.benefits[0], gains)):
        for column, amount in enumerate(wanted):
            assert close(found.by_column[column], amount, amount), (column, found.by_column[column], amount)
    factors = [(1 + float(model.rate_per_year)) ** -walk.time(column) for column in range(len(costs))]
    present = [(gain - cost) * factor for cost, gain, factor in zip(costs, gains, factors, strict=True)]
    pv_costs = sum(cost * factor for cost, factor in zip(costs, factors, strict=True))
    size = sum(abs(gain) * f + abs(cost) * f for cost, gain, f in zip(costs, gains, factors, strict=True))
    npv = sum(present) * (1 - float(model.tax_rate or 0))
    assert close(figures.npv, npv, size)
    assert close(figures.pv_costs, pv_costs, size)
    assert close(figures.total_benefits, sum(gains), sum(gains))
    begun = [column for column, gain in enumerate(gains) if round(gain, 6)]
    first = max(1, *begun[:1], 1)
    counted = gains[0] + sum(gains[first : first + 12]) if model.is_short_programme else sum(gains)
    assert close(figures.programme_benefits, counted, sum(gains))
    if figures.total_costs > 1:
        assert float(figures.roi_programme) == pytest.approx((counted - sum(costs)) / sum(costs), rel=1e-3, abs=1e-3)
        assert float(figures.bcr_undiscounted) == pytest.approx(float(figures.roi_programme) + 1)
