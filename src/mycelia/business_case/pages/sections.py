"""The pages of a case, as tabs."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

Tab = tuple[str, str, bool]
"""Label, address, and whether it is the page shown."""

OVERVIEW, ROADMAP, RISK, ACTUALS, VERSIONS, EXPORTS = "case", "roadmap", "risk", "actuals", "versions", "exports"
COMMENTS = "comments"


def case_tabs(slug: str, current: str) -> tuple[Tab, ...]:
    """Return the pages of a case; `current` is the name of the address that is shown."""
    names = (
        (OVERVIEW, _("Overview")),
        (ROADMAP, _("Roadmap")),
        (RISK, _("Risk")),
        (ACTUALS, _("Plan and actual")),
        (VERSIONS, _("Versions")),
        (COMMENTS, _("Comments")),
        (EXPORTS, _("Take away")),
    )
    return tuple((label, reverse(f"business_case:{name}", args=[slug]), name == current) for name, label in names)
