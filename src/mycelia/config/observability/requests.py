"""Every request leaves one log line and one count, under an identifier its caller can quote."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import bound_contextvars

from mycelia.config.observability import measures, request_ids
from mycelia.config.observability.addresses import logged_path, route_name

GetResponse = Callable[[HttpRequest], HttpResponseBase]
log = structlog.get_logger("mycelia.request")


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
        note = log.debug if route == "static" else log.info
        note(
            "request",
            method=method,
            path=logged_path(request),
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
        )
