"""What the quantities of a case depend on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mycelia.business_case import api
from mycelia.business_case.forms import DriversForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages.adoption_chart import adoption_chart
from mycelia.business_case.pages.item_form import ItemPlace
from mycelia.business_case.types import ItemKind
from mycelia.business_case.views.edges import editable_case
from mycelia.business_case.views.items import Edited, answer_edit
from mycelia.ui.api import Chart


@require_http_methods(["GET", "HEAD", "POST"])
def drivers(request: HttpRequest, slug: str) -> HttpResponse:
    """Change people, hours of content and the curve of adoption."""
    case = editable_case(request, slug)
    model = api.case_model(case)
    state = api.item_of(case, ItemKind.DRIVERS)
    form = DriversForm(
        request.POST if request.method == "POST" else None,
        model=model,
        people=api.people_in_scope(case),
        initial=DriversForm.initial_of(state.value),
    )
    here = reverse("business_case:drivers", args=[slug])
    lead = _("What quantities of lines are multiplied by, month by month.")
    place = ItemPlace(_("Drivers"), here, here, lead)
    return answer_edit(request, Edited(case, form, state, place, chart=lambda: _curve(case), subject="driver"))


def _curve(case: Case) -> Chart | None:
    """Return the curve as it is stored now, which is after saving when something was saved."""
    model = api.case_model(case)
    return adoption_chart(model, model.drivers)
