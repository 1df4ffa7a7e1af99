"""Sending dead letters again, or giving them up."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from mycelia.audit import api as audit
from mycelia.kernel.policy import Actor, require
from mycelia.records.models import Destination
from mycelia.records.permissions import ForwardStatements
from mycelia.records.queries.forwarding import dead_letter, destination


@transaction.atomic
def replay_dead_letter(*, actor: Actor, destination_id: int, statement_id: UUID) -> None:
    """Have the next run send a dead letter again; it stays one until it is acknowledged.

    Raises:
        PermissionDenied: The actor may not.
        DestinationNotFound: There is no such destination.
        DeadLetterNotFound: There is no such letter any more.
    """
    require(actor, ForwardStatements())
    found = destination(destination_id)
    letter = dead_letter(found, statement_id)
    letter.is_replaying = True
    letter.save(update_fields=["is_replaying"])
    _tell(actor, found, "replay", statement_id=str(statement_id))


@transaction.atomic
def replay_dead_letters(*, actor: Actor, destination_id: int) -> int:
    """Have the next runs send every dead letter of a destination again, and return how many there are.

    Raises:
        PermissionDenied: The actor may not.
        DestinationNotFound: There is no such destination.
    """
    require(actor, ForwardStatements())
    found = destination(destination_id)
    count = found.dead_letters.update(is_replaying=True)
    _tell(actor, found, "replay_all", dead_letters=count)
    return count


@transaction.atomic
def discard_dead_letter(*, actor: Actor, destination_id: int, statement_id: UUID) -> None:
    """Give up sending a statement to a destination; it stays in the store.

    Raises:
        PermissionDenied: The actor may not.
        DestinationNotFound: There is no such destination.
        DeadLetterNotFound: There is no such letter any more.
    """
    require(actor, ForwardStatements())
    found = destination(destination_id)
    dead_letter(found, statement_id).delete()
    _tell(actor, found, "discard", statement_id=str(statement_id))


def _tell(actor: Actor, found: Destination, verb: str, **more: object) -> None:
    audit.record(
        actor=actor,
        action=f"records.dead_letter.{verb}",
        object_type="records.Destination",
        object_id=found.pk,
        details={"name": found.name, **more},
    )
