"""Sets `request.actor`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from mycelia.access.api import actor_for


class ActorMiddleware:
    """Attach the actor of the request, with one query.

    A view behind sign-in gets the actor itself. Public views and error pages get one that is made when it is asked
    for, so that they cost nothing while the database is away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: actor_for(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *captured: Any) -> None:
        if getattr(view, "login_required", True):
            request.actor = actor_for(request.user)  # type: ignore[attr-defined]
