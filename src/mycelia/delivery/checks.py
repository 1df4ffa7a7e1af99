"""What must hold before packages may be served at all."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext as _


@register("security")
def content_origin_is_apart(**_options: Any) -> list[CheckMessage]:
    """Refuse one host for the app and for uploaded content; cookies do not tell ports apart."""
    app, content = urlsplit(settings.MYCELIA_PUBLIC_URL).hostname, urlsplit(settings.MYCELIA_CONTENT_ORIGIN).hostname
    if app != content:
        return []
    return [
        Error(
            _("MYCELIA_CONTENT_ORIGIN and MYCELIA_PUBLIC_URL have one host; packages could use the app's sessions."),
            hint=_("Give uploaded content a host name of its own, best of another domain."),
            id="delivery.E001",
        )
    ]
