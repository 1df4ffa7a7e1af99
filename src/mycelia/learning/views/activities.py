"""Activity ids in the records lead to what they name."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from mycelia.content import api as content
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of


@require_safe
def course(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lead from a course's activity id to its page."""
    require(actor_of(request), content.SeeCatalogue())
    return HttpResponseRedirect(content.course_path(content.slug_of_course(key)))


@require_safe
def lesson(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lead from a lesson's activity id to the page of its course."""
    require(actor_of(request), content.SeeCatalogue())
    return HttpResponseRedirect(content.course_path(content.slug_of_lesson(key)))
