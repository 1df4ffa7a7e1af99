"""Drivers, options, phases, work items and correlations, as they are edited on pages."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from mycelia.access import api as access
from mycelia.business_case import api
from mycelia.business_case.models import CostLine
from mycelia.business_case.types import (
    AdoptionKind,
    Confidence,
    Correlation,
    CostCategory,
    Dependency,
    Discounting,
    Estimate,
    InputKind,
    ItemKind,
    LineKind,
    NamedInput,
    Option,
    Phase,
    Resource,
)
from mycelia.business_case.types import CostLine as CostLineValue
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.business_case.removing import removed
from tests.factories.business_case import SYSTEM, make_case
from tests.factories.business_case_models import a_cost, an_item
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ITEM = {"title": "Migrate", "duration_shape": "pert", "duration_low": "10", "duration_likely": "15"}


@pytest.fixture
def case():
    return make_case(start=date(2026, 1, 1), horizon_months=36)


@pytest.fixture
def analyst(client):
    return sign_in(client, Role.FINANCE_ANALYST)


def sign_in(client, *roles):
    person = make_person()
    for role in roles:
        access.grant_role(actor=SYSTEM, person_id=person.pk, role=role)
    client.force_login(person)
    return client


def url(name, *args):
    return reverse(f"business_case:{name}", args=args)


def only(case, kind, number=-1):
    return api.items_of(case, kind)[number].value


def add(case, *values):
    return [api.add_item(actor=SYSTEM, case=case, value=value) for value in values]


def test_work_item_is_added_with_what_it_waits_for_and_needs(analyst, case):
    add(case, Phase("p", "Prepare"), an_item("first", 5))
    sent = {
        **ITEM,
        "duration_high": "30",
        "phase": "p",
        "after_0": "first",
        "lag_0": "3",
        "role_0": "Engineer",
        "quantity_0": "2",
        "earliest_start": "2026-02-01",
        "owner": "IT",
    }
    answer = analyst.post(url("part_new", case.slug, ItemKind.WORK_ITEM), sent)
    assert answer["Location"] == url("roadmap", case.slug)
    item = only(case, ItemKind.WORK_ITEM)
    assert item.duration_days == Estimate.pert(10, 15, 30)
    assert (item.depends_on, item.resources) == ((Dependency("first", 3),), (Resource("Engineer", Decimal(2)),))
    assert (item.phase, item.earliest_start, item.owner) == ("p", date(2026, 2, 1), "IT")
    page = analyst.get(url("part", case.slug, ItemKind.WORK_ITEM, item.key)).content.decode()
    assert 'name="after_2"' not in page
    assert 'name="role_2"' in page


def test_circle_of_work_items_is_named_at_the_row(analyst, case):
    add(case, an_item("a", 5), an_item("b", 5, "a"))
    sent = {"title": "A", "duration_likely": "5", "after_0": "b", "revision": "1"}
    answer = analyst.post(url("part", case.slug, ItemKind.WORK_ITEM, "a"), sent)
    assert (answer.status_code, list(answer.context["page"].form.errors)) == (422, ["after_0"])
    assert "in a circle" in answer.content.decode()
    assert only(case, ItemKind.WORK_ITEM, 0).depends_on == ()


def test_milestone_takes_no_time_and_anything_else_needs_a_duration(analyst, case):
    address = url("part_new", case.slug, ItemKind.WORK_ITEM)
    answer = analyst.post(address, {"title": "Done"})
    assert list(answer.context["page"].form.errors) == ["duration"]
    analyst.post(address, {"title": "Done", "is_milestone": "on", "duration_likely": "9"})
    assert only(case, ItemKind.WORK_ITEM).duration_days == Estimate.fixed(0)


def test_work_item_is_not_finished_on_a_day_to_come(analyst, case):
    address, today = url("part_new", case.slug, ItemKind.WORK_ITEM), clock.today()
    sent = {**ITEM, "duration_high": "30"}
    answer = analyst.post(address, {**sent, "finished_on": str(today + timedelta(days=1))})
    assert (answer.status_code, list(answer.context["page"].form.errors)) == (422, ["finished_on"])
    assert not api.items_of(case, ItemKind.WORK_ITEM)
    analyst.post(address, {**sent, "finished_on": str(today)})
    assert only(case, ItemKind.WORK_ITEM).finished_on == today


def test_item_in_use_is_not_removed_and_says_by_what(analyst, case):
    add(case, an_item("a", 5), an_item("b", 5, "a"))
    answer = removed(analyst, url("part_removal", case.slug, ItemKind.WORK_ITEM, "a"))
    assert (answer.status_code, "still needed by" in answer.content.decode()) == (409, True)
    removed(analyst, url("part_removal", case.slug, ItemKind.WORK_ITEM, "b"))
    assert [state.key for state in api.items_of(case, ItemKind.WORK_ITEM)] == ["a"]


def test_items_are_moved_earlier_and_later(analyst, case):
    add(case, an_item("a", 5), an_item("b", 5), an_item("c", 5))

    def move(key, to):
        analyst.post(url("part_place", case.slug, ItemKind.WORK_ITEM, key), {"to": to})
        return [state.key for state in api.items_of(case, ItemKind.WORK_ITEM)]

    assert move("a", "later") == ["b", "a", "c"]
    assert move("c", "earlier") == ["b", "c", "a"]
    assert move("a", "later") == ["b", "c", "a"]


def test_list_of_work_items_leads_to_each_and_moves_none_beyond_the_ends(analyst, case):
    add(case, an_item("a", 5), an_item("b", 5))
    page = analyst.get(url("parts", case.slug, ItemKind.WORK_ITEM)).content.decode()
    assert url("part", case.slug, ItemKind.WORK_ITEM, "a") in page
    assert (page.count('value="earlier"'), page.count('value="later"')) == (1, 1)


@pytest.mark.parametrize("kind", [ItemKind.PHASE, ItemKind.WORK_ITEM, ItemKind.CORRELATION])
def test_empty_list_says_what_to_do(analyst, case, kind):
    assert "Nothing here yet" in analyst.get(url("parts", case.slug, kind)).content.decode()


def test_new_preferred_option_takes_the_place_of_the_old(analyst, case):
    sent = {"name": "Buy", "description": "One suite", "is_preferred": "on"}
    analyst.post(url("part_new", case.slug, ItemKind.OPTION), sent)
    options = [state.value for state in api.items_of(case, ItemKind.OPTION)]
    assert [option.name for option in options if option.is_preferred] == ["Buy"]


def test_doing_nothing_can_be_renamed_and_not_removed(analyst, case):
    key = only(case, ItemKind.OPTION, 0).key
    address = url("part", case.slug, ItemKind.OPTION, key)
    assert "removal" not in analyst.get(address).content.decode()
    analyst.post(address, {"name": "Carry on", "revision": "1"})
    option = only(case, ItemKind.OPTION, 0)
    assert (option.name, option.is_baseline) == ("Carry on", True)
    answer = removed(analyst, url("part_removal", case.slug, ItemKind.OPTION, key))
    assert (answer.status_code, "cannot be removed" in answer.content.decode()) == (409, True)
    assert only(case, ItemKind.OPTION, 0) == Option(key, "Carry on", is_baseline=True)


def test_correlation_of_two_uncertain_inputs_is_added_and_its_mirror_refused(analyst, case):
    add(case, a_cost("x", price=Estimate.pert(1, 2, 3)), a_cost("y", price=Estimate.pert(1, 2, 3)))
    address = url("part_new", case.slug, ItemKind.CORRELATION)
    sent = {"first": "cost/x/price", "second": "cost/y/price", "rho": "0.5"}
    assert analyst.post(address, sent).status_code == 302
    both = only(case, ItemKind.CORRELATION)
    assert (both.first, both.second, both.rho) == ("cost/x/price", "cost/y/price", Decimal("0.5"))
    assert isinstance(both, Correlation)
    assert analyst.post(address, {**sent, "first": "cost/y/price", "second": "cost/x/price"}).status_code == 422
    assert analyst.post(address, {**sent, "second": "cost/x/price"}).status_code == 422
    assert analyst.post(address, {**sent, "rho": "1"}).status_code == 422
    assert "Cost x: Price" in analyst.get(url("parts", case.slug, ItemKind.CORRELATION)).content.decode()


def test_headcount_is_prefilled_from_the_people_of_the_platform(analyst, case):
    people = api.people_in_scope(case)
    page = analyst.get(url("drivers", case.slug)).content.decode()
    assert people >= 1
    assert f'name="headcount_likely" value="{people}"' in page
    assert api.case_model(case).drivers.headcount == Estimate.fixed(0)


def test_drivers_are_saved_and_the_curve_is_drawn(analyst, case):
    sent = {
        "headcount_likely": "400",
        "headcount_growth_per_year": "2.5",
        "adoption_kind": "bass",
        "adoption_ceiling_likely": "80",
        "adoption_start": "2",
        "revision": "1",
    }
    answer = analyst.post(url("drivers", case.slug), sent, follow=True)
    drivers = api.case_model(case).drivers
    assert (drivers.headcount, drivers.headcount_growth_per_year) == (Estimate.fixed(400), Decimal("0.025"))
    assert (drivers.adoption.kind, drivers.adoption.ceiling) == (AdoptionKind.BASS, Estimate.fixed("0.8"))
    assert drivers.adoption.innovation_per_year == Decimal("0.03")
    assert "use it after 36 months" in answer.content.decode()


def test_month_beyond_the_case_is_named_at_the_field(analyst, case):
    answer = analyst.post(url("drivers", case.slug), {"adoption_start": "40", "revision": "1"})
    assert list(answer.context["page"].form.errors) == ["adoption_start"]


def test_terms_take_months_discounting_inflation_tax_and_learner_time(analyst, case):
    sent = {
        "name": case.name,
        "start": "2026-01-01",
        "horizon_months": "18",
        "currency": "EUR",
        "rate_per_year": "7.25",
        "discounting": "mid_month",
        "inflation_per_year": "2",
        "tax_rate": "30",
        "rate_source": "Treasury, March",
        "rate_confidence": "high",
        "tax_source": "Tax office",
        "revision": "1",
    }
    assert analyst.post(url("terms", case.slug), sent).status_code == 302
    model = api.case_model(case.__class__.objects.get(pk=case.pk))
    assert (model.horizon_months, model.discounting, model.tax_rate) == (18, Discounting.MID_MONTH, Decimal("0.3"))
    assert (model.inflation_per_year, model.counts_learner_time) == (Decimal("0.02"), False)
    assert (model.rate_source, model.rate_confidence) == ("Treasury, March", Confidence.HIGH)
    assert (model.tax_source, model.tax_confidence, model.inflation_source) == ("Tax office", None, "")
    shown = analyst.get(url("terms", case.slug)).content.decode()
    assert 'value="Treasury, March"' in shown


def test_terms_that_two_people_change_are_shown_side_by_side(client, case):
    sent = {"start": "2026-01-01", "horizon_months": "36", "currency": "USD", "rate_per_year": "10", "revision": "1"}
    sign_in(client, Role.FINANCE_ANALYST).post(url("terms", case.slug), {**sent, "name": "Theirs"})
    answer = sign_in(client, Role.FINANCE_ANALYST).post(url("terms", case.slug), {**sent, "name": "Mine"})
    assert answer.status_code == 409
    assert [(two.theirs, two.mine) for two in answer.context["page"].conflict] == [("Theirs", "Mine")]


def every_address(case):
    key = only(case, ItemKind.OPTION).key
    return [
        url("drivers", case.slug),
        url("parts", case.slug, ItemKind.OPTION),
        url("part_new", case.slug, ItemKind.OPTION),
        url("part", case.slug, ItemKind.OPTION, key),
        url("part_removal", case.slug, ItemKind.OPTION, key),
    ]


@pytest.mark.parametrize("roles", [(), (Role.EXECUTIVE,), (Role.IT_ADMINISTRATOR,), (Role.TALENT_ADMINISTRATOR,)])
def test_who_may_not_edit_reaches_no_form(client, case, roles):
    sign_in(client, *roles)
    assert [client.get(address).status_code for address in every_address(case)] == [403] * 5
    key = only(case, ItemKind.OPTION).key
    assert client.post(url("part_place", case.slug, ItemKind.OPTION, key), {"to": "earlier"}).status_code == 403


def test_item_of_another_case_is_not_found(analyst, case):
    add(case, an_item("a", 5))
    other = make_case()
    for name in ("part", "part_removal"):
        assert analyst.get(url(name, other.slug, ItemKind.WORK_ITEM, "a")).status_code == 404
    assert analyst.post(url("part_place", other.slug, ItemKind.WORK_ITEM, "a")).status_code == 404


def test_roadmap_and_case_lead_to_the_forms_only_for_who_may_edit(client, case):
    add(case, an_item("a", 5))
    form, drivers = url("part", case.slug, ItemKind.WORK_ITEM, "a"), url("drivers", case.slug)
    sign_in(client, Role.FINANCE_ANALYST)
    assert form in client.get(url("roadmap", case.slug)).content.decode()
    assert drivers in client.get(url("case", case.slug)).content.decode()
    sign_in(client, Role.EXECUTIVE)
    assert form not in client.get(url("roadmap", case.slug)).content.decode()
    assert drivers not in client.get(url("case", case.slug)).content.decode()


def test_case_offers_undo_only_after_a_change_of_ones_own(analyst, case):
    undo, redo = (f'action="{url(name, case.slug)}"' for name in ("undo", "redo"))
    assert undo not in analyst.get(url("case", case.slug)).content.decode()
    analyst.post(url("part_new", case.slug, ItemKind.PHASE), {"title": "Prepare"})
    assert undo in analyst.get(url("case", case.slug)).content.decode()
    page = analyst.post(url("undo", case.slug), follow=True).content.decode()
    assert (undo in page, redo in page) == (False, True)


HOUR = NamedInput("hour", "Cost of an hour", Estimate.pert(30, 40, 60), InputKind.MONEY, source="Finance")

WORK = CostLineValue("work", CostCategory.SUPPORT, "Work", price=Estimate(named="hour"))


def test_input_is_added_chosen_in_lines_listed_and_kept_while_it_is_used(analyst, case):
    sent = {
        "title": "Share kept",
        "kind": "share",
        "estimate_shape": "pert",
        "estimate_low": "40",
        "estimate_likely": "50",
    }
    new = url("part_new", case.slug, ItemKind.INPUT)
    assert analyst.post(new, {**sent, "estimate_high": "120", "source": "Survey"}).status_code == 422
    assert analyst.post(new, {**sent, "estimate_high": "60", "source": "Survey"})["Location"] == url(
        "parts", case.slug, ItemKind.INPUT
    )
    assert only(case, ItemKind.INPUT).estimate == Estimate.pert("0.4", "0.5", "0.6")
    add(case, HOUR)
    cost = {
        "description": "Work",
        "category": "support",
        "basis": "computed",
        "quantity_shape": "fixed",
        "quantity_likely": "3",
    }
    form = analyst.get(url("line_new", case.slug, LineKind.COST)).content.decode()
    assert form.count('value="named:hour"') == 1
    assert (
        analyst.post(url("line_new", case.slug, LineKind.COST), {**cost, "price_shape": "named:hour"}).status_code
        == 302
    )
    line = only(case, ItemKind.COST)
    assert line.price == replace(HOUR.estimate, named="hour")
    listed = analyst.get(url("parts", case.slug, ItemKind.INPUT)).content.decode()
    assert "used by Work" in listed
    assert "not used yet" in listed
    answer = removed(analyst, url("part_removal", case.slug, ItemKind.INPUT, "hour"))
    assert "“Work”" in answer.content.decode()
    assert len(api.items_of(case, ItemKind.INPUT)) == 2


def test_input_that_is_gone_is_refused_at_the_estimate(analyst, case):
    cost = {"description": "Work", "category": "support", "basis": "computed", "price_shape": "named:gone"}
    answer = analyst.post(url("line_new", case.slug, LineKind.COST), cost)
    assert answer.status_code == 422
    assert "This input of the case no longer exists." in answer.content.decode()


def test_form_of_a_line_that_uses_an_input_saves_it_unchanged(analyst, case):
    add(case, HOUR, WORK)
    row = CostLine.objects.get()
    address = url("line", case.slug, LineKind.COST, row.pk)
    form = analyst.get(address).context["page"].form
    sent = {"description": "Other words", "category": row.category, "basis": "computed", "revision": "1"}
    shown = [part["value"] for part in form["price"].subwidgets_in_order()]
    assert shown[0] == ["named:hour"]
    assert analyst.post(address, {**sent, "price_shape": shown[0][0]}).status_code == 302
    assert only(case, ItemKind.COST).price == replace(HOUR.estimate, named="hour")


def test_kind_of_an_input_stays_as_it_is(analyst, case):
    add(case, HOUR)
    sent = {"title": "Hour", "kind": "share", "estimate_shape": "fixed", "estimate_likely": "45", "revision": "1"}
    analyst.post(url("part", case.slug, ItemKind.INPUT, "hour"), sent)
    assert only(case, ItemKind.INPUT) == replace(HOUR, title="Hour", estimate=Estimate.fixed(45), source="")


def test_gate_leads_to_the_input_that_nobody_has_confirmed(analyst, case):
    add(case, replace(HOUR, is_placeholder=True), WORK)
    page = analyst.get(url("presentation", case.slug)).content.decode()
    assert f"{url('part', case.slug, ItemKind.INPUT, 'hour')}#id_is_placeholder" in page
