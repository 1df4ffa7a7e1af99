"""The forms of costs and benefits: estimates, inputs of each category, saving by itself, conflicts, undo."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.forms import ValidationError
from django.urls import reverse

from mycelia.access import api as access
from mycelia.business_case import api
from mycelia.business_case.forms.estimate import EstimateField
from mycelia.business_case.models import BenefitLine, Case, CostLine
from mycelia.business_case.types import (
    BenefitCategory,
    Estimate,
    InputKind,
    ItemKind,
    Recurrence,
    Shape,
    Timing,
)
from mycelia.business_case.types import CostLine as CostValue
from mycelia.kernel.policy import Role
from tests.factories.business_case import SYSTEM, make_case
from tests.factories.business_case_models import a_cost, an_item
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
COST = {
    "description": "Licences",
    "category": "licences",
    "basis": "computed",
    "quantity_shape": "fixed",
    "quantity_likely": "10",
    "price_shape": "pert",
    "price_low": "90",
    "price_likely": "100",
    "price_high": "140",
    "recurrence": "monthly",
    "source": "Offer",
}
BENEFIT = {
    "description": "Fewer leave",
    "category": "turnover_avoided",
    "basis": "computed",
    "inputs_headcount_likely": "200",
    "inputs_leavers_rate_per_year_likely": "15",
    "inputs_relative_reduction_shape": "triangular",
    "inputs_relative_reduction_low": "5",
    "inputs_relative_reduction_likely": "10",
    "inputs_relative_reduction_high": "20",
    "inputs_cost_per_leaver_likely": "9000",
    "curve_from": "case",
    "isolation_likely": "60",
    "isolation_method": "trend_line",
}
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def case():
    return make_case(start=date(2026, 1, 1), horizon_months=36)


@pytest.fixture
def analyst(client):
    return sign_in(client)


def sign_in(client):
    person = make_person()
    access.grant_role(actor=SYSTEM, person_id=person.pk, role=Role.FINANCE_ANALYST)
    client.force_login(person)
    return client


def url(name, *args):
    return reverse(f"business_case:{name}", args=args)


def cleaned(kind=InputKind.COUNT, **parts):
    names = ("shape", "low", "likely", "high", "values")
    return EstimateField(kind=kind).clean([parts.get(name, "") for name in names])


@pytest.mark.parametrize(
    ("parts", "estimate"),
    [
        ({"likely": "4.5"}, Estimate.fixed("4.5")),
        ({"shape": "fixed", "low": "nonsense", "likely": "3"}, Estimate.fixed(3)),
        ({"shape": "pert", "low": "1", "likely": "2", "high": "4"}, Estimate.pert(1, 2, 4)),
        (
            {"shape": "lognormal", "low": "1", "likely": "x", "high": "4"},
            Estimate(Shape.LOGNORMAL, Decimal(1), None, Decimal(4)),
        ),
        (
            {"shape": "list", "values": "1; 2 3.5"},
            Estimate(Shape.LIST, values=(Decimal(1), Decimal(2), Decimal("3.5"))),
        ),
    ],
)
def test_estimate_takes_only_the_parts_its_shape_uses(parts, estimate):
    assert cleaned(**parts) == estimate


@pytest.mark.parametrize(
    ("shape", "missing"),
    [
        ("list", ["values"]),
        ("triangular", ["low", "likely", "high"]),
        ("pert", ["low", "likely", "high"]),
        ("lognormal", ["low", "high"]),
    ],
)
def test_shape_that_was_chosen_asks_for_its_numbers_also_where_empty_is_allowed(shape, missing):
    field = EstimateField(required=False)
    assert field.clean(["fixed", "", "", "", ""]) is None
    with pytest.raises(ValidationError) as refused:
        field.clean([shape, "", "", "", ""])
    assert [error.code for error in refused.value.error_list] == missing


def test_quantity_from_an_empty_list_is_refused_at_its_values(analyst, case):
    typed = {**COST, "quantity_shape": "list", "quantity_likely": "", "quantity_values": " "}
    answer = analyst.post(url("line_new", case.slug, "cost"), typed)
    errors = answer.context["page"].form.errors.as_data()
    assert (answer.status_code, [(name, found[0].code) for name, found in errors.items()]) == (
        422,
        [("quantity", "values")],
    )
    assert not CostLine.objects.exists()


def test_share_is_typed_in_percent_and_cannot_exceed_all():
    assert cleaned(InputKind.SHARE, likely="12.5") == Estimate.fixed("0.125")
    assert wrong_parts(InputKind.SHARE, likely="101") == ["likely"]


def wrong_parts(kind=InputKind.COUNT, **parts):
    with pytest.raises(ValidationError) as refused:
        cleaned(kind, **parts)
    return [error.code for error in refused.value.error_list]


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"shape": "triangular", "low": "5", "likely": "2", "high": "9"}, ["low"]),
        ({"shape": "triangular", "low": "1", "likely": "4", "high": "3"}, ["high"]),
        ({"shape": "pert", "low": "5", "likely": "4", "high": "3"}, ["low", "high"]),
        ({"shape": "pert", "likely": "4"}, ["low", "high"]),
        ({"shape": "lognormal", "low": "0", "high": "3"}, ["low"]),
        ({"shape": "lognormal", "low": "4", "high": "3"}, ["high"]),
        ({"likely": "-1"}, ["likely"]),
        ({"likely": "NaN"}, ["likely"]),
        ({"likely": "1e999"}, ["likely"]),
        ({"shape": "list", "values": "1 two"}, ["values"]),
        ({"shape": "list", "values": " ".join(["1"] * 201)}, ["values"]),
    ],
)
def test_impossible_estimate_is_named_at_the_part(parts, wrong):
    assert wrong_parts(**parts) == wrong


def test_wrong_part_is_shown_beside_it_with_what_was_typed(analyst, case):
    answer = analyst.post(url("line_new", case.slug, "cost"), {**COST, "price_high": "95"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="95"' in page
    assert 'aria-describedby="id_price_high_error"' in page
    assert "High is below the likely value." in page.split('id="id_price_high_error"')[1][:600]
    assert not CostLine.objects.exists()


def test_computed_cost_is_added_with_its_timing_and_option(analyst, case):
    option = api.case_model(case).preferred.key
    sent = {**COST, "option": option, "start_month": "3", "end_month": "14", "risk_adjustment": "10"}
    assert analyst.post(url("line_new", case.slug, "cost"), sent).status_code == 302
    line = api.case_model(case).costs[0]
    assert (line.price, line.quantity, line.recurrence) == (
        Estimate.pert(90, 100, 140),
        Estimate.fixed(10),
        Recurrence.MONTHLY,
    )
    assert (line.option, line.timing, line.risk_adjustment) == (option, Timing(3, 14), Decimal("0.1"))


def test_benefit_is_added_from_the_inputs_of_its_category(analyst, case):
    assert analyst.post(url("line_new", case.slug, "benefit"), BENEFIT).status_code == 302
    line = api.case_model(case).benefits[0]
    assert line.inputs["relative_reduction"] == Estimate.triangular("0.05", "0.1", "0.2")
    assert (line.follows_case_adoption, line.adoption, line.isolation) == (True, None, Estimate.fixed("0.6"))


def test_missing_input_of_a_computed_benefit_is_named(analyst, case):
    answer = analyst.post(url("line_new", case.slug, "benefit"), {**BENEFIT, "inputs_headcount_likely": ""})
    assert list(answer.context["page"].form.errors) == ["inputs_headcount"]
    assert not BenefitLine.objects.exists()


def test_intangible_benefit_needs_no_number(analyst, case):
    sent = {"description": "Pride", "category": "custom", "basis": "computed", "is_intangible": "on"}
    assert analyst.post(url("line_new", case.slug, "benefit"), sent).status_code == 302
    assert api.case_model(case).benefits[0].is_intangible


def test_benefit_that_saves_learner_time_is_typed_shown_and_left_out_with_it(analyst, case):
    analyst.post(url("line_new", case.slug, "benefit"), {**BENEFIT, "saves_learner_time": "on"})
    line = BenefitLine.objects.get()
    assert line.saves_learner_time
    form = analyst.get(url("line", case.slug, "benefit", line.pk)).content.decode()
    assert re.search(r'name="saves_learner_time"[^>]*checked', form)
    Case.objects.update(counts_learner_time=False)
    assert not api.case_sheet(Case.objects.get()).benefits[0].is_counted
    assert "Not in the figures: learner time is left out." in analyst.get(url("case", case.slug)).content.decode()
    shown = analyst.get(url("derivation", case.slug, "benefit", line.pk)).content.decode()
    assert "left out of the figures, as the case states" in shown


def test_own_adoption_curve_in_steps_is_kept_and_shown_again(analyst, case):
    curve = {"curve_from": "own", "adoption_kind": "steps", "adoption_steps": "0: 20, 6: 60", "ramp_months": "2"}
    analyst.post(url("line_new", case.slug, "benefit"), {**BENEFIT, **curve})
    line = BenefitLine.objects.get()
    assert line.adoption.steps == ((0, Decimal("0.2")), (6, Decimal("0.6")))
    assert 'value="0: 20, 6: 60"' in analyst.get(url("line", case.slug, "benefit", line.pk)).content.decode()


@pytest.mark.parametrize("steps", ["6", "x: 1", "1: 101", "1: -2", "200: 5", "1: NaN", ", ".join(["1: 1"] * 61)])
def test_wrong_steps_are_refused(analyst, case, steps):
    sent = {**BENEFIT, "curve_from": "own", "adoption_kind": "steps", "adoption_steps": steps}
    answer = analyst.post(url("line_new", case.slug, "benefit"), sent)
    assert list(answer.context["page"].form.errors) == ["adoption_steps"]


def test_switching_the_category_keeps_what_was_typed_and_saves_nothing(analyst, case):
    sent = {"description": "Fewer trips", "category": "travel_avoided", "source": "Ledger", "switch": "1"}
    answer = analyst.post(url("line_new", case.slug, "benefit"), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="inputs_trips_per_year_likely"' in page
    assert 'name="inputs_people_likely"' not in page
    assert 'value="Fewer trips"' in page
    assert "m-error" not in page
    assert not BenefitLine.objects.exists()


@pytest.mark.parametrize("category", list(BenefitCategory))
def test_form_of_every_category_asks_for_its_inputs(analyst, case, category):
    answer = analyst.post(url("line_new", case.slug, "benefit"), {"category": category, "switch": "1"})
    for each in api.BUILDERS[category].inputs:
        assert f'name="inputs_{each.name}_likely"' in answer.content.decode()


def test_effect_is_that_of_the_unsaved_numbers(analyst, case):
    answer = analyst.post(
        url("line_effect", case.slug, "cost"), {**COST, "price_shape": "fixed", "price_likely": "100"}
    )
    words = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "USD 36,000 over the case" in words
    # 12,000 at the end of each of three years at 10 %: 12,000 x 2.48685.
    assert "USD 29,842 off" in words
    assert not CostLine.objects.exists()


def test_effect_of_an_unfinished_line_asks_for_numbers(analyst, case):
    answer = analyst.post(url("line_effect", case.slug, "benefit"), {"category": "custom"})
    assert (answer.status_code, "Fill in the numbers" in answer.content.decode()) == (200, True)


def saved_cost(case) -> CostLine:
    api.add_item(actor=SYSTEM, case=case, value=a_cost("c", price=100))
    return CostLine.objects.get(key="c")


def test_line_saves_itself_and_hands_out_the_next_revision(analyst, case):
    line = saved_cost(case)
    address = url("line", case.slug, "cost", line.pk)
    first = analyst.post(address, {**COST, "revision": "1"}, **HTMX)
    assert first.status_code == 200
    assert "Saved" in first.content.decode()
    assert 'value="2" hx-swap-oob="true"' in first.content.decode()
    assert "<h1" not in first.content.decode()
    analyst.post(address, {**COST, "revision": "2", "quantity_likely": "12"}, **HTMX)
    line.refresh_from_db()
    assert (line.quantity, line.revision) == (Estimate.fixed(12), 3)


def test_line_that_cannot_be_saved_by_itself_says_why(analyst, case):
    line = saved_cost(case)
    sent = {**COST, "revision": "1", "price_high": "95"}
    answer = analyst.post(url("line", case.slug, "cost", line.pk), sent, **HTMX)
    assert answer.status_code == 422
    assert 'href="#id_price_0"' in answer.content.decode()
    line.refresh_from_db()
    assert line.revision == 1


def test_what_makes_the_case_impossible_is_named_at_its_field(analyst, case):
    answer = analyst.post(url("line_new", case.slug, "cost"), {**COST, "start_month": "9", "end_month": "4"})
    errors = answer.context["page"].form.errors
    assert (answer.status_code, list(errors)) == (422, ["end_month"])
    assert "<details" in answer.content.decode()
    assert 'data-group="timing" open' in answer.content.decode()


def test_two_people_editing_one_line_lose_nothing(client, case):
    line = saved_cost(case)
    address = url("line", case.slug, "cost", line.pk)
    sign_in(client)
    client.post(address, {**COST, "revision": "1", "description": "Theirs"})
    mine = {**COST, "revision": "1", "description": "Mine"}
    sign_in(client)
    refused = client.post(address, mine)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert [(two.label, two.theirs, two.mine) for two in refused.context["page"].conflict] == [
        ("Description", "Theirs", "Mine")
    ]
    assert 'value="Mine"' in page
    line.refresh_from_db()
    assert line.description == "Theirs"
    assert client.post(address, {**mine, "revision": ["1", "2"]}).status_code == 302
    line.refresh_from_db()
    assert line.description == "Mine"


def changed_by_somebody(client, case, **theirs: str):
    """Return a line and its address, after one person saved revision 2 and then `theirs`; another one is signed in."""
    line = saved_cost(case)
    address = url("line", case.slug, "cost", line.pk)
    sign_in(client)
    client.post(address, {**COST, "revision": "1"})
    client.post(address, {**COST, "revision": "2", **theirs})
    sign_in(client)
    return line, address


def test_two_people_changing_different_fields_of_one_line_keep_both(client, case):
    line, address = changed_by_somebody(client, case, cost_centre="CC-2")
    assert client.post(address, {**COST, "revision": "2", "description": "Mine"}).status_code == 302
    line.refresh_from_db()
    assert (line.cost_centre, line.description, line.revision) == ("CC-2", "Mine", 4)
    # Typed on from the same page, which still shows neither: both fields of before stay as they are.
    answer = client.post(address, {**COST, "revision": "2", "description": "Mine", "source": "S"}, **HTMX)
    assert (answer.status_code, answer["HX-Trigger"]) == (200, "saved-together")
    assert "item-revision" not in answer.content.decode()
    line.refresh_from_db()
    assert (line.cost_centre, line.description, line.source) == ("CC-2", "Mine", "S")


def test_page_goes_on_from_what_it_showed_when_both_set_the_same(client, case):
    line, address = changed_by_somebody(client, case, description="Same", source="Theirs")
    answer = client.post(address, {**COST, "revision": "2", "description": "Same"}, **HTMX)
    assert (answer.status_code, answer["HX-Trigger"], "item-revision" in answer.content.decode()) == (
        *(200, "saved-together"),
        False,
    )
    line.refresh_from_db()
    assert (line.description, line.source) == ("Same", "Theirs")


def test_typing_on_after_both_values_were_shown_overwrites_nothing_unseen(client, case):
    line, address = changed_by_somebody(client, case, description="Theirs", source="Theirs")
    mine = {**COST, "description": "Mine", "revision": "2"}
    assert client.post(address, mine).status_code == 409
    for words in ("Mine, too", "Mine, too, again"):
        answer = client.post(address, {**mine, "description": words, "revision": ["2", "3"]}, **HTMX)
        assert "item-revision" not in answer.content.decode()
    line.refresh_from_db()
    assert line.source == "Theirs"
    assert line.description.startswith("Mine, too")


def test_saving_mine_keeps_what_only_the_other_changed(client, case):
    line, address = changed_by_somebody(client, case, cost_centre="CC-2", description="Theirs")
    mine = {**COST, "description": "Mine", "source": "My source"}
    asked = client.post(address, {**mine, "revision": "2"}).context["page"]
    assert [(two.label, two.theirs, two.mine) for two in asked.conflict] == [("Description", "Theirs", "Mine")]
    assert (asked.revision, asked.stored_revision) == (2, 3)
    assert client.post(address, {**mine, "revision": ["2", "3"]}).status_code == 302
    line.refresh_from_db()
    assert (line.description, line.cost_centre, line.source) == ("Mine", "CC-2", "My source")


def test_conflict_of_a_line_that_saves_itself_shows_both_values(client, case):
    line = saved_cost(case)
    address = url("line", case.slug, "cost", line.pk)
    sign_in(client)
    client.post(address, {**COST, "revision": "1", "price_high": "150"})
    sign_in(client)
    answer = client.post(address, {**COST, "revision": "1"}, **HTMX)
    page = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert answer.status_code == 422
    assert "USD 90 to USD 150" in page
    assert "USD 90 to USD 140" in page
    assert 'name="revision" value="2"' in page


def test_same_value_saved_twice_is_no_conflict(analyst, case):
    line = saved_cost(case)
    address = url("line", case.slug, "cost", line.pk)
    assert analyst.post(address, {**COST, "revision": "1"}).status_code == 302
    assert analyst.post(address, {**COST, "revision": "1"}).status_code == 302


def test_undo_and_redo_go_back_to_where_one_was(analyst, case):
    line = saved_cost(case)
    address = url("line", case.slug, "cost", line.pk)
    analyst.post(address, {**COST, "revision": "1"})
    answer = analyst.post(url("undo", case.slug), {"next": address})
    assert answer["Location"] == address
    line.refresh_from_db()
    assert line.price == Estimate.fixed(100)
    analyst.post(url("redo", case.slug))
    line.refresh_from_db()
    assert line.price == Estimate.pert(90, 100, 140)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_undo_leads_nowhere_else(analyst, case, wanted):
    answer = analyst.post(url("undo", case.slug), {"next": wanted})
    assert answer["Location"] == url("case", case.slug)


def test_nobody_undoes_what_somebody_else_did(client, case):
    line = saved_cost(case)
    sign_in(client)
    client.post(url("line", case.slug, "cost", line.pk), {**COST, "revision": "1"})
    sign_in(client)
    answer = client.post(url("undo", case.slug), follow=True)
    assert "nothing to undo" in answer.content.decode()
    line.refresh_from_db()
    assert line.price == Estimate.pert(90, 100, 140)


def test_executive_can_neither_try_nor_undo(client, case):
    person = make_person()
    access.grant_role(actor=SYSTEM, person_id=person.pk, role=Role.EXECUTIVE)
    client.force_login(person)
    for address in (url("line_effect", case.slug, "cost"), url("undo", case.slug), url("redo", case.slug)):
        assert client.post(address, COST).status_code == 403


def test_line_can_wait_for_a_milestone(analyst, case):
    milestone = api.add_item(actor=SYSTEM, case=case, value=an_item("live", 30))
    analyst.post(url("line_new", case.slug, "cost"), {**COST, "start_milestone": milestone.key})
    value = api.items_of(case, ItemKind.COST)[0].value
    assert isinstance(value, CostValue)
    assert value.timing.start_milestone == "live"
