"""Databases with cases of before options, roadmaps and estimates come along, and back where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mycelia.business_case import api
from mycelia.business_case.models import Case, CostLine
from mycelia.business_case.types import (
    ONE,
    Basis,
    BenefitCategory,
    CostCategory,
    Estimate,
    InputKind,
    MissingPart,
    NamedInput,
)
from mycelia.business_case.types import BenefitLine as BenefitLineValue
from mycelia.business_case.types import CostLine as CostLineValue
from tests.factories.business_case import BENEFITS, COSTS, SYSTEM, make_case

pytestmark = pytest.mark.django_db(transaction=True)
APP = "business_case"
OLD = [(APP, "0002_presentations_stay")]
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)


def _migrate(targets: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def old() -> Iterator[Any]:
    """The tables as they were before, and the newest ones again afterwards."""
    apps = _migrate(OLD)
    yield lambda name: apps.get_model(APP, name)
    _migrate(_newest())


def _newest() -> list[tuple[str, str]]:
    return [node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] == APP]


def _fill(old: Any, slug: str = "sales") -> int:
    case = old("Case").objects.create(
        name="Sales training", slug=slug, currency="USD", start=date(2026, 1, 1), created_at=MOMENT, changed_at=MOMENT
    )
    cost = old("CostLine").objects.create(case=case, category="licences", description="All", source="Study")
    late = old("CostLine").objects.create(case=case, category="support", description="Late", confidence="low")
    old("CostLine").objects.create(case=case, category="contingency", description="Nothing")
    benefit = old("BenefitLine").objects.create(case=case, category="revenue_uplift", description="More")
    old("CostAmount").objects.bulk_create(old("CostAmount")(line=cost, year=y, amount=a) for y, a in enumerate(COSTS))
    old("CostAmount").objects.create(line=late, year=2, amount=Decimal("0.07"))
    old("BenefitAmount").objects.bulk_create(
        old("BenefitAmount")(line=benefit, year=year, amount=amount) for year, amount in enumerate(BENEFITS) if amount
    )
    snapshot = {"slug": slug, "figures": "as they were"}
    old("Presentation").objects.create(
        case=case, number=1, presented_by_name="Ada", presented_at=MOMENT, snapshot=snapshot, digest="d" * 64
    )
    objective = old("Objective").objects.create(case=case, title="Sell more")
    old("Kpi").objects.create(objective=objective, name="Deals", unit="deals", baseline_value=Decimal("4.2500"))
    return case.pk


def _amounts(old: Any) -> list[Any]:
    rows = [*old("CostAmount").objects.all(), *old("BenefitAmount").objects.all()]
    presented = [(row.digest, row.number, row.snapshot["slug"]) for row in old("Presentation").objects.all()]
    return sorted((row.line.description, row.year, row.amount) for row in rows) + sorted(presented)


def test_old_case_comes_along_goes_back_and_stays_where_the_old_tables_have_no_room(old):
    """One test, because each way takes its time."""
    number = _fill(old)
    _fill(old, "other")
    before = _amounts(old)
    _migrate(_newest())
    _assert_two_options_with_all_lines_on_the_proposal(Case.objects.get(pk=number))
    apps = _migrate(OLD)
    assert _amounts(lambda name: apps.get_model(APP, name)) == before
    _migrate(_newest())
    CostLine.objects.filter(description="Late").update(basis="computed")
    with pytest.raises(RuntimeError, match="Nothing was changed"):
        _migrate(OLD)
    assert CostLine.objects.filter(description="Late").first().amounts == [0, 0, Decimal("0.07")]


def _assert_two_options_with_all_lines_on_the_proposal(case: Case) -> None:
    model = api.case_model(case)
    assert [option.name for option in model.options] == ["Do nothing", "Proposal"]
    assert [option.is_baseline for option in model.options] == [True, False]
    lines = (*model.costs, *model.benefits)
    assert {line.option for line in lines} == {model.preferred.key}
    assert {line.basis for line in lines} == {Basis.AMOUNTS}
    assert [line.description for line in model.costs] == ["All", "Late", "Nothing"]
    assert model.costs[0].amounts == tuple(Decimal(amount) for amount in COSTS)
    assert [line.amounts for line in model.costs[1:]] == [(0, 0, Decimal("0.07")), ()]
    assert round(api.case_sheet(case).figures.npv) == 5_496_170
    version = case.presentations.get().version
    assert (version.number, version.digest, version.made_by_name) == (1, "d" * 64, "Ada")
    assert version.snapshot == {"slug": case.slug, "figures": "as they were"}
    kpi = case.kpis.get()
    assert (kpi.name, kpi.baseline_value, kpi.objective.title) == ("Deals", Decimal("4.25"), "Sell more")
    keys = [line.key for line in CostLine.objects.all()]
    assert len(set(keys)) == len(keys) == 6


BEFORE_NAMES = [(APP, "0019_exports")]


@pytest.fixture
def newest_afterwards() -> Iterator[None]:
    yield
    _migrate(_newest())


def test_numbers_of_named_inputs_stay_with_their_lines_on_the_way_back(newest_afterwards):
    hour = NamedInput("hour", "Hour", Estimate.pert(30, 40, 60), InputKind.MONEY, source="HR", is_placeholder=True)
    of_hour = Estimate(named="hour")
    saved = {"people": ONE, "hours_per_person_month": ONE, "hourly_cost": of_hour, "productive_share": ONE}
    case = make_case()
    for value in (
        hour,
        CostLineValue("work", CostCategory.SUPPORT, "Work", price=of_hour),
        CostLineValue("seats", CostCategory.LICENCES, "Seats", price=ONE),
        BenefitLineValue("time", BenefitCategory.TIME_SAVED, "Time", inputs=saved),
    ):
        api.add_item(actor=SYSTEM, case=case, value=value)
    apps = _migrate(BEFORE_NAMES)
    costs = {row.key: row for row in apps.get_model(APP, "CostLine").objects.all()}
    benefit = apps.get_model(APP, "BenefitLine").objects.get()
    assert (costs["work"].price, costs["work"].is_placeholder) == (hour.estimate, True)
    assert (costs["seats"].price, costs["seats"].is_placeholder) == (ONE, False)
    assert (benefit.inputs["hourly_cost"], benefit.is_placeholder) == (hour.estimate, True)
    _migrate(_newest())
    model = api.case_model(Case.objects.get(pk=case.pk))
    assert model.named == ()
    assert all(estimate.named == "" for _, estimate in model.fields())


BEFORE_SOURCES = [(APP, "0023_what_was_presented")]


def test_cases_of_before_sources_of_terms_and_saved_learner_time_come_along_and_go_back(newest_afterwards):
    case = make_case(tax_rate=Decimal("0.25"))
    saved = BenefitLineValue("time", BenefitCategory.CUSTOM, "Time", inputs={"yearly_amount": Estimate.fixed(1200)})
    api.add_item(actor=SYSTEM, case=case, value=saved)
    npv = api.case_sheet(case).figures.npv
    apps = _migrate(BEFORE_SOURCES)
    assert apps.get_model(APP, "Case").objects.get(pk=case.pk).tax_rate == Decimal("0.25")
    _migrate(_newest())
    sheet = api.case_sheet(Case.objects.get(pk=case.pk))
    assert sheet.figures.npv == npv
    assert (sheet.model.rate_source, sheet.model.rate_confidence) == ("", None)
    assert not sheet.model.benefits[0].saves_learner_time
    parts = {gap.part for gap in api.missing_from_case(sheet)}
    assert parts >= {MissingPart.RATE_SOURCE, MissingPart.TAX_SOURCE}
