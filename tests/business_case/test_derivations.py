"""Pages that show where a number comes from: a line's derivation, the options, and the roadmap."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from mycelia.access import api as access
from mycelia.business_case import api, models
from mycelia.business_case.calc import BUILDERS
from mycelia.business_case.calc.option_figures import month_factors
from mycelia.business_case.calc.present_worth import present_worth
from mycelia.business_case.models import Case
from mycelia.business_case.pages.cost_tables import cost_table_entries
from mycelia.business_case.pages.derived import line_urls
from mycelia.business_case.pages.estimates import expected_in_words, in_words
from mycelia.business_case.pages.figures import headline_figures
from mycelia.business_case.pages.input_names import FIGURES, NOTICES, PARTS, input_name
from mycelia.business_case.pages.vocabulary import INPUTS
from mycelia.business_case.pages.years import year_rows
from mycelia.business_case.types import (
    Basis,
    BenefitCategory,
    CostCategory,
    Estimate,
    InputKind,
    NoticeKind,
    Recurrence,
    Shape,
    Simulation,
)
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_complete_case
from tests.factories.business_case_models import a_benefit, a_cost, a_model, a_roadmap, an_item
from tests.factories.people import make_person, make_unit

D = Decimal
DAYS = Estimate.pert(10, 20, 60)


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(make_holder(role))
    return client


def rich_case() -> Case:
    case = make_complete_case(start=date(2026, 1, 1))
    proposal = case.options.get(is_preferred=True)
    pilot = models.WorkItem.objects.create(
        case=case, key="pilot", title="Pilot <b>", duration_days=Estimate.pert(10, 20, 60)
    )
    live = models.WorkItem.objects.create(case=case, key="live", title="Live", is_milestone=True, position=1)
    models.ItemDependency.objects.create(item=live, depends_on=pilot)
    models.ItemResource.objects.create(item=pilot, role="Trainer", quantity=Decimal("2.5"))
    models.CostLine.objects.create(
        case=case,
        key="seats",
        option=proposal,
        category=CostCategory.LICENCES,
        description="Seats",
        basis=Basis.COMPUTED,
        quantity=Estimate.fixed(10),
        unit="seats",
        price=Estimate.triangular(1, 2, 6),
        recurrence=Recurrence.MONTHLY,
        start_milestone=live,
    )
    return case


@pytest.mark.django_db
def test_line_that_is_computed_shows_its_formula_inputs_and_every_month() -> None:
    case = rich_case()
    line = case.cost_lines.get(key="seats")
    with clock.frozen(datetime(2026, 1, 1, tzinfo=UTC)):
        text = client_of(Role.EXECUTIVE).get(f"/case/{case.slug}/costs/{line.pk}/derivation/").content.decode()
    assert "1 to 6, most likely 2 (triangular)" in text.replace("USD\N{NO-BREAK SPACE}", "")
    assert "0 months after “Live” is finished" in text
    # The pilot is expected to take 25 working days from 1 January and so ends in the second month: 35 x 10 x 3.
    assert "1,050" in text
    assert text.count("<tr>") > 36
    assert "Change the line" not in text


@pytest.mark.django_db
def test_line_that_was_entered_by_year_says_so() -> None:
    case = rich_case()
    line = case.benefit_lines.get()
    text = client_of(Role.FINANCE_ANALYST).get(f"/case/{case.slug}/benefits/{line.pk}/derivation/").content.decode()
    assert "the amount entered for each year" in text
    assert "4,229,760" in text
    assert "Change the line" in text


@pytest.mark.django_db
def test_roadmap_says_in_words_what_it_draws_and_escapes_titles() -> None:
    case = rich_case()
    text = client_of(Role.EXECUTIVE).get(f"/case/{case.slug}/roadmap/").content.decode()
    for words in (
        "Pilot &lt;b&gt;",
        "2.5 Trainer",
        "10 to 60, most likely 20 (PERT)",
        "Seats",
        "milestone",
        "critical",
    ):
        assert words in text
    assert "<b>" not in text.replace("&lt;b&gt;", "")
    assert text.count('class="bc-gantt-item"') == 2


@pytest.mark.django_db
def test_roadmap_of_a_case_without_one_says_what_to_do() -> None:
    case = make_complete_case()
    assert "No roadmap yet" in client_of(Role.EXECUTIVE).get(f"/case/{case.slug}/roadmap/").content.decode()


@pytest.mark.django_db
def test_case_shows_its_options_side_by_side() -> None:
    case = rich_case()
    text = client_of(Role.EXECUTIVE).get(f"/case/{case.slug}/").content.decode()
    for words in ("Do nothing", "Against doing nothing", "compared with", "preferred"):
        assert words in text


def told(text: str) -> str:
    return unescape(text).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.django_db
def test_every_figure_of_an_option_opens_how_it_comes_about() -> None:
    case = rich_case()
    option = case.options.get(is_preferred=True)
    client, address = client_of(Role.EXECUTIVE), f"/case/{case.slug}/options/{option.key}/derivation/"
    overview = client.get(f"/case/{case.slug}/").content.decode()
    text = client.get(address).content.decode()
    opened = set(re.findall(rf'href="{address}#(figure-[a-z-]+)"', overview))
    assert {"figure-pv-costs", "figure-pv-benefits", "figure-npv", "figure-difference", "figure-finish"} <= opened
    assert opened <= set(re.findall(r'id="(figure-[a-z-]+)"', text))
    seats = case.cost_lines.get(key="seats")
    assert f"/case/{case.slug}/costs/{seats.pk}/derivation/" in text
    assert "sum of the present values of its lines" in text


@pytest.mark.django_db
def test_option_that_is_not_of_the_case_opens_nothing() -> None:
    case, other = rich_case(), make_complete_case()
    option = case.options.get(is_preferred=True)
    assert client_of(Role.EXECUTIVE).get(f"/case/{other.slug}/options/none/derivation/").status_code == 404
    assert client_of(Role.AUTHOR).get(f"/case/{case.slug}/options/{option.key}/derivation/").status_code == 403


@pytest.mark.django_db
def test_present_value_of_an_option_is_the_sum_of_its_lines() -> None:
    sheet = api.case_sheet(rich_case())
    option = next(one for one in sheet.options if one.is_preferred)
    factors = month_factors(sheet.model)
    worth = sum(present_worth(line.by_column, factors) for line in option.costs if line.is_counted)
    assert round(worth, 6) == round(option.figures.pv_costs, 6)


@pytest.mark.django_db
def test_rows_by_year_and_by_category_open_their_lines() -> None:
    case = rich_case()
    seats = case.cost_lines.get(key="seats")
    sheet = api.case_sheet(case)
    urls = line_urls(sheet)
    by_year = {row.label: row.derivation for row in year_rows(sheet, urls)}
    assert all(by_year.values())
    wanted = f"/case/{case.slug}/costs/{seats.pk}/derivation/"
    assert wanted in {row.url for row in by_year["Costs"].rows}
    for table in cost_table_entries(sheet, urls):
        assert wanted in {row.url for part in table.rows for row in part.derivation.rows}
    assert not any(row.url for row in year_rows(sheet, {})[0].derivation.rows)
    assert not year_rows(sheet, None)[0].derivation.rows


@pytest.mark.django_db
def test_net_present_value_after_tax_names_the_tax_that_it_takes_off() -> None:
    case = make_complete_case(tax_rate=Decimal("0.25"))
    figure = headline_figures(api.case_sheet(case))[0]
    assert figure.derivation.formula.endswith("− present value of tax")
    assert dict(figure.derivation.inputs)["Tax, share of the net flow"] == "25%"
    assert "tax" not in headline_figures(api.case_sheet(make_complete_case()))[0].derivation.formula


@pytest.mark.django_db
def test_frozen_version_opens_lines_and_options_as_they_were() -> None:
    case = rich_case()
    version = api.freeze_case(actor=SYSTEM, case=case, title="First")
    models.CostLine.objects.filter(case=case, key="seats").update(price=Estimate.fixed(999))
    text = told(client_of(Role.EXECUTIVE).get(f"/case/{case.slug}/versions/{version.number}/").content.decode())
    assert "USD 1 to USD 6, most likely USD 2 (triangular)" in text
    assert "USD 999" not in text
    opened = set(re.findall(r'href="#(option-[a-z0-9-]+)"', text))
    assert opened
    assert opened <= set(re.findall(r'id="(option-[a-z0-9-]+)"', text))
    assert "/derivation/" not in text


@pytest.mark.django_db
def test_pages_of_a_case_outside_the_scope_are_not_there() -> None:
    unit, other = make_unit(), make_unit()
    case = make_complete_case(scope_unit_id=unit.pk)
    person = make_person()
    access.grant_role(actor=SYSTEM, person_id=person.pk, role=Role.FINANCE_ANALYST, unit_id=other.pk)
    client = Client()
    client.force_login(person)
    line = case.cost_lines.get()
    option = case.options.get(is_preferred=True)
    for address in ("roadmap/", f"costs/{line.pk}/derivation/", f"options/{option.key}/derivation/"):
        assert client.get(f"/case/{case.slug}/{address}").status_code == 404


@pytest.mark.django_db
def test_line_of_another_case_is_not_shown() -> None:
    mine, other = make_complete_case(), make_complete_case()
    address = f"/case/{mine.slug}/costs/{other.cost_lines.get().pk}/derivation/"
    assert client_of(Role.EXECUTIVE).get(address).status_code == 404


@pytest.mark.parametrize(
    ("estimate", "kind", "words"),
    [
        (Estimate.fixed("0.25"), InputKind.SHARE, "25%"),
        (Estimate.pert("0.1", "0.2", "0.4"), InputKind.SHARE, "10% to 40%, most likely 20% (PERT)"),
        (Estimate(Shape.LIST, values=(Decimal(1), Decimal(2))), InputKind.COUNT, "one of 1, 2"),
        (
            Estimate(Shape.LOGNORMAL, low=Decimal(5), high=Decimal(9)),
            InputKind.COUNT,
            "8 of 10 times between 5 and 9 (lognormal)",
        ),
        (Estimate(Shape.TRIANGULAR, low=Decimal(5)), InputKind.COUNT, "5 to ?, most likely ? (triangular)"),
    ],
)
def test_estimate_in_words(estimate: Estimate, kind: InputKind, words: str) -> None:
    assert in_words(estimate, kind) == words


def test_every_input_figure_and_notice_has_words() -> None:
    builders = {each.name for builder in BUILDERS.values() for each in builder.inputs}
    assert builders <= set(INPUTS)
    assert set(NOTICES) == set(NoticeKind)
    assert set(FIGURES) <= set(Simulation.__dataclass_fields__)
    lines = (a_cost(), a_benefit(), a_benefit("d", category=BenefitCategory.TIME_SAVED, inputs={}))
    model = a_model(*lines, roadmap=a_roadmap(an_item("i", 3)))
    for name, _estimate in model.inputs():
        assert input_name(name, "Label")
    assert set(PARTS) >= {name.rpartition("/")[2] for name, _ in model.inputs() if "/inputs/" not in name}


@pytest.mark.parametrize(
    ("estimate", "kind", "told"),
    [
        (Estimate.triangular(95, 115, 160), InputKind.COUNT, "123.33"),
        (Estimate.triangular(1, 2, 4), InputKind.COUNT, "2.3333"),
        (Estimate.triangular("0.4", "0.6", "0.7"), InputKind.SHARE, "56.67%"),
        (Estimate.fixed(1_234_567), InputKind.MONEY, "EUR\N{NO-BREAK SPACE}1,234,567"),
    ],
)
def test_expected_value_is_written_with_the_decimals_that_say_something(estimate, kind, told):
    assert expected_in_words(estimate, kind, "EUR") == told
