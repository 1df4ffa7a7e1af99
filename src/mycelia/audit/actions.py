"""Writing to the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mycelia.audit.errors import SecretInDetails
from mycelia.audit.models import AuditEntry
from mycelia.audit.types import Act
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor

_SECRETS = ("password", "secret", "token", "credential_key", "otp", "recovery_code")
_BATCH = 1000


def record(
    *, actor: Actor, action: str, object_type: str, object_id: object, details: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Write one act into the log, in the running transaction.

    Writers wait for each other until they commit, so record last in a long transaction.

    Raises:
        SecretInDetails: A key of `details` names a secret.
    """
    entry = _entry(Act(actor, action, object_type, str(object_id), details or {}))
    entry.save(force_insert=True)
    return entry


def record_many(acts: Iterable[Act]) -> int:
    """Write many acts, in the given order, and return how many.

    Raises:
        SecretInDetails: A key of some details names a secret; nothing was written.
    """
    entries = [_entry(act) for act in acts]
    AuditEntry.objects.bulk_create(entries, batch_size=_BATCH)
    return len(entries)


def _entry(act: Act) -> AuditEntry:
    named = [key for key in _keys(act.details) if any(word in key.lower() for word in _SECRETS)]
    if named:
        raise SecretInDetails(action=act.action, keys=named)
    return AuditEntry(
        recorded_at=clock.now(),
        actor_kind=act.actor.kind,
        actor_id=act.actor.person_id,
        actor_label=act.actor.label[:200] if act.actor.is_system else "",
        action=act.action,
        object_type=act.object_type,
        object_id=act.object_id,
        details=dict(act.details),
    )


def _keys(value: object) -> Iterable[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _keys(inner)
