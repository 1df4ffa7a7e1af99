"""Removing an item of a case, of whatever kind: asked first, and only what the question showed is removed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from mycelia.business_case import api
from mycelia.business_case.errors import CaseUnsound, ItemInUse, ItemMovedOn
from mycelia.business_case.forms.item import ItemForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages.removal import Asked, Question, asked_before, question_page, unsound_words
from mycelia.business_case.types import ItemState
from mycelia.kernel.errors import InvalidInput
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

TEMPLATE = "business_case/removal.html"
CONFLICT = 409


@dataclass(frozen=True)
class Going:
    """An item that is to be removed.

    Attributes:
        form: A form of the item; it tells in words what somebody changed meanwhile.
        question: What is asked before.
        done: What is said afterwards.
        back: Where removing leads.
    """

    case: Case
    state: ItemState
    form: ItemForm
    question: Question
    done: str | Promise
    back: str


def answer_removal(request: HttpRequest, going: Going) -> HttpResponse:
    """Ask, or remove what was shown; what changed since, or is still needed, stays and is shown again."""
    if request.method != "POST":
        return _ask(request, going)
    asked = asked_before(request.POST.get("asked", ""), going.case, going.state)
    if asked.along != going.question.along:
        return _ask_again(request, going, asked)
    try:
        _remove(request, going, asked)
    except ItemMovedOn:
        return _ask_again(request, going, asked)
    except CaseUnsound as refused:
        named = unsound_words(api.case_model(going.case), refused.problems)
        return _ask(request, going, refusal=(str(refused), *named))
    except (ItemInUse, InvalidInput) as refused:
        return _ask(request, going, refusal=(str(refused),))
    messages.success(request, str(going.done))
    return redirect(going.back)


def _remove(request: HttpRequest, going: Going, asked: Asked) -> None:
    kind, key = going.state.kind, going.state.key
    api.remove_item(actor=actor_of(request), case=going.case, kind=kind, key=key, seen_revision=asked.revision)


def _ask_again(request: HttpRequest, going: Going, asked: Asked) -> HttpResponse:
    changed = () if asked.value is None else going.form.differing(asked.value, going.state.value)
    page = question_page(going.case, going.state, going.question, has_moved_on=True, changed=changed)
    return render_page(request, TEMPLATE, page, status=CONFLICT)


def _ask(request: HttpRequest, going: Going, refusal: tuple[str, ...] = ()) -> HttpResponse:
    page = question_page(going.case, going.state, going.question, refusal=refusal)
    return render_page(request, TEMPLATE, page, status=CONFLICT if refusal else 200)
