"""Reading the log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mycelia.audit.api import ReadAuditLog
from mycelia.audit.forms import AuditFilterForm
from mycelia.audit.pages import audit_page
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """List the entries that match, newest first."""
    require(actor_of(request), ReadAuditLog())
    page = audit_page(AuditFilterForm(request.GET))
    return render_page(request, "audit/entry_list.html", page, fragment="audit/_entries.html")
