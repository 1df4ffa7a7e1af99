"""Chairs before people: the tree of units and who reports to which chair."""

from __future__ import annotations

from dataclasses import dataclass

from mycelia.demo.design.organisation import COMPANY_NAME, DEPARTMENTS, DIVISIONS, HEAD_OFFICE, ROOT_CODE, SITE_BY_CODE
from mycelia.demo.types import Department, Division, Unit

TEAM_SIZE = 9


@dataclass(frozen=True, slots=True)
class Slot:
    """A chair; `manager` is the index of the chair it reports to, `leads` whether others report to it."""

    unit_code: str
    position: str
    site_code: str
    manager: int | None
    leads: bool


def headcounts(people: int) -> dict[str, int]:
    """Return how many chairs each department has, by largest remainder; the heads above departments come off first.

    Args:
        people: All chairs of the company, at least the smallest company.
    """
    available = people - 1 - len(DIVISIONS)
    total_share = sum(department.share for department in DEPARTMENTS)
    exact = {d.code: d.share / total_share * available for d in DEPARTMENTS}
    counts = {code: int(value) for code, value in exact.items()}
    left = available - sum(counts.values())
    for code in sorted(exact, key=lambda code: counts[code] - exact[code])[:left]:
        counts[code] += 1
    return counts


def lay_out(people: int) -> tuple[list[Unit], list[Slot]]:
    """Return the units, parents first, and the chairs, managers before their reports."""
    counts = headcounts(people)
    units = [Unit(ROOT_CODE, COMPANY_NAME, None, HEAD_OFFICE)]
    slots = [Slot(ROOT_CODE, "Chief executive officer", HEAD_OFFICE, None, True)]
    for division in DIVISIONS:
        units.append(Unit(division.code, division.name, ROOT_CODE, HEAD_OFFICE))
        slots.append(Slot(division.code, division.head_title, HEAD_OFFICE, 0, True))
        _lay_out_division(division, len(slots) - 1, counts, units, slots)
    return units, slots


def _lay_out_division(
    division: Division, head: int, counts: dict[str, int], units: list[Unit], slots: list[Slot]
) -> None:
    for department in division.departments:
        site = department.sites[0]
        units.append(Unit(department.code, department.name, division.code, site))
        slots.append(Slot(department.code, department.head_title, site, head, True))
        _lay_out_teams(department, counts[department.code] - 1, units, slots)


def _lay_out_teams(department: Department, members: int, units: list[Unit], slots: list[Slot]) -> None:
    head = len(slots) - 1
    if members <= TEAM_SIZE + 3:
        slots.extend(_members(department, department.code, department.sites[0], head, members))
        return
    teams = -(-members // (TEAM_SIZE + 1))
    for index in range(teams):
        size = members // teams + (1 if index < members % teams else 0)
        site = department.sites[index % len(department.sites)]
        code = f"{department.code}-{index + 1:02d}"
        name = f"{department.name} {SITE_BY_CODE[site].name} {index // len(department.sites) + 1}"
        units.append(Unit(code, name, department.code, site))
        slots.append(Slot(code, department.lead_title, site, head, True))
        slots.extend(_members(department, code, site, len(slots) - 1, size - 1))


def _members(department: Department, unit_code: str, site: str, lead: int, count: int) -> list[Slot]:
    titles = department.member_titles
    return [Slot(unit_code, titles[index % len(titles)], site, lead, False) for index in range(count)]
