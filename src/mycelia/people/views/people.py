"""The list of people and one person's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mycelia.kernel.policy import require
from mycelia.people.api import ListPeople
from mycelia.people.forms import people_request
from mycelia.people.pages.people import people_page, person_page
from mycelia.ui.api import render_page


@require_safe
def people(request: Any) -> HttpResponse:
    """Show the people the reader administers."""
    require(request.actor, ListPeople())
    page = people_page(request.actor, people_request(request.GET))
    return render_page(request, "people/people_list.html", page, fragment="people/_people.html")


@require_safe
def person(request: Any, person_id: int) -> HttpResponse:
    """Show one person, to those who may see them."""
    return render_page(request, "people/person_page.html", person_page(request.actor, person_id))
