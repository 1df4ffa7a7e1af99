"""How allauth is bound to the product."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from HR, never from self-registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
