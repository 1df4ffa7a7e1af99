"""An invented landscape: what the company's learning runs on, with what a readiness check finds in any such place."""

from __future__ import annotations

from datetime import date

from mycelia.business_case import api as business_case
from mycelia.business_case.api import (
    ContentModelTerms,
    Element,
    ElementTerms,
    LinkDepth,
    LinkDirection,
    LinkTerms,
    Moment,
    Part,
    Placement,
    Protocol,
)
from mycelia.demo.loading.systems import PLATFORM, BlueprintCast, systems
from mycelia.kernel.policy import Actor


def load_blueprint(actor: Actor, cast: BlueprintCast, *, today: date) -> None:
    """Register the systems with their links, what they hold, and where the six elements stand."""
    numbers = {terms.name: business_case.register_system(actor=actor, terms=terms).pk for terms in systems(cast, today)}
    for source, target, protocol, direction, depth, note in _LINKS:
        link = LinkTerms(numbers[source], numbers[target], protocol, direction, depth, note)
        business_case.link_systems(actor=actor, terms=link)
    for name, description, parts in _MODELS:
        placements = tuple(Placement(numbers[system], moment, part) for system, moment, part in parts)
        terms = ContentModelTerms(name, description, placements, is_synthetic=True)
        business_case.add_content_model(actor=actor, terms=terms)
    for element, state in _elements(cast).items():
        business_case.assess_element(actor=actor, element=element, terms=state)


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
