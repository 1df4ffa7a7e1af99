"""Who may read the log."""

from __future__ import annotations

from mycelia.kernel.policy import Role, Rule


class ReadAuditLog(Rule):
    """The whole log is for IT administrators."""

    code = "audit.read"
    roles = frozenset({Role.IT_ADMINISTRATOR})
