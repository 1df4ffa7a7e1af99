"""The list of cases."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.vocabulary import STATES
from mycelia.business_case.types import CaseState


@dataclass(frozen=True)
class CaseEntry:
    """One case in the list."""

    name: str
    url: str
    state: str
    is_presented: bool
    is_synthetic: bool
    unit: str
    owner: str
    changed: str


@dataclass(frozen=True)
class CaseListPage:
    """Context of `/case/`."""

    title: str
    lead: str
    cases: tuple[CaseEntry, ...]
    pages: Page
    may_create: bool
    new_url: str


def case_list_page(pages: Page, *, may_create: bool) -> CaseListPage:
    """Return one page of the list."""
    return CaseListPage(
        title=_("Business cases"),
        lead=_("What learning costs, what it returns, and how far it has come: each case with its sources."),
        cases=tuple(_entry(case) for case in pages),
        pages=pages,
        may_create=may_create,
        new_url=reverse("business_case:new"),
    )


def _entry(case: Case) -> CaseEntry:
    return CaseEntry(
        name=case.name,
        url=reverse("business_case:case", args=[case.slug]),
        state=str(STATES[CaseState(case.state)]),
        is_presented=case.state == CaseState.PRESENTED,
        is_synthetic=case.is_synthetic,
        unit=case.scope_unit.name if case.scope_unit else _("Whole company"),
        owner=case.owner.full_name if case.owner else "",
        changed=formats.instant(case.changed_at),
    )
