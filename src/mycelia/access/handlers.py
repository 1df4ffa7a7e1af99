"""Signing in and out, and changes of how somebody signs in, go into the audit log."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as factors
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils.crypto import salted_hmac

from mycelia.access.queries import actor_for
from mycelia.audit import api as audit
from mycelia.kernel.policy import ANONYMOUS

_PERSON = "people.Person"


@receiver(user_logged_in)
def on_signed_in(sender: Any, user: Any, **kwargs: Any) -> None:
    """Record a sign-in.

    Addresses come from HR, so each is as good as confirmed. A link to choose a password makes allauth note the address
    as unconfirmed, and then no second factor could ever be added.
    """
    EmailAddress.objects.filter(user_id=user.pk, verified=False).update(verified=True)
    _record("access.session.create", user)


@receiver(user_logged_out)
def on_signed_out(sender: Any, user: Any, **kwargs: Any) -> None:
    """Record a sign-out."""
    if user is not None and user.is_authenticated:
        _record("access.session.destroy", user)


@receiver(user_login_failed)
def on_refused(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Record a failure: the person where the e-mail is known, else a keyed hash of it; never the password."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    person = get_user_model().objects.filter(email__iexact=email).first() if email else None
    object_type, object_id = (_PERSON, str(person.pk)) if person else ("access.UnknownEmail", _hashed(email))
    audit.record(actor=ANONYMOUS, action="access.session.refuse", object_type=object_type, object_id=object_id)


@receiver([account.password_changed, account.password_reset, account.password_set])
def on_password_changed(sender: Any, user: Any, **kwargs: Any) -> None:
    """Record that a password was set, changed or reset."""
    _record("access.password.change", user)


@receiver(factors.authenticator_added)
def on_factor_added(sender: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """Record that a second factor was added."""
    _record("access.second_factor.create", user, kind=str(authenticator.type))


@receiver(factors.authenticator_removed)
def on_factor_removed(sender: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """Record that a second factor was removed."""
    _record("access.second_factor.destroy", user, kind=str(authenticator.type))


def _record(action: str, person: Any, **details: str) -> None:
    audit.record(actor=actor_for(person), action=action, object_type=_PERSON, object_id=str(person.pk), details=details)


def _hashed(email: str) -> str:
    return salted_hmac("mycelia.access.unknown_email", email.lower()).hexdigest()[:16]
