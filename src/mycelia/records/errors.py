"""What can be refused here.

Statements: `InvalidStatement`, `StatementConflict`, `StatementNotFound`, `TooManyStatements`.
Requests to `/xapi/`: `BadRequest`, `LengthRequired`, `RequestTooLarge`, `Unauthenticated`, `ScopeMissing`,
`MethodNotAllowed`.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import Conflict, InvalidInput, MyceliaError, NotFound, PermissionDenied, TooLarge


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


class BadRequest(InvalidInput):
    """A request to a resource is not of its form; nothing was changed."""

    code = "bad_request"


class LengthRequired(MyceliaError):
    """A body came without its length, so that no limit can be put on it."""

    code = "length_required"
    status = 411
    default_message = _("The request does not say how long it is (Content-Length). Nothing was read.")


class RequestTooLarge(TooLarge):
    """A body is over the limit of its resource; none of it was read."""

    code = "request_too_large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"The body is longer than {limit_bytes} bytes. Nothing was read.", limit_bytes=limit_bytes)


class Unauthenticated(MyceliaError):
    """Nobody is named, or the credential is wrong, expired or withdrawn."""

    code = "unauthenticated"
    status = 401
    default_message = _("The request carries no valid credential. Nothing was read or changed.")


class ScopeMissing(PermissionDenied):
    """The credential is right and does not cover this."""

    code = "scope_missing"

    def __init__(self, scopes: list[str]) -> None:
        super().__init__(f"The credential needs one of the scopes {', '.join(scopes)}.", scopes=scopes)


class MethodNotAllowed(MyceliaError):
    """The resource has no such method; `allowed` are those it has."""

    code = "method_not_allowed"
    status = 405

    def __init__(self, allowed: list[str]) -> None:
        super().__init__(f"This resource takes {', '.join(allowed)}.")
        self.allowed = allowed


class CredentialRefused(InvalidInput):
    """A credential cannot be made like that; none was."""

    code = "credential_refused"
