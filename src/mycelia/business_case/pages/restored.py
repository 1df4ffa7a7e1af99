"""What is told of a record that did not happen here, beside whoever the file says did it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mycelia.business_case.models.restored import RestoredRecord
from mycelia.business_case.pages import formats


def with_origin(words: str, record: RestoredRecord) -> str:
    """Return words on who did something and when; those of a record from a file go on to say that it is."""
    if record.restored_at is None:
        return words
    return _("%(words)s; restored from a file by %(name)s on %(instant)s") % {
        "words": words,
        "name": record.restored_by_name,
        "instant": formats.instant(record.restored_at),
    }
