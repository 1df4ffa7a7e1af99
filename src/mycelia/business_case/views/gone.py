"""What is answered where something was that somebody has removed: a page that says so and leads on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from mycelia.business_case.errors import NotInBlueprint
from mycelia.business_case.models import Case
from mycelia.business_case.pages.blueprint_frame import address
from mycelia.business_case.pages.gone import GonePage, gone_file_page, gone_finding_page
from mycelia.ui.api import render_page

NOT_FOUND = 404
View = Callable[..., HttpResponse]


def answers_gone_findings(view: View) -> View:
    """Return a view of a finding that answers with a page where the check finds no such thing any more."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotInBlueprint:
            return _answer(request, gone_finding_page(address("readiness")))

    return answered


def answer_gone_file(request: HttpRequest, case: Case) -> HttpResponse:
    """Say that a ledger file was removed already, and lead to the ledger."""
    return _answer(request, gone_file_page(case))


def _answer(request: HttpRequest, page: GonePage) -> HttpResponse:
    return render_page(request, "business_case/gone.html", page, status=NOT_FOUND)
