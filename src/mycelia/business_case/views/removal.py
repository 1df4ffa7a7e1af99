"""Removing a part of a case or of the blueprint: asked first, and only what the question showed is removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from mycelia.business_case import api
from mycelia.business_case.errors import CaseUnsound, ChangedMeanwhile, ItemInUse, ItemMovedOn
from mycelia.business_case.forms.item import ItemForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages.editing import RemovalPage, removal_page
from mycelia.business_case.pages.removal import (
    Along,
    Asked,
    Leaving,
    asked_before,
    changed_since,
    signed_question,
    unsound_words,
)
from mycelia.business_case.types import ItemState
from mycelia.kernel.errors import InvalidInput
from mycelia.kernel.policy import Actor
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

TEMPLATE = "business_case/removal.html"
CONFLICT = 409


@dataclass(frozen=True)
class Question:
    """What is asked before an item of a case goes.

    Attributes:
        what_goes: What is lost, line by line.
        along: Keys and revisions of the items that go with it.
    """

    title: str
    message: str
    what_goes: tuple[str, ...] = ()
    along: Along = ()


@dataclass(frozen=True)
class Going:
    """Something that is to be removed.

    Attributes:
        leaving: It, as it is now.
        question: The page that asks.
        remove: Removes it, given who does and the revision they saw.
        done: What is said afterwards.
        back: Where removing leads.
        in_words: Says of a case that could not be computed without it, where.
    """

    leaving: Leaving
    question: RemovalPage
    remove: Callable[[Actor, int], None]
    done: str | Promise
    back: str
    in_words: Callable[[CaseUnsound], tuple[str, ...]] = lambda _refused: ()


def going_item(
    case: Case, state: ItemState, form: ItemForm, question: Question, done: str | Promise, back: str
) -> Going:
    """Return an item of a case as what is to be removed."""

    def remove(actor: Actor, revision: int) -> None:
        api.remove_item(actor=actor, case=case, kind=state.kind, key=state.key, seen_revision=revision)

    return Going(
        Leaving(
            f"{case.pk}.{state.kind}.{state.key}", state.revision, form, form.initial_of(state.value), question.along
        ),
        removal_page(case, title=question.title, message=question.message, what_goes=question.what_goes),
        remove,
        done,
        back,
        lambda refused: unsound_words(api.case_model(case), refused.problems),
    )


def answer_removal(request: HttpRequest, going: Going) -> HttpResponse:
    """Ask, or remove what was shown; what changed since, or is still needed, stays and is shown again."""
    if request.method != "POST":
        return _ask(request, going)
    asked = asked_before(request.POST.get("asked", ""), going.leaving)
    if asked.along != going.leaving.along:
        return _ask_again(request, going, asked)
    try:
        going.remove(actor_of(request), asked.revision)
    except (ItemMovedOn, ChangedMeanwhile):
        return _ask_again(request, going, asked)
    except CaseUnsound as refused:
        return _ask(request, going, refusal=(str(refused), *going.in_words(refused)))
    except (ItemInUse, InvalidInput) as refused:
        return _ask(request, going, refusal=(str(refused),))
    messages.success(request, str(going.done))
    return redirect(going.back)


def _ask_again(request: HttpRequest, going: Going, asked: Asked) -> HttpResponse:
    page = signed_question(going.question, going.leaving)
    page = replace(page, has_moved_on=True, changed=changed_since(asked, going.leaving))
    return render_page(request, TEMPLATE, page, status=CONFLICT)


def _ask(request: HttpRequest, going: Going, refusal: tuple[str, ...] = ()) -> HttpResponse:
    page = replace(signed_question(going.question, going.leaving), refusal=refusal)
    return render_page(request, TEMPLATE, page, status=CONFLICT if refusal else 200)
