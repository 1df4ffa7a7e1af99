"""Options side by side, with doing nothing, with and without learner time; and sheets of before options."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from mycelia.business_case import api, models
from mycelia.business_case.errors import InvalidTerms
from mycelia.business_case.queries import sheet_from
from mycelia.business_case.types import CaseSheet, Estimate, ItemKind, Option
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import (
    BENEFITS,
    COSTS,
    SYSTEM,
    make_case,
    make_complete_case,
    make_line_terms,
    make_objective,
)
from tests.factories.case_edits import add_cost_line

pytestmark = pytest.mark.django_db


def _cost(case: models.Case, option: models.Option | None, amount: int, **columns: Any) -> models.CostLine:
    stated = {"category": "licences", "description": f"Costs {amount}", "basis": "computed", **columns}
    return models.CostLine.objects.create(case=case, option=option, price=Estimate.fixed(amount), **stated)


@pytest.fixture
def case() -> models.Case:
    """Doing nothing costs 70, the proposal 100 and 40 of learner time, and both share 5."""
    made = make_case(horizon_months=12)
    nothing, proposal = made.options.get(is_baseline=True), made.options.get(is_preferred=True)
    _cost(made, nothing, 70)
    _cost(made, proposal, 100)
    _cost(made, proposal, 40, category="learner_time")
    _cost(made, None, 5)
    return made


def test_each_option_has_its_own_lines_and_the_shared_ones(case):
    nothing, proposal = api.case_sheet(case).options
    assert [line.total for line in nothing.costs] == [70, 5]
    assert [line.total for line in proposal.costs] == [100, 40, 5]
    assert [line.is_shared for line in proposal.costs] == [False, False, True]
    assert (nothing.figures.npv, proposal.figures.npv) == (-75, -145)


def test_sheet_shows_the_preferred_option(case):
    sheet = api.case_sheet(case)
    assert sheet.figures == sheet.options[1].figures
    assert sheet.costs[0].id == models.CostLine.objects.get(description="Costs 100").pk
    assert sheet.costs[0].by_column == (Decimal(100), *(Decimal(0),) * 12)


def test_option_is_compared_with_doing_nothing(case):
    nothing, proposal = api.case_sheet(case).options
    assert nothing.against_nothing is None
    assert (proposal.against_nothing.npv, proposal.against_nothing.total_costs) == (-70, 70)


@pytest.mark.parametrize("counts", [True, False])
def test_learner_time_is_shown_with_and_without(case, counts):
    case.counts_learner_time = counts
    proposal = api.case_sheet(case).options[1]
    assert (proposal.with_learner_time.npv, proposal.without_learner_time.npv) == (-145, -105)
    assert proposal.figures.npv == (-145 if counts else -105)
    assert [line.is_counted for line in proposal.costs] == [True, counts, True]


@pytest.mark.parametrize("counts", [True, False])
def test_benefit_that_saves_learner_time_goes_with_it_and_without_it(case, counts):
    """Saved time of 12 x 10, discounted for one year at 10 %, beside the 40 that learning takes."""
    proposal = case.options.get(is_preferred=True)
    models.BenefitLine.objects.create(
        case=case,
        option=proposal,
        category="travel_avoided",
        description="Hours in classrooms",
        basis="amounts",
        amounts=[0, 121],
        saves_learner_time=True,
    )
    case.counts_learner_time, case.rate_per_year = counts, Decimal("0.1")
    sheet = api.case_sheet(case).options[1]
    assert (sheet.with_learner_time.npv, sheet.without_learner_time.npv) == (-145 + 110, -105)
    assert sheet.figures.npv == (-35 if counts else -105)
    assert [line.is_counted for line in sheet.benefits] == [counts]
    assert [line.is_learner_time for line in (*sheet.costs, *sheet.benefits)] == [False, True, False, True]


def test_sheet_comes_back_from_json_exactly(case):
    sheet = api.case_sheet(case)
    stored = msgspec.json.decode(msgspec.json.encode(sheet))
    assert sheet_from(stored) == sheet


def test_document_names_what_was_entered():
    case = make_complete_case("demo")
    document = api.case_sheet(case).document
    assert (document.slug, document.model) == ("demo", api.case_model(case))
    kpi = document.objectives[0].kpis[0]
    assert (kpi.name, kpi.owner) == ("Deals won", case.kpis.get().owner.email)


def _of_before(sheet: CaseSheet) -> dict[str, Any]:
    """Return a sheet as it was stored before there were options."""
    stored = msgspec.to_builtins(sheet)
    del stored["document"], stored["options"]
    new = ("key", "by_column", "is_counted", "is_shared", "is_placeholder", "basis", "value_per_unit")
    lines = [*stored["costs"], *stored["benefits"], *stored["objectives"]]
    for record in [*lines, *(kpi for objective in stored["objectives"] for kpi in objective["kpis"])]:
        for name in (*new, "isolation_method"):
            record.pop(name, None)
    for name in ("total_tax", "pv_tax"):
        stored["figures"].pop(name, None)
    return stored


def test_snapshot_of_before_options_is_read_as_a_proposal_beside_nothing():
    case = make_complete_case()
    make_objective(case, "Second")
    add_cost_line(case, make_line_terms(amounts=(0, 5)))
    now = api.case_sheet(case)
    sheet = sheet_from(_of_before(now))
    assert sheet.figures == now.figures
    assert [line.amounts for line in sheet.costs] == [line.amounts for line in now.costs]
    nothing, proposal = sheet.options
    assert (nothing.is_baseline, nothing.figures.npv, proposal.figures) == (True, 0, now.figures)
    assert proposal.against_nothing.npv == now.figures.npv
    assert api.option_figures(sheet.model, "proposal") == now.figures
    assert [sum(line.amounts) for line in sheet.model.costs] == [sum(COSTS), 5]
    assert sum(sheet.model.benefits[0].amounts) == sum(BENEFITS)
    assert [each.title for each in sheet.document.objectives] == ["Sell more", "Second"]


def test_two_options_cannot_have_one_name(case, client):
    proposal, nothing = case.options.get(is_preferred=True), case.options.get(is_baseline=True)
    taken = f" {proposal.name.upper()} "
    with pytest.raises(InvalidTerms, match="Another option is called"):
        api.add_item(actor=SYSTEM, case=case, value=Option("", taken))
    state = api.item_of(case, ItemKind.OPTION, nothing.key)
    with pytest.raises(InvalidTerms, match="Another option is called"):
        renamed = replace(state.value, name=taken)
        api.change_item(actor=SYSTEM, case=case, value=renamed, seen_revision=state.revision)
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    answer = client.post(f"/case/{case.slug}/options/new/", {"name": taken})
    assert answer.status_code == 422
    assert "Another option is called" in answer.content.decode()
    assert case.options.count() == 2


def test_options_that_have_one_name_since_before_can_still_be_described(case):
    models.Option.objects.create(case=case, key="twin", name=case.options.get(is_preferred=True).name)
    state = api.item_of(case, ItemKind.OPTION, "twin")
    described = replace(state.value, description="The same with another supplier")
    api.change_item(actor=SYSTEM, case=case, value=described, seen_revision=state.revision)
    assert case.options.get(key="twin").description == described.description
