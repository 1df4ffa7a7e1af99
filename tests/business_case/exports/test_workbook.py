"""The workbook: its formulas, computed anew by another program, give the platform's figures to the cent."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from mycelia.business_case.calc import told_on
from mycelia.business_case.exports.workbook import workbook
from mycelia.business_case.exports.workbook.book import PlainPaper
from mycelia.business_case.types import (
    Basis,
    BenefitCategory,
    BenefitLine,
    CaseModel,
    CostCategory,
    CostLine,
    Discounting,
    Estimate,
    Scenario,
    Shape,
    filled,
)
from tests.factories.business_case import BENEFITS, COSTS
from tests.factories.business_case_models import a_cost, a_model, entered_benefit
from tests.factories.case_models import HOSTILE, make_dossier, make_model, make_performance
from tests.office import converted, require_office

pytestmark = pytest.mark.xdist_group("office")
CENT = 0.005
FIGURES = {
    "Costs": "total_costs",
    "Benefits": "total_benefits",
    "Present value of costs": "pv_costs",
    "Present value of benefits": "pv_benefits",
    "Tax": "total_tax",
    "Present value of tax": "pv_tax",
    "Net present value": "npv",
    "Payback, in months/undiscounted": "payback_simple_months",
    "Payback, in months/discounted": "payback_discounted_months",
    "Return on investment/discounted (TEI)": "roi_discounted",
    "Return on investment/undiscounted (Phillips)": "roi_programme",
    "Benefit-cost ratio/discounted": "bcr_discounted",
    "Benefit-cost ratio/undiscounted": "bcr_undiscounted",
    "Modified internal rate of return": "modified_internal_rate",
    "Break-even benefits": "break_even_benefits",
    "Break-even costs": "break_even_costs",
}
MODELS = {
    "year-end": make_model(),
    "mid-month": make_model(
        discounting=Discounting.MID_MONTH, counts_learner_time=False, horizon_months=30, tax_rate=None
    ),
    "short": make_model(is_short_programme=True, inflation_per_year=Decimal(0)),
    "overdue": told_on(make_model(), date(2026, 8, 15)),
}
ENTERED = MODELS["overdue"]
ENTRIES: dict[str, tuple[str, object]] = {
    "escalation": ("Lines!K7", 0.05),
    "risk": ("Lines!L5", 0.2),
    "last column": ("Lines!I7", 20),
    "adoption": ("Lines!O13", 0.5),
    "counts": ("Lines!R5", 0),
    "part": ("Costs!C5", 2),
    "day of the case": ("Roadmap!D4", datetime(2026, 9, 15)),  # noqa: DTZ001 spreadsheets know no zones
    "finished": ("Roadmap!J15", datetime(2026, 3, 1)),  # noqa: DTZ001
    "raises value": ("Inputs!L25", 0),
    "raises value of an option": ("Inputs!L77", -1),
}
COMPUTED = [
    *(("year-end", scenario) for scenario in Scenario),
    *(("mid-month", scenario) for scenario in (Scenario.LIKELY, Scenario.PESSIMISTIC)),
    ("short", Scenario.EXPECTED),
    *(("overdue", scenario) for scenario in (Scenario.EXPECTED, Scenario.PESSIMISTIC)),
]
CHANGES = ("price", "duration", "headcount", "rate", "scenario", "list", "extreme", "amounts", "tax", "start")


def cells_of(content: bytes | str, **how):
    return openpyxl.load_workbook(io.BytesIO(content) if isinstance(content, bytes) else content, **how)


def formulas(book):
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def shown_figures(book) -> dict[str, list]:
    """Return what the sheet of outputs shows: a row of values by label, and by label and convention."""
    sheet = book["Outputs"]
    found: dict[str, list] = {}
    for row in sheet.iter_rows(min_row=7, max_row=26, values_only=True):
        values = list(row[2:5])
        found.setdefault(row[0], values)
        found[f"{row[0]}/{row[1]}"] = values
    return found


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory):
    """Models in scenarios: the workbook as written, its results as written, and those LibreOffice computes anew."""
    require_office()
    folder = tmp_path_factory.mktemp("office")
    files = [folder / f"{name}-{scenario}.xlsx" for name, scenario in COMPUTED]
    for file, (name, scenario) in zip(files, COMPUTED, strict=True):
        dossier = make_dossier(MODELS[name])
        closed = make_performance(dossier.sheet)
        file.write_bytes(workbook(replace(dossier, closed=closed), scenario=scenario))
    pairs = zip(files, converted(files, "xlsx", folder), strict=True)
    books = [(cells_of(file), cells_of(file, data_only=True), cells_of(new, data_only=True)) for file, new in pairs]
    return dict(zip(COMPUTED, books, strict=True))


def test_plan_actual_and_forecast_are_those_of_the_platform(recalculated):
    dossier = make_dossier(MODELS["year-end"])
    found = make_performance(dossier.sheet)
    _, _, anew = recalculated["year-end", Scenario.EXPECTED]
    rows = {row[0]: row[1:7] for row in anew["Plan and actual"].iter_rows(min_row=5, values_only=True) if row[0]}
    for label, course in (("All costs", found.total_costs), ("All benefits", found.total_benefits)):
        planned, actual = course.to_date()
        whole, forecast = sum(course.plan), sum(course.forecast)
        wanted = (planned, actual, actual - planned, whole, forecast, forecast - whole)
        assert rows[label] == pytest.approx([float(value) for value in wanted], abs=0.005), label
    net = sum(found.total_benefits.forecast) - sum(found.total_costs.forecast)
    assert rows["Net benefit"][4] == pytest.approx(float(net), abs=0.005)
    assert "Plan and actual" not in cells_of(workbook(dossier)).sheetnames


@pytest.mark.parametrize(("name", "scenario"), COMPUTED)
def test_every_cell_computed_anew_is_the_result_that_was_written(recalculated, name, scenario):
    written, before, after = recalculated[name, scenario]
    wrong = []
    for cell in formulas(written):
        was, now = (book[cell.parent.title][cell.coordinate].value for book in (before, after))
        agrees = was == now if isinstance(was, str) or not isinstance(now, int | float) else was == pytest.approx(now)
        if not agrees:
            wrong.append(f"{cell.parent.title}!{cell.coordinate} {cell.value}: {was} {now}")
    assert wrong == []


@pytest.mark.parametrize(("name", "scenario"), COMPUTED)
def test_every_figure_computed_anew_is_the_platforms_to_the_cent(recalculated, name, scenario):
    book = recalculated[name, scenario][2]
    dossier = make_dossier(MODELS[name])
    shown = shown_figures(book)
    wrong = []
    for label, attribute in FIGURES.items():
        for option, value in zip(dossier.model.options, shown[label], strict=True):
            platform = getattr(dossier.results[option.key][scenario].figures, attribute)
            agrees = isinstance(value, str) if platform is None else abs(value - float(platform)) < CENT
            if not agrees:
                wrong.append((option.key, label, value, platform))
    assert wrong == []
    assert book["Outputs"]["B5"].value == 0
    assert verdicts_of(book) == {"agrees"}


def verdicts_of(book) -> set[str]:
    return {row[1] for row in book["Checks"].iter_rows(min_row=6, values_only=True) if row[0]}


@pytest.mark.parametrize(("name", "scenario"), COMPUTED)
def test_every_line_computed_anew_is_the_platforms_by_month(recalculated, name, scenario):
    book, dossier = recalculated[name, scenario][2], make_dossier(MODELS[name])
    for number, option in enumerate(dossier.model.options, start=1):
        result = dossier.results[option.key][scenario]
        rows = [
            row
            for row in book[f"Calculation {number}"].iter_rows(min_row=5, values_only=True)
            if re.match(r"(Cost|Benefit) \d\d ", str(row[0]))
        ]
        flows = [*result.costs, *result.benefits]
        assert len(rows) == len(flows)
        for row, flow in zip(rows, flows, strict=True):
            wanted = [float(amount) for amount in flow.by_column]
            assert wanted == pytest.approx(row[6 : 6 + len(wanted)], abs=0.00001)


def test_internal_rate_computed_anew_is_the_platforms_where_there_is_one(recalculated):
    compared = 0
    for (name, scenario), (_written, _before, computed) in recalculated.items():
        shown = shown_figures(computed)["Internal rate of return"]
        dossier = make_dossier(MODELS[name])
        for option, value in zip(dossier.model.options, shown, strict=True):
            rates = dossier.results[option.key][scenario].figures.internal_rates
            if isinstance(value, str):
                assert len(rates) != 1 or max(rates) < 0
            else:
                assert value == pytest.approx(float(max(rates)), abs=1e-7)
                compared += 1
    assert compared >= 6


@pytest.mark.parametrize("discounting", Discounting)
def test_internal_rate_near_the_loss_of_everything_is_a_number_or_a_word(tmp_path, discounting):
    """1,000 spent and 50 gained in the first year: -95 % a year at year's end."""
    require_office()
    lines = (a_cost(price=1000), entered_benefit(0, 50))
    dossier = make_dossier(a_model(*lines, horizon_months=12, discounting=discounting))
    file = tmp_path / "loss.xlsx"
    file.write_bytes(workbook(dossier))
    (new,) = converted([file], "xlsx", tmp_path)
    shown = shown_figures(cells_of(new, data_only=True))["Internal rate of return"][1]
    rates = dossier.results[dossier.model.preferred.key][Scenario.EXPECTED].figures.internal_rates
    assert not str(shown).startswith("#")
    if not isinstance(shown, str):
        assert shown == pytest.approx(float(max(rates)), abs=1e-6)


LOW, LIKELY, HIGH, LISTED = "E", "F", "G", "X"


def place_of(dossier, name: str, column: str) -> str:
    """Return the cell of the inputs that holds a part of the estimate with this name in formulas."""
    book = cells_of(workbook(dossier))
    sheet, cell = book.defined_names[name].attr_text.split("!")
    return f"{sheet}!{column}{re.sub(r'[^0-9]', '', cell)}"


def restated(model: CaseModel, key: str, estimate: Estimate) -> CaseModel:
    """Return a model with other numbers of a named input, wherever it is used."""
    named = tuple(replace(one, estimate=estimate) if one.key == key else one for one in model.named)
    numbers = {one.key: one.estimate for one in named}
    return replace(
        model,
        named=named,
        drivers=filled(model.drivers, numbers),
        costs=tuple(filled(line, numbers) for line in model.costs),
        benefits=tuple(filled(line, numbers) for line in model.benefits),
    )


def changed(change: str, dossier) -> tuple[dict[str, object], CaseModel, Scenario]:
    """Return one change as it is made in the workbook, and as it is made here."""
    model, costs, scenario = dossier.model, list(dossier.model.costs), Scenario.EXPECTED
    if change == "price":
        places = zip((LOW, LIKELY, HIGH), (4, 6, 11), strict=True)
        cells = {place_of(dossier, "cost_01_price", column): value for column, value in places}
        costs[0] = replace(costs[0], price=Estimate.triangular(4, 6, 11))
    elif change == "duration":
        cells = {place_of(dossier, "item_01_duration", HIGH): 190}
        items = model.roadmap.items
        items = (replace(items[0], duration_days=Estimate.triangular(10, 20, 190)), *items[1:])
        model = replace(model, roadmap=replace(model.roadmap, items=items))
    elif change == "headcount":
        cells = {place_of(dossier, "input_01_count", LIKELY): 1100}
        model = restated(model, "staff", Estimate.triangular(900, 1100, 1200))
    elif change == "rate":
        cells = {"Inputs!B5": 0.115, "Inputs!B6": 1}
        model = replace(model, rate_per_year=Decimal("0.115"), discounting=Discounting.MID_MONTH)
    elif change == "tax":
        cells = {"Inputs!B8": 0.31, "Inputs!B10": 0}
        model = replace(model, tax_rate=Decimal("0.31"), counts_learner_time=False)
    elif change == "start":
        cells = {"Inputs!B17": datetime(2026, 5, 4)}  # noqa: DTZ001 spreadsheets know no zones
        model = replace(model, start=date(2026, 5, 4))
    elif change == "scenario":
        cells, scenario = {"Inputs!B3": "Pessimistic"}, Scenario.PESSIMISTIC
    elif change == "list":
        cells = {place_of(dossier, "cost_03_price", LISTED): 90}
        costs[2] = replace(costs[2], price=replace(costs[2].price, values=(Decimal(90), Decimal(35), Decimal(44))))
    elif change == "extreme":
        cells = {place_of(dossier, "benefit_04_cost_per_trip", LISTED): 800}
        values = tuple(map(Decimal, (800, 300, 310, 320, 330, 900)))
        trips = model.benefits[3]
        trips = replace(trips, inputs={**trips.inputs, "cost_per_trip": Estimate(Shape.LIST, values=values)})
        model = replace(model, benefits=(*model.benefits[:3], trips, *model.benefits[4:]))
    else:
        cells = {"Lines!T8": 77_000}
        costs[3] = replace(costs[3], amounts=(Decimal(1000), Decimal(77_000), Decimal("12000.55")))
    return cells, replace(model, costs=tuple(costs)), scenario


@pytest.fixture(scope="module")
def after_changes(tmp_path_factory):
    """The workbook after each change, computed anew."""
    require_office()
    folder, dossier = tmp_path_factory.mktemp("changes"), make_dossier()
    files = [folder / f"{change}.xlsx" for change in CHANGES]
    for file, change in zip(files, CHANGES, strict=True):
        book = cells_of(workbook(dossier))
        for place, value in changed(change, dossier)[0].items():
            sheet, cell = place.split("!")
            book[sheet][cell] = value
        book.save(file)
    results = converted(files, "xlsx", folder)
    return {change: cells_of(file, data_only=True) for change, file in zip(CHANGES, results, strict=True)}


@pytest.mark.parametrize("change", CHANGES)
def test_changing_an_input_there_and_here_gives_the_same(after_changes, change):
    dossier = make_dossier()
    _cells, model, scenario = changed(change, dossier)
    shown, wanted = shown_figures(after_changes[change]), make_dossier(model)
    for number, option in enumerate(model.options):
        figures = wanted.results[option.key][scenario].figures
        assert abs(shown["Net present value"][number] - float(figures.npv)) < CENT
        assert abs(shown["Costs"][number] - float(figures.total_costs)) < CENT
        assert abs(shown["Benefits"][number] - float(figures.total_benefits)) < CENT
    # A roadmap that begins with its case moves with it, so a later start leaves the value as it is.
    assert change == "start" or abs(shown["Net present value"][1] - float(dossier.preferred.figures.npv)) > 1


def test_check_of_equality_stops_comparing_once_an_entry_was_changed(after_changes):
    after = after_changes["price"]
    assert verdicts_of(after) == {"agrees", "not compared: entries were changed"}
    assert after["Outputs"]["B5"].value == 0


@pytest.fixture(scope="module")
def after_entries(tmp_path_factory):
    """The workbook after one blue number of each kind was changed that is no term and no part of an estimate."""
    require_office()
    folder, content = tmp_path_factory.mktemp("entries"), workbook(make_dossier(ENTERED))
    files = [folder / f"{kind}.xlsx" for kind in ENTRIES]
    for file, kind in zip(files, ENTRIES, strict=True):
        book, (place, value) = cells_of(content), ENTRIES[kind]
        sheet, cell = place.split("!")
        assert book[sheet][cell].font.color.rgb == "FF1F4E9C"
        assert book[sheet][cell].value != value
        book[sheet][cell] = value
        book.save(file)
    results = converted(files, "xlsx", folder)
    return {kind: cells_of(file, data_only=True) for kind, file in zip(ENTRIES, results, strict=True)}


@pytest.mark.parametrize("kind", ENTRIES)
def test_every_blue_number_counts_as_changed_and_fails_no_check(after_entries, kind):
    book = after_entries[kind]
    assert book["Inputs"]["B19"].value == 1
    assert verdicts_of(book) == {"agrees", "not compared: entries were changed"}
    assert book["Outputs"]["B5"].value == 0


def test_every_blue_number_of_other_sheets_is_kept_as_exported_in_its_column():
    book = cells_of(workbook(make_dossier(ENTERED)))
    blue = [
        (cell.column, cell.value)
        for sheet in book
        if sheet.title != "Inputs"
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type in "nd" and cell.value is not None and cell.font.color and cell.font.color.rgb == "FF1F4E9C"
    ]
    kept = [
        (cell.column, cell.value)
        for row in book["As exported"].iter_rows(min_row=5, min_col=2)
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    ]
    days = [(column, (value - datetime(1899, 12, 30)).days) for column, value in blue if isinstance(value, datetime)]  # noqa: DTZ001
    assert sorted(kept) == sorted([*days, *(pair for pair in blue if not isinstance(pair[1], datetime))])
    assert len(kept) > 60


def test_choosing_a_scenario_is_no_change_and_is_compared_with_the_platform(after_changes):
    assert verdicts_of(after_changes["scenario"]) == {"agrees"}


def test_published_yearly_case_is_reproduced(tmp_path):
    """SalesLoft, a Total Economic Impact study: NPV 5,496,170 at 10 %, ROI 329 %."""
    amounts = [tuple(Decimal(amount) for amount in side) for side in (COSTS, BENEFITS)]
    cost = CostLine("c", CostCategory.LICENCES, "All of it", basis=Basis.AMOUNTS, amounts=amounts[0])
    benefit = BenefitLine("b", BenefitCategory.REVENUE_UPLIFT, "All", basis=Basis.AMOUNTS, amounts=amounts[1])
    model = CaseModel("USD", date(2026, 1, 1), costs=(cost,), benefits=(benefit,))
    (tmp_path / "case.xlsx").write_bytes(workbook(make_dossier(model)))
    shown = shown_figures(cells_of(converted([tmp_path / "case.xlsx"], "xlsx", tmp_path)[0], data_only=True))
    assert round(shown["Net present value"][1]) == 5_496_170
    assert round(shown["Return on investment"][1], 2) == 3.29
    assert round(shown["Present value of costs"][1]) == 1_672_201


def test_typed_words_never_become_formulas():
    costs = tuple(
        CostLine(f"k{n}", CostCategory.LICENCES, text, source=text, unit=text, price=Estimate.fixed(1))
        for n, text in enumerate((HOSTILE, "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1"))
    )
    book = cells_of(workbook(make_dossier(make_model(costs=costs), name="=1+1", standing="=cmd|' /C calc'!A0")))
    typed = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    assert {HOSTILE, "+1+1", "-2+3", "@SUM(1)", "=1+1"} <= {cell.value for cell in typed}
    dangerous = [cell for cell in typed if str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert dangerous
    assert all(cell.quotePrefix for cell in dangerous)
    assert not [cell.value for cell in formulas(book) if "HYPERLINK" in str(cell.value) or "cmd" in str(cell.value)]


def test_workbook_has_no_macro_no_volatile_function_and_none_that_old_programs_lack():
    content = workbook(make_dossier())
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
    used = {word for cell in formulas(cells_of(content)) for word in re.findall(r"([A-Z][A-Z.]+)\(", str(cell.value))}
    assert used <= {
        *(
            "ABS",
            "AND",
            "BETAINV",
            "CHOOSE",
            "COUNT",
            "COUNTIF",
            "IFERROR",
            "EDATE",
            "EXP",
            "IF",
            "INDEX",
            "INT",
            "IRR",
            "ISNUMBER",
        ),
        *("LN", "LOOKUP", "MATCH", "MAX", "MEDIAN", "MIN", "MIRR", "MONTH", "NORMSINV", "OR", "QUARTILE"),
        *("ROUND", "ROUNDUP"),
        *("SIGN", "SMALL", "SQRT", "SUM", "SUMIF", "SUMPRODUCT", "WORKDAY.INTL", "YEAR"),
    }


def test_workbook_of_the_same_case_is_the_same_file():
    assert workbook(make_dossier()) == workbook(make_dossier())


def test_formulas_are_those_that_the_library_would_have_prepared(monkeypatch):
    written = workbook(make_dossier())
    monkeypatch.delattr(PlainPaper, "_prepare_formula")
    assert workbook(make_dossier()) == written


def test_workbook_of_an_empty_case_opens_with_nothing_in_it():
    book = cells_of(workbook(make_dossier(make_model(costs=(), benefits=()))), data_only=True)
    shown = shown_figures(book)
    assert shown["Net present value"] == [0, 0, 0]
    assert shown["Return on investment"] == ["no costs"] * 3
    assert "has neither costs nor benefits. Enter its costs and benefits" in book["Outputs"]["A3"].value
    assert "Enter its costs and benefits" in " ".join(str(cell.value) for row in book["Lines"] for cell in row)


def test_charts_are_native_and_described():
    archive = zipfile.ZipFile(io.BytesIO(workbook(make_dossier())))
    drawings = "".join(archive.read(name).decode() for name in archive.namelist() if "drawings/drawing" in name)
    assert len([name for name in archive.namelist() if "charts/chart" in name]) == 2
    assert drawings.count("descr=") == 2


def test_estimates_say_where_they_come_from():
    register = cells_of(workbook(make_dossier()))["Assumptions"]
    rows = {(row[1], row[2]): row for row in register.iter_rows(min_row=4, values_only=True)}
    assert rows["Hours not spent searching", "Hours saved"][9:13] == (
        *("Pilot in sales", "Medium", "comparison group", "control group"),
    )
    assert rows["Cost of an hour", "input of the case"][9] == "Finance"
    assert rows["Cost of an hour", "input of the case"][13].startswith("placeholder")
    assert rows["People who learn", "input of the case"][3] == "people"
    assert ("Whole case", "People in scope") not in rows
    assert ("Content", "Price") not in rows
    assert rows["Suite", "Price"][9] == "no source stated"
    assert rows["Suite", "Price"][13].startswith("placeholder")
