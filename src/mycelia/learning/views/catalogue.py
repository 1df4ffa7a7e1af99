"""Finding courses."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mycelia.content import api as content
from mycelia.kernel.policy import person_of, require
from mycelia.kernel.requests import actor_of
from mycelia.learning import api
from mycelia.learning.forms import CatalogueForm
from mycelia.learning.pages import CatalogueLine, CataloguePage, CoursePage
from mycelia.ui.api import Breadcrumb, render_page

PAGE_SIZE = 24


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the courses that match."""
    require(actor_of(request), content.SeeCatalogue())
    form = CatalogueForm(request.GET)
    query = form.query()
    found = content.find_courses(query)
    paginator: Paginator[Any] = Paginator(found, PAGE_SIZE)
    place = paginator.get_page(request.GET.get("page"))
    first = max(place.start_index() - 1, 0)
    cards = content.cards(found[first : first + PAGE_SIZE])
    states = api.states_by_course(person_of(actor_of(request)), [card.id for card in cards])
    lines = [CatalogueLine(card, states.get(card.id, "")) for card in cards]
    parameters = request.GET.copy()
    parameters.pop("page", None)
    page = CataloguePage(
        title=_("Catalogue"),
        lead=_("Short courses you can take at any time."),
        form=form,
        courses=Page(lines, place.number, paginator),
        query=parameters.urlencode(),
        filtered=bool(query.text or query.topic or query.minutes),
    )
    return render_page(request, "learning/catalogue_list.html", page, fragment="learning/_catalogue.html")


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a course is about, and the way into it."""
    require(actor_of(request), content.SeeCatalogue())
    found = content.course_by_slug(slug)
    enrolment = api.latest_enrolment(person_of(actor_of(request)), found.pk)
    page = CoursePage(
        title=found.title,
        lead=found.summary,
        breadcrumbs=(Breadcrumb(_("Catalogue"), "/catalog/"), Breadcrumb(found.title)),
        slug=found.slug,
        minutes=found.duration_minutes,
        language=found.get_language_display(),
        topics=tuple(found.topics.all()),
        objectives=found.objective_list,
        lessons=content.outline(found).lessons,
        sources=found.source_list,
        owner=found.accountable.full_name if found.accountable else "",
        review_date=found.review_date,
        published_at=found.last_published_at,
        picture=content.cover_of(found),
        standing=api.standing_of(enrolment) if enrolment else None,
    )
    return render_page(request, "learning/course_detail.html", page)
