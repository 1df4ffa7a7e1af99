"""Two hosts in one process: the app, and the origin of uploaded content that shares nothing with it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_resolver

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_CONTENT_URLS = "mycelia.config.content_urls"


def host_name(address: str) -> str | None:
    """Return the host of an origin or of a Host header, in lower case and without port; None where it has none.

    Ports are left out on purpose: cookies do not tell them apart, and proxies may drop them.

    Example:
        >>> host_name("https://Content.Example.com:443"), host_name("127.0.0.1:8000"), host_name("[::1")
        ('content.example.com', '127.0.0.1', None)
    """
    try:
        name = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None
    return name.rstrip(".") if name else None


class ContentOriginMiddleware:
    """Answer requests to the content origin before any session, cookie or page of the app is in play.

    Standing first, it keeps both directions apart: the content host has package files and nothing else, and the
    app's host has no package files.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if host_name(request.META.get("HTTP_HOST", "")) != host_name(settings.MYCELIA_CONTENT_ORIGIN):
            return self.get_response(request)
        match = get_resolver(_CONTENT_URLS).resolve(request.path_info)
        return match.func(request, *match.args, **match.kwargs)
