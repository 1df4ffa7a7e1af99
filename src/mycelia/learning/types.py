"""Values of learning."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class EnrolmentSource(StrEnum):
    """How a learner came to a course."""

    SELF = "self"
    ASSIGNED = "assigned"
    IMPORTED = "imported"

    @property
    def label(self) -> str:
        """Return the words shown to people."""
        return str(_SOURCE_LABELS[self])


_SOURCE_LABELS = {
    EnrolmentSource.SELF: _("Chosen by the learner"),
    EnrolmentSource.ASSIGNED: _("Assigned"),
    EnrolmentSource.IMPORTED: _("Imported"),
}
