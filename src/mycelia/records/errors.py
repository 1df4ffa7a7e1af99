"""What can be refused here.

Statements: `InvalidStatement`, `StatementConflict`, `StatementNotFound`, `TooManyStatements`, `TooManyNamed`,
`AttachmentGone`, `StoreBusy`, `VoidingRefused`.
Documents: `DocumentNotFound`, `DocumentExists`, `MissingPrecondition`, `PreconditionFailed`, `InvalidDocument`.
Requests to `/xapi/`: `BadRequest`, `LengthRequired`, `RequestTooLarge`, `FormTooLarge`, `CodingRefused`,
`CharsetRefused`, `Unauthenticated`, `ScopeMissing`, `MethodNotAllowed`, `OriginRefused`, `TooManyRequests`.
Credentials: `CredentialRefused`, `CredentialNotFound`.
Forwarding: `DestinationRefused`, `DestinationNotFound`, `DeadLetterNotFound`, `StatementNotNext`, `SecretLost`,
`StoreUnreachable`.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import (
    Conflict,
    InvalidInput,
    MyceliaError,
    NotFound,
    PermissionDenied,
    TooLarge,
    TooMany,
    Unavailable,
)


class InvalidStatement(InvalidInput):
    """A statement breaks a clause of the specification; none of the batch was stored.

    `data` holds `path` (JSON path, the batch's index first), `clause` and `reason`.
    """

    code = "invalid_statement"

    def __init__(self, *, path: str, clause: str, reason: str) -> None:
        super().__init__(f"{path}: {reason} ({clause}). Nothing was stored.", path=path, clause=clause, reason=reason)
        self.path, self.clause, self.reason = path, clause, reason

    def cited_for(self, version: str) -> InvalidStatement:
        """Return it as it is told under a version: 2.0.0 took its rules over from 1.0.3, whose clauses are cited."""
        if not (version.startswith("2") and self.clause.startswith("xAPI 1.0.3")):
            return self
        return InvalidStatement(path=self.path, clause=f"IEEE 9274.1.1-2023, as {self.clause}", reason=self.reason)


class StatementConflict(Conflict):
    """A different statement with that identifier is stored already; none of the batch was stored."""

    code = "statement_conflict"
    default_message = _("A different statement with this identifier is stored already. Nothing was stored.")


class StatementNotFound(NotFound):
    """There is no such statement, or the actor may not see it."""

    code = "statement_not_found"


class StoreBusy(Unavailable):
    """Somebody else has been writing the same for too long; nothing was stored. `retry_after_seconds` is in `data`."""

    code = "store_busy"
    default_message = _("The same is being written by somebody else. Nothing was stored; send it again in a moment.")

    def __init__(self) -> None:
        super().__init__(retry_after_seconds=5)


class AttachmentGone(NotFound):
    """The bytes of an attachment were removed while they were given out."""

    code = "attachment_gone"


class TooManyStatements(TooLarge):
    """The batch is over the stated limit."""

    code = "too_many_statements"


class VoidingRefused(PermissionDenied):
    """A statement would void another that its source does not vouch for; none of the batch was stored.

    `data` names the `statement_id` of the other.
    """

    code = "voiding_refused"
    default_message = _(
        "The statement to be voided stands under another authority, and only the scope all covers that. "
        "Nothing was stored."
    )


class TooManyNamed(TooLarge):
    """A statement, or all of a batch, names more agents and activities than are taken; none of it was stored."""

    code = "too_many_named"

    def __init__(self, *, limit: int, index: int | None) -> None:
        path, what = ("$", "The statements together name") if index is None else (f"$[{index}]", "The statement names")
        super().__init__(
            f"{path}: {what} more than {limit} different agents and activities. Nothing was stored; send less at once.",
            path=path,
            limit=limit,
        )


class BadRequest(InvalidInput):
    """A request to a resource is not of its form; nothing was changed."""

    code = "bad_request"


class LengthRequired(MyceliaError):
    """A body came without its length, so that no limit can be put on it."""

    code = "length_required"
    status = 411
    default_message = _("The request does not say how long it is (Content-Length). Nothing was read.")


class RequestTooLarge(TooLarge):
    """A body is over the limit of its resource; nothing of it was kept."""

    code = "request_too_large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"The body is longer than {limit_bytes} bytes. Nothing was kept.", limit_bytes=limit_bytes)


class FormTooLarge(TooLarge):
    """A form of the alternate request syntax is over the limit for those whom no header names."""

    code = "form_too_large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(
            f"The form is longer than {limit_bytes} bytes. Send the Authorization as a header to send longer ones. "
            "Nothing was kept.",
            limit_bytes=limit_bytes,
        )


class CodingRefused(MyceliaError):
    """A body is compressed; it was not read."""

    code = "content_coding_refused"
    status = 415
    default_message = _("Bodies are taken as they are, without Content-Encoding. Nothing was kept.")


class CharsetRefused(MyceliaError):
    """JSON comes in another encoding than UTF-8."""

    code = "charset_refused"
    status = 415
    default_message = _("JSON is taken in UTF-8 and no other charset. Nothing was kept.")


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
        self.scopes = scopes


class MethodNotAllowed(MyceliaError):
    """The resource has no such method; `allowed` are those it has."""

    code = "method_not_allowed"
    status = 405

    def __init__(self, allowed: list[str]) -> None:
        super().__init__(f"This resource takes {', '.join(allowed)}.")
        self.allowed = allowed


class OriginRefused(PermissionDenied):
    """A browser used the credential from a web origin it is not for."""

    code = "origin_refused"
    default_message = _("The credential is not for browsers at that web origin. Nothing was read or changed.")


class TooManyRequests(TooMany):
    """The credential has asked as often in this minute as it may."""

    code = "too_many_requests"

    def __init__(self, *, limit: int, retry_after_seconds: int) -> None:
        super().__init__(
            f"The credential may ask {limit} times a minute. Nothing was read or changed; "
            f"ask again in {retry_after_seconds} s.",
            limit=limit,
            retry_after_seconds=retry_after_seconds,
        )


class CredentialRefused(InvalidInput):
    """A credential cannot be made or changed like that; nothing was changed."""

    code = "credential_refused"


class CredentialNotFound(NotFound):
    """There is no such credential, or it was withdrawn."""

    code = "credential_not_found"
    default_message = _("There is no such credential, or it was withdrawn.")


class DocumentNotFound(NotFound):
    """There is no document of that name."""

    code = "document_not_found"
    default_message = _("There is no document of that name here.")


class DocumentExists(Conflict):
    """A document would be replaced by somebody who does not say that they know it; it was left as it is."""

    code = "document_exists"
    default_message = _(
        "There is a document of that name already. Read it, and send its ETag in If-Match to replace it. "
        "Nothing was changed."
    )


class MissingPrecondition(InvalidInput):
    """A new profile document came without saying that it expects none; nothing was stored."""

    code = "missing_precondition"
    default_message = _(
        "A profile document is put with If-None-Match: * when it is new, or with If-Match and its ETag. "
        "Nothing was stored."
    )


class PreconditionFailed(MyceliaError):
    """The document is not the one the caller thinks; it was left as it is."""

    code = "precondition_failed"
    status = 412
    default_message = _("The document is not as If-Match or If-None-Match has it. Nothing was changed.")


class InvalidDocument(InvalidInput):
    """A document cannot be merged or is not what it says; nothing was changed."""

    code = "invalid_document"

    def __init__(self, *, reason: str) -> None:
        super().__init__(f"{reason} Nothing was changed.", reason=reason)


class ImportStopped(Conflict):
    """A file holds a statement that differs from the stored one with its identifier.

    `data` holds `first_line` and `last_line` of the part that was not written, `statement_id`, and `new`, the number
    of statements stored before it.
    """

    code = "records_import_stopped"

    def __init__(self, *, first_line: int, last_line: int, statement_id: str, new: int) -> None:
        place = {"first_line": first_line, "last_line": last_line, "statement_id": statement_id, "new": new}
        super().__init__(
            f"Between lines {first_line} and {last_line} stands another statement than the stored one with the"
            f" identifier {statement_id}. The lines before are stored; these and what follows are not.",
            **place,
        )


class RetentionRefused(InvalidInput):
    """The number of months is none that statements can be kept for."""

    code = "records_retention_refused"
    default_message = _("Statements are kept for 1 to 1200 months, or for ever. Nothing was changed.")


class DestinationRefused(InvalidInput):
    """A destination cannot be set up like that; nothing was changed. `data` names the `field`."""

    code = "records_destination_refused"

    def __init__(self, *, field: str, reason: str) -> None:
        super().__init__(f"{reason} Nothing was changed.", field=field, reason=reason)


class DestinationNotFound(NotFound):
    """There is no such destination, or it was removed."""

    code = "records_destination_not_found"
    default_message = _("There is no such destination, or it was removed.")


class DeadLetterNotFound(NotFound):
    """There is no such dead letter: it was delivered or discarded."""

    code = "records_dead_letter_not_found"
    default_message = _("There is no such dead letter any more: it was delivered or discarded.")


class StatementNotNext(Conflict):
    """The statement does not come next at a destination: it was sent meanwhile, or set aside. Nothing was changed."""

    code = "records_statement_not_next"
    default_message = _("That statement does not come next any more: it was sent meanwhile, or set aside.")


class SecretLost(MyceliaError):
    """A sealed secret cannot be opened: the installation's secret key has changed."""

    code = "records_secret_lost"
    default_message = _("The secret cannot be read, because MYCELIA_SECRET_KEY has changed. Enter it again.")


class StoreUnreachable(MyceliaError):
    """Another store gave no answer; the message says why."""

    code = "records_store_unreachable"
