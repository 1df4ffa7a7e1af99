"""The days that a roadmap is counted in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mycelia.business_case import api
from mycelia.business_case.forms.calendar import CalendarForm
from mycelia.business_case.pages.item_form import ItemPlace
from mycelia.business_case.types import ItemKind
from mycelia.business_case.views.edges import editable_case
from mycelia.business_case.views.items import Edited, answer_edit


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Change working days, holidays, and when work may begin."""
    case = editable_case(request, slug)
    state = api.item_of(case, ItemKind.CALENDAR)
    form = CalendarForm(
        request.POST if request.method == "POST" else None, initial=CalendarForm.initial_of(state.value)
    )
    here = reverse("business_case:calendar", args=[slug])
    back = reverse("business_case:roadmap", args=[slug])
    lead = _("Which days the roadmap counts as working days.")
    return answer_edit(request, Edited(case, form, state, ItemPlace(_("Calendar of the roadmap"), here, back, lead)))
