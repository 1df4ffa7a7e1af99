"""What can go wrong with the audit log.

AuditError
└── SecretInDetails
"""

from __future__ import annotations

from mycelia.kernel.errors import MyceliaError


class AuditError(MyceliaError):
    """Root of the log's errors."""

    code = "audit_error"


class SecretInDetails(AuditError):
    """The details name a field that holds a secret; the entry was not written."""

    code = "audit_secret_in_details"
