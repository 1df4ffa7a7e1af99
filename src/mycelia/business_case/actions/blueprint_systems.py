"""Systems and the links between them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.actions.blueprint_record import (
    differing,
    opened_entry,
    record_entry,
    refuse_day,
    refuse_stale,
    removed_entry,
    saved,
)
from mycelia.business_case.calc.lifecycle import may_follow
from mycelia.business_case.errors import ImpossibleLifecycle, InvalidEntry
from mycelia.business_case.models import System, SystemLink
from mycelia.business_case.permissions import EditBlueprint
from mycelia.business_case.types import Lifecycle, LinkTerms, SystemTerms
from mycelia.kernel.policy import Actor, require

LARGEST_AMOUNT = Decimal("9999999999999.99")
LARGEST_COUNT = 2_000_000_000
CURRENCY = re.compile(r"[A-Z]{3}")


@transaction.atomic
def register_system(*, actor: Actor, terms: SystemTerms) -> System:
    """Add a system to the register; it may begin in any state, since the register is made of what exists.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        InvalidEntry: A term breaks a stated rule; `field` says which.
    """
    require(actor, EditBlueprint())
    system = System()
    _refuse_invalid(terms)
    _refuse_second_platform(system, terms)
    saved(actor, system, "system_registered", _stated(terms))
    return system


@transaction.atomic
def change_system(*, actor: Actor, system: System, terms: SystemTerms, seen_revision: int | None = None) -> System:
    """Change what the register says of a system.

    Args:
        actor: Who edits.
        system: Which.
        terms: All of it, as it should be.
        seen_revision: The revision the editor saw; None for a command.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        NotInBlueprint: It was removed.
        InvalidEntry: A term breaks a stated rule; `field` says which.
        ImpossibleLifecycle: It cannot go to that state from the one it is in.
        ChangedMeanwhile: Somebody else changed it since.
    """
    stored = opened_entry(actor, system)
    stated = _stated(terms)
    refuse_stale(stored, seen_revision, differing(stored, stated))
    _refuse_invalid(terms)
    _refuse_second_platform(stored, terms)
    if not may_follow(Lifecycle(stored.lifecycle), terms.lifecycle):
        raise ImpossibleLifecycle(_("It cannot go to that state in one step. Nothing was saved."), field="lifecycle")
    saved(actor, stored, "system_changed", stated)
    return stored


@transaction.atomic
def remove_system(*, actor: Actor, system: System, seen_revision: int | None = None) -> None:
    """Take a system out of the register, with its links and its parts in content models.

    A system that was in use is better retired, which keeps its history; this is for entries made by mistake.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        NotInBlueprint: It was removed already.
        ChangedMeanwhile: Somebody changed it since it was seen.
    """
    stored = removed_entry(actor, system, seen_revision)
    links = stored.links_out.count() + stored.links_in.count()
    record_entry(actor, stored, "system_removed", name=stored.name, links=links)
    stored.delete()


@transaction.atomic
def link_systems(*, actor: Actor, terms: LinkTerms) -> SystemLink:
    """Add a link from one system to another.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        InvalidEntry: Both are the same system, one is not in the register, or there is such a link.
    """
    require(actor, EditBlueprint())
    _refuse_invalid_link(terms)
    link = SystemLink()
    saved(actor, link, "link_added", _stated_link(terms), taken_field="protocol")
    return link


@transaction.atomic
def change_link(*, actor: Actor, link: SystemLink, terms: LinkTerms, seen_revision: int | None = None) -> SystemLink:
    """Change a link.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        NotInBlueprint: It was removed.
        InvalidEntry: Both are the same system, one is not in the register, or there is such a link.
        ChangedMeanwhile: Somebody else changed it since.
    """
    stored = opened_entry(actor, link)
    stated = _stated_link(terms)
    refuse_stale(stored, seen_revision, differing(stored, stated))
    _refuse_invalid_link(terms)
    saved(actor, stored, "link_changed", stated, taken_field="protocol")
    return stored


@transaction.atomic
def remove_link(*, actor: Actor, link: SystemLink, seen_revision: int | None = None) -> None:
    """Remove a link.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        NotInBlueprint: It was removed already.
        ChangedMeanwhile: Somebody changed it since it was seen.
    """
    stored = removed_entry(actor, link, seen_revision)
    record_entry(actor, stored, "link_removed", source=stored.source_id, target=stored.target_id)
    stored.delete()


def _stated(terms: SystemTerms) -> dict[str, Any]:
    return {
        "name": terms.name.strip(),
        "purpose": terms.purpose.value,
        "description": terms.description.strip(),
        "vendor": terms.vendor.strip(),
        "owner_id": terms.owner_id,
        "lifecycle": terms.lifecycle.value,
        "users_licensed": terms.users_licensed,
        "users_active": None if terms.is_platform else terms.users_active,
        "counted_on": None if terms.is_platform else terms.counted_on,
        "yearly_cost": terms.yearly_cost,
        "exit_cost": terms.exit_cost,
        "currency": terms.currency,
        "contract_end": terms.contract_end,
        "end_of_life": terms.end_of_life,
        "elements": [element.value for element in terms.elements],
        "is_platform": terms.is_platform,
        "is_synthetic": terms.is_synthetic,
    }


def _refuse_invalid(terms: SystemTerms) -> None:
    if not terms.name.strip():
        raise InvalidEntry(_("A system needs a name. Nothing was saved."), field="name")
    if not CURRENCY.fullmatch(terms.currency):
        raise InvalidEntry(_("Enter a code of three capital letters, such as EUR."), field="currency")
    for field in ("yearly_cost", "exit_cost"):
        _refuse_invalid_amount(getattr(terms, field), field)
    for field in ("users_licensed", "users_active"):
        count = getattr(terms, field)
        if count is not None and not 0 <= count <= LARGEST_COUNT:
            raise InvalidEntry(_("Enter a whole number from 0 on."), field=field)
    for field in ("counted_on", "contract_end", "end_of_life"):
        refuse_day(getattr(terms, field), field)


def _refuse_invalid_amount(amount: Decimal | None, field: str) -> None:
    if amount is None:
        return
    if not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT:
        raise InvalidEntry(_("An amount has to be a number from 0 to 9,999,999,999,999.99."), field=field)
    if amount != amount.quantize(Decimal("0.01")):
        raise InvalidEntry(_("An amount has at most two decimal places."), field=field)


def _refuse_second_platform(system: System, terms: SystemTerms) -> None:
    if terms.is_platform and System.objects.filter(is_platform=True).exclude(pk=system.pk).exists():
        raise InvalidEntry(_("Another system is marked as this platform already."), field="is_platform")


def _stated_link(terms: LinkTerms) -> dict[str, Any]:
    return {
        "source_id": terms.source_id,
        "target_id": terms.target_id,
        "protocol": terms.protocol.value,
        "direction": terms.direction.value,
        "depth": terms.depth.value,
        "note": terms.note.strip(),
    }


def _refuse_invalid_link(terms: LinkTerms) -> None:
    if terms.source_id == terms.target_id:
        raise InvalidEntry(_("A link leads from one system to another one."), field="target")
    known = set(System.objects.filter(pk__in=[terms.source_id, terms.target_id]).values_list("pk", flat=True))
    for field, wanted in (("source", terms.source_id), ("target", terms.target_id)):
        if wanted not in known:
            raise InvalidEntry(_("This system is no longer in the register."), field=field)
