"""What every page of the blueprint has around it: its tabs, its way back, and the form pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.errors import ChangedMeanwhile
from mycelia.business_case.forms.fields import FieldGroup, GroupedForm
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.blueprint_words import COLUMNS
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
class Difference:
    """One column that somebody else changed while a form was open."""

    label: str
    now: str
    yours: str


@dataclass(frozen=True)
class EntryFormPage:
    """Context of every form of the blueprint.

    Attributes:
        revision: What the editor has seen; sent back with the form.
        differences: What differs from the stored entry, after somebody else changed it.
    """

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: GroupedForm
    groups: tuple[FieldGroup, ...]
    revision: int
    submit_label: str
    cancel_url: str
    removal_url: str = ""
    differences: tuple[Difference, ...] = ()


def entry_form_page(
    form: GroupedForm,
    *,
    title: str,
    breadcrumbs: tuple[Breadcrumb, ...],
    cancel_url: str,
    revision: int = 0,
    lead: str = "",
    removal_url: str = "",
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
        differences=() if conflict is None else _differences(conflict),
    )


def entry_removal_page(
    *, title: str, breadcrumbs: tuple[Breadcrumb, ...], message: str, what_goes: Sequence[str], cancel_url: str
) -> RemovalPage:
    """Return the question before an entry is removed."""
    return RemovalPage(title, breadcrumbs, message, tuple(what_goes), _("Remove"), cancel_url)


def written(value: object) -> str:
    """Return a stored value as a reader sees it; a dash for nothing."""
    if value is None or value in ("", [], ()):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return formats.amount(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, list | tuple):
        return ", ".join(written(one) for one in value)
    return str(value)


def _differences(conflict: ChangedMeanwhile) -> tuple[Difference, ...]:
    return tuple(
        Difference(str(COLUMNS.get(column, column)), _shown(column, now), _shown(column, yours))
        for column, now, yours in conflict.differences
    )


def _shown(column: str, value: object) -> str:
    if column == "owner_id" and isinstance(value, int):
        return people.names_of([value]).get(value, "–")
    return written(value)
