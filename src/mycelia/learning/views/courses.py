"""My learning: what I have taken up."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.content import api as content
from mycelia.delivery import api as delivery
from mycelia.kernel import clock
from mycelia.kernel.policy import person_of, require
from mycelia.kernel.requests import actor_of
from mycelia.learning import api
from mycelia.learning.addresses import learn_path
from mycelia.learning.models import Completion
from mycelia.learning.pages import CompletedLesson, MyLearningPage, OverviewPage, WithdrawalPage
from mycelia.learning.types import EnrolmentSource
from mycelia.learning.views.contents import contents
from mycelia.ui.api import Breadcrumb, render_page

SHOWN_COMPLETED = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List what is open and what is done."""
    require(actor_of(request), api.Learn())
    overview = api.learner_overview(person_of(actor_of(request)), completed_limit=SHOWN_COMPLETED)
    page = MyLearningPage(title=_("My learning"), overview=overview, today=clock.today())
    return render_page(request, "learning/home.html", page)


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one course of mine: what is left, or why it is completed."""
    require(actor_of(request), api.Learn())
    enrolment, course = api.enrolment_for(person_of(actor_of(request)), slug)
    standing = api.standing_of(enrolment)
    completion = api.completion_of(enrolment.pk)
    page = OverviewPage(
        title=course.title,
        breadcrumbs=(Breadcrumb(_("My learning"), "/learn/"), Breadcrumb(course.title)),
        standing=standing,
        contents=contents(standing),
        completed_lessons=_explanation(completion) if completion else (),
        score_percent=_percent(completion.score_scaled) if completion else None,
        revision=completion.course_revision if completion else None,
        in_catalogue=content.published_courses().filter(pk=course.id).exists(),
        can_withdraw=enrolment.is_open and enrolment.source != EnrolmentSource.ASSIGNED,
        records_url=f"/platform/records/?registration={enrolment.registration}",
    )
    return render_page(request, "learning/overview.html", page)


@require_POST
def enrolment(request: HttpRequest, slug: str) -> HttpResponse:
    """Take up a course and open its first lesson."""
    actor = actor_of(request)
    made = api.enrol(actor=actor, learner_id=person_of(actor), slug=slug)
    return HttpResponseRedirect(api.standing_of(made).url)


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, then give a course up."""
    enrolled, course = api.enrolment_for(person_of(actor_of(request)), slug)
    if request.method == "POST":
        api.withdraw(actor=actor_of(request), enrolment=enrolled)
        messages.success(request, _("You have withdrawn from “%(course)s”.") % {"course": course.title})
        return HttpResponseRedirect("/learn/")
    page = WithdrawalPage(
        title=_("Withdraw from this course?"),
        breadcrumbs=(Breadcrumb(_("My learning"), "/learn/"), Breadcrumb(course.title, learn_path(slug))),
        course=course,
        action=request.path,
        cancel_url=learn_path(slug),
        done=api.standing_of(enrolled).done,
    )
    return render_page(request, "learning/withdrawal_confirm.html", page)


def _explanation(completion: Completion) -> tuple[CompletedLesson, ...]:
    return tuple(
        CompletedLesson(
            title=one["title"],
            completed_at=parse_datetime(one["completed_at"]) or completion.completed_at,
            attempt_url=delivery.record_url(one["attempt"]) if one.get("attempt") else None,
            score_percent=_percent(one.get("score_scaled")),
        )
        for one in completion.lessons
    )


def _percent(scaled: Decimal | str | None) -> int | None:
    """Return whole percent, rounded down: nobody is told they reached what they did not."""
    return None if scaled is None else int(Decimal(scaled) * 100)
