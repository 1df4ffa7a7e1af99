"""The pages of a case, from real sessions: who is answered what, and what they show."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from mycelia.access import api as access
from mycelia.business_case import api
from mycelia.business_case.api import BenefitCategory
from mycelia.business_case.models import Case, CostLine, Kpi, Objective, Presentation
from mycelia.business_case.types import CaseState, Discounting, Recurrence
from mycelia.kernel.policy import Role
from mycelia.kernel.tasks import run_pending
from tests.business_case.removing import removed
from tests.factories.business_case import (
    SYSTEM,
    make_case,
    make_complete_case,
    make_kpi_terms,
    make_line_terms,
    make_objective,
)
from tests.factories.business_case_models import a_cost
from tests.factories.case_edits import add_benefit_line, add_cost_line
from tests.factories.people import make_person, make_unit

pytestmark = pytest.mark.django_db
ASSIGNED = [role for role in Role if role not in (Role.LEARNER, Role.MANAGER)]
OUTSIDERS = [role for role in ASSIGNED if role not in (Role.FINANCE_ANALYST, Role.EXECUTIVE)]
HOSTILE = "<script>alert(1)</script> {{ 7|add:7 }} {% now 'Y' %} \" onload=x"


def sign_in(client, *roles, unit=None):
    person = make_person(given_name="Rosa", family_name="Martins")
    for role in roles:
        access.grant_role(actor=SYSTEM, person_id=person.pk, role=role, unit_id=unit.pk if unit else None)
    client.force_login(person)
    return person


def url(name, *args):
    return reverse(f"business_case:{name}", args=args)


def every_url(case: Case) -> list[str]:
    kpi, line = Kpi.objects.get(objective__case=case), CostLine.objects.get(case=case)
    slug, objective = case.slug, kpi.objective_id
    return [
        url("list"),
        url("case", slug),
        url("presentation", slug),
        url("brief", slug),
        url("new_empty"),
        url("terms", slug),
        url("objective_new", slug),
        url("objective", slug, objective),
        url("objective_removal", slug, objective),
        url("kpi_new", slug, objective),
        url("kpi", slug, kpi.pk),
        url("kpi_removal", slug, kpi.pk),
        url("kpi_actual", slug, kpi.pk),
        url("line_new", slug, "cost"),
        url("line", slug, "cost", line.pk),
        url("line_removal", slug, "cost", line.pk),
    ]


READING = 3


@pytest.mark.parametrize("roles", [(), *[(role,) for role in OUTSIDERS]])
def test_everyone_else_is_refused_every_address(client, roles):
    case = make_complete_case()
    sign_in(client, *roles)
    for address in every_url(case):
        assert client.get(address).status_code == 403, address
    for address in (url("presentation", case.slug), url("new_empty"), url("line_new", case.slug, "cost")):
        assert client.post(address).status_code == 403, address


def test_visitor_who_is_not_signed_in_is_sent_to_sign_in(client):
    for address in every_url(make_complete_case()):
        answer = client.get(address)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/"), address


def test_executive_reads_but_may_not_edit(client):
    case = make_complete_case()
    sign_in(client, Role.EXECUTIVE)
    addresses = every_url(case)
    for address in addresses[:READING]:
        assert client.get(address).status_code == 200, address
    for address in addresses[READING + 1 :]:
        if not address.endswith("/actual/"):
            assert client.get(address).status_code == 403, address
            assert client.post(address).status_code == 403, address
    page = client.get(url("case", case.slug)).content.decode()
    assert "Present the case" in page
    assert "Change the terms" not in page


def test_analyst_opens_every_form_but_may_not_present(client):
    case = make_complete_case()
    sign_in(client, Role.FINANCE_ANALYST)
    for address in every_url(case):
        expected = {url("brief", case.slug): 409}.get(address, 404 if address.endswith("/actual/") else 200)
        assert client.get(address).status_code == expected, address
    assert client.post(url("presentation", case.slug)).status_code == 403
    assert "Present the case" not in client.get(url("case", case.slug)).content.decode()


def test_case_of_another_unit_does_not_exist_for_an_analyst(client):
    north, south = make_unit("north"), make_unit("south")
    case, other = make_complete_case(scope_unit_id=north.pk), make_complete_case(scope_unit_id=south.pk)
    whole = make_complete_case()
    sign_in(client, Role.FINANCE_ANALYST, unit=north)
    assert client.get(url("case", case.slug)).status_code == 200
    for hidden in (other, whole):
        assert client.get(url("case", hidden.slug)).status_code == 404
    listed = client.get(url("list")).content.decode()
    assert url("case", case.slug) in listed
    assert url("case", other.slug) not in listed


def test_page_shows_the_published_figures_with_both_conventions(client):
    case = make_complete_case()
    sign_in(client, Role.FINANCE_ANALYST)
    page = unescape(client.get(url("case", case.slug)).content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    for text in ("USD 5,496,170", "329%", "discounted (TEI)", "344%", "undiscounted (Phillips)", "4.29", "0.7 months"):
        assert text in page
    assert "1,672,201" in page
    assert "7,168,371" in page
    assert len(re.findall(r"data-figure=", page)) == 11
    assert all("bc-formula" in part for part in page.split("data-figure=")[1:])


def test_number_of_queries_of_the_page_does_not_grow_with_the_lines(client, django_assert_max_num_queries):
    case = make_complete_case()
    sign_in(client, Role.FINANCE_ANALYST)
    client.get(url("case", case.slug))
    with django_assert_max_num_queries(23) as few:
        client.get(url("case", case.slug))
    for _ in range(12):
        add_cost_line(case, make_line_terms())
        add_benefit_line(case, make_line_terms(BenefitCategory.CUSTOM))
        make_objective(case)
    with django_assert_max_num_queries(len(few)):
        client.get(url("case", case.slug))


def test_list_of_no_cases_says_what_to_do(client):
    sign_in(client, Role.FINANCE_ANALYST)
    page = client.get(url("list")).content.decode()
    assert "No business case yet" in page
    assert url("new") in page


def test_number_of_queries_of_the_list_does_not_grow_with_the_cases(client, django_assert_max_num_queries):
    sign_in(client, Role.EXECUTIVE)
    make_case()
    client.get(url("list"))
    with django_assert_max_num_queries(21) as few:
        client.get(url("list"))
    for _ in range(10):
        make_case(owner_id=make_person().pk, scope_unit_id=make_unit().pk)
    with django_assert_max_num_queries(len(few)):
        client.get(url("list"))


def test_empty_case_has_empty_states_and_no_figures_out_of_nothing(client):
    sign_in(client, Role.FINANCE_ANALYST)
    page = client.get(url("case", make_case().slug)).content.decode()
    for text in ("Nothing to compute yet", "No objective yet", "No cost yet", "No benefit yet", "no costs"):
        assert text in page


def test_executive_is_refused_with_a_list_of_what_is_missing(client):
    case = make_case()
    objective = make_objective(case, "Sell more")
    api.add_kpi(actor=SYSTEM, objective=objective, terms=make_kpi_terms(name="Deals", owner_id=None, target_date=None))
    sign_in(client, Role.EXECUTIVE)
    answer = client.post(url("presentation", case.slug))
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    for text in ("Nothing was changed", "Nobody owns it", "The target has no date", "no cost", "no benefit"):
        assert text in page
    assert not Presentation.objects.exists()


def test_refusal_links_an_editor_to_the_form_that_fixes_each_reason(client):
    case = make_case()
    objective = make_objective(case, "Sell more")
    other = make_objective(case, "Save more")
    kpi = api.add_kpi(actor=SYSTEM, objective=objective, terms=make_kpi_terms(owner_id=None))
    sign_in(client, Role.FINANCE_ANALYST, Role.EXECUTIVE)
    page = client.post(url("presentation", case.slug)).content.decode()
    wanted = [
        f"{url('kpi', case.slug, kpi.pk)}#id_owner",
        url("kpi_new", case.slug, other.pk),
        url("line_new", case.slug, "cost"),
        url("line_new", case.slug, "benefit"),
    ]
    for address in wanted:
        assert f'href="{address}"' in page
        assert client.get(address.split("#")[0]).status_code == 200
    assert 'id="id_owner"' in client.get(wanted[0].split("#")[0]).content.decode()


def test_executive_presents_a_complete_case_and_downloads_the_brief(client):
    case = make_complete_case()
    sign_in(client, Role.EXECUTIVE)
    answer = client.post(url("presentation", case.slug), follow=True)
    assert answer.status_code == 200
    assert "Presented by Rosa Martins" in answer.content.decode()
    address = client.get(url("brief", case.slug))["Location"]
    client.post(f"{address}/preparation/")
    run_pending()
    brief = client.get(address)
    assert (brief.status_code, brief["Content-Type"]) == (200, "application/pdf")
    assert brief.content.startswith(b"%PDF")
    assert "attachment" in brief["Content-Disposition"]


def test_brief_before_any_presentation_is_a_clear_conflict(client):
    sign_in(client, Role.EXECUTIVE)
    answer = client.get(url("brief", make_complete_case().slug))
    assert answer.status_code == 409
    assert "has not been" in answer.content.decode()


def test_kpi_is_entered_by_form_and_appears_on_the_page(client):
    objective = make_objective(make_case())
    slug = objective.case.slug
    owner = make_person(given_name="Ada", family_name="Okafor")
    sign_in(client, Role.FINANCE_ANALYST)
    typed = {
        "name": "Certified people",
        "unit": "people",
        "direction": "rise",
        "baseline_value": "12.5",
        "baseline_date": "2026-01-01",
        "target_value": "80",
        "target_date": "2026-12-31",
        "owner": "ada okafor",
        "source_kind": "platform",
        "metric_id": "any_completions_by_date",
    }
    answer = client.post(url("kpi_new", slug, objective.pk), typed)
    kpi = Kpi.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{url('case', slug)}#kpi-{kpi.pk}")
    assert (kpi.baseline_value, kpi.owner, kpi.metric_id) == (Decimal("12.5"), owner, "any_completions_by_date")
    page = unescape(client.get(url("case", slug)).content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    for text in ("12.5 people", "80 people", "Ada Okafor", "computed by the platform", "0 people"):
        assert text in page
    assert client.get(url("kpi_actual", slug, kpi.pk)).status_code == 200


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name": ""}, "name", "required"),
        ({"baseline_value": "NaN"}, "baseline_value", "Enter a number"),
        ({"baseline_value": "1e400"}, "baseline_value", "digits"),
        ({"target_value": "lots"}, "target_value", "Enter a number"),
        ({"baseline_value": "9", "target_value": "1"}, "target_value", "better when it rises"),
        ({"baseline_date": "2026-01-01", "target_date": "2025-01-01"}, "target_date", "after the day of the baseline"),
        ({"target_date": "0001-01-01"}, "target_date", "from 1990"),
        ({"target_date": "9999-12-31"}, "target_date", "up to 2199"),
        ({"target_date": "2026-02-30"}, "target_date", "valid date"),
        ({"owner": "nobody@example.com"}, "owner", "Nobody active"),
        ({"owner": "Nobody Known"}, "owner", "Nobody active"),
        ({"source_kind": "guess"}, "source_kind", "valid choice"),
        ({"metric_id": "nothing"}, "metric_id", "valid choice"),
        ({"metric_course": "999999"}, "metric_course", "valid choice"),
    ],
)
def test_wrong_kpi_is_sent_back_with_the_error_at_its_field(client, typed, field, words):
    objective = make_objective(make_case())
    sign_in(client, Role.FINANCE_ANALYST)
    sent = {"name": "Certified", "unit": "people", "direction": "rise", **typed}
    answer = client.post(url("kpi_new", objective.case.slug, objective.pk), sent)
    assert answer.status_code == 422
    errors = answer.context["page"].form.errors
    assert list(errors) == [field]
    assert words in str(errors[field])
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Kpi.objects.exists()


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("-1", "never negative"),
        ("NaN", "Enter a number"),
        ("Infinity", "Enter a number"),
        ("1e400", "digits"),
        ("99999999999999", "digits"),
        ("0.001", "decimal places"),
        ("ten", "Enter a number"),
    ],
)
def test_wrong_amount_is_sent_back_with_the_error_at_its_year(client, amount, words):
    case = make_case()
    sign_in(client, Role.FINANCE_ANALYST)
    typed = {
        "description": "Licences",
        "category": "licences",
        "basis": "amounts",
        "confidence": "high",
        "amounts_2": amount,
    }
    answer = client.post(url("line_new", case.slug, "cost"), typed)
    assert answer.status_code == 422
    errors = answer.context["page"].form.errors
    assert list(errors) == ["amounts_2"]
    assert words in str(errors["amounts_2"])
    assert not CostLine.objects.exists()


def test_amount_of_a_year_after_the_end_is_not_even_a_field(client):
    case = make_case(horizon_months=12)
    sign_in(client, Role.FINANCE_ANALYST)
    typed = {
        "description": "Licences",
        "category": "licences",
        "basis": "amounts",
        "confidence": "high",
        "amounts_1": "5",
        "amounts_9": "7",
    }
    client.post(url("line_new", case.slug, "cost"), typed)
    assert [line.amounts for line in CostLine.objects.all()] == [[Decimal(0), Decimal(5)]]


def test_line_is_added_changed_and_removed_by_form(client):
    case = make_case()
    sign_in(client, Role.FINANCE_ANALYST)
    typed = {
        "description": "Licences",
        "category": "licences",
        "basis": "amounts",
        "confidence": "high",
        "source": "Offer",
    }
    client.post(url("line_new", case.slug, "cost"), {**typed, "amounts_0": "10.50", "amounts_1": ""})
    line = CostLine.objects.get()
    shown = client.get(url("line", case.slug, "cost", line.pk)).content.decode()
    assert 'value="10.50"' in shown
    assert url("line_removal", case.slug, "cost", line.pk) in shown
    client.post(
        url("line", case.slug, "cost", line.pk), {**typed, "revision": "1", "amounts_0": "20", "amounts_3": "5"}
    )
    line.refresh_from_db()
    assert line.amounts == [Decimal(20), Decimal(0), Decimal(0), Decimal(5)]
    question = (
        client.get(url("line_removal", case.slug, "cost", line.pk)).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    )
    assert "USD 20" in question
    assert CostLine.objects.exists()
    removed(client, url("line_removal", case.slug, "cost", line.pk))
    assert not CostLine.objects.exists()


def test_case_is_begun_and_its_terms_changed_by_form(client):
    sign_in(client, Role.FINANCE_ANALYST)
    typed = {
        "name": "Faster onboarding",
        "start": "2026-01-01",
        "horizon_months": "24",
        "currency": "eur",
        "rate_per_year": "7.25",
    }
    answer = client.post(url("new_empty"), typed)
    case = Case.objects.get()
    assert (answer.status_code, case.slug, case.currency) == (302, "faster-onboarding", "EUR")
    assert (case.rate_per_year, case.years, case.state) == (Decimal("0.0725"), 3, CaseState.DRAFT)
    assert 'value="7.25"' in client.get(url("terms", case.slug)).content.decode()
    client.post(url("terms", case.slug), {**typed, "revision": "1", "horizon_months": "60", "is_short_programme": "on"})
    case.refresh_from_db()
    assert (case.years, case.is_short_programme) == (6, True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"rate_per_year": "-1"}, "rate_per_year"),
        ({"rate_per_year": "101"}, "rate_per_year"),
        ({"rate_per_year": "NaN"}, "rate_per_year"),
        ({"horizon_months": "0"}, "horizon_months"),
        ({"horizon_months": "121"}, "horizon_months"),
        ({"currency": "EU"}, "currency"),
        ({"currency": "€€€"}, "currency"),
        ({"start": "0000-00-00"}, "start"),
        ({"scope_unit": "999999"}, "scope_unit"),
        ({"name": "x" * 201}, "name"),
        ({"name": "nul \x00 byte"}, "name"),
    ],
)
def test_wrong_terms_are_sent_back_with_the_error_at_their_field(client, typed, field):
    sign_in(client, Role.FINANCE_ANALYST)
    sent = {
        "name": "A",
        "start": "2026-01-01",
        "horizon_months": "24",
        "currency": "EUR",
        "rate_per_year": "7",
        **typed,
    }
    answer = client.post(url("new_empty"), sent)
    assert answer.status_code == 422
    assert list(answer.context["page"].form.errors) == [field]
    assert not Case.objects.exists()


def test_shorter_case_that_would_cut_amounts_is_sent_back(client):
    case = make_complete_case()
    sign_in(client, Role.FINANCE_ANALYST)
    typed = {
        "name": "A",
        "start": "2026-01-01",
        "revision": "1",
        "horizon_months": "12",
        "currency": "EUR",
        "rate_per_year": "7",
    }
    answer = client.post(url("terms", case.slug), typed)
    assert answer.status_code == 422
    assert "horizon_months" in answer.context["page"].form.errors


def test_hostile_names_are_shown_as_text_everywhere(client):
    case = make_complete_case(name=HOSTILE, summary=HOSTILE)
    objective = make_objective(case, HOSTILE)
    kpi = api.add_kpi(actor=SYSTEM, objective=objective, terms=make_kpi_terms(name=HOSTILE, unit=HOSTILE[:40]))
    add_cost_line(case, make_line_terms(description=HOSTILE, source=HOSTILE))
    sign_in(client, Role.FINANCE_ANALYST)
    slug = case.slug
    addresses = [url("list"), url("case", slug), url("terms", slug), url("objective", slug, objective.pk)]
    addresses += [url("kpi", slug, kpi.pk), url("kpi_removal", slug, kpi.pk), url("presentation", slug)]
    for address in addresses:
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "{{ 7|add:7 }}" in unescape(page), address
        assert '" onload=x' not in page, address


def test_parts_of_another_case_are_not_found_under_this_one(client):
    case, other = make_complete_case(), make_complete_case()
    sign_in(client, Role.FINANCE_ANALYST)
    kpi, line = Kpi.objects.get(objective__case=other), CostLine.objects.get(case=other)
    for address in (
        url("kpi", case.slug, kpi.pk),
        url("objective", case.slug, kpi.objective_id),
        url("line", case.slug, "cost", line.pk),
        url("line", case.slug, "benefit", 10**18),
        url("kpi", case.slug, 10**25),
        url("case", "no-such-case"),
    ):
        assert client.get(address).status_code == 404, address
    assert Objective.objects.count() == 2


def test_metrics_page_documents_every_metric_for_those_who_see_figures(client):
    sign_in(client, Role.EXECUTIVE)
    page = client.get(reverse("insights:metrics")).content.decode()
    for metric in ("course_completions_by_date", "any_completions_by_date", "course_completion_rate"):
        assert f'id="{metric}"' in page


def test_metrics_page_is_refused_to_a_learner(client):
    sign_in(client)
    assert client.get(reverse("insights:metrics")).status_code == 403


def test_removal_of_a_computed_line_says_what_it_comes_to_each_year(client):
    case = make_case(horizon_months=24)
    api.add_item(actor=SYSTEM, case=case, value=a_cost("c", price=100, recurrence=Recurrence.MONTHLY))
    sign_in(client, Role.FINANCE_ANALYST)
    question = client.get(url("line_removal", case.slug, "cost", CostLine.objects.get().pk)).content.decode()
    question = question.replace("\N{NO-BREAK SPACE}", " ")
    assert "Year 1: USD 1,200" in question
    assert "Year 2: USD 1,200" in question


def test_facts_and_derivation_name_the_convention_of_discounting(client):
    case = make_case(discounting=Discounting.MID_MONTH)
    sign_in(client, Role.FINANCE_ANALYST)
    page = client.get(url("case", case.slug)).content.decode()
    assert "10% a year, at the middle of each month" in page
    assert "at year&#x27;s end" not in page
    assert "A month&#x27;s present value" in page


def test_instants_are_shown_in_the_zone_that_the_browser_tells(client):
    case = make_case("zoned")
    changed = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    Case.objects.filter(pk=case.pk).update(changed_at=changed)
    sign_in(client, Role.FINANCE_ANALYST)
    assert "1 July 2026, 22:30 UTC" in client.get(url("list")).content.decode()
    client.cookies["mycelia_zone"] = "Europe/Berlin"
    assert "2 July 2026, 00:30 CEST" in client.get(url("list")).content.decode()
    for nonsense in ("Europe/Nowhere", "../../etc/passwd", "x" * 5000, "\x00"):
        client.cookies["mycelia_zone"] = nonsense
        assert "1 July 2026, 22:30 UTC" in client.get(url("list")).content.decode(), nonsense


def test_overview_says_how_sure_it_is_and_waits_for_a_simulation_under_way(client):
    case = make_complete_case(horizon_months=36)
    sign_in(client, Role.FINANCE_ANALYST)
    page = client.get(url("case", case.slug)).content.decode()
    assert "How sure these figures are is not known yet" in page
    assert "every 2s" not in page
    run = api.ask_simulation(actor=SYSTEM, case=case, queue=lambda _run: None, draws=100)
    page = client.get(url("case", case.slug)).content.decode()
    assert "The simulation is running" in page
    assert f'hx-get="{url("outlook", case.slug)}"' in page
    api.run_simulation(run_id=run.pk)
    part = client.get(url("outlook", case.slug)).content.decode()
    assert "No draw of 100 ends in a loss." in part
    assert "8 of 10 draws come to between" in part
    assert "every 2s" not in part
    add_cost_line(case, make_line_terms())
    assert "The case has changed since" in client.get(url("outlook", case.slug)).content.decode()
