"""What a file of systems would do to the register."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case.calc.csv_rows import UnreadableCsv
from mycelia.business_case.calc.lifecycle import may_follow
from mycelia.business_case.calc.system_rows import SystemRow, read_systems
from mycelia.business_case.errors import RowsRefused
from mycelia.business_case.models import System
from mycelia.business_case.permissions import EditBlueprint
from mycelia.business_case.types import (
    BookingFault,
    Element,
    Lifecycle,
    SystemChange,
    SystemPlan,
    SystemPurpose,
    SystemTerms,
)
from mycelia.kernel.policy import Actor, require
from mycelia.people import api as people


def check_systems(actor: Actor, content: bytes) -> SystemPlan:
    """Return what a file would do; nothing is changed.

    A system is found by its name, whatever its case. What a column says of a known system replaces what the register
    says; columns that the file has not are left alone.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        RowsRefused: The file as a whole cannot be read.
    """
    require(actor, EditBlueprint())
    try:
        rows, faults = read_systems(content)
    except UnreadableCsv as unreadable:
        raise RowsRefused(str(unreadable)) from unreadable
    stored = {system.name.casefold(): system for system in System.objects.all()}
    found = list(faults)
    changes: list[SystemChange] = []
    for row in rows:
        change = _change(row, stored.get(str(row.stated["name"]).casefold()), found)
        changes += [change] if change is not None else []
    new = tuple(one for one in changes if one.system_id is None)
    altered = tuple(one for one in changes if one.system_id is not None)
    unchanged = len(rows) - len(changes)
    return SystemPlan(new, altered, unchanged, tuple(sorted(found, key=lambda fault: fault.line)))


def _change(row: SystemRow, stored: System | None, faults: list[BookingFault]) -> SystemChange | None:
    """Return what a row does; None for nothing, or for a row with a fault, which is noted."""
    stated = dict(row.stated)
    if (email := stated.pop("owner", None)) is not None:
        owner = people.person_by_email(email) if email else None
        if email and owner is None:
            faults.append(BookingFault(row.line, "owner", _("Nobody here has this e-mail address.")))
        stated["owner_id"] = owner.pk if owner else None
    if stored is None:
        return SystemChange(None, SystemTerms(**stated))
    before = _platform_aside(terms_of(stored))
    after = _platform_aside(replace(before, **stated))
    if not may_follow(before.lifecycle, after.lifecycle):
        faults.append(BookingFault(row.line, "lifecycle", _("It cannot go to that state in one step.")))
    return None if after == before else SystemChange(stored.pk, after)


def _platform_aside(terms: SystemTerms) -> SystemTerms:
    """Return terms as they are stored: the platform counts its own users."""
    return replace(terms, users_active=None, counted_on=None) if terms.is_platform else terms


def terms_of(system: System) -> SystemTerms:
    """Return what the register says of a system."""
    words: dict[str, Any] = {
        "purpose": SystemPurpose(system.purpose),
        "lifecycle": Lifecycle(system.lifecycle),
        "elements": tuple(one for one in Element if one in system.elements),
    }
    plain = {name: getattr(system, name) for name in SystemTerms.__dataclass_fields__ if name not in words}
    return SystemTerms(**plain, **words)
