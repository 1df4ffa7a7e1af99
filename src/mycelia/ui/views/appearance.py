"""Light, dark, or as the system has it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mycelia.kernel.errors import InvalidInput
from mycelia.ui.preferences import THEMES, keep_theme


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme on this device and go back."""
    chosen = request.POST.get("theme", "")
    if chosen not in THEMES:
        raise InvalidInput
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None) or not target.startswith("/"):
        target = "/"
    response = HttpResponseRedirect(target)
    keep_theme(response, chosen)
    return response
