"""The review every course passes before learners see it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Revision


class CourseReviewTask(AbstractGroupApprovalTask):
    """Approval by a curator who did not work on the version under review.

    Everybody may ask for changes; only fresh eyes approve.
    """

    class Meta:
        verbose_name = _("course review")
        verbose_name_plural = _("course reviews")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return the actions open to this person, without approval of their own work."""
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if user.pk in contributors(obj):
            return [action for action in actions if action[0] != "approve"]
        return actions

    @classmethod
    def get_description(cls) -> Any:
        """Describe the step in the studio's settings."""
        return _("A curator who did not work on this version approves it.")


def contributors(page: Page) -> frozenset[int]:
    """Return the ids of those who made the version under review: creator, submitter, editors since."""
    revisions = Revision.objects.for_instance(page)
    if page.live_revision_id is not None:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    state = page.current_workflow_state
    people = {page.owner_id, state.requested_by_id if state else None, *revisions.values_list("user_id", flat=True)}
    return frozenset(person for person in people if person is not None)
