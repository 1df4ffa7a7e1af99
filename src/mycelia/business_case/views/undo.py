"""Taking back what a person did to a case last, and doing it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mycelia.business_case import api
from mycelia.business_case.views.edges import editable_case, way_back
from mycelia.kernel.errors import Conflict, InvalidInput
from mycelia.kernel.requests import actor_of


@require_POST
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back the last change."""
    return _replay(request, slug, api.undo_change, _("Undone."))


@require_POST
def redo(request: HttpRequest, slug: str) -> HttpResponse:
    """Do again what was undone last."""
    return _replay(request, slug, api.redo_change, _("Done again."))


def _replay(request: HttpRequest, slug: str, act: Callable[..., Any], words: str) -> HttpResponse:
    case = editable_case(request, slug)
    try:
        act(actor=actor_of(request), case=case)
    except (Conflict, InvalidInput) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect(way_back(request) or reverse("business_case:case", args=[slug]))
