"""Turns the learning of one report into the page their manager reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mycelia.learning.types import CourseStanding, LearnerOverview
from mycelia.ui.api import Breadcrumb
from mycelia.workspaces import wording
from mycelia.workspaces.pages import DoneRow, MemberPage, WaitingRow


def member_page(person: Any, overview: LearnerOverview, today: date, *, is_synthetic: bool) -> MemberPage:
    """Return the page of one report; the courses are named, not linked: they are the learner's to open."""
    return MemberPage(
        title=person.full_name,
        lead=_open_sentence(overview),
        breadcrumbs=(
            Breadcrumb(_("Home"), "/"),
            Breadcrumb(_("Your team"), "/talent/team/"),
            Breadcrumb(person.full_name),
        ),
        person_url=f"/talent/people/{person.pk}/",
        waiting=tuple(_waiting(standing, today) for standing in overview.open),
        done=tuple(_done(standing, today) for standing in overview.completed),
        done_more=max(0, overview.completed_total - len(overview.completed)),
        is_synthetic=is_synthetic,
    )


def _open_sentence(overview: LearnerOverview) -> str:
    return _("%(open)s open, %(done)s completed.") % {"open": len(overview.open), "done": overview.completed_total}


def _waiting(standing: CourseStanding, today: date) -> WaitingRow:
    touched = wording.ago(standing.last_activity_at.date(), today)
    detail = _("%(left)s, last active %(when)s") % {"left": wording.lessons_left(standing.remaining), "when": touched}
    due, tone = wording.due(standing.due_on, today), wording.due_tone(standing.due_on, today)
    return WaitingRow(standing.course.title, "", detail, due, tone)


def _done(standing: CourseStanding, today: date) -> DoneRow:
    when = wording.ago(standing.completed_at.date(), today) if standing.completed_at else ""
    return DoneRow(standing.course.title, "", when)
