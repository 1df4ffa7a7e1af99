"""The request as the product's views see it."""

from __future__ import annotations

from threading import BoundedSemaphore
from time import monotonic
from typing import Any

from django.http import HttpRequest

from mycelia.kernel.policy import ANONYMOUS, Actor

STRANGER_BYTES = 2 * 1024 * 1024
"""What is read of somebody whose name and right to send it are not yet known."""
DISCARDING_SECONDS = 8.0
_PIECE_BYTES = 2048
_FOR_A_PLACE_SECONDS = 0.05
_strangers = BoundedSemaphore(2)


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks; the anonymous actor, who may do nothing, when nobody has signed in."""
    actor = getattr(request, "actor", ANONYMOUS)
    return actor if isinstance(actor, Actor) else ANONYMOUS


def discard_from_stranger(request: HttpRequest) -> None:
    """Read what is left of a body that was refused for want of a name, as `discard_rest` does.

    Only a few threads at a time do that, so that strangers who dawdle do not hold up everybody else; the others answer
    soon, and their clients may miss why.
    """
    if _is_to_come(request, STRANGER_BYTES) and _strangers.acquire(timeout=_FOR_A_PLACE_SECONDS):
        try:
            discard_rest(request, at_most_bytes=STRANGER_BYTES)
        finally:
            _strangers.release()


def discard_rest(request: HttpRequest, *, at_most_bytes: int) -> None:
    """Read what is left of a body and forget it, so that whoever is still sending gets to read the answer.

    A connection on which something was not read is reset when it closes, and most clients then tell of a broken pipe
    and not of the answer. It is read in small pieces, because a piece can take as long as the slowest client is borne.
    Nothing is read where more than the limit is announced, or where the client waits to be asked for the body.
    """
    if not _is_to_come(request, at_most_bytes):
        return
    body: Any = request.META["wsgi.input"] if _is_chunked(request) else request
    left, deadline = at_most_bytes, monotonic() + DISCARDING_SECONDS
    while left > 0 and monotonic() < deadline:
        try:
            piece = body.read(_PIECE_BYTES)
        except OSError:
            return
        if not piece:
            return
        left -= len(piece)


def _is_to_come(request: HttpRequest, at_most_bytes: int) -> bool:
    if request.META.get("HTTP_EXPECT", "").lower() == "100-continue":
        return False
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return _is_chunked(request) or (announced.isdecimal() and 0 < int(announced) <= at_most_bytes)


def _is_chunked(request: HttpRequest) -> bool:
    return bool(request.META.get("HTTP_TRANSFER_ENCODING") == "chunked")
