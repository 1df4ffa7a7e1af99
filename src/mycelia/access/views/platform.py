"""The platform's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mycelia.access.api import OperatePlatform
from mycelia.access.pages import platform_page
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page


@require_safe
def platform(request: HttpRequest) -> HttpResponse:
    """Show how the installation is doing."""
    actor = actor_of(request)
    require(actor, OperatePlatform())
    return render_page(request, "access/platform_detail.html", platform_page(actor))
