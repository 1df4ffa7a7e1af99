"""The last resort for errors that no view and no middleware answered."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views import defaults

from mycelia.config.middleware.errors import DATABASE_DOWN, database_down, problem_response
from mycelia.kernel.errors import MyceliaError


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer for the exception being handled: 503 for a database that is down, else what the error says, else 500.

    A session that cannot be read fails before any view is reached, and a page rendered for a request may ask the
    database again; so nothing of the request is used here.
    """
    error = _known(sys.exc_info()[1])
    if _wants_json(request):
        return problem_response(error or MyceliaError())
    if error is None:
        return defaults.server_error(request)
    return HttpResponse(render_to_string("ui/errors/error.html", {"error": error}), status=error.status)


def _known(exception: BaseException | None) -> MyceliaError | None:
    if isinstance(exception, DATABASE_DOWN):
        return database_down(exception)
    return exception if isinstance(exception, MyceliaError) else None


def _wants_json(request: HttpRequest) -> bool:
    return "json" in request.headers.get("Accept", "") or request.content_type == "application/json"
