"""Courses that go live and leave at a time set beforehand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app
from wagtail.models import Revision

from mycelia.content.models import CoursePage
from mycelia.content.tasks import publish_scheduled
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.content.test_studio import _approve, _submitted
from tests.factories.access import make_holder
from tests.factories.content import make_course

pytestmark = pytest.mark.django_db


def _tomorrow() -> str:
    return f"{clock.now() + timedelta(days=1):%Y-%m-%d %H:%M}"


def _a_day_later() -> None:
    """Move every date to go live to a moment that has passed."""
    moment = clock.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(content__go_live_at__isnull=False):
        revision.content["go_live_at"] = moment.isoformat()
        if revision.approved_go_live_at is not None:
            revision.approved_go_live_at = moment
        revision.save()


def _run() -> None:
    publish_scheduled(0)


def test_approved_course_goes_live_at_its_time_and_not_before():
    course = _submitted(make_holder(Role.AUTHOR), go_live_at=_tomorrow())
    _approve(make_holder(Role.CURATOR), course)
    _run()
    assert not CoursePage.objects.get(pk=course.pk).live
    _a_day_later()
    _run()
    assert CoursePage.objects.get(pk=course.pk).live


def test_course_without_approval_does_not_go_live_at_its_time():
    course = _submitted(make_holder(Role.AUTHOR), go_live_at=_tomorrow())
    _a_day_later()
    _run()
    assert not CoursePage.objects.get(pk=course.pk).live


def test_draft_of_a_live_course_does_not_go_live_at_its_time():
    course = make_course(title="Old")
    draft = course.get_latest_revision_as_object()
    draft.title, draft.go_live_at = "New", clock.now() + timedelta(days=1)
    draft.save_revision()
    _a_day_later()
    _run()
    assert CoursePage.objects.get(pk=course.pk).title == "Old"


def test_course_leaves_the_catalogue_when_it_expires():
    course, other = make_course(), make_course()
    CoursePage.objects.filter(pk=course.pk).update(expire_at=clock.now() - timedelta(minutes=1))
    CoursePage.objects.filter(pk=other.pk).update(expire_at=clock.now() + timedelta(days=1))
    _run()
    assert not CoursePage.objects.get(pk=course.pk).live
    assert CoursePage.objects.get(pk=other.pk).live


def test_scheduled_publication_runs_every_minute():
    assert ("content.publish_scheduled", "") in app.periodic_registry.periodic_tasks
