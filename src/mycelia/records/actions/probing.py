"""Finding out whether a store that keeps breaking does so over some statements or over everything."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from mycelia.records.actions.delivering import Delivery, Failure, deliver
from mycelia.records.actions.exchange import Exchange
from mycelia.records.models import Destination
from mycelia.records.queries.forwarding import newest_statement
from mycelia.records.types import StoredStatement

NEAR = 4
"""So many statements are tried first, in halves; only if the store breaks over all of them those farther on."""


def deliver_probing(exchange: Exchange, found: Destination, batch: Sequence[StoredStatement], until: float) -> Delivery:
    """Send a batch to a store that keeps breaking.

    Where it breaks over each of the first, one is looked for farther on that it takes. That it takes it shows that
    the store works, and so those before are set aside over which it breaks. It is sent before its turn, and in its
    turn once more, which does no harm. Where it takes none, nothing is set aside.
    """
    near = batch[:NEAR]
    done = deliver(exchange, found.version, near, is_broken=True, until=until)
    if done.failure is None or not done.failure.is_undecided:
        return done
    tried = len(near) - done.settled
    for number, one in _farther_on(found, batch):
        probed = deliver(exchange, found.version, [one], is_broken=True)
        if probed.delivered:
            return deliver(exchange, found.version, (*batch[:number], one), is_broken=True, until=until)
        if probed.failure is not None and not probed.failure.is_undecided:
            return done
        tried += 1
    words = f"{done.failure.reason} It took none of {tried} statements tried one by one, the newest among them."
    done.failure = Failure(words, is_undecided=True)
    return done


def _farther_on(found: Destination, batch: Sequence[StoredStatement]) -> Iterator[tuple[int, StoredStatement]]:
    """Yield statements to try, each with how many of the batch stand before it.

    One at random out of each stretch, of which each is twice as long as the one before; last the newest of all.
    """
    start = NEAR
    while start < len(batch):
        number = random.randrange(start, min(2 * start, len(batch)))  # noqa: S311 -- spreads attempts, guards nothing
        yield number, batch[number]
        start *= 2
    newest = newest_statement(found)
    if newest is not None and newest.cursor > batch[-1].cursor:
        yield len(batch), newest
    elif len(batch) > NEAR:
        yield len(batch) - 1, batch[-1]
