"""Benefits of the demo case, by different builders."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from mycelia.business_case.types import (
    BenefitCategory,
    BenefitLine,
    Confidence,
    Estimate,
    EvidenceGrade,
    IsolationMethod,
    Timing,
)
from mycelia.demo.loading.case.inputs import of

THREE = Estimate.triangular
CLAIMED = {"visits": Decimal("4.2"), "onboarding": Decimal(10)}
"""How far the KPIs move that benefits claim."""
LIVE = Timing(start_milestone="live")


def _benefit(key: str, category: BenefitCategory, what: str, source: str, **stated: Any) -> BenefitLine:
    return BenefitLine(f"benefit-{key}", category, what, source=f"{source} (invented)", **{"timing": LIVE, **stated})


def benefits(people: int, proposal: str, renewal: str, kpis: dict[str, str]) -> tuple[BenefitLine, ...]:
    """Return all benefit lines; `kpis` are keys by what they measure."""
    own = [*_saved(people, kpis), *_avoided(people, kpis)]
    renewed = _benefit(
        "renew-time", BenefitCategory.TIME_SAVED, "One search over three tools", "Estimate by IT",
        inputs={"people": THREE(people // 4, people // 3, people // 2),
                "hours_per_person_month": THREE("0.1", "0.2", "0.4"),
                "hourly_cost": of("work-hour"), "productive_share": Estimate.fixed("0.5")},
        timing=Timing(start_month=6), isolation_method=IsolationMethod.EXPERT_ESTIMATE, isolation=Estimate.fixed("0.6"),
        confidence_factor=THREE("0.3", "0.5", "0.7"), evidence_grade=EvidenceGrade.EXPERT, confidence=Confidence.LOW,
    )  # fmt: skip
    return (*(replace(line, option=proposal) for line in own), replace(renewed, option=renewal))


def _saved(people: int, kpis: dict[str, str]) -> list[BenefitLine]:
    return [
        _benefit("old-tools", BenefitCategory.RETIRED_SYSTEMS, "Three tools no longer paid for", "Contracts that end",
                 inputs={"yearly_cost": THREE(46000, 49000, 51000)}, timing=Timing(start_milestone="old-tools-off"),
                 isolation_method=IsolationMethod.DIRECT, evidence_grade=EvidenceGrade.BEFORE_AFTER,
                 confidence=Confidence.HIGH),
        _benefit("travel", BenefitCategory.TRAVEL_AVOIDED, "Classroom trips replaced", "Travel expenses of the year",
                 inputs={"trips_per_year": THREE(170, 210, 240), "cost_per_trip": THREE(280, 340, 420),
                         "share_avoided": THREE("0.4", "0.6", "0.7")},
                 follows_case_adoption=True, isolation_method=IsolationMethod.TREND_LINE,
                 isolation=Estimate.fixed("0.9"), evidence_grade=EvidenceGrade.BEFORE_AFTER),
        _benefit("search", BenefitCategory.TIME_SAVED, "Answers found at the moment of need", "Survey of 60 people",
                 inputs={"people": of("people"), "hours_per_person_month": THREE("0.4", "1.0", "1.8"),
                         "hourly_cost": of("work-hour"), "productive_share": THREE("0.3", "0.5", "0.6")},
                 follows_case_adoption=True, ramp_months=6, isolation_method=IsolationMethod.PARTICIPANT_ESTIMATE,
                 isolation=THREE("0.4", "0.6", "0.8"), confidence_factor=THREE("0.4", "0.6", "0.8"),
                 evidence_grade=EvidenceGrade.EXPERT, confidence=Confidence.LOW),
        _benefit("onboarding", BenefitCategory.TIME_TO_PROFICIENCY, "New colleagues productive sooner",
                 "Onboarding checklists",
                 inputs={"hires_per_year": THREE(people // 10, people // 7, people // 5),
                         "weeks_saved": THREE("1.0", "2.5", "4.0"), "weekly_cost": Estimate.fixed(1150),
                         "productivity_gap": THREE("0.3", "0.5", "0.6")},
                 ramp_months=3, isolation_method=IsolationMethod.MANAGER_ESTIMATE, isolation=THREE("0.4", "0.5", "0.7"),
                 confidence_factor=THREE("0.6", "0.7", "0.9"), evidence_grade=EvidenceGrade.BEFORE_AFTER,
                 kpi=kpis["onboarding"], claimed_movement=CLAIMED["onboarding"]),
    ]  # fmt: skip


def _avoided(people: int, kpis: dict[str, str]) -> list[BenefitLine]:
    return [
        _benefit("repeat-visits", BenefitCategory.ERRORS_AVOIDED, "Fewer repeat visits in service",
                 "Difference to comparable depots",
                 inputs={"units_per_year": THREE(7200, 8000, 8600), "error_rate": Estimate.fixed("0.21"),
                         "relative_reduction": THREE("0.12", "0.22", "0.29"), "cost_per_error": THREE(240, 310, 380)},
                 follows_case_adoption=True, isolation_method=IsolationMethod.CONTROL_GROUP,
                 isolation=THREE("0.5", "0.7", "0.85"), kpi=kpis["visits"], claimed_movement=CLAIMED["visits"],
                 evidence_grade=EvidenceGrade.COMPARISON),
        _benefit("incidents", BenefitCategory.INCIDENTS_AVOIDED, "Fewer security incidents", "Insurer's table",
                 inputs={"incidents_per_year": THREE("0.8", "1.5", "2.5"), "expected_loss": THREE(8000, 15000, 40000),
                         "relative_reduction": THREE("0.1", "0.25", "0.4")},
                 isolation_method=IsolationMethod.EXPERT_ESTIMATE, isolation=THREE("0.5", "0.7", "0.9"),
                 confidence_factor=THREE("0.4", "0.6", "0.8"), evidence_grade=EvidenceGrade.EXPERT,
                 confidence=Confidence.LOW),
        _benefit("turnover", BenefitCategory.TURNOVER_AVOIDED, "Fewer people leave in their first two years",
                 "Exit interviews",
                 inputs={"headcount": Estimate.fixed(max(people // 6, 1)),
                         "leavers_rate_per_year": THREE("0.10", "0.14", "0.18"),
                         "relative_reduction": THREE("0.02", "0.06", "0.12"),
                         "cost_per_leaver": THREE(9000, 14000, 22000)},
                 ramp_months=12, isolation_method=IsolationMethod.FORECASTING, isolation=THREE("0.2", "0.4", "0.6"),
                 evidence_grade=EvidenceGrade.EXPERT, confidence=Confidence.LOW),
        _benefit("upgrades", BenefitCategory.REVENUE_UPLIFT, "Service people recommend more upgrades",
                 "Sales of two depots",
                 inputs={"revenue_per_year": THREE(760000, 840000, 900000), "uplift": THREE("0.01", "0.04", "0.07"),
                         "contribution_margin": Estimate.fixed("0.32")},
                 follows_case_adoption=True, ramp_months=9, isolation_method=IsolationMethod.CONTROL_GROUP,
                 isolation=THREE("0.4", "0.6", "0.8"), evidence_grade=EvidenceGrade.COMPARISON),
        _benefit("pride", BenefitCategory.CUSTOM, "People are proud of what they can do", "Pulse survey",
                 inputs={"yearly_amount": Estimate.fixed(0)}, is_intangible=True),
    ]  # fmt: skip
