"""Setting up, changing, pausing and removing the stores that statements are forwarded to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction

from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require
from mycelia.records.calc.routes import ENTER_AGAIN, checked_route, checked_secret
from mycelia.records.calc.sealing import seal
from mycelia.records.errors import DestinationNotFound, DestinationRefused
from mycelia.records.models import Destination
from mycelia.records.permissions import ForwardStatements
from mycelia.records.types import Pause, Route

MOST_DESTINATIONS = 50


@transaction.atomic
def create_destination(*, actor: Actor, route: Route, secret: str) -> int:
    """Set up another store to forward to, from the beginning of what matches; its number is returned.

    Raises:
        PermissionDenied: The actor may not.
        DestinationRefused: The route or the secret is of no use, the name is taken, or there are too many.
    """
    require(actor, ForwardStatements())
    route, secret = checked_route(route), checked_secret(secret)
    if Destination.objects.count() >= MOST_DESTINATIONS:
        raise DestinationRefused(
            field="name", reason=f"There are {MOST_DESTINATIONS} destinations, the most there may be."
        )
    _check_name(route.name)
    made = Destination.objects.create(
        **_columns(route), secret=seal(secret, key=settings.SECRET_KEY), created_at=clock.now()
    )
    _tell(actor, made, "create")
    return made.pk


@transaction.atomic
def amend_destination(*, actor: Actor, destination_id: int, route: Route, secret: str = "") -> None:
    """Change where and what is sent from now on; what was passed over is not gone back for.

    Args:
        actor: Who changes it.
        destination_id: Which.
        route: What holds from now on.
        secret: The new one; "" leaves the one it has, which another address never gets to see.

    Raises:
        PermissionDenied: The actor may not.
        DestinationNotFound: There is none.
        DestinationRefused: The route or the secret is of no use, the name is taken, or the endpoint is another one
            and the secret was not entered again.
    """
    require(actor, ForwardStatements())
    route = checked_route(route)
    found = _held(destination_id)
    _check_name(route.name, besides=found)
    if secret:
        found.secret = seal(checked_secret(secret), key=settings.SECRET_KEY)
    elif (route.endpoint, route.key) != (found.endpoint, found.key):
        raise DestinationRefused(field="secret", reason=ENTER_AGAIN)
    for column, value in _columns(route).items():
        setattr(found, column, value)
    found.next_attempt_at, found.consecutive_failures = None, 0
    found.save(update_fields=[*_columns(route), "secret", "next_attempt_at", "consecutive_failures"])
    _tell(actor, found, "amend", is_reentered=bool(secret))


@transaction.atomic
def pause_destination(*, actor: Actor, destination_id: int) -> None:
    """Send nothing more until it is resumed; what comes meanwhile waits.

    Raises:
        PermissionDenied: The actor may not.
        DestinationNotFound: There is none.
    """
    require(actor, ForwardStatements())
    found = _held(destination_id)
    if not found.pause_reason:
        found.pause_reason = Pause.ADMINISTRATOR.value
        found.save(update_fields=["pause_reason"])
        _tell(actor, found, "pause", reason=found.pause_reason)


@transaction.atomic
def resume_destination(*, actor: Actor, destination_id: int) -> None:
    """Send again, at once, whatever it was that stopped it.

    Raises:
        PermissionDenied: The actor may not.
        DestinationNotFound: There is none.
    """
    require(actor, ForwardStatements())
    found = _held(destination_id)
    reason = found.pause_reason
    found.pause_reason, found.next_attempt_at = "", None
    found.consecutive_failures = found.refused_in_a_row = 0
    found.save(update_fields=["pause_reason", "next_attempt_at", "consecutive_failures", "refused_in_a_row"])
    _tell(actor, found, "resume", reason=reason)


@transaction.atomic
def remove_destination(*, actor: Actor, destination_id: int) -> None:
    """Forget a destination, its secret, its place and its dead letters; what it was sent stays there.

    Raises:
        PermissionDenied: The actor may not.
        DestinationNotFound: There is none.
    """
    require(actor, ForwardStatements())
    found = _held(destination_id)
    _tell(actor, found, "remove", dead_letters=found.dead_letters.count())
    found.delete()


def _held(destination_id: int) -> Destination:
    found = Destination.objects.select_for_update().filter(pk=destination_id).first()
    if found is None:
        raise DestinationNotFound(destination_id=destination_id)
    return found


def _check_name(name: str, besides: Destination | None = None) -> None:
    others = Destination.objects.filter(name=name)
    if (others if besides is None else others.exclude(pk=besides.pk)).exists():
        raise DestinationRefused(field="name", reason="Another destination has that name.")


def _columns(route: Route) -> dict[str, Any]:
    wanted = route.wanted
    return {
        "name": route.name,
        "endpoint": route.endpoint,
        "version": route.version,
        "key": route.key,
        "agent": None if wanted.agent is None else list(wanted.agent),
        "verb": wanted.verb or "",
        "activity": wanted.activity or "",
        "related_agents": wanted.related_agents,
        "related_activities": wanted.related_activities,
        "authority": None if wanted.authority is None else list(wanted.authority),
        "since": wanted.since,
    }


def _tell(actor: Actor, found: Destination, verb: str, **more: object) -> None:
    """Write the change to the log; whom a filter names stays out of it, for the log is for ever."""
    details = {
        "name": found.name,
        "endpoint": found.endpoint,
        "version": found.version,
        "key": found.key,
        "is_for_one_agent": found.agent is not None,
        "verb": found.verb,
        "activity": found.activity,
        "authority": found.authority,
        "since": None if found.since is None else found.since.isoformat(),
        **more,
    }
    audit.record(
        actor=actor,
        action=f"records.destination.{verb}",
        object_type="records.Destination",
        object_id=found.pk,
        details=details,
    )
