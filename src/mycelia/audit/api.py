"""The log's in-process interface.

`record` and `record_many` write; `verify` recomputes the chain; `entries` and `head` read; `register_people` and
`register_link` let higher layers make entries readable. `Act` and the rest of the values are in `types`.
"""

from mycelia.audit.actions import record, record_many
from mycelia.audit.permissions import ReadAuditLog
from mycelia.audit.queries import entries, head, known_actions, verify
from mycelia.audit.registry import register_link, register_people

__all__ = [
    "ReadAuditLog",
    "entries",
    "head",
    "known_actions",
    "record",
    "record_many",
    "register_link",
    "register_people",
    "verify",
]
