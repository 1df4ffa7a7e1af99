"""The global search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mycelia.ui import search
from mycelia.ui.pages import SearchPage
from mycelia.ui.rendering import render_page

MAXIMUM_LENGTH = 200


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Show what the person may see that matches."""
    text = request.GET.get("q", "")[:MAXIMUM_LENGTH].replace("\x00", "").strip()
    actor = request.actor  # type: ignore[attr-defined]
    groups = search.find(actor, text) if text else search.places(actor)
    page = SearchPage(_("Search"), text, groups, 0 < len(text) < search.MINIMUM_LENGTH)
    return render_page(request, "ui/search_results.html", page, fragment="ui/_search_results.html")
