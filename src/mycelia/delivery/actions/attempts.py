"""Starting attempts and launching their parts."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from mycelia.delivery import queries
from mycelia.delivery.actions.tracking import apply_entries
from mycelia.delivery.calc.launching import LearnerName, launch_elements
from mycelia.delivery.calc.tracking import required_items
from mycelia.delivery.errors import NoSuchAttempt
from mycelia.delivery.journal import items_of, state_of
from mycelia.delivery.models import Attempt, Package, TrackingEntry
from mycelia.delivery.permissions import StartAttempt, TakeAttempt
from mycelia.delivery.tokens import FileToken, LaunchToken, content_address
from mycelia.delivery.types import AttemptState, EntryKind, ItemKind, Launch, PackageItem
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.identifiers import uuid7
from mycelia.kernel.policy import Actor, require

_ONE_MILLISECOND = 1 << 80


def start_or_resume_attempt(
    actor: Actor,
    *,
    package: Package,
    activity_iri: str,
    activity_name: str,
    course_registration: UUID | None = None,
    return_path: str = "/learn/",
) -> Attempt:
    """Return the attempt the actor goes on with, or a new one.

    An attempt keeps the package it was begun with, so that the bookmark stays right when the lesson gets another
    package; a completed attempt is opened again for review. `retake_attempt` begins anew.

    Args:
        activity_iri: What is learned, as it stands in the record store.
        course_registration: The enrolment's registration.
        return_path: Where the player's way out leads, a path of the app.
    """
    require(actor, StartAttempt())
    if actor.person_id is None:
        raise PermissionDenied(_("Only a person can learn."))
    found = queries.latest_attempt(
        learner_id=actor.person_id, activity_iri=activity_iri, course_registration=course_registration
    )
    if found is not None:
        return found
    return _new_attempt(
        actor,
        package=package,
        activity_iri=activity_iri,
        activity_name=activity_name,
        course_registration=course_registration,
        return_path=return_path,
    )


def retake_attempt(actor: Actor, *, attempt_id: UUID, package: Package | None = None) -> Attempt:
    """Begin a new attempt at the same activity; the old one and what it proved stay as they are.

    Args:
        package: The lesson's package today, where it is another than the old attempt's.
    """
    old = queries.attempt(actor, attempt_id)
    return _new_attempt(
        actor,
        package=package or old.package,
        activity_iri=old.activity_iri,
        activity_name=old.activity_name,
        course_registration=old.course_registration,
        return_path=old.return_path,
    )


def _new_attempt(actor: Actor, *, return_path: str, activity_name: str, **fields: Any) -> Attempt:
    if actor.person_id is None:
        raise PermissionDenied(_("Only a person can learn."))
    moment = clock.now()
    safe = return_path.startswith("/") and url_has_allowed_host_and_scheme(return_path, allowed_hosts=None)
    return Attempt.objects.create(
        learner_id=actor.person_id,
        activity_name=activity_name[:300],
        return_path=return_path if safe else "/learn/",
        started_at=moment,
        last_seen_at=moment,
        **fields,
    )


@transaction.atomic
def launch_item(actor: Actor, *, attempt_id: UUID, item: str | None = None) -> Launch:
    """Open a session on one part of the package and return what the player needs to run it.

    Args:
        item: The part's identifier; where it is left out, the part the learner was in last, or the first.

    Raises:
        NoSuchAttempt: It does not exist, or is somebody else's.
    """
    attempt = _locked(actor, attempt_id)
    items = items_of(attempt.package)
    state = state_of(attempt)
    part = _chosen(items, state, item)
    session = _next_session(state)
    elements = launch_elements(part, state, _learner_name(attempt))
    row = TrackingEntry(
        attempt=attempt,
        session=session,
        sequence=0,
        kind=EntryKind.LAUNCHED.value,
        item=part.identifier,
        message=json.dumps({"item": part.identifier}),
        received_at=clock.now(),
    )
    apply_entries(attempt, [row])
    files = FileToken(attempt.package.digest, attempt.pk).signed()
    return Launch(
        attempt_id=attempt.pk,
        session=session,
        item=part.identifier,
        title=part.title,
        is_sco=part.kind is ItemKind.SCO,
        frame_url=content_address(f"launch/{LaunchToken(attempt.pk, session).signed()}/"),
        package_url=content_address(f"{files}/{part.href}"),
        elements=elements,
    )


def _locked(actor: Actor, attempt_id: UUID) -> Attempt:
    rows = Attempt.objects.select_for_update(of=("self",)).select_related("package", "learner")
    attempt = TakeAttempt().filter(actor, rows).filter(pk=attempt_id).first()
    if attempt is None:
        raise NoSuchAttempt(attempt_id=str(attempt_id))
    return attempt


def _chosen(items: tuple[PackageItem, ...], state: AttemptState, wanted: str | None) -> PackageItem:
    by_identifier = {item.identifier: item for item in items}
    return by_identifier.get(wanted or "") or by_identifier.get(state.current_item) or required_items(items)[0]


def _next_session(state: AttemptState) -> UUID:
    """Return an identifier that sorts after every session of the attempt, also when the server's clock went back."""
    session = uuid7()
    if state.position is not None and session <= state.position[0]:
        return UUID(int=state.position[0].int + _ONE_MILLISECOND)
    return session


def _learner_name(attempt: Attempt) -> LearnerName:
    learner = attempt.learner
    return LearnerName(str(learner.pk), learner.given_name, learner.family_name)


def content_origin() -> str:
    """Return the origin that packages are served from."""
    return str(settings.MYCELIA_CONTENT_ORIGIN)
