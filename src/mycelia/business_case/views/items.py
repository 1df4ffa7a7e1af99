"""How every item of a case is saved: by a button or by itself, against the revision that was seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mycelia.business_case import api
from mycelia.business_case.errors import CaseUnsound, HorizonCutsAmounts, ItemMovedOn, NotPartOfCase
from mycelia.business_case.forms.fields import TwoValues
from mycelia.business_case.forms.item import ItemForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages.cautions import finding_in_words
from mycelia.business_case.pages.item_form import ItemPlace, item_page, saved_part, unsaved_part
from mycelia.business_case.pages.talk import Talk
from mycelia.business_case.types import CaseModel, ItemState, ItemValue
from mycelia.business_case.views.edges import whole_number
from mycelia.kernel.errors import Conflict, InvalidInput
from mycelia.kernel.policy import Actor
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import Chart, is_fragment_request, render_page

TEMPLATE = "business_case/item_form.html"
SAVED = "business_case/_item_saved.html"
UNPROCESSABLE, CONFLICT = 422, 409
REMOVED = gettext_lazy(
    "Somebody removed this while you were editing it. What you typed is still here: add it again, or leave it removed."
)

JOINT = gettext_lazy("Saved, together with what somebody else changed here meanwhile.")


@dataclass(frozen=True)
class Outcome:
    """What came of saving: the item as it is now, or the one that somebody else saved meanwhile, or errors.

    Attributes:
        is_joint: Whether what somebody else changed meanwhile was kept beside what was typed, so that the fields of
            the page do not show what is stored.
        seen: Beside `theirs`: what stood there when typing began; None where that is no longer known.
        model: The case as saving left it, where that was read and nothing is wrong with it.
    """

    saved: ItemState | None = None
    is_joint: bool = False
    theirs: ItemState | None = None
    seen: ItemValue | None = None
    model: CaseModel | None = None


@dataclass(frozen=True)
class Edited:
    """An item that is being edited; `state` is None for one that does not exist yet.

    Attributes:
        subject: What findings call it, such as "cost/KEY"; empty where there are none about it.
        after: Where saving leads, of what was saved; the place's own way back when None.
        again: Where it is added anew when somebody has removed it meanwhile; None for what cannot be removed.
    """

    case: Case
    form: ItemForm
    state: ItemState | None
    place: ItemPlace
    effect: str = ""
    chart: Callable[[], Chart | None] | None = None
    talk: Talk | None = None
    again: ItemPlace | None = None
    after: Callable[[ItemState], str] | None = None
    subject: str = ""

    def notes(self, model: CaseModel | None = None) -> tuple[str, ...]:
        """Return what a committee will ask about what is stored at this moment.

        Args:
            model: The case as saving left it, found sound; None reads it.
        """
        if not self.subject:
            return ()
        is_read = model is None
        found = api.findings_about(model or api.case_model(self.case), self.subject, is_checked=not is_read)
        return tuple(finding_in_words(finding) for finding in found)

    def drawn(self) -> Chart | None:
        """Return the chart of what is stored at this moment."""
        return None if self.chart is None else self.chart()


def answer_edit(request: HttpRequest, edited: Edited) -> HttpResponse:
    """Show the form, or save what was typed and go on; with what is wrong the form comes back."""
    form, state = edited.form, edited.state
    if not form.is_bound or "switch" in request.POST:
        if form.is_bound:
            form.forget_errors()
        return _page(request, edited, seen_revision(request) or (state.revision if state else 0))
    try:
        outcome = save(actor_of(request), edited, seen_revision(request), over_revision(request))
    except NotPartOfCase:
        if edited.again is None:
            raise
        return answer_removed(request, replace(edited, state=None, place=edited.again, effect="", talk=None))
    if outcome.is_joint:
        messages.info(request, JOINT)
    if is_fragment_request(request) and state is not None:
        return _part(request, edited, outcome)
    if outcome.saved is not None:
        if not outcome.is_joint:
            messages.success(request, _("Saved, and every figure follows."))
        return redirect(edited.after(outcome.saved) if edited.after else edited.place.back)
    status = CONFLICT if outcome.theirs else UNPROCESSABLE
    return _page(request, edited, seen_revision(request), outcome, status=status)


def answer_removed(request: HttpRequest, edited: Edited) -> HttpResponse:
    """Give back what was typed into an item that somebody removed meanwhile, to be added again or left.

    Args:
        edited: The typed form as that of an item which does not exist yet.
    """
    edited.form.is_valid()
    edited.form.add_error(None, REMOVED)
    if is_fragment_request(request):
        part = unsaved_part(edited.form, edited.case, edited.place)
        return render(request, SAVED, {"page": part}, status=UNPROCESSABLE)
    again = replace(edited, place=replace(edited.place, submit=_("Add it again")))
    return _page(request, again, 0, status=CONFLICT)


def save(actor: Actor, edited: Edited, revision: int, over: int = 0) -> Outcome:
    """Save what a form holds if it is valid; what is wrong with it stands in the form afterwards.

    Args:
        revision: The one that the form was made from.
        over: The one whose differing values were shown and are to be replaced; 0 for none.
    """
    form, case, state = edited.form, edited.case, edited.state
    if not form.is_valid():
        return Outcome()
    value = form.value(state.key if state else "")
    try:
        if state is None:
            return Outcome(api.add_item(actor=actor, case=case, value=value))
        change = api.change_item_together(
            actor=actor, case=case, value=value, seen_revision=revision, over_revision=over
        )
        return Outcome(change.state, is_joint=change.is_joint, model=change.model)
    except CaseUnsound as refused:
        form.place(refused.problems)
    except ItemMovedOn as moved:
        if moved.current is not None and not form.two_values(moved.current.key, moved.current.value):
            return Outcome(moved.current)
        return Outcome(theirs=moved.current, seen=moved.seen)
    except HorizonCutsAmounts as refused:
        form.add_error("horizon_months", str(refused))
    except (InvalidInput, Conflict) as refused:
        form.add_error(None, str(refused))
    return Outcome()


def seen_revision(request: HttpRequest) -> int:
    """Return the revision that the form was made from; 0, which nothing has, when it says none."""
    return whole_number(next(iter(request.POST.getlist("revision")), ""))


def over_revision(request: HttpRequest) -> int:
    """Return the revision whose values were shown beside what was typed, which the form states after its own; or 0."""
    return whole_number("".join(request.POST.getlist("revision")[1:][-1:]))


def _page(
    request: HttpRequest,
    edited: Edited,
    revision: int,
    outcome: Outcome | None = None,
    status: int = 200,
) -> HttpResponse:
    page = item_page(
        edited.form,
        edited.case,
        edited.place,
        revision=revision,
        stored_revision=_stored_revision(outcome),
        conflict=_conflict(edited, outcome),
        effect=edited.effect,
        chart=edited.drawn(),
        talk=edited.talk,
        notes=edited.notes(),
    )
    return render_page(request, TEMPLATE, page, status=status)


def _part(request: HttpRequest, edited: Edited, outcome: Outcome) -> HttpResponse:
    if outcome.saved is not None:
        # The fields on the page are still those from before: they are stated against what they were made from.
        revision = 0 if outcome.is_joint else outcome.saved.revision
        part = saved_part(edited.case, edited.place, revision, edited.drawn(), edited.notes(outcome.model))
        response = render(request, SAVED, {"page": part})
        if outcome.is_joint:
            response["HX-Trigger"] = "saved-together"
        return response
    part = unsaved_part(edited.form, edited.case, edited.place, _stored_revision(outcome), _conflict(edited, outcome))
    return render(request, SAVED, {"page": part}, status=UNPROCESSABLE)


def _stored_revision(outcome: Outcome | None) -> int:
    return outcome.theirs.revision if outcome is not None and outcome.theirs is not None else 0


def _conflict(edited: Edited, outcome: Outcome | None) -> tuple[TwoValues, ...]:
    if outcome is None or outcome.theirs is None:
        return ()
    return edited.form.two_values(outcome.theirs.key, outcome.theirs.value, outcome.seen)
