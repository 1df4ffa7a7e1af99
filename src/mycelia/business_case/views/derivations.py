"""How a line becomes its amounts, and the roadmap that lines wait for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mycelia.business_case import api
from mycelia.business_case.errors import NotPartOfCase
from mycelia.business_case.pages.derivation import derivation_page
from mycelia.business_case.pages.item_list import WORDS, part_url
from mycelia.business_case.pages.option_derivation import option_derivation_page
from mycelia.business_case.pages.roadmap import roadmap_page
from mycelia.business_case.types import ItemKind, LineKind, ProposalKind
from mycelia.business_case.views.cases import rights_of
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page


@require_safe
def derivation(request: HttpRequest, slug: str, kind: LineKind, line_id: int) -> HttpResponse:
    """Show the formula, the inputs and every month of a line."""
    case = api.case_for(actor_of(request), slug)
    key = api.line_of(case, kind, line_id).key
    model = api.case_model(case)
    lines = model.costs if kind is LineKind.COST else model.benefits
    line = next(one for one in lines if one.key == key)
    flows = api.line_flows(model, line.option or model.preferred.key)
    flow = next(one for one in (flows.costs if kind is LineKind.COST else flows.benefits) if one.key == key)
    may_edit = rights_of(actor_of(request), case).may_edit
    finding = api.finding_behind(case, kind, key)
    page = derivation_page(case, model, line, flow, kind=kind, line_id=line_id, may_edit=may_edit, finding_key=finding)
    return render_page(request, "business_case/derivation.html", page)


@require_safe
def option_derivation(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the formula, the inputs and the lines of every figure of an option."""
    case = api.case_for(actor_of(request), slug)
    sheet = api.case_sheet(case)
    option = next((one for one in sheet.options if one.key == key), None)
    if option is None:
        raise NotPartOfCase(case=slug, option=key)
    page = option_derivation_page(case, sheet, option)
    return render_page(request, "business_case/option_derivation.html", page)


@require_safe
def roadmap(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the roadmap of the option that the headline figures are about."""
    case = api.case_for(actor_of(request), slug)
    model = api.case_model(case)
    plan = api.plan_schedule(model, model.preferred.key)
    picture = api.simulation_of(case, model)
    found = None if picture.is_stale else picture.result
    findings = api.findings_behind(case, ProposalKind.WORK_ITEM)
    if not rights_of(actor_of(request), case).may_edit:
        page = roadmap_page(case, model, plan, found, edit_urls={}, add_url="", findings=findings)
        return render_page(request, "business_case/roadmap.html", page)
    kind = ItemKind.WORK_ITEM
    edit_urls = {item.key: part_url("part", case, kind, item.key) for item in model.roadmap.items}
    lists = tuple((str(WORDS[one].title), part_url("parts", case, one)) for one in (kind, ItemKind.PHASE))
    add_url = part_url("part_new", case, kind)
    page = roadmap_page(case, model, plan, found, edit_urls=edit_urls, add_url=add_url, findings=findings, lists=lists)
    return render_page(request, "business_case/roadmap.html", page)
