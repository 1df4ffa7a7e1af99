"""Costs by category, phase and cost centre: every view adds up to all costs, wherever it is told."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mycelia.business_case import api
from mycelia.business_case.calc.cost_tables import cost_tables
from mycelia.business_case.exports.briefs.content import brief_of
from mycelia.business_case.exports.briefs.document import brief_pdf
from mycelia.business_case.exports.tables import costs_table
from mycelia.business_case.exports.workbook import workbook
from mycelia.business_case.pages.cost_tables import cost_table_entries, part_name
from mycelia.business_case.types import CostView, Estimate, ItemKind, Phase, Stakeholder, Timing
from mycelia.kernel.policy import Role
from tests.business_case.exports.test_briefs import text_of
from tests.business_case.exports.test_downloads import rows_of
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_complete_case
from tests.factories.business_case_models import a_cost, an_item
from tests.factories.case_models import make_dossier, make_model
from tests.office import converted, require_office

CENTRES = ("4410", "IT-OPS", "", "it-ops", "*")


def split_model():
    """The model of the other exports, its items in two phases and its costs on five cost centres."""
    model = make_model()
    phases = (Phase("build", "Build"), Phase("run", "Run"))
    items = tuple(
        replace(item, phase=("build", "run", None)[number % 3]) for number, item in enumerate(model.roadmap.items)
    )
    costs = tuple(replace(line, cost_centre=CENTRES[n % len(CENTRES)]) for n, line in enumerate(model.costs))
    return replace(model, roadmap=replace(model.roadmap, items=items, phases=phases), costs=costs)


def counted(dossier) -> dict[str, tuple[Decimal, ...]]:
    return {line.key: line.amounts for line in dossier.sheet.costs if line.is_counted}


def test_every_view_adds_up_to_all_costs_of_every_year_exactly():
    dossier = make_dossier(split_model())
    found = cost_tables(dossier.model, counted(dossier))
    assert set(found.views) == set(CostView)
    assert found.total.amounts == dossier.sheet.flows.costs
    assert found.total.total == dossier.preferred.figures.total_costs
    for parts in found.views.values():
        assert tuple(map(sum, zip(*(part.amounts for part in parts), strict=True))) == found.total.amounts
        assert len({part.key for part in parts}) == len(parts)


amounts = st.lists(st.decimals(0, 10**9, places=6), min_size=3, max_size=3)


@given(st.lists(st.tuples(amounts, st.sampled_from(CENTRES)), min_size=1, max_size=6))
def test_views_add_up_whatever_the_amounts_and_cost_centres(rows):
    model = split_model()
    lines = tuple(replace(model.costs[0], key=f"k{n}", cost_centre=centre) for n, (_row, centre) in enumerate(rows))
    found = cost_tables(replace(model, costs=lines), {f"k{n}": row for n, (row, _centre) in enumerate(rows)})
    total = sum(sum(row) for row, _centre in rows)
    assert found.total.total == total
    for parts in found.views.values():
        assert sum(part.total for part in parts) == total


def test_cost_waits_for_the_phase_of_its_item_and_what_belongs_to_none_comes_last():
    model = split_model()
    dossier = make_dossier(model)
    found = cost_tables(model, counted(dossier))
    phases = [part.key for part in found.views[CostView.PHASE]]
    assert phases == [key for key in ("build", "run", "") if key in phases]
    assert phases[-1] == ""
    centres = [part.key for part in found.views[CostView.COST_CENTRE]]
    assert centres == [*sorted(centres[:-1], key=lambda name: (name.casefold(), name)), ""]


def test_case_without_costs_has_no_tables():
    assert cost_table_entries(make_dossier(make_model(costs=())).sheet, {}) == ()


def test_table_for_whoever_computes_on_adds_up_for_every_option():
    dossier = make_dossier(split_model())
    rows = rows_of(costs_table(dossier))
    for option in dossier.sheet.options:
        own = [row for row in rows if row["option"] == option.key and row["is_counted"] == "1"]
        assert sum((Decimal(row["amount"]) for row in own), Decimal(0)) == option.figures.total_costs
    assert {row["cost_centre"] for row in rows} >= {"4410", "IT-OPS", ""}


def test_brief_for_finance_tells_the_tables_and_no_other_brief_does():
    dossier = make_dossier(split_model())
    for reader in Stakeholder:
        tables = brief_of(dossier, reader, None).cost_tables
        assert bool(tables) is (reader is Stakeholder.FINANCE)
    brief = brief_of(dossier, Stakeholder.FINANCE, None)
    assert {table.sums.total for table in brief.cost_tables} == {
        next(row.total for row in brief.year_rows if row.label == "Costs")
    }
    text = text_of(brief_pdf(dossier, Stakeholder.FINANCE))
    for words in ("Costs by category", "Costs by phase", "Costs by cost centre", "IT-OPS", "No cost centre stated"):
        assert words in text


def test_workbook_computes_every_view_anew_to_the_cent(tmp_path):
    require_office()
    dossier = make_dossier(split_model())
    file = tmp_path / "costs.xlsx"
    file.write_bytes(workbook(dossier))
    (anew,) = converted([file], "xlsx", tmp_path)
    book = openpyxl.load_workbook(anew, data_only=True)
    rows = [list(row) for row in book["Costs"].iter_rows(values_only=True)]
    found = cost_tables(dossier.model, counted(dossier))
    for view, parts in found.views.items():
        title = {CostView.CATEGORY: "category", CostView.PHASE: "phase", CostView.COST_CENTRE: "cost centre"}[view]
        first = next(n for n, row in enumerate(rows) if row[1] == f"Costs by {title}")
        last = next(n for n in range(first, len(rows)) if rows[n][1] == "Sum")
        shown = {row[1]: row[5 : 6 + len(part_years(found))] for row in rows[first + 1 : last]}
        for part in parts:
            wanted = [*map(float, part.amounts), float(part.total)]
            assert shown[part_name(dossier.model, view, part.key)] == pytest.approx(wanted, abs=0.005)
        total = rows[last][5 + len(part_years(found))]
        assert total == pytest.approx(float(dossier.preferred.figures.total_costs), abs=0.005)
    assert book["Checks"]["B3"].value == 0
    checks = {row[0]: row[1] for row in book["Checks"].iter_rows(min_row=6, values_only=True)}
    assert [checks[f"Costs by {name}"] for name in ("category", "phase", "cost centre")] == ["agrees"] * 3


def part_years(found) -> tuple[Decimal, ...]:
    return found.total.amounts


def test_workbook_of_a_case_without_costs_has_no_such_sheet():
    book = openpyxl.load_workbook(io.BytesIO(workbook(make_dossier(make_model(costs=())))))
    assert "Costs" not in book.sheetnames


@pytest.mark.django_db
def test_page_of_the_case_and_the_derivation_of_a_line_tell_phase_and_cost_centre():
    case = make_complete_case("split")
    option = api.case_model(case).preferred.key
    for value in (
        Phase("p", "Build"),
        an_item("a", Estimate.fixed(5), phase="p"),
        a_cost("c", option=option, cost_centre="4410 & Co", timing=Timing(start_milestone="a")),
    ):
        api.add_item(actor=SYSTEM, case=case, value=value)
    client = Client()
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    page = client.get("/case/split/").content.decode()
    tables = page[page.index('id="cost-tables"') : page.index('id="further"')]
    for words in ("Costs by phase", "Build", "Waits for no phase", "4410 &amp; Co", "No cost centre stated"):
        assert words in tables
    sums = re.findall(r'class="bc-sum">.*?</tr>', tables.split('id="costs"')[0], re.DOTALL)
    assert len(sums) == 3
    assert len({re.sub(r"\s+", "", row) for row in sums}) == 1
    line = next(one for one in api.case_sheet(case).costs if one.key == _key(case, "4410 & Co"))
    text = client.get(f"/case/split/costs/{line.id}/derivation/").content.decode()
    assert "4410 &amp; Co" in text
    assert "Build" in text


def _key(case, centre: str) -> str:
    return next(state.value.key for state in api.items_of(case, ItemKind.COST) if state.value.cost_centre == centre)


@pytest.mark.django_db
def test_plan_and_actual_by_cost_centre_add_up_to_all_costs_with_bookings_of_lines_and_of_centres():
    case = make_complete_case("split", start=date(2026, 1, 1))
    option = api.case_model(case).preferred.key
    line = a_cost("c", option=option, price=Estimate.fixed(120), cost_centre="4410")
    api.add_item(actor=SYSTEM, case=case, value=line)
    rows = (
        "date,amount,reference,category,kind,item,description,cost_centre",
        f"2026-01-01,100.10,A-1,{line.category},cost,c,,",
        f"2026-01-01,20.05,A-2,{line.category},cost,c,,IT-OPS",
        "2026-01-01,7.00,A-3,support,cost,,,",
    )
    api.import_ledger(actor=SYSTEM, case=case, content="\n".join(rows).encode(), file_name="ledger.csv")
    api.close_month(actor=SYSTEM, case=case)
    found = {one.name: one for one in api.costs_by_centre(case)}
    assert list(found) == ["4410", "IT-OPS", ""]
    assert found["4410"].to_date() == (Decimal(120), Decimal("100.10"))
    assert found["IT-OPS"].to_date() == (Decimal(0), Decimal("20.05"))
    assert found[""].to_date()[1] == Decimal(7)
    whole = api.performance_of(case).total_costs
    for part in ("plan", "actual"):
        columns = zip(*(getattr(one, part) for one in found.values()), strict=True)
        assert [sum(value or 0 for value in column) for column in columns] == [v or 0 for v in getattr(whole, part)]
    client = Client()
    client.force_login(make_holder(Role.EXECUTIVE))
    page = client.get("/case/split/actuals/").content.decode()
    centres = page[page.index('id="centres"') : page.index('id="benefits"')]
    for words in ("4410", "IT-OPS", "No cost centre stated", "100", "All costs"):
        assert words in centres


@pytest.mark.django_db
def test_plan_and_actual_without_any_cost_centre_has_no_such_table():
    make_complete_case("plain")
    client = Client()
    client.force_login(make_holder(Role.EXECUTIVE))
    assert 'id="centres"' not in client.get("/case/plain/actuals/").content.decode()
