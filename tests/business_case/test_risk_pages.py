"""The risk page: what a simulation says, on its way, stale, failed, and not made yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from mycelia.access import api as access
from mycelia.business_case import api
from mycelia.business_case.models import Case, SimulationRun
from mycelia.business_case.pages.input_names import notice_in_words
from mycelia.business_case.pages.risk import loss_in_words, risk_result
from mycelia.business_case.types import (
    BenefitCategory,
    BenefitLine,
    CostCategory,
    CostLine,
    Estimate,
    Notice,
    NoticeKind,
    Simulation,
)
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_case
from tests.factories.business_case_models import OPTION, a_benefit, a_cost, a_model, a_roadmap, an_item
from tests.factories.people import make_person, make_unit

DRAWS = 2_000


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(make_holder(role))
    return client


def a_simulation() -> Simulation:
    model = a_model(
        a_cost(price=Estimate.pert(800, 1000, 1500)),
        a_benefit(yearly=Estimate.triangular(100, 400, 900)),
        roadmap=a_roadmap(an_item("build", Estimate.pert(10, 20, 60)), an_item("live", 0, "build")),
    )
    return api.simulate(model, OPTION, draws=DRAWS, seed=7)


def test_correlation_without_effect_is_named_in_words():
    known = Notice(NoticeKind.CORRELATED_FIXED, "item/pilot/duration", label="Pilot in two depots")
    kept_before = Notice(NoticeKind.CORRELATED_FIXED, "item/pilot/duration")
    assert "“Pilot in two depots: Duration”" in notice_in_words(known)
    assert "“item/pilot/duration”" in notice_in_words(kept_before)


def risky_case(**terms) -> Case:
    case = make_case(start=date(2026, 1, 1), **terms)
    option = case.options.get(is_preferred=True).key
    cost = CostLine("c", CostCategory.LICENCES, "Seats", option=option, price=Estimate.pert(800, 1000, 1500))
    inputs = {"yearly_amount": Estimate.triangular(100, 400, 900)}
    benefit = BenefitLine("b", BenefitCategory.CUSTOM, "Less <i>search</i>", option=option, inputs=inputs)
    for value in (cost, benefit):
        api.add_item(actor=SYSTEM, case=case, value=value)
    return case


def simulated(case: Case) -> SimulationRun:
    runs: list[SimulationRun] = []
    api.ask_simulation(actor=SYSTEM, case=case, queue=runs.append, draws=DRAWS)
    done = api.run_simulation(run_id=runs[0].pk)
    assert done is not None
    return done


def test_what_a_simulation_says_is_what_it_computed() -> None:
    found = a_simulation()
    result = risk_result(found, currency="EUR", as_of=clock.now())
    assert sum(row["share"] for row in result.spread.spec["datasets"]["bins"]) == pytest.approx(1)
    assert result.headline[0].value.startswith("EUR")
    assert len(result.fan.spec["datasets"]["bands"]) == len(found.fan.p50)
    assert result.rows[0].label == "Net present value"
    assert result.tornado is not None
    assert {row.label for row in result.break_evens}
    assert dict(result.facts)["Seed"] == "7"


@pytest.mark.parametrize(
    ("chance", "words"), [(0.0, "No draw"), (0.5, "More likely a loss"), (0.25, "1 of 4"), (0.001, "1 of 1,000")]
)
def test_chance_of_a_loss_in_words(chance: float, words: str) -> None:
    assert words in loss_in_words(replace(a_simulation(), probability_of_loss=chance))


@pytest.mark.django_db
def test_risk_of_a_case_that_was_never_simulated_says_what_to_do() -> None:
    text = client_of(Role.EXECUTIVE).get(f"/case/{risky_case().slug}/risk/").content.decode()
    assert "Not simulated yet" in text


@pytest.mark.django_db
def test_risk_page_shows_the_result_and_says_when_the_case_has_moved_on() -> None:
    case = risky_case()
    run = simulated(case)
    client = client_of(Role.EXECUTIVE)
    text = client.get(f"/case/{case.slug}/risk/").content.decode()
    assert run.model_digest[:12] in text
    assert "&lt;i&gt;search" in text
    assert "<i>search" not in text
    assert "The case has changed" not in text
    cost = next(one for one in api.case_model(case).costs if one.key == "c")
    api.change_item(actor=SYSTEM, case=case, value=replace(cost, price=Estimate.fixed(Decimal(5))), seen_revision=1)
    assert "The case has changed" in client.get(f"/case/{case.slug}/risk/").content.decode()


@pytest.mark.django_db
def test_run_under_way_shows_its_progress_and_a_failed_one_its_reason() -> None:
    case = risky_case()
    option = case.options.get(is_preferred=True).key
    run = SimulationRun.objects.create(
        case=case, option=option, draws=DRAWS, seed=1, state="running", progress=0.42, asked_at=clock.now()
    )
    client = client_of(Role.FINANCE_ANALYST)
    text = client.get(f"/case/{case.slug}/risk/").content.decode()
    assert 'value="42"' in text
    assert "every 2s" in text
    SimulationRun.objects.filter(pk=run.pk).update(state="failed", failure="The option was removed.")
    assert "The option was removed." in client.get(f"/case/{case.slug}/risk/").content.decode()


@pytest.mark.django_db
def test_run_whose_worker_died_stands_still_and_can_be_started_again() -> None:
    case = risky_case()
    client, page = client_of(Role.EXECUTIVE), f"/case/{case.slug}/risk/"
    run = SimulationRun.objects.create(
        case=case, option="proposal", draws=500, seed=1, state="running", asked_at=clock.now(), told_at=clock.now()
    )
    SimulationRun.objects.filter(pk=run.pk).update(option=api.case_model(case).preferred.key)
    assert "The simulation is running" in client.get(page).content.decode()
    SimulationRun.objects.filter(pk=run.pk).update(told_at=clock.now() - timedelta(minutes=6))
    text = client.get(page).content.decode()
    assert "The simulation stands still" in text
    assert "The simulation is running" not in text
    assert client.post(f"{page}simulations/", {"option": ""}).status_code == 302
    assert SimulationRun.objects.filter(case=case, state="waiting").count() == 1
    assert "The simulation is running" in client.get(page).content.decode()


@pytest.mark.django_db
def test_simulation_is_asked_for_once_by_everybody_who_reads_the_case() -> None:
    case = risky_case()
    client = client_of(Role.EXECUTIVE)
    for _ in range(2):
        assert client.post(f"/case/{case.slug}/risk/simulations/").status_code == 302
    assert SimulationRun.objects.filter(case=case).count() == 1
    assert client.post(f"/case/{case.slug}/risk/simulations/", {"option": "no-such"}).status_code == 404


@pytest.mark.django_db
def test_more_draws_and_another_seed_can_be_asked_for() -> None:
    case = risky_case()
    simulated(case)
    client = client_of(Role.EXECUTIVE)
    address = f"/case/{case.slug}/risk/simulations/"
    assert f'value="{DRAWS}"' in client.get(f"/case/{case.slug}/risk/").content.decode()
    assert client.post(address, {"draws": "100000", "seed": "7"}).status_code == 302
    asked = SimulationRun.objects.filter(case=case).first()
    assert (asked.draws, asked.seed, asked.state) == (100_000, 7, "waiting")
    for draws, seed in (
        ("99", "1"),
        ("1000001", "1"),
        ("1e5", "1"),
        ("1000", "-1"),
        ("1000", ""),
        ("1000", str(2**63)),
    ):
        assert client.post(address, {"draws": draws, "seed": seed}).status_code == 422
    assert SimulationRun.objects.filter(case=case).count() == 2


@pytest.mark.django_db
def test_risk_of_a_case_outside_the_scope_is_not_there() -> None:
    unit, other = make_unit(), make_unit()
    case = risky_case(scope_unit_id=unit.pk)
    person = make_person()
    access.grant_role(actor=SYSTEM, person_id=person.pk, role=Role.EXECUTIVE, unit_id=other.pk)
    client = Client()
    client.force_login(person)
    assert client.get(f"/case/{case.slug}/risk/").status_code == 404
    assert client.post(f"/case/{case.slug}/risk/simulations/").status_code == 404
    assert client.get(f"/case/{case.slug}/versions/").status_code == 404
