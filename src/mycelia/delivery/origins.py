"""The way from a statement in the record store back to the attempt that caused it."""

from __future__ import annotations

from uuid import UUID

from mycelia.delivery.addresses import record_url
from mycelia.delivery.queries import attempt_of_registration


def attempt_link(registration: UUID) -> str | None:
    """Return the address of the attempt's record, None where the registration is not an attempt's."""
    attempt_id = attempt_of_registration(registration)
    return None if attempt_id is None else record_url(attempt_id)
