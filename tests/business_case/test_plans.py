"""What actuals are compared with: the last presented version, else the last frozen one, else the draft, or another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mycelia.business_case import api
from mycelia.business_case.calc.plans import aligned
from mycelia.business_case.errors import InvalidTerms, NotPartOfCase
from mycelia.business_case.models import BenefitLine, Case, CostLine, Kpi, MonthClose
from mycelia.business_case.types import EvidenceGrade, ItemKind, PlanKind
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_actor, make_benefit, make_complete_case, make_line_terms
from tests.factories.case_edits import add_cost_line, change_kpi, remove

pytestmark = pytest.mark.django_db
HEADER = b"date,amount,reference,category,kind,item\n"
ROWS = b"2026-01-31,60000,A-1,licences,cost,\n2026-02-10,500,A-2,support,cost,\n"


def started() -> Case:
    """A case whose benefit claims its KPI; presented, then run for two months."""
    case = make_complete_case("demo", start=date(2026, 1, 1))
    BenefitLine.objects.filter(case=case).update(
        kpi=Kpi.objects.get(case=case), claimed_movement=Decimal(20), evidence_grade=EvidenceGrade.BEFORE_AFTER
    )
    return case


def presented() -> Case:
    case = started()
    api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)
    return case


def run(case: Case) -> None:
    api.import_ledger(actor=SYSTEM, case=case, content=HEADER + ROWS, file_name="a.csv")
    for _ in range(4):
        api.close_month(actor=SYSTEM, case=case)


def change_draft(case: Case) -> None:
    """Double the costs, drop the benefit for another one, and move the baseline of the KPI."""
    cost = CostLine.objects.get(case=case)
    seen = api.item_of(case, ItemKind.COST, cost.key)
    value = replace(seen.value, amounts=tuple(2 * amount for amount in seen.value.amounts))
    api.change_item(actor=SYSTEM, case=case, value=value, seen_revision=seen.revision)
    add_cost_line(case, make_line_terms(category=api.CostCategory.SUPPORT, amounts=(9,)))
    kpi = Kpi.objects.get(case=case)
    change_kpi(kpi, replace(api.item_of(case, ItemKind.KPI, kpi.key).value, baseline_value=Decimal(47)))
    line = BenefitLine.objects.get(case=case)
    remove(line)
    api.add_item(actor=SYSTEM, case=case, value=make_benefit(case, description="Another"))


def test_plan_is_the_last_presented_version_else_the_last_frozen_one_else_the_draft() -> None:
    case = started()
    assert (api.plan_of(case).kind, api.plan_of(case).version) == (PlanKind.DRAFT, None)
    first = api.freeze_case(actor=SYSTEM, case=case, title="First")
    second = api.freeze_case(actor=SYSTEM, case=case, title="Second")
    assert (api.plan_of(case).kind, api.plan_of(case).version) == (PlanKind.FROZEN, second)
    presentation = api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)
    api.freeze_case(actor=SYSTEM, case=case, title="After it was presented")
    assert (api.plan_of(case).kind, api.plan_of(case).version) == (PlanKind.PRESENTED, presentation.version)
    assert api.plan_of(case, str(first.number)).version == first
    assert api.plan_of(case, "draft").version is None
    for unknown in ("9", "x", "-1", "1" * 30):
        with pytest.raises(NotPartOfCase):
            api.plan_of(case, unknown)


def test_plan_without_learner_time_has_no_benefit_that_saves_it_and_no_booking_of_it() -> None:
    case = started()
    BenefitLine.objects.filter(case=case).update(saves_learner_time=True, kpi=None, claimed_movement=None)
    line = BenefitLine.objects.get(case=case)
    row = f"2026-01-31,700,B-1,,benefit,{line.key}\n".encode()
    api.import_ledger(actor=SYSTEM, case=case, content=HEADER + row, file_name="b.csv")
    for counts, expected in ((True, [line.key]), (False, [])):
        Case.objects.filter(pk=case.pk).update(counts_learner_time=counts)
        found = api.performance_of(Case.objects.get(pk=case.pk), closed=1)
        assert [one.name for one in found.benefits] == expected
        assert found.total_benefits.to_date()[1] == (700 if counts else 0)


def test_variance_stays_when_the_draft_has_changed_since() -> None:
    case = presented()
    run(case)
    before = api.performance_of(case)
    assert before.total_benefits.to_date()[1] > 0
    change_draft(case)
    after = api.performance_of(case)
    assert after == before
    draft = api.performance_of(case, plan=api.plan_of(case, "draft"))
    assert round(draft.total_costs.plan[1] - 2 * before.total_costs.plan[1], 5) == 0
    assert draft.total_costs.actual == before.total_costs.actual
    assert [course.name for course in draft.benefits] != [course.name for course in before.benefits]


def test_total_is_the_sum_of_its_lines_and_unplanned_bookings_have_a_line() -> None:
    case = presented()
    change_draft(case)
    new = BenefitLine.objects.get(case=case)
    rows = ROWS + f"2026-02-11,700,A-3,,benefit,{new.key}".encode()
    api.import_ledger(actor=SYSTEM, case=case, content=HEADER + rows, file_name="a.csv")
    for _ in range(4):
        api.close_month(actor=SYSTEM, case=case)
    found = api.performance_of(case)
    support = next(course for course in found.costs if course.name == "support")
    assert (sum(support.plan), support.to_date()) == (0, (0, Decimal(500)))
    booked = next(course for course in found.benefits if course.name == new.key)
    assert booked.to_date() == (0, Decimal(700))
    for courses, total in ((found.costs, found.total_costs), (found.benefits, found.total_benefits)):
        assert total.to_date() == tuple(sum(part) for part in zip(*(one.to_date() for one in courses), strict=True))
    assert api.benefit_names(case, api.plan_of(case))[new.key] == "Another"


def test_closed_month_keeps_which_version_it_was_compared_with() -> None:
    case = presented()
    run(case)
    assert MonthClose.objects.first().picture["plan_version"] == 1


def test_version_of_another_length_and_start_is_put_on_the_months_of_the_case() -> None:
    case = started()
    old = api.freeze_case(actor=SYSTEM, case=case, title="Three years from January")
    seen = api.item_of(case, ItemKind.TERMS)
    value = replace(seen.value, start=date(2026, 3, 1), horizon_months=48)
    api.change_item(actor=SYSTEM, case=case, value=value, seen_revision=seen.revision)
    case.refresh_from_db()
    run(case)
    plan = api.plan_of(case, str(old.number))
    yearly = Decimal(666_715)
    assert plan.columns == 49
    assert round(plan.costs[0].by_column[0] - 2 * yearly / 12, 3) == 53_150
    found = api.performance_of(case, plan=plan)
    assert found.total_costs.to_date()[1] == 60_500
    assert len(found.total_costs.plan) == 49


def test_start_and_currency_stay_once_something_is_booked() -> None:
    case = presented()
    run(case)
    for table in (CostLine, BenefitLine):
        table.objects.all().delete()
    seen = api.item_of(case, ItemKind.TERMS)
    for changed in ({"start": date(2026, 2, 1)}, {"currency": "CHF"}, {"horizon_months": 2}):
        with pytest.raises(InvalidTerms):
            api.change_item(actor=SYSTEM, case=case, value=replace(seen.value, **changed), seen_revision=seen.revision)
    api.change_item(actor=SYSTEM, case=case, value=replace(seen.value, name="B"), seen_revision=seen.revision)


def test_version_in_another_currency_is_no_plan() -> None:
    case = presented()
    seen = api.item_of(case, ItemKind.TERMS)
    api.change_item(actor=SYSTEM, case=case, value=replace(seen.value, currency="CHF"), seen_revision=seen.revision)
    case.refresh_from_db()
    assert api.plan_of(case).kind is PlanKind.DRAFT
    with pytest.raises(NotPartOfCase):
        api.plan_of(case, "1")


def test_page_says_which_plan_it_is_and_offers_the_others() -> None:
    case = presented()
    client = Client()
    client.force_login(make_holder(Role.EXECUTIVE))
    page = client.get("/case/demo/actuals/").content.decode()
    assert "The plan is version 1, “Presentation 1”, as Test Person" in page
    assert '<option value="1" selected>' in page
    run(case)
    change_draft(case)
    as_presented = client.get("/case/demo/actuals/")
    assert "What the draft changed since" in as_presented.content.decode()
    draft = client.get("/case/demo/actuals/?plan=draft").content.decode()
    assert "The plan is the draft as it stands" in draft
    assert '<option value="draft" selected>' in draft
    for unknown in ("7", "x"):
        assert client.get(f"/case/demo/actuals/?plan={unknown}").status_code == 404


@given(
    st.lists(st.integers(0, 1000), min_size=1, max_size=40),
    st.integers(-30, 30),
    st.integers(0, 20),
)
def test_aligned_plan_loses_nothing(amounts: list[int], shift: int, more: int) -> None:
    columns = max(1, len(amounts) - shift) + more
    placed = aligned([Decimal(amount) for amount in amounts], shift=shift, columns=columns)
    assert (len(placed), sum(placed)) == (columns, sum(amounts))
