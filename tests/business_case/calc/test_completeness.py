"""The gate in front of the committee."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mycelia.business_case.calc import case_figures, missing_from, missing_from_case
from mycelia.business_case.types import (
    Actual,
    CaseDocument,
    CaseModel,
    CaseSheet,
    Confidence,
    Direction,
    KpiSheet,
    LineSheet,
    Missing,
    MissingPart,
    ObjectiveSheet,
    SourceKind,
    YearlyFlows,
)

COMPLETE = KpiSheet(
    id=7,
    name="People who completed Golf",
    unit="people",
    direction=Direction.RISE,
    baseline_value=Decimal(0),
    baseline_date=date(2026, 1, 1),
    baseline_evidence="The course did not exist",
    target_value=Decimal(200),
    target_date=date(2026, 12, 31),
    owner_name="Ada Okafor",
    source_kind=SourceKind.PLATFORM,
    metric_id="course_completions_by_date",
    actual=Actual("course_completions_by_date", 1, Decimal(12), datetime(2026, 6, 1, tzinfo=UTC)),
)
MANUAL = replace(
    COMPLETE, source_kind=SourceKind.MANUAL, metric_id="", actual=None, manual_evidence="Payroll report, March"
)


def case(*objectives: ObjectiveSheet, amount: int = 10, is_counted: bool = True) -> CaseSheet:
    amounts = (Decimal(amount),)
    line = LineSheet(1, "Licences", "", "Offer", Confidence.HIGH, amounts, is_counted=is_counted)
    flows = YearlyFlows((Decimal(amount),), (Decimal(amount),))
    return CaseSheet(
        slug="demo",
        name="Demo",
        summary="",
        currency="EUR",
        start=date(2026, 1, 1),
        horizon_months=36,
        rate_per_year=Decimal("0.1"),
        is_short_programme=False,
        is_synthetic=False,
        owner_name="",
        unit_name="",
        document=CaseDocument("demo", "Demo", CaseModel("EUR", date(2026, 1, 1), rate_source="Finance department")),
        options=(),
        objectives=objectives,
        costs=(line,),
        benefits=(line,),
        flows=flows,
        figures=case_figures(flows, rate_per_year=Decimal("0.1")),
        as_of=datetime(2026, 6, 1, tzinfo=UTC),
    )


def test_complete_kpis_lack_nothing():
    assert missing_from(COMPLETE) == ()
    assert missing_from(MANUAL) == ()


@pytest.mark.parametrize(
    ("absent", "part"),
    [
        ({"baseline_value": None}, MissingPart.BASELINE_VALUE),
        ({"baseline_date": None}, MissingPart.BASELINE_DATE),
        ({"baseline_evidence": " "}, MissingPart.BASELINE_EVIDENCE),
        ({"target_value": None}, MissingPart.TARGET_VALUE),
        ({"target_date": None}, MissingPart.TARGET_DATE),
        ({"owner_name": " "}, MissingPart.OWNER),
        ({"owner_is_active": False}, MissingPart.OWNER_INACTIVE),
        ({"source_kind": None}, MissingPart.SOURCE),
        ({"actual": None}, MissingPart.SOURCE_METRIC),
        ({"source_kind": SourceKind.MANUAL}, MissingPart.SOURCE_EVIDENCE),
    ],
)
def test_kpi_without_one_part_lacks_exactly_that_part(absent, part):
    assert missing_from(replace(COMPLETE, **absent)) == (part,)


def test_baseline_of_zero_is_a_baseline():
    assert missing_from(replace(COMPLETE, baseline_value=Decimal(0))) == ()


def test_case_without_objectives_cannot_be_presented():
    assert missing_from_case(case()) == (Missing(MissingPart.OBJECTIVES),)


def test_objective_without_kpi_is_named():
    sheet = case(ObjectiveSheet(3, "Grow"), ObjectiveSheet(4, "Save", kpis=(COMPLETE,)))
    assert missing_from_case(sheet) == (Missing(MissingPart.KPI, 3, None, "Grow"),)


def test_every_gap_of_an_incomplete_kpi_is_listed():
    bare = KpiSheet(id=9, name="Errors", unit="", direction=Direction.FALL)
    parts = [gap.part for gap in missing_from_case(case(ObjectiveSheet(3, "Grow", kpis=(bare,))))]
    assert parts == [
        MissingPart.BASELINE_VALUE,
        MissingPart.BASELINE_DATE,
        MissingPart.BASELINE_EVIDENCE,
        MissingPart.TARGET_VALUE,
        MissingPart.TARGET_DATE,
        MissingPart.OWNER,
        MissingPart.SOURCE,
    ]


def test_second_incomplete_kpi_does_not_stop_a_complete_objective():
    bare = KpiSheet(id=9, name="Errors", unit="", direction=Direction.FALL)
    assert missing_from_case(case(ObjectiveSheet(3, "Grow", kpis=(bare, COMPLETE)))) == ()


def test_case_without_amounts_cannot_be_presented():
    gaps = missing_from_case(case(ObjectiveSheet(3, "Grow", kpis=(COMPLETE,)), amount=0))
    assert [gap.part for gap in gaps] == [MissingPart.COSTS, MissingPart.BENEFITS]


def test_lines_that_the_figures_do_not_contain_are_no_amounts():
    gaps = missing_from_case(case(ObjectiveSheet(3, "Grow", kpis=(COMPLETE,)), is_counted=False))
    assert [gap.part for gap in gaps] == [MissingPart.COSTS, MissingPart.BENEFITS]
