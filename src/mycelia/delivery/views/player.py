"""The player and what its script asks for."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from mycelia.delivery import api, pages
from mycelia.delivery.calc.messages import BODY_BYTES, parse_messages
from mycelia.delivery.errors import MalformedCommit
from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor
from mycelia.ui.api import render_page

_SESSION_BODY_BYTES = 4096


@require_GET
@never_cache
@ensure_csrf_cookie
def player(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show the player of the reader's own attempt."""
    attempt = api.attempt(request.actor, attempt_id)  # type: ignore[attr-defined]
    response = render_page(request, "delivery/player.html", pages.player_page(attempt))
    response.headers["Permissions-Policy"] = f'unload=(self "{settings.MYCELIA_CONTENT_ORIGIN}")'
    return response


@require_POST
def sessions(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Launch one part of the package: a new session of the attempt."""
    try:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        launch = api.launch_item(actor, attempt_id=attempt_id, item=_wanted_item(request))
        attempt = api.attempt(actor, attempt_id)
    except MyceliaError as error:
        return _problem(error)
    body = {"launch": pages.launch_body(launch), "progress": pages.progress_body(attempt)}
    return JsonResponse(body, status=201)


def _wanted_item(request: HttpRequest) -> str | None:
    try:
        body = json.loads(request.read(_SESSION_BODY_BYTES) or b"{}")
        item = body.get("item")
    except (ValueError, AttributeError, RecursionError) as error:
        raise MalformedCommit from error
    if item is not None and not isinstance(item, str):
        raise MalformedCommit
    return item


@require_POST
def commits(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Write messages of the content into the journal; the answer means they are in it."""
    try:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        parsed = parse_messages(request.read(BODY_BYTES + 1))
        receipts = api.record_commits(actor, attempt_id=attempt_id, commits=parsed)
        attempt = api.attempt(actor, attempt_id)
    except MyceliaError as error:
        return _problem(error)
    return JsonResponse({"receipts": pages.receipts_body(receipts), "progress": pages.progress_body(attempt)})


def _problem(error: MyceliaError) -> JsonResponse:
    """Return RFC 9457 problem details; the player's script is a program, whatever it says it accepts."""
    body = {"type": f"urn:mycelia:problem:{error.code}", "title": str(error), "status": error.status}
    return JsonResponse(body, status=error.status, content_type="application/problem+json")
