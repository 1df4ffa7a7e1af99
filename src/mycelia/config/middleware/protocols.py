"""Machine interfaces that carry their own authentication, beside everything that pages need."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, get_resolver

from mycelia.config.middleware.errors import problem_response
from mycelia.kernel.errors import NotFound
from mycelia.kernel.requests import discard_from_stranger

GetResponse = Callable[[HttpRequest], HttpResponseBase]
PROTOCOLS = ("/xapi/",)
UNKNOWN_HEADERS = {"X-Content-Type-Options": "nosniff", "X-Experience-API-Version": "2.0.0"}
"""Of an address that leads nowhere: xAPI names its version in every answer (IEEE 9274.1.1-2023 4.1.1)."""
NO_CONTENT = 204


class ProtocolMiddleware:
    """Answer a protocol's requests before session, language, cookies and the pages' headers are in play.

    No cookie is read, so no other site can use a visitor's session here, and a request costs only what it asks for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PROTOCOLS):
            return self.get_response(request)
        try:
            match = get_resolver().resolve(_address(request.path_info))
        except Resolver404:
            discard_from_stranger(request)
            return problem_response(NotFound(), headers=UNKNOWN_HEADERS)
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        response["X-Content-Type-Options"] = "nosniff"
        _measure(response)
        return response


def _address(path: str) -> str:
    """Return the address that is meant: clients put a name with a slash behind an endpoint that ends with one.

    The conformance suites of xAPI do, where they are given the endpoint as every other client takes it.

    Example:
        >>> _address("/xapi//statements"), _address("/xapi/activities//state")
        ('/xapi/statements', '/xapi/activities//state')
    """
    beginning, _, rest = path.partition("//")
    return f"{beginning}/{rest}" if f"{beginning}/" in PROTOCOLS else path


def _measure(response: HttpResponseBase) -> None:
    """Say how long the answer is; 204 has neither a body nor a length (RFC 9110 section 8.6)."""
    if isinstance(response, HttpResponse) and response.status_code != NO_CONTENT:
        response.setdefault("Content-Length", str(len(response.content)))
