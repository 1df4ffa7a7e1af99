"""Options, phases, work items, correlations and named inputs: listed, added, changed, removed, put earlier or later."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.business_case import api
from mycelia.business_case.errors import ItemMovedOn, NotPartOfCase
from mycelia.business_case.forms import CorrelationForm, NamedInputForm, OptionForm, PhaseForm, WorkItemForm
from mycelia.business_case.forms.item import ItemForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages.item_form import ItemPlace, finding_url
from mycelia.business_case.pages.item_list import WORDS, item_list_page, part_url
from mycelia.business_case.pages.talk import talk_about
from mycelia.business_case.types import ItemKind, ItemState, Option, ProposalKind
from mycelia.business_case.views.edges import editable_case
from mycelia.business_case.views.items import Edited, answer_edit, answer_removed
from mycelia.business_case.views.removal import Question, answer_removal, going_item
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

COMMENTED = (ItemKind.OPTION, ItemKind.WORK_ITEM, ItemKind.INPUT)


@require_safe
def parts(request: HttpRequest, slug: str, part: ItemKind) -> HttpResponse:
    """List the items of one kind."""
    case = editable_case(request, slug)
    page = item_list_page(case, api.case_model(case), part, api.items_of(case, part))
    return render_page(request, "business_case/item_list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def part_new(request: HttpRequest, slug: str, part: ItemKind) -> HttpResponse:
    """Add an item."""
    case = editable_case(request, slug)
    return answer_edit(request, Edited(case, _form(request, case, part, None), None, _new_place(case, part)))


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, slug: str, part: ItemKind, key: str) -> HttpResponse:
    """Change an item."""
    case = editable_case(request, slug)
    try:
        state = api.item_of(case, part, key)
    except NotPartOfCase:
        if request.method != "POST":
            raise
        return answer_removed(request, Edited(case, _form(request, case, part, None), None, _new_place(case, part)))
    place = ItemPlace(
        title=str(WORDS[part].change),
        here=part_url("part", case, part, key),
        back=_back(case, part),
        removal="" if _is_baseline(state) else part_url("part_removal", case, part, key),
        finding=_finding(case, part, key),
    )
    talk = talk_about(case, key, name=place.title, back=f"{place.here}#comments") if part in COMMENTED else None
    edited = Edited(case, _form(request, case, part, state), state, place, talk=talk, again=_new_place(case, part))
    subject = {ItemKind.WORK_ITEM: f"item/{key}", ItemKind.INPUT: f"input/{key}"}.get(part, "")
    return answer_edit(request, replace(edited, subject=subject))


@require_http_methods(["GET", "HEAD", "POST"])
def part_removal(request: HttpRequest, slug: str, part: ItemKind, key: str) -> HttpResponse:
    """Ask, then remove an item."""
    case = editable_case(request, slug)
    state = api.item_of(case, part, key)
    name = getattr(state.value, "title", None) or getattr(state.value, "name", None)
    title = _("Remove “%(name)s”?") % {"name": name} if name else _("Remove this correlation?")
    question = Question(title, _("It can be brought back by undoing."))
    done = _("Removed, and every figure follows.")
    return answer_removal(
        request, going_item(case, state, _form(request, case, part, state), question, done, _back(case, part))
    )


@require_POST
def part_place(request: HttpRequest, slug: str, part: ItemKind, key: str) -> HttpResponse:
    """Put an item one place earlier or later in its list."""
    case = editable_case(request, slug)
    api.item_of(case, part, key)
    keys = [state.key for state in api.items_of(case, part)]
    here = keys.index(key)
    there = here + (1 if request.POST.get("to") == "later" else -1)
    if 0 <= there < len(keys):
        keys[here], keys[there] = keys[there], keys[here]
        try:
            api.reorder_items(actor=actor_of(request), case=case, kind=part, keys=keys)
        except ItemMovedOn as moved:
            messages.error(request, str(moved))
    return redirect(part_url("parts", case, part))


def _form(request: HttpRequest, case: Case, part: ItemKind, state: ItemState | None) -> ItemForm:
    typed = request.POST if request.method == "POST" else None

    def made(form: type[ItemForm], **known: Any) -> ItemForm:
        return form(typed, initial=form.initial_of(state.value) if state else None, **known)

    if part is ItemKind.OPTION:
        return made(OptionForm, is_baseline=_is_baseline(state))
    if part is ItemKind.PHASE:
        return made(PhaseForm)
    model = api.case_model(case)
    if part is ItemKind.CORRELATION:
        return made(CorrelationForm, model=model)
    if part is ItemKind.INPUT:
        return made(NamedInputForm, model=model)
    return made(WorkItemForm, model=model, key=state.key if state else "")


def _is_baseline(state: ItemState | None) -> bool:
    return state is not None and isinstance(state.value, Option) and state.value.is_baseline


def _finding(case: Case, part: ItemKind, key: str) -> str:
    return finding_url(api.finding_behind(case, ProposalKind.WORK_ITEM, key)) if part is ItemKind.WORK_ITEM else ""


def _new_place(case: Case, part: ItemKind) -> ItemPlace:
    return ItemPlace(str(WORDS[part].add), part_url("part_new", case, part), _back(case, part))


def _back(case: Case, part: ItemKind) -> str:
    """Return where saving leads: work items are seen on the roadmap, everything else in its list."""
    if part is ItemKind.WORK_ITEM:
        return reverse("business_case:roadmap", args=[case.slug])
    return part_url("parts", case, part)
