"""What browsers are told, so that content on other web origins can speak to the store.

References:
    Fetch standard, 3.2 (CORS protocol); xAPI 1.0.3 Part Three 1.3 on cross-origin requests.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from mycelia.records.calc.terms import EVERY_ORIGIN
from mycelia.records.queries.credentials import allowed_origins

_SENT = "Authorization, Content-Type, If-Match, If-None-Match, Accept-Language, Updated, X-Experience-API-Version"
_SHOWN = (
    "ETag, Last-Modified, Content-Length, Retry-After, WWW-Authenticate, "
    "X-Experience-API-Version, X-Experience-API-Consistent-Through"
)
_KEPT_SECONDS = "600"


def is_preflight(request: HttpRequest) -> bool:
    """Return whether a browser asks what it may send."""
    meta = request.META
    return request.method == "OPTIONS" and "HTTP_ORIGIN" in meta and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in meta


def preflight(request: HttpRequest, methods: Iterable[str]) -> HttpResponse:
    """Answer a browser that asks; it names no credential, so an origin that any credential has is told yes.

    The request itself is then held to the origins of the credential it brings.
    """
    answer = HttpResponse(status=204)
    del answer["Content-Type"]
    if open_to_browser(request, answer):
        known = set(methods)
        answer["Access-Control-Allow-Methods"] = ", ".join(sorted(known | ({"HEAD"} if "GET" in known else set())))
        answer["Access-Control-Allow-Headers"] = _SENT
        answer["Access-Control-Max-Age"] = _KEPT_SECONDS
    return answer


def open_to_browser(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Let scripts of the sending web origin read an answer, if any credential is for that origin."""
    origin = request.META.get("HTTP_ORIGIN")
    if origin is None:
        return False
    patch_vary_headers(answer, ["Origin"])
    if not allowed_origins() & {origin, EVERY_ORIGIN}:
        return False
    answer["Access-Control-Allow-Origin"] = origin
    answer["Access-Control-Expose-Headers"] = _SHOWN
    return True
