"""The product's error tree.

    MyceliaError (500)
    ├── PermissionDenied (403)
    ├── NotFound (404)
    ├── InvalidInput (422)
    ├── Conflict (409)
    ├── TooLarge (413)
    ├── TooMany (429)
    └── Unavailable (503)
        └── QueueFull (503)

An app declares its own errors as subclasses. `code` is stable and machine-readable, `message` is for the
person in front of the screen: what happened, what was kept, what to do.
"""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _


class MyceliaError(Exception):
    """Root of every error the product raises on purpose.

    Args:
        message: Readable sentence for the person concerned; the class's `default_message` when left out.
        data: Facts for the log and for API callers (never secrets).
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    default_message: ClassVar[object] = _("Something went wrong on our side. Nothing you entered was changed.")

    def __init__(self, message: object = None, **data: object) -> None:
        self.message = message if message is not None else self.default_message
        self.data = data
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


class PermissionDenied(MyceliaError):
    """The actor may not do this."""

    code = "permission_denied"
    status = 403
    default_message = _("Your roles do not include this. Ask your IT administrator if you need it.")


class NotFound(MyceliaError):
    """The object does not exist, or the actor may not know that it does."""

    code = "not_found"
    status = 404
    default_message = _("There is nothing here, or it is not shared with you.")


class InvalidInput(MyceliaError):
    """What was sent breaks a stated rule; nothing was changed."""

    code = "invalid_input"
    status = 422
    default_message = _("What was sent is not valid. Nothing was changed.")


class Conflict(MyceliaError):
    """The state has moved on, or does not allow this step."""

    code = "conflict"
    status = 409
    default_message = _("This is no longer possible in the current state. Reload the page to see it.")


class TooLarge(MyceliaError):
    """The upload or request is over a stated limit."""

    code = "too_large"
    status = 413
    default_message = _("This is larger than the limit. Nothing was kept.")


class TooMany(MyceliaError):
    """More requests than the stated limit."""

    code = "too_many"
    status = 429
    default_message = _("Too many requests. Wait a moment and try again.")


class Unavailable(MyceliaError):
    """A part the request needs is down; what was saved before is safe."""

    code = "unavailable"
    status = 503
    default_message = _("The service is briefly unavailable. What was saved is safe; try again in a moment.")


class QueueFull(Unavailable):
    """Background work is at its limit; the request was not accepted."""

    code = "queue_full"
    default_message = _(
        "Too much background work is waiting. Your request was not accepted and nothing was changed; "
        "try again in a few minutes."
    )
