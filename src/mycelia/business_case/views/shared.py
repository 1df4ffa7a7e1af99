"""A frozen version under a link, without signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mycelia.business_case import api
from mycelia.business_case.pages.shared import shared_page
from mycelia.ui.api import render_page


@login_not_required
@require_safe
def shared(request: HttpRequest, word: str) -> HttpResponse:
    """Show the version that a link opens; it is found by nobody who was not given the link, and kept nowhere."""
    version = api.shared_version(word)
    page = shared_page(version, api.sheet_from(version.snapshot))
    response = render_page(request, "business_case/shared.html", page)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
