"""What a committee will ask about: said on the case, at the gate, at the line, on the roadmap, in JSON, with links."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from mycelia.business_case import api, models
from mycelia.business_case.pages.gate import cautions_of
from mycelia.business_case.types import (
    Basis,
    BenefitCategory,
    BenefitLine,
    CostCategory,
    CostLine,
    Dependency,
    Estimate,
    EvidenceGrade,
    IsolationMethod,
    ItemKind,
    Principle,
    Recurrence,
    Shape,
    Timing,
    WorkItem,
)
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_benefit, make_complete_case, make_kpi_terms

pytestmark = pytest.mark.django_db
VALUES = tuple(map(Decimal, (3, 4, 4, 5, 6, 60)))


@pytest.fixture
def case() -> models.Case:
    """A case that can be presented and falls short of everything that is only a warning."""
    case = make_complete_case("asked")
    before = (Dependency("first"),)
    for item in (
        WorkItem("first", "Contract", Estimate.fixed(5), source="IT"),
        WorkItem("second", "Set-up", Estimate.fixed(5), depends_on=before, finished_on=date(2026, 1, 20)),
        WorkItem("third", "Roll-out", Estimate.fixed(900), source="IT"),
    ):
        api.add_item(actor=SYSTEM, case=case, value=item)
    old = Timing(0, None, None, "second")
    _add(case, CostLine("old", CostCategory.SUPPORT, "Old help desk", timing=old, recurrence=Recurrence.MONTHLY))
    by_expert = {"isolation_method": IsolationMethod.EXPERT_ESTIMATE, "evidence_grade": EvidenceGrade.BEFORE_AFTER}
    listed = {"yearly_amount": Estimate(Shape.LIST, values=VALUES)}
    _add(case, _computed(case, description="Listed", inputs=listed, **by_expert))
    wide = {"yearly_amount": Estimate.triangular(1, 2, 30)}
    _add(case, _computed(case, description="Wide", inputs=wide))
    _add(case, make_benefit(case, description="Told", is_intangible=True))
    return case


def _computed(case: models.Case, **stated: Any) -> BenefitLine:
    return replace(make_benefit(case, (), **stated), category=BenefitCategory.CUSTOM, basis=Basis.COMPUTED)


def _add(case: models.Case, value: Any) -> None:
    api.add_item(actor=SYSTEM, case=case, value=value)


def _terms(case: models.Case, **stated: Any) -> None:
    state = api.items_of(case, ItemKind.TERMS)[0]
    api.change_item(actor=SYSTEM, case=case, value=replace(state.value, **stated), seen_revision=state.revision)  # type: ignore[type-var]


def _found(case: models.Case) -> list[tuple[Principle, str]]:
    return [(each.finding.principle, each.subject) for each in api.cautions_of_case(api.case_sheet(case))]


def test_cautions_do_not_keep_a_case_back(case):
    assert api.missing_from_case(api.case_sheet(case)) == ()
    assert {principle for principle, _ in _found(case)} == {
        Principle.AFTER_HORIZON,
        Principle.NEVER_RUNS,
        Principle.OUT_OF_ORDER,
        Principle.OVERDUE,
        Principle.ESTIMATES_DISCOUNTED,
        Principle.EXTREME_VALUES,
        Principle.WIDE_RANGE,
        Principle.NO_EVIDENCE,
        Principle.FULLY_LOADED,
        Principle.INTANGIBLE_MONETISED,
    }


def test_every_caution_leads_to_something_that_is_on_its_page(case, client):
    learners = CostLine("time", CostCategory.LEARNER_TIME, "Time of learners", price=Estimate.fixed(5))
    _add(case, learners)
    _terms(case, is_short_programme=True, counts_learner_time=False)
    case.refresh_from_db()
    open_kpi = make_kpi_terms(target_value=None)
    kpi = api.add_kpi(actor=SYSTEM, objective=case.objectives.get(), terms=open_kpi).key
    for movement in (Decimal(2), Decimal(3)):
        _add(case, make_benefit(case, description="Claim", kpi=kpi, claimed_movement=movement))
    cautions = api.cautions_of_case(api.case_sheet(case))
    assert {each.finding.principle for each in cautions} >= {Principle.FIRST_YEAR_ONLY, Principle.FULLY_LOADED}
    for role, may_edit in ((Role.FINANCE_ANALYST, True), (Role.EXECUTIVE, False)):
        client.force_login(make_holder(role))
        for gap in cautions_of("asked", cautions, may_edit=may_edit):
            page, _, anchor = gap.url.partition("#")
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert not anchor or f'id="{anchor}"' in answer.content.decode(), gap.url
            assert "" not in (gap.reason, gap.remedy)


def test_overview_and_gate_tell_them_with_the_line_they_are_about(case, client):
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    for page in ("/case/asked/", "/case/asked/presentation/"):
        text = client.get(page).content.decode()
        assert "A committee will ask about this" in text
        assert "Amount a year: 60 is far above the other values and left out of the calculation." in text
    table = client.get("/case/asked/").content.decode().partition("Costs by line and year")[2]
    assert "It ends when “Set-up” finishes on 20 January 2026, before it begins: it counts for nothing." in table


def test_roadmap_tells_at_the_item_what_contradicts_it(case, client):
    client.force_login(make_holder(Role.EXECUTIVE))
    text = client.get("/case/asked/roadmap/").content.decode()
    second = text.partition('id="item-second"')[2].partition('id="item-third"')[0]
    assert "It is finished, but “Contract”, which it waits for, is not. Its own day counts." in second
    third = text.partition('id="item-third"')[2]
    assert "after the case ends on 31 December 2028" in third


def test_form_of_a_line_and_of_an_item_tell_what_is_asked_and_saving_tells_what_is_left(case, client):
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    line = case.benefit_lines.get(description="Listed")
    text = client.get(f"/case/asked/benefits/{line.pk}/").content.decode()
    assert "left out of the calculation" in text
    text = client.get("/case/asked/work-items/second/").content.decode()
    assert "Its own day counts." in text
    typed = {"title": "Set-up", "duration_likely": "5", "calendar": "working", "revision": "1", "source": "IT"}
    saved = client.post("/case/asked/work-items/second/", typed, headers={"HX-Request": "true"}).content.decode()
    assert 'id="item-notes" hx-swap-oob="true"' in saved
    assert "Its own day counts." not in saved


def test_derivation_says_which_values_it_is_computed_without(case, client):
    client.force_login(make_holder(Role.EXECUTIVE))
    line = case.benefit_lines.get(description="Listed")
    text = client.get(f"/case/asked/benefits/{line.pk}/derivation/").content.decode().replace("\xa0", " ")
    assert "one of USD 3, USD 4, USD 4, USD 5, USD 6; left out as extreme: USD 60" in text
    assert "USD 4.4" in text


def test_simulation_as_json_names_each_finding_at_its_line(case):
    said = StringIO()
    call_command("case_simulate", "asked", "--draws", "100", "--json", stdout=said)
    found = json.loads(said.getvalue())["findings"]
    assert {
        "principle": "never_runs",
        "subject": "cost/old",
        "field": "timing/end_milestone",
        "refuses": False,
        "related": ["Set-up", "2026-01-20", "2028-12-31"],
        "label": "Old help desk",
    } in found
    assert {(each["subject"], each["principle"]) for each in found} >= {
        ("item/second", "out_of_order"),
        ("item/third", "after_horizon"),
    }
