"""Phases and work items of the demo case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from mycelia.business_case.types import Dependency, Estimate, Phase, Resource, WorkItem

PHASES = (
    Phase("phase-prepare", "Prepare"),
    Phase("phase-build", "Build"),
    Phase("phase-roll-out", "Roll out"),
    Phase("phase-settle", "Settle"),
)
_PREPARE, _BUILD, _ROLL_OUT, _SETTLE = (phase.key for phase in PHASES)
LATE_DAYS: Mapping[str, int] = {
    "requirements": 2, "contracts": 6, "go-ahead": 6, "install": 7, "sign-on": 9, "records": 7, "courses": 10,
    "access": 10, "pilot": 12, "managers": 9, "live": 12, "support": 13, "switch-off": 16, "old-tools-off": 16,
    "review": 14, "settled": 16,
}  # fmt: skip
"""By how many days each item came later than expected."""
_SATURDAY = 5


def finished_on(key: str, expected: date) -> date:
    """Return the working day on which an item really was finished."""
    day = expected + timedelta(days=LATE_DAYS[key])
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= _SATURDAY else day


def work_items(option: str) -> tuple[WorkItem, ...]:
    """Return the roadmap of an option; durations are working days."""

    def item(key: str, title: str, days: tuple[int, int, int], phase: str, *needs: str, **stated: object) -> WorkItem:
        links = tuple(Dependency(need) for need in needs)
        duration = Estimate.pert(*days)
        source = "" if stated.get("is_milestone") else "Estimate of those who do it (invented)"
        return WorkItem(key, title, duration, phase, depends_on=links, option=option, source=source, **stated)  # type: ignore[arg-type]

    def milestone(key: str, title: str, phase: str, *needs: str) -> WorkItem:
        return item(key, title, (0, 0, 0), phase, *needs, is_milestone=True)

    two = (Resource("Developer", Decimal(2), "people"),)
    one = (Resource("Learning designer", Decimal(1), "person"),)
    return (
        item("requirements", "Needs of service, sales and production", (8, 12, 25), _PREPARE, owner="Learning team"),
        item("contracts", "Contracts and data protection", (10, 15, 40), _PREPARE, "requirements", owner="Legal"),
        milestone("go-ahead", "Go-ahead", _PREPARE, "contracts"),
        item("install", "Install and secure", (5, 8, 15), _BUILD, "go-ahead", resources=two, owner="IT"),
        item("sign-on", "Connect sign-on and people file", (5, 10, 25), _BUILD, "install", resources=two, owner="IT"),
        item("records", "Move records out of the old tools", (10, 20, 45), _BUILD, "install", owner="IT"),
        item("courses", "First twelve courses", (30, 45, 80), _BUILD, "go-ahead", resources=one, owner="Learning team"),
        item("access", "Accessibility review", (4, 6, 12), _BUILD, "courses"),
        item("pilot", "Pilot in two depots", (15, 20, 30), _ROLL_OUT, "sign-on", "access", owner="Service"),
        item("managers", "Brief the managers", (5, 8, 12), _ROLL_OUT, "sign-on", owner="Learning team"),
        milestone("live", "Everybody can learn", _ROLL_OUT, "pilot", "managers", "records"),
        item("support", "Support at arm's length", (20, 25, 35), _SETTLE, "live", owner="IT"),
        item("switch-off", "Switch the three old tools off", (5, 10, 30), _SETTLE, "live", owner="IT"),
        milestone("old-tools-off", "Old tools are off", _SETTLE, "switch-off"),
        item("review", "Review with the works council", (3, 5, 10), _SETTLE, "support", owner="Talent"),
        milestone("settled", "Part of daily work", _SETTLE, "review", "old-tools-off"),
    )
