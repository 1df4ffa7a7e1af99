"""What this app tells about the running platform."""

from __future__ import annotations

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.access.platform import PlatformFigure
from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.tasks import waiting_jobs


def queue() -> PlatformFigure:
    """Return how much background work waits."""
    waiting = waiting_jobs()
    full = waiting >= settings.MYCELIA_QUEUE_LIMIT // 2
    detail = _("the limit is %(limit)s") % {"limit": intcomma(settings.MYCELIA_QUEUE_LIMIT)}
    return PlatformFigure(_("Waiting jobs"), intcomma(waiting), detail, "warning" if full else "")


def workers() -> PlatformFigure:
    """Return how many workers have been heard of within two minutes, and what failed for good."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '2 minutes'")
        (alive,) = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        (failed,) = cursor.fetchone()
    detail = ngettext("%(count)s failed job", "%(count)s failed jobs", failed) % {"count": intcomma(failed)}
    if not alive:
        detail = _("none is running, so queued work waits")
    return PlatformFigure(_("Workers"), intcomma(alive), detail, "" if alive and not failed else "warning")


def audit_log() -> PlatformFigure:
    """Return how long the audit log is and where it ends."""
    entries, head = audit.head()
    detail = _("ends with %(hash)s…") % {"hash": head[:12]} if head else _("nothing recorded yet")
    return PlatformFigure(_("Audit entries"), intcomma(entries), detail, url=reverse("audit:entries"))


def sessions() -> PlatformFigure:
    """Return how many people are signed in, counted by sessions that have not ended."""
    count = Session.objects.filter(expire_date__gt=clock.now()).count()
    detail = ngettext("session that has not ended", "sessions that have not ended", count)
    return PlatformFigure(_("Signed in"), intcomma(count), detail)
