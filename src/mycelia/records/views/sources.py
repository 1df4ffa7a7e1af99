"""What other systems send."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.records import api
from mycelia.records.forms.sources import SourcesForm
from mycelia.records.pages import sources as pages
from mycelia.ui.api import render_page


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Show what each source sends, how much of it is refused, and why."""
    require(actor_of(request), api.ReadSources())
    credentials = tuple(api.credentials())
    page = pages.sources_page(
        credentials, SourcesForm(request.GET, credentials=credentials), request.GET.get("page", "1")
    )
    return render_page(request, "records/source_list.html", page)
