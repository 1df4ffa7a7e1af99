"""A whole case by hand: three options, every kind of line, every shape of estimate, a roadmap, tax."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from mycelia.business_case.calc.performance import performance
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.queries.options import option_sheets
from mycelia.business_case.types import (
    Adoption,
    AdoptionKind,
    Basis,
    BenefitCategory,
    BenefitLine,
    Booking,
    CalendarKind,
    CaseDocument,
    CaseModel,
    CaseSheet,
    Confidence,
    CostCategory,
    CostLine,
    Dependency,
    Driver,
    Drivers,
    Estimate,
    EvidenceGrade,
    InputKind,
    IsolationMethod,
    NamedInput,
    Option,
    Performance,
    PlannedBenefit,
    PlannedCosts,
    Recurrence,
    Roadmap,
    Shape,
    Timing,
    WorkItem,
)

HOSTILE = '=HYPERLINK("http://example.com","click")'
MOMENT = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
fixed, triangular, pert = Estimate.fixed, Estimate.triangular, Estimate.pert
OPTIONS = (
    Option("nothing", "Do nothing", is_baseline=True),
    Option("platform", "One platform", is_preferred=True),
    Option("suite", "A bought suite"),
)

NAMED = (
    NamedInput("staff", "People who learn", triangular(900, 1000, 1200), unit="people", source="HR system"),
    NamedInput("hour", "Cost of an hour", pert(45, 55, 60), InputKind.MONEY, source="Finance", is_placeholder=True),
)
STAFF, HOUR = (replace(one.estimate, named=one.key) for one in NAMED)


def decimals(*values: int | str) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


def make_roadmap() -> Roadmap:
    """Return six items: working and elapsed days, lags both ways, a milestone, one finished, one of an option."""
    return Roadmap(
        items=(
            WorkItem("buy", "Procurement", triangular(10, 20, 45), owner="Purchasing"),
            WorkItem("join", "Integration", pert(15, 30, 70), depends_on=(Dependency("buy", 2),), owner="IT"),
            WorkItem(
                *("teach", "Training of authors", fixed("11.5")),
                calendar=CalendarKind.ELAPSED,
                depends_on=(Dependency("buy", -3),),
            ),
            WorkItem(
                *("live", "Go-live", fixed(0)),
                is_milestone=True,
                depends_on=(Dependency("join"), Dependency("teach")),
            ),
            WorkItem(
                *("fit", "Fitting the suite", triangular(3, 5, 9)),
                option="suite",
                depends_on=(Dependency("live"),),
                earliest_start=date(2026, 7, 4),
            ),
            WorkItem("ask", "Survey of needs", fixed(3), finished_on=date(2026, 2, 15)),
        ),
        working_weekdays=(0, 1, 2, 3),
        holidays=(date(2026, 4, 6), date(2026, 5, 1)),
    )


def make_costs() -> tuple[CostLine, ...]:
    """Return costs with every driver, recurrence and basis."""
    return (
        CostLine(
            *("seats", CostCategory.LICENCES, "Seats"),
            driver=Driver.ACTIVE_LEARNERS,
            price=triangular(2, 3, 5),
            recurrence=Recurrence.MONTHLY,
            timing=Timing(1, start_milestone="live"),
            option="platform",
            source="Offer of 3 March",
            confidence=Confidence.HIGH,
        ),
        CostLine(
            *("link", CostCategory.INTEGRATION, HOSTILE),
            quantity=pert(20, 30, 60),
            unit="days",
            price=Estimate(Shape.LOGNORMAL, Decimal(700), None, Decimal(1200)),
            timing=Timing(2),
            option="platform",
            source="@SUM(A1)",
        ),
        CostLine(
            *("time", CostCategory.LEARNER_TIME, "Time of learners"),
            driver=Driver.HEADCOUNT,
            quantity=fixed(2),
            unit="hours",
            price=Estimate(Shape.LIST, values=decimals(30, 35, 44)),
            recurrence=Recurrence.YEARLY,
            escalation_per_year=Decimal("0.03"),
        ),
        CostLine(
            *("help", CostCategory.SUPPORT, "Support"),
            basis=Basis.AMOUNTS,
            amounts=decimals(1000, 12000, "12000.55"),
            risk_adjustment=Decimal("0.1"),
            spread=triangular("0.9", 1, "1.4"),
        ),
        CostLine(
            *("make", CostCategory.CONTENT_DEVELOPMENT, "Content"),
            driver=Driver.CONTENT_HOURS,
            quantity=triangular(20, 40, 80),
            unit="hours per hour",
            price=HOUR,
            option="platform",
            timing=Timing(1),
        ),
        CostLine(
            *("old", CostCategory.LICENCES, "Old platform until go-live"),
            price=fixed(5000),
            recurrence=Recurrence.YEARLY,
            timing=Timing(0, end_milestone="live"),
        ),
        CostLine(
            *("suite", CostCategory.LICENCES, "Suite"),
            driver=Driver.ACTIVE_LEARNERS,
            price=triangular(30, 40, 60),
            recurrence=Recurrence.MONTHLY,
            timing=Timing(0, start_milestone="fit"),
            option="suite",
            is_placeholder=True,
        ),
    )


def make_benefits() -> tuple[BenefitLine, ...]:
    """Return benefits with every kind of adoption, a ramp, trust factors and an intangible."""
    return (
        BenefitLine(
            *("hours", BenefitCategory.TIME_SAVED, "Hours not spent searching"),
            inputs={
                "people": STAFF,
                "hours_per_person_month": triangular("0.5", 1, 2),
                "hourly_cost": HOUR,
                "productive_share": fixed("0.5"),
            },
            follows_case_adoption=True,
            ramp_months=6,
            isolation=triangular("0.4", "0.6", "0.7"),
            isolation_method=IsolationMethod.CONTROL_GROUP,
            confidence_factor=fixed("0.8"),
            evidence_grade=EvidenceGrade.COMPARISON,
            timing=Timing(4),
            source="Pilot in sales",
        ),
        BenefitLine(
            *("retired", BenefitCategory.RETIRED_SYSTEMS, "Old platform switched off"),
            inputs={"yearly_cost": pert(45000, 60000, 70000)},
            timing=Timing(2, start_milestone="live"),
            adoption=Adoption(AdoptionKind.LOGISTIC, tempo=triangular("0.8", 1, "1.1")),
            option="platform",
        ),
        BenefitLine(
            *("mood", BenefitCategory.CUSTOM, "People like it"),
            inputs={"yearly_amount": fixed(60000)},
            is_intangible=True,
        ),
        BenefitLine(
            *("trips", BenefitCategory.TRAVEL_AVOIDED, "Trips"),
            inputs={
                "trips_per_year": fixed(400),
                "cost_per_trip": Estimate(Shape.LIST, values=decimals(290, 300, 310, 320, 330, 900)),
                "share_avoided": triangular("0.1", "0.3", "0.5"),
            },
            adoption=Adoption(AdoptionKind.STEPS, steps=((0, Decimal("0.1")), (6, Decimal("0.5")), (18, Decimal(1)))),
            risk_adjustment=Decimal("0.2"),
            saves_learner_time=True,
        ),
        BenefitLine(
            *("sales", BenefitCategory.REVENUE_UPLIFT, "Sales"),
            basis=Basis.AMOUNTS,
            amounts=decimals(0, 10000, 30000, 50000),
            isolation=triangular("0.3", "0.5", "0.9"),
            option="platform",
        ),
    )


def make_model(**terms: Any) -> CaseModel:
    """Return the model; terms replace its own."""
    drivers = Drivers(
        headcount=STAFF,
        headcount_growth_per_year=Decimal("0.03"),
        content_hours=fixed(12),
        adoption=Adoption(AdoptionKind.BASS, ceiling=pert("0.6", "0.8", "0.95")),
        adoption_start=2,
    )
    whole = CaseModel(
        currency="EUR",
        start=date(2026, 1, 31),
        horizon_months=36,
        rate_per_year=Decimal("0.08"),
        inflation_per_year=Decimal("0.02"),
        tax_rate=Decimal("0.25"),
        drivers=drivers,
        options=OPTIONS,
        costs=make_costs(),
        benefits=make_benefits(),
        roadmap=make_roadmap(),
        named=NAMED,
    )
    return replace(whole, **terms)


def make_sheet(model: CaseModel, **facts: Any) -> CaseSheet:
    """Return the sheet of a model."""
    stated = {
        "slug": "one-platform",
        "name": "One platform for three",
        "summary": "Three platforms become one.",
        "unit_name": "",
        "owner_name": "Ada Okafor",
        "is_synthetic": True,
        "as_of": MOMENT,
        "objectives": (),
        **facts,
    }
    lines = (*model.costs, *model.benefits)
    options = option_sheets(model, {line.key: number for number, line in enumerate(lines)})
    preferred = next(option for option in options if option.key == model.preferred.key)
    return CaseSheet(
        currency=model.currency,
        start=model.start,
        horizon_months=model.horizon_months,
        rate_per_year=model.rate_per_year,
        is_short_programme=model.is_short_programme,
        costs=preferred.costs,
        benefits=preferred.benefits,
        flows=preferred.flows,
        figures=preferred.figures,
        document=CaseDocument(stated["slug"], stated["name"], model),
        options=options,
        **stated,
    )


def make_dossier(model: CaseModel | None = None, *, is_draft: bool = True, standing: str = "", **facts: Any) -> Dossier:
    """Return everything computed from a model."""
    sheet = make_sheet(model or make_model(), **facts)
    words = standing or ("Draft of 1 May 2026: not presented" if is_draft else "Presented by Ida Berg on 1 May 2026")
    return Dossier(sheet, is_draft=is_draft, standing=words, digest="" if is_draft else "0" * 64)


def make_performance(sheet: CaseSheet) -> Performance:
    """Return plan and actual of a case three of whose months are closed, with bookings off the plan."""
    costs = [PlannedCosts(str(line.category), line.by_column) for line in sheet.costs if line.is_counted][:2]
    benefits = [
        PlannedBenefit(line.key, line.description, line.by_column, EvidenceGrade.BEFORE_AFTER)
        for line in sheet.benefits
        if line.is_counted
    ]
    bookings = [Booking(sheet.model.start, Decimal("1234.56"), "A-1", category=costs[0].category)] if costs else []
    columns = sheet.model.horizon_months + 1
    return performance(costs, benefits, bookings, start=sheet.model.start, columns=columns, closed=3)
