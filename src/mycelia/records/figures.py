"""What this app tells about the running platform."""

from __future__ import annotations

from django.contrib.humanize.templatetags.humanize import intcomma, naturaltime
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.access.api import PlatformFigure
from mycelia.records import api


def statements() -> PlatformFigure:
    """Return how many statements are stored and when the newest came."""
    latest = api.latest_stored()
    detail = _("nothing recorded yet") if latest is None else _("newest %(ago)s") % {"ago": naturaltime(latest)}
    count = intcomma(api.approximate_count())
    return PlatformFigure(_("Statements"), count, detail, url=reverse("records:statements"))
