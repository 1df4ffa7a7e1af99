"""What can be refused here: `InvalidStatement`, `StatementConflict`, `StatementNotFound`, `TooManyStatements`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import Conflict, InvalidInput, NotFound, TooLarge


class InvalidStatement(InvalidInput):
    """A statement breaks a clause of the specification; none of the batch was stored.

    `data` holds `path` (JSON path, the batch's index first), `clause` and `reason`.
    """

    code = "invalid_statement"

    def __init__(self, *, path: str, clause: str, reason: str) -> None:
        super().__init__(f"{path}: {reason} ({clause}). Nothing was stored.", path=path, clause=clause, reason=reason)


class StatementConflict(Conflict):
    """A different statement with that identifier is stored already; none of the batch was stored."""

    code = "statement_conflict"
    default_message = _("A different statement with this identifier is stored already. Nothing was stored.")


class StatementNotFound(NotFound):
    """There is no such statement, or the actor may not see it."""

    code = "statement_not_found"


class TooManyStatements(TooLarge):
    """The batch is over the stated limit."""

    code = "too_many_statements"
