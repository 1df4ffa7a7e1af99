"""What every editing view of the blueprint begins and ends with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mycelia.business_case.errors import ChangedMeanwhile, InvalidEntry, NotInBlueprint
from mycelia.business_case.forms.fields import GroupedForm
from mycelia.business_case.pages.blueprint_frame import EntryFormPage
from mycelia.business_case.permissions import EditBlueprint
from mycelia.business_case.views.items import REMOVED
from mycelia.kernel.policy import Actor, allowed, require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

R = TypeVar("R")
UNPROCESSABLE, CONFLICT = 422, 409
FORM = "business_case/blueprint_form.html"


def editor(request: HttpRequest) -> Actor:
    """Return who asks, if they may edit the blueprint.

    Raises:
        PermissionDenied: They may not.
    """
    require(actor_of(request), EditBlueprint())
    return actor_of(request)


def may_edit(request: HttpRequest) -> bool:
    """Return whether who asks may edit the blueprint."""
    return allowed(actor_of(request), EditBlueprint())


def still_there(request: HttpRequest, find: Callable[[], R]) -> R | None:
    """Return an entry; None where something was typed into its form while somebody removed it.

    Raises:
        NotInBlueprint: There is none, and nothing was typed.
    """
    try:
        return find()
    except NotInBlueprint:
        if request.method != "POST":
            raise
        return None


def answer_gone(request: HttpRequest, page: EntryFormPage, template: str = FORM) -> HttpResponse:
    """Give back what was typed into an entry that somebody removed meanwhile, to be added again or left.

    Args:
        page: That of the form of a new entry, with what was typed.
    """
    page.form.is_valid()
    page.form.add_error(None, REMOVED)
    return render_page(request, template, replace(page, submit_label=_("Add it again")), status=CONFLICT)


def answer(
    request: HttpRequest,
    form: GroupedForm,
    save: Callable[[], HttpResponse],
    page: Callable[[ChangedMeanwhile | None], EntryFormPage],
    template: str = FORM,
    gone: Callable[[], EntryFormPage] | None = None,
) -> HttpResponse:
    """Save what a valid form holds, or send the form back with what is wrong with it.

    Args:
        request: What was sent.
        form: Bound when something was.
        save: Does it, and says where to go on.
        page: Makes the page of the form, given the conflict when somebody else was quicker.
        template: The page's.
        gone: Makes the page on which it is added anew when somebody removed it in this moment.
    """
    conflict: ChangedMeanwhile | None = None
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return save()
        except NotInBlueprint:
            if gone is None:
                raise
            return answer_gone(request, gone(), template)
        except InvalidEntry as refused:
            form.add_error(_field(form, refused.field), str(refused))
        except ChangedMeanwhile as refused:
            conflict, status = refused, refused.status
    return render_page(request, template, page(conflict), status=status)


def _field(form: GroupedForm, name: str) -> str | None:
    plain = name.removesuffix("_id")
    return plain if plain in form.fields else None
