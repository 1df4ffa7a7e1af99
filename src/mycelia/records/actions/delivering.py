"""Handing a batch of statements to another store, so that one it refuses does not hold up the others."""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from mycelia.records.actions.exchange import Exchange
from mycelia.records.calc.envelopes import envelope
from mycelia.records.calc.verdicts import Judgement, Verdict, judge
from mycelia.records.errors import StoreUnreachable
from mycelia.records.queries.attachments import attached, attachment_bytes
from mycelia.records.types import StoredStatement

RESOURCE = "statements"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that a store refuses for what it is; `status` that of the answer, None where none was asked for."""

    statement: StoredStatement
    status: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing more can be sent now; `retry_after` is what the store asked for, "" where it did not.

    `is_undecided` says that it broke over the statements that are `unproven`: it may be these, or the store.
    """

    reason: str
    is_locked: bool = False
    retry_after: str = ""
    is_undecided: bool = False


@dataclass(slots=True)
class Delivery:
    """What became of a batch, from its front: those up to `settled` need not be sent again.

    `unproven` are those over which the store broke, with nothing after them that it took.
    """

    delivered: int = 0
    settled: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    unproven: list[Refusal] = field(default_factory=list)
    failure: Failure | None = None


def deliver(
    exchange: Exchange, version: str, batch: Sequence[StoredStatement], *, is_broken: bool, until: float = inf
) -> Delivery:
    """Send a batch, in its order, and halve what is refused until the guilty statement stands alone.

    Args:
        exchange: To the store.
        version: The version of xAPI it is spoken to in.
        batch: In the order of the store.
        is_broken: Whether the store has been breaking (500) for a while. Then each half is tried, and a statement
            over which it breaks counts as refused if it takes one that comes later: then it is the statement.
        until: Of the monotonic clock; then it ends, once something is settled, with the rest not sent.
    """
    done = Delivery()
    parts, reached = deque([list(batch)]), 0
    while parts and done.failure is None and not _is_enough(done, until):
        part = parts.popleft()
        status, judgement, retry_after = _sent(exchange, version, part)
        if _is_taken(judgement.verdict, part):
            reached += len(part)
            done.delivered += len(part)
            done.refusals += done.unproven
            done.unproven.clear()
            done.settled = reached
        elif not _may_be_theirs(judgement.verdict, is_broken):
            done.failure = Failure(judgement.reason, judgement.verdict is Verdict.LOCKED, retry_after)
        elif len(part) > 1:
            parts.extendleft((part[len(part) // 2 :], part[: len(part) // 2]))
        else:
            reached += 1
            refusal = Refusal(part[0], status, f"{judgement.reason} {judgement.told}".strip())
            if done.unproven or judgement.verdict is Verdict.FAULT:
                done.unproven.append(refusal)
            else:
                done.refusals.append(refusal)
                done.settled = reached
    if done.unproven and done.failure is None:
        done.failure = Failure(done.unproven[0].reason, is_undecided=True)
    return done


def _is_enough(done: Delivery, until: float) -> bool:
    return done.settled > 0 and not done.unproven and time.monotonic() >= until


def _is_taken(verdict: Verdict, part: Sequence[StoredStatement]) -> bool:
    return verdict is Verdict.DELIVERED or (verdict is Verdict.PRESENT and len(part) == 1)


def _may_be_theirs(verdict: Verdict, is_broken: bool) -> bool:
    return verdict in {Verdict.REFUSED, Verdict.PRESENT} or (is_broken and verdict is Verdict.FAULT)


def _sent(exchange: Exchange, version: str, part: Sequence[StoredStatement]) -> tuple[int, Judgement, str]:
    payloads = [one.payload for one in part]
    content = attachment_bytes(set().union(*attached(one.cursor for one in part).values()))
    boundary = f"mycelia-{secrets.token_hex(16)}"
    body = envelope(payloads, version=version, content=content, boundary=boundary)
    try:
        answer = exchange.send("POST", RESOURCE, body.body, body.content_type)
    except StoreUnreachable as error:
        return 0, Judgement(Verdict.LATER, str(error)), ""
    return answer.status, judge(answer, [one.statement_id for one in part]), answer.headers.get("retry-after", "")
