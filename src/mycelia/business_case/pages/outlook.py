"""How sure the headline figures are, in two sentences under them; it follows an edit when the simulation is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.pages.formats import approximate
from mycelia.business_case.pages.risk import chance_in_words
from mycelia.business_case.queries import Outlook


@dataclass(frozen=True)
class OutlookPart:
    """What the latest simulation says of the case; `poll_url` while a newer one is on its way."""

    range: str
    chance: str
    is_stale: bool
    risk_url: str
    poll_url: str


def outlook_part(slug: str, found: Outlook, currency: str) -> OutlookPart:
    """Return the part of the overview; nothing is said before the first simulation."""
    is_known = found.low is not None and found.high is not None and found.chance is not None
    return OutlookPart(
        range=_between(found, currency) if is_known else "",
        chance=chance_in_words(found.chance or 0.0, found.draws) if is_known else "",
        is_stale=found.is_stale,
        risk_url=reverse("business_case:risk", args=[slug]),
        poll_url=reverse("business_case:outlook", args=[slug]) if found.is_under_way else "",
    )


def _between(found: Outlook, currency: str) -> str:
    return _("8 of 10 draws come to between %(low)s and %(high)s.") % {
        "low": approximate(found.low or 0.0, currency),
        "high": approximate(found.high or 0.0, currency),
    }
