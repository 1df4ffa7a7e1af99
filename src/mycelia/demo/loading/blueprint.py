"""An invented landscape: what the company's learning runs on, with what a readiness check finds in any such place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mycelia.business_case import api as business_case
from mycelia.business_case.api import (
    ContentModelTerms,
    Element,
    ElementTerms,
    Lifecycle,
    LinkDepth,
    LinkDirection,
    LinkTerms,
    Moment,
    Part,
    Placement,
    Protocol,
    SystemPurpose,
    SystemTerms,
)
from mycelia.kernel.policy import Actor

PLATFORM = "Mycelia"


@dataclass(frozen=True, slots=True)
class BlueprintCast:
    """Who answers for what, by primary key, and how many people there are."""

    it_id: int
    talent_id: int
    finance_id: int
    service_id: int
    staff_count: int


def load_blueprint(actor: Actor, cast: BlueprintCast, *, today: date) -> None:
    """Register the systems with their links, what they hold, and where the six elements stand."""
    numbers = {
        terms.name: business_case.register_system(actor=actor, terms=terms).pk for terms in _systems(cast, today)
    }
    for source, target, protocol, direction, depth, note in _LINKS:
        link = LinkTerms(numbers[source], numbers[target], protocol, direction, depth, note)
        business_case.link_systems(actor=actor, terms=link)
    for name, description, parts in _MODELS:
        placements = tuple(Placement(numbers[system], moment, part) for system, moment, part in parts)
        terms = ContentModelTerms(name, description, placements, is_synthetic=True)
        business_case.add_content_model(actor=actor, terms=terms)
    for element, state in _elements(cast).items():
        business_case.assess_element(actor=actor, element=element, terms=state)


def _systems(cast: BlueprintCast, today: date) -> list[SystemTerms]:
    people = cast.staff_count

    def system(name: str, purpose: SystemPurpose, description: str, vendor: str, **fields: object) -> SystemTerms:
        stated = {"counted_on": today - timedelta(days=40), "elements": (Element.TECHNOLOGY,), **fields}
        return SystemTerms(
            name,
            purpose,
            description,
            vendor,
            currency="EUR",
            is_synthetic=True,
            **stated,  # type: ignore[arg-type]
        )

    def days(count: int) -> date:
        return today + timedelta(days=count)

    purpose, state = SystemPurpose, Lifecycle
    return [
        system(PLATFORM, purpose.LEARNING_PLATFORM, "Courses, records and the business case.", "Own operation",
               owner_id=cast.it_id, yearly_cost=Decimal(30_800), is_platform=True, counted_on=None,
               elements=(Element.CONTENT, Element.DELIVERY, Element.TECHNOLOGY)),
        system("CourseYard", purpose.LEARNING_PLATFORM, "The former learning platform; old records only.", "Yardworks",
               owner_id=cast.talent_id, users_licensed=people, users_active=people // 3, yearly_cost=Decimal(21_600),
               exit_cost=Decimal(8_400), contract_end=days(140)),
        system("SafeClick Academy", purpose.LEARNING_PLATFORM, "Security courses bought in one package.", "SafeClick",
               owner_id=cast.it_id, users_licensed=people, users_active=0, yearly_cost=Decimal(7_900),
               exit_cost=Decimal(0), contract_end=days(410)),
        system("Pinboard Wiki", purpose.KNOWLEDGE_BASE, "Articles of all departments.", "Pinboard",
               owner_id=cast.service_id, users_licensed=people, users_active=people * 7 // 10,
               yearly_cost=Decimal(9_400), exit_cost=Decimal(3_000), contract_end=days(900),
               elements=(Element.CONTENT, Element.CULTURE)),
        system("Service Notebook", purpose.PERFORMANCE_SUPPORT, "Job aids for technicians on the road.", "In-house",
               users_licensed=None, users_active=people // 5, yearly_cost=None,
               counted_on=today - timedelta(days=500), elements=(Element.DELIVERY,)),
        system("SlideForge", purpose.AUTHORING, "Authoring of interactive lessons.", "Forge Tools",
               owner_id=cast.talent_id, users_licensed=40, users_active=11, yearly_cost=Decimal(12_000),
               contract_end=days(260), exit_cost=Decimal(1_500), elements=(Element.CONTENT,)),
        system("ClipVault", purpose.MEDIA, "Films and recordings.", "ClipVault",
               owner_id=cast.talent_id, lifecycle=state.SUNSET, users_licensed=people, users_active=people * 9 // 10,
               yearly_cost=Decimal(5_200), end_of_life=days(200), contract_end=days(230), exit_cost=Decimal(2_600),
               elements=(Element.CONTENT,)),
        system("PeopleCore", purpose.HUMAN_RESOURCES, "Persons, units, positions.", "CoreSuite",
               owner_id=cast.talent_id, users_licensed=people, users_active=people, yearly_cost=Decimal(64_000),
               contract_end=days(1_500), exit_cost=Decimal(90_000), elements=(Element.PROCESS,)),
        system("KeyRing", purpose.IDENTITY, "Sign-on for everything.", "KeyRing",
               owner_id=cast.it_id, users_licensed=people, users_active=people, yearly_cost=Decimal(14_500),
               contract_end=days(1_300), exit_cost=Decimal(20_000)),
        system("Roundtable", purpose.LIVE_SESSIONS, "Rooms for live sessions.", "Roundtable",
               owner_id=cast.it_id, users_licensed=people // 2, users_active=people // 2 + 14,
               yearly_cost=Decimal(11_300), contract_end=days(1_250), exit_cost=Decimal(0),
               elements=(Element.DELIVERY,)),
        system("AskAround", purpose.ASSESSMENT, "Surveys, used by two teams.", "AskAround",
               users_licensed=200, users_active=180, yearly_cost=Decimal(3_600), contract_end=days(1_400),
               exit_cost=Decimal(0), elements=(Element.CULTURE,)),
        system("QuizBarn", purpose.ASSESSMENT, "Tests for the old platform.", "QuizBarn", lifecycle=state.RETIRED,
               owner_id=cast.talent_id, yearly_cost=Decimal(1_900), users_licensed=None, users_active=None,
               counted_on=None, exit_cost=Decimal(0)),
        system("SkillAtlas", purpose.SKILLS, "Skill profiles, to be bought.", "Atlas", lifecycle=state.PLANNED,
               owner_id=cast.talent_id, counted_on=None, yearly_cost=Decimal(18_000), elements=(Element.STRATEGY,)),
    ]  # fmt: skip


_FORWARD, _BOTH = LinkDirection.FORWARD, LinkDirection.BOTH
_LINKS = (
    ("PeopleCore", PLATFORM, Protocol.FILE, _FORWARD, LinkDepth.SCHEDULED, "People and units, every night"),
    ("PeopleCore", "KeyRing", Protocol.SCIM, _FORWARD, LinkDepth.IMMEDIATE, "Accounts"),
    ("KeyRing", PLATFORM, Protocol.OIDC, _FORWARD, LinkDepth.IMMEDIATE, "Sign-on"),
    ("KeyRing", "CourseYard", Protocol.SAML, _FORWARD, LinkDepth.IMMEDIATE, "Sign-on"),
    ("SlideForge", PLATFORM, Protocol.SCORM, _FORWARD, LinkDepth.MANUAL, "Lessons as packages"),
    ("CourseYard", PLATFORM, Protocol.FILE, _FORWARD, LinkDepth.MANUAL, "Old completions"),
    ("Roundtable", PLATFORM, Protocol.LTI, _BOTH, LinkDepth.EMBEDDED, "Sessions and attendance"),
    ("QuizBarn", "CourseYard", Protocol.LTI, _FORWARD, LinkDepth.EMBEDDED, "Tests"),
    ("Service Notebook", "Pinboard Wiki", Protocol.NONE, _FORWARD, LinkDepth.MANUAL, "Copied by hand"),
)

_TODAY, _TARGET = Moment.TODAY, Moment.TARGET
_MASTER, _COPY = Part.MASTER, Part.CONSUMER
_MODELS = (
    ("Learning content", "Courses, lessons, packages", (
        (PLATFORM, _TODAY, _MASTER), ("CourseYard", _TODAY, _MASTER), (PLATFORM, _TARGET, _MASTER))),
    ("Knowledge", "Articles, answers, job aids", (
        ("Pinboard Wiki", _TODAY, _MASTER), ("Service Notebook", _TODAY, _COPY), ("Pinboard Wiki", _TARGET, _MASTER),
        (PLATFORM, _TARGET, _COPY))),
    ("Media", "Films, pictures, recordings", (
        ("ClipVault", _TODAY, _MASTER), (PLATFORM, _TODAY, _COPY), ("ClipVault", _TARGET, _MASTER),
        (PLATFORM, _TARGET, _COPY))),
    ("Records of learning", "Who did what, when, with which result", (
        (PLATFORM, _TODAY, _MASTER), (PLATFORM, _TARGET, _MASTER), ("PeopleCore", _TARGET, _COPY))),
    ("People", "Persons, units, positions, managers", (
        ("PeopleCore", _TODAY, _MASTER), (PLATFORM, _TODAY, _COPY), ("KeyRing", _TODAY, _COPY),
        ("PeopleCore", _TARGET, _MASTER), (PLATFORM, _TARGET, _COPY), ("KeyRing", _TARGET, _COPY))),
    ("Skills", "Profiles and evidence", (("SkillAtlas", _TARGET, _MASTER),)),
)  # fmt: skip


def _elements(cast: BlueprintCast) -> dict[Element, ElementTerms]:
    def state(today: str, target: str, levels: tuple[int, int], owner: int | None, evidence: str) -> ElementTerms:
        return ElementTerms(
            today, target, *levels, owner_id=owner, evidence=f"{evidence} (invented)", is_synthetic=True
        )

    return {
        Element.STRATEGY: state(
            "Goals for learning exist in each division; none has a measure.",
            "Three goals for the company, each with a measure and an owner.",
            (2, 4), cast.finance_id, "Interviews with the heads of divisions"),
        Element.PROCESS: state(
            "Courses are requested by mail and approved by whoever answers.",
            "One way to ask, review, publish and end; roles with proven training.",
            (2, 3), cast.talent_id, "Walk through the last ten requests"),
        Element.CULTURE: state(
            "Questions are asked in the corridor; answers stay there.",
            "Questions and answers are shared, and managers make time for learning.",
            (1, 4), None, "Pulse survey of spring, 61 % answered"),
        Element.CONTENT: state(
            "Twelve courses with owners; old slides in four places.",
            "Every piece has an owner, a source and a date of review.",
            (3, 4), cast.talent_id, "Inventory of the learning team"),
        Element.DELIVERY: state(
            "Courses and classrooms; little at the moment of need.",
            "The right form for each need, each measured.",
            (2, 4), cast.service_id, "Use of the last quarter"),
        Element.TECHNOLOGY: state(
            "Three learning platforms, linked by files and by hand.",
            "One platform, open standards both ways, one record.",
            (3, 5), cast.it_id, "This register"),
    }  # fmt: skip
