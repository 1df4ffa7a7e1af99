"""Links to the next part of an answer: what was asked and where to go on, signed, so that no state is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from mycelia.records.errors import BadRequest
from mycelia.records.types import Cursor

_signer = Signer(salt="mycelia.records.more")
PARAMETER = "more"


@dataclass(frozen=True, slots=True)
class Continuation:
    """The parameters of the first request, and the place after which to go on."""

    parameters: Mapping[str, str]
    after: Cursor


def link(parameters: Mapping[str, str], after: Cursor) -> str:
    """Return the path and query of the next part, relative to the server.

    References:
        xAPI 1.0.3 Part Two 2.5: `more` is relative and opaque.
    """
    token = _signer.sign_object([dict(parameters), after.stored.isoformat(), after.sequence], compress=True)
    return f"{reverse('xapi:statements')}?{PARAMETER}={token}"


def follow(token: str) -> Continuation:
    """Return what a link of ours stands for.

    Raises:
        BadRequest: It is none of ours.
    """
    try:
        parameters, stored, sequence = _signer.unsign_object(token)
    except (BadSignature, ValueError) as error:
        raise BadRequest("The parameter more is not from a link of this store.") from error
    return Continuation(parameters, Cursor(datetime.fromisoformat(stored), sequence))
