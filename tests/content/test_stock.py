"""What there is of courses, who worked on them, and how quick reviews are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.models import Revision, TaskState, Workflow

from mycelia.content import api
from mycelia.content.models import CoursePage
from mycelia.kernel import clock
from tests.factories.content import make_course
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_course_taken_from_the_catalogue_is_withdrawn():
    CoursePage.objects.get(pk=make_course().pk).unpublish()
    stock = api.course_stock(clock.today())
    assert (stock.live, stock.drafts, stock.withdrawn, stock.most_of_one) == (0, 0, 1, 0)


def test_editors_are_counted_once_and_only_lately():
    course, editor, before = make_course(), make_person(), clock.now() - timedelta(days=30)
    for person in (editor, editor, make_person()):
        course.save_revision(user=person)
    assert api.course_editors(before) == 2
    Revision.objects.filter(user=editor).update(created_at=before - timedelta(days=1))
    assert api.course_editors(before) == 1


def test_reviews_that_wait_and_those_that_ended_are_told_apart():
    now = clock.now()
    assert api.review_pace(now) == api.review_pace(now - timedelta(days=365))
    for hours in (2, 10, None):
        _review(now - timedelta(hours=hours or 50), now if hours else None)
    pace = api.review_pace(now - timedelta(days=1))
    assert (pace.waiting, pace.decided, pace.median_hours) == (1, 2, 6.0)
    assert pace.waiting_since == now - timedelta(hours=50)


def _review(begin, end) -> None:
    course, person = make_course(publish=False), make_person()
    course.save_revision(user=person)
    workflow = Workflow.objects.get()
    state = workflow.start(course, person).current_task_state
    changed = {"started_at": begin} | ({"finished_at": end, "status": TaskState.STATUS_APPROVED} if end else {})
    TaskState.objects.filter(pk=state.pk).update(**changed)
