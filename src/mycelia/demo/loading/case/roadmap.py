"""Phases and work items of the demo case."""

from __future__ import annotations

from decimal import Decimal

from mycelia.business_case.types import Dependency, Estimate, Phase, Resource, WorkItem

PHASES = (
    Phase("phase-prepare", "Prepare"),
    Phase("phase-build", "Build"),
    Phase("phase-roll-out", "Roll out"),
    Phase("phase-settle", "Settle"),
)
_PREPARE, _BUILD, _ROLL_OUT, _SETTLE = (phase.key for phase in PHASES)


def work_items() -> tuple[WorkItem, ...]:
    """Return the roadmap; durations are working days."""

    def item(key: str, title: str, days: tuple[int, int, int], phase: str, *needs: str, **stated: object) -> WorkItem:
        links = tuple(Dependency(need) for need in needs)
        duration = Estimate.pert(*days)
        return WorkItem(key, title, duration, phase, depends_on=links, **stated)  # type: ignore[arg-type]

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
