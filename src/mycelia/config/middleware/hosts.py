"""Two hosts in one process: the app, and the origin of uploaded content that shares nothing with it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, get_resolver

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_CONTENT_URLS = "mycelia.config.content_urls"


class ContentOriginMiddleware:
    """Answer requests to the content origin before any session, cookie or page of the app is in play.

    Standing first, it keeps both directions apart: the content host has package files and nothing else, and the
    app's host has no package files.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.content_host = urlsplit(settings.MYCELIA_CONTENT_ORIGIN).netloc

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.META.get("HTTP_HOST", "") != self.content_host:
            return self.get_response(request)
        try:
            match = get_resolver(_CONTENT_URLS).resolve(request.path_info)
        except Resolver404:
            return HttpResponse("Not found", status=404, content_type="text/plain")
        return match.func(request, *match.args, **match.kwargs)
