"""Sending again from an earlier place: what another store has already is acknowledged once more and not doubled."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from mycelia.audit import api as audit
from mycelia.kernel.policy import Actor, require
from mycelia.records.models import Destination
from mycelia.records.permissions import ForwardStatements
from mycelia.records.queries.forwarding import destination

_GO_BACK = """
    UPDATE records_destination SET rewinds = rewinds + 1,
        cursor_sequence = CASE WHEN cursor_stored >= %(to)s THEN -1 ELSE cursor_sequence END,
        cursor_stored = CASE WHEN cursor_stored >= %(to)s THEN %(to)s ELSE cursor_stored END
"""


@transaction.atomic
def rewind_destination(*, actor: Actor, destination_id: int) -> None:
    """Begin anew with the first statement that matches, as after the other store was restored from a backup.

    Raises:
        PermissionDenied: The actor may not.
        DestinationNotFound: There is none.
    """
    require(actor, ForwardStatements())
    found = destination(destination_id)
    Destination.objects.filter(pk=found.pk).update(cursor_stored=None, cursor_sequence=None, rewinds=F("rewinds") + 1)
    audit.record(
        actor=actor,
        action="records.destination.rewind",
        object_type="records.Destination",
        object_id=found.pk,
        details={"name": found.name},
    )


def go_back(to: datetime) -> None:
    """Have every destination go on no later than at a moment, in the transaction that stores statements there.

    Every row is touched: a runner that read before the transaction ends must not move its cursor over them.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GO_BACK, {"to": to})
