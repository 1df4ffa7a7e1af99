"""The live page of the design system."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from mycelia.ui.rendering import render_page
from mycelia.ui.specimens import design_page


@require_GET
def design(request: HttpRequest) -> HttpResponse:
    """Show each component with its states; any signed-in person may look."""
    return render_page(request, "ui/design.html", design_page())
