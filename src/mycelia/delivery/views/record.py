"""What an attempt recorded, for the people who may ask."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from mycelia.delivery import api, queries, record_pages
from mycelia.ui.api import render_page

_ROWS = 50


@require_GET
def attempt_record(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show an attempt's standing, its parts and its journal."""
    attempt = api.readable_attempt(request.actor, attempt_id)  # type: ignore[attr-defined]
    rows = Paginator(queries.journal(attempt.pk), _ROWS).get_page(request.GET.get("page"))
    page = record_pages.attempt_record_page(request.actor, attempt, rows)  # type: ignore[attr-defined]
    return render_page(request, "delivery/attempt_record.html", page)
