"""What every page of the blueprint has around it: its tabs, its way back, and the form pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.errors import ChangedMeanwhile
from mycelia.business_case.forms.fields import NOTHING, FieldGroup, GroupedForm, TwoValues
from mycelia.business_case.pages.editing import RemovalPage
from mycelia.people import api as people
from mycelia.ui.api import Breadcrumb

Tab = tuple[str, str, bool]


def address(name: str, *args: object) -> str:
    """Return the address of a page of the blueprint."""
    return reverse(f"business_case:blueprint_{name}", args=args)


def tabs(current: str) -> tuple[Tab, ...]:
    """Return the pages of the blueprint as (text, address, is current)."""
    pages = (
        ("elements", _("Six elements")),
        ("systems", _("Systems")),
        ("models", _("Content models")),
        ("readiness", _("Readiness")),
        ("needs", _("What is needed")),
    )
    return tuple((text, address(name), name == current) for name, text in pages)


def trail(*steps: tuple[str, str], last: str) -> tuple[Breadcrumb, ...]:
    """Return the way from the blueprint over pages (text, address) to the page itself."""
    start = Breadcrumb(_("Blueprint"), address("elements"))
    return (start, *(Breadcrumb(text, url) for text, url in steps), Breadcrumb(last))


def to_systems() -> tuple[str, str]:
    """Return the step to the list of systems."""
    return _("Systems"), address("systems")


def to_models() -> tuple[str, str]:
    """Return the step to the content models."""
    return _("Content models"), address("models")


@dataclass(frozen=True)
class EntryFormPage:
    """Context of every form of the blueprint.

    Attributes:
        revision: What the editor has seen, a number or the mark of a decision; sent back with the form.
        action: Where the form is sent; empty for the page itself.
        differences: What differs from the stored entry, after somebody else changed it.
    """

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: GroupedForm
    groups: tuple[FieldGroup, ...]
    revision: int | str
    submit_label: str
    cancel_url: str
    removal_url: str = ""
    action: str = ""
    differences: tuple[TwoValues, ...] = ()


def entry_form_page(
    form: GroupedForm,
    *,
    title: str,
    breadcrumbs: tuple[Breadcrumb, ...],
    cancel_url: str,
    revision: int | str = 0,
    lead: str = "",
    removal_url: str = "",
    action: str = "",
    conflict: ChangedMeanwhile | None = None,
) -> EntryFormPage:
    """Return the page of a form; after a conflict it carries both values and the revision now stored."""
    return EntryFormPage(
        title=title,
        lead=lead,
        breadcrumbs=breadcrumbs,
        form=form,
        groups=form.groups(),
        revision=revision if conflict is None else conflict.revision,
        submit_label=_("Save") if conflict is None else _("Save mine"),
        cancel_url=cancel_url,
        removal_url=removal_url,
        action=action,
        differences=() if conflict is None else _differences(form, conflict),
    )


def entry_removal_page(
    *, title: str, breadcrumbs: tuple[Breadcrumb, ...], message: str, what_goes: Sequence[str], cancel_url: str
) -> RemovalPage:
    """Return the question before an entry is removed."""
    return RemovalPage(title, breadcrumbs, message, tuple(what_goes), _("Remove"), cancel_url)


def _differences(form: GroupedForm, conflict: ChangedMeanwhile) -> tuple[TwoValues, ...]:
    return tuple(
        TwoValues(form.fields[name].label or name, _told(form, column, yours), _told(form, column, now))
        for column, now, yours in conflict.differences
        if (name := column.removesuffix("_id")) in form.fields
    )


def _told(form: GroupedForm, column: str, value: object) -> str:
    if column == "owner_id" and isinstance(value, int):
        return people.names_of([value]).get(value, NOTHING)
    return form.told(column.removesuffix("_id"), value)
