"""Publication and withdrawal at the time an author asked for."""

from __future__ import annotations

from django.core.management import call_command


def publish_scheduled() -> None:
    """Put approved versions whose time has come into the catalogue, and take out courses whose time is over.

    Only the approval of a review gives a version its time to go live; a draft with a date waits for that.
    """
    call_command("publish_scheduled")
