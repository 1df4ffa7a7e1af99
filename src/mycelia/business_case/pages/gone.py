"""What was here and is not any more, in words, with where to go on."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.models import Case
from mycelia.business_case.pages.ledger import trail_to_ledger
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class GonePage:
    """Context of what is answered in place of something that was removed."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    back_url: str
    back_label: str


def gone_finding_page(back_url: str) -> GonePage:
    """Return what to say of a finding that the check does not make any more."""
    return GonePage(
        title=_("This finding is gone"),
        lead=_("The register changed since, so the check does not find it any more. Nothing was changed."),
        breadcrumbs=(Breadcrumb(_("Readiness"), back_url), Breadcrumb(_("Finding"))),
        back_url=back_url,
        back_label=_("See what is found now"),
    )


def gone_file_page(case: Case) -> GonePage:
    """Return what to say of a ledger file that is not there any more."""
    return GonePage(
        title=_("This file is gone"),
        lead=_("Somebody removed it already, with everything it booked. Nothing was changed."),
        breadcrumbs=trail_to_ledger(case),
        back_url=reverse("business_case:ledger", args=[case.slug]),
        back_label=_("See what is booked"),
    )
