"""Reading and doing lessons."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mycelia.content import api as content
from mycelia.content.types import LessonBlock, LessonOutline
from mycelia.delivery import api as delivery
from mycelia.delivery.types import PartsLeft
from mycelia.kernel.policy import person_of, require
from mycelia.kernel.requests import actor_of
from mycelia.learning import api
from mycelia.learning.addresses import learn_path
from mycelia.learning.errors import LessonNotFound
from mycelia.learning.models import Enrolment
from mycelia.learning.pages import AnswerShown, LessonPage
from mycelia.learning.views.contents import contents
from mycelia.ui.api import Breadcrumb, render_page

TEMPLATE = "learning/lesson_detail.html"


@require_safe
def lesson(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Show a lesson to read or to play."""
    enrolment = _enrolment(request, slug)
    page = _page(enrolment, key)
    api.open_lesson(actor=actor_of(request), enrolment=enrolment, key=key)
    return render_page(request, TEMPLATE, page)


@require_POST
def completion(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Mark a lesson as done and go on to what is next."""
    enrolment = _enrolment(request, slug)
    completed = api.complete_lesson(actor=actor_of(request), enrolment=enrolment, key=key)
    enrolment.refresh_from_db()
    standing = api.standing_of(enrolment)
    following = standing.remaining.next_lesson
    if completed is not None or following is None:
        return HttpResponseRedirect(learn_path(slug))
    messages.success(request, _("Done. Next: “%(lesson)s”.") % {"lesson": following.title})
    return HttpResponseRedirect(learn_path(slug, following.key))


@require_POST
def attempt(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Open the player for a lesson's package, where the learner left it."""
    enrolment = _enrolment(request, slug)
    attempt_id = api.start_package(
        actor=actor_of(request), enrolment=enrolment, key=key, return_path=learn_path(slug, key)
    )
    return HttpResponseRedirect(delivery.player_url(attempt_id))


@require_POST
def answer(request: HttpRequest, slug: str, key: UUID, block_id: str) -> HttpResponse:
    """Tell the learner what their answer to a knowledge check is worth."""
    enrolment = _enrolment(request, slug)
    page = _page(enrolment, key)
    block = next((one for one in page.blocks if one.id == block_id and one.kind == "question"), None)
    if block is None:
        raise LessonNotFound(_("This question is no longer part of the lesson. Reload the page."))
    shown = _answer(block, request.POST.get("option", ""))
    if shown.chosen is not None:
        api.answer_question(actor=actor_of(request), enrolment=enrolment, key=key, block=block, chosen=shown.chosen)
    page = replace(page, answer=shown, block=block)
    status = 422 if shown.missing else 200
    return render_page(request, TEMPLATE, page, status=status, fragment="learning/_question.html")


def _enrolment(request: HttpRequest, slug: str) -> Enrolment:
    require(actor_of(request), api.Learn())
    enrolment, _course = api.enrolment_for(person_of(actor_of(request)), slug)
    return enrolment


def _answer(block: LessonBlock, sent: str) -> AnswerShown:
    chosen = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else None
    if chosen is None or chosen >= len(block.value["options"]):
        return AnswerShown(block.id, None, missing=True)
    return AnswerShown(block.id, chosen)


def _page(enrolment: Enrolment, key: UUID) -> LessonPage:
    standing = api.standing_of(enrolment)
    course = standing.course
    listed = contents(standing, key)
    entry = next((one for one in listed if one.current), None)
    if entry is None:
        raise LessonNotFound(lesson=str(key))
    return LessonPage(
        title=entry.lesson.title,
        breadcrumbs=(Breadcrumb(_("My learning"), "/learn/"), Breadcrumb(course.title, learn_path(course.slug))),
        course=course,
        lesson=entry.lesson,
        number=entry.number,
        blocks=content.lesson_blocks(course.id, key),
        contents=listed,
        standing=standing,
        previous=listed[entry.number - 2] if entry.number > 1 else None,
        following=listed[entry.number] if entry.number < len(listed) else None,
        answers_url=f"{learn_path(course.slug, key)}answers/",
        done=entry.done,
        parts_left=None if entry.done else _parts_left(enrolment, entry.lesson),
    )


def _parts_left(enrolment: Enrolment, lesson: LessonOutline) -> PartsLeft | None:
    if lesson.package_id is None:
        return None
    begun = delivery.latest_attempt(
        learner_id=enrolment.learner_id,
        activity_iri=content.lesson_iri(lesson.key),
        course_registration=enrolment.registration,
    )
    return None if begun is None else delivery.parts_left(begun)
