"""Two hosts in one process: the app, and the origin of uploaded content that shares nothing with it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_resolver

from mycelia.config.middleware.errors import problem_response
from mycelia.config.middleware.protocols import PROTOCOLS
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.requests import discard_from_stranger

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_CONTENT_URLS = "mycelia.config.content_urls"
_SENT_BY_PAGES = ("Sec-Fetch-Site", "Sec-Fetch-Mode", "Origin", "Referer")


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


def is_for_content(request: HttpRequest) -> bool:
    """Return whether a request came to the content host."""
    asked = host_name(request.META.get("HTTP_HOST", ""))
    return asked is not None and asked == host_name(settings.MYCELIA_CONTENT_ORIGIN)


def is_from_page(request: HttpRequest) -> bool:
    """Return whether a browser sends; programs send none of the headers that browsers let no page leave out.

    References:
        Fetch Metadata Request Headers, 2 (the Sec-Fetch-* headers); Fetch, 2.2.2 (forbidden request-headers).
    """
    return any(name in request.headers for name in _SENT_BY_PAGES)


class ProtocolElsewhere(PermissionDenied):
    """A browser asks the content host for what packages there must not reach."""

    code = "protocol_elsewhere"


class ContentOriginMiddleware:
    """Answer requests to the content origin before any session, cookie or page of the app is in play.

    Standing first, it keeps both directions apart: for browsers the content host has package files and nothing else,
    and the app's host has no package files. Programs that know the server by this name reach its protocols, which
    carry their own authentication. A browser is refused before it is asked for a credential: it would keep that for
    the origin, and add it to whatever a package there asks for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_for_content(request):
            return self.get_response(request)
        if request.path_info.startswith(PROTOCOLS):
            return _refusal(request) if is_from_page(request) else _unasked(self.get_response(request))
        match = get_resolver(_CONTENT_URLS).resolve(request.path_info)
        return match.func(request, *match.args, **match.kwargs)


def _unasked(response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer that makes no browser ask for a password.

    Over plain HTTP browsers leave out most of what tells them from programs, and a package may hide the rest.

    References:
        RFC 9110 11.6.1 (a 401 names some scheme) and 11.6.3; RFC 6750 section 3, which no browser asks anybody for.
    """
    asked = response.headers.get("WWW-Authenticate", "")
    if "Basic" in asked:
        response.headers["WWW-Authenticate"] = "Bearer" + (asked.partition("Bearer")[2] or ' realm="protocol"')
    return response


def _refusal(request: HttpRequest) -> HttpResponseBase:
    discard_from_stranger(request)
    here = f"{settings.MYCELIA_PUBLIC_URL}{request.path_info}"
    return problem_response(ProtocolElsewhere(f"This host has course packages. Browsers find this at {here}"))
