"""How allauth is bound to the product."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import Unavailable


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from HR, never from self-registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a message.

        Raises:
            Unavailable: There is no mail server, or it does not take it; the person is told whom to ask instead.
        """
        if not settings.MYCELIA_SENDS_MAIL:
            raise Unavailable(_("No e-mail is sent from here. Ask your IT administrator for a sign-in link."))
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            raise Unavailable(
                _("No e-mail can be sent at the moment. Ask your IT administrator for a sign-in link.")
            ) from error
