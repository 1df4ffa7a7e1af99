"""The first year of the demo case: bookings, readings and closed months, all of them invented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mycelia.business_case import api as business_case
from mycelia.business_case.types import ItemKind, KpiTerms, Reading, SourceKind
from mycelia.kernel.policy import Actor

TURNS = ("1.04", "0.97", "1.11", "0.92", "1.00", "1.07", "0.95")
"""How the actuals stray from the plan, month after month."""
CENT = Decimal("0.01")


def load_year(actor: Actor, case: Any, kpi_keys: tuple[str, ...], *, today: date) -> None:
    """Book a year of costs, read the KPIs once a month, and close every month that is over."""
    over = [
        column
        for column in range(case.horizon_months + 1)
        if business_case.last_day_of(column, start=case.start) < today
    ]
    for key in kpi_keys:
        _read(actor, case, key, over)
    content = "\n".join(_ledger(case, over)).encode()
    business_case.import_ledger(actor=actor, case=case, content=content, file_name="ledger-of-the-programme.csv")
    for _column in over:
        business_case.close_month(actor=actor, case=case)


def _ledger(case: Any, over: list[int]) -> Iterator[str]:
    """Yield the rows of a ledger file: each category of each month, a little off the plan."""
    yield "date,amount,reference,category,description"
    for number, (column, category, planned) in enumerate(_planned(case, over)):
        spent = (planned * Decimal(TURNS[number % len(TURNS)])).quantize(CENT)
        day = (
            case.start
            if column == 0
            else business_case.last_day_of(column, start=case.start) - timedelta(days=number % 9)
        )
        yield f"{day},{spent},DEMO-{number + 1:04},{category},Invented booking"


def _planned(case: Any, over: list[int]) -> Iterator[tuple[int, str, Decimal]]:
    model = business_case.case_model(case)
    categories = {line.key: str(line.category) for line in model.costs}
    totals: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for flow in business_case.line_flows(model, model.preferred.key).costs:
        for column in over:
            totals[column, categories[flow.key]] += flow.by_column[column]
    yield from ((column, name, amount) for (column, name), amount in sorted(totals.items()) if amount >= CENT)


def _read(actor: Actor, case: Any, key: str, over: list[int]) -> None:
    """Turn a KPI that was read once into a series that moves from its baseline to that reading."""
    seen = business_case.item_of(case, ItemKind.KPI, key)
    terms = seen.value
    if not isinstance(terms, KpiTerms) or terms.baseline_value is None or terms.manual_value is None:
        return
    first, last = terms.baseline_value, terms.manual_value
    series = replace(terms, source_kind=SourceKind.SERIES, manual_value=None, manual_value_date=None)
    business_case.change_item(actor=actor, case=case, value=series, seen_revision=seen.revision)
    kpi = next(one for one in case.kpis.all() if one.key == key)
    steps = max(1, len(over) - 1)
    readings = [
        Reading(
            business_case.last_day_of(column, start=case.start),
            (first + (last - first) * step / steps).quantize(Decimal("0.1")),
            terms.manual_evidence,
        )
        for step, column in enumerate(over)
        if column
    ]
    business_case.record_readings(actor=actor, kpi=kpi, readings=readings)
