"""Addresses of delivery that other apps link to."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse


def player_url(attempt_id: UUID) -> str:
    """Return the path of an attempt's player."""
    return reverse("delivery:player", args=[attempt_id])


def record_url(attempt_id: UUID) -> str:
    """Return the path of what an attempt recorded."""
    return reverse("delivery:record", args=[attempt_id])
