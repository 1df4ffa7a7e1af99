"""What the workspaces ask of the apps below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page, TaskState

from mycelia.business_case import api as business_case
from mycelia.content import api as content
from mycelia.content.types import CatalogueOrder, CatalogueQuery, CourseCard
from mycelia.kernel import freshness
from mycelia.kernel.errors import NotFound
from mycelia.kernel.freshness import Freshness
from mycelia.kernel.policy import Actor, Role, person_of
from mycelia.kernel.tasks import waiting_jobs
from mycelia.learning import api as learning
from mycelia.learning.types import LearnerOverview
from mycelia.people import api as people
from mycelia.workspaces.calc import member_figures
from mycelia.workspaces.types import MemberFigures

SUGGESTED, LOOKED_AT = 3, 8
COMPLETED_SHOWN = 20
FEW = 2
"""With fewer open courses than this, home has room to suggest some."""


@dataclass(frozen=True, slots=True)
class CaseGlance:
    """A business case by name and address."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """What waits on the desks of the roles a person holds; None where the role is not held."""

    drafts: int | None = None
    reviews: int | None = None
    cases: tuple[CaseGlance, ...] | None = None
    waiting_jobs: int | None = None


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything the home page is made from; `team` is None for whoever leads nobody."""

    overview: LearnerOverview
    suggestions: tuple[CourseCard, ...]
    team: tuple[MemberFigures, ...] | None
    desk: DeskFigures


def home_facts(actor: Actor) -> HomeFacts:
    """Return what a person's home shows; the number of queries depends on roles alone."""
    person_id = person_of(actor)
    overview = learning.learner_overview(person_id)
    return HomeFacts(
        overview=overview,
        suggestions=_suggestions(person_id) if len(overview.open) < FEW else (),
        team=tuple(team_of(actor, person_id)) if actor.has(Role.MANAGER) else None,
        desk=_desk(actor),
    )


def home_freshness(actor: Actor) -> Freshness | None:
    """Return what vouches for a home of a person who only learns; None for other homes, which depend on more."""
    if any(grant.role is not Role.LEARNER for grant in actor.grants):
        return None
    return freshness.current(f"person:{actor.person_id}", "courses")


def team_of(actor: Actor, manager_id: int) -> list[MemberFigures]:
    """Return a manager's current reports with their learning in numbers.

    Raises:
        PermissionDenied: The team is not the actor's to see.
    """
    return [member_figures(member) for member in learning.team_progress(actor, manager_id)]


def report_of(actor: Actor, person_id: int) -> tuple[Any, LearnerOverview]:
    """Return one of the actor's own reports and what they learn.

    Raises:
        NotFound: Nobody of that number reports to the actor today.
    """
    person = people.reports_of(person_of(actor)).filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person, learning.learner_overview(person_id, completed_limit=COMPLETED_SHOWN)


def _suggestions(person_id: int) -> tuple[CourseCard, ...]:
    newest = content.cards(content.find_courses(CatalogueQuery(order=CatalogueOrder.NEWEST))[:LOOKED_AT])
    taken = learning.states_by_course(person_id, [card.id for card in newest])
    return tuple([card for card in newest if card.id not in taken][:SUGGESTED])


def _desk(actor: Actor) -> DeskFigures:
    return DeskFigures(
        drafts=_drafts(actor) if actor.has(Role.AUTHOR) else None,
        reviews=_reviews() if actor.has(Role.CURATOR) else None,
        cases=_cases(actor) if actor.has(Role.FINANCE_ANALYST, Role.EXECUTIVE) else None,
        waiting_jobs=waiting_jobs() if actor.has(Role.IT_ADMINISTRATOR) else None,
    )


def _drafts(actor: Actor) -> int:
    return int(Page.objects.filter(owner_id=actor.person_id, has_unpublished_changes=True).count())


def _reviews() -> int:
    return int(TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count())


def _cases(actor: Actor) -> tuple[CaseGlance, ...]:
    newest = business_case.cases_for(actor).values_list("name", "slug")[:2]
    return tuple(CaseGlance(name, slug) for name, slug in newest)
