"""What happens when a review is passed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the version that was approved; nobody publishes otherwise, and nobody their own work.

    Raises:
        PermissionDenied: Whoever approves has worked on this version, also by changing it while approving.
    """
    # Wagtail imports this module while its own models are being made.
    from mycelia.content.models.review import contributors

    page = workflow_state.content_object
    if user is not None and user.pk in contributors(page):
        raise PermissionDenied(_("You have worked on this version, so another curator must approve it."))
    page.get_latest_revision().publish(user=user, skip_permission_checks=True)
