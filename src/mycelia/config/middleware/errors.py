"""The product's errors as pages for people and problem details for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import structlog
from django.db import OperationalError
from django.db.utils import InterfaceError
from django.http import HttpRequest, HttpResponseBase, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import MyceliaError, Unavailable
from mycelia.kernel.postgres.errors import EmbeddedDatabaseError

GetResponse = Callable[[HttpRequest], HttpResponseBase]
DATABASE_DOWN = (OperationalError, InterfaceError, EmbeddedDatabaseError)
log = structlog.get_logger(__name__)


class BodyBrokeOff(MyceliaError):
    """A body ended before it was as long as its headers said: the sender went away, or was too slow."""

    code = "body_broke_off"
    status = 400
    default_message = _("The request broke off before its end. Nothing was changed.")


class ErrorPageMiddleware:
    """Turn a raised `MyceliaError`, or a database that is down, into an answer a person can act on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        except DATABASE_DOWN as error:
            return error_response(request, database_down(error))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, DATABASE_DOWN):
            exception = database_down(exception)
        if isinstance(exception, UnreadablePostError):
            exception = BodyBrokeOff()
        return error_response(request, exception) if isinstance(exception, MyceliaError) else None


def error_response(request: HttpRequest, error: MyceliaError) -> HttpResponseBase:
    """Answer with a page, or with RFC 9457 problem details where JSON is asked for."""
    log.info("request_refused", code=error.code, status=error.status)
    if "json" in request.headers.get("Accept", "") or request.content_type == "application/json":
        return problem_response(error)
    response = render(request, "ui/errors/error.html", {"error": error}, status=error.status)
    patch_vary_headers(response, ["Accept"])
    return response


def problem_response(error: MyceliaError, *, headers: Mapping[str, str] | None = None) -> JsonResponse:
    """Return RFC 9457 problem details.

    References:
        RFC 9457, section 3.1.
    """
    body = {"type": f"urn:mycelia:problem:{error.code}", "title": str(error), "status": error.status}
    return JsonResponse(body, status=error.status, content_type="application/problem+json", headers=headers)


def database_down(error: Exception) -> Unavailable:
    """Return what visitors are told; why it is down, with folders and accounts of the server, is for its log."""
    log.error("database_unavailable", error=str(error))
    return Unavailable()
