"""Whether a sender may do what they ask, and what is noted of each request."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import InterfaceError, OperationalError

from mycelia.kernel.errors import MyceliaError, Unavailable
from mycelia.records.actions.uses import ACCEPTED, let_through
from mycelia.records.calc.terms import EVERY_ORIGIN
from mycelia.records.errors import OriginRefused, ScopeMissing, Unauthenticated
from mycelia.records.types import Client, Scope
from mycelia.records.xapi.authentication import authenticate
from mycelia.records.xapi.calls import Call
from mycelia.records.xapi.versions import LATEST


@dataclass(slots=True)
class Visit:
    """What is known of a request when it has been answered: who sent it, under which version, and what came of it."""

    spoken: str = LATEST
    credential_id: int | None = None
    outcome: str = ACCEPTED

    def refused(self, error: MyceliaError) -> None:
        """Note why it was refused; a wrong secret is noted with the credential it was tried on."""
        self.outcome = error.code
        tried = error.data.get("credential_id")
        if isinstance(tried, int):
            self.credential_id = tried


def is_known(authorization: str | None) -> bool:
    """Return whether a header proves who sends; it counts as no request."""
    try:
        authenticate(authorization)
    except (Unauthenticated, Unavailable, OperationalError, InterfaceError):
        return False
    return True


def let_in(call: Call, scopes: frozenset[Scope], visit: Visit) -> Client:
    """Return the sender of a call, who may do this, from there, and now.

    Args:
        call: What is asked.
        scopes: One of these is needed; `all` always suffices, `all/read` wherever something is only read.
        visit: Is told whose credential it is.

    Raises:
        Unauthenticated: Nobody is named, or the credential is wrong.
        OriginRefused: A browser sends from a web origin the credential is not for.
        ScopeMissing: The credential does not cover it.
        TooManyRequests: It has asked as often in this minute as it may.
    """
    client = authenticate(call.headers.get("authorization"))
    visit.credential_id = client.credential_id
    origin = call.headers.get("origin")
    if origin is not None and not client.origins & {origin, EVERY_ORIGIN}:
        raise OriginRefused
    _check_scopes(client, scopes, is_reading=call.method == "GET")
    if client.credential_id is not None:
        limit = client.requests_per_minute or settings.MYCELIA_XAPI_REQUESTS_PER_MINUTE
        let_through(client.credential_id, limit)
    return client


def _check_scopes(client: Client, scopes: frozenset[Scope], *, is_reading: bool) -> None:
    enough = scopes | ({Scope.ALL, Scope.ALL_READ} if is_reading else {Scope.ALL})
    if scopes and not client.scopes & enough:
        raise ScopeMissing(sorted(scope.value for scope in enough))
