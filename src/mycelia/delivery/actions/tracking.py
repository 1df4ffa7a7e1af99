"""Journaling what content says, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from mycelia.delivery import queries
from mycelia.delivery.calc import tracking
from mycelia.delivery.errors import JournalFull, NoSuchAttempt, UnknownSession
from mycelia.delivery.events import AttemptProgressed
from mycelia.delivery.journal import entry_of, items_of, replayed_state, row_of, state_as_stored, state_of
from mycelia.delivery.models import Attempt, TrackingEntry
from mycelia.delivery.permissions import TakeAttempt
from mycelia.delivery.statements import store_milestones
from mycelia.delivery.types import AttemptState, Commit, CommitReceipt, ReplayResult
from mycelia.kernel import clock
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor

JOURNAL_BYTES = 256 * 1024 * 1024


@transaction.atomic
def record_commits(actor: Actor, *, attempt_id: UUID, commits: Sequence[Commit]) -> tuple[CommitReceipt, ...]:
    """Write messages of the player into the journal and fold them; answered only once that has committed.

    A message that is in the journal already is answered alike and changes nothing.

    Raises:
        NoSuchAttempt: It does not exist, or is somebody else's.
        UnknownSession: A message belongs to no launch of this attempt; none was kept.
        JournalFull: The attempt has too many messages; none was kept.
    """
    rows = Attempt.objects.select_for_update(of=("self",)).select_related("package")
    attempt = TakeAttempt().filter(actor, rows).filter(pk=attempt_id).first()
    if attempt is None:
        raise NoSuchAttempt(attempt_id=str(attempt_id))
    apply_entries(attempt, _new_rows(attempt, commits))
    newest = state_of(attempt).position
    return tuple(
        CommitReceipt(one.session, one.sequence, superseded=newest is not None and one.session < newest[0])
        for one in commits
    )


def record_from_content(attempt_id: UUID, session: UUID, commits: Sequence[Commit]) -> None:
    """Write messages that came straight from a launch whose signed address names the attempt and the session.

    Raises:
        UnknownSession: A message is of another session than the address allows; none was kept.
    """
    if any(commit.session != session for commit in commits):
        raise UnknownSession
    attempt = Attempt.objects.filter(pk=attempt_id).only("learner_id").first()
    if attempt is None:
        raise NoSuchAttempt(attempt_id=str(attempt_id))
    learner = Actor(attempt.learner_id, "content origin")
    record_commits(learner, attempt_id=attempt_id, commits=commits)


def _new_rows(attempt: Attempt, commits: Sequence[Commit]) -> list[TrackingEntry]:
    sessions = {commit.session for commit in commits}
    items = queries.launched_items(attempt.pk, sessions)
    if sessions - items.keys():
        raise UnknownSession
    if attempt.journal_bytes > JOURNAL_BYTES:
        raise JournalFull
    known = queries.known_positions(attempt.pk, sessions)
    moment = clock.now()
    new = {(one.session, one.sequence): one for one in commits if (one.session, one.sequence) not in known}
    return [row_of(attempt, one, items[one.session], moment) for one in new.values()]


def apply_entries(attempt: Attempt, rows: Sequence[TrackingEntry]) -> None:
    """Add rows to the journal of a locked attempt, fold them and pass on what they reached."""
    if not rows:
        return
    TrackingEntry.objects.bulk_create(rows)
    attempt.journal_bytes += sum(len(row.message) for row in rows)
    before = state_of(attempt)
    after = _folded(attempt, before, rows)
    _keep(attempt, after)
    _tell(attempt, before, after)


def _folded(attempt: Attempt, before: AttemptState, rows: Sequence[TrackingEntry]) -> AttemptState:
    items = items_of(attempt.package)
    entries = sorted((entry_of(row) for row in rows), key=lambda entry: entry.position)
    if not tracking.follows(before, entries[0]):
        return replayed_state(attempt)
    state = before
    for entry in entries:
        state = tracking.advance(items, state, entry)
    return state


def _keep(attempt: Attempt, state: AttemptState) -> None:
    attempt.state = state_as_stored(state)
    attempt.last_seen_at = max(attempt.last_seen_at, clock.now())
    attempt.completed_at = state.completed_at
    attempt.passed = state.passed
    attempt.score_scaled = state.score_scaled
    attempt.total_seconds = min(state.total_time // 100, 2**31 - 1)
    attempt.save(
        update_fields=[
            "state",
            "journal_bytes",
            "last_seen_at",
            "completed_at",
            "passed",
            "score_scaled",
            "total_seconds",
        ],
    )


def _tell(attempt: Attempt, before: AttemptState, after: AttemptState) -> None:
    store_milestones(attempt, before, after, parts=len(tracking.required_items(items_of(attempt.package))))
    if before.position is None or _standing(before) != _standing(after):
        publish(
            AttemptProgressed(
                attempt_id=attempt.pk,
                learner_id=attempt.learner_id,
                registration=attempt.registration,
                course_registration=attempt.course_registration,
                activity_iri=attempt.activity_iri,
                completed=after.completed,
                passed=after.passed,
                score_scaled=after.score_scaled,
                total_seconds=attempt.total_seconds,
                completed_at=after.completed_at,
            )
        )


def _standing(state: AttemptState) -> tuple[object, ...]:
    return (state.completed, state.passed, state.score_scaled, state.completed_items)


@transaction.atomic
def replay(attempt_id: UUID, *, repair: bool = True) -> ReplayResult:
    """Recompute an attempt from its journal, and store the result where it differs.

    Raises:
        NoSuchAttempt: It does not exist.
    """
    rows = Attempt.objects.select_for_update(of=("self",)).select_related("package")
    attempt = rows.filter(pk=attempt_id).first()
    if attempt is None:
        raise NoSuchAttempt(attempt_id=str(attempt_id))
    before, after = state_of(attempt), replayed_state(attempt)
    differences = _differences(attempt, before, after)
    if differences and repair:
        _keep(attempt, after)
        _tell(attempt, AttemptState(), after)
    return ReplayResult(attempt.pk, attempt.entries.count(), differences, bool(differences) and repair)


def _differences(attempt: Attempt, before: AttemptState, after: AttemptState) -> tuple[str, ...]:
    fields = [name for name in AttemptState.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
    columns = {"completed_at": after.completed_at, "passed": after.passed, "score_scaled": after.score_scaled}
    stale = [name for name, value in columns.items() if getattr(attempt, name) != value and name not in fields]
    return tuple(fields + stale)
