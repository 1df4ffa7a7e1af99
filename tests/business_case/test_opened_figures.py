"""Every number of the risk page, the roadmap, and plan and actual opens how it comes about."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from mycelia.business_case import api, models
from mycelia.business_case.models import Case
from mycelia.business_case.pages.known_inputs import known_inputs
from mycelia.business_case.pages.risk import risk_result
from mycelia.business_case.types import BenefitCategory, BenefitLine, CostCategory, CostLine, Estimate, Timing
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_case, make_complete_case
from tests.factories.business_case_models import OPTION, a_benefit, a_cost, a_model, a_roadmap, an_item

ONCE_LIVE = Timing(start_milestone="live")
DAY = datetime(2026, 1, 10, tzinfo=UTC)


def text_of(address: str) -> str:
    client = Client()
    client.force_login(make_holder(Role.EXECUTIVE))
    return unescape(client.get(address).content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def risky_case() -> Case:
    case = make_case(start=date(2026, 1, 1))
    option = case.options.get(is_preferred=True).key
    pilot = models.WorkItem.objects.create(case=case, key="pilot", title="Pilot", duration_days=Estimate.pert(5, 9, 30))
    live = models.WorkItem.objects.create(case=case, key="live", title="Live", is_milestone=True, position=1)
    models.ItemDependency.objects.create(item=live, depends_on=pilot)
    price = Estimate.pert(800, 1000, 1500)
    cost = CostLine("c", CostCategory.LICENCES, "Seats", option=option, price=price, source="Quotation 7")
    inputs = {"yearly_amount": Estimate.triangular(100, 400, 900)}
    benefit = BenefitLine("b", BenefitCategory.CUSTOM, "Less search", option=option, inputs=inputs, timing=ONCE_LIVE)
    for value in (cost, benefit):
        api.add_item(actor=SYSTEM, case=case, value=value)
    return case


def simulate(case: Case) -> None:
    runs: list[models.SimulationRun] = []
    api.ask_simulation(actor=SYSTEM, case=case, queue=runs.append, draws=2_000)
    api.run_simulation(run_id=runs[0].pk)


def test_every_row_of_a_simulation_says_by_which_rule_and_of_which_input_it_is() -> None:
    model = a_model(
        a_cost(price=Estimate.pert(800, 1000, 1500)),
        a_benefit(yearly=Estimate.triangular(100, 400, 900)),
        roadmap=a_roadmap(an_item("build", Estimate.pert(10, 20, 60)), an_item("live", 0, "build")),
    )
    found = api.simulate(model, OPTION, draws=2_000, seed=7)
    known = known_inputs("growth", model, {f"cost/{model.costs[0].key}": "/there/"})
    result = risk_result(found, currency="EUR", as_of=clock.now(), known=known)
    rows = (*result.rows, *result.tornado_rows, *result.break_evens, *result.sensitivities, *result.worth)
    assert all(one.derivation.formula for one in (*result.headline, *rows))
    price = next(row for row in result.break_evens if "Price" in row.label).derivation
    assert "800 to 1,500, most likely 1,000 (PERT)" in dict(price.inputs)["What is believed"]
    assert price.rows[0].url == "/there/"
    losing = dict(next(one for one in result.headline if one.key == "probability-of-loss").derivation.inputs)
    told = Decimal(losing["Draws with a net present value below 0"].replace(",", ""))
    assert told == round(found.probability_of_loss * found.draws)


@pytest.mark.django_db
def test_risk_page_leads_from_an_input_to_its_line_and_names_its_source() -> None:
    case = risky_case()
    with clock.frozen(DAY):
        simulate(case)
        text = text_of(f"/case/{case.slug}/risk/")
    line = case.cost_lines.get()
    assert f'href="/case/{case.slug}/costs/{line.pk}/derivation/"' in text
    assert "Quotation 7" in text
    assert f'href="/case/{case.slug}/roadmap/#item-pilot"' in text
    for row in re.findall(r'<th scope="row">(.*?)</th>', text, re.DOTALL):
        assert "bc-formula" in row or "<summary>" not in row
    assert all("bc-formula" in part for part in text.split("data-figure=")[1:])


@pytest.mark.django_db
def test_roadmap_opens_its_days_and_the_chances_of_each_item() -> None:
    case = risky_case()
    with clock.frozen(DAY):
        simulate(case)
        text = text_of(f"/case/{case.slug}/roadmap/")
    figures = set(re.findall(r'data-figure="([a-z0-9-]+)"', text))
    assert figures == {"planned-finish", "finish-p50", "finish-p80", "finish-p95"}
    assert 'href="#item-pilot"' in text
    assert "How the dates of “Pilot” come about" in text
    assert "Criticality: share of the draws in which it is critical" in text


@pytest.mark.django_db
def test_plan_and_actual_opens_its_tiles_cost_centres_and_closed_months() -> None:
    case = make_complete_case(start=date(2026, 1, 1))
    case.cost_lines.update(cost_centre="4410")
    row = b"date,amount,reference,category,cost_centre\n2026-01-01,70,A-1,licences,4410\n"
    api.import_ledger(actor=SYSTEM, case=case, content=row, file_name="bookings.csv")
    with clock.frozen(datetime(2026, 3, 10, tzinfo=UTC)):
        api.close_month(actor=SYSTEM, case=case, meant=0)
        text = text_of(f"/case/{case.slug}/actuals/")
    assert set(re.findall(r'data-figure="([a-z-]+)"', text)) == {"costs-to-date", "benefits-to-date", "forecast"}
    assert all("bc-formula" in part for part in text.split("data-figure=")[1:])
    assert "plan: sum of its lines; actual: sum of what is booked on it" in text
    assert "what was booked, or proven, for the month when it was closed" in text
