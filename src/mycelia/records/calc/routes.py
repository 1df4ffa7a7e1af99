"""What a destination may be set up with."""

from __future__ import annotations

from dataclasses import replace

from mycelia.records.calc.addresses import checked_endpoint
from mycelia.records.calc.validation import formats
from mycelia.records.errors import DestinationRefused, InvalidStatement
from mycelia.records.types import Route

VERSIONS = ("1.0.3", "2.0.0")
MAXIMUM_NAME = 200
MAXIMUM_KEY = 200
MAXIMUM_SECRET = 1000
ENTER_AGAIN = "Enter the secret again: the endpoint or the key is another one."


def checked_route(route: Route) -> Route:
    """Return a route as it is kept.

    Raises:
        DestinationRefused: Its name, endpoint, version, key or filter is of no use; the error names the field.
    """
    name = route.name.strip()
    if not name or len(name) > MAXIMUM_NAME or not name.isprintable():
        _refuse("name", f"A destination needs a name of 1 to {MAXIMUM_NAME} printable characters.")
    if route.version not in VERSIONS:
        _refuse("version", f"The version is one of {', '.join(VERSIONS)}.")
    if not route.key or len(route.key) > MAXIMUM_KEY or not route.key.isprintable() or ":" in route.key:
        _refuse("key", f"The key is 1 to {MAXIMUM_KEY} printable characters, none of them a colon.")
    for field, iri in (("verb", route.wanted.verb), ("activity", route.wanted.activity)):
        _check_iri(field, iri)
    return replace(route, name=name, endpoint=checked_endpoint(route.endpoint))


def checked_secret(secret: str) -> str:
    """Return a secret.

    Raises:
        DestinationRefused: It is empty, too long, or holds what no request can carry.
    """
    if not secret or len(secret) > MAXIMUM_SECRET or not secret.isprintable():
        _refuse("secret", f"The secret is 1 to {MAXIMUM_SECRET} printable characters.")
    return secret


def _check_iri(field: str, iri: str | None) -> None:
    try:
        if iri is not None:
            formats.iri(iri, None)
    except InvalidStatement as error:
        raise DestinationRefused(field=field, reason="An IRI begins with a scheme, such as https://.") from error


def _refuse(field: str, reason: str) -> None:
    raise DestinationRefused(field=field, reason=reason)
