"""The request as the product's views see it."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.http import HttpRequest

from mycelia.kernel.policy import ANONYMOUS, Actor

STRANGER_BYTES = 2 * 1024 * 1024
"""What is read of somebody whose name and right to send it are not yet known."""
DISCARDING_SECONDS = 10.0
_PIECE_BYTES = 4096


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks; the anonymous actor, who may do nothing, when nobody has signed in."""
    actor = getattr(request, "actor", ANONYMOUS)
    return actor if isinstance(actor, Actor) else ANONYMOUS


def discard_rest(request: HttpRequest, *, at_most_bytes: int = STRANGER_BYTES) -> None:
    """Read what is left of a body and forget it, so that whoever is still sending gets to read the answer.

    A connection on which something was not read is reset when it closes, and most clients then tell of a broken pipe
    and not of the answer. It is read in small pieces, because a piece can take as long as the slowest client is borne.
    Nothing is read where more than the limit is announced, or where the client waits to be asked for the body.
    """
    announced = request.META.get("CONTENT_LENGTH") or "0"
    is_long = not announced.isdecimal() or int(announced) > at_most_bytes
    if is_long or request.META.get("HTTP_EXPECT", "").lower() == "100-continue":
        return
    body: Any = request.META["wsgi.input"] if request.META.get("HTTP_TRANSFER_ENCODING") == "chunked" else request
    left, deadline = at_most_bytes, monotonic() + DISCARDING_SECONDS
    while left > 0 and monotonic() < deadline:
        try:
            piece = body.read(_PIECE_BYTES)
        except OSError:
            return
        if not piece:
            return
        left -= len(piece)
