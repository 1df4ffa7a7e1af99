"""The assumption register: terms, shapes with their parameters, every value of a list, and who says so."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from mycelia.business_case import api
from mycelia.business_case.exports.assumptions import assumptions_of
from mycelia.business_case.exports.tables import estimates_table
from mycelia.business_case.exports.workbook import workbook
from mycelia.business_case.types import CaseModel, Confidence, Estimate, Shape
from mycelia.kernel.policy import Role
from tests.business_case.exports.test_workbook import cells_of
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_benefit, make_complete_case
from tests.factories.business_case_models import a_benefit, a_cost, a_model
from tests.factories.case_models import make_dossier

SPREADS = [
    (Estimate.triangular(1, 2, 6), ("1 to 6, most likely 2", "triangular: least, most likely, greatest")),
    (Estimate.pert(1, 2, 6), ("1 to 6, most likely 2", "PERT (beta, shape 4)")),
    (
        Estimate(Shape.LOGNORMAL, low=Decimal(1), high=Decimal(100)),
        ("8 of 10 times between 1 and 100", "10th and 90th percentile", "μ = 2.3026, σ = 1.7967"),
    ),
    (
        Estimate(Shape.LIST, values=tuple(map(Decimal, (3, 4, 4, 5, 6, 60)))),
        ("list of 6, each as likely: 3; 4; 4; 5; 6; 60", "left out as extreme: 60"),
    ),
]


@pytest.mark.parametrize(("estimate", "words"), SPREADS, ids=[each.shape for each, _ in SPREADS])
def test_shape_is_told_with_its_parameters_and_all_its_values(estimate: Estimate, words: tuple[str, ...]) -> None:
    model = a_model(a_cost(), a_benefit("b", yearly=estimate, source="Survey"))
    row = next(one for one in assumptions_of(model) if one.name == "benefit/b/inputs/yearly_amount")
    assert all(each in row.spread for each in words), row.spread
    assert row.source == "Survey"


def test_extreme_cost_in_a_list_is_told_and_not_left_out() -> None:
    listed = Estimate(Shape.LIST, values=tuple(map(Decimal, (3, 4, 4, 5, 6, 60))))
    row = next(one for one in assumptions_of(a_model(a_cost("c", price=listed))) if one.name == "cost/c/price")
    assert row.spread == "list of 6, each as likely: 3; 4; 4; 5; 6; 60"


def _model() -> CaseModel:
    return make_dossier().model


def _table(model: CaseModel) -> dict[str, dict[str, str]]:
    written = estimates_table(make_dossier(model)).decode("utf-8-sig")
    return {row["name"]: row for row in csv.DictReader(io.StringIO(written))}


def test_terms_are_rows_of_register_sheet_and_table() -> None:
    stated = {"rate_source": "Treasury, March", "rate_confidence": Confidence.HIGH}
    model = replace(_model(), rate_per_year=Decimal("0.085"), tax_rate=None, **stated)
    told = {one.field: one.value for one in assumptions_of(model) if not one.name}
    assert told["Discount rate"] == "8.5%"
    assert told["Tax"] == "left out"
    assert told["Discounting"] == "a year, at year's end"
    sheet = cells_of(workbook(make_dossier(model)))["Assumptions"]
    rows = {row[2]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert rows["Discount rate"][7] == "8.5%"
    assert rows["Discount rate"][9:11] == ("Treasury, March", "High")
    assert rows["Inflation"][9] == "no source stated"
    table = {
        row["name"]: row
        for row in csv.DictReader(io.StringIO(estimates_table(make_dossier(model)).decode("utf-8-sig")))
    }
    assert Decimal(table["terms/rate_per_year"]["likely"]) == Decimal("0.085")
    assert table["terms/tax_rate"]["likely"] == ""
    told = (table["terms/rate_per_year"]["source"], table["terms/rate_per_year"]["confidence"])
    assert told == ("Treasury, March", "high")
    assert table["terms/discounting"]["values"] == "year_end"


def test_sheet_lists_the_values_that_an_estimate_is_stated_by() -> None:
    sheet = cells_of(workbook(make_dossier()))["Assumptions"]
    spreads = [str(row[8]) for row in sheet.iter_rows(min_row=4, values_only=True)]
    listed = [each for _, each in _model().inputs() if each.shape is Shape.LIST]
    assert listed
    for estimate in listed:
        values = "; ".join(f"{value.normalize():f}" for value in estimate.values)
        assert any(values in spread for spread in spreads), values


def test_table_of_estimates_says_source_and_confidence_of_every_field() -> None:
    model = _model()
    table = _table(model)
    for line in (*model.costs, *model.benefits):
        side = "cost" if line in model.costs else "benefit"
        row = table[f"{side}/{line.key}/spread"]
        assert (row["source"].lstrip("'"), row["confidence"]) == (line.source, line.confidence), line.key
    assert table["driver/adoption_ceiling"]["source"] == model.drivers.source
    for item in model.roadmap.items:
        assert table[f"item/{item.key}/duration"]["source"] == item.source
    named = {one.key: one for one in model.named}
    used = [(name, each.named) for name, each in model.fields() if each.named]
    assert used
    for name, key in used:
        assert table[name]["source"] == named[key].source


@pytest.mark.django_db
def test_page_tells_every_assumption_and_the_overview_leads_there() -> None:
    case = make_complete_case("told")
    listed = Estimate(Shape.LIST, values=tuple(map(Decimal, (3, 4, 5))))
    api.add_item(actor=SYSTEM, case=case, value=make_benefit(case, description="Survey <b>", spread=listed))
    client = Client()
    client.force_login(make_holder(Role.EXECUTIVE))
    assert 'href="/case/told/assumptions/"' in client.get("/case/told/").content.decode()
    text = client.get("/case/told/assumptions/").content.decode()
    for words in ("Discount rate", "list of 3, each as likely: 3; 4; 5", "Survey &lt;b&gt;", "Published study"):
        assert words in text
