"""Everything delivery reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet

from mycelia.delivery.errors import NoSuchAttempt
from mycelia.delivery.models import Attempt, Package, TrackingEntry
from mycelia.delivery.permissions import ReadAttempt, TakeAttempt
from mycelia.delivery.types import EntryKind
from mycelia.kernel.policy import Actor


def packages() -> QuerySet[Package]:
    """Return the packages that can be used in lessons, newest first."""
    return Package.objects.filter(state=Package.State.READY)


def attempt(actor: Actor, attempt_id: UUID) -> Attempt:
    """Return one attempt with its package and learner.

    Raises:
        NoSuchAttempt: It does not exist, or the actor may not open it.
    """
    found = TakeAttempt().filter(actor, Attempt.objects.select_related("package", "learner")).filter(pk=attempt_id)
    result = found.first()
    if result is None:
        raise NoSuchAttempt(attempt_id=str(attempt_id))
    return result


def attempts_for(learner_id: int, activity_iris: Iterable[str] | None = None) -> QuerySet[Attempt]:
    """Return a learner's attempts, newest first, of the given activities or of all."""
    found = Attempt.objects.filter(learner_id=learner_id).select_related("package")
    return found if activity_iris is None else found.filter(activity_iri__in=list(activity_iris))


def attempt_identifiers() -> Iterator[UUID]:
    """Yield every attempt's identifier, oldest first, without holding them all."""
    yield from Attempt.objects.order_by("pk").values_list("pk", flat=True).iterator()


def readable_attempt(actor: Actor, attempt_id: UUID) -> Attempt:
    """Return one attempt for reading.

    Raises:
        NoSuchAttempt: It does not exist, or the actor may not read it.
    """
    rows = ReadAttempt().filter(actor, Attempt.objects.select_related("package", "learner"))
    result = rows.filter(pk=attempt_id).first()
    if result is None:
        raise NoSuchAttempt(attempt_id=str(attempt_id))
    return result


def attempt_of_registration(registration: UUID) -> UUID | None:
    """Return the attempt that a registration in the record store names, if it is one of ours."""
    return Attempt.objects.filter(registration=registration).values_list("pk", flat=True).first()


def journal(attempt_id: UUID) -> QuerySet[TrackingEntry]:
    """Return an attempt's messages, in the order they are folded."""
    return TrackingEntry.objects.filter(attempt_id=attempt_id).order_by("session", "sequence")


def latest_attempt(*, learner_id: int, activity_iri: str, course_registration: UUID | None) -> Attempt | None:
    """Return the attempt a learner goes on with, None before the first.

    An activity is known by its address without the host: an installation that moves to another public address gives
    its activities new ids, and nobody shall begin anew for that.
    """
    place = _place(activity_iri)
    found = (
        Attempt.objects.select_related("package")
        .filter(learner_id=learner_id, activity_iri__endswith=place, course_registration=course_registration)
        .order_by("-started_at", "-pk")
    )
    return next((attempt for attempt in found if _place(attempt.activity_iri) == place), None)


def _place(iri: str) -> str:
    """Return what follows the host, or all of an id that has none."""
    return iri.partition("://")[2].partition("/")[2] or iri


def launched_items(attempt_id: UUID, sessions: Iterable[UUID]) -> dict[UUID, str]:
    """Return the part each session of an attempt was opened for; sessions never opened are absent."""
    rows = TrackingEntry.objects.filter(attempt_id=attempt_id, session__in=set(sessions), kind=EntryKind.LAUNCHED)
    return dict(rows.values_list("session", "item"))


def known_positions(attempt_id: UUID, sessions: Iterable[UUID]) -> set[tuple[UUID, int]]:
    """Return which messages of some sessions are in the journal already."""
    rows = TrackingEntry.objects.filter(attempt_id=attempt_id, session__in=set(sessions))
    return set(rows.values_list("session", "sequence"))
