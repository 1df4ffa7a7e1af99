"""Downloads of a case, for everybody who may read it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mycelia.business_case import api, tasks
from mycelia.business_case.errors import DocumentUnknown
from mycelia.business_case.exports.catalogue import Document
from mycelia.business_case.exports.source import Exported
from mycelia.business_case.models import Case
from mycelia.business_case.pages.exports import anchor_of, exports_page
from mycelia.kernel.errors import QueueFull
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page, shown_in_utc


@require_safe
def export_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List what can be taken away, what is kept of it and what is on its way."""
    case = api.case_for(actor_of(request), slug)
    page = exports_page(case, api.export_sources(case), api.exports_of(case))
    return render_page(request, "business_case/exports.html", page, fragment="business_case/_exports.html")


@require_safe
@never_cache
def export(request: HttpRequest, slug: str, export_file: Document) -> HttpResponse:
    """Download one document; one that has to be made first leads to its place on the page."""
    case = api.case_for(actor_of(request), slug)
    if export_file.is_kept:
        kept = api.made_export(case, export_file.file_name, request.GET.get("of", ""))
        return _to_page(case, export_file) if kept is None else _file(case, export_file, bytes(kept.content or b""))
    with shown_in_utc():
        return _file(case, export_file, export_file.write(Exported(case, tells_platform=False)))


@require_POST
def preparation(request: HttpRequest, slug: str, export_file: Document) -> HttpResponse:
    """Have one document made."""
    case = api.case_for(actor_of(request), slug)
    if not export_file.is_kept:
        raise DocumentUnknown(case=slug, file=export_file.file_name)
    try:
        api.ask_export(actor=actor_of(request), case=case, file_name=export_file.file_name, queue=tasks.queue_export)
    except QueueFull as full:
        messages.error(request, str(full))
    return _to_page(case, export_file)


def _to_page(case: Case, document: Document) -> HttpResponse:
    return redirect(f"{reverse('business_case:exports', args=[case.slug])}#{anchor_of(document)}")


def _file(case: Case, document: Document, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=document.media_type)
    response["Content-Disposition"] = f'attachment; filename="{case.slug}-{document.file_name}"'
    return response
