"""Two hosts in one process: the app, and the origin of uploaded content that shares nothing with it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_resolver

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_CONTENT_URLS = "mycelia.config.content_urls"
_USUAL_PORTS = {"http": ":80", "https": ":443"}


def host_of(origin: str) -> str:
    """Return an origin's host as browsers send it: in lower case, without the scheme's usual port.

    Example:
        >>> host_of("https://Content.Example.com:443"), host_of("http://127.0.0.1:8000")
        ('content.example.com', '127.0.0.1:8000')
    """
    parts = urlsplit(origin)
    return parts.netloc.lower().removesuffix(_USUAL_PORTS[parts.scheme])


class ContentOriginMiddleware:
    """Answer requests to the content origin before any session, cookie or page of the app is in play.

    Standing first, it keeps both directions apart: the content host has package files and nothing else, and the
    app's host has no package files.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        origin = settings.MYCELIA_CONTENT_ORIGIN
        host = request.META.get("HTTP_HOST", "").lower().removesuffix(_USUAL_PORTS[urlsplit(origin).scheme])
        if host != host_of(origin):
            return self.get_response(request)
        match = get_resolver(_CONTENT_URLS).resolve(request.path_info)
        return match.func(request, *match.args, **match.kwargs)
