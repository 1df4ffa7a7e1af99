"""Cost and benefit lines: add, change, remove, and what one adds while it is being typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mycelia.business_case import api
from mycelia.business_case.errors import NotPartOfCase
from mycelia.business_case.forms import BenefitForm, CostForm
from mycelia.business_case.forms.line import LineForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.effect import effect_in_words
from mycelia.business_case.pages.item_form import ItemPlace, finding_url
from mycelia.business_case.pages.talk import talk_about
from mycelia.business_case.types import (
    BenefitCategory,
    BenefitLine,
    CaseModel,
    CostLine,
    ItemKind,
    ItemState,
    KpiTerms,
    LineKind,
    UnsoundModel,
)
from mycelia.business_case.views.edges import editable_case, to_part
from mycelia.business_case.views.items import Edited, answer_edit, answer_removed
from mycelia.business_case.views.removal import Question, answer_removal, going_item

ITEMS = {LineKind.COST: ItemKind.COST, LineKind.BENEFIT: ItemKind.BENEFIT}


@require_http_methods(["GET", "HEAD", "POST"])
def line_new(request: HttpRequest, slug: str, kind: LineKind) -> HttpResponse:
    """Add a line."""
    case = editable_case(request, slug)
    form = _form(request, case, api.case_model(case), kind, None)
    return answer_edit(request, Edited(case, form, None, _new_place(case, kind)))


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, slug: str, kind: LineKind, line_id: int) -> HttpResponse:
    """Change a line."""
    case = editable_case(request, slug)
    model = api.case_model(case)
    try:
        state = api.item_of(case, ITEMS[kind], api.line_of(case, kind, line_id).key)
    except NotPartOfCase:
        if request.method != "POST":
            raise
        gone = Edited(case, _form(request, case, model, kind, None), None, _new_place(case, kind))
        return answer_removed(request, gone)
    title = _("Change the cost") if kind is LineKind.COST else _("Change the benefit")
    place = _place(case, kind, title, line_id)
    place = replace(place, finding=finding_url(api.finding_behind(case, kind, state.key)))
    form = _form(request, case, model, kind, state)
    effect = "" if form.is_bound else _effect(model, kind, state.value)
    talk = talk_about(case, state.key, name=title, back=f"{place.here}#comments")
    subject, again = f"{kind}/{state.key}", _new_place(case, kind)
    return answer_edit(request, Edited(case, form, state, place, effect, talk=talk, again=again, subject=subject))


@require_POST
def line_effect(request: HttpRequest, slug: str, kind: LineKind) -> HttpResponse:
    """Tell what the line that is being typed would add; nothing is saved."""
    case = editable_case(request, slug)
    model = api.case_model(case)
    form = _form(request, case, model, kind, None)
    words = _effect(model, kind, form.value("unsaved")) if form.is_valid() else ""
    return render(request, "business_case/_effect.html", {"effect": words})


@require_http_methods(["GET", "HEAD", "POST"])
def line_removal(request: HttpRequest, slug: str, kind: LineKind, line_id: int) -> HttpResponse:
    """Ask, then remove a line with its amounts."""
    case = editable_case(request, slug)
    found = api.line_of(case, kind, line_id)
    state = api.item_of(case, ITEMS[kind], found.key)
    question = Question(
        title=_("Remove “%(description)s”?") % {"description": found.description},
        message=_("The line goes with the amounts below, and every figure changes. Earlier presentations keep theirs."),
        what_goes=tuple(
            f"{formats.year_name(year)}: {formats.money(amount, case.currency)}"
            for year, amount in enumerate(_amounts(case, kind, found.key))
            if amount
        ),
    )
    form = _form(request, case, api.case_model(case), kind, state)
    done = _("The line is removed, and every figure follows.")
    return answer_removal(request, going_item(case, state, form, question, done, to_part(case, f"{kind}s")))


def _form(request: HttpRequest, case: Case, model: CaseModel, kind: LineKind, state: ItemState | None) -> LineForm:
    typed = request.POST if request.method == "POST" else None
    if kind is LineKind.COST:
        initial = CostForm.initial_of(state.value) if state else None
        return CostForm(typed, model=model, initial=initial)
    value = state.value if state and isinstance(state.value, BenefitLine) else None
    stored = value.category if value else BenefitCategory.TIME_SAVED
    return BenefitForm(
        typed,
        model=model,
        kpis=_kpis(case),
        category=_category(request.POST.get("category", ""), stored),
        initial=BenefitForm.initial_of(value) if value else None,
    )


def _category(typed: str, stored: BenefitCategory) -> BenefitCategory:
    return BenefitCategory(typed) if typed in list(BenefitCategory) else stored


def _kpis(case: Case) -> list[tuple[str, str]]:
    values = [state.value for state in api.items_of(case, ItemKind.KPI)]
    return [(value.key, f"{value.name}, {value.unit}") for value in values if isinstance(value, KpiTerms)]


def _effect(model: CaseModel, kind: LineKind, value: object) -> str:
    if not isinstance(value, CostLine | BenefitLine):
        return ""
    try:
        return effect_in_words(api.line_effect(model, value), kind, model.currency)
    except UnsoundModel:
        return ""


def _amounts(case: Case, kind: LineKind, key: str) -> tuple[Decimal, ...]:
    """Return what a line comes to, year by year; nothing where the case cannot be computed."""
    model = api.case_model(case)
    line = next(one for one in (model.costs if kind is LineKind.COST else model.benefits) if one.key == key)
    try:
        flows = api.line_flows(model, line.option or model.preferred.key)
    except UnsoundModel:
        return ()
    return next(flow.by_year() for flow in (*flows.costs, *flows.benefits) if flow.key == key)


def _new_place(case: Case, kind: LineKind) -> ItemPlace:
    return _place(case, kind, _("Add a cost") if kind is LineKind.COST else _("Add a benefit"))


def _place(case: Case, kind: LineKind, title: str, line_id: int | None = None) -> ItemPlace:
    known = [case.slug, kind] if line_id is None else [case.slug, kind, line_id]
    return ItemPlace(
        title=title,
        here=reverse("business_case:line_new" if line_id is None else "business_case:line", args=known),
        back=to_part(case, f"{kind}s"),
        removal="" if line_id is None else reverse("business_case:line_removal", args=known),
        effect=reverse("business_case:line_effect", args=[case.slug, kind]),
        switches=kind is LineKind.BENEFIT,
    )
