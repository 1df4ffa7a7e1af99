"""The one way a view answers with a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def is_fragment_request(request: HttpRequest) -> bool:
    """Return whether htmx asks for a part of the page rather than the whole."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Boosted") != "true"


def render_page(
    request: HttpRequest, template: str, page: Any, status: int = 200, *, fragment: str | None = None
) -> HttpResponse:
    """Answer with a page, or with the fragment of it that htmx asked for.

    Args:
        template: The whole page; it extends `ui/layouts/app.html` or `ui/layouts/bare.html`.
        page: A frozen dataclass, the whole context of the template under the name `page`. The layout reads
            `page.title` and, where they exist, `page.breadcrumbs` and `page.lead`.
        status: 422 for a form that is sent back.
        fragment: Template of the part htmx swaps; the page includes the same file, so the two never differ.
    """
    chosen = fragment if fragment and is_fragment_request(request) else template
    response = render(request, chosen, {"page": page}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
