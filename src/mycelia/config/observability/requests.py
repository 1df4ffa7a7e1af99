"""Every request leaves one log line and one count, under an identifier its caller can quote."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import bound_contextvars

from mycelia.config.observability import measures, request_ids

GetResponse = Callable[[HttpRequest], HttpResponseBase]
log = structlog.get_logger("mycelia.request")
_SECRET_PARTS = frozenset({"token", "key", "uidb36", "uidb64", "signature"})
_UNMATCHED = "unmatched"


class RequestLogMiddleware:
    """Accept or make the request's identifier, time the answer, and write down what came of it.

    The address is logged without its query and without secret parts, and no visitor's name or e-mail is.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        identifier = request_ids.request_id(request.headers.get(request_ids.HEADER))
        request.request_id = identifier  # type: ignore[attr-defined]
        with bound_contextvars(request_id=identifier):
            begun = time.perf_counter()
            response = self.get_response(request)
            self._record(request, response, time.perf_counter() - begun)
        response[request_ids.HEADER] = identifier
        return response

    def _record(self, request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        route, status, method = route_name(request), response.status_code, request.method or ""
        measures.count_request(method=method, route=route, status=status, seconds=seconds)
        log.info(
            "request",
            method=method,
            path=logged_path(request),
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
        )


def route_name(request: HttpRequest) -> str:
    """Return the name of the route that answered, such as "learning:home"; the same for every object."""
    if request.path_info.startswith("/content/"):
        return "content"
    if request.path_info.startswith("/static/"):
        return "static"
    match = request.resolver_match
    return _UNMATCHED if match is None else match.view_name or match.route or _UNMATCHED


def logged_path(request: HttpRequest) -> str:
    """Return the path with its secret parts struck out."""
    if request.path_info.startswith("/content/"):
        return "/content/…"
    path = request.path_info
    for name, value in (request.resolver_match.kwargs if request.resolver_match else {}).items():
        if name in _SECRET_PARTS:
            path = path.replace(str(value), "…")
    return path
