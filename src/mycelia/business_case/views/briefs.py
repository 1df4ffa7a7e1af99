"""Briefs of what was presented, for the stakeholders themselves."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mycelia.business_case import api, tasks
from mycelia.business_case.exports.briefs.evidence import evidence_urls
from mycelia.business_case.exports.briefs.shown import shown_brief
from mycelia.business_case.exports.catalogue import PDF
from mycelia.business_case.pages.briefs import brief_list_page, brief_page
from mycelia.business_case.permissions import ReadCase
from mycelia.business_case.types import Stakeholder
from mycelia.kernel.errors import QueueFull
from mycelia.kernel.policy import allowed
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

PER_PAGE = 25


@require_safe
def briefs(request: HttpRequest) -> HttpResponse:
    """List the presented cases that have a brief for the reader."""
    actor = actor_of(request)
    pages = Paginator(api.cases_with_briefs(actor), PER_PAGE).get_page(request.GET.get("page"))
    page = brief_list_page(pages, api.briefs_of(actor, pages))
    return render_page(request, "business_case/briefs.html", page)


@require_safe
def brief(request: HttpRequest, slug: str, reader: Stakeholder) -> HttpResponse:
    """Show one stakeholder's brief of what was presented last."""
    actor = actor_of(request)
    presentation = api.presented_for(actor, slug, reader)
    case = presentation.case
    page = brief_page(
        presentation,
        reader,
        shown_brief(presentation, reader),
        readers=api.briefs_of(actor, [case])[case.pk],
        export=api.brief_file(presentation, reader),
        evidence=evidence_urls(actor),
        may_read_case=allowed(actor, ReadCase(), case),
    )
    return render_page(request, "business_case/brief.html", page)


@require_safe
@never_cache
def brief_file(request: HttpRequest, slug: str, reader: Stakeholder) -> HttpResponse:
    """Download the same as PDF; one that has to be made first leads back to the page."""
    presentation = api.presented_for(actor_of(request), slug, reader)
    export = api.brief_file(presentation, reader)
    if export is None or export.digest != api.source_of_presentation(presentation).digest:
        return redirect("business_case:presented_brief", slug, reader)
    response = HttpResponse(bytes(export.content or b""), content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{slug}-{export.file_name}"'
    return response


@require_POST
def brief_preparation(request: HttpRequest, slug: str, reader: Stakeholder) -> HttpResponse:
    """Have the PDF made."""
    actor = actor_of(request)
    case = api.presented_for(actor, slug, reader).case
    try:
        api.ask_presented_brief(actor=actor, case=case, reader=reader, queue=tasks.queue_export)
    except QueueFull as full:
        messages.error(request, str(full))
    return redirect("business_case:presented_brief", slug, reader)
