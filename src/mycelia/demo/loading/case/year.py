"""The first year of the demo case, month by month as it would have been entered: bookings, readings, closes, a gate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mycelia.business_case import api as business_case
from mycelia.business_case.types import Direction, GateDecision, LineKind, Reading
from mycelia.demo.loading.case import story
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor

CENT, TENTH = Decimal("0.01"), Decimal("0.1")
HEADS = "date,amount,reference,category,kind,item,description,cost_centre"


def load_year(
    finance: Actor, executive: Actor, case: Any, kpis: Mapping[str, tuple[str, Decimal]], *, today: date
) -> None:
    """Book, read and close every month that is over, each some working days after its end.

    Args:
        finance: Who keeps the books.
        executive: Who decides at the gate.
        case: As it was presented.
        kpis: Key and claimed movement of each KPI whose values are read, by what it measures.
        today: The day the demo company stands at.
    """
    plan = business_case.plan_of(case)
    for column in range(case.horizon_months + 1):
        last = business_case.last_day_of(column, start=case.start)
        day = story.working_day_after(last)
        if day >= today:
            return
        with clock.frozen(story.at(day)):
            _book(finance, case, plan, column, last)
            for name, (key, claimed) in kpis.items():
                _read(finance, case, (name, key, claimed), column, last)
            business_case.close_month(actor=finance, case=case)
        if column == story.GATE_MONTH:
            with clock.frozen(story.at(story.working_day_after(day), 14, 15)):
                business_case.decide_gate(
                    actor=executive, case=case, decision=GateDecision.CONTINUE, rationale=story.GATE
                )


def _book(finance: Actor, case: Any, plan: business_case.Plan, column: int, last: date) -> None:
    rows = [*_spent(plan, column, last), *_gained(plan, column, last)]
    if rows:
        content = "\n".join([HEADS, *rows]).encode()
        name = f"ledger-{last:%Y-%m}-{column:02}.csv"
        business_case.import_ledger(actor=finance, case=case, content=content, file_name=name)


def _spent(plan: business_case.Plan, column: int, last: date) -> Iterator[str]:
    """Yield a booking for each cost centre of each category of a month; they add up to what the category cost."""
    for number, (category, planned) in enumerate(sorted(_planned(plan, column).items())):
        turn = story.TURNS[(column + number) % len(story.TURNS)]
        spent = (sum(planned.values()) * story.SPENT.get(category, Decimal(1)) * turn).quantize(CENT)
        day = last - timedelta(days=(column * 3 + number) % 9) if column else last
        for part, (centre, amount) in enumerate(_split(spent, planned)):
            reference = f"C-{column:02}-{number:02}-{part}"
            yield f"{day},{amount},{reference},{category},{LineKind.COST},,Invented booking,{centre}"


def _planned(plan: business_case.Plan, column: int) -> dict[Any, dict[str, Decimal]]:
    """Return what was planned for a month by category and cost centre."""
    lines = {line.key: line for line in plan.model.costs}
    found: dict[Any, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for flow in plan.costs:
        found[lines[flow.key].category][lines[flow.key].cost_centre] += flow.by_column[column]
    return found


def _split(spent: Decimal, planned: Mapping[str, Decimal]) -> Iterator[tuple[str, Decimal]]:
    """Yield the part of each cost centre, as planned; the last takes what rounding leaves, so that nothing is lost."""
    shares = sorted((centre, amount) for centre, amount in planned.items() if amount)
    if not spent:
        return
    rest, whole = spent, sum(planned.values(), Decimal(0))
    for centre, amount in shares[:-1]:
        part = (spent * amount / whole).quantize(CENT)
        rest -= part
        yield centre, part
    if rest:
        yield shares[-1][0], rest


def _gained(plan: business_case.Plan, column: int, last: date) -> Iterator[str]:
    """Yield a booking for each benefit that shows in the accounts."""
    for flow in plan.benefits:
        share, planned = story.GAINED.get(flow.key), flow.by_column[column]
        if share is not None and planned > 0:
            amount = (planned * share * story.TURNS[column % len(story.TURNS)]).quantize(CENT)
            yield f"{last},{amount},B-{column:02}-{flow.key},,{LineKind.BENEFIT},{flow.key},Invented booking,"


def _read(finance: Actor, case: Any, what: tuple[str, str, Decimal], column: int, last: date) -> None:
    """Read a KPI at the end of a month."""
    name, key, claimed = what
    kpi = next(one for one in case.kpis.all() if one.key == key)
    change = claimed * story.moved(name, column)
    value = kpi.baseline_value - change if kpi.direction == Direction.FALL else kpi.baseline_value + change
    reading = Reading(last, value.quantize(TENTH), f"{kpi.manual_evidence}, {last:%B %Y}")
    business_case.record_readings(actor=finance, kpi=kpi, readings=[reading])
