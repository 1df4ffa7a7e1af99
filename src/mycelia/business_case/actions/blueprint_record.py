"""How every entry of the blueprint is written: one at a time, only what the writer has seen, and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from mycelia.audit import api as audit
from mycelia.business_case.errors import ChangedMeanwhile, InvalidEntry, NotInBlueprint
from mycelia.business_case.events import BlueprintChanged
from mycelia.business_case.models.registered import Registered
from mycelia.business_case.permissions import EditBlueprint
from mycelia.business_case.types import EARLIEST_DAY, LATEST_DAY
from mycelia.kernel import clock
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require

R = TypeVar("R", bound=Registered)
ColumnDifference = tuple[str, Any, Any]
"""A column, what is stored there now, and what an editor wants."""


def opened_entry(actor: Actor, entry: R) -> R:
    """Return the entry as it is stored, locked until the transaction ends.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        NotInBlueprint: It was removed meanwhile.
    """
    require(actor, EditBlueprint())
    objects: Any = type(entry)._default_manager
    stored: R | None = objects.select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if stored is None:
        raise NotInBlueprint(key=entry.key)
    return stored


def differing(stored: Registered, stated: dict[str, Any]) -> list[ColumnDifference]:
    """Return in which columns an entry is not what an editor wants."""
    both = [(name, getattr(stored, name), value) for name, value in stated.items()]
    return [(name, now, yours) for name, now, yours in both if now != yours]


def refuse_stale(stored: Registered, seen_revision: int | None, differences: Sequence[ColumnDifference]) -> None:
    """Refuse an edit that did not see the latest change, naming what differs.

    Args:
        stored: The entry as it is.
        seen_revision: The revision the editor saw; None for a command, which sees what is stored.
        differences: In what the entry is not what the editor wants.

    Raises:
        ChangedMeanwhile: The entry has changed since, and not to what is wanted anyway.
    """
    if differences and seen_revision is not None and seen_revision != stored.revision:
        raise ChangedMeanwhile(stored.revision, differences)


def removed_entry(actor: Actor, entry: R, seen_revision: int | None) -> R:
    """Return an entry that is about to be removed, locked.

    Args:
        actor: Who removes it.
        entry: Which.
        seen_revision: The revision they saw; None for a command.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        NotInBlueprint: It was removed already.
        ChangedMeanwhile: Somebody changed it since.
    """
    stored = opened_entry(actor, entry)
    if seen_revision is not None and seen_revision != stored.revision:
        raise ChangedMeanwhile(stored.revision, ())
    return stored


def saved(actor: Actor, entry: Registered, action: str, stated: dict[str, Any], *, taken_field: str = "name") -> None:
    """Save an entry with what was stated, count the change, and tell the audit log and whoever listens.

    Raises:
        InvalidEntry: Another entry has this name, or whatever `taken_field` must be alone in having.
    """
    is_new = entry.pk is None
    for name, value in stated.items():
        setattr(entry, name, value)
    entry.revision = 1 if is_new else entry.revision + 1
    entry.changed_at = clock.now()
    try:
        with transaction.atomic():
            entry.save(force_insert=is_new)
    except IntegrityError as refused:
        raise InvalidEntry(_("There is one like this already. Nothing was saved."), field=taken_field) from refused
    record_entry(actor, entry, action, **{name: plain(value) for name, value in stated.items() if value})


def record_entry(actor: Actor, entry: Registered, action: str, **details: Any) -> None:
    """Write the audit entry of a change and publish it."""
    kind = type(entry)._meta.model_name or ""
    audit.record(
        actor=actor,
        action=f"business_case.{action}",
        object_type=f"blueprint.{kind}",
        object_id=str(entry.pk),
        details={"key": entry.key, **details},
    )
    publish(BlueprintChanged(kind, entry.key))


def refuse_day(value: date | None, field: str) -> None:
    """Refuse a day outside the years a business case can be about.

    Raises:
        InvalidEntry: It is before 1990 or after 2199.
    """
    if value is not None and not EARLIEST_DAY <= value <= LATEST_DAY:
        raise InvalidEntry(_("Choose a day from 1990 to 2199."), field=field)


def plain(value: Any) -> Any:
    """Return a value as the audit log keeps it."""
    if isinstance(value, Decimal | date):
        return str(value)
    return [str(one) for one in value] if isinstance(value, list | tuple) else value
