"""Sending dead letters again, one at a time, as part of a run."""

from __future__ import annotations

from mycelia.records.actions.delivering import Delivery, deliver
from mycelia.records.actions.exchange import Exchange
from mycelia.records.actions.noting import note_replay
from mycelia.records.errors import StatementNotFound
from mycelia.records.models import Destination
from mycelia.records.queries.statements import any_statement


def replay_next(exchange: Exchange, found: Destination) -> Delivery | None:
    """Send the dead letter again that was asked for first; None when none is."""
    letter = found.dead_letters.filter(is_replaying=True).order_by("pk").first()
    if letter is None:
        return None
    try:
        statement = any_statement(letter.statement_id)
    except StatementNotFound:
        reason = "The statement is no longer in the store."
        found.dead_letters.filter(pk=letter.pk).update(is_replaying=False, status=None, reason=reason)
        return Delivery()
    done = deliver(exchange, found.version, [statement], is_broken=True)
    if done.unproven:
        # It may be the statement or the store. It stays aside, as it was before.
        done = Delivery(refusals=done.unproven)
    note_replay(found, letter, done)
    return done
