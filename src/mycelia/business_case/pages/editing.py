"""Pages with a form, and pages that ask before something goes."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.forms.fields import FieldGroup, GroupedForm, TwoValues
from mycelia.business_case.models import Case
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class FormPage:
    """Context of every form of a case."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: GroupedForm
    groups: tuple[FieldGroup, ...]
    submit_label: str
    cancel_url: str
    removal_url: str = ""


@dataclass(frozen=True)
class RemovalPage:
    """Context of every question before a part of a case is removed.

    Attributes:
        asked: What the page shows, signed, so that nothing else is removed; empty where that is not asked for.
        has_moved_on: Whether somebody changed it since the question was asked before; `changed` says what.
        refusal: Why it was not removed, sentence by sentence.
    """

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    message: str
    what_goes: tuple[str, ...]
    confirm_label: str
    cancel_url: str
    asked: str = ""
    has_moved_on: bool = False
    changed: tuple[TwoValues, ...] = ()
    refusal: tuple[str, ...] = ()


def form_page(form: GroupedForm, case: Case | None, *, title: str, lead: str = "", removal_url: str = "") -> FormPage:
    """Return the page of a form; `case` is None for one that does not exist yet."""
    return FormPage(
        title=title,
        lead=lead,
        breadcrumbs=trail(case, title),
        form=form,
        groups=form.groups(),
        submit_label=_("Create the case") if case is None else _("Save"),
        cancel_url=_case_url(case),
        removal_url=removal_url,
    )


def removal_page(case: Case, *, title: str, message: str, what_goes: tuple[str, ...]) -> RemovalPage:
    """Return the question before a part of a case is removed."""
    return RemovalPage(title, trail(case, title), message, what_goes, _("Remove"), _case_url(case))


def trail(case: Case | None, title: str) -> tuple[Breadcrumb, ...]:
    """Return the way from the list of cases to a page."""
    start = Breadcrumb(_("Business cases"), reverse("business_case:list"))
    middle = () if case is None else (Breadcrumb(case.name, _case_url(case)),)
    return (start, *middle, Breadcrumb(title))


def _case_url(case: Case | None) -> str:
    return reverse("business_case:list") if case is None else reverse("business_case:case", args=[case.slug])
