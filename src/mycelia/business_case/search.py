"""Cases and systems in the global search, and the addresses of those named in the audit log."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.models import Case, System
from mycelia.business_case.permissions import ReadBlueprint, ReadCase, ReadCases
from mycelia.kernel.policy import Actor, allowed
from mycelia.ui.api import SearchResult


def find_cases(actor: Actor, text: str, limit: int) -> list[SearchResult]:
    """Return the cases whose name holds the text, as far as the actor may read them."""
    if not allowed(actor, ReadCases()):
        return []
    found = ReadCase().filter(actor, Case.objects.filter(name__icontains=text))[:limit]
    return [
        SearchResult(_("Business cases"), case.name, address_of(case.slug), case.currency, "report-money")
        for case in found
    ]


def address_of(slug: str) -> str:
    """Return the address of a case."""
    return reverse("business_case:case", args=[slug])


def find_systems(actor: Actor, text: str, limit: int) -> list[SearchResult]:
    """Return the systems of the register whose name holds the text, for whoever may read the blueprint."""
    if not allowed(actor, ReadBlueprint()):
        return []
    found = System.objects.filter(name__icontains=text)[:limit]
    return [
        SearchResult(_("Systems"), system.name, address_of_system(str(system.pk)), system.vendor, "server-2")
        for system in found
    ]


def address_of_system(key: str) -> str:
    """Return the address of a system."""
    return reverse("business_case:blueprint_system", args=[key])
