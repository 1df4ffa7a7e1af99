"""Whether pages may promise an e-mail."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def sends_mail() -> bool:
    """Return whether e-mail is sent, so that pages offer only what works."""
    return bool(settings.MYCELIA_SENDS_MAIL)
