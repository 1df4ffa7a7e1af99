"""The page on which an item of a case is edited, and the parts of it that are sent alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from mycelia.business_case.forms.fields import FieldGroup, TwoValues
from mycelia.business_case.forms.item import ItemForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.talk import Talk
from mycelia.kernel import clock
from mycelia.ui.api import Breadcrumb, Chart


def finding_url(key: str) -> str:
    """Return the address of a finding by its key; nothing for none."""
    return reverse("business_case:blueprint_finding", args=[key]) if key else ""


@dataclass(frozen=True)
class ItemPlace:
    """Where an item is edited and where to go from there.

    Attributes:
        here: Address of the form.
        back: Where saving and leaving lead.
        removal, effect: Addresses of the question before it goes, and of what it adds; empty where there is none.
        switches: Whether its category changes which fields it has.
        finding: Address of the finding that it was before; empty for what was entered.
        submit: What the button says where it is not just saving.
    """

    title: str
    here: str
    back: str
    lead: str = ""
    removal: str = ""
    effect: str = ""
    switches: bool = False
    finding: str = ""
    submit: str = ""


@dataclass(frozen=True)
class ItemPage:
    """Context of the form of an item."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: ItemForm
    groups: tuple[FieldGroup, ...]
    revision: int
    stored_revision: int
    place: ItemPlace
    undo_url: str
    conflict: tuple[TwoValues, ...]
    effect: str
    chart: Chart | None = None
    talk: Talk | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SavedPart:
    """Context of what saving by itself answers with: when it was saved, or why not.

    Attributes:
        at: The time of day, empty when nothing was saved.
        revision: The one to state next time; 0 to go on stating the same one.
        stored_revision: The one whose values are shown beside what was typed; 0 without a conflict.
        chart: The chart of the page, drawn anew; None where it has none.
        errors: Pairs of the field's id and what is wrong with it.
        notes: What a committee will ask about the item as it was saved.
    """

    at: str
    revision: int
    place: ItemPlace
    undo_url: str
    stored_revision: int = 0
    conflict: tuple[TwoValues, ...] = ()
    chart: Chart | None = None
    errors: Sequence[tuple[str, str, str]] = field(default_factory=tuple)
    notes: tuple[str, ...] = ()


def item_page(
    form: ItemForm,
    case: Case,
    place: ItemPlace,
    *,
    revision: int,
    stored_revision: int = 0,
    conflict: tuple[TwoValues, ...] = (),
    effect: str = "",
    chart: Chart | None = None,
    talk: Talk | None = None,
    notes: tuple[str, ...] = (),
) -> ItemPage:
    """Return the page; revision 0 is that of an item which does not exist yet.

    Args:
        stored_revision: The one whose values are shown beside what was typed; 0 without a conflict.
    """
    return ItemPage(
        title=place.title,
        lead=place.lead,
        breadcrumbs=trail(case, place.title),
        form=form,
        groups=form.groups(),
        revision=revision,
        stored_revision=stored_revision,
        place=place,
        undo_url=undo_url(case),
        conflict=conflict,
        effect=effect,
        chart=chart,
        talk=talk,
        notes=notes,
    )


def saved_part(
    case: Case, place: ItemPlace, revision: int, chart: Chart | None = None, notes: tuple[str, ...] = ()
) -> SavedPart:
    """Return that an item was saved just now; `chart` and `notes` are those of the page as it is now."""
    return SavedPart(formats.time_of_day(clock.now()), revision, place, undo_url(case), chart=chart, notes=notes)


def unsaved_part(
    form: ItemForm, case: Case, place: ItemPlace, stored_revision: int = 0, conflict: tuple[TwoValues, ...] = ()
) -> SavedPart:
    """Return why an item was not saved."""
    named = [
        ("" if name not in form.fields else form[name].id_for_label, label_of(form, name), str(errors[0]))
        for name, errors in form.errors.items()
    ]
    return SavedPart("", 0, place, undo_url(case), stored_revision, conflict, errors=tuple(named))


def label_of(form: ItemForm, name: str) -> str:
    """Return what a reader calls a field; nothing for the form as a whole."""
    return str(form.fields[name].label) if name in form.fields else ""


def undo_url(case: Case) -> str:
    """Return where the last change is taken back."""
    return reverse("business_case:undo", args=[case.slug])
