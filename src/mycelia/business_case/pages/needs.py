"""What is needed, as it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.blueprint_frame import Tab, address, tabs
from mycelia.business_case.pages.blueprint_words import LIFECYCLE_TONES, LIFECYCLES
from mycelia.business_case.pages.readiness import CaseChoice
from mycelia.business_case.pages.readiness_words import RULES, sentence
from mycelia.business_case.types import Needs, RoleNeed, SystemNeed


@dataclass(frozen=True)
class RoleRow:
    """One role or thing."""

    role: str
    peak: str
    days: str
    items: str


@dataclass(frozen=True)
class SystemRow:
    """One system that the target needs."""

    name: str
    url: str
    state: str
    tone: str
    cost: str


@dataclass(frozen=True)
class NeedsPage:
    """Context of "what is needed"."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    cases: tuple[CaseChoice, ...]
    case_name: str
    roles: tuple[RoleRow, ...]
    things: tuple[RoleRow, ...]
    person_days: str
    unstaffed: tuple[str, ...]
    systems: tuple[SystemRow, ...]
    moves: tuple[tuple[str, str, str], ...]
    content_hours: str
    prerequisites: tuple[tuple[str, str, str], ...]


def needs_page(needs: Needs, *, cases: Sequence[Case], case: Case | None, systems: dict[str, int]) -> NeedsPage:
    """Return the page; `systems` are primary keys by key."""
    query = f"?case={case.slug}" if case else ""
    return NeedsPage(
        title=_("What is needed"),
        lead=_(
            "People, systems, content and what has to be settled first: derived from the roadmap and the blueprint."
        ),
        tabs=tabs("needs"),
        cases=tuple(CaseChoice(one.slug, one.name, case is not None and one.pk == case.pk) for one in cases),
        case_name=case.name if case else "",
        roles=tuple(_role(need) for need in needs.roles),
        things=tuple(_role(need) for need in needs.things),
        person_days=formats.number(needs.person_days, places=1),
        unstaffed=needs.unstaffed,
        systems=tuple(_system(need, systems) for need in needs.systems),
        moves=tuple(
            (one.name, ", ".join(one.masters_today) or _("none yet"), ", ".join(one.masters_target))
            for one in needs.moves
        ),
        content_hours="" if not needs.content_hours else formats.number(needs.content_hours, places=1),
        prerequisites=tuple(
            (str(RULES[one.rule]), sentence(one), address("finding", one.key) + query) for one in needs.prerequisites
        ),
    )


def _role(need: RoleNeed) -> RoleRow:
    peak = formats.plain_number(need.peak)
    return RoleRow(
        need.role,
        f"{peak} {need.unit}" if need.unit else peak,
        formats.number(need.days, places=1),
        " · ".join(need.items),
    )


def _system(need: SystemNeed, systems: dict[str, int]) -> SystemRow:
    return SystemRow(
        need.name,
        address("system", systems[need.key]),
        str(LIFECYCLES[need.lifecycle]),
        LIFECYCLE_TONES[need.lifecycle],
        "" if need.yearly_cost is None else formats.money(need.yearly_cost, need.currency),
    )
