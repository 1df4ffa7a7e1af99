"""How sure a case is: its simulation, made in the background."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from mycelia.business_case import api, tasks
from mycelia.business_case.forms.simulation import SimulationForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages.known_inputs import known_inputs
from mycelia.business_case.pages.outlook import outlook_part
from mycelia.business_case.pages.risk import RiskPage, risk_page
from mycelia.business_case.types import CaseModel
from mycelia.kernel.errors import QueueFull
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

STALLED = _lazy("The simulation stands still: whatever computed it is not there any more. Start it again.")


@require_safe
def risk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the latest simulation of an option, and how far one under way is."""
    case = api.case_for(actor_of(request), slug)
    page = _page(case, api.case_model(case), request.GET.get("option", ""))
    return render_page(request, "business_case/risk.html", page, fragment="business_case/_risk.html")


@require_safe
def outlook(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the range of the headline figures, for the overview while it is being computed."""
    case = api.case_for(actor_of(request), slug)
    part = outlook_part(slug, api.outlook_of(case, api.case_model(case)), case.currency)
    return render(request, "business_case/_outlook.html", {"outlook": part})


@require_POST
def simulations(request: HttpRequest, slug: str) -> HttpResponse:
    """Have an option simulated."""
    case = api.case_for(actor_of(request), slug)
    option = request.POST.get("option", "")
    asked = SimulationForm.asked(request.POST)
    if isinstance(asked, SimulationForm):
        page = _page(case, api.case_model(case), option, asked)
        return render_page(request, "business_case/risk.html", page, status=422)
    try:
        api.ask_simulation(actor=actor_of(request), case=case, queue=tasks.queue_now, option=option, **asked)
    except QueueFull as full:
        messages.error(request, str(full))
    address = reverse("business_case:risk", args=[slug])
    return redirect(f"{address}?option={option}" if option else address)


def _page(case: Case, model: CaseModel, wanted: str, form: SimulationForm | None = None) -> RiskPage:
    shown = next((one for one in model.options if one.key == wanted), model.preferred)
    address = reverse("business_case:risk", args=[case.slug])
    found = api.simulation_of(case, model, shown.key)
    return risk_page(
        case,
        options=tuple(
            (one.name or _("Proposal"), f"{address}?option={one.key}", one.key == shown.key) for one in model.options
        ),
        option=shown.key,
        found=found.result,
        as_of=None if found.run is None else found.run.finished_at,
        is_stale=found.is_stale,
        progress=None if found.progress is None else round(found.progress * 100),
        failure=str(STALLED) if found.is_stalled else found.failure,
        known={} if found.result is None else known_inputs(case.slug, model, _line_urls(case)),
        form=form,
    )


def _line_urls(case: Case) -> dict[str, str]:
    """Return where the derivation of each line stands, by the beginning of the names of its inputs."""
    return {
        f"{kind.value}/{key}": reverse("business_case:derivation", args=[case.slug, kind, number])
        for (kind, key), number in api.line_numbers(case).items()
    }
