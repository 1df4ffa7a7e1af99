"""Costs of the demo case: those of the proposal, of renewing the old tools, and of doing nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mycelia.business_case.types import Confidence, CostCategory, CostLine, Driver, Estimate, Recurrence, Timing
from mycelia.demo.loading.case.inputs import of

THREE = Estimate.triangular
LIVE, ONCE = Timing(start_milestone="live"), Recurrence.ONE_OFF
MONTHLY, YEARLY = Recurrence.MONTHLY, Recurrence.YEARLY


LEARNING, INFORMATION, SERVICE = "PPL-LEA.AAL", "PPL-INF.AAL", "SAL-SER.DUN"
CENTRES = {
    **dict.fromkeys(("integration", "security", "migration", "servers", "backup", "health-check"), INFORMATION),
    **dict.fromkeys(("renew-connect", "renew-support", "helpdesk"), INFORMATION),
    **dict.fromkeys(
        ("project", "first-courses", "media", "campaign", "briefings", "renewal", "administration"), LEARNING
    ),
    **dict.fromkeys(("meeting-rooms", "images", "renew-licences", "price-rise"), LEARNING),
    "mentors": SERVICE,
}
"""Who pays, in the cost centres of the company; learning time and the reserve are nobody's yet."""


def _cost(key: str, category: CostCategory, what: str, source: str, **stated: Any) -> CostLine:
    centre = CENTRES.get(key, "")
    return CostLine(f"cost-{key}", category, what, source=f"{source} (invented)", cost_centre=centre, **stated)


def costs(nothing: str, proposal: str, renewal: str) -> tuple[CostLine, ...]:
    """Return all cost lines, each of its option."""
    own = [*_once(), *_running(), *_people()]
    proposed = [_of(proposal, line) for line in own]
    return (*proposed, *(_of(renewal, line) for line in _renewal()), *(_of(nothing, line) for line in _nothing()))


def _of(option: str, line: CostLine) -> CostLine:
    return CostLine(**{**vars(line), "option": option})


def _once() -> list[CostLine]:
    go, install = Timing(start_milestone="go-ahead"), Timing(start_milestone="install")
    day = {"unit": "days", "recurrence": ONCE}
    return [
        _cost("project", CostCategory.INTERNAL_LABOUR, "Project until everybody can learn", "Resource plan",
              quantity=THREE(95, 115, 160), price=THREE(380, 400, 430), **day),
        _cost("integration", CostCategory.INTEGRATION, "Sign-on, people file and intranet", "Quotation Q-118",
              quantity=THREE(12, 16, 28), price=Estimate.fixed(960), timing=install,
              confidence=Confidence.HIGH, **day),
        _cost("security", CostCategory.EXTERNAL_SERVICES, "Independent security review", "Quotation Q-121",
              price=THREE(6200, 6900, 9000), timing=install, confidence=Confidence.HIGH),
        _cost("migration", CostCategory.MIGRATION, "Records out of the old tools", "Estimate by IT",
              quantity=THREE(10, 14, 32), price=Estimate.fixed(600), timing=Timing(start_milestone="records"),
              confidence=Confidence.LOW, **day),
        _cost("first-courses", CostCategory.CONTENT_DEVELOPMENT, "First twelve courses", "Time sheets of four courses",
              driver=Driver.CONTENT_HOURS, quantity=THREE(30, 40, 65), price=of("design-hour"), unit="hours of work",
              timing=go),
        _cost("media", CostCategory.CONTENT_DEVELOPMENT, "Films from the workshop", "Two offers",
              quantity=THREE(6, 8, 10), price=THREE(700, 850, 1200), unit="films", timing=go),
        _cost("campaign", CostCategory.CHANGE_AND_COMMUNICATION, "Opening campaign", "Plan of the learning team",
              price=THREE(4000, 5000, 7500), timing=LIVE),
        _cost("briefings", CostCategory.CHANGE_AND_COMMUNICATION, "Managers' briefings", "Plan of the learning team",
              quantity=THREE(10, 14, 18), price=Estimate.fixed(260), unit="briefings",
              timing=Timing(start_milestone="managers")),
        _cost("contingency", CostCategory.CONTINGENCY, "Reserve for the project", "Rule of the finance department",
              price=Estimate.fixed(8000), timing=go, confidence=Confidence.HIGH),
    ]  # fmt: skip


def _running() -> list[CostLine]:
    return [
        _cost("servers", CostCategory.INFRASTRUCTURE, "Two servers", "IT price list", quantity=Estimate.fixed(2),
              price=THREE(150, 160, 185), unit="servers", recurrence=MONTHLY, timing=Timing(start_milestone="install"),
              confidence=Confidence.HIGH),
        _cost("backup", CostCategory.INFRASTRUCTURE, "Backup and monitoring", "IT price list",
              price=Estimate.fixed(960), recurrence=YEARLY, timing=LIVE, confidence=Confidence.HIGH),
        _cost("meeting-rooms", CostCategory.LICENCES, "Rooms for live sessions", "Offer of two suppliers",
              driver=Driver.ACTIVE_LEARNERS, price=THREE("0.35", "0.45", "0.70"), unit="active learners",
              recurrence=MONTHLY, timing=LIVE),
        _cost("images", CostCategory.LICENCES, "Picture library", "Price list", price=Estimate.fixed(540),
              recurrence=YEARLY, confidence=Confidence.HIGH),
        _cost("renewal", CostCategory.CONTENT_DEVELOPMENT, "Courses renewed each year", "Time sheets of four courses",
              driver=Driver.CONTENT_HOURS, quantity=THREE(8, 12, 22), price=of("design-hour"), unit="hours of work",
              recurrence=YEARLY, timing=LIVE),
        _cost("helpdesk", CostCategory.SUPPORT, "Help desk, by active learner", "Tickets of the old tools",
              driver=Driver.ACTIVE_LEARNERS, quantity=THREE("0.4", "0.6", "1.1"), price=Estimate.fixed(14),
              unit="tickets a year", recurrence=YEARLY, timing=LIVE, confidence=Confidence.LOW),
        _cost("health-check", CostCategory.EXTERNAL_SERVICES, "Yearly health check", "Quotation Q-121",
              price=THREE(1800, 2200, 3000), recurrence=YEARLY, timing=LIVE),
    ]  # fmt: skip


def _people() -> list[CostLine]:
    return [
        _cost("administration", CostCategory.SUPPORT, "Administration, a third of a position", "Cost centre plan",
              quantity=THREE("0.25", "0.33", "0.5"), price=of("position"), unit="positions", recurrence=MONTHLY,
              timing=LIVE),
        _cost("mentors", CostCategory.INTERNAL_LABOUR, "Mentors' time", "Estimate by service and production",
              quantity=THREE(10, 16, 28), price=Estimate.fixed(48), unit="hours a month", recurrence=MONTHLY,
              timing=LIVE, confidence=Confidence.LOW),
        _cost("learning-time", CostCategory.LEARNER_TIME, "Learning time, fully loaded", "Platform's time records",
              driver=Driver.ACTIVE_LEARNERS, quantity=THREE("2.5", 4, 6), price=of("work-hour"), unit="hours a year",
              recurrence=YEARLY, timing=LIVE),
        _cost("pilot-time", CostCategory.LEARNER_TIME, "Learning time in the pilot", "Plan of the pilot",
              quantity=THREE(80, 120, 160), price=of("work-hour"), unit="hours",
              timing=Timing(start_milestone="pilot")),
    ]  # fmt: skip


def _renewal() -> list[CostLine]:
    return [
        _cost("renew-licences", CostCategory.LICENCES, "New contracts for all three tools", "Suppliers' letters",
              driver=Driver.HEADCOUNT, price=THREE(3, "3.4", "4.2"), unit="people", recurrence=MONTHLY),
        _cost("renew-connect", CostCategory.INTEGRATION, "Connect the three tools", "Estimate by IT",
              price=THREE(22000, 30000, 55000), confidence=Confidence.LOW),
        _cost("renew-support", CostCategory.SUPPORT, "Administration of three tools", "Cost centre plan",
              quantity=Estimate.fixed("0.7"), price=of("position"), unit="positions", recurrence=MONTHLY),
    ]  # fmt: skip


def _nothing() -> list[CostLine]:
    return [
        _cost("price-rise", CostCategory.LICENCES, "Announced rise of the old tools' prices", "Suppliers' letters",
              price=THREE(3500, 4200, 6000), recurrence=YEARLY, timing=Timing(start_month=7),
              escalation_per_year=Decimal("0.05")),
    ]  # fmt: skip
