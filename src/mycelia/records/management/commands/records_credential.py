"""`mycelia records credential create|list|rotate|revoke`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.types import NewCredential, Scope, Terms

ACTOR = Actor.system("mycelia records credential")


class Command(BaseCommand):
    """Exit status 0 with JSON on standard output, 1 when refused, 2 for wrong usage."""

    requires_system_checks = ()
    help = "Give out credentials with which other systems write to and read from the record store."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        _declare_create(verbs.add_parser("create", help="make a key and secret and print them once, as JSON"))
        verbs.add_parser("list", help="print every credential as JSON, without secrets")
        rotate = verbs.add_parser("rotate", help="make a new secret and print it once, as JSON")
        rotate.add_argument("id", type=int)
        rotate.add_argument("--overlap-hours", type=int, default=0, help="for how long the previous secret goes on")
        revoke = verbs.add_parser("revoke", help="withdraw a credential for good")
        revoke.add_argument("id", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the verb says."""
        try:
            answer = _VERBS[options["verb"]](options)
        except MyceliaError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(answer, ensure_ascii=False))


def _declare_create(parser: CommandParser) -> None:
    scopes = [scope.value for scope in Scope]
    parser.add_argument("--name", required=True, help="what the credential is for; shown in authorities")
    parser.add_argument(
        "--scope", required=True, action="append", choices=scopes, help="what it covers; may be given several times"
    )
    parser.add_argument(
        "--origin", action="append", default=[], help="web origin that browsers may use it from; several times, or *"
    )
    parser.add_argument("--expires", type=_moment, help="when it ends, such as 2027-01-01T00:00:00Z")
    parser.add_argument("--requests-per-minute", type=int, help="how often it may ask")


def _moment(text: str) -> datetime:
    found = parse_datetime(text)
    if found is None or found.tzinfo is None:
        raise ValueError(text)
    return found


def _create(options: dict[str, Any]) -> object:
    terms = Terms(
        scopes=frozenset(Scope(name) for name in options["scope"]),
        origins=frozenset(options["origin"]),
        expires_at=options["expires"],
        requests_per_minute=options["requests_per_minute"],
    )
    return _readable(api.create_credential(actor=ACTOR, name=options["name"], terms=terms))


def _list(options: dict[str, Any]) -> object:
    moments = ("created_at", "rotated_at", "expires_at", "withdrawn_at", "last_used_at")
    return [
        {
            "id": one.pk,
            "name": one.name,
            "key": one.key,
            "scopes": one.scopes,
            "origins": one.origins,
            "requests_per_minute": one.requests_per_minute,
            **{name: None if (at := getattr(one, name)) is None else at.isoformat() for name in moments},
        }
        for one in api.credentials()
    ]


def _rotate(options: dict[str, Any]) -> object:
    overlap = timedelta(hours=options["overlap_hours"])
    return _readable(api.rotate_credential(actor=ACTOR, credential_id=options["id"], overlap=overlap))


def _revoke(options: dict[str, Any]) -> object:
    api.revoke_credential(actor=ACTOR, credential_id=options["id"])
    return {"id": options["id"], "revoked": True}


def _readable(made: NewCredential) -> dict[str, object]:
    return {
        "id": made.credential_id,
        "name": made.name,
        "key": made.key,
        "secret": made.secret,
        "scopes": list(made.scopes),
        "endpoint": f"{settings.MYCELIA_PUBLIC_URL.rstrip('/')}/xapi/",
    }


_VERBS: dict[str, Callable[[dict[str, Any]], object]] = {
    "create": _create,
    "list": _list,
    "rotate": _rotate,
    "revoke": _revoke,
}
