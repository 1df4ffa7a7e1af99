"""Downloads of a case, for everybody who may read it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mycelia.business_case import api
from mycelia.business_case.exports.catalogue import Document
from mycelia.business_case.exports.source import Exported
from mycelia.business_case.pages.exports import exports_page
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page, shown_in_utc


@require_safe
def export_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List what can be taken away."""
    case = api.case_for(actor_of(request), slug)
    return render_page(request, "business_case/exports.html", exports_page(case))


@require_safe
@never_cache
def export(request: HttpRequest, slug: str, export_file: Document) -> HttpResponse:
    """Download one document."""
    case = api.case_for(actor_of(request), slug)
    with shown_in_utc():
        content = export_file.write(Exported(case))
    response = HttpResponse(content, content_type=export_file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{case.slug}-{export_file.file_name}"'
    return response
