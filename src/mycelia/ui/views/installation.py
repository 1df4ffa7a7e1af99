"""What a browser needs to install the product: manifest, service worker, and the page shown offline."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from mycelia.ui.pages import PlainPage


@login_not_required
@require_GET
@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest) -> JsonResponse:
    """Describe the installed app."""
    body = {
        "name": "Mycelia",
        "short_name": "Mycelia",
        "description": _("Learning at your company, and what it is worth"),
        "lang": get_language() or "en",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f9f7",
        "theme_color": "#17503d",
        "icons": [_icon("192"), _icon("512"), _icon("maskable-512", purpose="maskable")],
    }
    return JsonResponse(body, content_type="application/manifest+json")


def _icon(name: str, purpose: str = "any") -> dict[str, str]:
    size = name.rpartition("-")[2]
    source = static(f"ui/icons/mycelia-{name}.png")
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@login_not_required
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker from the root, so that its scope is the whole product."""
    path = finders.find("ui/js/service-worker.js")
    with open(str(path), encoding="utf-8") as file:  # noqa: PTH123 (finders return strings)
        source = file.read()
    response = HttpResponse(source, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """Show what an installed app shows without network; kept by the service worker."""
    return render(request, "ui/offline.html", {"page": PlainPage(_("No connection"))})
