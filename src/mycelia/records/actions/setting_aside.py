"""Setting aside the statement that holds up a destination, so that those after it go on."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from mycelia.audit import api as audit
from mycelia.kernel.policy import Actor, require
from mycelia.records.actions.delivering import Refusal
from mycelia.records.actions.noting import bury
from mycelia.records.errors import DestinationNotFound, StatementNotNext
from mycelia.records.models import Destination
from mycelia.records.permissions import ForwardStatements
from mycelia.records.queries.forwarding import next_statements

_REASON = "It was set aside by an administrator, so that the statements after it go on."


@transaction.atomic
def set_statement_aside(*, actor: Actor, destination_id: int, statement_id: UUID) -> None:
    """Make a dead letter of the statement that comes next, and try what comes after it at once.

    Raises:
        PermissionDenied: The actor may not.
        DestinationNotFound: There is none.
        StatementNotNext: Another one comes next, or none: it was sent meanwhile, or set aside.
    """
    require(actor, ForwardStatements())
    found = Destination.objects.select_for_update().filter(pk=destination_id).first()
    if found is None:
        raise DestinationNotFound(destination_id=destination_id)
    page, _place = next_statements(found, 1)
    if not page or page[0].statement_id != statement_id:
        raise StatementNotNext(statement_id=str(statement_id))
    bury(found, [Refusal(page[0], None, _REASON)])
    stored, sequence = page[0].cursor
    Destination.objects.filter(pk=found.pk).update(
        cursor_stored=stored, cursor_sequence=sequence, next_attempt_at=None, refused=F("refused") + 1
    )
    audit.record(
        actor=actor,
        action="records.destination.set_aside",
        object_type="records.Destination",
        object_id=found.pk,
        details={"name": found.name, "statement_id": str(statement_id)},
    )
