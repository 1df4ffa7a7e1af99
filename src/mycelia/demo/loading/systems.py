"""The invented systems of the demo company, by what they are for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from mycelia.business_case.api import Element, Lifecycle, SystemPurpose, SystemTerms

PLATFORM = "Mycelia"
Purpose = SystemPurpose
Register = Callable[..., SystemTerms]
Days = Callable[[int], date]


@dataclass(frozen=True, slots=True)
class BlueprintCast:
    """Who answers for what, by primary key, and how many people there are."""

    it_id: int
    talent_id: int
    finance_id: int
    service_id: int
    staff_count: int


def systems(cast: BlueprintCast, today: date) -> list[SystemTerms]:
    """Return the terms of every system; dates count from today."""
    system = partial(_system, counted_on=today - timedelta(days=40))

    def days(count: int) -> date:
        return today + timedelta(days=count)

    return [
        *_platforms(cast, system, days),
        *_content_tools(cast, system, days),
        *_people_systems(cast, system, days),
        *_meeting_tools(cast, system, days),
    ]


def _system(name: str, purpose: SystemPurpose, description: str, vendor: str, **fields: Any) -> SystemTerms:
    stated = {"elements": (Element.TECHNOLOGY,), **fields}
    return SystemTerms(name, purpose, description, vendor, currency="EUR", is_synthetic=True, **stated)


def _platforms(cast: BlueprintCast, system: Register, days: Days) -> list[SystemTerms]:
    """Return the learning platforms: the one that stays, and those that it replaces."""
    people = cast.staff_count
    return [
        system(PLATFORM, Purpose.LEARNING_PLATFORM, "Courses, records and the business case.", "Own operation",
               owner_id=cast.it_id, yearly_cost=Decimal(30_800), is_platform=True, counted_on=None,
               elements=(Element.CONTENT, Element.DELIVERY, Element.TECHNOLOGY)),
        system("CourseYard", Purpose.LEARNING_PLATFORM, "The former learning platform; old records only.", "Yardworks",
               owner_id=cast.talent_id, users_licensed=people, users_active=people // 3, yearly_cost=Decimal(21_600),
               exit_cost=Decimal(8_400), contract_end=days(140)),
        system("SafeClick Academy", Purpose.LEARNING_PLATFORM, "Security courses bought in one package.", "SafeClick",
               owner_id=cast.it_id, users_licensed=people, users_active=0, yearly_cost=Decimal(7_900),
               exit_cost=Decimal(0), contract_end=days(410)),
    ]  # fmt: skip


def _content_tools(cast: BlueprintCast, system: Register, days: Days) -> list[SystemTerms]:
    """Return what content is made with, kept in and looked up in."""
    people = cast.staff_count
    return [
        system("Pinboard Wiki", Purpose.KNOWLEDGE_BASE, "Articles of all departments.", "Pinboard",
               owner_id=cast.service_id, users_licensed=people, users_active=people * 7 // 10,
               yearly_cost=Decimal(9_400), exit_cost=Decimal(3_000), contract_end=days(900),
               elements=(Element.CONTENT, Element.CULTURE)),
        system("Service Notebook", Purpose.PERFORMANCE_SUPPORT, "Job aids for technicians on the road.", "In-house",
               users_licensed=None, users_active=people // 5, yearly_cost=None,
               counted_on=days(-500), elements=(Element.DELIVERY,)),
        system("SlideForge", Purpose.AUTHORING, "Authoring of interactive lessons.", "Forge Tools",
               owner_id=cast.talent_id, users_licensed=40, users_active=11, yearly_cost=Decimal(12_000),
               contract_end=days(260), exit_cost=Decimal(1_500), elements=(Element.CONTENT,)),
        system("ClipVault", Purpose.MEDIA, "Films and recordings.", "ClipVault",
               owner_id=cast.talent_id, lifecycle=Lifecycle.SUNSET, users_licensed=people,
               users_active=people * 9 // 10,
               yearly_cost=Decimal(5_200), end_of_life=days(200), contract_end=days(230), exit_cost=Decimal(2_600),
               elements=(Element.CONTENT,)),
    ]  # fmt: skip


def _people_systems(cast: BlueprintCast, system: Register, days: Days) -> list[SystemTerms]:
    """Return what knows who people are, and what they can."""
    people = cast.staff_count
    return [
        system("PeopleCore", Purpose.HUMAN_RESOURCES, "Persons, units, positions.", "CoreSuite",
               owner_id=cast.talent_id, users_licensed=people, users_active=people, yearly_cost=Decimal(64_000),
               contract_end=days(1_500), exit_cost=Decimal(90_000), elements=(Element.PROCESS,)),
        system("KeyRing", Purpose.IDENTITY, "Sign-on for everything.", "KeyRing",
               owner_id=cast.it_id, users_licensed=people, users_active=people, yearly_cost=Decimal(14_500),
               contract_end=days(1_300), exit_cost=Decimal(20_000)),
        system("SkillAtlas", Purpose.SKILLS, "Skill profiles, to be bought.", "Atlas", lifecycle=Lifecycle.PLANNED,
               owner_id=cast.talent_id, counted_on=None, yearly_cost=Decimal(18_000), elements=(Element.STRATEGY,)),
    ]  # fmt: skip


def _meeting_tools(cast: BlueprintCast, system: Register, days: Days) -> list[SystemTerms]:
    """Return where people meet, and are asked and tested."""
    people = cast.staff_count
    return [
        system("Roundtable", Purpose.LIVE_SESSIONS, "Rooms for live sessions.", "Roundtable",
               owner_id=cast.it_id, users_licensed=people // 2, users_active=people // 2 + 14,
               yearly_cost=Decimal(11_300), contract_end=days(1_250), exit_cost=Decimal(0),
               elements=(Element.DELIVERY,)),
        system("AskAround", Purpose.ASSESSMENT, "Surveys, used by two teams.", "AskAround",
               users_licensed=200, users_active=180, yearly_cost=Decimal(3_600), contract_end=days(1_400),
               exit_cost=Decimal(0), elements=(Element.CULTURE,)),
        system("QuizBarn", Purpose.ASSESSMENT, "Tests for the old platform.", "QuizBarn", lifecycle=Lifecycle.RETIRED,
               owner_id=cast.talent_id, yearly_cost=Decimal(1_900), users_licensed=None, users_active=None,
               counted_on=None, exit_cost=Decimal(0)),
    ]  # fmt: skip
