"""What every editing view of the blueprint begins and ends with."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mycelia.business_case.errors import ChangedMeanwhile, InvalidEntry
from mycelia.business_case.forms.fields import GroupedForm
from mycelia.business_case.pages.blueprint_frame import EntryFormPage
from mycelia.business_case.permissions import EditBlueprint
from mycelia.kernel.policy import Actor, allowed, require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

UNPROCESSABLE = 422
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


def seen_revision(request: HttpRequest) -> int:
    """Return the revision that the form was made from; 0, which nothing has, when it says none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def answer(
    request: HttpRequest,
    form: GroupedForm,
    save: Callable[[], HttpResponse],
    page: Callable[[ChangedMeanwhile | None], EntryFormPage],
    template: str = FORM,
) -> HttpResponse:
    """Save what a valid form holds, or send the form back with what is wrong with it.

    Args:
        request: What was sent.
        form: Bound when something was.
        save: Does it, and says where to go on.
        page: Makes the page of the form, given the conflict when somebody else was quicker.
        template: The page's.
    """
    conflict: ChangedMeanwhile | None = None
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return save()
        except InvalidEntry as refused:
            form.add_error(_field(form, refused.field), str(refused))
        except ChangedMeanwhile as refused:
            conflict, status = refused, refused.status
    return render_page(request, template, page(conflict), status=status)


def _field(form: GroupedForm, name: str) -> str | None:
    plain = name.removesuffix("_id")
    return plain if plain in form.fields else None
