"""The demo company, loaded into a real database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from mycelia.access.api import actor_for
from mycelia.audit import api as audit
from mycelia.business_case import api as business_case
from mycelia.business_case.models import Case, MonthClose, Presentation, StageGate, Version
from mycelia.business_case.types import Proof
from mycelia.demo.design.accounts import ACCOUNTS, CURATOR, EXECUTIVE, LEARNER, MANAGER, PASSWORD
from mycelia.demo.loading.cases import COMPLETE_SLUG, INCOMPLETE_SLUG
from mycelia.demo.loading.seed import seed
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, Role
from mycelia.learning import api as learning
from mycelia.people import api as people
from mycelia.people.models import CostCentre, Employment, Person
from tests.append_only import triggers_off

SIZE = 150
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A small demo company, loaded once and rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=QUICK_HASHERS):
            seed(people_count=SIZE, course_count=16, say=lambda line: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def company(_loaded: None, db: None) -> None:
    """The demo company, with changes undone after the test."""


def test_seed_gives_every_named_account_its_role_and_password(company: None) -> None:
    for account in ACCOUNTS:
        person = people.person_by_email(account.email)
        assert person is not None
        assert actor_for(person).has(Role(account.role))
        assert Client(HTTP_HOST="localhost:8000").login(email=account.email, password=PASSWORD)


def test_seed_stores_people_with_moves_and_leavers(company: None) -> None:
    today = clock.today()
    assert Person.objects.count() == SIZE
    leavers = Person.objects.filter(is_active=False)
    assert leavers.exists()
    assert not Employment.objects.filter(person__in=leavers, valid_to=None).exists()
    assert Employment.objects.exclude(valid_to=None).filter(person__is_active=True, valid_to__lte=today).exists()


def test_seed_shows_the_learner_open_overdue_and_completed_courses(company: None) -> None:
    person = people.person_by_email(LEARNER.email)
    overview = learning.learner_overview(person.pk)
    assert [one.due_on is not None and one.due_on < clock.today() for one in overview.open] == [True, False, False]
    assert overview.completed_total == 2


def test_seed_puts_the_learner_into_the_managers_team(company: None) -> None:
    manager = people.person_by_email(MANAGER.email)
    team = learning.team_progress(actor_for(manager), manager.pk)
    assert f"{LEARNER.given_name} {LEARNER.family_name}" in {member.name for member in team}


def test_seed_makes_a_landscape_in_which_the_check_finds_much(company: None) -> None:
    executive = actor_for(people.person_by_email(EXECUTIVE.email))
    systems = list(business_case.systems_for(executive))
    rules = {standing.finding.rule.value for standing in business_case.readiness(executive)}
    assert len(systems) >= 12
    assert all(system.is_synthetic for system in systems)
    assert all(business_case.elements_for(executive).values())
    assert rules >= {"overlap", "unused_licences", "cost_without_users", "several_masters", "missing_link", "unowned"}


def test_seed_makes_one_case_complete_and_one_that_the_gate_refuses(company: None) -> None:
    executive = actor_for(people.person_by_email(EXECUTIVE.email))
    complete = business_case.case_sheet(business_case.case_for(executive, COMPLETE_SLUG))
    incomplete = business_case.case_sheet(business_case.case_for(executive, INCOMPLETE_SLUG))
    assert business_case.missing_from_case(complete) == ()
    assert business_case.missing_from_case(incomplete)
    actual = complete.objectives[0].kpis[0].actual
    assert actual is not None
    assert actual.value is not None
    assert actual.value > 50
    assert complete.is_synthetic


def test_complete_case_of_the_demo_shows_everything_there_is_and_holds_to_the_principles(company: None) -> None:
    case = business_case.case_for(actor_for(people.person_by_email(EXECUTIVE.email)), COMPLETE_SLUG)
    model = business_case.case_model(case)
    assert business_case.check_model(model) == ()
    findings = business_case.findings_of(business_case.stored_document(case))
    assert [each for each in findings if each.refuses or each.subject.startswith("item/")] == []
    assert (len(model.options), len(model.costs) >= 20, len(model.roadmap.items)) == (3, True, 16)
    assert len({benefit.category for benefit in model.benefits}) == 9
    assert all(line.source for line in (*model.costs, *model.benefits))
    assert business_case.option_figures(model, model.preferred.key).npv > 0
    assert [version.number for version in business_case.versions_of(case)] == [3, 2, 1]
    assert [comment.resolved_at is None for comment in business_case.comments_of(case)] == [True, False]


def test_seed_leaves_an_audit_log_that_verifies(company: None) -> None:
    assert audit.verify().is_intact


def test_demo_command_run_again_keeps_what_was_changed(company: None) -> None:
    person = people.person_by_email(LEARNER.email)
    person.given_name = "Changed"
    person.save()
    output = StringIO()
    call_command("demo", seed_only=True, stdout=output)
    assert "kept" in output.getvalue()
    assert LEARNER.email in output.getvalue()
    assert people.person_by_email(LEARNER.email).given_name == "Changed"
    assert Person.objects.count() == SIZE


def test_seed_leaves_a_course_for_the_curator_to_decide(company: None) -> None:
    curator = people.person_by_email(CURATOR.email)
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(curator, backend="django.contrib.auth.backends.ModelBackend")
    assert "1 waits for review" in client.get("/").content.decode()


def test_seed_gives_the_complete_case_a_year_of_actuals_held_to_what_was_presented_before(company: None) -> None:
    case = business_case.case_for(Actor.system("tests"), COMPLETE_SLUG)
    found, presentation = business_case.performance_of(case), business_case.latest_presentation(case)
    assert found.closed is not None
    assert found.closed >= 11
    assert presentation is not None
    assert presentation.presented_at.date() < case.start
    assert found.plan_version == presentation.version.number
    plan, actual = found.total_costs.to_date()
    assert plan > 0
    assert abs(actual / plan - 1) < Decimal("0.2")
    assert case.state == "draft"
    assert business_case.performance_of(case, plan=business_case.plan_of(case, "draft")) != found


def test_costs_of_the_demo_are_planned_and_booked_on_cost_centres_of_the_company(company: None) -> None:
    case = business_case.case_for(Actor.system("tests"), COMPLETE_SLUG)
    found = {one.name: one.to_date() for one in business_case.costs_by_centre(case)}
    known = set(CostCentre.objects.values_list("code", flat=True))
    assert len(found) >= 4
    assert {"PPL-LEA.AAL", "PPL-INF.AAL"} <= set(found) & known
    assert all(actual > 0 for plan, actual in found.values() if plan > 0)
    assert (
        sum(actual for _plan, actual in found.values()) == business_case.performance_of(case).total_costs.to_date()[1]
    )


def test_stakeholders_of_the_demo_read_their_briefs_of_what_was_presented(company: None) -> None:
    for account, readers in (
        (LEARNER, {"learners"}),
        (MANAGER, {"management", "learners"}),
        (EXECUTIVE, {"it", "hr", "finance", "management", "learners"}),
    ):
        client = Client(HTTP_HOST="localhost:8000")
        person = people.person_by_email(account.email)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get("/briefs/").content.decode()
        assert set(re.findall(rf'href="/briefs/{COMPLETE_SLUG}/(\w+)/"', page)) == readers
        assert INCOMPLETE_SLUG not in re.findall(r'href="/briefs/([\w-]+)/', page)
        for reader in readers:
            assert client.get(f"/briefs/{COMPLETE_SLUG}/{reader}/").status_code == 200


def test_benefits_of_the_demo_run_ahead_and_behind_and_some_are_not_proven(company: None) -> None:
    case = business_case.case_for(Actor.system("tests"), COMPLETE_SLUG)
    found = business_case.performance_of(case)
    assert {Proof.BOOKED, Proof.MEASURED, Proof.NO_KPI} == set(found.proofs.values())
    dated = [one.to_date() for one in found.benefits]
    assert any(actual > plan > 0 for plan, actual in dated)
    assert any(0 < actual < plan for plan, actual in dated)
    plan, actual = found.total_benefits.to_date()
    assert 0 < actual < plan


def test_months_of_the_demo_close_some_days_after_their_end_and_a_gate_was_decided(company: None) -> None:
    case = business_case.case_for(Actor.system("tests"), COMPLETE_SLUG)
    for close in business_case.closes_of(case):
        days = (close.closed_at.date() - business_case.last_day_of(close.column, start=case.start)).days
        assert 4 <= days <= 8
        assert close.closed_at.weekday() < 5
    gate = business_case.gates_of(case).get()
    assert (gate.decision, gate.decided_by_name) == ("continue", "Esther Brandt")
    assert case.start < gate.decided_at.date() < clock.today()
    assert gate.presentation == business_case.latest_presentation(case)


def test_demo_case_goes_out_and_comes_back_as_the_same_bytes(company: None) -> None:
    case = business_case.case_for(Actor.system("tests"), COMPLETE_SLUG)
    written = business_case.write_case_file(business_case.case_file(case))
    with triggers_off():
        for table in (StageGate, Presentation, Version, MonthClose, Case):
            table.objects.all().delete()
    restored = business_case.restore_case(actor=Actor.system("tests"), content=written).case
    again = business_case.case_for(Actor.system("tests"), restored.slug)
    assert business_case.write_case_file(business_case.case_file(again)) == written


def test_seed_says_of_the_complete_case_as_it_stands_how_sure_it_is(company: None) -> None:
    case = business_case.case_for(actor_for(people.person_by_email(EXECUTIVE.email)), COMPLETE_SLUG)
    outlook = business_case.outlook_of(case, business_case.case_model(case))
    assert outlook.low < outlook.high
    assert 0 < outlook.chance < 1
    assert not outlook.is_stale
