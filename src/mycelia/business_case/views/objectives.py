"""Objectives and KPIs: added, changed against the revision that was seen, removed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mycelia.business_case import api
from mycelia.business_case.errors import NotPartOfCase
from mycelia.business_case.forms import KpiForm, ObjectiveForm
from mycelia.business_case.models import Case, Objective
from mycelia.business_case.pages.item_form import ItemPlace
from mycelia.business_case.pages.talk import talk_about
from mycelia.business_case.types import ItemKind, ItemState
from mycelia.business_case.views.edges import editable_case, to_part
from mycelia.business_case.views.items import Edited, answer_edit, answer_removed
from mycelia.business_case.views.removal import Question, answer_removal, going_item


@require_http_methods(["GET", "HEAD", "POST"])
def objective_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an objective."""
    case = editable_case(request, slug)
    return answer_edit(request, _new_objective(request, case))


@require_http_methods(["GET", "HEAD", "POST"])
def objective(request: HttpRequest, slug: str, objective_id: int) -> HttpResponse:
    """Change an objective."""
    case = editable_case(request, slug)
    anew = _new_objective(request, case)
    try:
        found = api.objective_of(case, objective_id)
        state = api.item_of(case, ItemKind.OBJECTIVE, found.key)
    except NotPartOfCase:
        if request.method != "POST":
            raise
        return answer_removed(request, anew)
    address = reverse("business_case:objective", args=[slug, objective_id])
    removal = reverse("business_case:objective_removal", args=[slug, objective_id])
    place = ItemPlace(_("Change the objective"), address, to_part(case, f"objective-{objective_id}"), removal=removal)
    form = ObjectiveForm(_typed(request), initial=ObjectiveForm.initial_of(state.value))
    talk = talk_about(case, state.key, name=found.title, back=f"{address}#comments")
    return answer_edit(request, Edited(case, form, state, place, talk=talk, again=anew.place))


@require_http_methods(["GET", "HEAD", "POST"])
def objective_removal(request: HttpRequest, slug: str, objective_id: int) -> HttpResponse:
    """Ask, then remove an objective with its KPIs."""
    case = editable_case(request, slug)
    found = api.objective_of(case, objective_id)
    state = api.item_of(case, ItemKind.OBJECTIVE, found.key)
    kpis = list(found.kpis.all())
    question = Question(
        title=_("Remove the objective “%(title)s”?") % {"title": found.title},
        message=_("The objective goes with all of its KPIs. Earlier presentations keep what they showed."),
        what_goes=tuple(kpi.name for kpi in kpis),
        along=tuple((kpi.key, kpi.revision) for kpi in kpis),
    )
    done = _("The objective is removed.")
    return answer_removal(
        request, going_item(case, state, ObjectiveForm(), question, done, to_part(case, "objectives"))
    )


@require_http_methods(["GET", "HEAD", "POST"])
def kpi_new(request: HttpRequest, slug: str, objective_id: int) -> HttpResponse:
    """Add a KPI to an objective."""
    case = editable_case(request, slug)
    return answer_edit(request, _new_kpi(request, case, api.objective_of(case, objective_id)))


@require_http_methods(["GET", "HEAD", "POST"])
def kpi(request: HttpRequest, slug: str, kpi_id: int) -> HttpResponse:
    """Change a KPI."""
    case = editable_case(request, slug)
    try:
        found = api.kpi_of(case, kpi_id)
        state = api.item_of(case, ItemKind.KPI, found.key)
    except NotPartOfCase:
        anew = _kpi_again(request, case)
        if anew is None:
            raise
        return answer_removed(request, anew)
    address = reverse("business_case:kpi", args=[slug, kpi_id])
    place = ItemPlace(
        title=_("Change the KPI"),
        here=address,
        back=to_part(case, f"kpi-{kpi_id}"),
        lead=_kpi_lead(found.objective),
        removal=reverse("business_case:kpi_removal", args=[slug, kpi_id]),
    )
    form = _kpi_form(request, case, found.objective.key, state)
    talk = talk_about(case, state.key, name=found.name, back=f"{address}#comments")
    again = _new_kpi(request, case, found.objective).place
    return answer_edit(request, Edited(case, form, state, place, talk=talk, again=again))


@require_http_methods(["GET", "HEAD", "POST"])
def kpi_removal(request: HttpRequest, slug: str, kpi_id: int) -> HttpResponse:
    """Ask, then remove a KPI."""
    case = editable_case(request, slug)
    found = api.kpi_of(case, kpi_id)
    state = api.item_of(case, ItemKind.KPI, found.key)
    readings = api.readings_of(found).count()
    question = Question(
        title=_("Remove the KPI “%(name)s”?") % {"name": found.name},
        message=_(
            "Its baseline, target, owner and source go with it; undoing brings all of it back. Earlier presentations "
            "keep what they showed."
        ),
        what_goes=(ngettext("%(n)s reading", "%(n)s readings", readings) % {"n": readings},) if readings else (),
    )
    form, back = _kpi_form(request, case, found.objective.key, state), to_part(case, f"objective-{found.objective_id}")
    return answer_removal(request, going_item(case, state, form, question, _("The KPI is removed."), back))


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _new_objective(request: HttpRequest, case: Case) -> Edited:
    def after(saved: ItemState) -> str:
        return to_part(case, f"objective-{case.objectives.get(key=saved.key).pk}")

    address = reverse("business_case:objective_new", args=[case.slug])
    place = ItemPlace(_("Add an objective"), address, to_part(case, "objectives"))
    return Edited(case, ObjectiveForm(_typed(request)), None, place, after=after)


def _new_kpi(request: HttpRequest, case: Case, found: Objective) -> Edited:
    def after(saved: ItemState) -> str:
        return to_part(case, f"kpi-{case.kpis.get(key=saved.key).pk}")

    address = reverse("business_case:kpi_new", args=[case.slug, found.pk])
    place = ItemPlace(_("Add a KPI"), address, to_part(case, f"objective-{found.pk}"), lead=_kpi_lead(found))
    return Edited(case, _kpi_form(request, case, found.key, None), None, place, after=after)


def _kpi_again(request: HttpRequest, case: Case) -> Edited | None:
    """Return the form of a removed KPI as that of a new one; None where nothing was typed or no objective is left."""
    objectives = case.objectives.all()
    chosen = objectives.filter(key=request.POST.get("objective", "")).first() or objectives.first()
    return None if chosen is None or request.method != "POST" else _new_kpi(request, case, chosen)


def _kpi_form(request: HttpRequest, case: Case, objective: str, state: ItemState | None) -> KpiForm:
    return KpiForm(
        _typed(request),
        objective=objective,
        objectives=list(case.objectives.values_list("key", "title")),
        stored=state.value if state else None,
        initial=KpiForm.initial_of(state.value) if state else None,
    )


def _kpi_lead(objective: Objective) -> str:
    return _(
        "For the objective “%(title)s”. Name and unit are enough to save; the case can be presented once baseline, "
        "target, owner and source are known."
    ) % {"title": objective.title}
