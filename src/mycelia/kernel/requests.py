"""The request as the product's views see it."""

from __future__ import annotations

from django.http import HttpRequest

from mycelia.kernel.policy import ANONYMOUS, Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks; the anonymous actor, who may do nothing, when nobody has signed in."""
    actor = getattr(request, "actor", ANONYMOUS)
    return actor if isinstance(actor, Actor) else ANONYMOUS
